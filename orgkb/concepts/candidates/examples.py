"""Names given as examples: `such as Docker or rkt`, `(like ZooKeeper)`, `например, Redis`."""

from __future__ import annotations

from collections.abc import Iterator

from orgkb.concepts import cleaning, folding, names, spelling
from orgkb.concepts.blocks import Reading
from orgkb.concepts.candidates.model import Candidate
from orgkb.concepts.candidates.terms import candidate
from orgkb.concepts.lexicon import INFORMAL_WORDS
from orgkb.patterns import pattern

RULE = "example"
_LEAD = pattern(
    r"[SsIiFfEeНнТт](?<!\w.)(?i:(?<=s)uch\s+as|(?<=i)ncluding|(?<=f)or\s+example,?|(?<=e)\.g\.,?|(?<=н)апример,?|(?<=т)аки[ех]\s+как|"
    r"(?<=т)ипа)\s+|\((?i:like|e\.g\.)\s+|^\s*(?i:other|другие)\s+[\w ]{3,40}:\s+"
)
_HINTS = ("such", "including", "example", "e.g.", "(like", "например", "такие", "таких", "типа", "other", "другие")
"""One stands in whatever `_LEAD` finds; to look for them takes a tenth of the time."""
_NAME = pattern(r"(?:an?\s|the\s)?(?P<name>[^\W\d_][\w+.'’-]*(?:\s[A-ZА-ЯЁ][\w+.'’-]*){0,2})")
_JOIN = pattern(r",?\s+(?:and|or|и|или)\s+|,\s+|\s?/\s?")
_MAX_NAMES = 8


def find(reading: Reading, confidence: float) -> Iterator[Candidate]:
    """The capitalised names of such an enumeration."""
    for block in reading.having(*_HINTS):
        for lead in _LEAD.finditer(block.prose):
            at = lead.end()
            for _ in range(_MAX_NAMES):
                match = _NAME.match(block.prose, at)
                if not match:
                    break
                name = match["name"].rstrip(".")
                end = match.start("name") + len(name)
                named = any(c.isupper() for c in name) or (
                    len(name) > 2 and not spelling.is_known(folding.fold_word(name)) and name not in INFORMAL_WORDS
                )
                if named and names.weak_shape(cleaning.clean(name).name):
                    found = candidate(reading, block, match.start("name"), end, rule=RULE, confidence=confidence)
                    if found:
                        yield found
                join = _JOIN.match(block.prose, end)
                if not join:
                    break
                at = join.end()
