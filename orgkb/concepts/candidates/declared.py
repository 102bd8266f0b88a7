"""What the code of the notes declares: `class PaymentService`. Named in their text, it is of the example, no term of the notes."""

from __future__ import annotations

from orgkb.concepts import names
from orgkb.concepts.blocks import Reading
from orgkb.patterns import pattern

_DECLARED = pattern(
    r"\n[ \t]*(?:(?:export|public|private|protected|internal|abstract|static|final|sealed|partial|data|open|pub)[ \t]+){0,3}"
    r"(?:class|interface|struct|enum|trait|record|object)[ \t]+(?P<name>[A-Z][A-Za-z0-9]+)"
)
"""It begins with an end of line, to which Python jumps; a begin of one is looked for at every character."""
_HUMPS = pattern(r"I?(?:[A-Z][a-z0-9]+){2,}")
_HUMP = pattern(r"[A-Z][a-z0-9]+|[A-Z]+(?![a-z])")


def declared(reading: Reading) -> frozenset[str]:
    """The names of several words that code of the notes declares, but for those that everybody knows: `LinkedList`."""
    text = reading.document.text
    if "#+" not in text:
        return frozenset()
    found = {match["name"] for match in _DECLARED.finditer(f"\n{text}")}
    return frozenset(name for name in found if _HUMPS.fullmatch(name) and not _is_known(name))


def _is_known(name: str) -> bool:
    return names.is_known_phrase(" ".join(_HUMP.findall(name)))
