"""Which headlines are exported: tags, COMMENT, ARCHIVE, tasks, encryption, selection."""

from __future__ import annotations

import enum
from collections.abc import Iterable

from orgkb.org.document import Document
from orgkb.org.nodes import Headline
from orgkb.org.semantics.options import ExportOptions, NameSet
from orgkb.patterns import pattern

CRYPT_TAG = "crypt"
"""org-crypt's tag: the text below is encrypted, or is meant to be."""


class Verdict(enum.Enum):
    """What becomes of a headline, and why."""

    KEEP = "keep"
    HEADLINE_ONLY = "headline only"
    """Archived: the headline stays, what is below it goes."""
    TAG = "tag"
    COMMENT = "comment"
    ARCHIVE = "archive"
    TASK = "task"
    CRYPT = "crypt"
    UNSELECTED = "unselected"
    BELOW = "below"
    """It lies in the subtree of one that is left out."""


class Selection:
    """The verdict on every headline of a document, and on the text before the first."""

    def __init__(self, document: Document, options: ExportOptions) -> None:
        self._options = options
        groups = _tag_groups(document.setting_values("TAGS"))
        self._excluded = _with_members(options.exclude_tags, groups)
        self._selecting = _with_members(options.select_tags, groups)
        self.private = not self._excluded.isdisjoint(document.file_tags)
        """The file as a whole carries an exclude tag: nothing of it is exported."""
        chosen = self._chosen(document)
        self.preamble = not self.private and chosen is None
        """Whether the text before the first headline is exported."""
        if not self._selecting.isdisjoint(document.file_tags):
            self.preamble, chosen = False, None
        verdicts: list[Verdict] = []
        for headline in document.headlines:
            above = verdicts[headline.parent] if headline.parent >= 0 else Verdict.KEEP
            verdicts.append(self._verdict(headline, above, chosen))
        self.verdicts = verdicts
        self.done_keywords = frozenset(document.done_keywords)

    def _verdict(self, headline: Headline, above: Verdict, chosen: set[int] | None) -> Verdict:
        if above is not Verdict.KEEP:
            return Verdict.BELOW
        tags = headline.tags
        if self.private or (tags and not self._excluded.isdisjoint(tags)):
            return Verdict.TAG
        if headline.commented:
            return Verdict.COMMENT
        if CRYPT_TAG in tags:
            return Verdict.CRYPT
        if chosen is not None and headline.index not in chosen:
            return Verdict.UNSELECTED
        if headline.todo is not None and not task_is_exported(headline.todo, self._options, done=headline.todo_done):
            return Verdict.TASK
        if self._options.archived is not True and headline.archived:
            return Verdict.HEADLINE_ONLY if self._options.archived == "headline" else Verdict.ARCHIVE
        return Verdict.KEEP

    def excludes(self, tags: Iterable[str]) -> bool:
        """Whether an inline task with TAGS is left out."""
        return not self._excluded.isdisjoint(tags)

    def _chosen(self, document: Document) -> set[int] | None:
        """The headlines that select tags choose: their subtrees and the headlines above; None without such tags."""
        chosen: set[int] = set()
        inside: set[int] = set()  # in the subtree of a headline with a select tag
        commented: set[int] = set()
        for headline in document.headlines:
            index, parent = headline.index, headline.parent
            if headline.commented or parent in commented:
                commented.add(index)
            elif parent in inside:
                inside.add(index)
                chosen.add(index)
            elif headline.tags and not self._selecting.isdisjoint(headline.tags):
                inside.add(index)
                while index >= 0 and index not in chosen:
                    chosen.add(index)
                    index = document.headlines[index].parent
        return chosen or None


def task_is_exported(keyword: str, options: ExportOptions, *, done: bool) -> bool:
    """Whether the option `tasks` lets a headline with the TODO KEYWORD through."""
    tasks = options.tasks
    if isinstance(tasks, NameSet):
        return tasks.allows(keyword)
    if isinstance(tasks, bool):
        return tasks
    return done is (tasks == "done")


_TAG_TOKEN = pattern(r"[\[\]{}:]|[^\s\[\]{}:()]+")
_TAG_SHORTCUT = pattern(r"\(\S\)")


def _tag_groups(lines: list[str]) -> dict[str, tuple[str, ...]]:
    """Group tags of `#+TAGS: { group : member member }` and `[ group : member ]` with their members."""
    groups: dict[str, list[str]] = {}
    for line in lines:
        group: str | None = None
        before = ("", "")
        for part in _TAG_TOKEN.findall(_TAG_SHORTCUT.sub("", line)):
            if part == ":" and before[0] in {"[", "{"}:
                group = before[1]
            elif part in {"[", "{", "]", "}"}:
                group = None
            elif group is not None:
                groups.setdefault(group, []).append(part)
            before = (before[1], part)
    return {group: tuple(members) for group, members in groups.items()}


def _with_members(tags: tuple[str, ...], groups: dict[str, tuple[str, ...]]) -> frozenset[str]:
    """TAGS and, where one names a group, its members, members of members included."""
    found: set[str] = set()
    waiting = list(tags)
    while waiting:
        tag = waiting.pop()
        if tag not in found:
            found.add(tag)
            waiting.extend(groups.get(tag, ()))
    return frozenset(found)
