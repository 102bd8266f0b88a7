"""Everything that a run wrote, unpacked to the last byte, and what each format must never hold."""

from __future__ import annotations

import io
import json
import re
import shutil
import sqlite3
import subprocess
import zipfile
import zlib
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

from markdown_it import MarkdownIt

from orgkb.org.urls import safe_url

PAYLOAD = "pwned"
"""What every hostile note tries to have called: no reader may find it where it would be run."""

_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_TAGS = frozenset(
    [
        "a",
        "abbr",
        "b",
        "blockquote",
        "br",
        "caption",
        "center",
        "cite",
        "code",
        "col",
        "colgroup",
        "dd",
        "del",
        "details",
        "div",
        "dl",
        "dt",
        "em",
        "figcaption",
        "figure",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "i",
        "img",
        "ins",
        "kbd",
        "li",
        "mark",
        "ol",
        "p",
        "pre",
        "q",
        "s",
        "samp",
        "section",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "summary",
        "sup",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "time",
        "tr",
        "u",
        "ul",
        "var",
        "wbr",
    ]
)
_ATTRIBUTES = frozenset(
    [
        "alt",
        "align",
        "class",
        "colspan",
        "data-line",
        "dir",
        "height",
        "href",
        "id",
        "lang",
        "name",
        "open",
        "rowspan",
        "scope",
        "src",
        "start",
        "style",
        "title",
        "type",
        "value",
        "width",
    ]
)
_STYLE = re.compile(r"text-align:\s*(?:left|right|center);?")
_BACK_LINK = re.compile(r"org-protocol://orgkb\?file=[\w%./~-]*(?:&search=[\w%./~-]*)?\Z")
_OWN_ROOT = re.compile(r"/media/[\w.-]+\Z")
"""Where Hugo looks for what we put into `static/media`."""
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_PDF_ACTIONS = (
    b"/JavaScript",
    b"/JS ",
    b"/JS(",
    b"/Launch",
    b"/SubmitForm",
    b"/EmbeddedFile",
    b"/GoToR",
    b"/OpenAction",
)


def unpacked(folder: Path) -> dict[str, bytes]:
    """Name → bytes of all files below FOLDER; what is inside zips, databases and PDFs too, and the names themselves."""
    found: dict[str, bytes] = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            name = path.relative_to(folder).as_posix()
            found |= dict(_inside(name, path.read_bytes()))
    found["(names)"] = "\n".join(found).encode("utf-8", "surrogateescape")
    return found


def _inside(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    yield name, data
    if data.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for info in archive.infolist():
                yield from _inside(f"{name}/{info.filename}", archive.read(info))
    elif data.startswith(b"SQLite format 3"):
        rows = (json.dumps(row, ensure_ascii=False, default=repr) for row in rows_of(data))
        yield f"{name}/rows", "\n".join(rows).encode()
    elif data.startswith(b"%PDF"):
        yield f"{name}/streams", b"\n".join(_streams(data))
        if shutil.which("pdftotext"):
            done = subprocess.run(["pdftotext", "-enc", "UTF-8", "-", "-"], input=data, capture_output=True, check=True)
            yield f"{name}/text", done.stdout


def rows_of(database: bytes) -> Iterator[tuple[object, ...]]:
    """Every row of every table of DATABASE."""
    connection = sqlite3.connect(":memory:")
    try:
        connection.deserialize(database)
        connection.create_collation("unicase", lambda a, b: (a > b) - (a < b))
        for (table,) in connection.execute("select name from sqlite_master where type = 'table'").fetchall():
            yield from connection.execute(f'select * from "{table}"')
    finally:
        connection.close()


def notes_of(package: bytes) -> Iterator[tuple[int, tuple[str, ...], str]]:
    """(note type, fields, tags) of each note of an .apkg."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        database = archive.read("collection.anki2")
    connection = sqlite3.connect(":memory:")
    try:
        connection.deserialize(database)
        for kind, fields, tags in connection.execute("select mid, flds, tags from notes"):
            yield kind, tuple(fields.split("\x1f")), tags
    finally:
        connection.close()


def _streams(pdf: bytes) -> Iterator[bytes]:
    for match in _STREAM.finditer(pdf):
        try:
            yield zlib.decompress(match.group(1))
        except zlib.error:
            yield match.group(1)


class _Html(HTMLParser):
    """Collects what a page of notes must not hold."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []
        self.images: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _TAGS:
            self.faults.append(f"<{tag}>")
        for key, value in attrs:
            if key not in _ATTRIBUTES:
                self.faults.append(f"<{tag} {key}>")
            elif (
                key in {"href", "src"}
                and safe_url(value or "#") is None
                and not _BACK_LINK.match(value or "")
                and not _OWN_ROOT.match(value or "")
            ):
                self.faults.append(f"<{tag} {key}={value}>")
            elif key == "style" and not _STYLE.fullmatch(value or ""):
                self.faults.append(f"<{tag} style={value}>")
            if tag == "img" and key == "src":
                self.images.append(value or "")

    def handle_decl(self, decl: str) -> None:
        self.faults.append(f"<!{decl}>")

    def unknown_decl(self, data: str) -> None:
        self.faults.append(f"<![{data}>")

    def handle_pi(self, data: str) -> None:
        self.faults.append(f"<?{data}>")


def html_faults(html: str) -> tuple[list[str], list[str]]:
    """(elements, attributes and addresses in HTML that notes may not bring about, the images it shows)."""
    parser = _Html()
    parser.feed(html)
    parser.close()
    return parser.faults, parser.images


def faults(files: dict[str, bytes]) -> Iterator[str]:
    """What is dangerous in the unpacked FILES, a sentence each."""
    for name, data in files.items():
        if name.endswith(".md"):
            yield from _markdown_faults(name, data)
        elif name.endswith(".svg"):
            yield from _svg_faults(name, data)
        elif name.endswith(".dot"):
            yield from _dot_faults(name, data)
        elif name.endswith(".apkg"):
            yield from _deck_faults(name, data, files)
        elif name.endswith(".html"):
            yield from _page_faults(name, data)
        elif name.endswith(".json"):
            json.loads(data)
        elif name.endswith(".pdf"):
            streams = files[f"{name}/streams"]
            yield from (f"{name}: holds {word!r}" for word in _PDF_ACTIONS if word in data or word in streams)
            for address in re.findall(rb"/URI\s*\(((?:[^()\\]|\\.)*)\)", data + streams):
                url = address.decode("latin-1")
                if safe_url(url) is None and not _BACK_LINK.match(url):
                    yield f"{name}: links to {address!r}"
        if name.endswith((".md", ".svg", ".dot", ".html", ".json", "/rows")) and (odd := _CONTROL.search(data)):
            yield f"{name}: control character {odd.group()!r} near {data[max(0, odd.start() - 30) : odd.end() + 10]!r}"


def _markdown_faults(name: str, data: bytes) -> Iterator[str]:
    text = data.decode()
    body = re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.DOTALL)
    for html in (MarkdownIt("commonmark", {"html": True}).enable("table").render(body),):
        found, _ = html_faults(html)
        yield from (f"{name}: renders {fault}" for fault in found)


def _svg_faults(name: str, data: bytes) -> Iterator[str]:
    for element in ET.fromstring(data).iter():
        tag = str(element.tag).rsplit("}", 1)[-1].lower()
        if tag in {"script", "foreignobject", "iframe", "animate", "set"}:
            yield f"{name}: <{tag}>"
        for key, value in element.attrib.items():
            plain = key.rsplit("}", 1)[-1].lower()
            if (
                plain.startswith("on")
                or (plain == "href" and safe_url(value) is None)
                or ("url(" in value and plain != "title")
            ):
                yield f"{name}: <{tag} {key}={value}>"


def _dot_faults(name: str, data: bytes) -> Iterator[str]:
    text = re.sub(r'"(?:[^"\\]|\\.)*"', '""', data.decode(), flags=re.DOTALL)
    html_label = re.compile(r"=(<<.*?>>)(?=[\s\]])", re.DOTALL)
    labels: list[str] = html_label.findall(text)
    text = html_label.sub("=<>", text)
    for label in labels:
        for element in ET.fromstring(label[1:-1]).iter():
            if element.tag not in {"TABLE", "TR", "TD", "FONT", "B", "I", "BR"}:
                yield f"{name}: <{element.tag}>"
    if PAYLOAD in text:
        yield f"{name}: text of the notes outside quotes"
    for address in re.findall(r'\b(?:URL|HREF|href|edgeURL|headURL)="((?:[^"\\]|\\.)*)"', data.decode()):
        if safe_url(address) is None:
            yield f"{name}: links to {address}"
    for attribute in ("image=", "shapefile=", "fontpath=", "imagepath="):
        if attribute in text:
            yield f"{name}: {attribute}"


def _deck_faults(name: str, data: bytes, files: dict[str, bytes]) -> Iterator[str]:
    media = set(json.loads(files[f"{name}/media"]).values())
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        database = archive.read("collection.anki2")
    connection = sqlite3.connect(":memory:")
    connection.deserialize(database)
    try:
        (models,) = connection.execute("select models from col").fetchone()
    finally:
        connection.close()
    kinds = {int(key): model for key, model in json.loads(models).items()}
    if PAYLOAD in models:
        yield f"{name}: text of the notes in a note type"
    for kind, fields, tags in notes_of(data):
        names = [field["name"] for field in kinds[kind]["flds"]]
        if len(fields) != len(names):
            yield f"{name}: {len(fields)} fields instead of {len(names)} in {fields[:3]}"
        for field_name, field in zip(names, fields, strict=False):
            found, images = html_faults(field)
            yield from (f"{name}: {field_name} holds {fault}" for fault in found)
            yield from (
                f"{name}: {field_name} shows {image}, which is not in it" for image in images if image not in media
            )
            if re.search(r"\[(?:sound:|latex\]|\$\$?\]|anki:)", field, re.IGNORECASE):
                yield f"{name}: {field_name} calls a player or LaTeX: {field}"
            without_gaps = (
                re.sub(r"\{\{c\d+::", "", field) if kinds[kind]["type"] == 1 and field_name == "Text" else field
            )
            if "{{" in without_gaps:
                yield f"{name}: {field_name} calls a template: {field}"
        if any(part != part.strip() or (PAYLOAD in part and "<" in part) for part in tags.split(" ")):
            yield f"{name}: tags {tags!r}"


class _Handlers(HTMLParser):
    """Collects what a page would run besides its scripts."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for key, value in attrs:
            plain = re.sub(r"[\s\x00-\x1f]", "", value or "").lower()
            if key.startswith("on") or (
                key not in {"title", "alt"} and re.match(r"(?:java|vb)script:|data:text", plain)
            ):
                self.found.append(f"<{tag} {key}={value}>")


def _page_faults(name: str, data: bytes) -> Iterator[str]:
    text = data.decode()
    if "Content-Security-Policy" not in text:
        yield f"{name}: no content security policy"
    for attributes, script in re.findall(r"<script\b([^>]*)>(.*?)</script", text, re.DOTALL | re.IGNORECASE):
        if "json" in attributes:
            json.loads(script)
            if "<" in script or "\u2028" in script:
                yield f"{name}: data not escaped for its place"
        elif PAYLOAD in script and not re.search(rf'"[^"\n]*{PAYLOAD}', script):
            yield f"{name}: text of the notes in a script"
    rest = re.sub(r"<(script|style)\b.*?</\1", "", text, flags=re.DOTALL | re.IGNORECASE)
    rest = rest.replace('<link rel="icon" href="data:,">', "")
    reader = _Handlers()
    reader.feed(rest)
    reader.close()
    yield from (f"{name}: {fault}" for fault in reader.found)
    if re.search(r"<(?:link|iframe|object|embed|base)\b|\ssrc\s*=\s*[\"']?(?:https?:)?//", rest, re.IGNORECASE):
        yield f"{name}: asks another machine"
