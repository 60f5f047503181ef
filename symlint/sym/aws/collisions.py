"""Two modules that make things of one name in one AWS account."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.named_tuple import NamedTuple
from symlint.sym.aws.roles.runtime import trusted_roles
from symlint.sym.model.creations import coexist, made_by
from symlint.sym.words import mentions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.source.text import Range
    from symlint.sym.model.arguments import Argument
    from symlint.sym.model.creations import Made
    from symlint.sym.model.modules import SymModule
    from symlint.sym.model.views import Lookup

_MOST_COMPARED = 50
"""With how many earlier modules of the same name one is compared."""


class Collision(NamedTuple):
    """Two modules, and the first thing that both make under one name in one account."""

    first: Made
    second: Made


class Doubt(NamedTuple):
    """Two modules that make a thing of one name, in accounts that may be one."""

    first: Made
    second: Made
    reason: str


def collisions(sym: Lookup) -> Iterator[Collision | Doubt]:
    """The pairs of modules that collide, the later one with the earliest; each pair once."""
    named: dict[object, list[Made]] = {}
    answers: dict[tuple[SymModule, SymModule], Collision | Doubt] = {}
    for module in sym.modules:
        own = list(_keyed(module))
        for key, made in own:
            for other in named.get(key, [])[:_MOST_COMPARED]:
                pair = (other.module, module)
                answer = answers.get(pair)
                if answer is None and (answer := _answer(other, made)) is not None:
                    answers[pair] = answer
                    yield answer
                if isinstance(answer, Collision):
                    break
        for key, made in own:
            named.setdefault(key, []).append(made)


def collision(one: SymModule, other: SymModule) -> Collision | None:
    """What two modules both make under one name in one AWS account; None if nothing surely."""
    made = dict(_keyed(one))
    for key, it in _keyed(other):
        first = made.get(key)
        if first is not None:
            answer = _answer(first, it)
            if isinstance(answer, Collision):
                return answer
    return None


def _keyed(module: SymModule) -> Iterator[tuple[object, Made]]:
    """What a module makes in AWS, each thing with its key."""
    return ((key, it) for it in made_by(module) if (key := _key(it)) is not None)


def _key(made: Made) -> tuple[object, ...] | None:
    """Equal for things that cannot both be in one account; None for what is not in AWS.

    Names in IAM are not case-sensitive:
    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
    """
    resource = made.creation.resource
    if not resource.startswith("aws_"):
        return None
    parts = made.parts
    if resource.startswith("aws_iam_"):
        parts = tuple(it.lower() if isinstance(it, str) else it for it in parts)
    return resource, parts if made.name is None else "".join(map(str, parts))


def _answer(first: Made, second: Made) -> Collision | Doubt | None:
    """What is known of two things of one name: None where they may stand side by side."""
    from symlint.sym.aws.accounts import same_account
    from symlint.sym.aws.provider_configurations import provider_of_call

    one, other = first.module.call, second.module.call
    if not coexist(one, other):
        return Doubt(first, second, "not both of them may exist")
    here, there = provider_of_call(one, "aws"), provider_of_call(other, "aws")
    if here is None or there is None:
        return Doubt(first, second, "the provider is not known")
    if first.creation.resource.startswith("aws_iam_"):
        same = same_account(here, there)
    else:
        # All but IAM's is made in one region: only one and the same configuration is certain.
        same = True if here.identity == there.identity else None
    if same:
        return Collision(first, second)
    return None if same is False else Doubt(first, second, "the accounts may differ")


def account_text(module: SymModule) -> str:
    """The account of a module in words: "account 111122223333", or "one account"."""
    from symlint.sym.aws.accounts import account_ids
    from symlint.sym.aws.provider_configurations import provider_of_call

    use = provider_of_call(module.call, "aws")
    ids = frozenset() if use is None else account_ids(use)
    return f"account {min(ids)}" if len(ids) == 1 else "one AWS account"


# --- what to change -----------------------------------------------------------------------------


def later_first(sym: Lookup, collision: Collision) -> Collision:
    """The two with the one that is to be changed as ``second``.

    That is the later one, unless it is the earlier one whose environment does not go with what
    it is called or trusts.
    """
    first, second = collision
    return Collision(second, first) if _is_suspect(sym, first.module, second.module) else collision


def _is_suspect(sym: Lookup, module: SymModule, other: SymModule) -> bool:
    """Whether the environment goes with another module rather than with this one."""
    text = None if module.environment is None else module.environment.value.string
    if text is None or module.header == other.header:
        return False
    word = text.replace("-", " ").replace("_", " ")
    own, its = mentions(module.call.name, word), mentions(other.call.name, word)
    if own != its:
        return its
    return _trusts(sym, module, text) is False and _trusts(sym, other, text) is True


def _trusts(sym: Lookup, module: SymModule, environment: str) -> bool | None:
    """Whether the runtime connector that a module trusts has an environment; None if unknown."""
    for trust in trusted_roles(sym, module):
        runtime = None if trust.role is None else trust.role.connector
        argument = None if runtime is None else runtime.environment
        if argument is not None and argument.value.string is not None:
            return argument.value.string == environment
    return None


def place_to_change(module: SymModule, other: SymModule) -> Range:
    """The text of a module's environment that the other module does not share.

    The place nearest to where it is written; the argument where both have the same path.
    """
    argument, others = module.environment, other.environment
    if argument is None:
        return module.header
    shared = set() if others is None else {place.sort_key() for place in _places(others)}
    own = [place for place in _places(argument) if place.sort_key() not in shared]
    return own[0] if own else argument.range


def _places(argument: Argument) -> list[Range]:
    """Where a value is written, and where it is passed on, up to its use."""
    value = argument.value
    origin = [] if value.origin is None else [value.origin]
    return [*origin, *(hop.range for hop in value.hops), argument.range]
