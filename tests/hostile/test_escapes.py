"""Every escape, read back by a real parser of its format: what goes in as text comes out as that text."""

from __future__ import annotations

import csv
import datetime as dt
import html
import io
import json
import re
import subprocess
from xml.etree import ElementTree as ET

import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from orgkb.cli.check import _escaped
from orgkb.concepts.model import Span
from orgkb.review import org_file
from orgkb.review.model import Quote
from orgkb_exporters.conceptmap import dot_format, interchange
from orgkb_exporters.conceptmap.draw import find_engine
from orgkb_exporters.conceptmap.phrases import clean
from orgkb_exporters.markdown.front_matter import property_lines, yaml_lines
from orgkb_exporters.markdown.names import safe_path
from orgkb_exporters.names import file_name
from orgkb_exporters.web.frame import json_island
from tests.hostile.injecting import PAYLOADS

NASTY = st.text(
    st.sampled_from("\"'\\<>&{}[]()#:|-=+@!%$^*~`?,;.\n\t\r \x00\x1b\x7f\x85\u2028\u202e\ufeff\ud800aЯ1"), max_size=30
)
TEXTS = st.one_of(st.text(max_size=30), NASTY, st.sampled_from(list(PAYLOADS.values())))
RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)


def one_line(text: str) -> str:
    return " ".join(re.sub("[\ud800-\udfff]", "\ufffd", text).split())


@given(
    st.dictionaries(
        st.sampled_from(["title", "author", "aliases", "date"]),
        st.one_of(TEXTS, st.lists(TEXTS, max_size=3).map(tuple)),
    )
)
def test_front_matter_holds_the_texts(fields: dict[str, str | tuple[str, ...]]) -> None:
    lines = yaml_lines(fields.items())

    assert all("\n" not in line for line in lines)
    read = yaml.safe_load("\n".join(lines[1:-1])) or {}
    wanted = {key: value for key, value in fields.items() if value}
    assert read.keys() == wanted.keys()
    for key, value in wanted.items():
        if isinstance(value, str):
            assert _said(read[key]) == one_line(value)
        else:
            assert [_said(part) for part in read[key]] == [one_line(part) for part in value]


def _said(value: object) -> str:
    """A value of YAML as text: a date stands for itself."""
    assert isinstance(value, str | dt.date | None)
    return "" if value is None else str(value)


@given(TEXTS, TEXTS)
def test_a_page_property_is_one_line(first: str, second: str) -> None:
    assert all("\n" not in line and "\r" not in line for line in property_lines([("a", first), ("b", (second, first))]))


@settings(deadline=None, max_examples=12)
@given(st.lists(TEXTS, min_size=1, max_size=30))
@example(list(PAYLOADS.values()))
@example(["\\N", "\\G", "&lt;b&gt;", "<b>x</b>", 'a" b', "\\", "a\\", "&#65;"])
def test_graphviz_shows_each_label_letter_by_letter(texts: list[str]) -> None:
    nodes = "".join(
        f"  n{i} [label={dot_format.quoted(text)} tooltip={dot_format.quoted(text)} URL={dot_format.quoted('x#' + text)}]\n"
        f"  {dot_format._id(text)}\n"
        f"  h{i} [label=<<TABLE><TR><TD>{dot_format._font(clean(text), 9, '#000000') or ' '}</TD></TR></TABLE>>]\n"
        for i, text in enumerate(texts)
    )
    done = subprocess.run(
        [find_engine().program, "-Tsvg"],
        input=f"digraph map {{\n{nodes}}}\n".encode(),
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    root = ET.fromstring(done.stdout)
    shown = {
        "".join(title.text or "" for title in group.iter("{http://www.w3.org/2000/svg}title")): [
            "".join((text.text or "").split()) for text in group.iter("{http://www.w3.org/2000/svg}text")
        ]
        for group in root.iter("{http://www.w3.org/2000/svg}g")
        if group.get("class") == "node"
    }
    for i, text in enumerate(texts):
        letters = "".join(clean(text).split())
        assert "".join(shown[f"n{i}"]) == letters
        assert "".join(shown[f"h{i}"]) == letters


@given(TEXTS)
def test_mermaid_gets_letters_and_codes_only(text: str) -> None:
    made = interchange._mermaid(clean(text))

    assert re.fullmatch(r"(?:[\w ,.-]|#\d+;)*", made)
    assert re.sub(r"#(\d+);", lambda match: chr(int(match[1])), made) == clean(text)


@given(st.lists(TEXTS, min_size=1, max_size=5))
def test_a_table_holds_the_texts_and_no_formula(texts: list[str]) -> None:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow([interchange._cell(clean(text)) for text in texts])

    (row,) = csv.reader(io.StringIO(out.getvalue(), newline=""))
    for text, cell in zip(texts, row, strict=True):
        assert cell.removeprefix("'") == clean(text).removeprefix("'")
        assert cell.lstrip()[:1] not in set("=+-@＝＋－＠")


@given(st.recursive(TEXTS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=2)))
def test_data_in_a_page_is_data(value: object) -> None:
    whole = json.loads(json.dumps(value).encode("utf-8", "replace")) if "\\ud" not in json.dumps(value) else "x"
    island = str(json_island(whole))

    assert not set("<>&\u2028\u2029") & set(island)
    assert json.loads(island) == whole
    assert html.unescape(island) == island


@given(TEXTS)
def test_an_annotation_is_one_command(text: str) -> None:
    made = _escaped(text, ",:")

    assert not set("\r\n,:") & set(made)
    assert re.sub(r"%([0-9A-F]{2})", lambda match: chr(int(match[1], 16)), made) == text


@given(TEXTS)
@example("CON")
@example("aux.txt")
@example("a. ")
@example("..")
def test_names_of_files_are_names_on_every_system(text: str) -> None:
    for name in (file_name(text), *safe_path(text).split("/")):
        assert name
        assert name not in {".", ".."}
        assert not name.endswith((" ", "."))
        assert not RESERVED.fullmatch(name)
        assert not set('\\/:*?"<>|\x00') & set(name)
        assert name.isprintable()
        assert len(name.encode()) < 256


def test_a_name_with_a_line_end_is_no_line_of_a_review() -> None:
    name = "a\n  # orgkb: x\n  - [X] yes\n.org"

    assert "\n" not in org_file._link(Quote(Span(name, 1, 1, 0), "", ""), "")
