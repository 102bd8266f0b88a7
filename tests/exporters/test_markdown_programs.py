"""What other programs say of whole exports: markdownlint, MkDocs and obsidiantools."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

import pytest

from orgkb_exporters.markdown import MarkdownExporter
from tests.exporters.markdown_notes import files
from tests.shared import SHARED

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
LINT = shutil.which("markdownlint-cli2", path=os.pathsep.join([str(ROOT / "node_modules/.bin"), os.environ["PATH"]]))
NOT_IN_FLAVOUR = {
    "obsidian": {"MD018": "#tag is a tag", "MD051": "a link to a heading names it as it is written"},
    "mkdocs": {"MD007": "lists are indented by four", "MD030": "hence the blanks", "MD046": "bodies of admonitions"},
    "logseq": {
        "MD022": "all blocks are items of one list, without blank lines: headings",
        "MD031": "code",
        "MD032": "lists",
        "MD041": "properties come first",
        "MD058": "tables",
    },
}
"""Rules of markdownlint that contradict what a flavour's readers want, with the reason."""
MKDOCS = """site_name: notes
docs_dir: markdown
plugins: []
nav: [index.md]
markdown_extensions:
  [admonition, attr_list, def_list, footnotes, md_in_html, tables, pymdownx.superfences, pymdownx.tasklist,
  {pymdownx.arithmatex: {generic: true}}]
"""
DEAD_LINKS = """import json, pathlib, sys
from obsidiantools.api import Vault
vault = Vault(pathlib.Path(sys.argv[1])).connect()
missing = [*vault.nonexistent_notes, *vault.nonexistent_media_files, *vault.nonexistent_canvas_files]
print(json.dumps([len(vault.md_file_index), missing]))
"""


def notes(name: str) -> Mapping[str, str]:
    """Org text by path: our sample, or the first user's notes."""
    if name == "sample":
        folder = ROOT / "input"
    elif SHARED is None:
        pytest.skip("the real-world corpora (../shared) are not here")
    else:
        folder = SHARED / "seed"
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.org"))}


def written(folder: Path, name: str, flavour: str, shape: str) -> Path:
    """The folder `markdown/` of an export into FOLDER."""
    exporter = MarkdownExporter(flavour=flavour, shape="vault" if shape == "vault" else "files")
    for path, data in files(notes(name), exporter=exporter).items():
        target = folder / "markdown" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    return folder / "markdown"


@pytest.mark.skipif(LINT is None, reason="markdownlint-cli2 is not here: npm install --no-save markdownlint-cli2")
@pytest.mark.parametrize("shape", ["files", "vault"])
@pytest.mark.parametrize("flavour", ["gfm", "commonmark", "obsidian", "hugo", "mkdocs", "logseq"])
def test_markdownlint_has_nothing_to_say_of_the_sample(tmp_path: Path, flavour: str, shape: str) -> None:
    written(tmp_path, "sample", flavour, shape)
    rules = json.loads((HERE / "markdownlint.json").read_text(encoding="utf-8"))
    rules |= dict.fromkeys(NOT_IN_FLAVOUR.get(flavour, ()), False)
    (tmp_path / ".markdownlint.json").write_text(json.dumps(rules), encoding="utf-8")
    assert LINT is not None
    found = subprocess.run([LINT, "markdown/**/*.md"], cwd=tmp_path, capture_output=True, text=True, check=False)

    assert found.returncode == 0, found.stderr


@pytest.mark.skipif(find_spec("mkdocs") is None, reason="MkDocs is not installed")
@pytest.mark.parametrize("shape", ["files", "vault"])
@pytest.mark.parametrize("name", ["sample", "seed"])
def test_mkdocs_builds_strictly_without_a_warning(tmp_path: Path, name: str, shape: str) -> None:
    written(tmp_path, name, "mkdocs", shape)
    (tmp_path / "mkdocs.yml").write_text(MKDOCS, encoding="utf-8")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"]
    built = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    assert built.returncode == 0, built.stderr


@pytest.mark.skipif(find_spec("obsidiantools") is None, reason="obsidiantools is not installed")
@pytest.mark.parametrize("name", ["sample", "seed"])
def test_obsidiantools_finds_every_note_and_no_link_that_leads_nowhere(tmp_path: Path, name: str) -> None:
    folder = written(tmp_path, name, "obsidian", "vault")
    command = [sys.executable, "-W", "ignore", "-c", DEAD_LINKS, str(folder)]
    answer = subprocess.run(command, capture_output=True, text=True, check=True)
    notes_found, missing = json.loads(answer.stdout)

    assert missing == []
    assert notes_found == len(list(folder.rglob("*.md")))
