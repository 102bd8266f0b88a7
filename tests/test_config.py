"""orgkb.toml: what may stand in it, and how mistakes in it are told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from orgkb import config
from orgkb.config import Config
from orgkb.errors import ConfigError
from tests import fakes

Install = Callable[..., None]


def load(tmp_path: Path, text: str) -> Config:
    path = tmp_path / "orgkb.toml"
    path.write_text(text, encoding="utf-8")
    return config.load(path)


@pytest.fixture(autouse=True)
def only_terms(install: Install) -> None:
    install(terms="tests.fakes:TermsExporter", plain="tests.fakes:PlainExporter")


def test_everything_that_can_be_set(tmp_path: Path) -> None:
    found = load(
        tmp_path,
        """
        title = "Заметки"
        [org]
        inlinetasks = true
        [exporters.terms]
        prefix = "* "
        limit = 7
        case = "upper"
        skip = ["a", "b"]
        """,
    )

    assert found.title == "Заметки"
    assert found.org.inlinetasks
    made = config.make_exporter(fakes.TermsExporter, found)
    assert made == fakes.TermsExporter(prefix="* ", limit=7, case="upper", skip=("a", "b"))


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    found = config.find(tmp_path)

    assert found == Config()
    assert not found.org.inlinetasks
    assert config.make_exporter(fakes.TermsExporter, found) == fakes.TermsExporter()


def test_the_file_beside_the_notes_is_found(tmp_path: Path) -> None:
    load(tmp_path, 'title = "T"')

    assert config.find(tmp_path).title == "T"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("titel = 'x'", "unknown key 'titel' (did you mean 'title'?); known: check, concepts, exporters, org, title"),
        ("source = 'x'", "unknown key 'source'"),
        (
            "[org]\ninlinetask = true",
            "[org] unknown key 'inlinetask' (did you mean 'inlinetasks'?); known: inlinetasks, literals",
        ),
        ("[org]\ninlinetasks = 1", "Expected `bool`, got `int` - at `org.inlinetasks`"),
        ("title = 3", "Expected `str`, got `int` - at `title`"),
        ("org = 3", "got `int` - at `org`"),
        ("exporters = 3", "got `int` - at `exporters`"),
        ("[exporters]\nterms = 3", "got `int` - at `exporters"),
        ("[exporters.trems]", "[exporters] unknown key 'trems' (did you mean 'terms'?); known: plain, terms"),
        ("title = ", "Invalid value (at end of document)"),
    ],
)
def test_mistakes_name_the_file_the_key_and_what_is_known(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(ConfigError) as error:
        load(tmp_path, text)

    assert str(error.value).startswith(str(tmp_path / "orgkb.toml"))
    assert told in str(error.value)
    assert error.value.exit_code == 2


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "limits = 3",
            "[exporters.terms] unknown key 'limits' (did you mean 'limit'?); known: case, limit, prefix, skip",
        ),
        ("name = 'x'", "[exporters.terms] unknown key 'name'"),
        ("limit = 'x'", "[exporters.terms] limit: Expected `int`, got `str`"),
        ("limit = true", "[exporters.terms] limit: Expected `int`, got `bool`"),
        ("case = 'lower'", "[exporters.terms] case: Invalid enum value 'lower'"),
        ("limit = 0", "[exporters.terms]: limit is 0: it must be 1 or more"),
    ],
)
def test_options_are_the_fields_of_the_exporter(tmp_path: Path, text: str, told: str) -> None:
    found = load(tmp_path, f"[exporters.terms]\n{text}")

    with pytest.raises(ConfigError) as error:
        config.make_exporter(fakes.TermsExporter, found)

    assert str(error.value).startswith(str(tmp_path / "orgkb.toml"))
    assert told in str(error.value)


def test_an_exporter_that_is_no_dataclass_is_told_so() -> None:
    with pytest.raises(ConfigError, match="not a dataclass"):
        config.make_exporter(fakes.PlainExporter, Config())


def test_a_file_that_is_not_there_or_no_text(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"absent\.toml: cannot be read: no such file"):
        config.load(tmp_path / "absent.toml")
    (tmp_path / "orgkb.toml").write_bytes(b"title = '\xff'")
    with pytest.raises(ConfigError, match=r"orgkb\.toml"):
        config.load(tmp_path / "orgkb.toml")
