"""Static checks of blocks: their types, labels, names, arguments and nested blocks.

What Terraform 1.11 knows, and what later versions are known to have added: a newer configuration
is no mistake.
"""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.hcl import nodes
from symlint.named_tuple import NamedTuple
from symlint.source.file_names import is_override_file
from symlint.terraform.modules.declarations import literal_text
from symlint.terraform.values.addresses import is_identifier
from symlint.terraform.values.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping

    from symlint.terraform.modules.declarations import Module


class Form(NamedTuple):
    """What may stand in a block.

    ``labels`` are what its labels are called. ``arguments`` are all that there are, or None where
    a provider decides. ``blocks`` likewise; a block may stand only once when it is in ``single``.
    """

    labels: tuple[str, ...] = ()
    arguments: frozenset[str] | None = None
    required: tuple[str, ...] = ()
    blocks: Mapping[str, Form] | None = None
    single: frozenset[str] = frozenset()


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_CONDITION: Final = Form((), _names("condition error_message"), ("condition", "error_message"), {})
_ANYTHING: Final = Form()
_LABELLED: Final = Form(("type",))
_CONDITIONS: Final = {"precondition": _CONDITION, "postcondition": _CONDITION}
LIFECYCLE: Final = Form(
    (),
    _names(
        "create_before_destroy prevent_destroy ignore_changes replace_triggered_by enabled destroy"
    ),
    (),
    {**_CONDITIONS, "action_trigger": _ANYTHING},
)
DATA_LIFECYCLE: Final = Form((), _names("enabled"), (), _CONDITIONS)
PROVISIONER: Final = Form(
    ("type",), None, (), {"connection": _ANYTHING}, frozenset(("connection",))
)
EPHEMERAL_LIFECYCLE: Final = DATA_LIFECYCLE
CONNECTION_ONCE: Final = ("lifecycle", "connection")
"""Blocks of a resource that may stand once."""

_RESOURCE: Final = Form(("type", "name"))
_REMOVED: Final = Form(
    (),
    _names("from"),
    ("from",),
    {
        "lifecycle": Form((), _names("destroy"), (), {}),
        "provisioner": PROVISIONER,
        "connection": _ANYTHING,
    },
    frozenset(("lifecycle", "connection")),
)
_TERRAFORM: Final = Form(
    (),
    _names("required_version experiments language"),
    (),
    {
        "backend": _LABELLED,
        "cloud": _ANYTHING,
        "required_providers": Form((), None, (), {}),
        "provider_meta": Form(("provider",)),
        "encryption": _ANYTHING,
        "state_store": _ANYTHING,
    },
)

TOP: Final[Mapping[str, Form]] = {
    "terraform": _TERRAFORM,
    "provider": Form(("name",)),
    "variable": Form(
        ("name",),
        _names("description default type sensitive nullable ephemeral deprecated const"),
        (),
        {"validation": _CONDITION},
    ),
    "locals": Form((), None, (), {}),
    "output": Form(
        ("name",),
        _names("description value depends_on sensitive ephemeral deprecated type"),
        ("value",),
        {"precondition": _CONDITION},
    ),
    "module": Form(("name",), None, ("source",)),
    "resource": _RESOURCE,
    "data": _RESOURCE,
    "ephemeral": _RESOURCE,
    "moved": Form((), _names("from to"), ("from", "to"), {}),
    "import": Form((), _names("to id identity provider for_each"), ("to",), {}),
    "removed": _REMOVED,
    "check": Form(("name",), frozenset(), (), {"data": _RESOURCE, "assert": _CONDITION}),
    "action": _RESOURCE,
    "list": _RESOURCE,
    "store": _RESOURCE,
}

_OVERRIDE: Final = {kind: form._replace(required=()) for kind, form in TOP.items()}
"""In override files: what a block lacks, the block that it overrides has."""

_REQUIRED_HELP: Final = {"source": 'set source = "./directory" or a registry address'}
_RESERVED_VARIABLES: Final = _names(
    "source version providers provider count for_each lifecycle depends_on locals"
)


def check_structure(module: Module) -> Iterator[Problem]:
    """The problems of every block of a module's files, as written."""
    for body in module.bodies:
        top = _OVERRIDE if is_override_file(body.source.path) else TOP
        for item in body.items:
            if type(item) is nodes.Attribute:
                yield Problem(
                    "structure",
                    item.name_range,
                    f'"{item.name}" is outside of any block',
                    help="local values belong in a locals block, settings in a terraform block",
                )
            elif type(item) is nodes.Block:
                yield from _top_block(item, top)


def _top_block(block: nodes.Block, top: Mapping[str, Form]) -> Iterator[Problem]:
    form = top.get(block.type)
    if form is None:
        from symlint.source.close_names import close_name

        suggestion = close_name(block.type, top)
        yield Problem(
            "structure",
            block.type_range,
            f'there is no block type "{block.type}"',
            help=f'did you mean "{suggestion}"?' if suggestion else "",
            suggestion=suggestion,
            opentofu=block.type == "language",
        )
        return
    yield from check_block(block, form, f'"{block.type}" block')
    if len(block.labels) == len(form.labels):
        yield from _names_of(block, form)


def check_block(block: nodes.Block, form: Form, title: str) -> Iterator[Problem]:
    """The problems of one block by its form, those of the blocks inside it included."""
    yield from _labels(block, form, title)
    body = block.body
    present = body.attributes
    for attribute in present.values():
        if form.arguments is not None and attribute.name not in form.arguments:
            yield _unsupported(attribute, form, title, present)
    for name in form.required:
        if name not in present and body.complete:
            yield Problem(
                "structure",
                block.header_range,
                f'the {title} has no "{name}"',
                help=_REQUIRED_HELP.get(name, f"set {name} = ..."),
            )
    yield from _nested(block, form, title)


def _labels(block: nodes.Block, form: Form, title: str) -> Iterator[Problem]:
    expected, found = len(form.labels), len(block.labels)
    if found < expected:
        missing = " and ".join(form.labels[found:])
        shown = " ".join(f'"{label}"' for label in form.labels)
        yield Problem(
            "structure",
            block.header_range,
            f"the {title} has no {missing}",
            help=f"write {block.type} {shown}",
        )
    elif found > expected:
        wanted = " and ".join(f"a {label}" for label in form.labels) or "no label"
        extra = block.labels[expected]
        yield Problem("structure", extra.range, f"the {title} takes {wanted} and nothing more")


def _unsupported(
    attribute: nodes.Attribute, form: Form, title: str, given: Container[str]
) -> Problem:
    from symlint.source.close_names import close_name

    assert form.arguments is not None
    if form.blocks and attribute.name in form.blocks:
        return Problem(
            "structure",
            attribute.name_range,
            f'"{attribute.name}" is a block here, not an argument',
            help=f"write {attribute.name} {{ ... }} without an equals sign",
        )
    suggestion = close_name(attribute.name, form.arguments)
    listed = ", ".join(sorted(form.arguments)[:8]) or "none"
    help_ = f'did you mean "{suggestion}"?' if suggestion else f"its arguments: {listed}"
    if suggestion is not None and suggestion in given:
        help_, suggestion = f'remove it: "{suggestion}" is given as well', None
    return Problem(
        "structure",
        attribute.name_range,
        f'the {title} has no argument "{attribute.name}"',
        help=help_,
        suggestion=suggestion,
    )


def _nested(block: nodes.Block, form: Form, title: str) -> Iterator[Problem]:
    seen: dict[str, nodes.Block] = {}
    for inner in block.body.blocks():
        if form.blocks is not None:
            inner_form = form.blocks.get(inner.type)
            if inner_form is None:
                from symlint.source.close_names import close_name

                suggestion = close_name(inner.type, form.blocks)
                yield Problem(
                    "structure",
                    inner.type_range,
                    f'the {title} cannot contain a "{inner.type}" block',
                    help=f'did you mean "{suggestion}"?' if suggestion else "",
                    suggestion=suggestion,
                )
                continue
            yield from check_block(inner, inner_form, f'"{inner.type}" block')
        first = seen.setdefault(inner.type, inner)
        if first is not inner and inner.type in form.single:
            yield duplicate_block(inner, first)


def duplicate_block(block: nodes.Block, first: nodes.Block) -> Problem:
    """That a block stands a second time where there can be one."""
    from symlint.terraform.values.problems import RelatedRange

    return Problem(
        "duplicate",
        block.header_range,
        f'there can be only one "{block.type}" block here',
        related=(RelatedRange(first.header_range, "the first one"),),
    )


# --- names ----------------------------------------------------------------------------------------


def _names_of(block: nodes.Block, form: Form) -> Iterator[Problem]:
    for label, what in zip(block.labels, form.labels, strict=True):
        if not is_identifier(label.value):
            yield Problem(
                "structure",
                label.range,
                f'"{_visible(label.value)}" is not a valid {what} for a "{block.type}" block',
                help="a name starts with a letter or underscore and contains only letters, digits,"
                " underscores and dashes",
            )
    if block.type == "variable" and block.labels[0].value in _RESERVED_VARIABLES:
        name = block.labels[0].value
        yield Problem(
            "structure",
            block.labels[0].range,
            f'a variable cannot be called "{name}": the name has a meaning in module blocks',
            help="choose another name",
        )
    if block.type == "provider":
        yield from _alias(block)


def _alias(block: nodes.Block) -> Iterator[Problem]:
    attribute = block.body.attribute("alias")
    if attribute is None:
        return
    alias = literal_text(attribute.value)
    if alias is None:
        message = "the alias of a provider must be a constant string"
        yield Problem("structure", attribute.value.range, message)
    elif not is_identifier(alias):
        message = f'"{_visible(alias)}" is not a valid alias'
        yield Problem("structure", attribute.value.range, message)


def _visible(text: str) -> str:
    return text.encode("unicode_escape").decode() if not text.isprintable() else text
