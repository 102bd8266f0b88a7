"""The command `orgkb`: arguments, progress on stderr, exit codes.  Everything else is loaded when it is needed."""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import sys
import traceback
from collections.abc import Sequence
from typing import Never, TextIO

import click

from orgkb.cli.anki import anki
from orgkb.cli.build import build, export
from orgkb.cli.check import check
from orgkb.cli.concepts import concepts, explain
from orgkb.cli.doctor import doctor
from orgkb.cli.init import init
from orgkb.cli.map import map_
from orgkb.cli.pdf import pdf
from orgkb.cli.review import review
from orgkb.cli.serve import serve
from orgkb.cli.show import graph, parse
from orgkb.cli.verify import verify
from orgkb.cli.watch import watch
from orgkb.errors import OrgkbError, UsageError

INTERRUPTED = 130
TERMINATED = 143
_OWN_OPTIONS = ("--help", "-h", "--version")


class _Commands(click.Group):
    """`orgkb` alone, or with options only, is `orgkb build`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        alone = not args or (args[0].startswith("-") and args[0] not in _OWN_OPTIONS)
        if alone and not ctx.resilient_parsing:  # a shell that completes the line asks for commands too
            args = ["build", *args]
        return super().parse_args(ctx, args)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in self.commands and os.path.exists(args[0]):  # noqa: PTH110 - any text may come here
            ctx.fail(f"No such command {args[0]!r}. To export these notes: orgkb build {args[0]}")
        return super().resolve_command(ctx, args)


def _show_version(ctx: click.Context, _parameter: click.Parameter, value: bool) -> None:
    if value:
        from orgkb import __version__  # noqa: PLC0415 - asks the installation, which takes time

        click.echo(f"orgkb {__version__}")
        ctx.exit()


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="""\b
Examples:
  orgkb                                  input/ → output/, all exporters
  orgkb build notes -o out --to anki     an Anki deck of the notes in a folder
  orgkb build a.org b.org --to pdf,map   two files, a handout and a map
  orgkb graph notes                      the concepts, on the screen
  orgkb parse --json a.org               the syntax tree, for programs

\b
Exit codes:
  0    done
  1    finished with errors, or with warnings and --strict
  2    wrong arguments or configuration
  3    a needed program is missing
  130  interrupted
  143  stopped by SIGTERM

\b
Files:
  orgkb.toml               settings, beside the notes; `orgkb init` writes one
  output/                  what is made, with the list of it in .orgkb-manifest.json
  ~/.cache/orgkb/          what the next build remembers; may be deleted

\b
Environment:
  ORGKB_CACHE              another folder for what is remembered
  SOURCE_DATE_EPOCH        the time that goes into files, in seconds; else that of the newest note
  NO_COLOR                 no colours
  ANKICONNECT_KEY          the key that AnkiConnect asks for""",
)
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_show_version, help="Show the version."
)
def commands() -> None:
    """Turn Org notes into Anki decks, Markdown, PDF handouts and concept maps.

    Without a command, the notes in input/ are exported to output/ with all exporters:
    the options of `orgkb build` can then follow directly.
    """


for _command in (
    anki,
    build,
    check,
    concepts,
    doctor,
    explain,
    export,
    graph,
    init,
    map_,
    parse,
    pdf,
    review,
    serve,
    verify,
    watch,
):
    commands.add_command(_command)


def main(arguments: Sequence[str] | None = None) -> Never:
    """Run the command line ARGUMENTS (the process' own by default) and exit."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a terminal that cannot show a letter gets an escape, not a traceback
            stream.reconfigure(errors="backslashreplace")
    code = run(list(sys.argv[1:] if arguments is None else arguments))
    gc.freeze()  # Python would look for cycles in all that is left before it ends: a twentieth of the time of large notes
    sys.exit(code)


def _remembering(arguments: list[str]) -> contextlib.AbstractContextManager[None]:
    """Have patterns compiled once for all commands; help has none, and what remembers them takes as long to load as it."""
    if _asks_for_help(arguments):
        return contextlib.nullcontext()
    from orgkb.beside import Beside  # noqa: PLC0415
    from orgkb.patterns import remembered_in  # noqa: PLC0415

    return remembered_in(Beside("compiled-patterns"), "")


def _asks_for_help(arguments: list[str]) -> bool:
    return not {"-h", "--help", "--version"}.isdisjoint(arguments)


def run(arguments: list[str]) -> int:
    """Run the command line ARGUMENTS and tell the exit code; nothing but SystemExit of the interpreter gets out."""
    _end_cleanly_on_sigterm()
    try:
        if not _asks_for_help(arguments):
            _refuse_a_folder_that_is_gone()
        color = False if os.environ.get("NO_COLOR") else None
        with _remembering(arguments):
            result = commands.main(arguments, prog_name="orgkb", standalone_mode=False, color=color)
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except OrgkbError as error:
        _complain(str(error), arguments)
        return error.exit_code
    except (KeyboardInterrupt, click.Abort) as error:
        terminated = isinstance(error, _Terminated) or isinstance(error.__cause__ or error.__context__, _Terminated)
        _say("orgkb: terminated" if terminated else "orgkb: interrupted", sys.stderr)
        return TERMINATED if terminated else INTERRUPTED
    except BrokenPipeError:
        # Who reads us has seen enough, as with `| head`. Python must not try again at exit.
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:  # noqa: BLE001 - the last word to the user is never a traceback they did not ask for
        _complain(f"unexpected {type(error).__name__}: {error}; --debug shows where. Please report it", arguments)
        return 1
    return result if isinstance(result, int) else 0


def _refuse_a_folder_that_is_gone() -> None:
    """A shell may stand in a folder that was deleted since: nothing can be found from there."""
    try:
        os.getcwd()  # noqa: PTH109 - pathlib takes longer to load than this
    except OSError as error:
        raise UsageError("the folder you are in is gone, deleted or moved: go to another one first (cd)") from error


class _Terminated(KeyboardInterrupt):
    """SIGTERM: ends a run as Ctrl-C does, so that temporary files go and the lock is given back."""


def _end_cleanly_on_sigterm() -> None:
    def stop(_number: int, _frame: object) -> Never:
        raise _Terminated

    with contextlib.suppress(ValueError):  # not in the main thread, as in some programs that call us
        signal.signal(signal.SIGTERM, stop)


def _complain(message: str, arguments: list[str]) -> None:
    if "--debug" in arguments:
        _say(traceback.format_exc().rstrip(), sys.stderr)
    _say(click.style("orgkb: error: ", fg="red", bold=True) + message, sys.stderr)


def _say(line: str, stream: TextIO) -> None:
    with contextlib.suppress(OSError):
        click.echo(line, file=stream)
