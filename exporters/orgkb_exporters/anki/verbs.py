"""Whether a text begins with what is done, and to what: `list all pods`, «удалить»."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from orgkb.concepts.lexicon import morphology
from orgkb.concepts.lexicon.english import FUNCTION_WORDS, PREPOSITIONS, VERB_BASES
from orgkb_exporters.anki import prose
from orgkb_exporters.anki.russian import CYRILLIC, LATIN

ORDERS: Final = frozenset(
    [
        "append",
        "backup",
        "boot",
        "browse",
        "cancel",
        "check",
        "clean",
        "clear",
        "clone",
        "commit",
        "connect",
        "count",
        "decrypt",
        "detach",
        "dump",
        "empty",
        "encrypt",
        "enter",
        "execute",
        "exit",
        "export",
        "extract",
        "fetch",
        "flush",
        "force",
        "format",
        "free",
        "freeze",
        "get",
        "go",
        "grep",
        "import",
        "initialize",
        "inspect",
        "install",
        "kill",
        "launch",
        "list",
        "lock",
        "log",
        "login",
        "look",
        "make",
        "mark",
        "mount",
        "move",
        "open",
        "overwrite",
        "pause",
        "ping",
        "plot",
        "point",
        "print",
        "prune",
        "pull",
        "push",
        "query",
        "quit",
        "rebuild",
        "record",
        "reload",
        "remove",
        "rename",
        "repair",
        "replace",
        "reset",
        "restart",
        "restore",
        "resume",
        "retrieve",
        "revert",
        "roll",
        "run",
        "save",
        "scale",
        "search",
        "see",
        "serve",
        "set",
        "shorten",
        "show",
        "shutdown",
        "sign",
        "sort",
        "split",
        "start",
        "stop",
        "switch",
        "sync",
        "tag",
        "tail",
        "test",
        "trace",
        "turn",
        "undo",
        "uninstall",
        "unmount",
        "unset",
        "unzip",
        "update",
        "upgrade",
        "upload",
        "view",
        "wait",
        "watch",
        "wipe",
        "zip",
        "rerun",
        "disable",
        "enable",
        "attach",
        "scan",
        "change",
        "display",
        "find",
        "listen",
        "monitor",
        "allow",
        "block",
        "reject",
        "accept",
        "filter",
        "drop",
        "add",
        "reduce",
        "generate",
    ]
)
_NO_ADVERB: Final = frozenset(
    [
        "family",
        "assembly",
        "anomaly",
        "reply",
        "supply",
        "monopoly",
        "apply",
        "multiply",
        "only",
        "fly",
        "butterfly",
        "gravely",
        "kelly",
        "grizzly",
        "poly",
    ]
)


def is_adverb(word: str) -> bool:
    """Whether WORD is an English adverb, like `statically`."""
    low = word.casefold()
    return len(low) > 5 and low.endswith("ly") and low not in _NO_ADVERB


def begins_with_verb(text: str) -> bool:
    """Whether TEXT begins with what is done: "list all pods", "to stop", "creates a pod", «удалить», «создание»."""
    found = prose.words(
        re.sub(r"\A(?:to|how\sto|will|force|only|just|also|как|только)\s", "", text, flags=re.IGNORECASE)
    )
    return bool(found) and _is_verb(found[0])


def lacks_object(text: str) -> bool:
    """Whether TEXT, which begins with a verb, does not name what is acted on: "execute and detach", "connect to running"."""
    found = prose.words(text)
    last = found[-1]
    if len(found) > _COMPARED and found[1] in _COMPARATIVES and found[_COMPARED] == "than":
        return True  # "removes older than 24 hours"
    if CYRILLIC.match(found[0]):
        # «удаление» is a noun itself.
        return not any(
            LATIN.fullmatch(w) or any(form.part == "NOUN" for form in morphology.forms(w)) for w in found[1:]
        )
    things = [
        word
        for word in found[1:]
        if word not in PREPOSITIONS | FUNCTION_WORDS and (not _is_verb(word) or word.endswith(("s", "ing")))
    ]
    return not things or (things == [last] and last.endswith("ing") and found[-2] in PREPOSITIONS)


_COMPARED = 2
_COMPARATIVES: Final = frozenset({"older", "newer", "bigger", "larger", "smaller", "more", "less", "longer", "shorter"})


@lru_cache(maxsize=4096)
def _is_verb(word: str) -> bool:
    if CYRILLIC.fullmatch(word):
        form = morphology.forms(word)[0]
        return form.part in {"INFN", "VERB"} or (
            form.part == "NOUN" and word.endswith(("ние", "тие", "ка", "ция")) and form.case == "nomn"
        )
    stems = {
        word,
        word.removesuffix("s"),
        word.removesuffix("es"),
        word.removesuffix("ing"),
        f"{word.removesuffix('ing')}e",
    }
    stems.add(f"{word.removesuffix('ies')}y")
    stems.add(re.sub(r"([bdgmnprt])\1ing\Z", r"\1", word))
    return not stems.isdisjoint(VERB_BASES | ORDERS)
