"""The fixed words on cards, in the language of the note."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import msgspec

from orgkb.patterns import pattern, reaches


class Phrases(msgspec.Struct, frozen=True):
    """What is said around the words of the notes; `{}` takes a term or a number."""

    what: str
    what_many: str
    """The same for a plural."""
    means: str
    """The same for a word of another language or an abbreviation."""
    which_term: str
    which_command: str
    does: str
    related: str
    open: str
    sense: str
    position: str
    """Of an item in its list."""
    code: str
    """Takes the name of a language."""


PHRASES: Mapping[str, Phrases] = MappingProxyType(
    {
        "en": Phrases(
            what="What is {}?",
            what_many="What are {}?",
            means="What does {} mean?",
            which_term="Which term is this?",
            which_command="Which command?",
            does="What does this command do?",
            related="Related",
            open="open in Emacs",
            sense="meaning {}",
            position="{} of {}",
            code="Which {} code?",
        ),
        "ru": Phrases(
            what="Что такое {}?",
            what_many="Что такое {}?",
            means="Что значит {}?",
            which_term="Какой это термин?",
            which_command="Какой командой?",
            does="Что делает эта команда?",
            related="Связано",
            open="открыть в Emacs",
            sense="значение {}",
            position="{} из {}",
            code="Каким кодом на {}?",
        ),
        "de": Phrases(
            what="Was ist {}?",
            what_many="Was sind {}?",
            means="Was bedeutet {}?",
            which_term="Welcher Begriff ist das?",
            which_command="Mit welchem Befehl?",
            does="Was tut dieser Befehl?",
            related="Verwandt",
            open="in Emacs öffnen",
            sense="Bedeutung {}",
            position="{} von {}",
            code="Mit welchem {}-Code?",
        ),
        "fr": Phrases(
            what="Qu’est-ce que {} ?",
            what_many="Que sont {} ?",
            means="Que veut dire {} ?",
            which_term="Quel est ce terme ?",
            which_command="Avec quelle commande ?",
            does="Que fait cette commande ?",
            related="Lié",
            open="ouvrir dans Emacs",
            sense="sens {}",
            position="{} sur {}",
            code="Quel code {} ?",
        ),
        "es": Phrases(
            what="¿Qué es {}?",
            what_many="¿Qué son {}?",
            means="¿Qué significa {}?",
            which_term="¿Qué término es?",
            which_command="¿Con qué orden?",
            does="¿Qué hace esta orden?",
            related="Relacionado",
            open="abrir en Emacs",
            sense="significado {}",
            position="{} de {}",
            code="¿Qué código de {}?",
        ),
        "it": Phrases(
            what="Che cos’è {}?",
            what_many="Che cosa sono {}?",
            means="Che cosa significa {}?",
            which_term="Quale termine è?",
            which_command="Con quale comando?",
            does="Che cosa fa questo comando?",
            related="Collegato",
            open="apri in Emacs",
            sense="significato {}",
            position="{} di {}",
            code="Quale codice {}?",
        ),
        "pt": Phrases(
            what="O que é {}?",
            what_many="O que são {}?",
            means="O que significa {}?",
            which_term="Que termo é este?",
            which_command="Com que comando?",
            does="O que faz este comando?",
            related="Relacionado",
            open="abrir no Emacs",
            sense="significado {}",
            position="{} de {}",
            code="Que código {}?",
        ),
        "zh": Phrases(
            what="什么是{}？",
            what_many="什么是{}？",
            means="{}是什么意思？",
            which_term="这是哪个术语？",
            which_command="用哪个命令？",
            does="这个命令做什么？",
            related="相关",
            open="在 Emacs 中打开",
            sense="含义 {}",
            position="第 {} 项，共 {} 项",
            code="用哪段 {} 代码？",
        ),
        "ja": Phrases(
            what="{}とは？",
            what_many="{}とは？",
            means="{}の意味は？",
            which_term="この用語は？",
            which_command="どのコマンド？",
            does="このコマンドは何をする？",
            related="関連",
            open="Emacs で開く",
            sense="意味 {}",
            position="{} / {}",
            code="どの {} コード？",
        ),
    }
)

_LETTER = pattern(r"[^\W\d_]")
_CYRILLIC = pattern(r"[\u0400-\u04ff]")
_KANA = pattern(r"[\u3041-\u30ff]")
_HAN = pattern(r"[\u3400-\u9fff]")


def language_of(text: str, file: str) -> str:
    """The language to speak around TEXT: told by its script, else that of its FILE, else English.

    A quarter of Cyrillic letters make a text Russian: technical notes are full of Latin names.
    """
    letters = len(_LETTER.findall(text))
    if letters:
        if len(_CYRILLIC.findall(text)) * 4 >= letters:
            return "ru"
        eastern = reaches(text, "\u3041")
        if eastern and _KANA.search(text):
            return "ja"
        if eastern and len(_HAN.findall(text)) * 4 >= letters:
            return "zh"
    wanted = file.strip().lower()[:2]
    # A file said to be Russian may hold English definitions, which the script tells.
    return wanted if wanted in PHRASES and wanted not in {"ru", "zh", "ja"} else "en"
