"""Functions on network prefixes, as ``github.com/apparentlymart/go-cidr`` computes them.

Terraform reads addresses as Go 1.16 did: a decimal part of an IPv4 address may begin with zeros.
"""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING, Final
from symlint.named_tuple import NamedTuple
from symlint.terraform.functions.calls import Call, Function, NotKnownError, Parameter
from symlint.terraform.values.types import NUMBER, STRING, list_of
from symlint.terraform.values.value import Value

if TYPE_CHECKING:
    from collections.abc import Mapping

_HEXADECIMAL: Final = frozenset("0123456789abcdefABCDEF")
_STRINGS: Final = list_of(STRING)
_STEPS_PER_NETWORK: Final = 40
_MOST_CHARACTERS: Final = 160
"""More than any address has, though its last parts may be decimal and begin with zeros."""


class Network(NamedTuple):
    """A prefix: its first address, its length, and the width of addresses (32 or 128)."""

    address: int
    length: int
    width: int

    def __str__(self) -> str:
        return f"{_address_text(self.address, self.width)}/{self.length}"

    @property
    def last(self) -> int:
        """The last address of the network."""
        return self.address | ((1 << (self.width - self.length)) - 1)


def _ipv4(text: str) -> int | None:
    parts = text.split(".")
    if len(parts) != 4:
        return None
    address = 0
    for part in parts:
        if not part.isascii() or not part.isdigit() or len(part) > 20 or int(part) > 255:
            return None
        address = address << 8 | int(part)
    return address


def _ipv6(text: str) -> int | None:
    if text.count("::") > 1 or ":::" in text:
        return None
    head, gap, tail = text.partition("::")
    left = _groups(head, final=not gap)
    right = _groups(tail, final=True) if gap else []
    if left is None or right is None:
        return None
    missing = 8 - len(left) - len(right)
    if missing < 0 or (missing > 0) != bool(gap):
        return None
    address = 0
    for group in (*left, *[0] * missing, *right):
        address = address << 16 | group
    return address


def _groups(text: str, final: bool) -> list[int] | None:
    """The groups of 16 bits between colons; the last may be an IPv4 address."""
    if not text:
        return []
    groups: list[int] = []
    parts = text.split(":")
    for index, part in enumerate(parts):
        if "." in part and final and index == len(parts) - 1:
            embedded = _ipv4(part)
            if embedded is None:
                return None
            groups += [embedded >> 16, embedded & 0xFFFF]
        elif 1 <= len(part) <= 4 and _HEXADECIMAL.issuperset(part):
            groups.append(int(part, 16))
        else:
            return None
    return groups


def _address_text(address: int, width: int) -> str:
    """An address as Go's ``net.IP.String`` writes it."""
    if width == 128 and address >> 32 == 0xFFFF:
        address, width = address & 0xFFFF_FFFF, 32
    if width == 32:
        return ".".join(str(address >> shift & 0xFF) for shift in (24, 16, 8, 0))
    groups = [address >> shift & 0xFFFF for shift in range(112, -16, -16)]
    best_start, best_length = -1, 1
    start = 0
    while start < 8:
        end = start
        while end < 8 and groups[end] == 0:
            end += 1
        if end - start > best_length:
            best_start, best_length = start, end - start
        start = max(end, start + 1)
    texts = [f"{group:x}" for group in groups]
    if best_start < 0:
        return ":".join(texts)
    return ":".join(texts[:best_start]) + "::" + ":".join(texts[best_start + best_length :])


def parse_network(text: str) -> Network | None:
    """The network that a text such as ``10.0.0.1/8`` is in; None when it is none."""
    address_text, slash, length_text = text.partition("/")
    if len(address_text) > _MOST_CHARACTERS:
        return None
    if not slash or not length_text.isascii() or not length_text.isdigit() or len(length_text) > 9:
        return None
    address = _ipv6(address_text) if ":" in address_text else _ipv4(address_text)
    width = 128 if ":" in address_text else 32
    length = int(length_text)
    if address is None or length > width:
        return None
    host = (1 << (width - length)) - 1
    return Network(address & ~host, length, width)


def _network(call: Call, argument: int | None = None) -> Network:
    text = call.text(0)
    network = parse_network(text)
    if network is None:
        raise call.error(f"invalid CIDR expression: invalid CIDR address: {text}", argument)
    if network.width == 128 and network.address >> 32 == 0xFFFF and network.length > 96:
        # Terraform confuses the two widths here and gives addresses that mean nothing.
        raise NotKnownError(call.unknown("it is an IPv4 network in the form of IPv6"))
    return network


def _whole(call: Call, index: int) -> int:
    number = call.number(index)
    if not isinstance(number, int):
        raise call.error("value must be a whole number")
    return number


def _host(call: Call) -> Value:
    number = _whole(call, 1)
    network = _network(call)
    last = (1 << (network.width - network.length)) - 1
    magnitude = abs(number)
    # Go takes the lowest 64 bits of the number, as a signed number, for the comparison.
    compared = magnitude & 0xFFFF_FFFF_FFFF_FFFF
    compared = compared - (1 << 64) if compared >> 63 else compared
    wanted = number
    if number < 0:
        compared = magnitude - 1
        wanted = last - compared
    if compared > last:
        raise call.error(
            f"prefix of {network.length} does not accommodate a host numbered {wanted}"
        )
    if wanted < 0 or wanted > last:
        return call.unknown("the host number is outside what is computed here")
    return call.string(_address_text(network.address | wanted, network.width))


def _netmask(call: Call) -> Value:
    network = _network(call)
    if network.width == 128 and network.address >> 32 != 0xFFFF:
        raise call.error(f"IPv6 addresses cannot have a netmask: {call.text(0)}")
    mask = (1 << network.width) - (1 << (network.width - network.length))
    return call.string(_address_text(mask, network.width))


def _subnet(call: Call) -> Value:
    bits, number = call.integer(1), _whole(call, 2)
    network = _network(call)
    length = network.length + bits
    if length > network.width:
        raise call.error(
            f"insufficient address space to extend prefix of {network.length} by {bits}"
        )
    if bits < 0 or number < 0:
        return call.unknown("a negative number of bits or of the network is not computed here")
    if number >> min(bits, 64) and number & 0xFFFF_FFFF_FFFF_FFFF > (1 << min(bits, 64)) - 1:
        raise call.error(
            f"prefix extension of {bits} does not accommodate a subnet numbered {number}"
        )
    if number >> bits:
        return call.unknown("the network number is outside what is computed here")
    address = network.address | number << (network.width - length)
    return call.string(str(Network(address, length, network.width)))


def _subnets(call: Call) -> Value:
    network = _network(call, 0)
    results: list[Value] = []
    address = network.address
    current = ""
    for index in range(1, len(call.arguments)):
        call.spend(_STEPS_PER_NETWORK)
        bits = call.integer(index, argument=index)
        if bits < 1:
            raise call.error("must extend prefix by at least one bit", index)
        if bits > 32:
            raise call.error("may not extend prefix by more than 32 bits", index)
        length = network.length + bits
        if length > network.width:
            protocol = "IPv4" if network.width == 32 else "IPv6"
            raise call.error(
                f"would extend prefix to {length} bits, which is too long for an {protocol} "
                "address",
                index,
            )
        size = 1 << (network.width - length)
        if not current and address == 0:
            # Terraform begins before the network, and comes round to the first address.
            before = ((1 << bits) - 1) << (network.width - length)
            current = str(Network(before, length, network.width)) if not network.length else ""
        address = -(-address // size) * size
        if address + size - 1 > network.last or (network.address == 0 and index == 1):
            raise call.error(
                f"not enough remaining address space for a subnet with a prefix of {length} bits "
                f"after {current}",
                index,
            )
        current = str(Network(address, length, network.width))
        results.append(Value(STRING, current, call.origin))
        address += size
    return call.value(_STRINGS, tuple(results))


_PREFIX: Final = Parameter("prefix", STRING)

FUNCTIONS: Final[Mapping[str, Function]] = {
    "cidrhost": Function(_host, (_PREFIX, Parameter("hostnum", NUMBER)), STRING),
    "cidrnetmask": Function(_netmask, (_PREFIX,), STRING),
    "cidrsubnet": Function(
        _subnet, (_PREFIX, Parameter("newbits", NUMBER), Parameter("netnum", NUMBER)), STRING
    ),
    "cidrsubnets": Function(_subnets, (_PREFIX,), _STRINGS, variadic=Parameter("newbits", NUMBER)),
}
