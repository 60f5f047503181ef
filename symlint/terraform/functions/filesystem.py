"""Paths, files of the configuration's own tree, and templates."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.hcl.native.strings import normalized
from symlint.terraform.functions.calls import Call, Function, NotKnownError, Parameter
from symlint.terraform.values.addresses import is_identifier
from symlint.terraform.values.sizes import steps_of_text
from symlint.terraform.values.types import ANY, BOOL, STRING, set_of
from symlint.terraform.values.value import ReadFile, Unknown, Value

if TYPE_CHECKING:
    from collections.abc import Mapping

_STRINGS: Final = set_of(STRING)
_STEPS_PER_CHARACTER: Final = 2
_LONGEST_PATH: Final = 4_096
_OUTSIDE: Final = "the file is outside the configuration, or too large"
_HELP: Final = (
    "write the path of a file that is there before Terraform runs; what a resource creates is read from "
    "an attribute of that resource"
)


def clean_path(path: str) -> str:
    """The shortest path that means the same, as Go's ``filepath.Clean`` gives it."""
    rooted = path.startswith("/")
    kept: list[str] = []
    for part in path.split("/"):
        if part == ".." and kept and kept[-1] != "..":
            kept.pop()
        elif part == ".." and rooted:
            continue
        elif part not in ("", "."):
            kept.append(part)
    return "/" * rooted + "/".join(kept) or "."


def _base_name(call: Call) -> Value:
    path = call.text(0)
    if not path:
        return call.string(".")
    return call.string(path.rstrip("/").rpartition("/")[2] or "/")


def _directory_name(call: Call) -> Value:
    directory, slash, _ = call.text(0).rpartition("/")
    call.spend(len(directory) * _STEPS_PER_CHARACTER)
    return call.string(clean_path(directory + slash))


def _absolute_path(call: Call) -> Value:
    path = call.text(0)
    call.spend(len(path) * _STEPS_PER_CHARACTER)
    return call.string(_absolute(call, path))


def _absolute(call: Call, path: str) -> str:
    # Terraform runs in the directory of the root module.
    rooted = path.startswith("/")
    return clean_path(path if rooted else f"{call.context.files.root_directory}/{path}")


def _expand_path(call: Call) -> Value:
    path = call.text(0)
    if not path.startswith("~"):
        return call.string(path)
    if len(path) > 1 and path[1] not in "/\\":
        raise call.error("cannot expand user-specific home dir")
    return call.unknown("it is in the home directory of whoever runs Terraform")


# --- files --------------------------------------------------------------------------------------


def _shown(call: Call, path: str) -> str:
    from symlint.terraform.functions.text.writing import quoted

    return "(sensitive value)" if call.arguments[0].sensitive else quoted(path)


def _path(call: Call) -> str:
    """The first argument. Raises NotKnownError for one that no file of the configuration can have."""
    path = call.text(0)
    if path.startswith("~") or len(path) > _LONGEST_PATH:
        raise NotKnownError(call.unknown(_OUTSIDE))
    return path


def _read(call: Call, argument: int | None = 0) -> bytes:
    """The file that the first argument names. Raises NotKnownError for one outside the tree."""
    path = _path(call)
    try:
        data = call.context.files.read(path)
    except FileNotFoundError:
        raise call.error(_missing(call, path, argument), argument, _HELP) from None
    except IsADirectoryError:
        shown = "(sensitive value)" if call.arguments[0].sensitive else clean_path(path)
        failed = "" if argument is None else "failed to read file: "
        raise call.error(f"{failed}read {shown}: is a directory", argument) from None
    if data is None:
        raise NotKnownError(call.unknown(_OUTSIDE))
    call.spend(1 + len(data) // 16)
    return data


def _missing(call: Call, path: str, argument: int | None) -> str:
    if argument is None:
        return f"open {clean_path(path)}: no such file or directory"
    return f"no file exists at {_shown(call, path)}"


def _text(call: Call) -> str:
    """The text of the file. Raises FunctionError for bytes that are not UTF-8."""
    data = _read(call)
    try:
        return normalized(data.decode("utf-8"))
    except UnicodeDecodeError:
        raise call.error(
            f"contents of {_shown(call, call.text(0))} are not valid UTF-8; use the filebase64 "
            "function to obtain the Base64 encoded contents or the other file functions (e.g. "
            "filemd5, filesha256) to obtain file hashing results instead"
        ) from None


def _file(call: Call) -> Value:
    path = _path(call)
    written = call.origin and ReadFile(call.origin, _absolute(call, path))
    try:
        return call.string(_text(call)).with_origin(written)
    except NotKnownError as error:
        raise NotKnownError(error.value.with_origin(written)) from None


def _file_base64(call: Call) -> Value:
    from symlint.terraform.functions.encoding.encodings import encode_bytes

    return call.string(encode_bytes(_read(call)))


def _file_exists(call: Call) -> Value:
    path = _path(call)
    files = call.context.files
    exists = files.exists(path)
    if exists is False and files.is_directory(path):
        raise call.error(f"{_shown(call, clean_path(path))} is a directory, not a file", 0)
    if exists is None:
        return call.unknown(_OUTSIDE)
    return call.boolean(exists)


def _file_set(call: Call) -> Value:
    directory, pattern = _path(call), call.text(1)
    matching = call.context.files.matching(directory, pattern, call.spend)
    if matching is None:
        return call.unknown("which files there are is not certain here")
    call.spend(len(matching))
    names = sorted({normalized(name) for name in matching})
    return call.value(_STRINGS, tuple(Value(STRING, name, call.origin) for name in names))


def _file_hash(algorithm: str, encoding: str = "hex") -> Function:
    def compute(call: Call) -> Value:
        from symlint.terraform.functions.hashing import digest

        return call.string(digest(algorithm, encoding, _read(call, argument=None)))

    return Function(compute, (_PATH,), STRING)


# --- templates ----------------------------------------------------------------------------------


def _variables(call: Call) -> Mapping[str, Value]:
    given = call.arguments[1]
    from symlint.terraform.functions.keeping import MAPPINGS, attributes_of
    from symlint.terraform.functions.text.writing import quoted

    variables = given.items if given.items is not None else attributes_of(given)
    if variables is None:
        if isinstance(given.content, Unknown) and given.type.kind in (*MAPPINGS, "any"):
            raise NotKnownError(call.derived())
        raise call.error("invalid vars value: must be a map", 1)
    call.spend(2 * len(variables) + sum(map(len, variables)) // 16)
    for name in sorted(variables):
        if not is_identifier(name):
            raise call.error(
                f"invalid template variable name {quoted(name)}: must start with a letter, "
                "followed by zero or more letters, digits, and underscores",
                1,
            )
    return variables


def _template_file(call: Call) -> Value:
    variables = _variables(call) if not call.arguments[1].is_unknown else None
    if call.arguments[0].is_unknown:
        return call.derived()
    text = _text(call)
    if variables is None:
        return call.derived()
    return _rendered(call, text, variables, call.text(0))


def _template_string(call: Call) -> Value:
    template = call.arguments[0]
    if not template.is_unknown and template.string is None:
        raise call.error("invalid template value: a string is required", 0)
    if template.is_unknown:
        return call.derived(STRING)
    variables = _variables(call)
    text = call.text(0)
    result = _rendered(call, text, variables, "<templatestring argument>")
    from symlint.terraform.values.conversion import ConversionError, convert

    try:
        return convert(result, STRING)
    except ConversionError as error:
        raise call.error(f"invalid template result: {error.message}") from None


def _rendered(call: Call, text: str, variables: Mapping[str, Value], name: str) -> Value:
    call.spend(steps_of_text(text))
    result = call.context.render_template(text, variables, name)
    if result.is_null:
        raise call.error(
            "the result of the template is null, which is not a valid result for a "
            "templatestring call"
        )
    return result


_PATH: Final = Parameter("path", STRING)

FUNCTIONS: Final[Mapping[str, Function]] = {
    "abspath": Function(_absolute_path, (_PATH,), STRING),
    "basename": Function(_base_name, (_PATH,), STRING),
    "dirname": Function(_directory_name, (_PATH,), STRING),
    "file": Function(_file, (_PATH,), STRING),
    "filebase64": Function(_file_base64, (_PATH,), STRING),
    "filebase64sha256": _file_hash("sha256", "base64"),
    "filebase64sha512": _file_hash("sha512", "base64"),
    "fileexists": Function(_file_exists, (_PATH,), BOOL),
    "filemd5": _file_hash("md5"),
    "fileset": Function(_file_set, (_PATH, Parameter("pattern", STRING)), _STRINGS),
    "filesha1": _file_hash("sha1"),
    "filesha256": _file_hash("sha256"),
    "filesha512": _file_hash("sha512"),
    "pathexpand": Function(_expand_path, (_PATH,), STRING),
    "templatefile": Function(
        _template_file,
        (Parameter("path", STRING, unknown=True), Parameter("vars", unknown=True)),
        ANY,
    ),
    "templatestring": Function(
        _template_string,
        (Parameter("template", ANY, nullable=True, unknown=True), Parameter("vars")),
        STRING,
    ),
}
