"""The names that expressions of one module instance can use.

https://developer.hashicorp.com/terraform/language/expressions/references
"""

from __future__ import annotations

import os

from symlint.annotations import TYPE_CHECKING, Final
from symlint.hcl.nodes import AttributeStep, IndexStep
from symlint.terraform.expressions.evaluate import evaluate
from symlint.terraform.instances.expansion import SINGLE, Repetition
from symlint.terraform.modules.references import leading_range
from symlint.terraform.values.addresses import Address, Reference
from symlint.terraform.values.types import STRING
from symlint.terraform.values.unknowns import MISSING_OUTPUT, WRONG_KEY
from symlint.terraform.values.value import Hop, Value, string, unknown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from symlint.budget import Budget
    from symlint.hcl.nodes import Expression, Traversal
    from symlint.terraform.expressions.scope import Scope
    from symlint.terraform.instances.protocols import ModuleNames
    from symlint.terraform.modules.declarations import ResourceKind
    from symlint.terraform.modules.file_access import ModuleFiles
    from symlint.terraform.values.addresses import Kind
    from symlint.terraform.values.problems import Problem

_UNDECLARED: Final = unknown("error", "it is not declared")
# The static checks report it, and see it in what is not evaluated, too.
_WRONG_KEY: Final = unknown("error", WRONG_KEY)
_NOT_AVAILABLE: Final = unknown("error", "it is not available here")
_TOO_DEEP_TO_FOLLOW: Final = "values refer to one another too deeply to follow: they are undecided, and mistakes may be missed"
_TOO_DEEP: Final = unknown("budget", "the values refer to one another too deeply")


_OTHER_ROOTS: Final = frozenset(
    (
        "count",
        "data",
        "each",
        "ephemeral",
        "module",
        "path",
        "resource",
        "self",
        "terraform",
        "tofu",
    )
)
"""First words that are neither ``var`` nor ``local``, nor types of resources."""

NO_REPETITION: Final = SINGLE.repetitions[0]


class ModuleScope:
    """What ``var``, ``local``, ``each``, resource names and the rest stand for (a ``Scope``)."""

    __slots__ = ("_iterators", "budget", "certain", "module", "repetition", "self_value")

    def __init__(
        self,
        module: ModuleNames,
        repetition: Repetition = NO_REPETITION,
        self_value: Value | None = None,
        iterators: Mapping[str, tuple[Value, Value]] | None = None,
        certain: bool = True,
    ) -> None:
        self.module: Final = module
        self.budget: Final[Budget] = module.evaluation.budget
        """The budget of the run."""
        self.repetition: Final = repetition
        self.self_value: Final = self_value
        self._iterators: Final = iterators
        self.certain: Final = certain and repetition.certain and module.certain
        """Whether what stands here is surely evaluated: its instance and block surely exist."""

    def with_iterator(self, name: str, key: Value, value: Value, certain: bool) -> ModuleScope:
        """The scope inside the content of a ``dynamic`` block, which may stand for no block."""
        iterators = {**(self._iterators or {}), name: (key, value)}
        certain = certain and self.certain
        return ModuleScope(self.module, self.repetition, self.self_value, iterators, certain)

    def with_self(self, value: Value) -> ModuleScope:
        """The scope in which ``self`` is a resource instance."""
        return ModuleScope(self.module, self.repetition, value, self._iterators, self.certain)

    # --- Scope ---

    @property
    def files(self) -> ModuleFiles:
        """The files that functions may read."""
        return self.module.files

    @property
    def any_input(self) -> bool:
        """Whether the variables of all modules are unknown."""
        return self.module.evaluation.options.any_input

    def report(self, problem: Problem) -> None:
        """Take note of a mistake found while evaluating in this instance.

        One in an instance that may not exist is none: what makes it wrong may be what keeps the
        instance from existing.
        """
        if not (self.certain or self.any_input):
            return
        if problem.kind == "missing":
            return
        self.module.evaluation.report(problem, (self.module.path, self.repetition.key))

    def take(self, value: Value) -> None:
        """Take note of a sensitive value that becomes a part of another one."""
        self.module.evaluation.take(value)

    def evaluate(self, expression: Expression, scope: Scope | None = None) -> Value:
        """The value of an expression; unknown where it is nested too deeply to follow.

        ``scope`` is one inside of this one, where the expression stands in one.
        """
        evaluation = self.module.evaluation
        nested, budget = evaluation.nested, self.budget
        if not nested:
            # What nobody asks for while evaluating something else may use a part of the budget only.
            evaluation.nested = True
            reserved = budget.reserve()
        try:
            value = evaluate(expression, scope or self)
        except RecursionError:
            budget.give_up(_TOO_DEEP_TO_FOLLOW)
            return _TOO_DEEP
        finally:
            if not nested:
                budget.release(reserved)
                evaluation.nested = False
        if value.sensitive or evaluation.secrets:
            evaluation.take(value)
        return value

    def lookup(self, traversal: Traversal) -> tuple[Value, int]:
        """The value of the leading part of ``traversal`` and the number of its steps.

        Undeclared names are not reported here but by the static checks, which see every
        expression exactly once, evaluated or not.
        """
        root = traversal.root
        steps = traversal.steps
        if self._iterators is not None and root in self._iterators:
            return self._iterator(root, traversal)
        if not steps:
            return _UNDECLARED, 0
        first = steps[0]
        if type(first) is not AttributeStep:
            return self._not_a_name(traversal)
        name = first.name
        if root == "var":
            return self._named("variable", name, self.module.variable(name), traversal)
        if root == "local":
            return self._named("local", name, self.module.local(name), traversal)
        if root not in _OTHER_ROOTS:
            return self._resource("resource", traversal, 0)
        if root == "self":
            return self.self_value or _NOT_AVAILABLE, 0
        if root in ("each", "count"):
            return self._repetition(root, name, traversal)
        if root == "module":
            return self._call(name, traversal)
        if root == "data":
            return self._resource("data", traversal, 1)
        if root == "ephemeral":
            return self._resource("ephemeral", traversal, 1)
        if root == "resource":
            return self._resource("resource", traversal, 1)
        return fact(self.module, root, name) or _UNDECLARED, 1

    # --- one method for each kind of name ---

    def _not_a_name(self, traversal: Traversal) -> tuple[Value, int]:
        if traversal.root == "self":
            return self.self_value or _NOT_AVAILABLE, 0
        return _UNDECLARED, len(traversal.steps)

    def _named(
        self, kind: Kind, name: str, value: Value | None, traversal: Traversal
    ) -> tuple[Value, int]:
        if value is None:
            return _UNDECLARED, len(traversal.steps)
        reference = Reference(Address(self.module.path, kind, "", name))
        return value.with_hop(Hop(reference, leading_range(traversal, 1), traversal)), 1

    def _repetition(self, root: str, name: str, traversal: Traversal) -> tuple[Value, int]:
        repetition = self.repetition
        value = None
        if root == "count" and name == "index":
            value = repetition.count_index
        elif root == "each" and name == "key":
            value = repetition.each_key
        elif root == "each" and name == "value":
            value = repetition.each_value
        if value is None:
            return _NOT_AVAILABLE, len(traversal.steps)
        kind: Kind = "each" if root == "each" else "count"
        reference = Reference(Address(self.module.path, kind, "", name))
        return value.with_hop(Hop(reference, leading_range(traversal, 1), traversal)), 1

    def _iterator(self, root: str, traversal: Traversal) -> tuple[Value, int]:
        assert self._iterators is not None
        key, value = self._iterators[root]
        first = traversal.steps[0] if traversal.steps else None
        if type(first) is AttributeStep and first.name in ("key", "value"):
            chosen = key if first.name == "key" else value
            reference = Reference(Address(self.module.path, "each", "", first.name))
            return chosen.with_hop(Hop(reference, leading_range(traversal, 1), traversal)), 1
        return _NOT_AVAILABLE, len(traversal.steps)

    def _resource(self, kind: ResourceKind, traversal: Traversal, first: int) -> tuple[Value, int]:
        """The resource whose type is at step ``first`` - 1 (the root for 0)."""
        steps = traversal.steps
        if len(steps) <= first:
            return _UNDECLARED, len(steps)
        name_step = steps[first]
        type_name = getattr(steps[first - 1], "name", None) if first else traversal.root
        if type(name_step) is not AttributeStep or type_name is None:
            return _UNDECLARED, len(steps)
        group = self.module.resource_group(kind, type_name, name_step.name)
        if group is None:
            return _UNDECLARED, len(steps)
        taken = first + 1
        following = steps[taken] if len(steps) > taken else None
        if type(following) is IndexStep:
            instance = group.at(following.key)
            if instance is not None:
                return _part(instance.value, traversal, taken + 1)
            if group.expansion.mode == "single" and isinstance(following.key, int):
                return _WRONG_KEY, len(steps)
        elif type(following) is AttributeStep and group.expansion.mode != "single":
            return _WRONG_KEY, len(steps)
        return _part(group.value, traversal, taken)

    def _call(self, name: str, traversal: Traversal) -> tuple[Value, int]:
        group = self.module.call_group(name)
        steps = traversal.steps
        if group is None:
            return _UNDECLARED, len(steps)
        taken = 1
        following = steps[1] if len(steps) > 1 else None
        value = group.value
        if type(following) is IndexStep:
            instance = group.at(following.key)
            if instance is None:
                return _written(value, traversal, taken), taken
            value, taken = instance.value, 2
            following = steps[2] if len(steps) > 2 else None
        elif type(following) is AttributeStep and group.expansion.mode == "count":
            return _WRONG_KEY, len(steps)
        target = value.object_reference
        if target is None or type(following) is not AttributeStep:
            return _written(value, traversal, taken), taken
        # Taken here and not by the evaluator: the static checks report outputs that do not exist.
        output = target.attribute(following.name)
        reference = target.reference.step(following.name)
        if output is None:
            missing = unknown("error", MISSING_OUTPUT, reference=reference)
            return missing, len(steps)
        hop = Hop(reference, leading_range(traversal, taken + 1), traversal)
        return output.with_hop(hop), taken + 1


def fact(module: ModuleNames, root: str, name: str) -> Value | None:
    """``path.module``, ``terraform.workspace`` and the like; None for other names."""
    directory = module.files.module_directory
    if root == "path":
        top = module.files.root_directory
        if name == "module":
            return string(os.path.relpath(directory, top))
        if name == "root":
            return string(".")
        if name == "cwd":
            reference = Reference(Address((), "path", "", "cwd"))
            reason = "it is the directory in which Terraform is started"
            return unknown("function", reason, type_=STRING, reference=reference, not_null=True)
    elif name == "workspace":
        workspace = module.evaluation.options.workspace
        if workspace is not None:
            return string(workspace)
        reference = Reference(Address((), "terraform", "", "workspace"))
        reason = "the workspace is chosen when Terraform runs"
        return unknown("variable", reason, type_=STRING, reference=reference, not_null=True)
    return None


def _part(value: Value, traversal: Traversal, taken: int) -> tuple[Value, int]:
    """A resource, or the element of an attribute that only its provider knows of."""
    target = value.object_reference
    left = len(traversal.steps) - taken
    if target is not None and left >= 2:
        first, second = traversal.steps[taken : taken + 2]
        key = second.name if type(second) is AttributeStep else getattr(second, "key", None)
        if type(first) is AttributeStep and isinstance(key, (str, int)):
            hidden = target.hidden_part(first.name, key)
            if hidden is not None:
                reference = target.reference.step(first.name)
                hop = Hop(reference, leading_range(traversal, taken + 1), traversal)
                return hidden.with_hop(hop), taken + 2
    if target is not None and left:
        # A part is taken of it: where the whole is written says nothing.
        return value, taken
    return _written(value, traversal, taken), taken


def _written(whole: Value, traversal: Traversal, steps: int) -> Value:
    """A whole resource or module as it was written down: at the reference, not at its block."""
    return whole.with_origin(leading_range(traversal, steps))
