"""Protocols of module instances and module calls, as the other instance classes use them.

Terraform's evaluator asks the same questions (``lang.Data``).
"""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Protocol
from symlint.terraform.instances.groups import Instance

if TYPE_CHECKING:
    from symlint.hcl.nodes import Attribute
    from symlint.source.text import Range
    from symlint.terraform.instances.evaluation import Evaluation
    from symlint.terraform.instances.groups import InstanceGroup
    from symlint.terraform.modules.declarations import Module, ModuleCall, ResourceKind
    from symlint.terraform.modules.file_access import ModuleFiles
    from symlint.terraform.values.addresses import Address, ModulePath, Reference
    from symlint.terraform.values.value import Value


class ModuleNames(Protocol):
    """A module instance, as its scope, its resources and its calls know it."""

    @property
    def module(self) -> Module:
        """What the module declares."""

    @property
    def path(self) -> ModulePath:
        """The calls from the root module to it."""

    @property
    def symbolic(self) -> bool:
        """Whether it, or a module that it is called by, stands for unknown instances."""

    @property
    def call(self) -> CallNames | None:
        """The call that it is an instance of; None for the root module."""

    @property
    def certain(self) -> bool:
        """Whether there surely is such a module instance."""

    @property
    def files(self) -> ModuleFiles:
        """The files that functions may read."""

    @property
    def evaluation(self) -> Evaluation:
        """What it is evaluated with."""

    def variable(self, name: str) -> Value | None:
        """The value of an input variable; None when it is not declared."""

    def local(self, name: str) -> Value | None:
        """The value of a local; None when it is not declared."""

    def output(self, name: str) -> Value | None:
        """The value of an output; None when it is not declared."""

    def resource_group(
        self, kind: ResourceKind, type_name: str, name: str
    ) -> InstanceGroup[Instance] | None:
        """All instances of one resource block; None when it is not declared."""

    def call_group(self, name: str) -> InstanceGroup[CallNames] | None:
        """All instances of one module call; None when it is not declared."""


class CallNames(Instance, Protocol):
    """An instance of a module call, as the parts of module instances know it."""

    @property
    def name(self) -> str:
        """The name of the call."""

    @property
    def address(self) -> Address:
        """The address of the call."""

    @property
    def reference(self) -> Reference:
        """A reference to the whole call."""

    @property
    def declaration(self) -> ModuleCall:
        """The ``module`` block."""

    @property
    def parent(self) -> ModuleNames:
        """The module instance that the call stands in."""

    @property
    def module(self) -> ModuleNames | None:
        """The called module's instance; None where its code is not here."""

    @property
    def range(self) -> Range:
        """The header of the block."""

    def configured(self, name: str) -> Attribute | None:
        """The argument as it is written, or None."""
