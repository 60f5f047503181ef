"""Writes what the Python SDK offers, as data: ``python -m tools.sdk_api sym_sdk-0.61.0-py3-none-any.whl``.

The wheel, or the folder that it was unpacked into, is read by ``ast`` and never imported (``pip
download --no-deps sym-sdk`` fetches it). What is written is ``symlint/sym/catalogue/sdk_api/api.toml``:
names, signatures and types of what is public, and nothing of the SDK's code or documentation.
With ``--check`` nothing is written, and the exit status says whether the file is what would be.
"""

from __future__ import annotations

import ast
import sys
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

TARGET = Path(__file__).parents[1] / "symlint" / "sym" / "catalogue" / "sdk_api" / "api.toml"
HEADER = """\
# What sym-sdk {version} offers. Written by: python -m tools.sdk_api WHEEL
# Signatures are written as in Python's stub files; "..." is a default.
# What the names are for, and when they came, is said in ../sdk.toml and history.toml.
"""
INTEGRATIONS = "sym.sdk.integrations"
MODEL = "pydantic.BaseModel"
ENUM = "enum.Enum"
SHORT = {"List": "list", "Dict": "dict", "Set": "set", "Tuple": "tuple"}
"""Generic types of ``typing`` that a built-in one stands for."""


@dataclass(frozen=True)
class Module:
    """A module: its tree, and what its names are, those of its star imports still to be added."""

    name: str
    body: tuple[ast.stmt, ...]
    is_package: bool
    names: dict[str, str] = field(default_factory=dict)
    """Name -> what it is: "sym.sdk.user.User", "typing.List"; its own dotted name if it is defined
    here."""

    @property
    def package(self) -> str:
        """The package that relative imports start from."""
        return self.name if self.is_package else self.name.rpartition(".")[0]

    @property
    def offered(self) -> list[str]:
        """``__all__``."""
        for node in self.body:
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
                return list(ast.literal_eval(node.value))
        return []

    @property
    def exported(self) -> list[str]:
        """What ``from ... import *`` takes."""
        return self.offered or [name for name in self.names if not name.startswith("_")]


@dataclass(frozen=True)
class Function:
    """A function, a method without its first parameter, or a property without any."""

    name: str
    kind: str
    signature: str
    abstract: bool
    final: bool


class Sdk:
    """All modules of the SDK, with what their names lead to."""

    def __init__(self, sources: Mapping[str, str]) -> None:
        self.modules = dict(sorted(_modules(sources)))
        for module in self.modules.values():
            self._bind(module)

    def _bind(self, module: Module) -> None:
        """Fill the names of ``module``, those of the modules that it takes all of first."""
        if module.names:
            return
        for node in _statements(module.body):
            for name, target in self._bound(module, node):
                module.names[name] = target
        for name in self.modules:
            package, _, last = name.rpartition(".")
            if package == module.name:
                module.names.setdefault(last, name)

    def _bound(self, module: Module, node: ast.stmt) -> Iterator[tuple[str, str]]:
        """The names that a statement at the top level binds, with what they are."""
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            yield node.name, f"{module.name}.{node.name}"
        elif isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    yield target.id, f"{module.name}.{target.id}"
        elif isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.asname or alias.name.partition(".")[0], alias.name
        elif isinstance(node, ast.ImportFrom):
            parents = module.package.split(".")[: 1 - node.level or None] if node.level else []
            source = ".".join([*parents, *filter(None, [node.module])])
            for alias in node.names:
                if alias.name == "*":
                    self._bind(self.modules[source])
                    taken = self.modules[source]
                    yield from ((name, taken.names[name]) for name in taken.exported)
                else:
                    yield alias.asname or alias.name, f"{source}.{alias.name}"

    def public(self, name: str) -> str:
        """What the documentation calls ``name``: that which the outermost package offers, but
        ``sym.sdk``, which offers a choice of everything."""
        home, _, last = self.defined(name).rpartition(".")
        if home not in self.modules or f"{home}.{last}" in self.modules:
            return self.defined(name)
        return f"{self._offering(self.modules[home], last).name}.{last}"

    def defined(self, name: str) -> str:
        """Where the thing is defined that is called ``name``, as far as the SDK says."""
        seen = set()
        while name not in seen and name not in self.modules:
            seen.add(name)
            home, _, last = name.rpartition(".")
            if home not in self.modules:
                return name
            name = self.modules[home].names.get(last, name)
        return name

    @cached_property
    def classes(self) -> dict[str, SdkClass]:
        """All classes, by dotted name."""
        return {
            f"{module.name}.{node.name}": SdkClass(self, module, node)
            for module in self.modules.values()
            for node in module.body
            if isinstance(node, ast.ClassDef)
        }

    def imports(self) -> dict[str, str]:
        """Name -> the module that it is customarily imported from, but names that two things have.

        A function of an integration is called as ``okta.is_user_in_group``: what is imported is the
        integration.
        """
        names = [name for name in self.modules if name.startswith(f"{INTEGRATIONS}.")]
        for module in self.modules.values():
            kinds = (ast.ClassDef,) if module.name in names else (ast.ClassDef, ast.FunctionDef)
            names += [f"{module.name}.{it.name}" for it in module.body if isinstance(it, kinds)]
        homes = {name: [""] for name in self.modules if "." not in name}
        for name in names:
            home, _, last = self.public(name).rpartition(".")
            homes.setdefault(last, []).append(home)
        return {name: modules[0] for name, modules in sorted(homes.items()) if len(modules) == 1}

    def _offering(self, module: Module, name: str) -> Module:
        """The outermost package around ``module`` that offers its name, or the module."""
        outer = self.modules.get(module.name.rpartition(".")[0])
        if outer is None or outer.name == "sym.sdk" or name not in outer.offered:
            return module
        return self._offering(outer, name)

    def functions(self) -> Iterator[Function]:
        """The functions and methods that are public, constructors of no model included."""
        for module in self.modules.values():
            for node in module.body:
                if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                    yield _function(self.public(f"{module.name}.{node.name}"), node, None)
        for cls in self.classes.values():
            yield from cls.own_functions()


class SdkClass:
    """A class, with what it has from the classes that it derives from."""

    def __init__(self, sdk: Sdk, module: Module, node: ast.ClassDef) -> None:
        self.sdk = sdk
        self.node = node
        self.name = f"{module.name}.{node.name}"
        self.bases = [sdk.defined(_dotted(module, base)) for base in node.bases]

    @cached_property
    def line(self) -> list[SdkClass]:
        """It and the classes of the SDK above it, in the order of the search for attributes."""
        found = {self.name: self}
        for base in self.bases:
            if base in self.sdk.classes:
                found |= {it.name: it for it in self.sdk.classes[base].line}
        return list(found.values())

    @property
    def kind(self) -> str:
        """What it is: a "model", whose constructor takes its fields; an "enum"; or a "class"."""
        above = {base for cls in self.line for base in cls.bases}
        return "model" if MODEL in above else "enum" if ENUM in above else "class"

    def own_functions(self) -> Iterator[Function]:
        """Its own public methods and properties, and its own constructor."""
        for node in self.node.body:
            if (
                isinstance(node, ast.FunctionDef)
                and (node.name == "__init__" or not node.name.startswith("_"))
                and "validator" not in _decorators(node)
            ):
                yield _function(f"{self.sdk.public(self.name)}.{node.name}", node, self)

    def fields(self) -> list[str]:
        """The fields of a model as keyword-only parameters, those of the base classes first."""
        found: dict[str, str] = {}
        for cls in reversed(self.line):
            for node in cls.node.body:
                if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
                    name = node.target.id
                    default = " = ..." if _has_default(node) else ""
                    found[name] = f"{name}: {annotation(node.annotation)}{default}"
        return list(found.values())

    def values(self) -> dict[str, str]:
        """The members of an enumeration with their values."""
        return {
            node.targets[0].id: str(node.value.value)
            for node in self.node.body
            if isinstance(node, ast.Assign)
            and isinstance(node.targets[0], ast.Name)
            and isinstance(node.value, ast.Constant)
        }


def _modules(sources: Mapping[str, str]) -> Iterator[tuple[str, Module]]:
    yield "sym", Module("sym", (), is_package=True)
    for path, text in sources.items():
        parts = path.removesuffix(".py").split("/")
        is_package = parts[-1] == "__init__"
        name = ".".join(parts[:-1] if is_package else parts)
        yield name, Module(name, tuple(ast.parse(text).body), is_package)


def _statements(body: tuple[ast.stmt, ...] | list[ast.stmt]) -> Iterator[ast.stmt]:
    """The statements that run when a module is imported; not what is for type checkers alone."""
    for node in body:
        if not isinstance(node, ast.If):
            yield node
        elif "TYPE_CHECKING" not in ast.unparse(node.test):
            yield from _statements(node.body)


def _dotted(module: Module, node: ast.expr) -> str:
    """The dotted name of an expression, with what its first name is in ``module``."""
    first, dot, rest = ast.unparse(node).partition(".")
    return module.names.get(first, first) + dot + rest


def _decorators(node: ast.FunctionDef) -> set[str]:
    return {ast.unparse(it.func if isinstance(it, ast.Call) else it) for it in node.decorator_list}


def _function(name: str, node: ast.FunctionDef, owner: SdkClass | None) -> Function:
    decorators = _decorators(node)
    kind = "function"
    if owner is not None:
        known = ("property", "classmethod", "staticmethod")
        kind = next((it for it in known if it in decorators), "method")
    arguments = node.args
    ordinary = [*arguments.posonlyargs, *arguments.args]
    bare = len(ordinary) - len(arguments.defaults)
    parts = [_parameter(it, at >= bare) for at, it in enumerate(ordinary)]
    if kind not in ("function", "staticmethod"):
        del parts[0]
    if arguments.vararg:
        parts.append("*" + _parameter(arguments.vararg, False))
    elif arguments.kwonlyargs:
        parts.append("*")
    for it, value in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
        parts.append(_parameter(it, value is not None))
    if arguments.kwarg:
        parts.append("**" + _parameter(arguments.kwarg, False))
    returned = f" -> {annotation(node.returns)}" if node.returns else ""
    return Function(
        name,
        kind,
        f"({', '.join(parts)}){returned}",
        abstract="abstractmethod" in decorators,
        final="final" in decorators,
    )


def _parameter(it: ast.arg, optional: bool) -> str:
    typed = f"{it.arg}: {annotation(it.annotation)}" if it.annotation else it.arg
    return f"{typed} = ..." if optional else typed


def annotation(node: ast.expr) -> str:
    """An annotation in today's notation: ``Optional[List["User"]]`` is ``list[User] | None``."""
    match node:
        case ast.Constant(value=str(quoted)):
            return annotation(ast.parse(quoted, mode="eval").body)
        case ast.Subscript(value=ast.Name(id="Optional"), slice=inner):
            return f"{annotation(inner)} | None"
        case ast.Subscript(value=ast.Name(id="Union"), slice=ast.Tuple(elts=parts)):
            return " | ".join(annotation(part) for part in parts)
        case ast.Subscript(value=ast.Name(id="Literal")):
            return ast.unparse(node).replace("'", '"')
        case ast.Subscript(value=outer, slice=ast.Tuple(elts=parts)):
            return f"{annotation(outer)}[{', '.join(annotation(part) for part in parts)}]"
        case ast.Subscript(value=outer, slice=inner):
            return f"{annotation(outer)}[{annotation(inner)}]"
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return SHORT.get(name, name)
    return ast.unparse(node)


def _has_default(node: ast.AnnAssign) -> bool:
    """Whether a field of a model (pydantic 1) need not be given."""
    value = node.value
    if isinstance(value, ast.Call) and ast.unparse(value.func) == "Field":
        given = [*value.args, *(it.value for it in value.keywords if it.arg == "default")]
        value = given[0] if given else None
    if isinstance(value, ast.Constant) and value.value is ...:
        return False
    if value is not None:
        return True
    return ast.unparse(node.annotation).partition("[")[0] in ("Optional", "Any")


def toml(version: str, sdk: Sdk) -> str:
    """The text of the file."""
    lines = [HEADER.format(version=version), f"version = {quoted(version)}"]
    lines += ["", "# Module -> its names -> what they are.", ""]
    for module in sdk.modules.values():
        lines += [f"[modules.{quoted(module.name)}]"]
        lines += [
            f"{name} = {quoted(sdk.public(target))}"
            for name, target in sorted(module.names.items())
        ]
        lines.append("")
    lines += ["# Name -> the module that it is imported from.", "", "[imports]"]
    lines += [f"{name} = {quoted(module)}" for name, module in sdk.imports().items()]
    lines.append("")
    for cls in sdk.classes.values():
        lines += [f"[classes.{quoted(sdk.public(cls.name))}]", f"kind = {quoted(cls.kind)}"]
        lines.append(f"bases = {quoted_list([sdk.public(it.name) for it in cls.line[1:]])}")
        if cls.kind == "model":
            lines.append(f"fields = {quoted_list(cls.fields())}")
        if cls.kind == "enum":
            values = (f"{name} = {quoted(value)}" for name, value in cls.values().items())
            lines.append(f"values = {{ {', '.join(values)} }}")
        lines.append("")
    lines.append("[functions]")
    for function in sdk.functions():
        entry = f"kind = {quoted(function.kind)}, text = {quoted(function.signature)}"
        entry += ", abstract = true" * function.abstract + ", final = true" * function.final
        lines.append(f"{quoted(function.name)} = {{ {entry} }}")
    return "\n".join(lines) + "\n"


def quoted(text: str) -> str:
    """A string of TOML."""
    return f"'{text}'" if '"' in text else f'"{text}"'


def quoted_list(texts: list[str]) -> str:
    """A list of strings of TOML, one a line where they are many."""
    line = f"[{', '.join(map(quoted, texts))}]"
    if len(line) < 100:
        return line
    return "[\n" + "".join(f"    {quoted(text)},\n" for text in texts) + "]"


def read_sources(path: Path) -> tuple[str, dict[str, str]]:
    """The version of a wheel or of the folder of one, and the text of each of its modules."""
    if path.is_dir():
        files = {it.relative_to(path).as_posix(): it for it in path.rglob("*") if it.is_file()}
        texts = {name: it.read_text(encoding="utf-8") for name, it in files.items()}
    else:
        with ZipFile(path) as wheel:
            texts = {name: wheel.read(name).decode() for name in wheel.namelist()}
    metadata = next(name for name in texts if name.endswith(".dist-info/METADATA"))
    version = metadata.partition("/")[0].removesuffix(".dist-info").rpartition("-")[2]
    modules = {
        name: text
        for name, text in texts.items()
        if name.startswith("sym/") and name.endswith(".py") and "/tests/" not in name
    }
    return version, modules


def main(arguments: list[str]) -> int:
    """Write the file, or with ``--check`` compare it; returns the exit status."""
    paths = [it for it in arguments if it != "--check"]
    if len(paths) != 1:
        print("usage: python -m tools.sdk_api [--check] WHEEL", file=sys.stderr)
        return 2
    version, sources = read_sources(Path(paths[0]))
    text = toml(version, Sdk(sources))
    fresh = TARGET.exists() and TARGET.read_text(encoding="utf-8") == text
    if "--check" in arguments:
        if not fresh:
            print(f"{TARGET.name} is stale: run python -m tools.sdk_api {paths[0]}")
        return 0 if fresh else 1
    TARGET.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
