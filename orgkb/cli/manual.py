"""The manual page `orgkb(1)` and the scripts for completion, made of the commands' own help.

    python -m orgkb.cli.manual share

writes them below the folder `share`, from where wheels install them.
"""

from __future__ import annotations

import inspect
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import click
from click.shell_completion import get_completion_class

from orgkb.cli import commands

_COMPLETIONS = {
    "bash": "bash-completion/completions/orgkb",
    "zsh": "zsh/site-functions/_orgkb",
    "fish": "fish/vendor_completions.d/orgkb.fish",
}
_PREFORMATTED = "\b"
"""With this line a paragraph of a help text begins that is not to be filled."""


_MANY = 6
"""Commands from which on an option that they share is explained once."""
_Record = tuple[str, str]
"""How an option is spelt, and its help."""


def files(version: str) -> dict[str, str]:
    """What is to be installed below `share`, by path; VERSION stands at the foot of the manual page."""
    made = {"man/man1/orgkb.1": page(version)}
    for shell, path in _COMPLETIONS.items():
        kind = get_completion_class(shell)
        assert kind is not None
        script = kind(commands, {}, "orgkb", "_ORGKB_COMPLETE").source().rstrip("\n") + "\n"
        # What is offered after `--to anki,` has commas in it, which click's script for fish would take for its own.
        made[path] = script.replace('string split "," $completion', 'string split --max 1 "," $completion')
    return made


def page(version: str) -> str:
    """The manual page, for `man`; VERSION is that of orgkb."""
    context = click.Context(commands, info_name="orgkb", help_option_names=["-h", "--help"])
    summary, *more = _paragraphs(commands.help or "")
    after = dict(_sections(commands.epilog or ""))
    lines = [
        ".\\\" Made by orgkb/cli/manual.py of the commands' own help: `make manual`.",
        f'.TH ORGKB 1 "" "orgkb {version}" "User Commands"',
        ".SH NAME",
        f"orgkb \\- {_filled(_begun_small(summary.rstrip('.')))}",
        ".SH SYNOPSIS",
        ".B orgkb",
        "[\\fIbuild-options\\fR]",
        ".br",
    ]
    found = list(_leaves(commands, context))
    for name, inner in found:
        arguments = " ".join(inner.command.collect_usage_pieces(inner)).removeprefix("[OPTIONS]").strip()
        lines += [f".B {_escaped(name)}", f"[\\fIoptions\\fR] {_italic(arguments)}".rstrip(), ".br"]
    lines += [".SH DESCRIPTION", *_body([summary, *more])]
    common = _common(inner for _, inner in found)
    lines += [".SH OPTIONS", *_options([record for record in _records(context) if record not in common])]
    lines += [".SS Options of several commands", ".P", "Each command says below which of these it takes."]
    lines += _options(common)
    lines.append(".SH COMMANDS")
    for name, inner in found:
        lines += _command(name, inner, common)
    lines += [".SH EXAMPLES", *_preformatted(after.pop("Examples"))]
    for title, text in after.items():
        lines += [f".SH {title.upper()}", *_preformatted(text)]
    return "\n".join(lines) + "\n"


def _leaves(group: click.Group, context: click.Context) -> Iterator[tuple[str, click.Context]]:
    """Every command that does something: how it is called, and its context."""
    for name in sorted(group.commands):
        command = group.commands[name]
        inner = click.Context(command, parent=context, info_name=name)
        if isinstance(command, click.Group):
            yield from _leaves(command, inner)
        else:
            yield inner.command_path, inner


def _command(name: str, context: click.Context, common: Sequence[_Record]) -> Iterator[str]:
    yield f".SS {_escaped(name)}"
    yield from _body(_paragraphs(context.command.help or ""))
    records = _records(context)
    yield from _options([record for record in records if record not in common])
    also = [_spelt(spelling) for spelling, text in records if (spelling, text) in common]
    yield from (".P", f"As told above: {'; '.join(also)}.")
    for title, text in _sections(context.command.epilog or ""):
        yield from (".P", f"{_escaped(title)}:", *_preformatted(text))


def _records(context: click.Context) -> list[_Record]:
    """The options as `--help` has them."""
    options = (param for param in context.command.get_params(context) if isinstance(param, click.Option))
    return [record for option in options if (record := option.get_help_record(context))]


def _common(contexts: Iterable[click.Context]) -> list[_Record]:
    """The options that many commands take in the same sense."""
    counts = Counter(record for context in contexts for record in _records(context))
    return [record for record, count in counts.items() if count >= _MANY]


def _options(records: Iterable[_Record]) -> Iterator[str]:
    for spelling, text in records:
        yield from (".TP", _spelt(spelling), _filled(text))


def _paragraphs(text: str) -> list[str]:
    return [part for part in re.split(r"\n\s*\n", inspect.cleandoc(text)) if part.strip()]


def _sections(epilog: str) -> Iterator[tuple[str, str]]:
    """The parts of an epilog, each with the words before its first colon: `Examples`, `Exit codes`."""
    for part in _paragraphs(epilog):
        title, _, text = part.removeprefix(_PREFORMATTED).lstrip("\n").partition(":")
        yield title, text


def _body(paragraphs: list[str]) -> Iterator[str]:
    for paragraph in paragraphs:
        yield ".P"
        if paragraph.lstrip().startswith(_PREFORMATTED) or "\n  " in paragraph:
            yield from _preformatted(paragraph.lstrip().removeprefix(_PREFORMATTED))
        else:
            yield _filled(paragraph)


def _preformatted(text: str) -> list[str]:
    lines = text.strip("\n").split("\n")
    margin = min((len(line) - len(line.lstrip()) for line in lines if line.strip()), default=0)
    return [".RS 4", ".nf", *(_line(_escaped(line[margin:].rstrip())) for line in lines), ".fi", ".RE"]


def _filled(text: str) -> str:
    """TEXT as lines that `man` fills; `code` in bold."""
    escaped = _escaped(" ".join(text.split()))
    return _line(re.sub(r"\\\(ga(.+?)\\\(ga", r"\\fB\1\\fR", escaped))


def _spelt(spelling: str) -> str:
    """`-o, --output FOLDER`: what is typed in bold, what stands for something in italics."""
    parts = re.split(r"(--?[\w-]+)", spelling)
    return "".join(f"\\%\\fB{_escaped(p)}\\fR" if i % 2 else _italic(p) for i, p in enumerate(parts))


def _italic(text: str) -> str:
    """TEXT with its names for something in italics."""
    return re.sub(r"[A-Z][A-Z ]*[A-Z]|\b[A-Z]\b", r"\\fI\g<0>\\fR", _escaped(text))


def _begun_small(text: str) -> str:
    return text[:1].lower() + text[1:]


def _line(text: str) -> str:
    """TEXT, which must not be taken for a request."""
    return f"\\&{text}" if text.startswith((".", "'")) else text


_NAMED = {"\\": "\\e", "-": "\\-", "`": "\\(ga", "'": "\\(aq", '"': "\\(dq", "^": "\\(ha", "~": "\\(ti"}


def _escaped(text: str) -> str:
    """TEXT with all that means something to roff written by name, and in ASCII."""
    return "".join(_NAMED.get(c, c if c.isascii() else f"\\[u{ord(c):04X}]") for c in text)


def main(folder: Path) -> None:
    """Write all files below FOLDER."""
    from importlib.metadata import version  # noqa: PLC0415 - only for the script

    for path, text in files(version("orgkb")).items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":  # pragma: no cover - run by `make manual`
    main(Path(sys.argv[1]))
