"""Names that only say again what the notes are about: `Docker image` under `* Docker` is the image."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from orgkb.concepts import folding, synonyms
from orgkb.concepts.candidates.model import Candidate
from orgkb.concepts.halves import PREFIXES
from orgkb.patterns import pattern

CONFIDENCE = 0.6
_STEM = pattern(r"(?P<stem>[a-z]{3,})[-_](?P<rest>[a-z].*)")
_MIN_STEM = 4
_KINDS = PREFIXES | {"meta", "auto", "micro", "macro", "mini"}
"""What tells kinds of a thing apart: a multi-vector is no vector."""
_MIN_REST = 3
"""Letters of the shorter name; `Kubernetes API` is not the API."""


class _Place(Protocol):
    """What is asked of a place: see `term.Place`."""

    @property
    def candidate(self) -> Candidate: ...
    @property
    def root(self) -> bool: ...


def longer_names(by_key: Mapping[str, Sequence[_Place]]) -> Iterator[tuple[str, str]]:
    """(key, longer key) of names that are one: the longer begins with a root and has no definition of its own.

    A root is the title of a top headline or file.  Its beginning will do where a hyphen follows and
    the rest names what the other is: `kube-scheduler` and `Scheduler`.
    """
    roots = {key for key, places in by_key.items() if len(key) > 2 and any(place.root for place in places)}
    whole = (key for key, places in by_key.items() if (key in roots or _is_defined(places)) and _is_proper(places))
    beginnings = {key[:end] for key in whole for end in range(_MIN_STEM, len(key))}
    for key, places in by_key.items():
        spelt = [place.candidate.name for place in places]
        for surface in dict.fromkeys(spelt):
            parts = folding.folded_words(surface)
            for cut in range(1, len(parts)):
                rest = "".join(parts[cut:])
                if "".join(parts[:cut]) in roots and rest in by_key:
                    # One of the two is only named in passing: then it is the other.  But a term that everybody
                    # knows is more than what the notes say of one kind of it: `deep learning algorithms`.
                    longer = _is_defined(places)
                    if longer != _is_defined(by_key[rest]) and len(rest) > _MIN_REST:
                        if not longer:
                            yield rest, key
                        elif _is_marked(places) or not synonyms.has_translation(rest):
                            yield key, rest
                    break
            if match := _STEM.fullmatch(surface):
                rest = folding.key(match["rest"])
                shares = match["stem"] in beginnings and match["stem"] not in _KINDS
                if shares and rest in by_key and not (_is_marked(by_key[rest]) and _is_marked(places)):
                    yield key, rest


def _is_proper(places: Sequence[_Place]) -> bool:
    """Whether a name is one word with a capital: `Kubernetes`."""
    return any(place.candidate.name.isalpha() and place.candidate.name[0].isupper() for place in places)


def _is_defined(places: Sequence[_Place]) -> bool:
    return any(place.candidate.definition is not None for place in places)


def _is_marked(places: Sequence[_Place]) -> bool:
    return any(place.candidate.explicit and place.candidate.definition is not None for place in places)
