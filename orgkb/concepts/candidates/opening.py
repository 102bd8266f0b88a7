"""A section that opens by saying what its heading is.

With a verb (`Runs on each node`), `It is`, `Это`, the heading's own name (`The kubelet runs on …`), or a phrase without
a verb (`A program in execution.`, `Набор правил, по которым …`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice, takewhile

from orgkb.concepts import acronyms, cleaning, folding
from orgkb.concepts.blocks import Block, BlockKind, Reading
from orgkb.concepts.candidates import leading, stated, subject, telling, terse, verbless
from orgkb.concepts.candidates.copula import sentence_end
from orgkb.concepts.candidates.headings import after_number
from orgkb.concepts.candidates.model import Candidate
from orgkb.concepts.candidates.terms import candidate, definition_at
from orgkb.concepts.lexicon import FUNCTION_WORDS, NEVER_WORDS, SECTION_WORDS, begins_topic, is_bare_verb, is_verb
from orgkb.concepts.lexicon.words import word_set
from orgkb.concepts.model import Alias, AliasKind
from orgkb.concepts.text import has_dash
from orgkb.org import nodes as n
from orgkb.patterns import pattern

RULE = "section-opening"
CARD_BACKS = word_set("back rückseite оборот reverso verso retro")
CARD_FRONTS = word_set("front vorderseite лицо anverso recto fronte")
"""Titles of the sides of a card to learn, which are not what stands below them."""
_IT_IS = pattern(
    r"\s*(?:it(?:'s| is)|this is|это)\s+(?=\S)|\s*(?:th[eo]se|they) are (?=(?:[a-z-]+ ){0,2}(?!ways?\b|things\b|examples?\b|some\b|parts?\b)[a-z]+s (?:that|which|whose|of|used|for) [a-z])",
    re.IGNORECASE,
)
_FIRST = pattern(r"\s*([^\W\d_]{3,})\s+[^\W\d_]")
_SENTENCE = pattern(
    r"\s*(?P<name>[^\0.;:\n]{2,60}?)\s(?:is|are),?\s(?:(?:simply|just|basically|essentially|usually)\s)?(?=(?:an?|the|any|what|when|how|where|something|one\sor)\s)"
)


def find(reading: Reading, confidence: float) -> Iterator[Candidate]:
    """Headings whose first paragraph or item defines them."""
    blocks = reading.blocks
    lower = _has_lower_titles(reading)
    for index, block in enumerate(blocks[:-1]):
        if block.kind is not BlockKind.HEADING:
            continue
        first = first_text(reading, blocks, index)
        if first is None:
            continue
        counted = after_number(block.prose)
        start = begins(reading, blocks, index, first)
        if start < 0:
            continue
        end = sentence_end(first.running, start, len(first.running))
        defined = definition_at(reading, first, start, end, rule=RULE, confidence=confidence)
        # `Relying party` begins like something to do; what says what it is clears it.
        name = cleaning.clean(block.text[counted:]).name
        if name.partition(" ")[0].lower() in _PLACES:
            continue  # `** En matemática` says where the title above means so
        # So does a sentence whose subject it is: `The problem space is …`.
        shaped = (
            not terse.is_gerund_name(name)
            and not (lower and _is_noun(name))
            and not (_MOST_SHOWN >= len(name.split()) > 1 and _is_subject(first.running, start, end, name))
        )
        place, others = (counted, len(block.text)), tuple[Alias, ...]()
        if (spelt := acronyms.spelt_out(block.text[counted:])) and ")" not in block.text:
            # `SLO - Service Level Objective`: the whole is no name.
            (short, stop), (first_letter, last) = spelt
            place = counted + first_letter, counted + last
            others = (
                Alias(block.text[counted + short : counted + stop].strip(), AliasKind.ACRONYM, RULE, _SHORT_TRUST),
            )
        found = candidate(
            reading,
            block,
            *place,
            rule=RULE,
            confidence=confidence,
            check_shape=shaped,
            defined=defined,
            aliases=others,
        )
        if found and defined:
            yield found


def _is_subject(prose: str, start: int, end: int, name: str) -> bool:
    """Whether NAME is the subject of the sentence of PROSE that ends at END, whose definition begins at START."""
    if not prose[:start].strip():
        return stated.is_subject(prose[start:end], name)
    before = prose[:start]
    if match := _AIM.match(before + "it is"):
        return folding.key(cleaning.clean(match["name"]).name) == folding.key(name)
    words = before.lower().split()
    return (
        bool(words)
        and words[-1] in _COPULAS
        and folding.key(cleaning.clean(" ".join(words[:-1])).name) == folding.key(name)
    )


_SHORT_TRUST = 0.85
_COPULAS = frozenset({"is", "are"})
_MOST_SHOWN = 3


def _has_lower_titles(reading: Reading) -> bool:
    """Whether most titles of the notes begin with a small letter, so that it tells nothing of a name."""
    titles = [title for title in reading.titles if title[:1].isalpha()]
    return len(titles) >= _MANY_TITLES and sum(title[0].islower() for title in titles) * 3 >= len(titles) * 2


def _is_noun(name: str) -> bool:
    """Whether NAME is one word in small letters that may be a noun: `attributes`."""
    return (
        len(name) >= _LEAST_LETTERS
        and name.isalpha()
        and name.islower()
        and name not in SECTION_WORDS
        and name not in NEVER_WORDS
        and name not in FUNCTION_WORDS
        and not is_verb(name)
    )


_PLACES = word_set("in within en dans nel nella nello im beim bei em no na в во для")
_MANY_TITLES = 6
_LEAST_LETTERS = 4


def begins(reading: Reading, blocks: Sequence[Block], index: int, first: Block) -> int:
    """Where in FIRST, the first text below the heading BLOCKS[INDEX], its definition begins; -1 where none does."""
    block = blocks[index]
    counted = after_number(block.prose)
    start = says(reading, first, block.text[counted:], listed=_lists(blocks, index, first))
    title = block.text[counted:]
    if start < 0 and answers(first.running) and (cleaning.asks_what(title) or _tells_acronym(first, title)):
        return len(first.running) - len(first.running.lstrip())
    return start


def says(reading: Reading, first: Block, title: str, *, listed: bool = False) -> int:
    """Where in FIRST, the first text below TITLE, what that is begins to be told; -1 where none tells.

    Where kinds or parts of it are LISTED, phrases say nothing of the whole.
    """
    return says_text(reading, first.running, title, first.kind, listed=listed)


def says_text(reading: Reading, prose: str, title: str, kind: BlockKind, *, listed: bool = False) -> int:
    """The same of PROSE, the text of a block of that KIND or the end of it."""
    item = kind is BlockKind.ITEM
    if plainly := _PLAINLY.match(prose):
        start = says_text(reading, prose[plainly.end() :], title, kind, listed=listed)
        return start + plainly.end() if start >= 0 else -1
    start = _start(prose, folding.key(cleaning.clean(title).name))
    if start < 0 and not _PHRASE.match(prose) and not listed:
        start = leading.begins(prose, title, item=item)
        if start < 0 and not reading.is_prose:
            start = terse.begins(prose, title, reading.language)
    if start < 0 and not reading.is_prose:
        told = kind is BlockKind.PARAGRAPH or bool(reading.language)
        start = stated.begins(prose, title, sentence_end(prose, 0, len(prose)), told)
    if start < 0 and not reading.is_prose:
        start = subject.begins(prose, title, reading.language, item=item)
    return start


def answers(prose: str) -> bool:
    """Whether PROSE, below a title that asks what something is, begins with a sentence that may answer it."""
    said = prose[: sentence_end(prose, 0, len(prose))].strip()
    parts = said.split()
    return (
        len(parts) >= _LEAST_ANSWER
        and said[0].isalpha()
        and not said.endswith((":", "?"))
        and parts[0].lower().strip(",") not in _NO_ANSWER
        and not is_bare_verb(parts[0].lower())
    )


def _tells_acronym(first: Block, title: str) -> bool:
    """Whether FIRST, a paragraph, goes on about what TITLE spells out: `* SLO - Service Level Objective` over `Teams promise that …`."""
    said = first.running[: sentence_end(first.running, 0, len(first.running))].strip()
    words = said.split()
    return (
        first.kind is BlockKind.PARAGRAPH
        and len(words) >= _LEAST_TOLD
        and (said.endswith((".", "!")) or (said[-1].isalpha() and said == first.running.strip()))
        and words[0][0].isupper()
        and words[0].lower() not in _OPENS_TALK
        and not has_dash(said)
        and acronyms.spelt_out(title) is not None
    )


_LEAST_TOLD = 5
_OPENS_TALK = word_set(
    "there if some many most several one two both different all because since although but and so let these those this"
)
_LEAST_ANSWER = 3
_NO_ANSWER = word_set(
    "see note todo in on at for with i my you we here link source example before after first см смотри пример"
)


def first_text(reading: Reading, blocks: Sequence[Block], index: int) -> Block | None:
    """The first text of the section whose heading is block INDEX, where nothing else stands before it."""
    headline, first = blocks[index].headline, blocks[index + 1]
    if (title := blocks[index].text.strip().lower()) in CARD_BACKS or title in CARD_FRONTS:
        return None
    # A link alone tells where the thing is described.
    skipped = index + 2 < len(blocks) and _is_link(first) and (first.kind is BlockKind.ITEM or _is_picture(first))
    if skipped:
        first = blocks[index + 2]
    if first.headline != headline or first.kind not in {BlockKind.PARAGRAPH, BlockKind.ITEM}:
        return None
    if first.item and first.item.tag is not None:
        return None
    # Something else, such as a table, may stand between title and paragraph.
    section = [e for e in reading.document.headlines[headline].children if not isinstance(e, _META)]
    return first if section and isinstance(section[0], n.Paragraph | n.PlainList) else None


def _is_link(block: Block) -> bool:
    """Whether BLOCK is nothing but a link."""
    return all(isinstance(o, n.Link) or (isinstance(o, n.Text) and not o.value.strip()) for o in block.objects)


def _is_picture(block: Block) -> bool:
    """Whether BLOCK, nothing but a link, shows a picture."""
    return any(isinstance(o, n.Link) and o.raw.lower().endswith(_PICTURES) for o in block.objects)


_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp")


def _lists(blocks: Sequence[Block], index: int, first: Block) -> bool:
    """Whether FIRST is one of several items that all begin like a definition: parts or kinds of what the title names."""
    if first.kind is not BlockKind.ITEM:
        return False
    section = takewhile(lambda block: block.headline == first.headline, islice(blocks, index + 1, None))
    own = [*islice((b for b in section if b.kind is BlockKind.ITEM and b is not first and not _is_link(b)), 3)]
    return bool(own) and all(leading.is_phrase(b.prose) for b in own)


_META = (n.PropertyDrawer, n.Planning, n.Drawer, n.Keyword, n.Comment, n.Clock)


def _start(prose: str, title: str) -> int:
    """Where the definition begins in the section's first text; -1 where there is none."""
    if match := _IT_IS.match(prose):
        return match.end()
    if (match := _SENTENCE.match(prose)) and folding.key(cleaning.clean(match["name"]).name) == title:
        return match.end()
    if (match := _AIM.match(prose)) and folding.key(cleaning.clean(match["name"]).name) == title:
        return match.end()
    if (match := _OF_TITLE.match(prose)) and (match["be"] or telling.tells(match["said"].lower(), match["verb"])):
        return match.start("said")
    if (match := _DOES.match(prose)) and folding.key(cleaning.clean(match["name"]).name) == title:
        verb = match["verb"]
        does = bool(match["object"]) or (is_verb(verb) and begins_topic(verb))
        return match.start("verb") if does and verb not in _TELLS_LITTLE else -1
    if (
        (match := _PHRASE.match(prose))
        and not _SEVERAL.match(prose, match.end())
        and verbless.has_no_verb(prose, match.end("opening"), one=bool(match["article"]))
    ):
        return match.start("opening")
    match = _FIRST.match(prose)
    # A third person tells what the thing does; a base form would be an instruction.
    if match and (word := match[1].lower()).endswith(("s", "ет", "ит", "ют", "ят", "ется", "ится")):
        if is_verb(word) and (begins_topic(word) or not word.isascii()):
            return match.start(1)
        # `Measures of …`, `filters that …` are things.
        verb = word.isascii() and not word.endswith("ss")
        does = verb and not _THINGS.match(prose, match.end(1)) and telling.tells(prose.strip().lower(), word)
        return match.start(1) if does else -1
    return -1


_PLAINLY = pattern(r"\s*(?:[Bb]asically|[Ss]imply|[Jj]ust|[Ee]ssentially|[Ll]iterally),?\s(?=(?:an?|the)\s)")
_AIM = pattern(
    r"\s*The\s(?:main\s|basic\s|key\s)?(?:idea|purpose|goal|aim|job|role)\s(?:of|behind)\s(?:(?:the|an?)\s)?(?P<name>[^\0.,;:\n]{2,50}?)\s"
    r"is\s(?:that\s)?(?=[^\W\d_]+\s[^\W\d_])"
)
"""`The idea of a relay is that one node …`."""
_OF_TITLE = pattern(
    r"\s*(?:[Ww]hich|[Tt]hat|It|They)\s(?P<said>(?:(?P<be>(?:is|are)\s(?=(?:an?|the)\s|used\s(?:to|for|in|as)\s))|(?P<verb>[a-z]{3,})\s)[^\n]{8,})"
)
"""`which specifies …`, `It extends …`: of nothing else but the title."""
_DOES = pattern(
    r"\s*(?:(?:The|A|An)\s)?(?P<name>[^\0.,;:\n]{2,60}?)\s(?P<verb>[a-z]{3,}s)\s+(?:(?P<object>(?:an?|the|all|each|any|its|how)\s)|[^\W\d_])"
)
_TELLS_LITTLE = word_set(
    "comes depends does goes has is lets looks means needs ranges requires sees seems starts takes varies was works"
)
_THINGS = pattern(r"\s+(?:of|that|which|for|and|or|are|is|used|to|from|in\sthe)\s")
_PHRASE = pattern(
    r"\s*(?P<opening>(?P<article>An?)(?=\s[A-Za-z])"
    r"(?!\s(?:lot|number|few|couple|bit|note|word|summary|brief|overview|example|quick|short|little|while)\b)"
    r"|(?:Ability|Act|Branch|Collection|Form|Group|Kind|Measure|Part|Practice|Process|Sequence|Set|Study|Type)(?=\sof\s)"
    r"|(?:Библиотека|Вид|Вычисление|Единица|Инструмент|Количество|Мера|Метод|Механизм|Множество|Модель|Набор|Наука|Отношение"
    r"|Последовательность|Программа|Протокол|Процесс|Раздел|Свойство|Система|Совокупность|Состояние|Способ|Способность"
    r"|Алгоритм|Величина|Интерфейс|Класс|Компонент|Область|Объединение|Объекты?|Операция|Переменная|Подход|Показатель|Преобразование|Принцип|Произведение"
    r"|Разность|Сервис|Событие|Среда|Стандарт|Сумма|Технология|Формат|Хранение|Элементы?|Явление|Средство|Структура|Тип|Устройство|Утилита|Функция|Часть|Число|Язык)(?=\s[а-яё]))"
)
_SEVERAL = pattern(r"(?:\s[^\W\d_][\w-]*){1,3},\s(?:an?|another|the)\s")
"""`A list, a tuple or a dict`: things are told one by one."""
