"""The language of a text, told by its letters: for hyphenation and the words of the template."""

from __future__ import annotations

from orgkb.patterns import pattern

_CYRILLIC = pattern(r"[\u0400-\u052f]")
_LATIN = pattern(r"[A-Za-z\u00c0-\u024f]")
_CODE = pattern(r"[A-Za-z]{2,3}")
_ENOUGH = 20
"""Letters below which a text tells nothing."""

WORDS = {
    "en": {
        "contents": "Contents",
        "glossary": "Glossary",
        "see": "See also",
        "pages": "Pages",
        "page": "Page",
        "also": "also",
        "note": "Note",
        "tip": "Tip",
        "important": "Important",
        "warning": "Warning",
        "caution": "Caution",
        "example": "Example",
        "info": "Info",
        "figure": "Figure",
        "table": "Table",
        "index": "Index",
        "map": "Concept map",
        "cues": "Questions",
        "summary": "Summary",
        "what": "What is {}?",
        "commands": "Commands",
        "links": "Links",
    },
    "ru": {
        "contents": "Содержание",
        "glossary": "Глоссарий",
        "see": "См. также",
        "pages": "Стр.",
        "page": "Стр.",
        "also": "также",
        "note": "Примечание",
        "tip": "Совет",
        "important": "Важно",
        "warning": "Внимание",
        "caution": "Осторожно",
        "example": "Пример",
        "info": "Информация",
        "figure": "Рисунок",
        "table": "Таблица",
        "index": "Указатель",
        "map": "Карта понятий",
        "cues": "Вопросы",
        "summary": "Итог",
        "what": "Что такое {}?",
        "commands": "Команды",
        "links": "Ссылки",
    },
}
"""The template's own words."""


def language_of(text: str, default: str) -> str:
    """`ru` where Cyrillic letters prevail in TEXT, `en` where Latin ones do, DEFAULT where there are too few.

    Scripts, not languages, are told apart: a DEFAULT written in the prevailing script stays.
    """
    cyrillic, latin = len(_CYRILLIC.findall(text)), len(_LATIN.findall(text))
    if cyrillic + latin < _ENOUGH or cyrillic == latin:
        return default
    if cyrillic > latin:
        return default if default in {"ru", "uk", "be", "bg", "sr", "mk", "kk"} else "ru"
    return default if default not in {"ru", "uk", "be", "bg", "mk", "kk"} else "en"


def main_language(setting: str | None, sample: str) -> str:
    """The language of a whole: that of `#+LANGUAGE` where it is a code, else told by the letters of SAMPLE."""
    match = _CODE.match((setting or "").strip())
    return match.group().lower() if match else language_of(sample, "en")


def words(language: str) -> dict[str, str]:
    """The template's words in LANGUAGE, in English where we have none."""
    return WORDS.get(language, WORDS["en"])
