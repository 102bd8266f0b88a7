"""What of a text is prose: commands, configuration and program output are not."""

from __future__ import annotations

from collections.abc import Iterable

from orgkb.concepts.lexicon import COMMANDS, COMMON_COMMANDS, FUNCTION_WORDS
from orgkb.concepts.text import DASH, MASK, Flat
from orgkb.patterns import pattern

_SHELLS = frozenset({"", "sh", "bash", "shell", "zsh", "fish", "console", "shell-script", "eshell"})
_LINE = pattern(r"[^\n]+")
_PROMPT = pattern(r"\s*(?:[$%]|>>>|[\w.-]++@[\w.-]++[:~\w/]*+[$#])\s+\S")
_PROMPTS = frozenset("$%>")
_WORD = pattern(r"\s*([A-Za-z][\w.+-]*)(?=\s|$)")
# Where a command ends and its explanation begins.
_EXPLAINED = pattern(rf"\s(?:{DASH}|#+)\s|\s#(?=[^\W\d_])")
_DASH = pattern("[-–—#]")
_OPTION = pattern(r"\s-{1,2}[A-Za-z?][\w-]*(?=[\s=\]]|$)")
_SHELL_SIGNS = pattern(r"\s\|\s|&&|\$\(|\[\"|\s>>?\s+\S*/|\$\{|\|\|")
_SIGN = pattern(r"[|&$\[>]")
"""One stands in whatever `_SHELL_SIGNS` finds."""
_ARGUMENT_SIGNS = pattern(r"(?:^|\s)(?:~|\.{0,2})/[\w.{$*-]|\w=\S|<[\w-]+>|\[[A-Z_]+\]|\s\.(?:\s|$)|\w:\w|\$\w|\"\S")
_YAML = pattern(r"\s*(?:- )?[\"']?[\w./*-]+[\"']?:(?:\s+\S+(?:\s\S+){0,2})?\s*$|\s*[{}\[\]]+,?\s*$|\s*\"[^\"]+\":.*")
_MAX_COLUMNS = 400
_COLUMNS = pattern(r"\s*\S+(?:\s\S+)?(?:(?:\s{2,}|\t)\S+(?:\s\S+)?){2,}\s*$")


def command_words(code: Iterable[tuple[str, str]]) -> frozenset[str]:
    """The known command words and those that begin a line of the (language, text) blocks CODE of a shell."""
    found = set(COMMANDS)
    for language, text in code:
        if language.lower() not in _SHELLS:
            continue
        for line in text.split("\n"):
            word = _WORD.match(line.strip().removeprefix("$ ").removeprefix("sudo "))
            # A lone word or a sentence is output, not a command.
            if not word or not (_OPTION.search(line) or _SHELL_SIGNS.search(line)):
                continue
            name = word[1]
            if name.islower() and name not in FUNCTION_WORDS and name not in COMMON_COMMANDS and len(name) > 1:
                found.add(name)
    return frozenset(found)


def is_command(line: str, commands: frozenset[str]) -> bool:
    """Whether LINE, without its explanation, is something to type."""
    text = line.strip()
    if (text[:1] in _PROMPTS or "@" in text) and _PROMPT.match(line):
        return True
    text = text.removeprefix("sudo ")
    word = _WORD.match(text)
    if not word:
        return False
    name = word[1]
    if not (name.islower() or name.isupper()):
        return False
    arguments = text[word.end() :]
    words: list[str] = []
    if name in commands:
        words = arguments.split()
        typed = bool(words) and words[0].lower() not in FUNCTION_WORDS and not words[0][0].isupper()
    elif (_SIGN.search(arguments) and _SHELL_SIGNS.search(arguments)) or (
        "-" in arguments and name.islower() and _OPTION.search(arguments)
    ):
        typed = True
    else:
        typed = (name in COMMON_COMMANDS or name.isupper()) and bool(_ARGUMENT_SIGNS.search(arguments))
    return typed and sum(w.strip(",.:;").lower() in FUNCTION_WORDS for w in words or arguments.split()) <= 1


def not_prose(text: str, commands: frozenset[str]) -> list[tuple[int, int]]:
    """(start, end) of the stretches of TEXT that are commands, configuration or output."""
    lines = [(m.start(), m.group()) for m in _LINE.finditer(text)] if "\n" in text else [(0, text)] if text else []
    settings = sum(1 for _, line in lines if _YAML.match(line)) if ":" in text and len(lines) > 1 else 0
    if settings > 1 and settings * 5 >= len(lines) * 3:
        return [(0, len(text))]
    found: list[tuple[int, int]] = []
    for start, line in lines:
        found_at = len(found)
        at = 0
        # `- term - command # what it does`: any stretch between dashes may be to type.
        for separator in [*(_EXPLAINED.finditer(line) if _DASH.search(line) else ()), None]:
            end = separator.start() if separator else len(line)
            if is_command(line[at:end], commands):
                found.append((start + at, start + end))
            at = separator.end() if separator else end
        if len(found) > found_at:
            continue
        if len(line) < _MAX_COLUMNS and ("  " in line or "\t" in line) and _COLUMNS.match(line):
            found.append((start, start + len(line)))
    return found


def prose_of(flat: Flat, commands: frozenset[str]) -> str:
    """The text of FLAT with `MASK` for every character that is not prose."""
    prose = flat.masked()
    for start, end in not_prose(flat.text, commands):
        prose = prose[:start] + MASK * (end - start) + prose[end:]
    return prose
