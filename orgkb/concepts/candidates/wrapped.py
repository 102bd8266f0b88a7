"""The end of a definition in the lines below its item, where the writer wrapped it without the indent that Org asks for."""

from __future__ import annotations

from orgkb.patterns import pattern

_FULL = 72
"""Columns that the last line and the next word would have, where the line was full."""
_BELOW = pattern(r"[ \t]*\n(?P<more>[ \t]+(?P<word>[a-zа-яё][^\s]*)[^\n]*(?:\n[ \t]+[a-zа-яё(][^\n]*){0,2})")
_SENTENCE = pattern(r"[^.;!?]*(?:[.;!?](?!\s|$)[^.;!?]*)*[.!?]?")
_MARKUP = pattern(r"[*_=~\[\]$\\{}|]|://|(?<!\w)/|/(?!\w)")


def more_below(text: str, end: int) -> str:
    """What goes on in TEXT below a list item that ends at END in the middle of a sentence; empty where nothing does.

    Org takes these lines for a paragraph of their own.
    """
    match = _BELOW.match(text, end)
    if not match:
        return ""
    start = text.rfind("\n", 0, end) + 1
    if end - start + 1 + len(match["word"]) < _FULL or text[end - 1] in ".:;!?":
        return ""
    sentence = _SENTENCE.match(match["more"])
    said = " ".join(sentence.group().split()) if sentence else ""
    return "" if _MARKUP.search(said) else said
