"""What is loaded before a command is known, and completion in the shell."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from click.shell_completion import BashComplete

from orgkb.cli import commands


def test_the_help_loads_click_and_the_commands_only() -> None:
    script = "import sys\nfrom orgkb.cli import run\nrun(['--help'])\nprint(); print(' '.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=True)

    loaded = set(done.stdout.splitlines()[-1].split())
    assert not loaded & {"msgspec", "importlib.metadata", "subprocess", "tomllib", "json", "sqlite3"}
    assert {name for name in loaded if name.startswith("orgkb") and not name.startswith("orgkb.cli")} == {
        "orgkb",
        "orgkb.errors",
    }


def test_parse_loads_the_reader_only(tmp_path: Path) -> None:
    (tmp_path / "a.org").write_text("* A\n- pod :: a unit\n", encoding="utf-8")
    script = "import sys\nfrom orgkb.cli import run\nrun(['parse', sys.argv[1]])\nprint(); print(' '.join(sys.modules))"
    command = [sys.executable, "-c", script, str(tmp_path / "a.org")]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)

    loaded = set(done.stdout.splitlines()[-1].split())
    assert "orgkb.org.reader" in loaded
    assert not loaded & {
        "importlib.metadata",
        "subprocess",
        "sqlite3",
        "tomllib",
        "networkx",
        "multiprocessing",
        "asyncio",
    }
    parts = {name.split(".")[1] for name in loaded if name.startswith("orgkb.")}
    assert parts == {"beside", "cli", "diagnostics", "errors", "once", "org", "patterns"}
    # What only files with includes, links between notes, or exports need.
    late = {"includes", "included", "links", "targets", "semantics", "literals", "shell", "programs"}
    assert not {name.split(".")[2] for name in loaded if name.startswith("orgkb.org.")} & late


def test_notes_in_english_load_no_russian_dictionary(tmp_path: Path) -> None:
    text = "* Docker\n- *image* - read-only template for containers\n- Café :: place of a naïve API gateway\n* Load balancing\n"
    (tmp_path / "a.org").write_text(text, encoding="utf-8")
    script = "import sys\nfrom orgkb.cli import run\nrun(['graph', sys.argv[1]])\nprint(); print(' '.join(sys.modules))"
    command = [sys.executable, "-c", script, str(tmp_path / "a.org")]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)

    loaded = done.stdout.splitlines()[-1].split()
    assert "orgkb.concepts.synonyms" in loaded
    assert not {name.split(".")[0] for name in loaded} & {"pymorphy3", "pymorphy3_dicts_ru", "dawg"}


@pytest.mark.parametrize(
    ("words", "started", "wanted"),
    [([], "ch", "check"), (["check"], "--fo", "--format"), (["check", "--format"], "git", "github")],
)
def test_the_shell_completes_commands_options_and_values(words: list[str], started: str, wanted: str) -> None:
    completion = BashComplete(commands, {}, "orgkb", "_ORGKB_COMPLETE")

    assert wanted in {item.value for item in completion.get_completions(words, started)}
