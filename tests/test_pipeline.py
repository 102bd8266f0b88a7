"""From paths to a report: what is read, what is written, and what one failure costs."""

from __future__ import annotations

import gc
import os
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import orgkb
from orgkb import pipeline
from orgkb.config import Config, OrgConfig
from orgkb.diagnostics import Diagnostic, Severity
from orgkb.errors import ConfigError, InputError, OutputError, UsageError
from orgkb.inputs import media_reader
from orgkb.kept import Kept
from orgkb.org import reader
from orgkb.org.links import LinkIndex
from orgkb.org.paths import Reach
from orgkb.pipeline import RunReport, Step, find_inputs

Install = Callable[..., None]

TERMS = "tests.fakes:TermsExporter"
NOTES = "#+TITLE: Notes\n* Terms\n- *pod* - smallest unit\n- *node* - machine that runs a pod\n"

needs_links = pytest.mark.skipif(sys.platform == "win32", reason="symbolic links need rights on Windows")


@pytest.fixture
def notes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one file of notes; 2026-10-03 is when it was written."""
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    folder = tmp_path / "notes"
    folder.mkdir()
    write(folder / "a.org", NOTES)
    return folder


def write(path: Path, text: str = "* Heading\n") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
    os.utime(path, (1_790_985_600, 1_790_985_600))
    return path


def run(notes: Path, *to: str, force: bool = False) -> RunReport:
    return pipeline.run([notes], notes.parent / "out", to, force=force)


def names(*paths: Path, skip: Path | None = None) -> list[str]:
    return [note.name for note in find_inputs(paths, skip=skip).notes]


class TestWhatIsRead:
    def test_folders_are_searched_to_the_bottom_in_order(self, tmp_path: Path) -> None:
        for name in ("b.org", "a.org", "sub/deep/er/c.org", "sub/a.ORG", "readme.md", "x.org_archive", "y.org~"):
            write(tmp_path / name)

        assert names(tmp_path) == ["a.org", "b.org", "sub/a.ORG", "sub/deep/er/c.org"]

    def test_hidden_files_repositories_and_the_output_are_left_out(self, tmp_path: Path) -> None:
        for name in ("a.org", ".hidden.org", ".git/b.org", ".attic/c.org", "output/d.org", ".#a.org"):
            write(tmp_path / name)

        assert names(tmp_path, skip=tmp_path / "output") == ["a.org"]

    @needs_links
    def test_symbolic_links_in_folders_are_not_followed(self, tmp_path: Path) -> None:
        secret = write(tmp_path / "elsewhere" / "secret.org")
        write(tmp_path / "notes" / "a.org")
        (tmp_path / "notes" / "link.org").symlink_to(secret)
        (tmp_path / "notes" / "folder").symlink_to(secret.parent)
        (tmp_path / "notes" / "loop").symlink_to(tmp_path / "notes")

        assert names(tmp_path / "notes") == ["a.org"]
        assert names(tmp_path / "notes" / "link.org") == ["link.org"]  # the user named it

    def test_names_are_the_same_from_anywhere(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        write(tmp_path / "notes" / "a.org")
        monkeypatch.chdir(tmp_path)
        absolute = names(tmp_path / "notes")
        relative = names(Path("notes"))
        monkeypatch.chdir(tmp_path / "notes")

        assert absolute == relative == names(Path()) == names(Path("a.org")) == ["a.org"]

    def test_files_of_several_folders_are_told_apart(self, tmp_path: Path) -> None:
        paths = [write(tmp_path / "y" / "n.org"), write(tmp_path / "x" / "n.org")]

        assert names(*paths) == ["x/n.org", "y/n.org"]

    def test_a_file_named_twice_is_read_once(self, tmp_path: Path) -> None:
        path = write(tmp_path / "n.org")

        assert names(path, tmp_path, path) == ["n.org"]

    def test_a_named_file_needs_no_suffix(self, tmp_path: Path) -> None:
        assert names(write(tmp_path / "notes.txt")) == ["notes.txt"]

    def test_what_is_not_there_is_an_error(self, tmp_path: Path) -> None:
        with pytest.raises(InputError, match="no such file or folder"):
            find_inputs([tmp_path / "absent"])
        with pytest.raises(InputError, match=r"no \.org files in"):
            find_inputs([tmp_path])
        with pytest.raises(InputError, match=r"no \.org files in nothing"):
            find_inputs([])

    @pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes there")
    def test_pipes_are_not_waited_for(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "pipe.org")
        write(tmp_path / "a.org")

        assert names(tmp_path) == ["a.org"]
        with pytest.raises(InputError, match="not a file or folder"):
            find_inputs([tmp_path / "pipe.org"])

    def test_folders_deeper_than_the_stack(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        levels = sys.getrecursionlimit() + 100
        monkeypatch.chdir(tmp_path)
        for _ in range(levels):
            os.mkdir("d")  # noqa: PTH102 - a Path of this length would be built a thousand times
            os.chdir("d")
        Path("deep.org").touch()
        try:
            assert names(tmp_path) == ["d/" * levels + "deep.org"]
        finally:
            Path("deep.org").unlink()
            for _ in range(levels):  # pytest could not remove them
                os.chdir("..")
                os.rmdir("d")  # noqa: PTH106 - see above


class TestWhatIsWritten:
    def test_a_run_writes_what_the_exporter_makes_and_reports_it(self, notes: Path, install: Install) -> None:
        install(terms=TERMS)

        report = run(notes)

        text = (notes.parent / "out" / "terms" / "terms.txt").read_text(encoding="utf-8")
        assert text.splitlines() == ["Notes", "2026-10-03T00:00:00+00:00", "pod", "node"]
        (done,) = report.exporters
        assert (done.name, done.summary, done.error, done.exit_code) == ("terms", ("2 terms",), "", 0)
        assert [file.path for file in done.written] == ["terms/terms.txt"]
        assert (report.documents, report.concepts, report.exit_code()) == (1, 2, 0)

    def test_a_second_run_touches_nothing(self, notes: Path, install: Install) -> None:
        install(terms=TERMS)
        run(notes)
        path = notes.parent / "out" / "terms" / "terms.txt"
        os.utime(path, (1, 1))

        report = run(notes)

        assert path.stat().st_mtime == 1
        assert not any(file.changed for done in report.exporters for file in done.written)

    def test_the_time_is_that_of_the_notes_or_what_the_build_says(
        self, notes: Path, install: Install, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        install(terms=TERMS)
        monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
        run(notes)
        assert "1970-01-02" in (notes.parent / "out" / "terms" / "terms.txt").read_text(encoding="utf-8")

        monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
        with pytest.raises(UsageError, match="SOURCE_DATE_EPOCH is 'yesterday'"):
            run(notes)

    def test_options_and_title_come_from_orgkb_toml(self, notes: Path, install: Install) -> None:
        install(terms=TERMS)
        write(notes / "orgkb.toml", 'title = "Whole"\n[exporters.terms]\nprefix = "> "\nlimit = 1\n')

        run(notes)

        text = (notes.parent / "out" / "terms" / "terms.txt").read_text(encoding="utf-8")
        assert text.splitlines()[::2] == ["Whole", "> pod"]

    def test_only_the_exporters_that_were_asked_for_run(self, notes: Path, install: Install) -> None:
        install(terms=TERMS, broken="tests.fakes:BrokenExporter")

        assert [done.name for done in run(notes, "terms", "terms").exporters] == ["terms"]

    def test_files_of_notes_that_are_gone_are_removed(self, notes: Path, install: Install) -> None:
        install(pages="tests.fakes:PagesExporter")
        other = write(notes / "sub" / "b.org")
        run(notes)
        other.unlink()

        report = run(notes)

        assert report.exporters[0].removed == ("pages/sub/b.org.txt",)
        assert not (notes.parent / "out" / "pages" / "sub").exists()

    def test_a_ledger_is_handed_back_to_its_exporter(self, notes: Path, install: Install) -> None:
        install(counter="tests.fakes:CounterExporter")
        for _ in range(3):
            run(notes)

        assert (notes.parent / "out" / "count.txt").read_bytes() == b"3"

    def test_an_exporter_tells_how_far_it_is(self, notes: Path, install: Install) -> None:
        install(pages="tests.fakes:PagesExporter", terms=TERMS)
        write(notes / "b.org")
        steps: list[Step] = []

        pipeline.run([notes], notes.parent / "out", progress=steps.append)

        exports = [step for step in steps if step.action == "export"]
        assert [(s.name, s.number, s.total, s.part, s.done, s.parts) for s in exports] == [
            ("pages", 1, 2, "", 0, 0),
            ("pages", 1, 2, "a.org", 0, 2),
            ("pages", 1, 2, "b.org", 1, 2),
            ("terms", 2, 2, "", 0, 0),
        ]

    def test_steps_are_told_in_order(self, notes: Path, install: Install) -> None:
        install(terms=TERMS)
        write(notes / "b.org")
        steps: list[Step] = []

        pipeline.run([notes], notes.parent / "out", progress=steps.append)

        assert [(s.action, s.name, s.number, s.total) for s in steps] == [
            ("read", "a.org", 1, 2),
            ("read", "b.org", 2, 2),
            ("build", "", 1, 1),
            ("export", "terms", 1, 1),
        ]


class TestMedia:
    def test_pictures_beside_the_notes_are_read(self, notes: Path, install: Install) -> None:
        install(pages="tests.fakes:PagesExporter")
        write(notes / "picture.svg", "<svg/>")

        run(notes)

        assert (notes.parent / "out" / "pages" / "a.org.svg").read_bytes() == b"<svg/>"

    @needs_links
    def test_nothing_outside_the_notes_is_read(self, notes: Path, install: Install) -> None:
        install(pages="tests.fakes:PagesExporter")
        write(notes / "a.org", "See [[file:picture.svg]]\n")
        (notes / "picture.svg").symlink_to(write(notes.parent / "secret", "s3cret"))

        report = run(notes)

        assert [file.path for file in report.exporters[0].written] == ["pages/a.org.txt"]
        (problem,) = report.diagnostics
        assert (problem.code, str(problem.location)) == ("unreadable-media", "a.org:1:12")
        assert "outside the input folder" in problem.message

    def test_pictures_of_an_included_file_are_found_from_its_own_folder(self, notes: Path) -> None:
        write(notes / "sub" / "inner" / "picture.svg", "<svg/>")
        inputs = find_inputs([notes])
        problems: list[Diagnostic] = []
        read_media = media_reader(inputs, (), problems.append)

        assert read_media("sub/part.org", "inner/picture.svg") == b"<svg/>"
        assert read_media("sub/part.org", "../../secret") is None
        assert [str(problem.location) for problem in problems] == ["sub/part.org:1:1"]


class TestFailures:
    def test_one_exporter_that_fails_does_not_stop_the_others(self, notes: Path, install: Install) -> None:
        install(broken="tests.fakes:BrokenExporter", needy="tests.fakes:NeedyExporter", terms=TERMS)

        report = run(notes)

        broken, needy, terms = report.exporters
        assert broken.error.startswith("failed unexpectedly: KeyError: 'no such thing'")
        assert 'raise KeyError("no such thing")' in broken.trace
        assert (broken.written, broken.exit_code) == ((), 1)
        assert (needy.error, needy.exit_code) == ("frobnicate is not installed", 3)
        assert [file.path for file in terms.written] == ["terms/terms.txt"]
        assert not (notes.parent / "out" / "broken").exists()
        assert [d.code for d in report.diagnostics] == ["odd"]
        assert report.exit_code() == 3

    def test_an_exporter_that_cannot_be_loaded_does_not_stop_the_others(self, notes: Path, install: Install) -> None:
        install(absent="no_such_module:Exporter", terms=TERMS)

        absent, terms = run(notes).exporters

        assert absent.error.startswith("cannot be loaded: ModuleNotFoundError")
        assert terms.error == ""

    def test_an_exporter_cannot_leave_the_output_folder(self, notes: Path, install: Install) -> None:
        install(escaping="tests.fakes:EscapingExporter")

        report = run(notes)

        assert [file.path for file in report.exporters[0].written] == ["escaping/inside.txt"]
        assert len(report.exporters[0].error.splitlines()) == 2
        assert report.exit_code() == 1
        assert not (notes.parent / "outside.txt").exists()

    def test_a_file_of_the_user_in_the_output_folder_stays(self, notes: Path, install: Install) -> None:
        install(terms=TERMS)
        mine = write(notes.parent / "out" / "terms" / "terms.txt", "mine")

        report = run(notes)

        assert mine.read_text(encoding="utf-8") == "mine"
        assert re.search(r"terms\.txt was not written by orgkb .* --force", report.exporters[0].error)
        assert run(notes, force=True).exit_code() == 0

    @pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root reads everything")
    def test_a_file_that_may_not_be_read_costs_only_itself(self, notes: Path, install: Install) -> None:
        install(terms=TERMS)
        write(notes / "b.org").chmod(0)

        report = run(notes)

        assert [(d.severity, d.code) for d in report.diagnostics] == [(Severity.ERROR, "unreadable-file")]
        assert (report.documents, report.exit_code()) == (1, 1)

    def test_a_file_on_which_we_fail_costs_only_itself(
        self, notes: Path, install: Install, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        install(terms=TERMS)
        write(notes / "b.org")
        real = reader.read_data

        def fail_on_b(data: bytes, name: str, reach: Reach, *, inlinetasks: bool) -> object:
            if name == "b.org":
                raise RecursionError("too deep")
            return real(data, name, reach, inlinetasks=inlinetasks)

        monkeypatch.setattr(reader, "read_data", fail_on_b)
        report = run(notes)

        assert [(d.code, d.location.path) for d in report.diagnostics] == [("internal-error", "b.org")]
        assert report.exporters[0].summary == ("2 terms",)

    def test_mistakes_in_the_call_are_told_before_anything_is_written(self, notes: Path, install: Install) -> None:
        install(terms=TERMS)
        with pytest.raises(UsageError, match="no exporter named 'pfd'; known: terms"):
            run(notes, "pfd")
        with pytest.raises(ConfigError):
            pipeline.run([notes], notes.parent / "out", ["terms"], Config(exporters={"terms": {"limit": 0}}))
        assert not (notes.parent / "out").exists()

    def test_an_output_folder_that_cannot_be_made(self, notes: Path, install: Install) -> None:
        install(terms=TERMS)
        with pytest.raises(OutputError):
            pipeline.run([notes], notes / "a.org" / "out")

    def test_warnings_count_only_when_strict(self, notes: Path, install: Install) -> None:
        install(terms=TERMS)
        write(notes / "a.org", "[[no such target]]\n")

        report = run(notes)

        assert {d.severity for d in report.diagnostics} == {Severity.WARNING}
        assert (report.exit_code(), report.exit_code(strict=True)) == (0, 1)


def test_notes_without_a_single_term_are_fine(notes: Path, install: Install) -> None:
    install(terms=TERMS)
    write(notes / "a.org", "")

    report = run(notes)

    assert (report.documents, report.concepts, report.exit_code()) == (1, 0, 0)


def test_inline_tasks_are_read_where_the_settings_say_so(notes: Path) -> None:
    write(notes / "a.org", "* A\n*************** task\n*************** END\n- *pod* - smallest unit\n")

    assert len(pipeline.build_graph([notes]).documents[0].headlines) == 3
    assert len(pipeline.build_graph([notes], Config(org=OrgConfig(inlinetasks=True))).documents[0].headlines) == 1


def test_the_graph_alone(notes: Path) -> None:
    graph = pipeline.build_graph([notes])

    assert [concept.name for concept in graph.concepts] == ["pod", "node"]


@pytest.mark.parametrize(
    ("titles", "deck"),
    [
        (["Ships"], "Ships"),
        (["Ships", "Ships"], "Ships"),
        (["Ships", "Ports"], "notes"),
        ([""], "0"),
        (["", ""], "notes"),
    ],
)
def test_a_folder_of_several_notes_is_not_called_after_one_of_them(
    tmp_path: Path, titles: list[str], deck: str
) -> None:
    for number, title in enumerate(titles):
        write(
            tmp_path / f"notes/{number}.org", f"#+TITLE: {title}\n* Harbour\n- *anchor* - iron hook that holds a ship\n"
        )
    report = pipeline.run([tmp_path / "notes"], tmp_path / "output", ["anki"])

    assert report.documents == len(titles)
    assert [path.name for path in (tmp_path / "output/anki").glob("*.apkg")] == [f"{deck}.apkg"]


def test_a_program_gets_the_problems_that_a_build_tells(tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    notes.mkdir()
    (notes / "a.org").write_text("* A\n[[*Nowhere]]\n<2026-02-31 Sat>\n- *pod* - smallest unit\n", encoding="utf-8")
    (notes / "b.org").write_bytes(b"* B\x00\n")
    problems: list[Diagnostic] = []

    orgkb.build(notes, report=problems.append)

    told = pipeline.run([notes], tmp_path / "out", ["map"]).diagnostics
    assert tuple(problems) == told
    assert {problem.code for problem in problems} >= {"broken-link", "control-character"}


def test_a_program_that_builds_again_and_again_holds_none_of_the_earlier_notes(
    notes: Path, install: Install, tmp_path: Path
) -> None:
    install(terms=TERMS)

    def indexes() -> int:
        gc.unfreeze()  # else those that no run looks at any more would not be counted
        return sum(isinstance(each, LinkIndex) for each in gc.get_objects())

    gc.collect()
    before = indexes()
    with Kept() as kept:
        for number in range(3):
            write(notes / "a.org", f"{NOTES}- *pod {number}* - see [[https://example.org]] and [[#nowhere]]\n")
            pipeline.run([notes], tmp_path / "out", ["terms"], remember=True, kept=kept)
            assert indexes() == before
