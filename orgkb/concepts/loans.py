"""English names that Russian notes write as they sound: `неймспейс` is namespace, `кубернетиса` is of Kubernetes."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from functools import cache
from operator import eq

from orgkb.concepts.lexicon import morphology
from orgkb.concepts.lexicon.tables import russian_words
from orgkb.concepts.lexicon.words import word_set
from orgkb.patterns import pattern

_SOUNDS = {
    **dict(zip("абвгдезийклмнопрстуфхыэё", "abvgdezijklmnoprstufhyee", strict=True)),
    "ж": "zh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sh", "ю": "yu", "я": "ya", "ъ": "", "ь": "",
}  # fmt: skip
_TABLE = str.maketrans(_SOUNDS)
_SPELT = {
    "c": "k", "ch": "S", "sch": "S", "sh": "S", "zh": "S", "ph": "f", "th": "t", "ck": "k", "q": "k", "x": "ks", "w": "v", "g": "j",
}  # fmt: skip
_SOFT = pattern("c(?=[eiy])|ch|sch|sh|zh|ph|th|ck|c|q|x|w|g(?=[eiy])")
_SILENT = dict.fromkeys(map(ord, "aeiouyhj"))
_CONSONANTS = pattern("[^aeiouy]")
_SOFTENING = frozenset("eiy")
_VOWELS = frozenset("aeiouy")
_DIPHTHONG = {"ей": "а", "эй": "а", "ай": "и", "ау": "о"}
_DIPHTHONGS = pattern("|".join(_DIPHTHONG))
_TWICE = pattern(r"(.)\1+")
_FINAL_KH = ("ех", "эх", "их")
"""`финтех` ends in a tech."""
_FALSE_FRIENDS = word_set(
    """
    статья персонал персона конкурент генерал магазин фабрика журнал проспект фамилия интеллигент декада артист актуальный
    логистика абонент ангина баллон батон бланк бригада велюр госпиталь гимназия кабинет камера конкурс консерватория
    кондуктор лист мануфактура новелла партия паста репетиция рецепт санитар стаж стать фантазия характер шеф экспертиза
    """
)
"""Russian words that sound like an English one and mean another thing."""
_MIN_SOUNDS = 3
_MIN_LETTERS = 5


def loans(russian: Iterable[str], right: Collection[str]) -> dict[str, str]:
    """Russian word as it stands in a text → the English word of RIGHT that it spells.

    The consonants must agree, and the vowels too; but for one, where Russian does not have the word.
    Words that the shipped tables translate are left to them.
    """
    by_sound: dict[str, list[str]] = defaultdict(list)
    for word in sorted(right):
        if word.isascii() and word.isalpha() and len(word) >= _MIN_LETTERS:
            sounds = _sounds(word)
            if len(sounds) >= _MIN_SOUNDS:
                by_sound[sounds].append(word)
    found: dict[str, str] = {}
    if not by_sound:
        return found
    listed = _listed()
    for word in sorted(russian):
        stem = morphology.stem(word)
        if stem.endswith(_FINAL_KH):
            stem = f"{stem[:-1]}ч"
        latin = _DIPHTHONGS.sub(lambda match: _DIPHTHONG[match.group()], stem).translate(_TABLE)
        near = [
            (_vowels_apart(latin, other), other)
            for other in by_sound.get(_sounds(latin), ())
            if latin[:1] == other[:1] or (latin[:1] in _VOWELS and other[:1] in _VOWELS) or (latin + other)[:1] in "kf"
        ]
        if not near or stem in listed or morphology.lemma(word) in _FALSE_FRIENDS:
            continue
        apart, other = min(near)
        if (apart == 0 or (apart == 1 and not morphology.is_known(word))) and morphology.is_noun(word):
            found[word] = other
    return found


def is_international(russian: str, english: str) -> bool:
    """Whether RUSSIAN and ENGLISH are one word of Latin or Greek with the ending of each language: `токенизация`, tokenization."""
    for ending, endings in _ENDINGS.items():
        if russian.endswith(ending):
            own = russian.removesuffix(ending).translate(_TABLE)
            sounds = _sounds(own)
            stems = (english.removesuffix(other).removeprefix("h") for other in endings if english.endswith(other))
            return len(sounds) >= _MIN_STEM and any(
                sounds in {_sounds(stem), _sounds(stem.replace("eu", "ev"))}
                and (own[0] in _VOWELS) == (stem[:1] in _VOWELS)
                for stem in stems
            )
    return False


_ENDINGS = {
    "ция": ("tion",), "сия": ("sion", "ssion"), "логия": ("logy",), "графия": ("graphy",), "истика": ("istics", "istic"), "ика": ("ics", "ic"),
    "изм": ("ism",), "ист": ("ist",), "ость": ("ity", "ness"), "ёр": ("er",), "тор": ("tor",), "ура": ("ure",), "ент": ("ent",), "ант": ("ant",),
    "ия": ("y", "ia"),
}  # fmt: skip
_MIN_STEM = 2


@cache
def _listed() -> frozenset[str]:
    """The stems of the Russian words of the shipped tables."""
    return frozenset(map(morphology.stem, russian_words()))


def _sounds(word: str) -> str:
    """The consonants of WORD, by sound."""
    word = _SOFT.sub(_sound, word)
    return (_TWICE.sub(r"\1", word) if any(map(eq, word, word[1:])) else word).translate(_SILENT)


def _sound(match: re.Match[str]) -> str:
    spelt = match.group()
    return "s" if spelt == "c" and match.string[match.end() : match.end() + 1] in _SOFTENING else _SPELT[spelt]


def _vowels_apart(latin: str, other: str) -> int:
    """How many vowels differ between two words of the same consonants; a silent e at the end does not count."""
    one, two = (_CONSONANTS.sub("", word.removesuffix("e")).replace("y", "i") for word in (latin, other))
    same = 0
    rest = two
    for vowel in one:
        at = rest.find(vowel)
        if at >= 0:
            same += 1
            rest = rest[at + 1 :]
    return max(len(one), len(two)) - same
