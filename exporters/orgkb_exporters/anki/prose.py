"""Judging and cutting the prose of definitions: complete or broken off, one fact or several, definitional or not."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from orgkb.concepts.lexicon.english import FUNCTION_WORDS
from orgkb.org import nodes as n
from orgkb.org.walk import plain_text
from orgkb.patterns import pattern, reaches
from orgkb.shipped import shipped
from orgkb_exporters.anki.trimming import strip_ends

WORD = pattern(r"\w+")


def read_words(name: str) -> frozenset[str]:
    """A word list of `templates/anki/words`."""
    text = shipped("orgkb_exporters", f"templates/anki/words/{name}.txt").decode()
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())


_LETTER = pattern(r"[^\W\d_]")
# What counts as a word of an answer; in scripts without spaces two characters do.
_CONTENT = pattern(r"[\u3040-\u30ff\u3400-\u9fff]{2}|[^\W\d_\u3040-\u30ff\u3400-\u9fff]{2,}")
_CONTENT_SPACED = pattern(r"[^\W\d_]{2,}")
"""The same for texts without those scripts."""
_SCRIPTS = tuple(
    (name, letters[0], pattern(f"[{letters}]"))
    for name, letters in (
        ("latin", "A-Za-z\u00c0-\u024f\u1e00-\u1eff"),
        ("greek", "\u0370-\u03ff"),
        ("cyrillic", "\u0400-\u052f"),
        ("hebrew", "\u0590-\u05ff"),
        ("arabic", "\u0600-\u06ff"),
        ("kana", "\u3041-\u30ff"),
        ("han", "\u3400-\u9fff"),
        ("hangul", "\uac00-\ud7af"),
    )
)
_URL = pattern(r"(?:https?://|www\.)\S+")
_COOKIE = pattern(r"\s*\[(?:\d*/\d*|\d*%)\]")

_DANGLING = read_words("dangling")
_FUNCTION_WORDS = _DANGLING | frozenset(["when", "if", "not", "can", "will", "if", "если", "когда", "не"])
# A program, at most three words, an option.
_COMMAND_LINE = pattern(r"(?:\$\s*)?(?:sudo\s+)?[a-z][\w.+-]+(?:\s+[\w./:=-]+){0,3}?\s+--?[A-Za-z]")
# "the server that images come from" is whole.
_STRANDED = pattern(
    r"\b(?:that|which|who|whom|what)\s.*\b\w{2,}(?:s|ed|en|ve|ks|ch)\s(?:from|to|with|in|on|by|for|of|at|into)\Z",
    re.IGNORECASE,
)
# A clause that needs another one.
_SUBORDINATE = pattern(
    r"(?:if|when|because|so\sthat|unless|although|если|когда|потому|чтобы|хотя)\b[^,]*\Z", re.IGNORECASE
)
_SAYS_NOT_WHAT = pattern(
    r"(?:for|to|on|in|at|with|by|from|as|when|if|default|required|optional|deprecated|see"
    r"|для|в|на|при|если|когда|чтобы|по|с|от|из|см)\b",
    re.IGNORECASE,
)
# An example, a comparison, a use or a place, but no kind of thing.
_BESIDE = pattern(
    r"(?:e\.?\s?g\b|only\b|for\sexample|for\sinstance|such\sas|like\s|where\b|when\b|while\b|mainly|mostly|best\b|suited|popular|tested"
    r"|not\b|no\slonger|similar|(?:the\s)?same\b|faster|better|easier|slower|more\b|less\b|possible|should|must|uncomment|based\son"
    r"|also\b|and\b|but\b|however|via\b|can(?:not|'t)?\sbe\b"
    r"|например|похож\w+|то\sже|так\sже|также|тоже|где\b|не\b|нет\b|лучше|быстрее|проще|больше|меньше|основан\w*|можно|нужно|нельзя"
    r"|при\b|и\b|но\b)(?=\W|\Z)",
    re.IGNORECASE,
)
_QUOTES = pattern('["“”«»]')
_LABELLED = pattern(r"[\w-]+:\s")
_ARTICLES = pattern(r"\A(?:it\sis|is|are|это)\s|\b(?:an?|the)\s", re.IGNORECASE)
BARE = read_words("bare")
"""Headings and labels that name no subject."""
SENTENCE_END = pattern(r"(?<=[.!?…])[\"»”)\]]{0,2}\s+(?=[\"«“(]?[^\W\d_a-zа-яё])")
_CLAUSE = pattern(r"(?:(?<=;)\s+|(?<=[^.\s]{2}\.)\s+|(?<!\s)\s+[-–—]\s+)")
_ABBREVIATION = pattern(r"(?:\b\w|\b(?:e\.g|i\.e|etc|vs|cf|т\.е|т\.к|т\.д|т\.п|др|см|напр|стр|рис))\.\Z", re.IGNORECASE)

_GENUS = pattern(
    r"""\A(?:
      (?:it\s|this\s)?is\s(?:an?|the|one)\s
    | the\s(?:[\w-]+\s){1,4}(?:of|that|which|who|for|to)\s(?!.*\b(?:can|may|are|is|was|were|will|must)\b)
    | (?:an?|any|one|set|sets|group|groups|collection|list|kind|type|sort|part|form|way|method|process|piece|unit|series)\s
    | (?!published|module\s)(?:[\w/-]+\s){1,4}(?:that|which|who|used\sto|used\sfor|used\sby|for\s\w+ing|responsible\sfor|designed\sto)\s
    | (?:это|—|набор|группа|множество|совокупность|часть|вид|тип|способ|метод|процесс|система|программа|объект
        |механизм|компонент|служба|сервис|инструмент|средство|файл|абстракция|единица|функция|структура)\s
    | (?:[\w-]+\s){1,4}(?:котор(?:ый|ая|ое|ые|ого|ой|ых|ым|ом)|предназначенн\w+|отвечающ\w+|позволяющ\w+|для)\s
    )""",
    re.IGNORECASE | re.VERBOSE,
)
# True of many things, or said of one that is known already.
_VAGUE = pattern(
    r"(?:is\s|it\sis\s)?(?:an?\s|the\s|one\s)?(?:(?:common|popular|overloaded|useful|general|special|main|important|simple|similar|related|certain"
    r"|полезн\w+|популярн\w+|прост\w+|важн\w+|основн\w+)\s|(?:owner|user|reader|number|name|list)\s(?:is|can|of\ssome)|side\s|(?:in|on|at|by|from|to)\swhich\s|way\sto\s\w+\Z"
    r"|an?\s(?:instance|detail|example|aspect|case)\sof|is\s(?:the\sname|used|about|designed|needed|required|useful)\b|additionally\b|(?:keyword|option|value)\s(?:may|can|is)\s"
    r"|для\s|использ\w+\s|связанн\w+\s|то,?\sчто|тот,?\sкто|то,?\sкак|(?:semicolon|\w+)\sis\s|значени[ея]\s)",
    re.IGNORECASE,
)
_VERB_FIRST = pattern(
    r"(?:(?:[a-z]+[^s\W])s|are|best|indicating|mainly|similar|suited|used|useful|allow|can|create|define|enable|give|handle|has|have|help|make|manage|must|provide|run|send|show|store"
    r"|support|use|expose|return|find)\s(?!of\b)",
    re.IGNORECASE,
)
# A clause with a subject of its own: "a small model is trained to …"; what it tells of is not named.
_OWN_CLAUSE = pattern(
    r"\A(?!(?:it\s|this\s)?is\s)(?:(?!\b(?:that|which|who|whose|whom|where|when|as|what|how|all|whether)\b)[^.;(])*?"
    r"\b(?<!and\s)(?<!or\s)(?:is|are|was|were|can|cannot|can['’]t|could|may|must|should|will|have|has|does?|generates?|understands?)\b",
    re.IGNORECASE,
)
_COMMAND_LIKE = pattern(r"(?:^|\s)(?:-{1,2}[a-z][\w-]*|\$\s?\w+|sudo\s|[|&]{1,2}\s|>\s|</?\w+>)")


def words(text: str) -> list[str]:
    """The words of TEXT, case-folded."""
    return WORD.findall(text.casefold())


def content_words(text: str) -> list[str]:
    """The words of an answer that count, without addresses and numbers."""
    return _contents(_URL.sub(" ", text))


def fold(text: str) -> str:
    """TEXT for comparing names: NFC, case-folded, white space single, quotes and closing points off."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split()).strip(" .:;,\"'«»“”`*=~")


def title_text(title: str) -> str:
    """A headline's title without its statistics cookie, which changes with every task done, and without a colon or dash."""
    return " ".join(_COOKIE.sub("", title).split()).rstrip(" :-–—")


def without_address(title: str) -> str:
    """TITLE without addresses of pages, unless it is nothing else."""
    if "://" not in title:
        return title
    return " ".join(_URL.sub(" ", title).split()).rstrip(" :-–—") or title


def likeness(a: str, b: str) -> float:
    """How alike two texts are, 0 to 1: shared words over all words."""
    left, right = set(words(a)), set(words(b))
    if not left or not right:
        return 1.0 if a.strip() == b.strip() else 0.0
    return len(left & right) / len(left | right)


def holds(text: str, part: str) -> bool:
    """Whether the words of PART stand side by side in TEXT."""
    wanted = " ".join(words(part))
    return bool(wanted) and f" {wanted} " in f" {' '.join(words(text))} "


def is_bare(term: str, *, deliberate: bool = False) -> bool:
    """Whether TERM names no subject: a number, a sign or, unless its definition is DELIBERATE, a section label."""
    folded = fold(term)
    return len(folded) < 2 or not _LETTER.search(folded) or (not deliberate and folded in BARE)


def fault(term: str, text: str, *, explicit: bool) -> str | None:
    """Why TEXT cannot be the answer to "what is TERM?", in words for the user; None where it can.

    EXPLICIT definitions (Org's own `term :: text`) may be a single word, as in a vocabulary list.
    """
    bare = _URL.sub(" ", text)
    content = words(bare)
    count = len(content_words(text))
    if not count:
        return "the definition has no words" if not _URL.search(text) else "the definition is only an address"
    if fold(text) == fold(term):
        return "the definition only repeats the term"
    if count < 3 and not explicit and not is_translation(term, bare):
        return "the definition is a word or two"
    if count < 2 and len(words(term)) > 2:
        return "the definition is a single word"
    if re.search(r"\?\?|!\s*\Z", text):
        return "the definition is still to be written"
    if set(content) <= set(words(term)) or _letters(text) == _letters(term):
        return "the definition only repeats the term"
    if breaks_off(text) or text.count("(") > text.count(")") or len(_QUOTES.findall(text)) % 2:
        return "the definition breaks off"
    if count < 5 and count < len(_contents(text)):
        return "the definition is little more than an address"
    if not explicit and (_LABELLED.match(text) or (count < 12 and len(re.findall(r"\s[-–—/]\s", text)) > 1)):
        return "the definition is a list of labels"
    if not explicit and _BESIDE.match(text):
        return "the definition does not say what it is"
    if _COMMAND_LINE.match(text) and not _FUNCTION_WORDS.intersection(content):
        return "the definition is a command"
    if (len(content) < 5 and _SAYS_NOT_WHAT.match(text)) or _SUBORDINATE.match(text):
        return "the definition does not say what it is"
    if re.match(r"(?:todo|fixme|xxx|хз)\b|\?+\s*$", text.strip(), re.IGNORECASE):
        return "the definition is still to be written"
    return None


def _contents(text: str) -> list[str]:
    return (_CONTENT if reaches(text, "\u3040") else _CONTENT_SPACED).findall(text)


def _letters(text: str) -> str:
    """The letters of TEXT, without articles, blanks and hyphens."""
    return re.sub(r"[\W_]+", "", _ARTICLES.sub("", fold(text)))


def is_translation(term: str, text: str) -> bool:
    """Whether TEXT is written in another script than TERM, as in lists of words of a foreign language."""
    written = _scripts(term)
    other = _scripts(text) if written else set()
    return bool(other) and not written & other


def _scripts(text: str) -> set[str]:
    """The scripts of the letters in TEXT."""
    last = max(text, default="")  # what `reaches` asks, once for all
    return {name for name, first, letters in _SCRIPTS if last >= first and letters.search(text)}


def breaks_off(text: str) -> bool:
    """Whether TEXT ends where more must follow."""
    stripped = _URL.sub("", text).rstrip() or "."
    if stripped.endswith((",", ":", "(", "[", "...", "…", "/", "=", "->")):
        return True
    if re.search(r"\b(?:of|on|from|with|into|the|an|and|or|to|на|с|из|для|к|по|и|или|в)\.\Z", stripped):
        stripped = stripped[:-1]
    elif stripped.endswith((".", "!", "?", ")", "»", "”", '"')):
        return False
    if _STRANDED.search(stripped):
        return False
    content = WORD.findall(stripped)
    # Upper case is a name: "vitamin A", "type IS".
    return bool(content) and content[-1] in _DANGLING and stripped.endswith(content[-1])


def is_definitional(text: str, names: Iterable[str] = ()) -> bool:
    """Whether TEXT identifies what it defines, under one of NAMES: 5 to 30 words with a genus, no address, no command."""
    count = len(WORD.findall(text))
    if not 6 <= count <= 30 or _URL.search(text) or _COMMAND_LIKE.search(text):
        return False
    bare = _ARTICLES.sub("", text.strip(), count=1).casefold()
    of_itself = any(bare.startswith(f"{name.casefold()} ") for name in names)
    if (not of_itself and _OWN_CLAUSE.match(text.strip())) or re.search(r"\s[-–—=]\s", text):
        return False
    # "provides …" tells what it does: many things may do that.
    if re.search(r",\s(?:while|whereas|but|but also|а|тогда как)\s|[.!?]\s+\S", text):
        return False
    if _VAGUE.match(text.strip()) or re.search(
        r"\b(?:this|these|those|such|etc|your|my|our|эт\w{1,3}|такой|такие)\b", text, re.IGNORECASE
    ):
        return False
    return bool(_GENUS.match(text.strip())) and not _VERB_FIRST.match(text.strip())


def gives_away(term: str, text: str) -> bool:
    """Whether a part of TERM shows in TEXT: a word of it, or one with the same stem."""
    spaced = re.sub(r"(?<=[a-zа-яё])(?=[A-ZА-ЯЁ])", " ", term)
    stems = {part[: max(4, len(part) - 2)] for part in words(spaced.replace("_", " ")) if len(part) >= 3}
    return any(word.startswith(stem) for stem in stems for word in words(text))


def is_said_in(part: str, text: str) -> bool:
    """Whether TEXT has all words of content of PART, in whatever form and order."""
    here = words(text)
    said = (word for word in content_words(part.casefold()) if word not in FUNCTION_WORDS)
    return all(any(word.startswith(stem[: max(4, len(stem) - 3)]) for word in here) for stem in said)


def split(objects: Sequence[n.Object], limit: int) -> tuple[tuple[n.Object, ...], tuple[n.Object, ...]]:
    """OBJECTS cut into a first part of at most LIMIT words that can stand alone, and the rest.

    Cut only between sentences, else between clauses; all in the first part where neither is found.
    """
    whole = tuple(objects)
    total = len(WORD.findall(plain_text(whole)))
    if total <= limit:
        return whole, ()
    sentences = boundaries(whole, SENTENCE_END)
    for ends, most in ((sentences, limit), (boundaries(whole, _CLAUSE), limit), (sentences, 2 * limit)):
        fitting = [b for b in ends if 4 <= b[2] <= most and b[2] < total]
        if fitting:
            best = fitting[-1] if most == limit else fitting[0]
            return cut(whole, best)
    return whole, ()


def last_sentence(text: str) -> str:
    """The last sentence of TEXT."""
    ends = [match.end() for match in SENTENCE_END.finditer(text)]
    return text[ends[-1] :] if ends else text


def count_words(objects: Iterable[n.Object]) -> int:
    """How many words a reader sees."""
    return len(WORD.findall(plain_text(objects)))


def boundaries(objects: Sequence[n.Object], rule: re.Pattern[str]) -> list[tuple[int, int, int]]:
    """Where RULE finds an end: (index of the object, position after the end in it, words before), outside parentheses."""
    return list(_outside_brackets(objects, _ends(objects, rule)))


def sentences(objects: Sequence[n.Object]) -> Iterator[tuple[n.Object, ...]]:
    """The sentences that OBJECTS hold; none of them is empty."""
    rest = strip_ends(objects)
    found = ((index, match.end(), 0) for index, match, ends in _matches(rest, SENTENCE_END) if ends)
    begin, start = 0, 0
    for index, stop, _ in _outside_brackets(rest, found):
        yield from _between(rest, begin, start, index, stop)
        begin, start = index, stop
    yield from _between(rest, begin, start, len(rest) - 1, None)


def _between(
    objects: Sequence[n.Object], begin: int, start: int, end: int, stop: int | None
) -> Iterator[tuple[n.Object, ...]]:
    """OBJECTS from that BEGIN, where START letters are left out, to that END, of which STOP letters are taken; unless they are empty."""
    parts = list(objects[begin : end + 1])
    if stop is not None:
        parts[-1] = _part(parts[-1], 0, stop)
    if start:
        parts[0] = _part(parts[0], start, stop if begin == end else None)
    if found := strip_ends(parts):
        yield found


def _part(text: n.Object, start: int, stop: int | None) -> n.Object:
    """The letters from START to STOP of a text."""
    assert isinstance(text, n.Text)
    end = text.end if stop is None else text.begin + stop
    return n.Text(begin=text.begin + start, end=end, value=text.value[start:stop])


def _ends(objects: Sequence[n.Object], rule: re.Pattern[str]) -> Iterator[tuple[int, int, int]]:
    """The same inside parentheses too."""
    at, before, counted, done = 0, 0, 0, 0
    for index, match, ends in _matches(objects, rule):
        if index > at:
            before += sum(count_words((obj,)) for obj in objects[at:index])
            at, counted, done = index, 0, 0
        counted += len(WORD.findall(match.string[done : match.start()]))
        done = match.start()
        if ends:
            yield index, match.end(), before + counted


def _matches(objects: Sequence[n.Object], rule: re.Pattern[str]) -> Iterator[tuple[int, re.Match[str], bool]]:
    """What RULE finds in the texts among OBJECTS: (index of the object, match, whether it is no abbreviation)."""
    for index, obj in enumerate(objects):
        if isinstance(obj, n.Text):
            for match in rule.finditer(obj.value):
                start = match.start()
                yield index, match, not _ABBREVIATION.search(obj.value[max(0, start - 8) : start])


def _outside_brackets(
    objects: Sequence[n.Object], found: Iterable[tuple[int, int, int]]
) -> Iterator[tuple[int, int, int]]:
    """The ends that do not stand inside a parenthesis."""
    depth, index, position = 0, 0, 0
    for boundary in found:
        while (index, position) < boundary[:2]:
            stop = boundary[1] if index == boundary[0] else None
            obj = objects[index]
            piece = obj.value[position:stop] if isinstance(obj, n.Text) else ""
            depth = max(0, depth + piece.count("(") - piece.count(")"))
            index, position = (index, boundary[1]) if stop is not None else (index + 1, 0)
        if depth == 0:
            yield boundary


def cut(
    objects: tuple[n.Object, ...], boundary: tuple[int, int, int]
) -> tuple[tuple[n.Object, ...], tuple[n.Object, ...]]:
    """OBJECTS before and after a boundary."""
    index, position, _ = boundary
    text = objects[index]
    assert isinstance(text, n.Text)
    first = n.Text(begin=text.begin, end=text.begin + position, value=text.value[:position])
    second = n.Text(begin=text.begin + position, end=text.end, value=text.value[position:])
    return strip_ends((*objects[:index], first)), strip_ends((second, *objects[index + 1 :]))
