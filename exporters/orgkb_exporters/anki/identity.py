"""Which note is which: GUIDs that outlive edits of headings, lines, definitions and, by likeness, of terms.

GUID = file key, kind, anchor and sense.  The file key is the file's own id or its path in the
notes; the anchor is the id of the heading that *is* the note, else the folded term; the sense
numbers several notes with one anchor.  Never part of it: lines, heading paths, the definition.
"""

from __future__ import annotations

import hashlib
import os.path
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path, PurePosixPath
from typing import Protocol, TypeVar

import msgspec

from orgkb.org.document import Document
from orgkb.org.nodes import Headline
from orgkb.org.walk import plain_text
from orgkb.patterns import pattern
from orgkb_exporters.anki.prose import fold, likeness, words

BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
GUID_LENGTH = 12
"""71 bits: no two of a million notes meet by chance."""
SAME_NOTE = 0.85
"""Likeness from which a note with another name is taken for the renamed old one."""
SAME_SENSE = 0.5
"""Likeness from which a definition is taken for a reworded sense of the same term."""
MAX_COMPARED = 200_000
"""Most pairs that are compared for likeness in one file; beyond it only equal answers match."""


_WITHHELD = pattern(r"~[0-9a-f]{16}")


class Key(msgspec.Struct, frozen=True, order=True):
    """What tells a note from all others."""

    file: str
    kind: str
    anchor: str
    sense: int = 1

    @property
    def name(self) -> str:
        """What the field ID of the note shows."""
        return f"{self.file}/{self.anchor}" + (f"#{self.sense}" if self.sense > 1 else "")

    def guid(self) -> str:
        """The GUID of a note first seen under this key."""
        text = "\x1f".join((self.file, self.kind, self.anchor, str(self.sense)))
        number = int.from_bytes(hashlib.sha256(text.encode()).digest())
        digits: list[str] = []
        for _ in range(GUID_LENGTH):
            number, digit = divmod(number, len(BASE62))
            digits.append(BASE62[digit])
        return "".join(digits)


class Known(Protocol):
    """A note of an earlier build."""

    @property
    def key(self) -> Key:
        """What identified it."""
        ...

    @property
    def guid(self) -> str:
        """Anki's identity of it."""
        ...

    @property
    def answer(self) -> str:
        """Begin of its answer, plain text."""
        ...


K = TypeVar("K", bound=Known)


class Candidate(Protocol):
    """A note of this build, before it is known which one it is."""

    @property
    def file(self) -> str:
        """The file key."""
        ...

    @property
    def kind(self) -> str:
        """The kind of note type."""
        ...

    @property
    def anchor(self) -> str:
        """What identifies it within its file."""
        ...

    @property
    def answer(self) -> str:
        """Begin of its answer, plain text, cut where `Known.answer` was cut."""
        ...


class Identity(msgspec.Struct, frozen=True):
    """Which note a candidate is."""

    key: Key
    guid: str
    before: Key | None = None
    """The key under which an earlier build knew it; None for a new note."""


def file_key(document: Document, root: Path) -> str:
    """The file's own id (`:ID:` or `#+ORGKB_KEY:`), else its path below ROOT, without `.org`."""
    own = document.get_property("ID") or document.setting("ORGKB_KEY")
    return own.strip() if own and own.strip() else str(PurePosixPath(relative_path(document, root)).with_suffix(""))


def relative_path(document: Document, root: Path) -> str:
    """The document's path below ROOT, with forward slashes; as the user named it where it lies elsewhere."""
    absolute = Path(os.path.abspath(document.path))  # noqa: PTH100 - by name only: symbolic links are not followed
    base = Path(os.path.abspath(root))  # noqa: PTH100 - see above
    if absolute.is_relative_to(base) and absolute != base:
        return absolute.relative_to(base).as_posix()
    named = PurePosixPath(document.path)
    return named.name if named.is_absolute() or ".." in named.parts else document.path


def anchor(term: str, surfaces: Iterable[str], headline: Headline | None) -> str:
    """What identifies a note within its file: the heading's id where the heading is the note, else the folded term."""
    if headline is not None and fold(plain_text(headline.title)) in {fold(surface) for surface in surfaces}:
        for name in ("ANKI_GUID", "ID", "CUSTOM_ID"):
            value = headline.get_property(name)
            if value and value.strip():
                return f"{name.lower().replace('_', '-')}:{value.strip()}"
    return fold(term)


def withheld(anchor: str) -> str:
    """What stands for ANCHOR in the ledger while the note is kept from export: it tells nothing, but finds it again."""
    return anchor if _WITHHELD.fullmatch(anchor) else f"~{hashlib.sha256(anchor.encode()).hexdigest()[:16]}"


def identify(candidates: Sequence[Candidate], known: Sequence[Known]) -> list[Identity]:
    """The identity of each of CANDIDATES: one of KNOWN, or a new one.

    Matched in turn: same file, kind and anchor, the senses by their answers; files that were
    renamed, by the majority of their notes; terms that were renamed, by an answer that stayed.
    """
    matcher = _Matcher(candidates, known)
    matcher.match_anchors()
    matcher.match_files()
    matcher.match_renamed()
    return matcher.identities()


class _Matcher:
    def __init__(self, candidates: Sequence[Candidate], known: Sequence[Known]) -> None:
        self.candidates = candidates
        self.known = sorted(known, key=lambda k: k.key)
        self.matches: dict[int, Known] = {}
        self.taken: set[Key] = set()

    def free_known(self) -> list[Known]:
        return [old for old in self.known if old.key not in self.taken]

    def free_candidates(self) -> list[int]:
        return [i for i in range(len(self.candidates)) if i not in self.matches]

    def take(self, index: int, old: Known) -> None:
        self.matches[index] = old
        self.taken.add(old.key)

    def match_anchors(self, renamed: dict[str, str] | None = None) -> None:
        """Same anchor in the same file, or in the file that RENAMED says it was."""
        groups: dict[tuple[str, str, str], list[Known]] = defaultdict(list)
        for old in self.free_known():
            groups[old.key.file, old.key.kind, old.key.anchor].append(old)
        wanted: dict[tuple[str, str, str], list[int]] = defaultdict(list)
        for i in self.free_candidates():
            new = self.candidates[i]
            file = new.file if renamed is None else renamed.get(new.file)
            if file is not None:
                wanted[file, new.kind, new.anchor].append(i)
        for (file, kind, name), indices in wanted.items():
            olds = groups.get((file, kind, name), []) + groups.get((file, kind, withheld(name)), [])
            if olds:
                self._match_senses(indices, olds)

    def _match_senses(self, indices: list[int], olds: list[Known]) -> None:
        self._match_equal(indices, olds)
        self._match_alike(indices, olds, SAME_SENSE)
        # One rewritten definition keeps its place; among several nothing tells them apart but the order.
        indices = [i for i in indices if i not in self.matches]
        olds = [old for old in olds if old.key not in self.taken]
        for i, old in zip(indices, olds, strict=False):
            self.take(i, old)

    def match_files(self) -> None:
        """A file whose key is new is the vanished file that most of its notes come from."""
        old_files = {old.key.file for old in self.known}
        present = {new.file for new in self.candidates}
        vanished = [old for old in self.free_known() if old.key.file not in present]
        if not vanished:
            return
        homes: dict[tuple[str, str], set[str]] = defaultdict(set)
        for old in vanished:
            homes[old.key.kind, old.key.anchor].add(old.key.file)
        votes: dict[str, Counter[str]] = defaultdict(Counter)
        sizes: Counter[str] = Counter()
        for i in self.free_candidates():
            new = self.candidates[i]
            if new.file not in old_files:
                sizes[new.file] += 1
                votes[new.file].update(sorted(homes.get((new.kind, new.anchor), ())))
        renamed: dict[str, str] = {}
        for file in sorted(votes):
            ranked = sorted(votes[file].items(), key=lambda item: (-item[1], item[0]))
            if ranked and ranked[0][1] * 2 > sizes[file] and ranked[0][0] not in renamed.values():
                renamed[file] = ranked[0][0]
        if renamed:
            self.match_anchors(renamed)

    def match_renamed(self) -> None:
        """A term that is new takes over from a vanished one of its file with the same or nearly the same answer."""
        olds: dict[tuple[str, str], list[Known]] = defaultdict(list)
        for old in self.free_known():
            olds[old.key.file, old.key.kind].append(old)
        news: dict[tuple[str, str], list[int]] = defaultdict(list)
        for i in self.free_candidates():
            news[self.candidates[i].file, self.candidates[i].kind].append(i)
        for group, indices in news.items():
            # A one-word answer ("Google") tells nothing about the term.
            olds_here = [old for old in olds.get(group, ()) if len(words(old.answer)) >= 3]
            indices_here = [i for i in indices if len(words(self.candidates[i].answer)) >= 3]
            self._match_equal(indices_here, olds_here)
            self._match_alike(indices_here, olds_here, SAME_NOTE)

    def _match_equal(self, indices: list[int], olds: list[Known]) -> None:
        by_answer: dict[str, list[Known]] = defaultdict(list)
        for old in olds:
            if old.key not in self.taken:
                by_answer[fold(old.answer)].append(old)
        for i in indices:
            same = by_answer.get(fold(self.candidates[i].answer))
            if i not in self.matches and same:
                self.take(i, same.pop(0))

    def _match_alike(self, indices: list[int], olds: list[Known], least: float) -> None:
        left = [i for i in indices if i not in self.matches]
        right = [old for old in olds if old.key not in self.taken]
        if len(left) * len(right) > MAX_COMPARED:
            return
        pairs = [(likeness(self.candidates[i].answer, old.answer), i, old) for i in left for old in right]
        for alike, i, old in sorted(pairs, key=lambda p: (-p[0], p[1], p[2].key)):
            if alike >= least and i not in self.matches and old.key not in self.taken:
                self.take(i, old)

    def identities(self) -> list[Identity]:
        guids = {old.guid for old in self.known}
        # Notes that stay where they were keep their sense; the others come after all that ever were there.
        senses: dict[tuple[str, str, str], int] = defaultdict(int)
        for old in self.known:
            place = old.key.file, old.key.kind, old.key.anchor
            senses[place] = max(senses[place], old.key.sense)
        result: list[Identity] = []
        for i, new in enumerate(self.candidates):
            place = new.file, new.kind, new.anchor
            match = self.matches.get(i)
            if match is not None and (match.key.file, match.key.kind, match.key.anchor) == place:
                result.append(Identity(match.key, match.guid, match.key))
                continue
            senses[place] += 1
            key = Key(*place, senses[place])
            while match is None and key.guid() in guids:
                # The GUID went with a renamed note.
                senses[place] += 1
                key = Key(*place, senses[place])
            guid = key.guid() if match is None else match.guid
            guids.add(guid)
            result.append(Identity(key, guid, None if match is None else match.key))
        return result


def vanished(known: Iterable[K], identities: Iterable[Identity], kept_files: Collection[str]) -> list[K]:
    """The notes of earlier builds that no note of this build is, in files that KEPT_FILES says were read."""
    found = {identity.before for identity in identities}
    return [old for old in known if old.key not in found and old.key.file in kept_files]
