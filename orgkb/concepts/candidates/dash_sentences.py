"""Russian sentences inside a paragraph that say with a dash what their subject is: `Капилляр - сосуд, по которому …`.

English needs `is` there, so a dash in running text says anything; in Russian it stands for the copula where a noun in the
nominative is on either side.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from orgkb.concepts.blocks import TEXTS, Reading
from orgkb.concepts.candidates.copula import ABBREVIATION, sentence_end
from orgkb.concepts.candidates.model import Candidate
from orgkb.concepts.candidates.terms import candidate, definition_at
from orgkb.concepts.lexicon import ABSTRACT_WORDS, LOOSE_WORDS, NEVER_WORDS, PRONOUNS, SECTION_WORDS, morphology
from orgkb.concepts.lexicon.words import word_set
from orgkb.concepts.text import DASH
from orgkb.patterns import pattern

RULE = "dash-sentence"
_DASHES = "-–—−"
_SENTENCE = pattern(
    rf"[А-ЯЁ](?:(?<=^.)|(?<=[.!?;\n]\s.)|(?<=\n.))(?P<rest>[а-яё-]{{2,}}+(?:\s[^\W\d_][\w-]*+){{0,4}})(?P<note>\s?\([^()\n\0]{{2,40}}\))?\s{DASH}\s(?:это\s)?(?=[^\W\d_])"
)
_WORD = pattern(r"[^\W\d_][\w-]*")
_LISTS = pattern(r"[^\W\d_]+,\s[^\W\d_]+(?:,|\sи\s)")
"""`Институты - школы, суды и церковь`: what there is of the kind."""
_CHAIN = pattern(rf"[A-ZА-ЯЁ]\S*+\s(?:\S++\s){{0,2}}{DASH}\s")
"""`Правка - Вставка - Таблица`: where something is, step by step."""
_LEAST_WORDS = 3
_MOST_ADJECTIVES = 3
_QUALITIES = frozenset({"ADJF", "PRTF"})
_RULES = word_set("правило закон теория принцип теорема лемма гипотеза критерий аксиома")
"""Of what states something, the statement may follow: `Закон спроса - цена растёт, и спрос падает`."""
_NO_HEADS = word_set(
    "автор важность вариант вещь вид время вывод главное день дело задача идея итог место минус момент мысль недостаток необходимость "
    "обратное основа особенность ответ отличие ошибка плюс пора порядок последствие потребность преимущество пример причина проблема "
    "различие разница результат решение роль следствие случай смысл способ суть тема улица условие участник факт цель человек число шаг этап"
)
"""What says on which side of a matter something stands, and not what it is; nor do they name anything."""


def find(reading: Reading, confidence: float) -> Iterator[Candidate]:
    """Subjects of such sentences in notes, with what follows the dash."""
    if reading.is_prose:
        return
    for block in reading.having(*_DASHES, kinds=TEXTS):
        for match in _SENTENCE.finditer(block.running):
            begin, end = match.start(), match.end("rest")
            if match["note"] and not match["note"][0].isspace():
                end = match.end("note")  # the name is that before `P(B|A)`, and not with its P
            if ABBREVIATION.search(block.running[max(0, begin - 6) : begin].rstrip(" .\n")):
                continue
            head = _head(_WORD.findall(block.running[begin:end]))
            stop = sentence_end(block.text, match.end(), len(block.text))
            said = block.running[match.end() : stop]
            least = _LEAST_WORDS - (" " in match["rest"])
            if (
                not head
                or len(said.split()) < least
                or _LISTS.match(said)
                or _CHAIN.match(said)
                or said.rstrip().endswith(("?", ":"))
            ):
                continue
            if not (head in _RULES and match["rest"].count(" ")) and not _is_noun_phrase(_WORD.findall(said)):
                continue
            defined = definition_at(reading, block, match.end(), stop, rule=RULE, confidence=confidence)
            found = candidate(
                reading, block, begin, end, rule=RULE, confidence=confidence, check_shape=False, defined=defined
            )
            if found and defined:
                yield found


def _head(words: Sequence[str]) -> str:
    """The noun that WORDS, a name in the nominative, are about, as a dictionary has it; empty where they are no name."""
    lower = [word.lower() for word in words]
    if lower[0] in NEVER_WORDS or lower[0] in LOOSE_WORDS or lower[0] in PRONOUNS:
        return ""
    at = _noun_at(lower)
    if at < 0 or not all(map(_goes_on, lower[at + 1 :], [lower[at], *lower[at + 1 :]])):
        return ""
    head = morphology.lemma(lower[at])
    if head in _NO_HEADS or (head in ABSTRACT_WORDS | SECTION_WORDS and len(words) == 1):
        return ""
    return head


def _noun_at(words: Sequence[str], *, adverbs: bool = False) -> int:
    """The index of the first noun of WORDS, in the nominative, where only adjectives (and ADVERBS) stand before it; -1 where none does."""
    for at, word in enumerate(words[: _MOST_ADJECTIVES + 1]):
        if adverbs and word.endswith("но") and at + 1 < len(words) and morphology.is_adjective(words[at + 1]):
            continue
        if word.isascii() or morphology.is_function_word(word):
            return -1
        forms = [form for form in morphology.forms(word) if form.case == "nomn"]
        if any(form.part == "NOUN" for form in forms) and (morphology.is_noun(word) or forms[0].part != "ADJF"):
            return at
        if not any(form.part in _QUALITIES for form in forms):
            return -1
    return -1


def _goes_on(word: str, before: str) -> bool:
    """Whether WORD may go on a name behind its noun, after the word BEFORE it: in an oblique case, or in Latin letters."""
    if word.isascii() or morphology.is_function_word(word):
        return word in _JOINTS or word.isascii()
    return before in _JOINTS or any(
        form.part in {"NOUN", *_QUALITIES} and form.case not in {"", "nomn"} for form in morphology.forms(word)
    )


_JOINTS = word_set("в во на о об по из для с со к без при между от до и")


def _is_noun_phrase(words: Sequence[str]) -> bool:
    """Whether WORDS begin with a noun in the nominative and its adjectives, and so say what something is."""
    lower = [word.lower() for word in words[: _MOST_ADJECTIVES + 1]]
    at = _noun_at(lower, adverbs=True)
    return at >= 0 and morphology.lemma(lower[at]) not in _NO_HEADS
