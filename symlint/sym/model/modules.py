"""Calls of Sym's registry modules: runtime connectors, connectors, addons."""

from __future__ import annotations

from functools import lru_cache

from symlint.annotations import TYPE_CHECKING, Final
from symlint.named_tuple import NamedTuple
from symlint.sym.model.arguments import Argument, Arguments
from symlint.sym.versions import ConstraintError, parse_constraint

if TYPE_CHECKING:
    from symlint.source.text import Range
    from symlint.sym.catalogue.catalogue import Catalogue
    from symlint.sym.catalogue.modules import ModuleSource, RegistryModule
    from symlint.sym.versions import Admitted, Share, Version
    from symlint.terraform.instances.module_instance import ModuleCallInstance
    from symlint.terraform.values.addresses import Address


class SymModule(Arguments):
    """One instance of a call of a module that the catalogue knows.

    ``entry`` is what the catalogue knows of the module, ``source`` the address that it is called
    by. Made once for each call instance.
    """

    __slots__ = ("call", "catalogue", "entry", "source")

    def __init__(
        self,
        catalogue: Catalogue,
        call: ModuleCallInstance,
        entry: RegistryModule,
        source: ModuleSource,
    ) -> None:
        self.catalogue: Final = catalogue
        self.call: Final = call
        self.entry: Final = entry
        self.source: Final = source

    def __repr__(self) -> str:
        return f"SymModule({self.address})"

    @property
    def address(self) -> Address:
        """The address of the call instance."""
        return self.call.address

    @property
    def local_name(self) -> str:
        """The address as it is written in its own module, instance keys left out."""
        return self.address.without_key().local_name

    @property
    def kind(self) -> str:
        """ "runtime", "connector", "addon" or "logs"."""
        return self.entry.kind

    @property
    def title(self) -> str:
        """What it is called in messages: "IAM connector"."""
        return self.entry.title

    @property
    def header(self) -> Range:
        """The type and label of the block."""
        return self.call.range

    @property
    def complete(self) -> bool:
        """Whether an argument that is not found is surely not given."""
        return self.call.declaration.complete

    @property
    def symbolic(self) -> bool:
        """Whether it stands for all instances of a block whose keys are not known."""
        return self.call.symbolic or self.call.parent.symbolic

    # --- arguments ---

    def argument(self, name: str) -> Argument | None:
        """One argument, or None where it is not given."""
        written = self.call.configured(name)
        value = self.call.argument(name)
        if written is None or value is None:
            return None
        return Argument(name, value, written.value.range, written.name_range)

    @property
    def environment(self) -> Argument | None:
        """The argument that qualifies the names of what the module makes."""
        name = self.entry.environment_input
        return None if name is None else self.argument(name)

    # --- versions ---

    @property
    def admitted(self) -> Admitted | None:
        """The versions that the call admits; None where they are not known."""
        return admitted_versions(self.source, self.call.version)

    @property
    def newest(self) -> Version | None:
        """The version that Terraform would choose, where that is known."""
        admitted = self.admitted
        return self.source.interface if admitted is None else admitted.newest

    def share(self, since: Version | None = None, until: Version | None = None) -> Share:
        """How many of the admitted versions lie from ``since`` up to ``until``."""
        admitted = self.admitted
        if admitted is not None:
            return admitted.share(since, until)
        if self.source.interface is None:
            return "unknown"
        from symlint.sym.versions import within

        return "all" if within(self.source.interface, since, until) else "none"


@lru_cache(1000)  # rules ask for each input and output of a call
def admitted_versions(source: ModuleSource, constraint: str | None) -> Admitted | None:
    """The published versions that a ``version`` argument admits; None where not known."""
    if not source.versions:
        return None
    try:
        return parse_constraint(constraint or "", "module").admitted(source.versions)
    except ConstraintError:
        if constraint:
            return None
    from symlint.sym.versions import ANY_MODULE

    return ANY_MODULE.admitted(source.versions)


class OutputRead(NamedTuple):
    """A value was read from an output of one of Sym's modules.

    ``path`` follows the module: ``("settings", "role_arn")``. ``range`` is where it was read, or
    None where a whole module or resource was.
    """

    module: SymModule
    path: tuple[str, ...]
    range: Range | None

    @property
    def gives(self) -> str | None:
        """What the catalogue says that the path is, at any version: "role_arn"."""
        return self.module.entry.meaning_of(self.path)

    @property
    def whole(self) -> str | None:
        """ "module" or the resource type, where that is what was read as a whole."""
        if not self.path:
            return "module"
        forms = self.module.entry.outputs.get(self.path[0], ())
        kinds = [form.resource for form in forms if form.resource is not None]
        return kinds[0] if kinds and len(self.path) == 1 else None

    @property
    def is_whole(self) -> bool:
        """Whether a whole module or resource was read, and not a part of it."""
        return self.whole is not None

    @property
    def is_of_role(self) -> bool:
        """Whether an attribute of an IAM role that the module makes was read."""
        forms = self.module.entry.outputs.get(self.path[0], ()) if len(self.path) == 2 else ()
        return any(form.resource == "aws_iam_role" for form in forms)

    @property
    def title_of_module(self) -> str:
        """What the module is called in messages: "IAM connector"."""
        return self.module.title

    @property
    def text(self) -> str:
        """The reference as it is written beside the call: ``module.iam.settings.role_arn``."""
        return ".".join((self.module.local_name, *self.path))

    @property
    def exists(self) -> bool | None:
        """Whether the output, and the key in it, exists in some version that is admitted."""
        forms = self.module.entry.outputs.get(self.path[0]) if self.path else None
        if not forms:
            return None if not self.path else False
        return any(
            self.module.share(form.since, form.until) != "none"
            and (
                form.keys is None
                or form.resource is not None
                or len(self.path) == 1
                or self.path[1] in form.keys
            )
            for form in forms
        )
