"""Misspelt words: `contrainer` is container, `containerd` is not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from functools import cache, lru_cache
from itertools import pairwise

from orgkb.concepts.frequency import english_count, english_counts
from orgkb.concepts.lexicon import INFORMAL_WORDS, morphology
from orgkb.concepts.lexicon.memory import answer
from orgkb.concepts.lexicon.tables import known_names, translations
from orgkb.concepts.loans import loans
from orgkb.concepts.regional import BRITISH, PAIRS, SHORT_PAIRS, american, is_regional
from orgkb.concepts.slips import near_words
from orgkb.patterns import pattern

MIN_LENGTH = 6
"""Letters of the words whose misspellings can be told."""
_MAX_LENGTH = 60
"""Longer ones are no words, and comparing them costs the square of their length."""
_TWO_EDITS = 10
"""Letters from which two wrong ones are still a misspelling."""
_TIMES = 2
"""How many times as often the right spelling occurs."""


_NO_HUMPS: Mapping[str, tuple[str, ...]] = {}


def is_known(word: str) -> bool:
    """Whether general language has the folded word WORD."""
    if not word.isascii():
        return morphology.is_known(word)
    return bool(
        english_count(word)
        or english_count(word + "s")
        or english_count(word + "e")
        or english_count(word.removesuffix("s"))
        or american(word) != word
    )


def is_name(word: str) -> bool:
    """Whether WORD, one in Latin letters, is neither English nor a slip of a common English word."""
    folded = word.lower()
    if not (word.isascii() and word.isalpha() and len(word) > _SHORTEST_NAME) or folded in INFORMAL_WORDS:
        return False
    return not is_known(folded) and not is_slip(folded)


_SHORTEST_NAME = 3


def is_slip(word: str) -> bool:
    """Whether WORD, which English does not have, is one letter away from a common word: `archirecture`."""
    return near_count(word) >= (_COMMON if len(word) < _LONG else _LESS_COMMON)


@lru_cache(maxsize=20_000)
def near_count(word: str) -> int:
    """How often English has the commonest word that WORD may misspell: one letter wrong, missing, too many or swapped.

    Slips keep the first letter: `cgroup` misspells no `group`.
    """
    return int(answer("near", word, lambda word: str(_near_count(word))))


def _near_count(word: str) -> int:
    known = english_counts()
    # `systemd` is a daemon, no slip of `systems`.
    if len(word) > _MAX_SLIP or (word[-1:] == "d" and word[:-1] in known):
        return 0
    return max([known[other] for other in near_words(word, known.keys(), _in_order())], default=0)


@cache
def _in_order() -> list[str]:
    """The English words, sorted."""
    return sorted(english_counts())


_MAX_SLIP = 24
_COMMON = 20_000
"""Occurrences in the English list from which a word is common, so that a near word may misspell it."""
_LESS_COMMON = 2_000
"""The same for words of seven letters or more, which few other words resemble."""
_KNOWN = 500
"""The same for a word that only lacks its last letter."""
_LONG = 7


def is_plain_word(word: str) -> bool:
    """Whether general language has WORD, or anybody may make it of its words: `counterparty`."""
    return is_known(word) or is_formed(word)


def is_formed(word: str) -> bool:
    """Whether WORD is made of English words as anybody may make it: `recommenders`, `chunking`, `backtrace`."""
    folded = word.removesuffix("s")
    if _AGENT.fullmatch(folded) or (word.endswith("ing") and is_known(word[:-3])):
        return True
    return any(
        english_count(word[:at]) >= _PART_COUNT and english_count(word[at:]) >= _PART_COUNT
        for at in range(_MIN_PART, len(word) - _MIN_PART + 1)
    )


_AGENT = pattern(r"[a-z]+(?:er|or|able|ability)")
"""What English makes from any verb, and dictionaries do not list: `recommenders`, `taggers`."""
_MIN_PART = 3
_PART_COUNT = 500


def is_inner_slip(word: str, other: str) -> bool:
    """Whether WORD is one letter from OTHER, and not by an ending of its own: `elasitcity`, not `tokenizers` and `tokenized`."""
    if len(word) < _LONG or not is_one_edit(word, other):
        return False
    return word[-_ENDING:] == other[-_ENDING:]


_ENDING = 2
"""Letters that may make another word of the same stem."""


def meant(word: str) -> str:
    """The word of English or of the shipped terms that WORD, which neither has, must be; empty where nothing is sure."""
    return answer("meant", word, _meant)


def _meant(word: str) -> str:
    if len(word) < _SHORTEST or not (word.isascii() and word.isalpha()) or word in _term_words() or is_known(word):
        return ""
    if long := _long_term(word):
        return long
    if listed := near_words(word, _term_words(), _terms_in_order()):
        same = [other for other in listed if _is_typing_slip(word, other) or _sounds_like(word, other)]
        if same:
            return min(same)
    if (fuller := _doubled(word)) or (fuller := _swapped(word)):
        return fuller
    if len(word) < _LONG or (word.endswith("ing") and is_known(word[:-3])) or _AGENT.fullmatch(word.removesuffix("s")):
        return ""
    known = english_counts()
    least = _LESS_COMMON if len(word) < _TWO_EDITS else _RARE
    sure = [
        other
        for other in near_words(word, known.keys(), _in_order())
        if known[other] >= least and _is_typing_slip(word, other)
    ]
    if not sure and len(word) >= _TWO_EDITS:
        # A letter is not doubled, and another one wrong: `bootstaping`.
        doubled = {word[:at] + word[at - 1 :] for at in range(2, len(word))}
        sure = [
            other
            for each in sorted(doubled)
            for other in near_words(each, known.keys(), _in_order())
            if known[other] >= _RARE and _is_typing_slip(each, other)
        ]
    return max(sure, key=lambda other: (known[other], other), default="")


def _long_term(word: str) -> str:
    """The long word of the shipped terms that WORD, which begins and ends like it, misspells twice: `reconsilation`."""
    if len(word) < _TWICE_WRONG:
        return ""
    begin, end = word[:_SAME_ENDS], word[-_SAME_ENDS:]
    return min(
        (
            other
            for other in _term_words()
            if other.startswith(begin) and other.endswith(end) and _is_two_edits(word, other)
        ),
        default="",
    )


_TWICE_WRONG = 12
_SAME_ENDS = 4


def _is_two_edits(word: str, other: str) -> bool:
    """Whether two letters at most, each wrong, missing or too many, tell WORD from OTHER."""
    row = list(range(len(other) + 1))
    for at, letter in enumerate(word, 1):
        before, row[0] = row[0], at
        for to, wanted in enumerate(other, 1):
            before, row[to] = row[to], min(row[to] + 1, row[to - 1] + 1, before + (letter != wanted))
    return row[-1] <= _TWO


_TWO = 2


def _is_typing_slip(word: str, other: str) -> bool:
    """Whether WORD lacks a letter of OTHER, doubles one or swaps two: a letter that is another may make another term, as in `quantile`."""
    if not is_inner_slip(word, other):
        return False
    if len(word) == len(other):
        return sorted(word) == sorted(other)
    return len(word) < len(other) or any(
        a == b and word[:at] + word[at + 1 :] == other for at, (a, b) in enumerate(pairwise(word))
    )


def _sounds_like(word: str, other: str) -> bool:
    """Whether one letter of WORD is one that sounds like that of OTHER: `taind` is a taint, a `logit` is no logic."""
    differing = [{a, b} for a, b in zip(word, other, strict=False) if a != b]
    if len(word) != len(other) or len(differing) != 1:
        return False
    return differing[0] in _ALIKE or (len(word) > _LONG and differing[0] <= _WEAK)


_ALIKE = tuple(map(set, ("dt", "bp", "gk", "sz", "iy", "ck", "cs", "fv")))
_WEAK = frozenset("aeo")
"""Vowels that sound alike where no stress lies on them: `gradiant`."""


def _doubled(word: str) -> str:
    """The common word of which WORD doubles no letter: `skils`."""
    others = {word[:at] + word[at - 1 :] for at in range(2, len(word))}
    return max((other for other in sorted(others) if english_count(other) >= _COMMON), key=english_count, default="")


def _swapped(word: str) -> str:
    """The common word of which WORD swaps two letters: `lenght`."""
    if len(word) <= _SHORTEST:
        return ""
    others = {word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(1, len(word) - 1)}
    return max((other for other in sorted(others) if english_count(other) >= _SWAPPED), key=english_count, default="")


_SWAPPED = 10_000
"""Occurrences in the English list of the word that is meant."""
_SHORTEST = 5
_RARE = 50


@cache
def _term_words() -> frozenset[str]:
    """The words of the shipped terms and names, in small letters."""
    terms = {english for english, _ in translations()} | known_names()
    words = {word for term in terms for word in term.lower().split() if len(word) >= _SHORTEST and word.isalpha()}
    return frozenset(words | {word.removesuffix("s") for word in words})


def corrections(
    right: Collection[str],
    counts: Mapping[str, int],
    humps: Mapping[str, tuple[str, ...]] = _NO_HUMPS,
    named: Collection[str] = (),
) -> dict[str, str]:
    """Misspelt word → the word of RIGHT that it stands for, among the folded words of COUNTS.

    HUMPS gives the parts of words that the notes write with capitals inside: Open, API of `OpenAPI`.
    NAMED are the words of names that are marked or defined: those stand for an English word that the notes have not, too.

    A misspelling is one wrong, missing, doubled or swapped letter (two from ten letters on) in a
    word of six letters or more that general language does not have.  Words where one begins with
    the other are two words: control and controller, Docker and Dockerfile; but a common word without its
    last letter is misspelt: `registr`.  So are names that both are written with capitals inside, where
    what differs is no word: OpenAI and OpenAPI.
    """
    by_part: dict[str, list[str]] = defaultdict(list)
    for word in sorted(right):
        often = counts.get(word, 0)
        sure_word = often >= _TIMES or (often and (word in _listed() or (len(word) >= _LONG and is_plain_word(word))))
        if sure_word and _is_plain(word):
            for part in _without_one(word):
                by_part[part].append(word)
    # A word that general language has stands for no other but the British spelling of it: so do most words of most notes.
    regional = {american(other) for other in right if american(other) != other}
    found: dict[str, str] = {}
    most = max(counts.values(), default=0)
    for word in sorted(counts):
        # `colour` and `color`, of which one is too short to be a slip of the other
        here = american(word) if BRITISH.search(word) else word
        if here != word and here in counts and (word in right or here in right):
            found[word] = here
            continue
        if counts[word] * _TIMES > most or not (_is_plain(word) or _is_short(word)) or word in _listed():
            continue
        if word not in regional and word not in PAIRS and word.isascii() and english_count(word):
            continue
        parts = _without_one(word)
        if by_part.keys().isdisjoint(parts):
            continue
        near = {other for part in parts for other in by_part.get(part, ())}
        # Of two spellings the more frequent one is right, whatever the alphabet says.
        sure = [
            other
            for other in near
            if _may_be(word, other)
            and not _are_names(humps.get(word, ()), humps.get(other, ()))
            and (
                counts.get(other, 0) >= _TIMES * counts[word]
                or (other in _listed() and word not in _listed())
                or american(word) == other
                or (_is_typing_slip(word, other) and is_plain_word(other) and not is_plain_word(word))
            )
        ]
        sure = [other for other in sure if not is_known(word) or is_regional(word, other)]
        if sure:
            found[word] = max(sure, key=lambda other: (counts.get(other, 0), other))
    found.update(loans((word for word in counts if word[0] > "\u03ff"), right))
    for word in sorted(named):
        if word not in found and word not in humps and (other := meant(word)):
            found[word] = other
    return {word: other for word, other in found.items() if other not in found}


@cache
def _listed() -> frozenset[str]:
    """The words of the shipped terms, which are right whatever the notes have more often."""
    terms = {english for english, _ in translations()} | known_names()
    long = {word for word in _term_words() if len(word) > _LONG}
    return frozenset(term.lower() for term in terms if term.isascii() and term.isalpha()) | long


def _is_plain(word: str) -> bool:
    return MIN_LENGTH <= len(word) <= _MAX_LENGTH and word.isalpha()


def may_be_other(word: str) -> bool:
    """Whether WORD, shorter than others that are misspelt, may be: `mster`, `grey`, the American `color`."""
    return word in SHORT_PAIRS or (_is_short(word) and not is_known(word))


def _is_short(word: str) -> bool:
    """Whether WORD is a letter short of those that may be misspelt: then that letter is missing inside, as in `mster`."""
    return len(word) == MIN_LENGTH - 1 and word.isascii() and word.isalpha()


def _without_one(word: str) -> set[str]:
    """WORD, and WORD without each one of its letters but the first."""
    return {word, *(word[:at] + word[at + 1 :] for at in range(1, len(word)))}


def _may_be(word: str, other: str) -> bool:
    if word == other or word[0] != other[0] or word.startswith(other):
        return False
    if len(word) < MIN_LENGTH and not (
        len(other) == MIN_LENGTH and not other.startswith(word) and english_count(other) >= _COMMON
    ):
        return False
    if other.startswith(word):
        return len(other) == len(word) + 1 and other[-1] == "y" and english_count(other) >= _KNOWN
    if word.endswith("ee") or other.endswith("ee"):  # the adaptee is not the adapter
        return False
    if word[:-1] == other[:-1] and {word[-1], other[-1]} == {"d", "r"}:  # what embeds is not embedded
        return False
    return min(len(word), len(other)) >= _TWO_EDITS or is_one_edit(word, other)


def _are_names(humps: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two words, the first written with capitals inside, are two names: `ResNeXt`, `OpenAI` and `OpenAPI`."""
    if not humps:
        return False
    if len(humps) != len(other):
        return True
    return any(a != b and min(len(a), len(b)) < _MIN_HUMP for a, b in zip(humps, other, strict=True))


_MIN_HUMP = 4
"""Letters of a part that can be misspelt; shorter ones that differ are other words."""


def is_one_edit(word: str, other: str) -> bool:
    """Whether one letter is wrong, missing or too many, or two neighbours are swapped."""
    if abs(len(word) - len(other)) > 1:
        return False
    at = next((i for i, (a, b) in enumerate(zip(word, other, strict=False)) if a != b), min(len(word), len(other)))
    if len(word) == len(other):
        swapped = word[at + 1 : at + 2] + word[at : at + 1] == other[at : at + 2]
        return word[at + 1 :] == other[at + 1 :] or (swapped and word[at + 2 :] == other[at + 2 :])
    longer, shorter = (word, other) if len(word) > len(other) else (other, word)
    return longer[at + 1 :] == shorter[at:]


@cache
def _terms_in_order() -> list[str]:
    """The same, sorted."""
    return sorted(_term_words())
