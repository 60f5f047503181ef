"""What an expression makes of the ARN of a secret, worked out with an ARN as AWS would make it.

The ARN is known at apply only, its form beforehand: it ends in the name, ``-`` and six random
characters.
"""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.sym.aws.stores import store_types
from symlint.terraform.expressions.evaluate import evaluate
from symlint.terraform.values.types import ANY
from symlint.terraform.values.value import ObjectReference, Value, string

if TYPE_CHECKING:
    from symlint.budget import Budget
    from symlint.hcl.nodes import Traversal
    from symlint.sym.model.views import Lookup, View
    from symlint.terraform.functions.files import Files
    from symlint.terraform.instances.module_scope import ModuleScope
    from symlint.terraform.instances.resource_instance import ResourceInstance
    from symlint.terraform.values.problems import Problem

RANDOM_END: Final = "-AbCdEf"
"""What stands for the characters that AWS adds to the name of a secret in its ARN."""
_ARN: Final = "arn:aws:secretsmanager:us-east-1:111122223333:secret:"
_NAME: Final = "sample/name"
_DEEPEST: Final = 8


def text_made_of_arn(view: View, name: str) -> str | None:
    """The text that an argument has if it is made of the ARN of a secret; None where not known."""
    from symlint.sym.model.decoding import expressions_of

    argument, value = view.instance.configured(name), view.value(name)
    if argument is None or value.unknown is None:
        return None
    places = [(argument.value, view.instance.scope)]
    if value.hops:
        places.extend(expressions_of(value.hops, view.instance, view.sym.terraform))
    texts = (evaluate(it, _SampledScope(view.sym, scope)).string for it, scope in places)
    return next((text for text in texts if text is not None), None)


class _SampledScope:
    """A scope in which secrets have an ARN."""

    __slots__ = ("depth", "scope", "sym")

    def __init__(self, sym: Lookup, scope: ModuleScope, depth: int = 0) -> None:
        self.sym: Final = sym
        self.scope: Final = scope
        self.depth: Final = depth

    @property
    def budget(self) -> Budget:
        return self.scope.budget

    @property
    def files(self) -> Files:
        return self.scope.files

    def lookup(self, traversal: Traversal) -> tuple[Value, int]:
        value, steps = self.scope.lookup(traversal)
        if traversal.root == "local" and traversal.steps and self.depth < _DEEPEST:
            unknown, module = value.unknown, self.sym.terraform.module(self.scope.module.path)
            if module is not None and unknown is not None and unknown.kind == "derived":
                local = module.module.locals.get(getattr(traversal.steps[0], "name", ""))
                inner = _SampledScope(self.sym, module.scope, self.depth + 1)
                return (value if local is None else evaluate(local.attribute.value, inner)), steps
        return self._sampled(value), steps

    def report(self, problem: Problem) -> None:
        """Nothing: whatever is wrong is reported where the expression itself is evaluated."""

    def take(self, value: Value) -> None:
        """Nothing, as of problems."""

    def _sampled(self, value: Value) -> Value:
        content, reference = value.content, value.reference
        types = store_types(self.sym)
        if isinstance(content, dict):
            return Value(ANY, {key: self._sampled(it) for key, it in content.items()})
        if isinstance(content, tuple):
            return Value(ANY, tuple(map(self._sampled, content)))
        if reference is None or reference.address.type not in types:
            return value
        instance = self.sym.terraform.resource(reference.address)
        entry = self.sym.catalogue.external_resources.get(reference.address.type)
        if instance is None or entry is None:
            return value
        if len(reference.path) == 1:
            is_arn = reference.path[0] in entry.arn_attributes
            return _arn_of(instance) if is_arn and value.unknown is not None else value
        if not isinstance(content, ObjectReference):
            return value
        whole = {it: content.attribute(it) for it in content.names()}
        known = {name: it for name, it in whole.items() if it is not None}
        return Value(ANY, {**known, **dict.fromkeys(entry.arn_attributes, _arn_of(instance))})


def _arn_of(instance: ResourceInstance) -> Value:
    name = instance.attribute("name")
    text = None if name is None else name.string
    return string(_ARN + (text or _NAME) + RANDOM_END, instance.range)
