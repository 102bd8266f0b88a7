"""The words of prose, folded as names are, with what may begin or end a name."""

from __future__ import annotations

import re
from functools import lru_cache

import msgspec

from orgkb.concepts import folding
from orgkb.concepts.lexicon.english import VERB_BASES
from orgkb.concepts.lexicon.words import word_set
from orgkb.concepts.text import MASK
from orgkb.patterns import pattern

_CORE = pattern(r"[^\W_](?:.*[^\W_](?:\+\+|#)?)?", re.DOTALL)
_HYPHENATED = pattern(r"[^\W_]+(?:['’][^\W_]+)?(?:[-‑][^\W_]+(?:['’][^\W_]+)?)+")
_LIST = pattern(r"[^\W_]{2,}(?:[-‑'’][^\W_]+)*(?:[/,;(][^\W_]{2,}(?:[-‑'’][^\W_]+)*){1,3}|[^\W_]{2,}\(s")
_ADJECTIVAL = word_set(
    """
    aware based bound centric compatible compliant defined dependent enabled free friendly independent in internal
    level like local managed native out owned ready related safe scoped side specific style to type wide
    multi per cross inter intra in-tree single
    """
)
"""What makes a hyphenated word a free compound; not what makes another word: `pre-training` is no training, `sub-tree` no tree,
and `object-oriented` tells of no object."""

_NEGATING = word_set("non pre re sub semi anti pseudo quasi un")
"""What makes another thing of the word behind it."""


class Token(msgspec.Struct, frozen=True, gc=False):
    """A word of a block's prose."""

    start: int
    end: int
    folded: str
    opens: bool
    """Whether a name may begin here."""
    closes: bool
    """Whether a name may end here."""
    joins: bool
    """Whether only blanks or a hyphen stand between the token before and this one."""


def tokens(prose: str) -> list[Token]:
    """The words of PROSE; parts of identifiers and paths cannot stand alone."""
    found: list[Token] = []
    masked = MASK in prose
    free_before = False
    last_end = 0
    fold = _FOLDED
    # Dividing it and finding the places of the parts takes half the time of a pattern.
    blanked = prose.replace(MASK, " ") if masked else prose
    chunks = blanked.split()
    # In most blocks one sign stands between any two.
    even = len(blanked) == sum(map(len, chunks)) + len(chunks) - 1
    for raw in chunks:
        at = (last_end and last_end + 1) if even else blanked.find(raw, last_end)
        joins = free_before and not (masked and MASK in prose[last_end:at])
        last_end = at + len(raw)
        # The two forms of nearly all words, before the general one.
        if raw.isalpha():
            found.append(Token(at, last_end, fold[raw], True, True, joins))
            free_before = True
            continue
        if raw[-1] in ",.:;)" and raw[:-1].isalpha():
            found.append(Token(at, last_end - 1, fold[raw[:-1]], True, True, joins))
            free_before = False
            continue
        # What touches masked text is part of it: `~foo~s`, an address.
        touches = masked and (prose[at - 1 : at] == MASK or prose[last_end : last_end + 1] == MASK)
        parts, free_before = _parts(raw, touches)
        for start, end, folded, opens, closes, part_joins in parts:
            found.append(Token(at + start, at + end, folded, opens, closes, (joins and start == 0) or part_joins))
    return found


class _Folded(dict[str, str]):
    """Folded tokens: nearly all were seen before, and a subscript asks sooner than a call."""

    def __missing__(self, token: str) -> str:
        if len(self) >= _MOST_FOLDED:
            self.clear()
        folded = self[token] = folding.fold_token(token)
        return folded


_MOST_FOLDED = 100_000
_FOLDED = _Folded()

_Part = tuple[int, int, str, bool, bool, bool]
"""What a token has, its places counted from the begin of its chunk."""


@lru_cache(maxsize=8_192)  # the usual ones: all of 3.7 MB of notes take 11 MB more
def _parts(raw: str, touches: bool) -> tuple[tuple[_Part, ...], bool]:
    """The tokens of a chunk, which TOUCHES what is no prose, and whether the next one may go on from its end.

    The first of them joins what stands before where that does and nothing stands between.
    """
    core = _CORE.search(raw)
    if core is None:
        return (), False
    begin, text = core.start(), core.group()
    atomic = (
        touches
        or raw[:begin].endswith((".", "/", "~", "$", "-", "@", "#", "&", "=", "\\", "%", "_", "<", "+"))
        or raw[core.end() :].startswith(
            ("/", "=", "_", "$", "@", "->", "*", "(", "{", "[", "\\", "&", ">", "~", "%", "+")
        )
    )
    found = list(folding.TOKEN.finditer(text))
    listed = not atomic and _LIST.fullmatch(text) is not None
    hyphenated = not atomic and _HYPHENATED.fullmatch(text) is not None
    loose = listed or (hyphenated and _is_loose(found))
    # `non-linear function` is no linear function, `pre-trained model` no trained one.
    negated = hyphenated and found[0].group().lower() in _NEGATING
    parts: list[_Part] = []
    for index, match in enumerate(found):
        first, last = index == 0, index == len(found) - 1
        inner = "" if first else text[found[index - 1].end() : match.start()]
        elided = inner in _APOSTROPHES and found[index - 1].group().lower() in folding.ELIDED
        # What a hyphen ties to its neighbour in a list is a part of that: the `python` of `dev-python/flask`.
        free = not listed or _is_loose(_member(text, found, index))
        tied = not free and inner in _HYPHENS
        ties = not free and not last and text[match.end() : found[index + 1].start()] in _HYPHENS
        parts.append(
            (
                begin + match.start(),
                begin + match.end(),
                _FOLDED[match.group()],
                not atomic and not tied and (first or elided or (loose and not (negated and index == 1))),
                not atomic and not ties and (loose or (last and match.end() == len(text))),
                not first and (not listed or inner in _HYPHENS),
            )
        )
    return tuple(parts), core.end() == len(raw)


_HYPHENS = frozenset({"-", "‑"})
_APOSTROPHES = frozenset({"'", "’"})


def _member(text: str, found: list[re.Match[str]], index: int) -> list[re.Match[str]]:
    """Those of the words FOUND in TEXT that hyphens tie to the one at INDEX, with it."""
    first = last = index
    while first and text[found[first - 1].end() : found[first].start()] in _HYPHENS:
        first -= 1
    while last + 1 < len(found) and text[found[last].end() : found[last + 1].start()] in _HYPHENS:
        last += 1
    return found[first : last + 1]


def _is_loose(parts: list[re.Match[str]]) -> bool:
    """Whether a hyphenated word is a free compound: `pod-level`, `docker-контейнер`, not `kube-proxy`."""
    lower = [part.group().lower() for part in parts]
    scripts = {part[0].isascii() for part in lower}
    if "to" in lower and lower[0] != lower[-1] and (len(lower) > _THREE or lower[0] in _MOVES):
        return False  # `project-switch-to-buffer`, `copy-to-register` are commands, `service-to-service` is none
    # The letter of `k-средних` belongs to the name.
    return (len(scripts) > 1 and len(lower[0]) > 1) or any(part in _ADJECTIVAL for part in lower)


_THREE = 3
_MOVES = VERB_BASES | {"jump", "narrow", "pop", "go", "bind"}
