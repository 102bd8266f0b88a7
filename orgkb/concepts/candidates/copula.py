"""`A pod is a group of containers.` and `Под — это группа контейнеров.`, with the name bold, italic or plain."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import structs

from orgkb.concepts import cleaning, folding
from orgkb.concepts.blocks import TEXTS, Block, BlockKind, Reading
from orgkb.concepts.candidates import telling
from orgkb.concepts.candidates.model import Candidate
from orgkb.concepts.candidates.terms import candidate, definition_at
from orgkb.concepts.forms import ROMANCE
from orgkb.concepts.lexicon import (
    ABSTRACT_WORDS,
    FUNCTION_WORDS,
    NEVER_WORDS,
    PRONOUNS,
    begins_topic,
    is_bare_verb,
    is_verb,
)
from orgkb.concepts.lexicon.english import VERB_BASES
from orgkb.concepts.lexicon.words import word_set
from orgkb.concepts.text import DASH
from orgkb.patterns import pattern

BOLD_RULE = "bold-copula"
SLANTED_RULE = "italic-copula"
PLAIN_RULE = "copula"
_WORD = r"[^\W_][\w+’'-]*+(?:\.[\w+-]++)*+"
_NAME = rf"(?P<name>(?:(?:The|A|An|the|a|an)\s)?{_WORD}(?:[ \n]{_WORD}){{0,3}})(?:\s?\((?P<note>[^()\n\0]{{2,60}})\))?"
_STOP = pattern(r"[.!?…\n](?:(?<=\n)|\s)")
_ENGLISH = (
    r"\s(?:is|are)\s(?:also\s|basically\s|essentially\s|simply\s|just\s|usually\s)?"
    r"(?=(?:[Aa]n?|the|one\s(?:[a-z]+\s)?of|any|another|[A-Z][\w-]+(?:'|’)s)\s[^\W\d]|when\s(?:an?|the|two|three|something|someone|one|you)\s)|,\s(?:being|which\s(?:is|are))\s(?=(?:an?|the)\s)"
)
_RUSSIAN = (
    rf"\s(?:{DASH}\s)?(?:это|является|представляет\sсобой)\s(?=[^\W\d])"
    r"|\s(?:означа[ею]т|обознача[ею]т)(?:,\sчто)?\s(?=[^\W\d])|\s(?=(?:служ[аи]т|предназначен[аоы]?|используе?ю?тся)\sдля\s)"
    r"|,\sкотор(?:ый|ая|ое|ые)\s(?:[^\W\d]+\s){0,3}?(?:является|являются|представляет\sсобой)\s(?=[^\W\d])"
)
_SAYS = (
    r"|\s(?:refers?\sto|means?\sthat|means?:|(?:is|are)\sdefined\s(?:as|to\sbe):?)\s++(?=[^\W\d])"
    r"|\s(?:is|are)\s(?=(?!(?:something|anything|what|one|all|those|[a-z]+ed|thrown)\b)(?:[a-z-]+\s)?(?!than\b|[a-z]+ing\b)[a-z-]+\s"
    r"(?:that|which|whose)\s)"
    r"|(?<=[a-z]s)\sare\s(?=(?!(?:[a-z]+ed|both|not|also|all|some|many|most|more|other|never|always)\b)(?:(?![a-z-]+ly\s)[a-z-]+\s){1,3}(?!than\b|parts\b|kinds\b|types\b|sorts\b|examples\b|members\b|ways\b)"
    r"[a-z-]{2,}(?<!les)s\s(?:of|used\sfor|used\sto|made\sof)\s[a-z])"
    r"|(?<!error)(?<!errors)(?<!problem)(?<!issue)(?<!bug)\s(?=(?:occurs?|happens?|arises?)\s(?:when|whenever)\s"
    r"(?:an?|two|three|several|many|some|one|there|no|both|more|all|[A-Za-z-]+s)\s)"
)
"""What defines without an article: `Idempotence means that …`, `Operators are controllers that …`."""
_DOES = (
    r"|\s(?=(?:is|are)\s(?:[a-z]+ly\s)?(?:[a-z]+ed|meant|kept|made)\s(?:to|for|in|when|by|on|as)\s)"
    r"|\s(?:is|are)\s(?=(?:[a-z-]+\s){1,2}(?:of|where|in\swhich)\s)"
    r"|\s(?=(?:allow|define|denote|describe|determine|enable|indicate|measure|provide|represent|specifie|store)s\s[^\W\d])"
)
"""What an emphasized subject does defines it."""
_AS_WHAT = r"|\s(?:can|may|could)\s(?:also\s)?be\s(?:defined|understood|thought\sof)\sas\s(?=[^\W\d])"
_AS = pattern(_AS_WHAT.removeprefix("|"))
_THAT_IS = r"|,?\s\(?(?:i\.\s?e\.|that\sis|d\.\s?h\.|das\sheißt|то\sесть|т\.\s?е\.|es\sdecir|c['’]est-à-dire|cioè|ou\sseja|isto\sé),?\s(?=[^\W\d])"
"""What says of an emphasized subject what it means: `*Idempotent*, i.e. …`, `*Injektiv*, d. h. …`."""
_WEAK = (_SAYS + _DOES + _AS_WHAT + _THAT_IS).removeprefix("|")
_PLAIN = pattern(rf"[ \t]*{_NAME}(?P<symbol>\s\0++)?(?:{_ENGLISH}|{_RUSSIAN}{_SAYS})")
_ANY = pattern(
    r"\s(?:is|are|being|occurs?|happens?|arises?|refers?\sto|means?(?:\sthat|:)|defined|это|является|являются|собой|о(?:бо)?знача[ею]т,?|для)\s"
)
_ANY_WORD = word_set(
    """
    is are being occur happen arise refer mean defined
    это является являются собой означает означают обозначает обозначают для
    """
)
"""The words of it, folded: to ask for one of them takes a third of the time."""
_ASIDE = r"(?:\s?\([^()\n]{1,60}\)|,\s(?!(?:an?|the|and|or|и|или)\s)[^,.;:()\n\0]{3,40},)?"
"""What may stand between an emphasized subject and what is said of it: `/Wi-Fi/, standing for wireless fidelity, is …`."""
_AFTER_BOLD = pattern(rf"{_ASIDE}(?:{_ENGLISH}|{_RUSSIAN}|\s(?=(?:an?|the|official)\s[^\W\d])|{_WEAK})")
_AFTER_SLANTED = pattern(rf"{_ASIDE}(?:{_ENGLISH}|{_RUSSIAN}|{_WEAK})")
_ARTICLE = pattern(r"(?:^|[.!?:–—-]\s*)(?:An?|The)$")
_APPOSITION = pattern(r",?\s(?=(?:an?|the)\s[^\W\d])|\s(?=(?:that|which)\s[a-z])")
_KIND_OF = pattern(r",\s(?=(?:an?|any)\s(?:[a-z-]+\s){1,3}(?:that|which|who|whose|of|for|with|without)\s)")
"""`/dangling pointer/, a pointer that leads nowhere`."""
_PURPOSE = pattern(r"\s+(?=to\s[a-z]+\s[^\W\d])")
"""`*kubeadm init* to bootstrap a cluster`: what a command is for."""
_APPOSITION_FACTOR = 0.8
"""`First release of *Helm* the package manager`, `configure *controllers* that make sure …`."""
_SUPPOSED = word_set("suppose assume consider say let if where and then here now since so thus hence")
"""`Suppose $f$ is a function`"""
_WEAK_FACTOR = 0.9
_VERB = pattern(r"(?:\s(?:\0++|[^\x00-\x7f]))?\s(?P<verb>[a-z]{3,}s)\s(?=[^\W\d_])")
"""A formula or a letter of another script may stand before it."""
_END = pattern(r"[.!?](?=\s+[^\Wа-яёa-z_]|\s*$)|\n\s*\n")
ABBREVIATION = pattern(r"\b(?:e\.g|i\.e|etc|vs|т\.е|т\.к|т\.д|т\.п|др|англ|[^\W\d_])$", re.IGNORECASE)


def find_bold(reading: Reading, confidence: float) -> Iterator[Candidate]:
    """Bold subjects of a defining sentence."""
    for block, stretches in reading.bold_texts():
        subjects: list[tuple[int, int, int, float]] = []
        for start, end in stretches:
            before = block.text[max(0, start - 12) : start].rstrip()
            stop, copula = end, _AFTER_BOLD.match(block.prose, end)
            if copula and _is_to(reading, block, copula.end()):
                copula = None
            if not copula and (whole := _goes_on(block, end)):
                stop, copula = whole, _AFTER_SLANTED.match(block.prose, whole)
            if not copula and _is_command(reading, block.text[start:end]):
                copula = _PURPOSE.match(block.prose, end)
            opens = not before or before[-1] in ".!?:-–—"
            does = 0 if copula or not (opens or _ARTICLE.search(before)) else _does(block, end)
            # `In the language of knots *clasps* are the rings that …`
            if copula and not opens and _IS_WHAT.match(block.prose, end):
                opens = _SAYS_WHERE.search(block.text, max(0, start - _BEFORE), start) is not None
            if copula and opens:
                subjects.append((start, stop, copula.end(), _WEAK_FACTOR if stop > end else 1.0))
            elif does:
                subjects.append((start, end, does, _WEAK_FACTOR))
            elif (
                before
                and (apposed := _APPOSITION.match(block.prose, end))
                and not _is_to(reading, block, apposed.end())
            ):
                subjects.append((start, end, apposed.end(), _APPOSITION_FACTOR))
        yield from _defined(reading, block, subjects, BOLD_RULE, confidence)


_SAYS_WHERE = pattern(
    r"(?:^|(?<=[.!?]\s)|(?<=\n))[ \t]*+(?:In|For|Within)\s(?:[^\W\d_][\w'’-]*+\s){1,8}(?:an?\s|the\s)?\Z"
)
_IS_WHAT = pattern(r"\s(?:is|are)\s(?:(?:an?|the|any)\s|[a-z-]+\s(?:of|that|which|whose)\s)")
_BEFORE = 80


def _is_to(reading: Reading, block: Block, at: int) -> bool:
    """Whether an `a` at AT is no article but a preposition of a Romance language: `una interpretación *formal* a las frases`."""
    return reading.language in ROMANCE and block.prose.startswith("a ", at)


def find_slanted(reading: Reading, confidence: float) -> Iterator[Candidate]:
    """Italic or underlined subjects of a defining sentence: `/Labels/ are key/value pairs that …`, `A /probe/ is a …`."""
    for block, stretches in reading.slanted_texts():
        subjects: list[tuple[int, int, int, float]] = []
        for start, end in stretches:
            before = block.text[max(0, start - 12) : start].rstrip()
            name = block.text[start:end]
            if (
                (apposed := _KIND_OF.match(block.prose, end))
                and name.islower()
                and name not in FUNCTION_WORDS | PRONOUNS
            ):
                subjects.append((start, end, apposed.end(), _APPOSITION_FACTOR))  # in capitals it is a book or a play
                continue
            stands = not before or before[-1] in ".!?:-–—" or _ARTICLE.search(before)
            if not stands and not _AS.match(block.prose, end):
                continue
            stop, copula = end, _AFTER_SLANTED.match(block.prose, end)
            if not copula and (whole := _goes_on(block, end)):
                stop, copula = whole, _AFTER_SLANTED.match(block.prose, whole)
            body = copula.end() if copula else _does(block, end)
            if body:
                subjects.append((start, stop, body, _WEAK_FACTOR))
        yield from _defined(reading, block, subjects, SLANTED_RULE, confidence)


def _does(block: Block, end: int) -> int:
    """Where the verb begins that tells what the emphasized name which ends at END does: `The *rate* $a$ dictates how …`; 0 for none."""
    match = _VERB.match(block.prose, end)
    if not match or match["verb"] == "offers":
        return 0  # merits
    begin = match.start("verb")
    return begin if telling.tells(block.prose[begin : begin + _AHEAD], match["verb"]) else 0


def _goes_on(block: Block, end: int) -> int:
    """Where the name ends of which only the first part is emphasized: `/Physical/ network topology describes …`; else 0."""
    for _ in range(_MOST_MORE):
        match = _GOING_ON.match(block.prose, end)
        if not match or _is_no_noun(match["word"]):
            return 0
        end = match.end()
        if _AFTER_SLANTED.match(block.prose, end):
            return end
    return 0


def _is_no_noun(word: str) -> bool:
    return word in FUNCTION_WORDS or word.endswith(("ly", "ed")) or is_bare_verb(word)


_MOST_MORE = 3
_GOING_ON = pattern(r"\s(?P<word>[a-zа-яё][a-zа-яё-]{2,}+)")


def _defined(
    reading: Reading, block: Block, subjects: list[tuple[int, int, int, float]], rule: str, confidence: float
) -> Iterator[Candidate]:
    """The SUBJECTS of a block, each (start, end, where its definition begins, factor) and defined up to the next."""
    limits = [*(start for start, _, _, _ in subjects[1:]), len(block.text)]
    for (start, end, body, factor), limit in zip(subjects, limits, strict=False):
        stop = sentence_end(block.text, body, limit)
        trust = round(confidence * factor, 4)
        defined = definition_at(reading, block, body, stop, rule=rule, confidence=trust)
        found = candidate(
            reading, block, start, end, rule=rule, confidence=trust, explicit=factor == 1.0, defined=defined
        )
        if found:
            yield found


def _is_command(reading: Reading, text: str) -> bool:
    """Whether TEXT is a program with its subcommand: `kubeadm init`."""
    parts = text.split()
    return len(parts) == _PAIR and parts[0] in reading.commands and all(part.isalpha() for part in parts)


_PAIR = 2
_AHEAD = 80


def _sentences(prose: str) -> Iterator[re.Match[str]]:
    """The sentences of PROSE that define.  To look for begins of sentences first takes a tenth of the time."""
    end = 0
    if match := _PLAIN.match(prose):
        yield match
        end = match.end()
    for stop in _STOP.finditer(prose):
        # Two blanks may stand behind a full stop.
        for start in (stop.end(), stop.end() + 1) if prose[stop.end() : stop.end() + 1].isspace() else (stop.end(),):
            if start >= end and (match := _PLAIN.match(prose, start)):
                yield match
                end = match.end()


def find_plain(reading: Reading, confidence: float) -> Iterator[Candidate]:
    """Plain subjects of a defining sentence, where they look like terms."""
    for block, folded in zip(reading.blocks, reading.folded, strict=True):
        # Notes say in a title what a thing is, manuals what their section tells of it.
        if (
            not (block.kind in TEXTS or (block.kind is BlockKind.HEADING and not reading.is_prose))
            or _ANY_WORD.isdisjoint(folded)
            or not _ANY.search(block.prose)
        ):
            continue
        matches = list(_sentences(block.prose))
        for match, limit in zip(matches, [*(m.start() for m in matches[1:]), len(block.text)], strict=False):
            name = match["name"]
            # `The drag coefficient $c$ is a …`; what is set as code is the name itself: `The tool =cut= is a …`.
            if match["symbol"] and (block.text[match.start("symbol") + 1] not in "$\\" or name.lower() in _SUPPOSED):
                continue
            cleaned = cleaning.clean(name).name
            parts = [word.lower() for word in folding.words(cleaned)]
            if (
                not parts
                or parts[-1] in ABSTRACT_WORDS
                or (parts[0] == "term" and len(parts) > 1)
                or any(is_verb(word) for word in parts[:-1])
            ):
                continue
            # `A node is a machine` defines even an everyday word.
            defining = len(parts) == 1 and name[:3].lower().startswith(("a ", "an ")) and parts[0] not in NEVER_WORDS
            # With an article and in small letters it is more often something mentioned before.
            factor = 0.8 if defining else 0.6 if name[:4].lower() == "the " and cleaned.islower() else 1.0
            stop = limit if block.kind is BlockKind.ITEM else sentence_end(block.text, match.end(), limit)
            defined = definition_at(
                reading, block, match.end(), stop, rule=PLAIN_RULE, confidence=round(confidence * factor, 4)
            )
            end = match.end("note") + 1 if match["note"] else match.end("name")
            # What has a verb behind it is no instruction, though it begins like one: `Block Offset is the …`.
            named = len(parts) == _PAIR and begins_topic(parts[0]) and parts[0] in VERB_BASES and cleaned.istitle()
            found = candidate(
                reading,
                block,
                match.start("name"),
                end,
                rule=PLAIN_RULE,
                confidence=confidence * factor,
                check_shape=not (defining or named),
                defined=defined,
            )
            if found and defined:
                # What is only thought of the thing names it, and says nothing of what it is.
                if telling.evaluates(block.prose[match.end() : match.end() + _AHEAD].partition("\n")[0]):
                    found = structs.replace(found, definition=None, defined_at=None)
                yield found


def sentence_end(text: str, start: int, limit: int) -> int:
    """The index after the sentence of TEXT that goes on at START, at most LIMIT."""
    for match in _END.finditer(text, start, limit):
        if not ABBREVIATION.search(text[max(start, match.start() - 5) : match.start()]):
            return match.end()
    return limit
