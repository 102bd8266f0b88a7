"""Answers go into orgkb.toml, and all else in it stays as it stands."""

from __future__ import annotations

import difflib
import tomllib
from typing import Any

import pytest
import tomlkit
from hypothesis import example, given
from hypothesis import strategies as st

from orgkb import starter
from orgkb.errors import ConfigError
from orgkb.review.model import Change
from orgkb.review.settings_file import changed

CHANGES = (
    Change(("concepts",), "never", "usage"),
    Change(("concepts",), "never", "app logs"),
    Change(("concepts",), "always", "sidecar"),
    Change(("concepts", "aliases"), "pod", "капсула"),
    Change(("concepts", "definitions"), "volume", 'disk "q" \\ …', add=False),
    Change(("concepts", "relations"), "remove", ["pod", "runs on", "node"]),
    Change(("concepts", "senses"), "service", {"a b": ["x.org::C"], "k": ["Y"]}, add=False),
)
FILES = {
    "empty": "",
    "comment only": "# mine\n",
    "other tables": 'title = "x"\n\n[concepts] # mine\nnever = ["a"]\n# trailing\n\n# about anki\n[exporters.anki]\nreverse = false\n',
    "an inner table alone": '[concepts.aliases]\nPods = ["x"] # c\n',
    "dotted keys": 'concepts.never = ["a"]\n[org]\nliterals = true\n',
    "inline table": 'concepts = {never = ["a"]}\n',
    "long lists": '[concepts]\nnever = [\n  "a", # why\n  "b" # last\n]\n[concepts.relations]\nremove = [\n  ["a", "b", "c"],\n]\n[org]\nliterals = false\n',
    "tables apart": 'title="x"\n\n[concepts]\nnever = []\n\n[org]\nliterals=false\n\n[concepts.aliases]\npod=["x"]\n',
    "a text that looks like a header": 'title = """\n[concepts]\nnever = 1\n"""\n[concepts]\nrules = { bold = false }\n',
    "windows": '[concepts]\r\nnever = ["a"]\r\n',
    "byte order mark": '\ufeff[concepts]\nnever = ["a"]\n',
    "no newline at the end": '[concepts]\nnever = ["a"]',
    "the starter": starter.starter([]),
}


def edited(text: str, *changes: Change) -> str:
    return changed(text.encode(), changes, "orgkb.toml").decode()


def values(text: str) -> dict[str, Any]:
    return tomllib.loads(text.removeprefix("\ufeff"))


@pytest.mark.parametrize("name", FILES)
def test_answers_are_added_and_every_line_stays(name: str) -> None:
    before = FILES[name]
    after = edited(before, *CHANGES)
    concepts = values(after)["concepts"]
    assert concepts["never"][-2:] == ["usage", "app logs"]
    assert concepts["always"] == ["sidecar"]
    assert next(iter(concepts["aliases"].values()))[-1] == "капсула"
    assert concepts["definitions"] == {"volume": 'disk "q" \\ …'}
    assert concepts["relations"]["remove"][-1] == ["pod", "runs on", "node"]
    assert concepts["senses"] == {"service": {"a b": ["x.org::C"], "k": ["Y"]}}
    others = {key: value for key, value in values(after).items() if key != "concepts"}
    assert others == {key: value for key, value in values(before).items() if key != "concepts"}
    # Only lines with a list that grew change; all other lines, comments among them, are there in their order.
    gone = [line[2:] for line in difflib.ndiff(before.splitlines(), after.splitlines()) if line.startswith("- ")]
    assert all("[" in line or line.strip() == '"b" # last' for line in gone)
    assert ("\r\n" in after) is ("\r\n" in before)
    assert "\n" not in after.replace("\r\n", "") or "\r\n" not in before
    assert after.startswith("\ufeff") is before.startswith("\ufeff")


@pytest.mark.parametrize("name", FILES)
def test_the_same_answers_once_more_change_nothing(name: str) -> None:
    once = edited(FILES[name], *CHANGES)
    assert edited(once, *CHANGES) == once


def test_new_keys_stand_beside_their_explanation_and_inner_tables_behind_theirs() -> None:
    after = edited(starter.starter([]), CHANGES[0], CHANGES[3])
    assert '#never = []\nnever = [\n    "usage",\n]\n#' in after
    assert '\n\n[concepts.aliases]\npod = ["капсула"]\n\n[check]' in after


def test_comments_stay_with_what_they_are_about() -> None:
    after = edited(FILES["other tables"], *CHANGES)
    assert '\n    "sidecar",\n]\n# trailing\n\n[concepts.aliases]' in after
    assert after.endswith("\n\n# about anki\n[exporters.anki]\nreverse = false\n")


def test_names_are_found_however_they_are_spelt() -> None:
    assert edited(FILES["an inner table alone"], CHANGES[3]) == '[concepts.aliases]\nPods = ["x", "капсула"] # c\n'
    assert edited('[concepts]\nnever = ["Usages"]\n', CHANGES[0]) == '[concepts]\nnever = ["Usages"]\n'


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("concepts = 3\n", "[concepts] is no table"),
        ("[concepts]\nnever = 3\n", "[concepts] never is no list"),
        ("[concepts\n", "orgkb.toml: "),
    ],
)
def test_what_cannot_be_changed_is_told(text: str, told: str) -> None:
    with pytest.raises(ConfigError) as error:
        edited(text, CHANGES[0])
    assert told in str(error.value)


NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
TABLES = st.dictionaries(NAMES, st.one_of(st.booleans(), st.integers(0, 9), NAMES, st.lists(NAMES)), max_size=4)


@example({}, ["\r\n"], {}, [], [("0", "0")])
@given(
    TABLES,
    st.lists(NAMES),
    st.dictionaries(NAMES, st.lists(NAMES), max_size=3),
    st.lists(st.tuples(st.sampled_from(["never", "always"]), NAMES), max_size=4),
    st.lists(st.tuples(NAMES, NAMES), max_size=4),
)
def test_any_file_takes_any_answer_and_keeps_its_values(
    other: dict[str, Any],
    never: list[str],
    aliases: dict[str, list[str]],
    names_: list[tuple[str, str]],
    pairs: list[tuple[str, str]],
) -> None:
    text = tomlkit.dumps({"other": other, "concepts": {"never": never, "aliases": aliases}, "last": other})
    changes = [Change(("concepts",), key, name) for key, name in names_]
    changes += [Change(("concepts", "aliases"), name, other_name) for name, other_name in pairs]
    after = edited(text, *changes)
    found = values(after)
    assert (found["other"], found["last"]) == (values(text)["other"], values(text)["last"])
    assert found["concepts"]["never"][: len(never)] == values(text)["concepts"]["never"]
    assert edited(after, *changes) == after
