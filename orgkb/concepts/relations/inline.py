"""Lists inside a sentence: `The stem consists of three parts: root, ending and infix`, `There are two kinds of lock: …`."""

from __future__ import annotations

from orgkb.concepts import folding
from orgkb.concepts.linking import Hit
from orgkb.concepts.relations.subjects import opens_sentence
from orgkb.concepts.text import has_dash
from orgkb.patterns import pattern

_MARK = r"(?:\s?:|\s[-–—])\s(?:(?:an?|the)\s)?"
_LEAD = pattern(
    r"\s(?P<verb>(?:is|are)\s(?:made\sup\sof|made\sof|composed\sof|comprised\sof|divided\sinto|split\sinto|formed\sby)|consists?\sof|"
    r"contains?|includes?|comprises?|has|have|provides?|supports?|defines?|offers?)"
    rf"(?:\s(?:of\s)?(?:the\s)?(?:following\s|main\s|basic\s|different\s|[a-z]+\s){{0,2}}(?P<what>[a-z]+s))?{_MARK}"
)
_KINDS = pattern(
    r"\b(?P<what>types|kinds|sorts|forms|classes|categories|parts|components|phases|stages|steps|levels|layers|elements)\s"
    r"(?:of|in|for)\s(?:(?:an?|the)\s)?$"
)
_COLON = pattern(_MARK)
_PRONOUN = pattern(r"[\s*]*(?:(?:It|They)(?=\s))?")
_HAVING = frozenset(
    {"has", "have", "provides", "provide", "supports", "support", "defines", "define", "offers", "offer"}
)
_OF_KINDS = frozenset({"types", "kinds", "sorts", "forms", "classes", "categories"})


def inline_label(text: str, subject: Hit, target: Hit) -> str:
    """The linking phrase from SUBJECT to TARGET, the first of a list that a colon or dash of TEXT leads to; empty for none."""
    between = text[subject.end : target.start]
    if ":" not in between and not has_dash(between):
        return ""
    if lead := _LEAD.fullmatch(text, subject.end, target.start):
        if not opens_sentence(text, subject):
            return ""
        verb = lead["verb"]
        if verb in _HAVING and lead["what"] and not lead["what"].endswith("ss"):
            # `has two states: …`
            return f"{verb} {folding.singular(lead['what'])}"
        return verb
    if _COLON.fullmatch(text, subject.end, target.start) and (
        kinds := _KINDS.search(text, max(0, subject.start - _NEAR), subject.start)
    ):
        return "includes" if kinds["what"] in _OF_KINDS else f"has {folding.singular(kinds['what'])}"
    return ""


_NEAR = 40
_MAX_LEAD = 90


def title_label(text: str, target: Hit) -> tuple[str, int]:
    """(linking phrase, where it begins) of TEXT that says without a subject what there is: `It has two parts: …`, `Consists of: …`."""
    start = _PRONOUN.match(text)
    begin = start.end() if start else 0
    if target.start - begin > _MAX_LEAD:
        return "", begin
    said = text[begin : target.start].lstrip()
    lead = _LEAD.fullmatch(f" {said[:1].lower()}{said[1:]}") if ":" in said or "-" in said or "–" in said else None
    if lead is None:
        return "", begin
    if lead["verb"] in _HAVING and lead["what"]:
        return f"{lead['verb']} {folding.singular(lead['what'])}", begin
    return lead["verb"], begin
