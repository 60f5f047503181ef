"""Record which characters Terraform takes for those of each script, or compare with the record.

    python tests/terraform/functions/record_scripts.py [--check]

Writes ``symlint/terraform/functions/re2/scripts.py``. Every character that is its own normal form
(no other is ever in a string) is matched against ``\\p{NAME}`` for each name below, which are those
of Go's ``unicode.Scripts``. Needs terraform 1.11 on the PATH and a few minutes.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from unicodedata import normalize

from record_functions import terraform

from symlint.terraform.functions.re2.scripts import SCRIPTS

STORE = Path(__file__).parents[3] / "symlint" / "terraform" / "functions" / "re2" / "scripts.py"

_NAMES = """
Adlam Ahom Anatolian_Hieroglyphs Arabic Armenian Avestan Balinese Bamum Bassa_Vah Batak Bengali
Bhaiksuki Bopomofo Brahmi Braille Buginese Buhid Canadian_Aboriginal Carian Caucasian_Albanian Chakma
Cham Cherokee Chorasmian Common Coptic Cuneiform Cypriot Cypro_Minoan Cyrillic Deseret Devanagari
Dives_Akuru Dogra Duployan Egyptian_Hieroglyphs Elbasan Elymaic Ethiopic Georgian Glagolitic Gothic
Grantha Greek Gujarati Gunjala_Gondi Gurmukhi Han Hangul Hanifi_Rohingya Hanunoo Hatran Hebrew
Hiragana Imperial_Aramaic Inherited Inscriptional_Pahlavi Inscriptional_Parthian Javanese Kaithi
Kannada Katakana Kawi Kayah_Li Kharoshthi Khitan_Small_Script Khmer Khojki Khudawadi Lao Latin Lepcha
Limbu Linear_A Linear_B Lisu Lycian Lydian Mahajani Makasar Malayalam Mandaic Manichaean Marchen
Masaram_Gondi Medefaidrin Meetei_Mayek Mende_Kikakui Meroitic_Cursive Meroitic_Hieroglyphs Miao Modi
Mongolian Mro Multani Myanmar Nabataean Nag_Mundari Nandinagari New_Tai_Lue Newa Nko Nushu
Nyiakeng_Puachue_Hmong Ogham Ol_Chiki Old_Hungarian Old_Italic Old_North_Arabian Old_Permic
Old_Persian Old_Sogdian Old_South_Arabian Old_Turkic Old_Uyghur Oriya Osage Osmanya Pahawh_Hmong
Palmyrene Pau_Cin_Hau Phags_Pa Phoenician Psalter_Pahlavi Rejang Runic Samaritan Saurashtra Sharada
Shavian Siddham SignWriting Sinhala Sogdian Sora_Sompeng Soyombo Sundanese Syloti_Nagri Syriac Tagalog
Tagbanwa Tai_Le Tai_Tham Tai_Viet Takri Tamil Tangsa Tangut Telugu Thaana Thai Tibetan Tifinagh Tirhuta
Toto Ugaritic Vai Vithkuqi Wancho Warang_Citi Yezidi Yi Zanabazar_Square
"""
NAMES = _NAMES.split()

HEAD = '''"""The scripts of Unicode 15 as Go's ``unicode.Scripts`` has them, for ``\\\\p{Greek}`` and the like.

Recorded from Terraform 1.11 by ``tests/terraform/functions/record_scripts.py``; do not edit.
"""

from __future__ import annotations

from typing import Final

SCRIPTS: Final[dict[str, str]] = {
'''


def characters() -> list[int]:
    """The code points that can be in a string of Terraform."""
    codes = (code for code in range(1, 0x110000) if not 0xD800 <= code <= 0xDFFF)
    return [code for code in codes if normalize("NFC", chr(code)) == chr(code)]


def record() -> dict[str, set[int]]:
    """The characters of each script."""
    with tempfile.TemporaryDirectory() as directory:
        # A space between them keeps characters from being composed.
        text = json.dumps(" ".join(map(chr, characters())))
        Path(directory, "characters.json").write_text(text, "utf-8")
        lines = ['locals { text = jsondecode(file("characters.json")) }']
        lines += [
            f'output "{name}" {{ value = join("", regexall("\\\\p{{{name}}}", local.text)) }}'
            for name in NAMES
        ]
        Path(directory, "main.tf").write_text("\n".join(lines), "utf-8")
        terraform(directory, "apply", "-auto-approve", "-no-color").check_returncode()
        outputs = json.loads(terraform(directory, "output", "-json").stdout)
    return {name: set(map(ord, outputs[name]["value"])) for name in NAMES}


def ranges(found: set[int], possible: list[int]) -> str:
    """Ranges of code points in hexadecimal; those that no string has may be in them."""
    parts: list[list[int]] = []
    inside = False
    for code in possible:
        if code in found and inside:
            parts[-1][1] = code
        elif code in found:
            parts.append([code, code])
        inside = code in found
    return " ".join(f"{low:x}" if low == high else f"{low:x}-{high:x}" for low, high in parts)


def written(scripts: dict[str, str]) -> str:
    """The module, which ``ruff format`` then brings into shape."""
    lines = []
    for name, text in scripts.items():
        lines.append(f'    "{name}": (')
        while text:
            cut = len(text) if len(text) <= 88 else text.rindex(" ", 0, 88) + 1
            lines.append(f'        "{text[:cut]}"')
            text = text[cut:]
        lines.append("    ),")
    return HEAD + "\n".join(lines) + "\n}\n"


def main(arguments: list[str]) -> int:
    """Record or check; the exit status is 1 when the record and Terraform disagree."""
    possible = characters()
    found = {name: ranges(codes, possible) for name, codes in record().items()}
    if "--check" in arguments:
        return int(found != SCRIPTS)
    STORE.write_text(written(found), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
