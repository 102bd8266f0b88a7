"""What the server knows: the notes of now, their problems, the open questions; and the one place that writes answers."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path

import msgspec

from orgkb import checking, config, pipeline, review
from orgkb.concepts.graph import ConceptGraph
from orgkb.diagnostics import Diagnostic
from orgkb.errors import OrgkbError, UsageError
from orgkb.exporter import Make, MorePage, Publishing, Resource, Site
from orgkb.inputs import file_problems
from orgkb.org.trust import STRANGERS, Trust
from orgkb.server import pages

EXPORTER = "html"
"""The exporter whose pages are shown."""
_REMEMBERED = 4096
"""Steps of exporters that are kept for the next build."""


class Now(msgspec.Struct, frozen=True, dict=True):
    """The notes as of one build."""

    graph: ConceptGraph
    site: Site
    problems: tuple[Diagnostic, ...]
    """Those of reading."""
    file_problem: Callable[[str, str], str | None]
    """(document, path) → why a file that it links to cannot be used."""
    settings: config.CheckConfig
    root: Path

    @cached_property
    def findings(self) -> tuple[Diagnostic, ...]:
        """What `orgkb check` finds: looked for when somebody asks, so that a save shows at once."""
        notes = checking.Notes(self.graph, self.file_problem, self.settings.min_mentions)
        return checking.check(notes, self.problems, self.settings.rules)

    @cached_property
    def questions(self) -> tuple[review.ReviewItem, ...]:
        """What is doubtful: looked for when somebody asks, too."""
        return review.items(self.graph)


class Desk:
    """Builds the notes in PATHS, and again when it is told to."""

    def __init__(
        self, paths: Sequence[Path], output: Path, settings: Path | None, token: str, trust: Trust = STRANGERS
    ) -> None:
        """SETTINGS is the file that `--config` names; what lies below OUTPUT is no note."""
        self._paths = paths
        self._output = output
        self._settings = settings
        self._token = token
        self._trust = trust
        self._steps: dict[tuple[str, bytes], bytes] = {}
        self._changed = threading.Condition()
        # A build and an answer must not cross: the answer is to questions that the build is about to replace.
        self._at_work = threading.RLock()
        self._now: Now | None = None
        self.version = 0
        """Grows by one with each build, failed ones too."""
        self.error = ""
        """Why the last build failed; empty where it did not."""

    @property
    def now(self) -> Now:
        """The last build that went well."""
        assert self._now is not None, "build() comes first"
        return self._now

    def build(self) -> None:
        """Read the notes and make their pages; where that fails, the last ones stay and `error` says why.

        The first build raises what goes wrong.
        """
        with self._at_work:
            try:
                made = self._made()
            except OrgkbError as error:
                if self._now is None:
                    raise
                self.error = str(error)
            else:
                self._now = made
                self.error = ""
            with self._changed:
                self.version += 1
                self._changed.notify_all()

    def wait(self, version: int, seconds: float) -> int:
        """The version of now, as soon as it is another one than VERSION, or after SECONDS."""
        with self._changed:
            self._changed.wait_for(lambda: self.version != version, timeout=seconds)
            return self.version

    def wake(self) -> None:
        """Let nobody wait any longer."""
        with self._changed:
            self.version += 1
            self._changed.notify_all()

    def get(self, url: str) -> Resource | None:
        """The page or file at URL; None where there is none."""
        now = self.now
        with self._at_work:  # pages are made when they are asked for, and remember what they made
            match url:
                case "/problems":
                    page = pages.problems_page(now.findings, self.error, now.site)
                    return now.site.wrapped(page)
                case "/review":
                    page = pages.review_page(now.questions, now.site, self._token)
                    return now.site.wrapped(page)
                case pages.COUNTS:
                    return pages.counts(now.questions, now.findings)
                case _:
                    return now.site.get(url)

    def answer(self, answers: Sequence[review.Answer]) -> review.Applied:
        """Write ANSWERS into the settings, and build with them."""
        with self._at_work:
            applied = review.apply(answers, self.now.questions, self.settings)
            if applied.changed:
                self.build()
            return applied

    @property
    def settings(self) -> Path:
        """The file that answers go to."""
        return self._settings or self.now.root / config.FILE_NAME

    def _made(self) -> Now:
        given = config.load(self._settings) if self._settings and self._settings.exists() else None
        rehearsal = pipeline.rehearse(self._paths, self._output, EXPORTER, given, trust=self._trust, remember=True)
        graph, publisher = rehearsal.graph, rehearsal.exporter
        if not isinstance(publisher, Publishing):
            raise UsageError(f"the installed exporter {EXPORTER} cannot show pages; update it")
        settings = given or config.find(rehearsal.root)
        file_problem = file_problems(pipeline.find_inputs(self._paths, skip=self._output, trust=self._trust))
        problems = tuple(rehearsal.diagnostics)
        # Their counts are told when the page is there (`live.js`): they take longer than all else.
        more = [MorePage(f"/{name}", pages.TITLES[name]) for name in ("review", "problems")]
        context = msgspec.structs.replace(rehearsal.context, once=self._once)
        site = publisher.publish(graph, context, more, ["/live.js"])
        return Now(graph, site, problems, file_problem, settings.check, rehearsal.root)

    def _once(self, step: str, source: bytes, make: Make) -> bytes:
        key = (step, hashlib.blake2b(source, digest_size=20).digest())
        if key not in self._steps:
            while len(self._steps) >= _REMEMBERED:
                del self._steps[next(iter(self._steps))]
            self._steps[key] = make()
        return self._steps[key]
