"""Proper names in running text: `LXD, Podman and CBL-Mariner`, `the Open Container Initiative`, `gRPC`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from orgkb.concepts import folding, frequency, names, spelling
from orgkb.concepts.blocks import TEXTS, Block, Reading
from orgkb.concepts.candidates.model import Candidate
from orgkb.concepts.candidates.terms import candidate
from orgkb.concepts.lexicon import (
    COMMANDS,
    FUNCTION_WORDS,
    INFORMAL_WORDS,
    NEVER_WORDS,
    SECTION_WORDS,
    european,
    is_verb,
)
from orgkb.concepts.lexicon.tables import known_names, listed
from orgkb.concepts.lexicon.words import word_set
from orgkb.patterns import pattern

RULE = "named"
# What is taken in whole can only go on with another sign: to give back letters of it would be of no use.
_REST_OF_WORD = r"[\w+#]*+(?:[-.][^\W_][\w+#]*+)*+"
_REST_OF_ITEM = rf"{_REST_OF_WORD}(?: [A-Z][\w+#-]*+){{0,2}}+"
_JOIN = r"(?:,\s+(?:and\s+|or\s+|и\s+|или\s+)?|\s+(?:and|or|и|или)\s+|\s?/\s?)"
_LIST = pattern(rf"[^\W\d_](?<![\w.@/-].){_REST_OF_ITEM}(?:{_JOIN}(?:the\s+|an?\s+)?[^\W\d_]{_REST_OF_ITEM})+")
_SPLIT = pattern(_JOIN)
_REST = r"[\w+#]*(?:-[A-Za-z]\w*)*"
_CAPITALISED = rf"[A-Z]{_REST}"
# What begins with a set of letters, and then looks back, passes all others at a glance.
_SEQUENCE = pattern(rf"[A-Z](?<![\w/.@-].){_REST}(?: {_CAPITALISED}){{1,4}}(?![\w/(=])")
_LETTERS = pattern(r"[^\W\d_]{2,}")
_MIXED = pattern(r"(?<![\w./$@-])[a-z]{1,2}[A-Z]{2,}[a-zA-Z]{0,8}(?![\w(=/:]|-(?!based|like|compatible|specific))")
_SINGLE = pattern(
    r"[A-Z](?:(?<=[a-zа-яё,] .)[a-z]{3,}(?![\w(=/:.+#-]|\s[A-Z])|(?<=[а-яё] .)[a-z]{3,}\b(?![(=/:+#-]|\s[A-Z]))"
)
_SINGLE_FACTOR = 0.9
_FREQUENT = 20_000
"""Occurrences from which a capitalised word in an enumeration is no name."""
_RARE = 5_000
"""Occurrences in the English list up to which a capitalised word is rather a name: `Envoy`, `Vagrant`."""
_MIXED_FACTOR = 0.9
_LATIN = pattern(r"(?<=[а-яё] )[a-z]{4,}(?![\w(=/:.-])")
_CALENDAR = word_set(
    """
    january february march april may june july august september october november december monday tuesday wednesday
    thursday thursdays friday saturday sunday english german french russian american european
    """
)
_HALF = pattern(r"[A-Z]\w+ & \Z")
"""`Trust & Clearing Corporation` goes on with its second half."""
_ARTICLE = pattern(r"(?:the|an?)\s+")
_LOWER_START = pattern(r"[a-zа-яё][\w'’-]*\s(?=[A-Z])")
_CAMEL = pattern(r"[a-z]+[A-Z][a-z]+\w*")
_MAX_ITEMS = 12
_MAX_SEQUENCE = 4
_MAX_PLACES = 3
"""More say nothing new."""


def find(reading: Reading, confidence: float) -> Iterator[Candidate]:
    """Names of products, projects, standards and the like, by how they are written."""
    texts = [
        (block, folded)
        for block, folded in zip(reading.blocks, reading.folded, strict=True)
        if block.kind in TEXTS and _may_name(block.prose)
    ]
    blocks = [block for block, _ in texts]
    capitalised = [list(_capitalised(block)) for block in blocks]
    counts = Counter(
        block.prose[start:end].lower() for block, found in zip(blocks, capitalised, strict=True) for start, end in found
    )
    heads = _folded_heads()
    eponyms = _eponyms(reading, [block for block, folded in texts if not heads.isdisjoint(folded)])
    places: Counter[str] = Counter()
    small = european.SMALL_WORDS.get(reading.language, frozenset())
    for block, spans in zip(blocks, capitalised, strict=True):
        starts: set[int] = set()
        prose = block.prose
        for start, end, factor in [
            *(_listed(block) if "," in prose or "/" in prose or _AND.search(prose) else ()),
            *(_sequences(block, spans, counts) if spans else ()),
            *(_mixed(block) if _MIXED_HINT.search(prose) else ()),
            *eponyms.get(id(block), ()),
            *(_single(block) if _SINGLE_HINT.search(prose) else ()),
            *(_latin(block) if not prose.isascii() and _LATIN_HINT.search(prose) else ()),
        ]:
            if start in starts:
                continue
            starts.add(start)
            if small and not _is_foreign_name(prose[start:end], small, german=reading.language == "de"):
                continue
            name = prose[start:end].lower()
            places[name] += 1
            if places[name] <= _MAX_PLACES:
                found = candidate(
                    reading,
                    block,
                    start,
                    end,
                    rule=RULE,
                    confidence=confidence * factor,
                    check_shape=not (_CAPITAL.match(prose, start) and _EPONYM.fullmatch(prose, start, end)),
                )
                if found:
                    yield found


def _is_foreign_name(name: str, small: frozenset[str], *, german: bool) -> bool:
    """Whether NAME is one in a language whose SMALL words are given, and of whose others we know nothing.

    One word may be any; German writes all nouns like names.
    """
    if _INNER_CAPITAL.search(name):
        return True
    parts = name.lower().split()
    return not german and len(parts) > 1 and small.isdisjoint((parts[0], parts[-1]))


_INNER_CAPITAL = pattern(r"[^\W\d_][A-Z]")


# What the patterns above cannot match without: they begin with a class of letters, which is found fast.
_AND = pattern(r"\s(?:and|or|и|или)\s")
_MIXED_HINT = pattern("[A-Z](?<=[a-z].)[A-Z]")
_SINGLE_HINT = pattern("[A-Z](?<=[a-zа-яё,] .)[a-z]{3}")
_LATIN_HINT = pattern("[а-яё] [a-z]{4}")
_INNER = pattern("[A-Z](?:(?<=[a-zа-яё,] .)|(?<=[a-z].))")
_LATIN_INSIDE = pattern(" [a-z](?<=[а-яё]..)")


def _may_name(prose: str) -> bool:
    """Whether PROSE holds what each of these ways to write a name needs."""
    return (
        ", " in prose
        or _INNER.search(prose) is not None
        or (not prose.isascii() and _LATIN_INSIDE.search(prose) is not None)
    )


def _listed(block: Block) -> Iterator[tuple[int, int, float]]:
    """The names of an enumeration most members of which are names."""
    for match in _LIST.finditer(block.prose):
        if match.group().islower():
            continue
        parts: list[tuple[int, int]] = []
        at = match.start()
        for join in [*_SPLIT.finditer(block.prose, match.start(), match.end()), None]:
            end = join.start() if join else match.end()
            parts.append((at, end))
            at = join.end() if join else end
        if not 2 <= len(parts) <= _MAX_ITEMS:
            continue
        begins = [(_name_start(block.prose, start, end), end) for start, end in parts]
        named = [(start, end) for start, end in begins if _is_name(block.prose, start, end)]
        # Numbered ones are placeholders, and a list in small letters has options and identifiers.
        stems = [block.prose[start:end].rstrip("0123456789") for start, end in named]
        proper = any(any(c.isupper() for c in block.prose[start:end]) for start, end in named)
        if proper and len(set(stems)) == len(stems) > 1 and len(named) * 3 >= len(parts) * 2:
            yield from ((start, end, 1.0) for start, end in named)


def _name_start(text: str, start: int, end: int) -> int:
    """Where the name of a member of an enumeration begins: after its article, after the `by` of `by Podman`."""
    for lead in (_ARTICLE, _LOWER_START):
        if match := lead.match(text, start, end):
            start = match.end()
    return start


def _sequences(
    block: Block, spans: Iterable[tuple[int, int]], seen: Mapping[str, int]
) -> Iterator[tuple[int, int, float]]:
    """Of SPANS, two to four capitalised words in a sentence that is not set in capitals as a whole, those that are names.

    Words of everyday English count where the document has them twice: SEEN.
    """
    for start, end in spans:
        name = block.prose[start:end]
        parts = folding.words(name)
        unusual = any(len(p) > 1 and (p.isupper() or not spelling.is_known(folding.fold_word(p))) for p in parts)
        opens = _opens_sentence(block.prose, start)
        if opens and not parts[0].isupper() and spelling.is_known(folding.fold_word(parts[0])):
            continue
        if unusual or seen[name.lower()] > 1:
            yield start, end, 1.0


def _capitalised(block: Block) -> Iterator[tuple[int, int]]:
    text = block.prose
    matches = list(_SEQUENCE.finditer(text))
    if not matches:
        return
    words = _LETTERS.findall(text)
    if sum([word[0].isupper() for word in words]) * 2 > len(words):
        return
    for match in matches:
        parts = folding.words(match.group())
        lower = [word.lower() for word in parts]
        if len(parts) > _MAX_SEQUENCE or match.group().isupper() or len(parts[0]) < 2:
            continue
        if not any(w in FUNCTION_WORDS or w in NEVER_WORDS or w in INFORMAL_WORDS for w in lower) and not (
            text.startswith("& ", max(match.start() - 2, 0))
            and _HALF.search(text, max(match.start() - 30, 0), match.start())
        ):
            yield match.span()


def _mixed(block: Block) -> Iterator[tuple[int, int, float]]:
    """Names such as `gRPC`, `eBPF`, `iOS`."""
    for match in _MIXED.finditer(block.prose):
        yield match.start(), match.end(), _MIXED_FACTOR


def _latin(block: Block) -> Iterator[tuple[int, int, float]]:
    """A Latin word in small letters after a Russian one, where English does not have it: `через systemd`."""
    for match in _LATIN.finditer(block.prose):
        word = folding.fold_word(match.group())
        if (
            word not in INFORMAL_WORDS
            and not spelling.is_known(word)
            and not is_verb(word)
            and not spelling.is_slip(word)
        ):
            yield match.start(), match.end(), _SINGLE_FACTOR


def _single(block: Block) -> Iterator[tuple[int, int, float]]:
    """One capitalised word inside a sentence that general English seldom or never has."""
    for match in _SINGLE.finditer(block.prose):
        lower = match.group().lower()
        if lower in FUNCTION_WORDS or lower in SECTION_WORDS or is_verb(lower):
            continue
        folded = folding.fold_word(lower)
        before = block.prose[: match.start() - 1].rpartition(" ")[2].lstrip("(\"'«“")
        if (
            before[:1].isupper()
            or lower in _CALENDAR
            or (not frequency.english_count(folded) and spelling.is_slip(folded))
        ):
            continue
        if max(frequency.english_count(lower), frequency.english_count(folded)) < _RARE:
            yield match.start(), match.end(), _SINGLE_FACTOR


def _eponyms(reading: Reading, blocks: Iterable[Block]) -> Mapping[int, list[tuple[int, int, float]]]:
    """What is called after somebody: `Hamming code`, `Abelian groups`, `Bayes' theorem`; by the identity of the block.

    Whoever stands alone as often is a thing of its own: `Docker network`.
    """
    found: dict[str, list[tuple[Block, int, int]]] = {}
    for block in blocks:
        for match in _called_after(block.prose):
            owner = match["owner"].lower()
            if (
                owner not in FUNCTION_WORDS
                and owner not in _CALENDAR
                and frequency.english_count(owner) < _RARE
                and match["owner"] not in known_names()
                and match["owner"] not in listed("products")
                and not (_opens_sentence(block.prose, match.start("owner")) and spelling.is_known(owner))
            ):
                start = match.start("owner") if _is_begin(block.prose, match) else match.start()
                found.setdefault(folding.fold_word(owner), []).append((block, start, match.end()))
    counts = reading.counts
    kept: dict[int, list[tuple[int, int, float]]] = {}
    for owner, stretches in found.items():
        if counts[owner] < 2 * len(stretches) or owner.endswith(("ian", "ean")):
            for block, start, end in stretches:
                kept.setdefault(id(block), []).append((start, end, 1.0))
    return kept


def _called_after(prose: str) -> Iterator[re.Match[str]]:
    end = 0
    for start in _CAPITAL.finditer(prose):
        if start.start() >= end and (match := _EPONYM.match(prose, start.start())):
            yield match
            end = match.end()


def _is_begin(text: str, match: re.Match[str]) -> bool:
    """Whether the first word of MATCH only begins the sentence: `The Hamming code`, not `Monte Carlo algorithms`."""
    first = (match["first"] or "").lower()
    if first in FUNCTION_WORDS:
        return True
    # Not the `Monte` of `Monte Carlo algorithms`.
    return _opens_sentence(text, match.start()) and frequency.english_count(first) >= _BEGINS


_BEGINS = 1_000
"""Occurrences of a word that only begins a sentence before a name."""

_HEADS_OF_SCIENCE = (
    "algebra algorithm attack automaton bundle chain cipher classifier clock code coefficient complex condition cone conjecture constant "
    "coordinate correction criterion curve cycle decomposition diagram disease distance distribution domain effect "
    "elimination encoding equation estimator expansion factorization field filter form formula function graph group "
    "hypothesis identity index inequality integer integral kernel law lemma lens machine manifold map matrix measure method "
    "metric model network norm notation number operator ordering paradox polynomial principle problem process product "
    "projection proof property ratio reaction ring root rule sampling scale scheme sequence series set smoothing space "
    "sphere statistic sum surface syndrome tensor test theorem theory transform transformation tree triangle triple unit "
    "variety vector wave"
)


@cache
def _folded_heads() -> frozenset[str]:
    """Them and their plurals, folded."""
    return frozenset(folding.fold_word(head + end) for head in _HEADS_OF_SCIENCE.split() for end in ("", "s", "es"))


_CAPITAL = pattern(r"[A-Z](?<![\w.-].)[a-z]")
_EPONYM = pattern(
    r"(?:(?P<first>[A-Z][a-z]+) )?(?P<owner>[A-Z][a-z]{3,}(?:[-–][A-Z][a-z]{2,})?)(?:(?:['’]s?)?[ \n](?:"
    + (heads := "|".join(_HEADS_OF_SCIENCE.split()))
    + r")|['’]s?[ \n](?:"
    + heads.title()
    + r"))(?:s|es)?\b(?! [A-Z])"
)


def _is_name(text: str, start: int, end: int) -> bool:
    """Whether what stands between two indexes of TEXT is written like a name, or is no word of English."""
    name = text[start:end]
    if not name.isascii() or len(name) < 3 or _CAMEL.fullmatch(name):
        return False
    if name.islower() and "-" not in name and spelling.is_known(folding.fold_word(name)):
        return False
    parts = folding.words(name)
    if not parts or len(parts[0]) < 2 or not names.weak_shape(name):
        return False
    first = parts[0].lower()
    if first in FUNCTION_WORDS or first in INFORMAL_WORDS or name in COMMANDS:
        return False
    if len(parts) == 1 and first in SECTION_WORDS:
        return False
    if any(c.isupper() for c in name[1:]):
        return not (name.isupper() and spelling.is_known(name.lower()))
    if name[0].isupper():
        # At the begin of a sentence every word has a capital.
        if len(parts) == 1 and spelling.is_known(first):
            common = frequency.english_count(first) > _FREQUENT
            return not (common or first.endswith("ing") or _opens_sentence(text, start))
        return not _opens_sentence(text, start) or not spelling.is_known(first)
    unknown = not all(spelling.is_known(folding.fold_word(part)) for part in parts)
    return (len(parts) == 1 or "-" in name) and len(name) > 3 and unknown and not is_verb(first)


def _opens_sentence(text: str, start: int) -> bool:
    before = text[max(0, start - 3) : start].rstrip()
    return not before or before[-1] in ".!?:-–—("
