"""Whether a line is something to type: a command, a setting, a line of configuration."""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable

from orgkb.org.programs import COMMON_PROGRAMS, PROGRAMS
from orgkb.patterns import pattern

SHELLS = frozenset({"", "sh", "bash", "shell", "zsh", "fish", "console", "shell-script", "eshell", "terminal"})
"""Languages of code blocks whose lines begin with programs."""


class Evidence(enum.IntEnum):
    """How sure it is that a line is to be typed."""

    NONE = 0
    WEAK = 1
    """A known program with plain words after it: `docker run nginx`, or prose about docker."""
    STRONG = 2
    """Options, pipes, paths, assignments: nobody writes prose so."""


_PROMPT = pattern(r"(?:[$%#]|>>>|[\w.-]++@[\w.-]++[:~\w/]*+[$#])[ \t]+\S")
_PROGRAM = pattern(r"(?:sudo[ \t]+(?:-u[ \t]+\S+[ \t]+)?)?([A-Za-z][\w.+-]*)(?=[ \t]|\Z)")
_OPTION = pattern(r"(?:\A|\s)-{1,2}[A-Za-z?][\w-]*(?=[\s=\]:,]|\Z)")
_SIGNS = pattern(r"\s\|\s|&&|\$\(|\[\"|\s>>?&?\s*\S|\$\{|\|\||\s2>")
_ARGUMENT = pattern(
    r"(?:\A|\s)(?:~|\.{0,2})/[\w.{$*-]|\w=\S|<[\w-]+>|(?:\A|\s)\[[A-Z_]+\]|\s\.(?:\s|\Z)|\S:\d|\w\.\w|\$\w|\A\"\S|_\w|\w/\w"
)
_ASSIGNMENT = pattern(
    r"(?:export[ \t]+)?[A-Z][A-Z0-9_]*=(?![A-Z]+\Z)[\x21-\x7e][^=()\s]*\Z"
    r"|export[ \t]+\w+=\S+\Z"
    r"|[a-z]\w{3,}=(?:\"[^\"]*\"|'[^']*'|[\w./:-]+)\Z"
)
_SETTING = pattern(
    r"[ \t]*(?:-[ \t]+)?[\"']?[\w./*-]+[\"']?:(?:[ \t]+\S+(?:[ \t]\S+){0,2})?,?[ \t]*\Z"
    r"|[ \t]*[{}\[\]()]+[,;]?[ \t]*\Z|[ \t]*\"[^\"]+\":.*\Z"
)
_WORDS = frozenset(
    [
        "a",
        "about",
        "after",
        "all",
        "also",
        "an",
        "and",
        "any",
        "are",
        "as",
        "at",
        "be",
        "because",
        "been",
        "before",
        "but",
        "by",
        "can",
        "could",
        "does",
        "for",
        "from",
        "had",
        "has",
        "have",
        "how",
        "if",
        "in",
        "into",
        "is",
        "it",
        "its",
        "like",
        "may",
        "more",
        "most",
        "must",
        "not",
        "of",
        "on",
        "one",
        "or",
        "our",
        "out",
        "over",
        "own",
        "same",
        "should",
        "so",
        "some",
        "such",
        "than",
        "that",
        "the",
        "their",
        "them",
        "then",
        "there",
        "these",
        "they",
        "this",
        "to",
        "under",
        "used",
        "uses",
        "using",
        "very",
        "was",
        "we",
        "what",
        "when",
        "where",
        "which",
        "while",
        "who",
        "will",
        "with",
        "without",
        "would",
        "you",
        "your",
        "а",
        "без",
        "более",
        "был",
        "была",
        "было",
        "были",
        "быть",
        "в",
        "во",
        "вот",
        "все",
        "для",
        "до",
        "если",
        "есть",
        "еще",
        "же",
        "за",
        "и",
        "из",
        "или",
        "их",
        "к",
        "как",
        "когда",
        "который",
        "которая",
        "которые",
        "ли",
        "на",
        "не",
        "нет",
        "но",
        "о",
        "об",
        "он",
        "она",
        "они",
        "от",
        "по",
        "под",
        "при",
        "с",
        "со",
        "так",
        "также",
        "там",
        "то",
        "только",
        "у",
        "уже",
        "чем",
        "что",
        "чтобы",
        "это",
        "этот",
    ]
)
"""Words of sentences, which commands hold at most once."""


def programs_of(blocks: Iterable[tuple[str, str]]) -> frozenset[str]:
    """The known programs and those that begin a line with options in the (language, text) shell BLOCKS."""
    found = set(PROGRAMS)
    for language, text in blocks:
        if language.lower() not in SHELLS:
            continue
        for line in text.split("\n"):
            stripped = line.strip().removeprefix("$ ")
            match = _PROGRAM.match(stripped)
            if not match or not (_OPTION.search(stripped) or _SIGNS.search(stripped)):
                continue
            name = match[1]
            if name.islower() and len(name) > 1 and name not in _WORDS and name not in COMMON_PROGRAMS:
                found.add(name)
    return frozenset(found)


def may_be_typed(line: str, programs: frozenset[str]) -> bool:
    """Whether there may be evidence for LINE, or for a beginning of it, being a command; for most lines of prose not."""
    if "=" in line or "--" in line or "@" in line or line[:1] in _PROMPTS:
        return True
    match = _PROGRAM.match(line)
    if match is None:
        return False
    name = match[1]
    return name in programs or name in COMMON_PROGRAMS or name in _DOCKERFILE or line.startswith("sudo")


_PROMPTS = frozenset("$%#>")


def evidence(line: str, programs: frozenset[str]) -> Evidence:
    """How much speaks for LINE, given without its explanation, being a command."""
    text = line.strip()
    if not text or len(text) > 2_000 or not may_be_typed(text, programs):
        return Evidence.NONE
    if _PROMPT.match(text):
        typed = text[1:].strip()
        return Evidence.STRONG if program_of(typed) in programs and evidence(typed, programs) else Evidence.NONE
    if _ASSIGNMENT.match(text):
        return Evidence.STRONG
    match = _PROGRAM.match(text)
    if match is None:
        return Evidence.NONE
    name, rest = match[1], text[match.end() :]
    split = rest.split()
    if (
        not split
        or split[0].strip(_MARKS).lower() in _WORDS
        or _OPERATOR.match(rest)
        or (rest.lstrip()[:1] in "-–—=:" and not _OPTION.match(rest.lstrip()))
    ):
        return Evidence.NONE
    words = [word.strip(_MARKS).lower() for word in split]
    if name in _WORDS or (_URL.match(words[0]) and name not in _FETCHERS):
        return Evidence.NONE
    prose = sum(word in _WORDS for word in words)
    if name in programs and (prose == 0 or (prose == 1 and _QUOTED.search(rest))):
        signs = _OPTION.search(rest) or _SIGNS.search(rest) or _ARGUMENT.search(rest.strip())
        if signs:
            return Evidence.STRONG
        plain = all(re.fullmatch(r"[\w./:@*{},+-]+", word) for word in split) and not text.endswith((".", "!", "?"))
        return Evidence.WEAK if plain and prose == 0 and len(words) <= 5 and text.isascii() else Evidence.NONE
    if prose == 0 and name.islower() and len(words) <= 12 and _LONG_OPTION.search(rest):
        return Evidence.STRONG
    if name in COMMON_PROGRAMS and prose == 0 and (_OPTION.search(rest) or _PATH.search(rest)):
        return Evidence.STRONG
    if prose == 0 and name in _DOCKERFILE and (_SIGNS.search(rest) or _ARGUMENT.search(rest.strip())):
        return Evidence.STRONG
    return Evidence.NONE


_MARKS = ",.:;()"
_OPERATOR = pattern(r"[ \t]*[-+*/|&]?=(?:[ \t]|\Z)")
_PATH = pattern(r"(?:\A|\s)(?:~|\.{0,2})/\w")
_LONG_OPTION = pattern(r"(?:\A|\s)--[a-z][\w-]+")
_URL = pattern(r"[a-z]+://")
_FETCHERS = frozenset(["aria2c", "curl", "firefox", "wget", "youtube-dl", "yt-dlp"])
"""Programs whose command may be an address alone; `git https://…` is a line of links."""
_QUOTED = pattern(r"[\"'].*[\"']")
_DOCKERFILE = frozenset(
    ["ADD", "ARG", "CMD", "COPY", "ENTRYPOINT", "ENV", "EXPOSE", "FROM", "LABEL", "RUN", "USER", "VOLUME", "WORKDIR"]
)


def program_of(text: str) -> str:
    """The program that the command TEXT starts, or an empty string."""
    match = _PROGRAM.match(text.strip())
    return match[1] if match else ""


def is_setting(line: str) -> bool:
    """Whether LINE looks like one of YAML or JSON: a key with at most three words, or brackets."""
    return _SETTING.match(line) is not None
