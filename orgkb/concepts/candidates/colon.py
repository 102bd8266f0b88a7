"""`*Term*: text`, items `- Term: text` and paragraphs `Term: text`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from orgkb.concepts import acronyms, cleaning, folding, names, spelling, synonyms
from orgkb.concepts.blocks import Block, BlockKind, Reading
from orgkb.concepts.candidates import siblings, telling, terse
from orgkb.concepts.candidates.copula import sentence_end
from orgkb.concepts.candidates.model import Candidate
from orgkb.concepts.candidates.terms import candidate, definition_at
from orgkb.concepts.lexicon import ABSTRACT_WORDS, FUNCTION_WORDS, LOOSE_WORDS, NEVER_WORDS, SECTION_WORDS, is_verb
from orgkb.concepts.lexicon.european import EVERY_SMALL_WORD
from orgkb.concepts.lexicon.words import word_set
from orgkb.concepts.text import MASK, Style
from orgkb.patterns import pattern

BOLD_RULE = "bold-colon"
ITEM_RULE = "colon-item"
LINE_RULE = "colon-line"
_AFTER = pattern(r"\s?(?:\([^()\n]{1,40}\)\s?)?:\s+(?=\S)")
_ITEM = pattern(r"\s*(?P<name>[^\s\0:][^\n\0:]{1,49}?)\s?::?\s+(?=[^\W\d_])")
_SPEAKERS = word_set("i we you he she they see я мы вы ты он она они см")
_MIN_WORDS = 4
"""Words of a text that says what its term is; fewer are a value."""
_MIN_LINE_WORDS = 5
"""The same for a paragraph that stands alone, where nothing beside it shows what it is."""


def find_bold(reading: Reading, confidence: float) -> Iterator[Candidate]:
    """Bold terms with a colon after or inside them, at the start of an item or line."""
    for block, stretches in reading.bold_texts():
        facts = []
        for start, end in stretches:
            if block.text[max(0, start - 8) : start].rpartition("\n")[2].strip():
                continue
            inside = block.text[start:end].rstrip().endswith((":", "."))
            after = re.compile(r"\s+(?=\S)").match(block.prose, end) if inside else _AFTER.match(block.prose, end)
            if after:
                facts.append((start, end, after.end()))
        limits = [*(start for start, _, _ in facts[1:]), len(block.text)]
        for (start, end, body), limit in zip(facts, limits, strict=False):
            rest = block.rest if limit == len(block.text) else ()
            defined = definition_at(reading, block, body, limit, rule=BOLD_RULE, confidence=confidence, rest=rest)
            shaped = names.weak_shape(cleaning.clean(block.text[start:end]).name)
            if block.text[start:end].rstrip().endswith(".") and (not shaped or _counts(block.text[start:end])):
                continue  # a sentence, or `*Theorem.*`
            found = candidate(
                reading,
                block,
                start,
                end,
                rule=BOLD_RULE,
                confidence=confidence if shaped else confidence * 0.6,
                explicit=bool(shaped),
                check_shape=False,
                defined=defined,
            )
            if not found or not defined or names.is_label(found.name):
                continue
            # `*Proof:*` labels, a glossary says what kind of thing a proof is.
            if found.name.lower() not in names.STATEMENTS or telling.says_kind(block.prose, body):
                yield found


def find_items(reading: Reading, confidence: float) -> Iterator[Candidate]:
    """Items with a term, a colon and a text of some words, two in a list or more."""
    for indexes in reading.lists:
        facts = [
            (block, match)
            for block in (reading.blocks[index] for index in indexes)
            if block.kind is BlockKind.ITEM and (match := _fact(block))
        ]
        if len(facts) + (sum(_is_bare(reading.blocks[index]) for index in indexes) > 2) < 2:
            facts = [(block, match) for block, match in facts if _says_kind(match, block.running)]
            if not facts:
                continue
        sure = {id(block) for block, _ in facts}
        for block, match in [*facts, *_alike(reading, indexes, facts)]:
            end = len(block.text)
            defined = definition_at(
                reading, block, match.end(), end, rule=ITEM_RULE, confidence=confidence, rest=block.rest
            )
            found = candidate(
                reading,
                block,
                match.start("name"),
                match.end("name"),
                rule=ITEM_RULE,
                confidence=confidence,
                check_shape=id(block) in sure and bool(names.defined_shape(cleaning.clean(match["name"]).name)),
                defined=defined,
            )
            if found and defined:
                yield found


def _says_kind(match: re.Match[str], prose: str) -> bool:
    """Whether what follows the colon says what kind of thing its name is, so that no other item need do so: `a function that …`."""
    return telling.says_kind(prose, match.end()) and not names.is_label(match["name"])


def _alike(
    reading: Reading, indexes: Sequence[int], facts: Sequence[tuple[Block, re.Match[str]]]
) -> list[tuple[Block, re.Match[str]]]:
    """The few other items with a name, a colon and a text in a list whose FACTS show that it is one of terms."""
    if len(facts) == len(indexes):
        return []
    sure = {id(block) for block, _ in facts}
    blocks = [reading.blocks[index] for index in indexes]
    others = [(block, match) for block in blocks if id(block) not in sure and (match := _ITEM.match(block.prose))]
    if not siblings.are_terms(len(facts), len(facts) + len(others), len(blocks)):
        return []
    return [
        (block, match)
        for block, match in others
        if block.kind is BlockKind.ITEM
        and siblings.may_be_term(cleaning.clean(match["name"]).name, block.prose[match.end() :])
        and not block.flat.run_at(match.start("name")).style & (Style.BOLD | Style.OPAQUE)
        and not _holds_code(block, match.end())
    ]


def find_lines(reading: Reading, confidence: float) -> Iterator[Candidate]:
    """Paragraphs that are a term, a colon and a text, where the term is written like a name or everybody knows it."""
    for block in reading.having(":", kinds=(BlockKind.PARAGRAPH,)):
        facts = _line_facts(block)
        if facts:
            yield from _told_by_line(reading, block, facts, confidence)
            continue
        if not (match := _fact(block)):
            continue
        name = cleaning.clean(match["name"]).name
        body = block.text[match.end() :].strip()
        # `Requirements: …` and `Note: …` label, `In short: …` introduces, a list or code may follow `Example run:`.
        says = (_says_what(body) and _is_term(name)) or _speaks_of(body, name)
        says = says or (
            not reading.is_prose and name[:1].isupper() and not name.isascii() and _says_kind(match, block.running)
        )
        if not says and not _is_explained(name, block.prose[match.end() :], reading.language):
            continue
        end = sentence_end(block.text, match.end(), len(block.text))
        defined = definition_at(reading, block, match.end(), end, rule=LINE_RULE, confidence=confidence)
        found = candidate(
            reading,
            block,
            match.start("name"),
            match.end("name"),
            rule=LINE_RULE,
            confidence=confidence,
            defined=defined,
        )
        if found and defined:
            yield found


def _line_facts(block: Block) -> list[re.Match[str]]:
    """The lines of a paragraph of two lines or more that are all a name, a colon and what it is."""
    text = block.prose
    if "\n" not in text.strip():
        return []
    facts: list[re.Match[str]] = []
    start = 0
    for line in text.splitlines(keepends=True):
        if line.strip() and not (facts and line[:1].isspace() and not facts[0].group()[:1].isspace()):
            match = _ITEM.match(text, start, start + len(line))
            if match is None:
                return []
            facts.append(match)
        start += len(line)
    names_ = [cleaning.clean(fact["name"]).name for fact in facts]
    if len(facts) < _LEAST_LINES or len({*names_}) < len(names_):
        return []
    if not all(
        name[:1].isupper() and names.weak_shape(name) and len(name.split()) <= _MOST_NAME_WORDS for name in names_
    ):
        return []  # labels and values: `Time: nine`, `Input: a graph`
    limits = [*(fact.start() for fact in facts[1:]), len(text)]
    told = [text[fact.end() : limit].split() for fact, limit in zip(facts, limits, strict=True)]
    joined = sum(any(word.lower().strip(".,;") in _JOINING for word in words) for words in told)
    fits = all(len(words) >= _LEAST_TOLD and _may_tell(words) for words in told)
    return facts if fits and joined * 2 >= len(facts) and MASK not in text and not _TYPED.search(text) else []


def _may_tell(words: list[str]) -> bool:
    """Whether what begins with WORDS may say what a thing is, rather than what it needs."""
    first = words[0].lower()
    if first in _SPEAKERS:
        return False
    return not (first.endswith("s") and is_verb(first)) or telling.tells(" ".join(words).lower(), first)


_TYPED = pattern(r"[<>{}|\\=]|\w_\w|://|\w\(\)")
_LEAST_LINES = 2
_LEAST_TOLD = 3
_MOST_NAME_WORDS = 3
_JOINING = FUNCTION_WORDS | EVERY_SMALL_WORD


def _told_by_line(reading: Reading, block: Block, facts: list[re.Match[str]], confidence: float) -> Iterator[Candidate]:
    limits = [*(fact.start() for fact in facts[1:]), len(block.text)]
    for fact, limit in zip(facts, limits, strict=True):
        defined = definition_at(reading, block, fact.end(), limit, rule=LINE_RULE, confidence=confidence)
        found = candidate(reading, block, *fact.span("name"), rule=LINE_RULE, confidence=confidence, defined=defined)
        if found and defined:
            yield found


def _speaks_of(body: str, name: str) -> bool:
    """Whether BODY is a sentence that says what NAME is: `Pointer: a pointer is a variable …`."""
    match = _OWN.match(body)
    return match is not None and folding.key(match["name"]) == folding.key(name)


_OWN = pattern(r"(?:An?|The)?\s?(?P<name>[^.,;:\n]{2,50}?)\s(?:is|are)\s(?:an?|the)\s", re.IGNORECASE)


def _counts(text: str) -> bool:
    """Whether TEXT only says what kind of statement follows: `Proof.`, `Remark 3.`, `Satz.`."""
    words = text.lower().strip(" .").split()
    return words[0] in _STATEMENTS and (len(words) == 1 or words[1][0].isdigit())


_STATEMENTS = names.STATEMENTS | word_set("claim observation fact case conjecture behauptung утверждение")
_CODE = pattern(r"[=(]\s?[\w'\"]+[,)]|\s=\s|\w/\w|\w_\w|[<>{}|\\]|://|\.\w+:|\berror\b")
_LOOKED_AT = 12


def _says_what(body: str) -> bool:
    """Whether BODY is a sentence or its predicate rather than an enumeration, a message of a program or an address."""
    words = body.split()[:_LOOKED_AT]
    if len(words) < _MIN_LINE_WORDS or body.endswith(":") or _CODE.search(body[:_SEEN]):
        return False
    listed = sum(word.endswith((",", ":")) for word in words[:-1])
    capitals = sum(word[:1].isupper() for word in words[1:])
    joined = sum(word.lower().strip(".,;") in FUNCTION_WORDS for word in words)
    return bool(joined) and listed * 3 <= len(words) and capitals * 3 <= len(words) and words[0][-1] != ","


_SEEN = 120


def _is_term(name: str) -> bool:
    """Whether NAME, before a colon, is rather a term than a label of what follows."""
    if names.weak_shape(name) < 1.0 or not name[0].isupper() or name[-1].isdigit():
        return False
    parts = [word.lower() for word in folding.words(name)]
    if any(
        word in ABSTRACT_WORDS or word in SECTION_WORDS or word in NEVER_WORDS or word in _NO_PARTS for word in parts
    ):
        return False
    if names.is_known_phrase(name) or synonyms.has(folding.key(name)):
        return True
    if len(parts) == 1:
        return acronyms.is_acronym(name) or spelling.is_name(name) or any(c.isupper() for c in name[1:])
    return not any(is_verb(word) for word in parts)


def _is_explained(name: str, body: str, language: str) -> bool:
    """Whether BODY is a phrase that says what NAME, of everyday words, is: `Halo effect: the tendency to judge …`."""
    parts = [word.lower() for word in folding.words(name)]
    if (
        (len(parts) == 1 and not _ABSTRACT_NOUN.search(name))
        or not name[0].isupper()
        or not all(part.isalpha() for part in parts)
    ):
        return False  # `Think: …`, `Anna: a friend …`
    if any(word in SECTION_WORDS or word in NEVER_WORDS or word in _NO_PARTS for word in parts):
        return False
    if parts[0] in LOOSE_WORDS or parts[0] in FUNCTION_WORDS or parts[0].endswith(("ed", "ing")):
        return False
    return bool(names.weak_shape(name)) and not _CODE.search(body[:_SEEN]) and terse.begins(body, name, language) >= 0


_ABSTRACT_NOUN = pattern(r"[A-Z][a-z]+(?:ism|tion|sion|ness|ity|ance|ence|logy|graphy|nomy|hood|ship|cracy)")
"""A word alone that no label of the day and no person is: `Positivism: use of facts …`."""
_NO_PARTS = word_set("next last previous current new old same news day week month year today tomorrow yesterday")
"""What stands in labels of the day rather than in names: `Next week: a talk …`."""


def _is_bare(block: Block) -> bool:
    """Whether an item is a word or two and nothing else."""
    text = block.prose.strip()
    return len(text.split()) in {1, 2} and all(part.isalpha() for part in text.split())


def _fact(block: Block) -> re.Match[str] | None:
    match = _ITEM.match(block.prose) if ":" in block.prose else None
    if not match or block.flat.run_at(match.start("name")).style & (Style.BOLD | Style.OPAQUE):
        return None
    body = block.prose[match.end() :]
    parts = body.split()
    if len(parts) < _MIN_WORDS or parts[0].lower() in _SPEAKERS or _holds_code(block, match.end()):
        return None
    name = cleaning.clean(match["name"]).name
    words = folding.words(name)
    if not names.defined_shape(name) and not (_WHAT.match(body) and _is_pair(words)):
        return None
    return match if len(words) <= 3 else None


def _holds_code(block: Block, start: int) -> bool:
    """Whether what begins at START holds code, an address or the like soon, rather than a formula."""
    stop = min(start + _NEAR, len(block.prose))
    masked = [at for at in range(start, stop) if block.prose[at] == MASK]
    return any(
        not (run.style & Style.OPAQUE and block.text.startswith(("$", "\\"), run.start))
        for run in map(block.flat.run_at, masked)
    )


_NEAR = 40
_WHAT = pattern(
    r"(?:an?|the|each|any|every|(?:set|collection|group|list|kind|type|part|sequence)\sof)\s[^\W\d_]", re.IGNORECASE
)


def _is_pair(words: Sequence[str]) -> bool:
    """Whether WORDS are two everyday ones that may be a name together: `sample point`, not `Further notes`."""
    lower = [word.lower() for word in words]
    return (
        len(lower) == _PAIR
        and all(word.isalpha() for word in lower)
        and lower[1] not in SECTION_WORDS
        and not any(
            word in NEVER_WORDS or word in FUNCTION_WORDS or word in LOOSE_WORDS or is_verb(word) for word in lower
        )
    )


_PAIR = 2
