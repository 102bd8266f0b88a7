"""The last step of writing text: white space in order, and no line that a reader takes for a block."""

from __future__ import annotations

import re

from orgkb.patterns import pattern
from orgkb_exporters.markdown.dialect import Dialect
from orgkb_exporters.markdown.pieces import Place

BLANKS = pattern(r"(?<![ \t])[ \t]*\n[ \t\n]*")
_NUMBERED = pattern(r"([0-9]{1,9})([.)])(?:[ \t]|\Z)")
_BULLET = pattern(r"[-+*](?:[ \t]|\Z)")
_HEADING = pattern(r"#{1,6}(?:[ \t]|\Z)")
_DEFINITION = pattern(r"\[(?:[^\[\]\\]|\\.){1,999}\]:", re.DOTALL)
_ONLY_TAG = pattern(r"<(?:[^<>\"]|\"[^\"]*\")*>\s*\Z")


def finish(text: str, place: Place, dialect: Dialect) -> str:
    """TEXT with its white space in order and no line that begins like a block."""
    if "\n" in text:
        text = BLANKS.sub("\n" if place is Place.BLOCK else " ", text)
    text = text.strip() if place is Place.LINE else text.strip(" \t\n")
    if place is Place.LINE:
        return _without_closing_sequence(text, dialect)
    if place is Place.CELL or not text:
        return text
    if text.startswith("[") and _DEFINITION.match(text):  # a link with `]:` in code would define a reference
        text = f"<span></span>{text}"
    if "\n" not in text:
        return _guard_line(text, dialect)
    lines = [_guard_line(line, dialect) for line in text.split("\n")]
    if _ONLY_TAG.match(lines[0]):  # alone on the first line, a tag would make HTML of the paragraph
        lines[:2] = [f"{lines[0]} {lines[1]}"]
    return "\n".join(lines)


def _without_closing_sequence(text: str, dialect: Dialect) -> str:
    if not text.endswith("#"):
        return text
    head = text.rstrip("#")
    if not dialect.strict_flanking:
        return head + "\\#" * (len(text) - len(head))
    return text if head and head[-1] not in " \t" else f"{head}\\{text[len(head) :]}"


def _guard_line(line: str, dialect: Dialect) -> str:
    """LINE with a backslash where it would begin a heading, list, quotation, rule, fence or table."""
    if dialect.guard is not None and dialect.guard.match(line):
        return dialect.escaped(line[0]) + line[1:]
    match line[0]:
        case ">":
            special = True
        case "#":
            special = _HEADING.match(line) is not None
        case "=":
            special = not line.strip("= \t")
        case "-" | "|" | ":":
            special = _BULLET.match(line) is not None or ("-" in line and not line.strip("-|: \t"))
        case "+":
            special = _BULLET.match(line) is not None
        case "*" | "_" | "~" as char:
            if line.startswith("~~~") or _BULLET.match(line) or (char != "~" and not line.strip(f"{char} \t")):
                rest = line.lstrip(char)  # the whole run: a part of it could pair with another
                return dialect.escaped(char) * (len(line) - len(rest)) + rest
            special = False
        case _ if line[0] in "0123456789":
            match = _NUMBERED.match(line)
            return f"{match.group(1)}\\{line[match.start(2) :]}" if match else line
        case _:
            special = False
    return dialect.escaped(line[0]) + line[1:] if special else line
