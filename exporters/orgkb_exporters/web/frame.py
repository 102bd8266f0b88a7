"""What stands around the text of a page: bar, contents, search; and the policy that lets nothing else in."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any

import msgspec
from jinja2 import Environment, Template
from markupsafe import Markup

SCRIPTS = ("page.js", "search.js", "main.js")
"""The parts of the script, in the order in which they are joined."""


class Place(msgspec.Struct, frozen=True):
    """A page in the navigation."""

    url: str
    title: str
    here: bool = False
    count: int | None = None


@cache
def source(name: str) -> str:
    """A template file, as it stands in the package."""
    return (resources.files("orgkb_exporters") / "templates" / "web" / name).read_text(encoding="utf-8")


def script() -> str:
    """The script of a page."""
    return '(() => {\n"use strict";\n' + "\n".join(map(source, SCRIPTS)) + "\n})();\n"


def words(language: str) -> dict[str, str]:
    """The words of a page in LANGUAGE, English where there are none."""
    found: dict[str, str] = msgspec.json.decode(source(f"words-{'ru' if language == 'ru' else 'en'}.json"))
    return found


def hashed(text: str) -> str:
    """TEXT as a source of a content security policy."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def policy(scripts: Iterable[str], styles: Iterable[str]) -> str:
    """What a page may do: run these SCRIPTS, use these STYLES, show images that it holds, and nothing else."""
    run = " ".join(map(hashed, scripts)) or "'none'"
    look = " ".join(map(hashed, styles)) or "'none'"
    return (
        f"default-src 'none'; script-src {run}; style-src {look}; img-src data: blob:; "
        "base-uri 'none'; form-action 'none'"
    )


def json_island(value: Any) -> Markup:
    """VALUE for a script element: no letter in it can end the element or begin a comment."""
    text = msgspec.json.encode(value).decode()
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return Markup(text)  # noqa: S704 - made safe above


def framed(
    body: Markup,
    *,
    title: str,
    book: str,
    language: str,
    contents: Markup | None = None,
    home: str = "#text",
    authors: Sequence[str] = (),
    places: Sequence[Place] = (),
    **how: Any,
) -> bytes:
    """A whole page around BODY.

    HOW are the other fields of the template: `policy`, `style` and `script` for a page that holds everything,
    `style_urls`, `script_urls`, `index_url` and `version` for one of several; `scripted` whether it runs any script.
    """
    spoken = words(language)
    fields: Mapping[str, Any] = {
        "body": body,
        "title": title,
        "book": book,
        "language": language,
        "contents": contents or Markup(""),
        "home": home,
        "authors": authors,
        "places": places,
        "words": spoken,
        "words_json": json_island(spoken),
        **how,
    }
    return _template().render(fields).encode()


@cache
def _template() -> Template:
    return Environment(autoescape=True).from_string(source("page.html"))
