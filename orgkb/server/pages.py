"""The pages that are not notes: what is wrong with them, and what is to be decided."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import groupby
from urllib.parse import quote

import msgspec

from orgkb import checking, review
from orgkb.diagnostics import Diagnostic
from orgkb.exporter import MorePage, Resource, Site

TITLES = {"review": "Review", "problems": "Problems"}
STYLE = "/desk.css"
COUNTS = "/counts"
"""How many things the pages of this module hold, for a page that is shown already."""
SHOWN = 50
"""Questions of one kind on the page."""

_KINDS = {
    review.Kind.CONCEPT: "Is it a concept?",
    review.Kind.MERGE: "Are they one?",
    review.Kind.ALIAS: "Is it another name?",
    review.Kind.SENSES: "One thing, or several?",
    review.Kind.DEFINITION: "Which definition is the best?",
    review.Kind.UNDEFINED: "What is it?",
    review.Kind.RELATION: "Does it hold?",
    review.Kind.DROPPED: "In no export: is it a concept after all?",
}


def problems_page(findings: Sequence[Diagnostic], error: str, site: Site) -> MorePage:
    """FINDINGS of `orgkb check` by rule, each with a link to its section; ERROR is why the last build failed."""
    titles = {rule.name: rule.title for rule in checking.RULES}
    parts = [_heading(TITLES["problems"])]
    if error:
        parts.append(f'<p class="error">The notes as saved cannot be read: {escape(error)}</p>')
    if not findings:
        parts.append('<p class="facts">Nothing to complain about.</p>')
    for code, group in groupby(findings, lambda finding: finding.code if finding.code in titles else ""):
        items = "".join(_finding(finding, site) for finding in group)
        name = titles.get(code, "Problems of reading")
        parts.append(
            f'<section id="{escape(code or checking.OTHER)}" class="level2"><h2>{escape(name)}</h2>'
            f'<ul class="findings">{items}</ul></section>'
        )
    return MorePage("/problems", TITLES["problems"], len(findings), "\n".join(parts), styles=(STYLE,))


def counts(questions: Sequence[review.ReviewItem], findings: Sequence[Diagnostic]) -> Resource:
    """How many there are, by the address of their page."""
    found = {"/review": len(questions), "/problems": len(findings)}
    return Resource(msgspec.json.encode(found), "application/json", "default-src 'none'")


def _finding(finding: Diagnostic, site: Site) -> str:
    place = finding.location
    severity = finding.severity.name.lower()
    return (
        f'<li><span class="level {severity}">{severity}</span> {_place(place.path, place.line, site)} '
        f"<span>{escape(finding.message)}</span></li>"
    )


def _place(path: str, line: int, site: Site) -> str:
    """`file:line` with a link to the section, and one that opens the file in Emacs."""
    shown = f"{escape(path)}:{line}"
    url = site.place(path, line)
    there = f'<a class="at" href="{escape(url)}">{shown}</a>' if url else f'<span class="at">{shown}</span>'
    emacs = f"org-protocol://orgkb?file={quote(path, safe='')}&line={line}"
    return f'{there} <a class="edit" href="{escape(emacs)}" title="Open in Emacs">✎</a>'


def review_page(questions: Sequence[review.ReviewItem], site: Site, token: str) -> MorePage:
    """QUESTIONS by kind, each with a button for every answer; TOKEN comes back with an answer."""
    parts = [_heading(TITLES["review"])]
    if questions:
        parts.append(
            '<p class="facts">An answer goes into <code>orgkb.toml</code> at once and holds in every export. '
            "To take one back, edit that file.</p>"
        )
    else:
        parts.append('<p class="facts">Nothing is doubtful.</p>')
    for kind, group in groupby(questions, lambda item: item.kind):
        items = list(group)
        body = "".join(_question(item, site) for item in items[:SHOWN])
        rest = (
            f'<p class="facts">and {len(items) - SHOWN} more, once these are answered</p>' if len(items) > SHOWN else ""
        )
        parts.append(
            f'<section id="{kind}" class="level2"><h2>{escape(_KINDS[kind])} <span class="count">{len(items)}</span></h2>'
            f"{body}{rest}</section>"
        )
    body = f'<div id="review" data-token="{escape(token)}">{"".join(parts)}</div><p id="said" role="status" hidden></p>'
    return MorePage("/review", TITLES["review"], len(questions), body, ("/review.js",), (STYLE,))


def _question(item: review.ReviewItem, site: Site) -> str:
    quotes = "".join(_quote(quote, site) for quote in item.quotes)
    more = item.places - len(item.quotes)
    if more > 0:
        quotes += f'<li class="facts">and {more} more</li>'
    return (
        f'<article class="question" data-key="{escape(item.key)}"><p class="asked">{escape(item.question)} '
        f'<span class="facts">{escape(item.why)}</span></p><ul class="quotes">{quotes}</ul>'
        f'<p class="answers">{"".join(_answers(item.options))}</p></article>'
    )


def _answers(options: Iterable[review.Option]) -> Iterator[str]:
    for option in options:
        if option.text:
            yield f'<input type="text" aria-label="{escape(option.label)}" placeholder="{escape(option.label)}">'
        text = ' data-text="yes"' if option.text else ""
        yield f'<button type="button" data-option="{escape(option.name)}"{text}>{escape(option.label)}</button>'


def _quote(shown: review.Quote, site: Site) -> str:
    text = f"<q>{escape(shown.text)}</q>" if shown.text else ""
    note = f' <span class="facts">{escape(shown.note)}</span>' if shown.note else ""
    return f"<li>{_place(shown.span.path, shown.span.line, site)} {text}{note}</li>"


def _heading(title: str) -> str:
    return f'<header id="title"><h1>{escape(title)}</h1></header>'
