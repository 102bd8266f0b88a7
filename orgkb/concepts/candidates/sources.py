"""Where notes only name what they were taken from: `* References`, `* Литература`, lists of links."""

from __future__ import annotations

from orgkb.concepts import folding
from orgkb.concepts.blocks import TEXTS, Reading
from orgkb.org import nodes as n

_SURE = frozenset(
    {
        "references",
        "bibliography",
        "works cited",
        "citations",
        "further reading",
        "additional reading",
        "recommended reading",
        "reading list",
        "reference material",
        "reference materials",
        "reference book",
        "reference books",
        "external links",
        "see also",
        "литература",
        "список литературы",
        "список источников",
        "источники",
        "использованные источники",
        "библиография",
        "полезные ссылки",
        "литература и ссылки",
        "literatur",
        "literaturverzeichnis",
        "quellen",
        "quellenverzeichnis",
        "weblinks",
        "siehe auch",
        "bibliographie",
        "références",
        "voir aussi",
        "liens externes",
        "bibliografía",
        "referencias",
        "enlaces externos",
        "véase también",
        "bibliografia",
        "riferimenti",
        "referências",
    }
)
_LIKELY = frozenset(
    {
        "resources",
        "links",
        "useful links",
        "sources",
        "reading",
        "books",
        "books and articles",
        "papers",
        "materials",
        "ссылки",
        "материалы",
        "ресурсы",
        "книги",
        "статьи",
        "links und quellen",
        "liens",
        "ressources",
        "enlaces",
        "fuentes",
        "recursos",
        "fonti",
    }
)
"""Titles that may be those of other things; then half of the texts below must hold a link to the outside."""
_LEADS = frozenset({"http", "https", "ftp", "doi", "cite", "attachment", "file"})


def cited(reading: Reading) -> frozenset[int]:
    """The indexes of the headlines below which only sources are listed."""
    found: set[int] = set()
    for headline in reading.document.headlines:
        if headline.parent in found:
            found.add(headline.index)
            continue
        title = " ".join(folding.words(reading.titles[headline.index].lower()))
        if title in _SURE or (title in _LIKELY and _is_linked(reading, headline.index)):
            found.add(headline.index)
    return frozenset(found)


def _is_linked(reading: Reading, headline: int) -> bool:
    texts = [block for block in reading.of_kind(*TEXTS) if block.headline == headline]
    linked = sum(any(isinstance(obj, n.Link) and obj.kind in _LEADS for obj in block.objects) for block in texts)
    return linked * 2 >= len(texts) > 0
