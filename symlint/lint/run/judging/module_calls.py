"""Which module calls lead to what a finding is about: a comment at any of them is for it, too."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING

if TYPE_CHECKING:
    from symlint.source.text import Range
    from symlint.terraform.instances.configuration import Configuration


def module_calls(configuration: Configuration, address: str) -> tuple[Range, ...]:
    """The headers of the module calls on the path to what an address names, outermost first."""
    if not address.startswith("module."):
        return ()
    import re

    from symlint.terraform.values.addresses import key_suffix

    calls: list[Range] = []
    module = configuration.root
    step = re.compile(r'module\.([^.\[]+)((?:\[(?:"(?:[^"\\]|\\.)*"|[^\]"]*)\])?)(?:\.|$)')
    position = 0
    while match := step.match(address, position):
        group = module.call_group(match[1])
        made = () if group is None else group.instances.values()
        call = next((it for it in made if key_suffix(it.address.key) == match[2]), None)
        if call is None:
            break
        calls.append(call.range)
        if call.module is None:
            break
        module, position = call.module, match.end()
    return tuple(calls)
