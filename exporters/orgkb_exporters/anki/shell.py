"""Telling commands from prose, and a command from its explanation on one line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from orgkb.patterns import pattern
from orgkb_exporters.anki.prose import read_words

PROGRAMS = read_words("programs")
"""Programs whose name alone, followed by an argument, makes a command."""
_PROSE = read_words("prose")
_PREFIX = pattern(r"(?:[$%#>]\s+|sudo\s+(?:-\w+\s+)*|(?:[A-Z_][A-Z0-9_]*=\S*\s+)+)")
_NAME = pattern(r"(?:\./)?[a-z][a-z0-9_.+-]*(?=\s|\Z)")
_OPTION = pattern(r"\s-{1,2}[A-Za-z][\w-]*(?=[\s=]|\Z)")
_SYNTAX = pattern(r"\s\|\s|\s>{1,2}\s|&&|\$\(|\$\{?\w|<[\w-]+>|\s\[[A-Z]|=\S")
# Programs called like words of every day: only a sign of the shell makes them commands.
_WORDS = frozenset(
    [
        "cut",
        "date",
        "echo",
        "eval",
        "exec",
        "export",
        "find",
        "free",
        "head",
        "host",
        "install",
        "join",
        "kill",
        "last",
        "less",
        "link",
        "make",
        "more",
        "nice",
        "node",
        "open",
        "paste",
        "patch",
        "perl",
        "read",
        "screen",
        "seq",
        "service",
        "source",
        "split",
        "sort",
        "stat",
        "strings",
        "tail",
        "tee",
        "test",
        "time",
        "top",
        "touch",
        "tree",
        "uniq",
        "watch",
        "which",
        "who",
    ]
)
_SIGN = pattern(r"\s-{1,2}\w|[|<>=$&;~/\\*\[\]'\"]|\w\.\w|\d")
_QUOTED = pattern(r""""[^"]*"|'[^']*'""")
# A dash between blanks, or a comment sign.
_SEPARATOR = pattern(r"(?<!\s)\s+(?:[-–—]{1,2}|#+)\s+")
_COMMENT = pattern(r"(?<!\s)\s+#+\s*")
_KEYWORDS = frozenset(
    [
        "case",
        "do",
        "done",
        "elif",
        "else",
        "esac",
        "fi",
        "for",
        "function",
        "if",
        "in",
        "select",
        "then",
        "until",
        "while",
        "{",
        "}",
    ]
)
_SHELLS = frozenset(["", "bash", "console", "fish", "sh", "shell", "shell-script", "terminal", "zsh"])
MAX_COMMAND = 160
"""Longest command, in characters, that one can be asked for."""


def is_shell(language: str) -> bool:
    """Whether a source block of LANGUAGE holds commands."""
    return language.lower() in _SHELLS


def program(line: str) -> str | None:
    """The program that LINE seems to start; None where it starts with something else."""
    prefix = _PREFIX.match(line)
    found = _NAME.match(line, prefix.end() if prefix else 0)
    return found.group().removeprefix("./") if found else None


def is_command(line: str, learnt: Iterable[str] = ()) -> bool:
    """Whether LINE is a command line rather than prose: a program known or LEARNT, or options and shell signs."""
    name = program(line)
    if name is None or len(line) > MAX_COMMAND or line.endswith((":", ",")) or not _balanced(line):
        return False
    bare = _QUOTED.sub("", line)
    tokens = bare.split()
    if name in _WORDS and not _SIGN.search(line[len(name) :]):
        return False
    known = name in PROGRAMS or name in learnt
    prose = sum(token.casefold() in _PROSE for token in tokens[1:])
    # An option may be called like an article, a sentence has more of them.
    if prose > (1 if known and _OPTION.search(bare) else 0):
        return False
    if known and len(tokens) >= 2:
        # "make sure everybody agrees": a program's name that is a common verb asks for a sign of the shell.
        return bool(_OPTION.search(line) or _SYNTAX.search(line)) or len(tokens) <= 6
    return len(tokens) >= 2 and bool(_OPTION.search(line))


def called(lines: Iterable[str]) -> Iterator[str]:
    """Programs that LINES call with an option or after a prompt sign, each as often as they do."""
    for line in lines:
        name = program(line)
        if name and name not in _KEYWORDS and (line.startswith("$ ") or _OPTION.search(line)):
            yield name


def learnt(programs: Iterable[str]) -> frozenset[str]:
    """Those of PROGRAMS that the notes themselves call at least twice."""
    return frozenset(name for name, count in Counter(programs).items() if count >= 2)


def split_line(line: str, learnt: Iterable[str] = (), *, comments_only: bool = False) -> tuple[str, str] | None:
    """LINE as (command, explanation); None where it is not a command with one."""
    for match in (_COMMENT if comments_only else _SEPARATOR).finditer(line):
        if match.start() > 2 * MAX_COMMAND:
            break
        command, gloss = line[: match.start()].strip(), line[match.end() :].strip()
        if is_command(command, learnt):
            return strip_prompt(command), gloss
    return None


def strip_prompt(command: str) -> str:
    """COMMAND without the shell's prompt sign, or that of an account: `root #`."""
    return re.sub(r"\A(?:[$%>]\s+|#\s*|(?:root|user|\w+@\S+)\s?[#$]\s?)", "", command)


def is_whole(command: str) -> bool:
    """Whether nothing is missing at the ends of COMMAND: no `or` before it, no `grep` for nothing, no thing of one day only."""
    if re.match(r"(?:or|and|then|или)\s", command) or re.search(r"(?:\||--[\w-]+|\s-|\||=|\.{3})\s*\Z", command):
        return not re.search(r"(?:\||\s-|=|\.{3})\s*\Z|\A(?:or|and|then|или)\s", command)
    if re.search(r"\|\s*(?:grep|xargs|awk|sed|cut|tr)\s*\Z", command):
        return False
    # Ids of containers, commits and the like are not to be learnt.
    return not re.search(r"\b(?=[a-f]*\d)(?=\d*[a-f])[0-9a-f]{10,}\b", command)


def commented(code: str) -> list[tuple[str, str]]:
    """(command, explanation) pairs of shell CODE: a comment on the line, or alone above a single command."""
    found: list[tuple[str, str]] = []
    lines = [line.strip() for line in code.split("\n")]
    for i, line in enumerate(lines):
        if not line or line.startswith("#") or line.endswith("\\") or line.split()[0] in _KEYWORDS:
            continue
        if i and lines[i - 1].endswith("\\"):
            continue
        pair = split_line(line, comments_only=True)
        if pair is not None:
            found.append(pair)
            continue
        above = lines[i - 1] if i else ""
        alone = i + 1 == len(lines) or not lines[i + 1] or lines[i + 1].startswith("#")
        first = i < 2 or not lines[i - 2].startswith("#")
        if above.startswith("#") and not above.startswith("#!") and alone and first and is_command(line):
            found.append((strip_prompt(line), above.lstrip("# ").strip()))
    return found


def _balanced(line: str) -> bool:
    bare = _QUOTED.sub("", line)
    return (
        all(bare.count(a) == bare.count(b) for a, b in ("()", "[]", "{}"))
        and bare.count("'") % 2 == 0 == bare.count('"') % 2
    )
