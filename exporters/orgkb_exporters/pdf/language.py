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
    "de": {
        "contents": "Inhalt",
        "glossary": "Glossar",
        "see": "Siehe auch",
        "pages": "Seiten",
        "page": "Seite",
        "also": "auch",
        "note": "Hinweis",
        "tip": "Tipp",
        "important": "Wichtig",
        "warning": "Warnung",
        "caution": "Vorsicht",
        "example": "Beispiel",
        "info": "Info",
        "figure": "Abbildung",
        "table": "Tabelle",
        "index": "Stichwortverzeichnis",
        "map": "Begriffskarte",
        "cues": "Fragen",
        "summary": "Zusammenfassung",
        "what": "Was ist {}?",
        "commands": "Befehle",
        "links": "Verweise",
    },
    "fr": {
        "contents": "Table des matières",
        "glossary": "Glossaire",
        "see": "Voir aussi",
        "pages": "Pages",
        "page": "Page",
        "also": "aussi",
        "note": "Remarque",
        "tip": "Astuce",
        "important": "Important",
        "warning": "Avertissement",
        "caution": "Attention",
        "example": "Exemple",
        "info": "Info",
        "figure": "Figure",
        "table": "Tableau",
        "index": "Index",
        "map": "Carte conceptuelle",
        "cues": "Questions",
        "summary": "Résumé",
        "what": "Qu’est-ce que {} ?",
        "commands": "Commandes",
        "links": "Liens",
    },
    "es": {
        "contents": "Índice",
        "glossary": "Glosario",
        "see": "Véase también",
        "pages": "Páginas",
        "page": "Página",
        "also": "también",
        "note": "Nota",
        "tip": "Consejo",
        "important": "Importante",
        "warning": "Advertencia",
        "caution": "Precaución",
        "example": "Ejemplo",
        "info": "Información",
        "figure": "Figura",
        "table": "Tabla",
        "index": "Índice alfabético",
        "map": "Mapa conceptual",
        "cues": "Preguntas",
        "summary": "Resumen",
        "what": "¿Qué es {}?",
        "commands": "Órdenes",
        "links": "Enlaces",
    },
    "it": {
        "contents": "Indice",
        "glossary": "Glossario",
        "see": "Vedi anche",
        "pages": "Pagine",
        "page": "Pagina",
        "also": "anche",
        "note": "Nota",
        "tip": "Suggerimento",
        "important": "Importante",
        "warning": "Avvertenza",
        "caution": "Attenzione",
        "example": "Esempio",
        "info": "Informazione",
        "figure": "Figura",
        "table": "Tabella",
        "index": "Indice analitico",
        "map": "Mappa concettuale",
        "cues": "Domande",
        "summary": "Riepilogo",
        "what": "Che cos’è {}?",
        "commands": "Comandi",
        "links": "Collegamenti",
    },
    "pt": {
        "contents": "Índice",
        "glossary": "Glossário",
        "see": "Ver também",
        "pages": "Páginas",
        "page": "Página",
        "also": "também",
        "note": "Nota",
        "tip": "Dica",
        "important": "Importante",
        "warning": "Aviso",
        "caution": "Cuidado",
        "example": "Exemplo",
        "info": "Informação",
        "figure": "Figura",
        "table": "Tabela",
        "index": "Índice remissivo",
        "map": "Mapa conceitual",
        "cues": "Perguntas",
        "summary": "Resumo",
        "what": "O que é {}?",
        "commands": "Comandos",
        "links": "Ligações",
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
    """The language of a whole: SETTING where it is a code, else told by the letters of SAMPLE."""
    match = _CODE.match((setting or "").strip())
    return match.group().lower() if match else language_of(sample, "en")


def words(language: str) -> dict[str, str]:
    """The template's words in LANGUAGE, in English where we have none."""
    return WORDS.get(language, WORDS["en"])
