"""What is to be typed or done, or what somebody does, and so names nothing: `Control-b`, `man 5 ebuild`, `Use tabs for indentation`."""

from __future__ import annotations

import re

from orgkb.concepts import folding, names
from orgkb.concepts.lexicon import is_bare_verb, morphology
from orgkb.patterns import pattern

_KEY = pattern(
    r"(?:(?:control|ctrl|shift|alt|meta|cmd|command|super|c|m|s)[-+])+"
    r"(?:[a-z0-9]|f\d\d?|up|down|left|right|enter|return|ret|tab|space|spc|esc|escape|del|delete|home|end|backspace|page\w*)",
    re.IGNORECASE,
)
_KEYS = pattern(
    r"(?:[CMSHs]-(?:[CMSHs]-)*(?:<\w+>|[A-Z]{2,}|[Ff]\d\d?|up|down|left|right|[^\w\s]|\w)(?:/\w+)?(?:\s+|$))+(?:\S+(?:\s|$)){0,3}"
)
"""Keys of Emacs, with what they call: `C-c C-e #`, `M-x list-tags`."""
_KEY_NAMES = frozenset(
    {
        "ctrl",
        "alt",
        "shift",
        "esc",
        "escape",
        "enter",
        "backspace",
        "ret",
        "spc",
        "pgup",
        "pgdn",
        "capslock",
        "down",
        "up",
    }
)
_MANUAL = pattern(r"(?:man|info) (?:\d\w? )?[a-z][\w.+-]*")
_CATEGORY = pattern(r"[a-z]+-[a-z]+/[a-z][\w+.-]*")
_LOOSE_NUMBERS = pattern(r"(?<![\w./])\d+(?![\w./])[^\d]*(?<![\w./])\d+(?![\w./])")
_CALL = pattern(r"[a-z]\w*(?: ?\([^()]*\))? [a-z]")
_FINITE = frozenset({"VERB", "INFN", "GRND"})
_NAMING = frozenset({"NOUN", "ADJF", "PRTF", "NPRO", "NUMR"})


def is_instruction(name: str) -> bool:
    """Whether NAME is to be done or typed, or says something: `Control-b`, `man 5 ebuild`, `берёшь подмножество`."""
    if name.isascii():
        return bool(
            _KEY.fullmatch(name)
            or _KEYS.fullmatch(name)
            or name.lower() in _KEY_NAMES
            or _CALL.fullmatch(name)
            or _MANUAL.fullmatch(name)
            or _CATEGORY.fullmatch(name)
            or _LOOSE_NUMBERS.search(name)
        )
    return any(_is_verb(word) for word in folding.words(name.lower()))


def is_order(name: str) -> bool:
    """Whether NAME, however it is marked, tells what to do with what: `Use tabs for indentation`, `Allow nested`, not `Mean time to failure`."""
    first, *rest = name.lower().split(" ")
    if len(rest) == 1:
        return rest[0].endswith("ed") and is_bare_verb(first) and not names.is_known_phrase(name)
    return (
        len(rest) > 1
        and not _WITH_WHAT.isdisjoint(rest[:-1])
        and is_bare_verb(first)
        and first != "mean"
        and not names.is_known_phrase(name)
    )


_WITH_WHAT = frozenset({"a", "an", "the", "its", "their", "for", "from", "with", "without"})


def _is_verb(word: str) -> bool:
    """Whether the Russian WORD can be nothing but a verb."""
    if word.isascii() or len(word) < _SHORTEST_VERB or not morphology.is_known(word):
        return False
    forms = morphology.forms(word)
    return forms[0].part in _FINITE and not any(form.part in _NAMING for form in forms)


_SHORTEST_VERB = 4
