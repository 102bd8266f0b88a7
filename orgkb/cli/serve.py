"""`orgkb serve`: the notes in a browser on this machine, always as last saved."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from orgkb.cli.build import DEFAULT_INPUT, folder_option
from orgkb.cli.trust import trust_options
from orgkb.cli.watch import QUIET_FOR, Relevant, folders, watching
from orgkb.errors import UsageError

if TYPE_CHECKING:
    from orgkb.org.trust import Trust

PORT = 8765


@click.command(
    short_help="Show notes, map and review in a browser.",
    epilog="""\b
Examples:
  orgkb serve                            input/ at http://127.0.0.1:8765/
  orgkb serve notes --open               open it in the browser, too
  orgkb serve notes --port 0             at any port that is free""",
)
@click.argument("paths", metavar="[PATH]...", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=PORT,
    show_default=True,
    help="Where to listen on 127.0.0.1; 0 is any port that is free.",
)
@click.option("--open", "show", is_flag=True, help="Open the browser.")
@folder_option("The output folder of builds: what lies in it is no note. Nothing is written there.")
@click.option(
    "--config",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Settings, and where the review writes.  [default: orgkb.toml beside the notes]",
)
@trust_options
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
@click.option("--debug", is_flag=True, help="Show Python's traceback of what fails.")
def serve(
    *,
    paths: tuple[Path, ...],
    port: int,
    show: bool,
    output: Path,
    config: Path | None,
    trust: Trust,
    quiet: bool,
    debug: bool,  # noqa: ARG001 - read where errors are shown
) -> int:
    """Show the Org files and folders PATH (default: input/) in a browser on this machine.

    The pages are those of the HTML book, one for each note, with search, glossary, index and the
    interactive map; what `orgkb check` finds, with links to the places; and the review: doubtful
    concepts, names and relations, each with buttons that write the answer into orgkb.toml. A page
    that is open follows when a note is saved. Nobody but this machine can ask, no other web site
    can either, and nothing is loaded from outside. Ctrl-C ends it.
    """
    import secrets  # noqa: PLC0415 - `orgkb --help` loads none of these

    from orgkb.server.desk import Desk  # noqa: PLC0415
    from orgkb.server.http import Server  # noqa: PLC0415

    paths = paths or (DEFAULT_INPUT,)
    for path in paths:
        if not path.exists():
            raise UsageError(f"{path} is not there; name your notes: orgkb serve PATH")
    token = secrets.token_urlsafe(24)
    desk = Desk(paths, output, config, token, trust)
    desk.build()
    server = Server(desk, port, token)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.2}, daemon=True)
    thread.start()
    try:
        if not quiet:
            click.echo(f"{server.url}  Ctrl-C ends")
        if show:
            click.launch(server.url)
        changes_in = watching()
        relevant = Relevant(output)
        for _changes in changes_in(
            *folders(paths, config), watch_filter=relevant, debounce=QUIET_FOR, raise_interrupt=True
        ):
            desk.build()
            if desk.error:
                click.echo(click.style("orgkb: error: ", fg="red", bold=True) + desk.error, err=True)
            elif not quiet:
                click.echo(f"{time.strftime('%H:%M:%S')}  read again")
    finally:
        server.end()
        thread.join(timeout=5)
    return 0
