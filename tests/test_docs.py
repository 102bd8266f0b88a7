"""The documentation says what there is: commands, options, exporters, settings, files."""

from __future__ import annotations

import dataclasses
import json
import re
import tomllib
from pathlib import Path

import click
import msgspec
import pytest

from orgkb import checking, config, errors, exporter
from orgkb.cli import commands
from tests.shared import leaves

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
FORMATS = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])


COMMANDS = list(leaves())


@pytest.mark.parametrize(("name", "command"), COMMANDS)
def test_each_command_is_in_the_readme_and_has_help_with_examples(name: str, command: click.Command) -> None:
    assert f"`orgkb {name}" in README
    assert command.help
    assert "Examples:" in (command.epilog or "")
    assert f"orgkb {name}" in (command.epilog or "")


@pytest.mark.parametrize(
    ("name", "option"),
    [(name, p) for name, command in COMMANDS for p in command.params if isinstance(p, click.Option)],
    ids=lambda value: value if isinstance(value, str) else value.name,
)
def test_each_option_is_in_the_readme_and_has_help(name: str, option: click.Option) -> None:
    assert option.help, name
    for spelling in option.opts:
        assert f"`{spelling}" in README, f"orgkb {name} {spelling}"


def test_the_exit_codes_of_the_readme_are_those_of_the_errors() -> None:
    codes = {kind.exit_code for kind in vars(errors).values() if isinstance(kind, type) and hasattr(kind, "exit_code")}
    for code in {0, 130} | codes:
        assert f"\n| {code} | " in README


@pytest.mark.parametrize("name", exporter.names())
def test_each_exporter_is_in_the_readme_and_the_help_and_has_a_summary(name: str) -> None:
    kind = exporter.named(name)

    assert f"`{name}`" in README
    assert f"`{name}/" in README
    assert kind.summary
    build = commands.commands["build"]
    assert name in " ".join(p.help or "" for p in build.params if isinstance(p, click.Option))


@pytest.mark.parametrize("name", exporter.names())
def test_each_option_of_an_exporter_is_documented_with_its_default(name: str) -> None:
    begin = FORMATS.index(f"| `[exporters.{name}]` |")
    table = FORMATS[begin : FORMATS.index("\n\n", begin)]
    rows = dict(re.findall(r"^\| `(\w+)` \| `([^`]*)` \|", table, flags=re.MULTILINE))
    fields = dataclasses.fields(exporter.named(name))  # type: ignore[arg-type] # exporters are dataclasses
    defaults = {f.name: f.default_factory() if callable(f.default_factory) else f.default for f in fields}

    assert {key: tomllib.loads(f"x = {value}")["x"] for key, value in rows.items()} == {
        key: list(value) if isinstance(value, tuple) else value for key, value in defaults.items()
    }


def test_the_documented_settings_are_the_defaults() -> None:
    example = FORMATS.split("```toml\n")[1].split("```")[0]
    values = tomllib.loads(example)

    made = msgspec.convert(values, config.Config)

    assert made == config.Config()
    assert set(values["org"]) == set(config.OrgConfig.__struct_fields__)
    assert set(values) | {"exporters", "source", "trusted", "vouched"} == set(config.Config.__struct_fields__)


def test_the_library_example_of_the_readme_runs(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    (example,) = re.findall(r"```python\n(.*?)```", README, flags=re.DOTALL)

    exec(compile(example, "README.md", "exec"), {})

    title, definition, *relations = capsys.readouterr().out.splitlines()
    assert title.startswith("Containers ")
    assert definition.startswith("read-only template")
    assert any(line.startswith("image | stack of | layer") for line in relations)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    text = re.sub(r"(`+)[^`].*?\1", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)  # without code
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text):
        assert (page.parent / target).exists(), target


def test_each_page_is_linked_from_the_readme() -> None:
    for page in (ROOT / "docs").glob("*.md"):
        assert f"](docs/{page.name}" in README, page.name


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_modules_that_pages_name_exist(page: Path) -> None:
    for name in re.findall(r"`((?:orgkb|exporters|tests|docs)/[\w./]+\.(?:py|md))`", page.read_text(encoding="utf-8")):
        if "<" not in name and not name.endswith(("test_terms.py",)):
            assert (ROOT / name).exists(), name


def test_each_target_of_the_makefile_says_what_it_does() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    (phony,) = re.findall(r"^\.PHONY: (.*)$", makefile, flags=re.MULTILINE)
    assert set(phony.split()) == set(re.findall(r"^([a-z-]+):.*## \S", makefile, flags=re.MULTILINE))


def test_pins_name_no_host_and_cover_what_is_declared() -> None:
    constraints = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    assert "://" not in constraints
    assert "--" not in constraints
    pinned = {re.split(r"[=<> ;]", line)[0] for line in constraints.splitlines()}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    for requirement in (*project["project"]["dependencies"], *project["dependency-groups"]["dev"]):
        assert re.split(r"[=<>; \[]", requirement)[0].lower().replace("_", "-") in pinned, requirement


def test_packages_are_built_without_notes_of_a_user() -> None:
    hatch = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]["targets"]
    assert hatch["wheel"] == {"packages": ["orgkb", "exporters/orgkb_exporters"], "shared-data": {"share": "share"}}
    assert not {"input", "output", "."} & set(hatch["sdist"]["only-include"])


def test_each_rule_of_check_is_documented_with_its_level() -> None:
    page = (ROOT / "docs" / "check.md").read_text(encoding="utf-8")
    for rule in checking.RULES:
        assert f"| `{rule.name}` | {rule.severity.name.lower()} |" in page


@pytest.mark.parametrize("name", exporter.on_request())
def test_each_format_is_documented_with_its_options(name: str) -> None:
    page = (ROOT / "docs" / "export.md").read_text(encoding="utf-8")
    kind = exporter.named(name)

    assert f"| `{name}` |" in page
    for field in dataclasses.fields(kind):  # type: ignore[arg-type] # exporters are dataclasses
        assert f"| `{field.name}` | `{json.dumps(field.default)}` |" in page
