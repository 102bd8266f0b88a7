"""Nouns and phrases that notes come back to, section after section, without ever marking them."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from orgkb.concepts import folding, frequency, names, signs, spelling, synonyms
from orgkb.concepts.blocks import Block, BlockKind, Reading
from orgkb.concepts.candidates import foreign_words
from orgkb.concepts.candidates.model import Candidate
from orgkb.concepts.candidates.terms import candidate
from orgkb.concepts.lexicon import (
    ABSTRACT_WORDS,
    FUNCTION_WORDS,
    GENERIC_WORDS,
    INFORMAL_WORDS,
    NEVER_WORDS,
    SECTION_WORDS,
    is_bare_verb,
    is_verb,
)
from orgkb.concepts.lexicon.english import VERB_BASES
from orgkb.concepts.lexicon.words import word_set
from orgkb.concepts.tokens import Token
from orgkb.patterns import pattern

RULE = "repeated"
_MIN_COUNT = 3
"""Occurrences of a phrase of two or three words in two sections or more."""
_MIN_PROSE_COUNT = 4
"""The same in running prose, which repeats many phrases that are no terms."""
_MIN_WORD_COUNT = 3
_SINGULAR = 2
"""How many times as often a plural must stand to be the name instead of its singular."""
_LONGEST = 3
"""Words of a phrase."""
_KEYNESS = 60.0
"""How many times as often as in general English a single word must occur."""
_UNLISTED_KEYNESS = 100.0
"""The same for words that are no terms of the shipped tables."""
_GENERAL_WORDS = 5.0e8
_TWICE_KEYNESS = 400.0
"""How many times for a word of the shipped tables that occurs only twice."""
_MIN_SIZE = 1_000
"""Words of a document below which shares say little."""
TRUST = 0.36
"""The confidence of a phrase."""
_WORD_FACTOR = 0.95
TRUST_IN_WORD = TRUST * _WORD_FACTOR
"""That of a word alone."""
_UNKNOWN_LENGTH = 4
_MAX_LENGTH = 24
_LONG = 7
_FOREIGN_LENGTH = 3
_PROGRAM_LENGTH = 6
"""Letters from which the name of a program is a name in prose too: `iptables`."""
_ADJECTIVE = pattern(
    r".*(?:ed|al|ic|ous|able|ible|ful|less|ish|ive|ary|plicit|inear|er?ior|[cdg]ular|est|ly|ing|wise)$"
)
_ANYWHERE = word_set("deletion developer diagram functionality inclusion organisation organization readability")
"""What notes on anything repeat."""
_ACTIONS = VERB_BASES | word_set("attempt come die explain fail indicate need prompt rate")
"""Verbs that are nouns too."""
_OBJECTS = word_set("the a an this each all its whether if how")
"""What begins the object of a verb."""
_NUMBER = pattern(r"\s(?:# ?)?\d")
_DONE = pattern(r"[A-Z]{2,}(?:'?ed|-ed|ing)")
"""What is done by an acronym: `XORed`."""
_CAMEL = pattern(r"[a-z]+[A-Z][a-z]+\w*")
"""Identifiers of programs: `myLabel`."""
_LOOSE = word_set(
    """
    additional appropriate available basic below certain common complete corresponding current default different easy entire
    even existing extra final first following full further given good great important individual large last later little
    long main many multiple necessary next normal old only optional original other particular possible previous proper
    real relevant right same second separate several short similar simple single small special specific standard suitable
    third total typical usual valid various whole wrong able bit case cases end example examples fact kind kinds lot lots
    part parts place places point points reason result results rest side sort sorts thing things time times top way ways
    new big best better running using containing including starting joined stopped required given used allowed zero one two
    installed connected selected detailed incoming underlying preceding generated updated deleted completed finished missed
    unused visited modified specified remaining resulting three four five ten dozen million thousand inc ltd corp foo bar baz qux hello world please thank today yesterday
    """
)


class _Phrases:
    """The phrases of a document: where each of them stands, and what that says once a phrase is worth a closer look."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._bases: list[int] = []
        self.places: dict[str, list[int]] = {}
        """Phrase → the numbers of its first words, counted over the whole document."""
        self.size = 0
        """Words that were read."""
        roles = _roles_in(reading)
        numbers: list[int] = []
        for index, (block, words, folded) in enumerate(
            zip(reading.blocks, reading.tokens, reading.folded, strict=True)
        ):
            if words and block.kind is not BlockKind.CELL:
                numbers.append(index)
                self._bases.append(self.size)
                _collect(block.text, words, folded, roles, self.size, self.places)
                self.size += len(words)
        self._blocks = numbers

    def sections(self, phrase: str, most: int) -> int:
        """In how many sections PHRASE stands; they are counted up to MOST."""
        blocks = self._reading.blocks
        found: set[int] = set()
        for at in self.places[phrase]:
            found.add(blocks[self._blocks[bisect_right(self._bases, at) - 1]].headline)
            if len(found) == most:
                break
        return len(found)

    def surfaces(self, phrase: str) -> Iterator[str]:
        """How PHRASE is written at each of its places, in the order of the text."""
        more = phrase.count(" ")
        blocks, tokens = self._reading.blocks, self._reading.tokens
        for at in self.places[phrase]:
            number = bisect_right(self._bases, at) - 1
            index = self._blocks[number]
            words, first = tokens[index], at - self._bases[number]
            yield blocks[index].text[words[first].start : words[first + more].end]

    def modifies(self, phrase: str) -> bool:
        """Whether PHRASE mostly stands before a noun that it tells more about: `encryption libraries`."""
        count = 0
        more = phrase.count(" ")
        for at in self.places[phrase]:
            number = bisect_right(self._bases, at) - 1
            index = self._blocks[number]
            following = at - self._bases[number] + more + 1
            words = self._reading.tokens[index]
            if following < len(words) and words[following].joins:
                count += bool(_ROLES[self._reading.folded[index][following]] & _ENDS)
        return count * 3 >= len(self.places[phrase]) * 2

    def acts(self, phrase: str) -> bool:
        """Whether the last word of PHRASE is what its first does: `middleware checks the token`, not `middleware checks`."""
        more = phrase.count(" ")
        count = 0
        doing = phrase.rsplit(" ", 1)[-1]
        if doing not in _ACTIONS:
            return False
        for at in self.places[phrase]:
            number = bisect_right(self._bases, at) - 1
            index = self._blocks[number]
            last = at - self._bases[number] + more
            words, text = self._reading.tokens[index], self._reading.blocks[index].text
            if text[words[last].start : words[last].end].lower() not in {doing + "s", doing + "es"}:
                return False
            if last + 1 < len(words) and words[last + 1].joins:
                following = self._reading.folded[index][last + 1]
                count += following in _OBJECTS or bool(_ROLES[following] & _ENDS)
        return count * 2 >= len(self.places[phrase])

    def is_counted(self, phrase: str) -> bool:
        """Whether PHRASE mostly counts parts: `Day 1`, `Misconception #2`."""
        count = 0
        for at in self.places[phrase]:
            number = bisect_right(self._bases, at) - 1
            index = self._blocks[number]
            word, text = self._reading.tokens[index][at - self._bases[number]], self._reading.blocks[index].text
            plain = not any(map(str.isupper, text[word.start + 1 : word.end]))  # not `RFC 2616`
            count += plain and bool(_NUMBER.match(text, word.end))
        return count * 3 >= len(self.places[phrase]) * 2

    def followers(self, phrase: str) -> Iterator[str]:
        """The word behind each place of PHRASE that only a blank parts from it, in small letters."""
        more = phrase.count(" ")
        for at in self.places[phrase]:
            number = bisect_right(self._bases, at) - 1
            index = self._blocks[number]
            after = at - self._bases[number] + more + 1
            words, text = self._reading.tokens[index], self._reading.blocks[index].text
            if after < len(words) and words[after].joins:
                yield text[words[after].start : words[after].end].lower()

    def neighbours(self, phrase: str) -> Iterator[tuple[str, str]]:
        """The word before each place of PHRASE, in small letters, and the sign between; both empty where a text begins so."""
        for at in self.places[phrase]:
            number = bisect_right(self._bases, at) - 1
            index = self._blocks[number]
            first = at - self._bases[number]
            words, text = self._reading.tokens[index], self._reading.blocks[index].text
            if first:
                before, start = words[first - 1], words[first].start
                yield text[before.start : before.end].lower(), text[before.end : start].strip()
            else:
                yield "", ""

    def place(self, phrase: str) -> tuple[Block, int, int]:
        """Where the most frequent spelling of PHRASE stands first; of two, the one in small letters.

        A singular is the name even where its plural is somewhat more frequent.
        """
        surfaces = list(self.surfaces(phrase))
        weight = Counter(surfaces)
        for spelt, count in weight.items():
            weight[spelt] = count * (_SINGULAR if any(_is_plural(other, spelt) for other in weight) else 1)
        best = max(weight, key=lambda s: (weight[s], s.islower(), -len(s), s))
        at = self.places[phrase][surfaces.index(best)]
        number = bisect_right(self._bases, at) - 1
        block = self._reading.blocks[self._blocks[number]]
        start = self._reading.tokens[self._blocks[number]][at - self._bases[number]].start
        return block, start, start + len(best)


def find(reading: Reading, confidence: float) -> Iterator[Candidate]:
    """Phrases of two or three words, and words that general English seldom or never has."""
    phrases = _Phrases(reading)
    for phrase in _chosen(phrases, reading.commands, reading.language, prose=reading.is_prose):
        block, start, end = phrases.place(phrase)
        factor = 1.0 if " " in phrase else _WORD_FACTOR
        aliases = foreign_words.german_plurals(phrase, phrases, RULE) if reading.language == "de" else ()
        made = candidate(reading, block, start, end, rule=RULE, confidence=confidence * factor, aliases=aliases)
        if made:
            yield made


def _is_plural(other: str, spelt: str) -> bool:
    return other[-1] == "s" and other[:-1].lower() == spelt.lower() and not spelt.endswith("ic")


def _collect(
    text: str,
    words: list[Token],
    folded: list[str],
    roles_in: Mapping[str, int],
    base: int,
    found: dict[str, list[int]],
) -> None:
    """Add the phrases of WORDS, FOLDED, which stand in TEXT and are counted from BASE, to FOUND."""
    roles = list(map(roles_in.__getitem__, folded))
    final = len(words) - 1
    for first, role in enumerate(roles):
        if not role & _BEGINS:
            continue
        token = words[first]
        # What follows a hyphen begins no phrase: `OS-level virtualization`.
        if not token.opens or (token.start and text[token.start - 1] in _HYPHENS):
            continue
        phrase = folded[first]
        if role & _ENDS and token.closes:
            if phrase in found:
                found[phrase].append(base + first)
            else:
                found[phrase] = [base + first]
        if not role & _GOES_ON:
            continue
        last = first
        while last < final and last < first + _LONGEST - 1:
            last += 1
            if not roles[last] & _GOES_ON or not (word := words[last]).joins:
                break
            phrase = f"{phrase} {folded[last]}"
            if roles[last] & _ENDS and word.closes:
                if phrase in found:
                    found[phrase].append(base + first)
                else:
                    found[phrase] = [base + first]


def _chosen(phrases: _Phrases, commands: frozenset[str], language: str, *, prose: bool) -> list[str]:
    """The phrases that count in LANGUAGE, empty for English and Russian, without those that stand only inside a longer one."""
    least = _MIN_PROSE_COUNT if prose else _MIN_COUNT
    places = phrases.places
    kept = [
        phrase
        for phrase, found in places.items()
        if len(found) >= least
        and " " in phrase
        and phrases.sections(phrase, 2) == 2
        and not _is_loose(phrase)
        # `cross-site`, `high-level` tell what kind of thing the next word is.
        and not all("-" in surface for surface in phrases.surfaces(phrase))
        # Of longer phrases only the first words are looked at: `partitioned global address space`.
        and not (phrase.count(" ") == _LONGEST - 1 and phrases.modifies(phrase))
        and not phrases.acts(phrase)
        and not (language and foreign_words.is_loose(phrase, phrases, language))
    ]
    inside = _inside(kept, places)
    chosen = [phrase for phrase in kept if inside[phrase] * 3 < len(places[phrase]) * 2]
    for phrase, found in places.items():
        count = len(found)
        if count < _MIN_ALONE or " " in phrase or inside[phrase] * 3 >= count * 2:
            continue
        if language:
            if (
                len(phrase) >= _FOREIGN_LENGTH
                and (sections := phrases.sections(phrase, 3)) > 1
                and foreign_words.is_term(phrase, phrases, language, sections)
            ):
                chosen.append(phrase)
            continue
        if (
            not phrase.isascii()
            or len(phrase) < 3
            or phrase in INFORMAL_WORDS
            or phrase in _ANYWHERE
            or phrase in names.STATEMENTS
        ):
            continue
        if not spelling.is_known(phrase):
            if (
                (len(phrase) >= _PROGRAM_LENGTH or phrase not in commands)
                and phrases.sections(phrase, 2) == 2
                and _is_name(phrase, phrases.surfaces(phrase))
            ):
                chosen.append(phrase)
        elif not is_bare_verb(phrase):
            keyness = (count / max(phrases.size, _MIN_SIZE)) / (
                (frequency.english_count(phrase) + frequency.english_count(phrase + "s") + 200) / _GENERAL_WORDS
            )
            if keyness < min(_KEYNESS, _UNLISTED_KEYNESS):
                continue
            sections = phrases.sections(phrase, 3)
            if sections < 2:
                continue
            if (count <= _MIN_COUNT and phrase.endswith(("able", "ible"))) or signs.is_adjective(phrase):
                continue  # an `executable image`, `asynchronous calls`
            listed = synonyms.has(phrase)
            if phrases.modifies(phrase) and not (listed and count > _MIN_COUNT):
                continue
            if (keyness >= (_KEYNESS if count >= _MIN_WORD_COUNT else _TWICE_KEYNESS) and listed) or (
                keyness >= _UNLISTED_KEYNESS and count > least and sections > 2 and _is_noun(phrase)
            ):
                chosen.append(phrase)
    return [phrase for phrase in chosen if " " in phrase or not phrases.is_counted(phrase)]


def _inside(kept: Iterable[str], places: Mapping[str, list[int]]) -> Counter[str]:
    """How often each part of the phrases stands inside the most frequent one that holds it."""
    inside: Counter[str] = Counter()
    for phrase in kept:
        parts = phrase.split()
        for length in range(1, len(parts)):
            for start in range(len(parts) - length + 1):
                part = " ".join(parts[start : start + length])
                inside[part] = max(inside[part], len(places[phrase]))
    return inside


def _is_name(word: str, surfaces: Iterable[str]) -> bool:
    """Whether a word that English does not have names something, rather than misspells a common word."""
    surfaces = set(surfaces)
    if all(_CAMEL.fullmatch(surface) or _DONE.fullmatch(surface) for surface in surfaces):
        return False
    if any(any(c.isupper() for c in surface[1:]) for surface in surfaces):
        return True
    if not _UNKNOWN_LENGTH <= len(word) <= _MAX_LENGTH or not _is_noun(word):
        return False
    if all(surface[0].isupper() for surface in surfaces) and len(word) < _LONG:
        return True
    return not spelling.is_slip(word)


_HYPHENS = frozenset("-‑/")


def _is_noun(word: str) -> bool:
    """Whether a word of general English is a noun rather than an adjective, by its ending."""
    return not _ADJECTIVE.fullmatch(word)


def _is_loose(phrase: str) -> bool:
    """Whether every word of PHRASE is an everyday one."""
    return all(word in GENERIC_WORDS or word in SECTION_WORDS for word in phrase.split())


_BEGINS, _GOES_ON, _ENDS = 1, 2, 4


class _Roles(dict[str, int]):
    """Where in a phrase a folded word may stand, as bits; told once for each word."""

    def __missing__(self, word: str) -> int:
        if len(self) >= _MOST_ROLES:
            self.clear()
        role = self[word] = _role(word)
        return role


_ROLES = _Roles()
_MOST_ROLES = 100_000


def _roles_in(reading: Reading) -> dict[str, int]:
    """The roles of the words of READING; those that stand there too seldom for a phrase that counts have none in one."""
    if reading.language == "de":  # a plural that stands once is another form of a name
        return {word: _ROLES[word] for word in reading.counts}
    return {
        word: 0 if count < _MIN_ALONE else _ROLES[word] & (~_GOES_ON if count < _MIN_COUNT else -1)
        for word, count in reading.counts.items()
    }


_MIN_ALONE = 2
"""Occurrences of a single word."""


def _role(word: str) -> int:
    if not _is_plain(word):
        return 0
    bare = is_bare_verb(word)
    verb = is_verb(word)
    begins = not bare and (not verb or word.endswith(("ing", "ed")))
    ends = not verb and word not in ABSTRACT_WORDS and not word.endswith(("ly", "ing"))
    return begins * _BEGINS | (not bare) * _GOES_ON | ends * _ENDS


def is_loose_word(word: str) -> bool:
    """Whether WORD, in small letters, only qualifies what follows: `several`, `other`."""
    return word in _LOOSE or word in FUNCTION_WORDS or folding.fold_word(word) in _LOOSE


def _is_plain(word: str) -> bool:
    return (
        len(word) > 2
        and word.isalpha()
        and word not in FUNCTION_WORDS
        and word not in _LOOSE
        and word not in NEVER_WORDS
        and not (word.isascii() and folding.fold_word(word) in _LOOSE)
    )
