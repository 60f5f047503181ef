"""What evaluating one configuration shares: options, budget, inputs, and what went wrong."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.hcl.nodes import Literal
from symlint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from symlint.budget import Budget
    from symlint.terraform.instances.inputs import Inputs
    from symlint.terraform.instances.options import EvaluationOptions
    from symlint.terraform.modules.called import CalledModules
    from symlint.terraform.values.addresses import InstanceKey, ModulePath
    from symlint.terraform.values.problems import Problem
    from symlint.terraform.values.value import Value


MOST_SECRETS: Final = 20_000
"""Values that are taken note of."""


_STEPS_PER_PROBLEM: Final = 100
"""What it costs of the budget to take note of a problem, in steps."""

_TOO_MANY_PROBLEMS: Final = (
    "evaluating it brings up more mistakes than symlint takes note of: some may be missed"
)


class Noted(NamedTuple):
    """A problem, and the instances in which it came up."""

    problem: Problem
    instances: set[tuple[ModulePath, InstanceKey]]


class Evaluation:
    """What all instances of a configuration are evaluated with, and the problems they report."""

    __slots__ = (
        "_called", "_inputs", "_problems", "_secret_texts", "budget", "depth", "nested", "options", "secrets",
    )  # fmt: skip  # as many a line as fit

    def __init__(
        self,
        options: EvaluationOptions,
        called: CalledModules,
        budget: Budget,
        inputs: Inputs | None = None,
    ) -> None:
        self.options: Final = options
        self.budget: Final = budget
        self.depth = 0
        """How many values are being evaluated, each because the one before it needs it."""
        self.nested = False
        """Whether an expression is being evaluated."""
        self.secrets: Final[list[Value]] = []
        """Sensitive values that were evaluated, and what may hold one; not more than a limit."""
        self._secret_texts: Final[set[tuple[str, bool]]] = set()
        """The texts among them, and whether they are as they are written."""
        self._called: Final = called
        self._inputs = inputs
        self._problems: dict[tuple[object, ...], Noted] = {}

    def take(self, value: Value) -> None:
        """Take note of a value that has been evaluated, where it is or may hold a secret."""
        secrets, content = self.secrets, value.content
        if len(secrets) >= MOST_SECRETS:
            return
        if value.sensitive and type(content) is str:
            text = (content, isinstance(value.written, Literal))
            if text not in self._secret_texts:
                self._secret_texts.add(text)
                secrets.append(value)
        elif value.sensitive or (secrets and isinstance(content, (tuple, dict))):
            secrets.append(value)

    @property
    def inputs(self) -> Inputs:
        """The values that variable files, options and the environment give to root variables."""
        if self._inputs is None:
            from symlint.terraform.instances.inputs import read_inputs

            root = self._called.root
            files = self._called.files(root.directory)
            self._inputs = read_inputs(root, self.options, self._called.cache, self.budget, files)
        return self._inputs

    def input(self, name: str) -> Value | None:
        """What the root variable is set to from outside; None when it is not."""
        return self.inputs.values.get(name)

    def report(self, problem: Problem, where: tuple[ModulePath, InstanceKey]) -> None:
        """Take note of a problem of one instance; the same one elsewhere is the same problem."""
        if not self.budget.spend(_STEPS_PER_PROBLEM, _TOO_MANY_PROBLEMS):
            return
        problem = problem.brief()
        noted = self._problems.get(_key(problem))
        if noted is None:
            noted = self._problems[_key(problem)] = Noted(problem, set())
        noted.instances.add(where)

    @property
    def noted(self) -> tuple[Noted, ...]:
        """The problems that came up, each with its instances."""
        return tuple(self._problems.values())

    def take_over(self, noted: Iterable[Noted]) -> None:
        """Take problems that came up in another evaluation for ones that came up in this."""
        for problem, instances in noted:
            own = self._problems.setdefault(_key(problem), Noted(problem, set()))
            own.instances.update(instances)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What Terraform would refuse, as far as evaluation has met it up to now; in no order."""
        return tuple(noted.problem for noted in self._problems.values())

    def instances_of(self, problem: Problem) -> int:
        """In how many instances a problem has been met."""
        noted = self._problems.get(_key(problem))
        return 0 if noted is None else len(noted.instances)


def _key(problem: Problem) -> tuple[object, ...]:
    return (problem.kind, problem.range.sort_key(), problem.message)
