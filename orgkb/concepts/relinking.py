"""Which documents a change of the dictionary concerns: only those that hold the words of a changed name.

The state of a dictionary is kept as hashes: what is gone from it needs no name, as only documents in which it
was found or that asked for it depended on it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Container

import msgspec
from msgspec import structs

from orgkb.concepts.dictionary import Dictionary, Entry
from orgkb.concepts.findings import FileFindings, Shared
from orgkb.concepts.scanning import FileScan

Hash = bytes
"""Eight bytes."""


class State(msgspec.Struct, frozen=True):
    """A dictionary, by hashes."""

    names: dict[Hash, tuple[Hash, tuple[Hash, ...]]]
    """Of a folded name → (of all that it means, of the ids of its concepts)."""
    corrections: dict[Hash, Hash]
    """Of a misspelt word → of the right one."""


def hashed(text: str) -> Hash:
    """The hash of TEXT."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()


def state_of(shared: Shared) -> State:
    """The state of the dictionary of SHARED."""
    dictionary = shared.dictionary
    return State(
        {hashed(key): _meaning(key, shared) for key in dictionary.owners},
        {hashed(word): hashed(right) for word, right in dictionary.corrections.items()},
    )


def _meaning(key: str, shared: Shared) -> tuple[Hash, tuple[Hash, ...]]:
    dictionary = shared.dictionary
    owner = dictionary.owners[key]
    senses = dictionary.senses.get(owner, ())
    ids = (owner, *(sense.concept for sense in senses if sense.concept != owner))
    entries = [_entry(tier.entries.get(key)) for tier in (dictionary.sure, dictionary.found)]
    # An entry may belong to another concept than the name by itself.
    ids = tuple(dict.fromkeys((*ids, *(str(entry[0]) for entry in entries if entry))))
    what = (ids, entries, senses, [shared.confidence.get(identity) for identity in ids])
    digest = hashlib.blake2b(msgspec.msgpack.encode(what), digest_size=8).digest()
    return digest, tuple(hashed(identity) for identity in ids)


def _entry(entry: Entry | None) -> tuple[object, ...] | None:
    """ENTRY's values, its concept first; sets in order, as their own order is chance."""
    if entry is None:
        return None
    values = structs.asdict(entry)
    rest: list[object] = [sorted(v) if isinstance(v, frozenset) else v for k, v in values.items() if k != "concept"]
    return entry.concept, *rest


class Change:
    """What differs between two dictionaries."""

    def __init__(self, before: State, after: State, dictionary: Dictionary) -> None:
        """From BEFORE to AFTER, the state of DICTIONARY."""
        changed = {
            name for name in before.names.keys() | after.names.keys() if before.names.get(name) != after.names.get(name)
        }
        self._names = changed
        self._concepts = {
            concept
            for name in changed
            for state in (before, after)
            if name in state.names
            for concept in state.names[name][1]
        }
        self._new = [key for key in dictionary.owners if hashed(key) in changed] if changed else []
        words = before.corrections.keys() | after.corrections.keys()
        self._words = {word for word in words if before.corrections.get(word) != after.corrections.get(word)}
        self._corrections = dictionary.corrections

    @property
    def none(self) -> bool:
        """Whether the two say the same."""
        return not self._names and not self._words

    def concerns(self, scan: FileScan, found: FileFindings) -> bool:
        """Whether the second round could now find other things than FOUND in the document of SCAN."""
        if self.none:
            return False
        if self._words and (scan.candidates.russian or any(hashed(word) in self._words for word in scan.words)):
            return True
        if any(hashed(name) in self._names for name in found.asked.split("\n")):
            return True
        concepts = set(found.mentions.concepts)
        concepts.update(end for relation in found.relations for end in (relation.source, relation.target))
        if any(hashed(concept) in self._concepts for concept in concepts):
            return True
        if not self._new:
            return False
        words = set(scan.words)
        words.update([self._corrections[word] for word in words if word in self._corrections])
        starts = {word[:2] for word in words if word[0] > "\u03ff"}
        starts.update(right[:2] for word, right in self._corrections.items() if word[:2] in starts)
        return any(_may_stand(key, words, starts) for key in self._new)


def _may_stand(key: str, words: Container[str], starts: Container[str]) -> bool:
    """Whether a text of WORDS, whose Russian ones begin with STARTS, may hold the name that KEY folds."""
    if key[0] > "\u03ff":
        # Its forms begin alike, but for a vowel that some lose: день, дня.
        return key[:2] in starts or key[:1] + key[2:3] in starts
    if not key.isascii():
        return any(key[:end] in words for end in range(1, len(key) + 1))
    reached = {0}
    for begin in range(len(key)):
        if begin in reached:
            reached.update(end for end in range(begin + 1, len(key) + 1) if key[begin:end] in words)
    return len(key) in reached
