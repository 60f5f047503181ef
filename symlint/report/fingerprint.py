"""What identifies a finding from one run to the next, when lines above it have come and gone."""

from __future__ import annotations

from symlint.annotations import TYPE_CHECKING
from symlint.report.places import relative_path

if TYPE_CHECKING:
    from collections.abc import Sequence

    from symlint.lint.finding import Finding


def fingerprints(findings: Sequence[Finding], repository: str) -> list[str]:
    """One fingerprint (64 hexadecimal digits) for each finding; all of them differ.

    Made of code, file, address, attribute and the text of the range, never of line numbers or of
    the words of the message; findings that share all of those are numbered in order.
    """
    from hashlib import sha256

    seen: dict[tuple[str, ...], int] = {}
    found = []
    for finding in findings:
        path = relative_path(finding.range.path, repository)
        subject = " ".join(finding.range.text.split())
        key = (finding.code, path, finding.address, finding.attribute, subject)
        number = seen.get(key, 0)
        seen[key] = number + 1
        data = "\0".join((*key, str(number))).encode("utf-8", "surrogatepass")
        found.append(sha256(data).hexdigest())
    return found
