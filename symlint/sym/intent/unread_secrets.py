"""The secrets of a store that are there for Sym and that nothing reads."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.source.close_names import CloseNames
from symlint.sym.aws.external import external_resources
from symlint.sym.aws.stores import store_types, stored_secret
from symlint.sym.intent.secret_uses import words_of
from symlint.sym.model.integrations import Secret
from symlint.terraform.values.unknowns import leaves

if TYPE_CHECKING:
    from collections.abc import Iterator

    from symlint.sym.model.views import Lookup
    from symlint.terraform.instances.resource_instance import ResourceInstance

_PARTS: Final = ("_version", "_policy", "_rotation")
"""Ends of the types of the resources that belong to a secret and do not use it."""


class UnreadSecrets:
    """Secrets that the configuration declares for Sym and does not use; asked for by their names."""

    def __init__(self, sym: Lookup) -> None:
        self._sym: Final = sym
        declared = [it for kind in store_types(sym) for it in external_resources(sym, kind)]
        names = [it.attribute("name") for it in declared]
        self._names: Final = frozenset(it.string for it in names if it is not None and it.string)
        self.complete: Final = all(
            name is not None and name.string and not it.symbolic and not it.module.symbolic
            for it, name in zip(declared, names, strict=True)
        )
        """Whether the names of all secrets are known."""
        self._by_block: Final[dict[object, list[ResourceInstance]]] = {}
        self._by_name: Final[dict[str, list[ResourceInstance]]] = {}
        self._by_word: Final[dict[str, list[str]]] = {}
        for instance in self._without_readers(declared) if self.complete else ():
            place = (instance.module, instance.address.key, instance.name)
            self._by_block.setdefault(place, []).append(instance)
            name = instance.attribute("name")
            own = "" if name is None else name.string or ""
            self._by_name.setdefault(own, []).append(instance)
        for own in self._by_name:
            for word in words_of(own):
                self._by_word.setdefault(word, []).append(own)
        self._close_names: Final = CloseNames(self._by_name)

    def meant_by(self, secret: Secret, path: str) -> ResourceInstance | None:
        """The secret that a path is plainly meant to name; None if the path may be right."""
        if path in self._names:
            return None
        meant = self._close(secret, path)
        return meant[0] if len(meant) == 1 else None

    def _close(self, secret: Secret, path: str) -> list[ResourceInstance]:
        """The unread ones that are called almost as a path, or whose block is called as the secret's."""
        place = (secret.module, secret.address.key, secret.instance.name)
        found = {it.address: it for it in self._by_block.get(place, ())}
        words = words_of(path)
        if words:
            rarest = min((self._by_word.get(word, ()) for word in words), key=len)
            alike = (name for name in rarest if words <= words_of(name))
            for name in (*alike, *self._close_names.within(path)):
                found.update((it.address, it) for it in self._by_name[name])
        return list(found.values())

    def _without_readers(self, declared: list[ResourceInstance]) -> Iterator[ResourceInstance]:
        read = set()
        for secret in self._sym.all(Secret):
            for value in leaves(secret.value("path")):
                stored = stored_secret(secret, value)
                if stored is not None:
                    read.add(stored.instance.address)
                elif value.string is None:
                    return  # It may be any of them.
        for instance in declared:
            known = instance.address in read or not self._is_for_sym(instance)
            if not known and instance.scope.certain and not self._is_used(instance):
                yield instance

    def _is_for_sym(self, instance: ResourceInstance) -> bool:
        """Whether it has the tag by which the runtime may read it."""
        from symlint.sym.aws.tags import tags_of

        tags = tags_of(self._sym, instance).items or {}
        grants = (it.grant for it in self._sym.catalogue.modules.values())
        return any(it is not None and it.default_tag in tags for it in grants)

    def _is_used(self, instance: ResourceInstance) -> bool:
        """Whether something other than what belongs to it refers to it."""
        parts = tuple(instance.type + end for end in _PARTS)
        edges = self._sym.graph.edges_to(instance.address)
        return any(it.source.type not in parts and it.attribute != "depends_on" for it in edges)
