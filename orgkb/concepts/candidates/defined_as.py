"""Sentences that give a name on purpose: `We define the gradient as …`, `Definimos el gradiente como …`, `a number called the *rank*`."""

from __future__ import annotations

from collections.abc import Iterator

from orgkb.concepts import names
from orgkb.concepts.blocks import TEXTS, Block, Reading
from orgkb.concepts.candidates.copula import sentence_end
from orgkb.concepts.candidates.model import Candidate
from orgkb.concepts.candidates.terms import candidate, definition_at
from orgkb.concepts.lexicon import FUNCTION_WORDS, is_bare_verb
from orgkb.concepts.lexicon.european import EVERY_SMALL_WORD
from orgkb.concepts.lexicon.words import word_set
from orgkb.patterns import pattern

RULE = "defined-as"
_HINTS = ("efine ", "efinimos ", "éfinit ", "efiniamo ", "efinieren ", "пределим ")
_WORD = r"[^\W\d_][\w-]*+"
_NAME = rf"(?P<name>{_WORD}(?:\s(?:(?:of|de|des|di|der)\s)?{_WORD}){{0,3}}?)"
_SYMBOL = r"(?:\s\0++|\s[^\W_]{1,2}(?:[(\[][^\s()\[\]]{1,9}[)\]])?)?"
_DEFINED = pattern(
    rf"\b(?:[Dd]efine\s(?:an?\s|the\s)?{_NAME}{_SYMBOL}\sas:?\s"
    rf"|[Dd]efinimos\s(?:el\s|la\s|los\s|las\s|un\s|una\s|o\s|a\s|um\s|uma\s)?{_NAME.replace('name', 'como')}{_SYMBOL}\scomo:?\s"
    rf"|[Dd]éfinit\s(?:le\s|la\s|les\s|une?\s|l['’])?{_NAME.replace('name', 'comme')}{_SYMBOL}\s(?:comme|par)\s:?\s?"
    rf"|[Dd]efiniamo\s(?:il\s|lo\s|la\s|i\s|gli\s|le\s|un[ao]?\s|l['’])?{_NAME.replace('name', 'come')}{_SYMBOL}\scome:?\s"
    rf"|[Dd]efinieren\s(?:wir\s)?(?:den\s|die\s|das\s|eine?n?\s)?{_NAME.replace('name', 'als')}{_SYMBOL}\s(?:als|durch):?\s"
    rf"|[Оо]пределим\s{_NAME.replace('name', 'kak')}{_SYMBOL}\s(?:как|следующим\sобразом):?\s)(?=\S)"
)
_GROUPS = ("name", "como", "comme", "come", "als", "kak")
_CALLED = pattern(
    r"(?:^|[\s(])(?P<said>(?:[Aa]n?|[Tt]he|new|some|один|одна|одно)\s[^.;:,()\n\0]{4,70}?)(?<!\sis)(?<!\sare)(?<!\sbe)(?<!\swas)(?<!\salso)(?<!\soften)(?<!\ssometimes)(?<!\scommonly)(?<!\susually),?\s"
    r"(?:called|termed|known\sas|dubbed|называем\w+)\s(?:an?\s|the\s)?\Z"
)
_FOREIGN_CALLED = pattern(
    r"(?<![^\s(])(?P<said>(?:(?:un[aeo]?|uma?|el|la|los|las|les|il|lo|gli|le|os?|eine?[nm]?)\s)?(?!(?:meio|medio|moyen|mezzo|forma|partir|través|travers|aquilo|lo|ce|ciò|son|sont|sono|são)\s|[^\W\d_]+(?:[aei]r|re)\s)[^\W\d_]{4,}"
    r"(?:\s(?:d[ei]|del|des|du)\s[^\W\d_]+){0,2}(?:\s[^\W\d_]{4,})?(?:,?\s(?:que|che|qui)\s[^.;:,()\0]{4,60}?)?),?\s"
    r"(?:(?:llamad|denominad|chamad|dett|chiamat)(?:[oaei]|[oa]s)(?:\sde)?|appelée?s?|nommée?s?|genannte?[nrsm]?)\s(?:(?:une?|una|uno|uma?|la|le|il|el|o|a)\s)?\Z"
)
"""`programas chamados de *compiladores*`, `frammenti di codice detti *azioni*`."""
_APPOSED = pattern(r"(?:^|[.!?]\s|\n)\s*+(?P<said>An?\s[^.;:,\n\0]{5,70}),\s(?:the|an?)\s\Z")
_INNER = pattern(
    r".*\s(?:(?:after|at|by|from|in|on|through|using|via|with)\s(?=(?:an?|the|its|their)\s)|[a-z]+(?:s|ed)\s(?=an?\s))"
)
_GOES_ON = pattern(r",?\s(?:that|which|whose|where|to|for|used|котор[а-я]+|для)\s")
_MANY_BLANKS = 3
_COMMA = pattern(r",\s[a-z]")
_WINDOW = 110
_LEAST_WORDS = 3
_LONGEST = 300


def find(reading: Reading, confidence: float) -> Iterator[Candidate]:
    """Names that a sentence says to be given, and marked names behind what they name."""
    # Manuals say so what to type.
    for block in () if reading.is_prose else reading.having(*_HINTS, kinds=TEXTS):
        for match in _DEFINED.finditer(block.running):
            group = next(group for group in _GROUPS if match[group])
            if _may_name(match[group]):
                stop = sentence_end(block.text, match.end(), len(block.text))
                yield from _defined(reading, block, match.span(group), (match.end(), stop), confidence)
    for block, stretches in reading.emphasized_texts():
        for start, end in stretches:
            if (said := _named(block, start)) and not names.is_label(block.text[start:end]):
                yield from _defined(reading, block, (start, end), said, confidence, marked=True)
                continue
            opens = _opens(reading, block, start, end)
            if opens < 0 and (denoted := _DENOTED.search(block.running, max(0, start - _WINDOW), start)):
                opens = denoted.start("said")
            if opens < 0 or names.is_label(block.text[start:end]):
                continue
            # No further than tells whether it is too long: a paragraph may have many names, and end nowhere.
            stop = sentence_end(block.text, end, min(len(block.text), opens + 2 * _LONGEST))
            if stop - opens <= _LONGEST:
                yield from _defined(reading, block, (start, end), (opens, stop), confidence, marked=True)


def _named(block: Block, start: int) -> tuple[int, int] | None:
    """Where what is said stands that the marked name at START is given to: `We call a list of numbers a *vector*`."""
    begin = max(0, start - _WINDOW)
    match = _WE_CALL.search(block.running, begin, start)
    if not match or match["said"].split()[0].lower() in _PRONOUNS:
        return None
    return match.span("said")


_WE_CALL = pattern(
    r"\b(?:[Ww]e\s(?:also\s|often\s|usually\s|will\s)?call|(?:[Nn]ennen\swir|[Nn]ennt\sman|[Mm]an\snennt|[Ww]ir\snennen)|[Бб]удем\sназывать|[Нн]азов[её]м)\s"
    r"(?P<said>[^.;:,\n\0]{8,90}?)\s(?:an?\s|the\s|eine?n?\s|den\s|die\s|das\s)?\Z"
)
_DENOTED = pattern(
    r"(?:^|(?<=[.!?]\s)|(?<=\n))\s*(?P<said>(?:Let(?:['’]s|\sus)|We|we|let\sus)\s(?:denote|define|introduce|refer\sto|write)\s[^.;:\n]{1,80}?\sas)\s(?:an?\s|the\s)\Z"
)
"""`Let us denote $d$ as the *damping factor* …`: the sentence says what for."""
_PRONOUNS = word_set(
    "it this that these them its such him her es dies diese diesen dieses sie ihn его её их это этот эту эти"
)


def _opens(reading: Reading, block: Block, start: int, end: int) -> int:
    """Where what the marked name between START and END names begins to be told before it; -1 where nothing is."""
    begin = max(0, start - _WINDOW)
    before = block.running[begin:start]
    if said := _CALLED.search(before):
        opens = said.start("said")
        if inner := _INNER.match(said["said"]):
            opens += inner.end()  # `… about this in a process called binding`
        # `a process called binding` says too little.
        enough = before.count(" ", opens, said.end("said")) > _MANY_BLANKS or _GOES_ON.match(block.running, end)
        return begin + opens if enough else -1
    if reading.language and (said := _FOREIGN_CALLED.search(before)):
        return begin + said.start("said")
    said = _APPOSED.search(before) if _COMMA.match(block.running, end) else None
    return begin + said.start("said") if said else -1


def _may_name(name: str) -> bool:
    """Whether NAME is one: no verb or small word ends or begins it."""
    words = [word.lower() for word in name.split()]
    small = FUNCTION_WORDS | EVERY_SMALL_WORD
    return not (words[0] in small or words[-1] in small or is_bare_verb(words[0]))


def _defined(
    reading: Reading,
    block: Block,
    name: tuple[int, int],
    place: tuple[int, int],
    confidence: float,
    *,
    marked: bool = False,
) -> Iterator[Candidate]:
    defined = definition_at(reading, block, *place, rule=RULE, confidence=confidence)
    if defined is None or len(defined[0].text.split()) < _LEAST_WORDS or defined[0].text.endswith(":"):
        return
    found = candidate(
        reading, block, *name, rule=RULE, confidence=confidence, explicit=marked, check_shape=False, defined=defined
    )
    if found:
        yield found
