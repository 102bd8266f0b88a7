"""What a folder of notes is like, in a few sentences: languages, headings, tags, decks, task states."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from orgkb.org.document import Document
from orgkb.patterns import pattern

_CYRILLIC = pattern(r"[а-яё]", re.IGNORECASE)
_LATIN = pattern(r"[a-z]", re.IGNORECASE)
_CJK = pattern(r"[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]")
_GREEK = pattern(r"[\u0370-\u03ff]")
_SCRIPTS = (("Latin", _LATIN), ("Cyrillic", _CYRILLIC), ("Chinese, Japanese or Korean", _CJK), ("Greek", _GREEK))
_SHARE = 0.02
"""Part of the letters from which a script is named."""
_SAMPLE = 100_000
_SHOWN = 12
DECK = "ANKI_DECK"


def sentences(documents: Sequence[Document]) -> Iterator[str]:
    """What was found in DOCUMENTS; nothing where there are none."""
    if not documents:
        return
    headings = sum(len(document.headlines) for document in documents)
    yield f"Found: {_many(len(documents), 'note')} with {_many(headings, 'heading')}{_letters(documents)}."
    if named := _values(documents, "LANGUAGE"):
        yield f"Languages that #+LANGUAGE names: {_listed(named)}."
    if tags := Counter(tag for d in documents for h in d.headlines for tag in d.all_tags(h)):
        yield f"Tags (headings): {_counted(tags)}; headings tagged noexport are in no export."
    if tasks := Counter(h.todo for d in documents for h in d.headlines if h.todo):
        yield f"Task states (headings): {_counted(tasks)}."


def decks(documents: Sequence[Document]) -> Iterator[str]:
    """Where the cards of DOCUMENTS go."""
    found: Counter[str] = Counter()
    for document in documents:
        of_file = document.setting(DECK) or document.get_property(DECK)
        for own in (of_file, *(headline.get_property(DECK) for headline in document.headlines)):
            if own and own.strip():
                found[" ".join(own.split())] += 1
    if found:
        yield f"Decks that the notes name by {DECK} (places): {_counted(found)}; all else goes to the top deck."


def _letters(documents: Sequence[Document]) -> str:
    sample = "".join(document.text[: _SAMPLE // len(documents) + 1] for document in documents)
    counts = [(name, len(letters.findall(sample))) for name, letters in _SCRIPTS]
    total = sum(count for _, count in counts) or 1
    scripts = [name for name, count in sorted(counts, key=lambda pair: -pair[1]) if count > _SHARE * total]
    return f", in {' and '.join(scripts)} letters" if scripts else ""


def _values(documents: Iterable[Document], setting: str) -> list[str]:
    values = (document.setting(setting) for document in documents)
    return list(dict.fromkeys(value.strip() for value in values if value and value.strip()))


def _counted(found: Counter[str]) -> str:
    ordered = sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))
    return _listed([f"{name} ({count})" for name, count in ordered])


def _listed(names: Sequence[str]) -> str:
    rest = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return ", ".join(names[:_SHOWN]) + rest


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
