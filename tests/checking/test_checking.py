"""What `orgkb check` finds, what it leaves alone, and how rules are switched."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from orgkb import checking
from orgkb.checking import Level
from orgkb.diagnostics import Diagnostic, Location, Severity
from tests.concepts.build_from import graph


def findings(
    rule: str, *texts: str, missing: Mapping[str, str] | None = None, min_mentions: int = 5
) -> list[tuple[str, int]]:
    """(path, line) of what RULE finds in the files a.org, b.org, … with these texts."""
    return [(d.location.path, d.location.line) for d in found(rule, *texts, missing=missing, min_mentions=min_mentions)]


def found(rule: str, *texts: str, missing: Mapping[str, str] | None = None, min_mentions: int = 5) -> list[Diagnostic]:
    gone = missing or {}
    notes = checking.Notes(graph(*texts), lambda _document, path: gone.get(path), min_mentions)
    return [d for d in checking.check(notes) if d.code == rule]


class TestLinks:
    def test_broken_ambiguous_and_doubled(self) -> None:
        text = "* A\n[[nowhere]]\n* B\n* B\n[[*B]]\n"
        doubled = "* X\n:PROPERTIES:\n:ID: 1\n:END:\n* Y\n:PROPERTIES:\n:ID: 1\n:END:\n"

        assert findings("broken-link", text) == [("a.org", 2)]
        assert findings("ambiguous-link", text) == [("a.org", 5)]
        assert findings("duplicate-id", doubled) == [("a.org", 5)]

    def test_images_and_files_that_are_not_there(self) -> None:
        text = "[[file:here.png]] [[file:gone.png]]\n\n[[./gone.pdf][the paper]] [[https://example.org/x.png]]\n"
        missing = {"gone.png": "no such file", "./gone.pdf": "no such file"}

        (image,) = found("missing-image", text, missing=missing)

        assert (image.severity, image.location.line) == (Severity.ERROR, 1)
        assert image.message == "the image gone.png cannot be shown: no such file"
        assert findings("missing-file", text, missing=missing) == [("a.org", 3)]

    def test_a_note_that_is_there_and_was_not_named_for_this_run_is_no_broken_link(self) -> None:
        missing = {"gone.org": "no such file", "gone": "no such file"}
        text = "[[file:there.org::*A]]\n\n[[file:gone.org]]\n\n[[file:gone::*B]]\n"

        assert findings("broken-link", text, missing=missing) == [("a.org", 3), ("a.org", 5)]

    def test_a_file_is_not_told_twice_and_a_home_folder_is_not_looked_into(self) -> None:
        asked: list[str] = []

        def problem(_document: str, path: str) -> str:
            asked.append(path)
            return "no such file"

        notes = checking.Notes(graph("[[file:gone::place]]\n[[~/x.pdf]] [[/etc/passwd]]\n"), problem)

        assert [d.code for d in checking.check(notes)] == ["broken-link"]
        assert not [path for path in asked if path.startswith(("~", "/"))]


class TestDates:
    @pytest.mark.parametrize(
        "text",
        [
            "<2024-02-30 Fri>",
            "[2023-13-01]",
            "<2024-05-01 Wed 10:75>",
            "<2024-05-02>--<2024-05-01>",
            "<2024-05-01 12:00-11:00>",
            "* A\nSCHEDULED: <2023-02-29 Wed>\n",
            "* A\n:PROPERTIES:\n:CREATED: [2023-06-31 Sat]\n:END:\n",
        ],
    )
    def test_what_no_calendar_has(self, text: str) -> None:
        line = next(i for i, line in enumerate(text.splitlines(), 1) if "20" in line)

        assert findings("impossible-date", text) == [("a.org", line)]

    @pytest.mark.parametrize(
        "text",
        [
            "<2024-02-29 Thu>",
            "<2024-05-01 Wed 22:00-24:00>",
            "=<2024-02-30>=",
            "#+begin_src sh\necho <2024-02-30>\n#+end_src\n",
            "version 2024-02-30",
            "* A :noexport:\n<2024-02-30>\n",
        ],
    )
    def test_what_is_none_of_our_business(self, text: str) -> None:
        assert findings("impossible-date", text) == []


class TestOutline:
    def test_headings_without_text(self) -> None:
        text = "* Full\ntext\n* Empty\n* \n* Parent\n** Child\n:PROPERTIES:\n:ID: x\n:END:\n* TODO a task\n* Last"

        assert findings("empty-heading", text) == [("a.org", line) for line in (3, 4, 6, 11)]

    def test_what_is_not_exported_counts_as_text(self) -> None:
        assert findings("empty-heading", "* A\n** secret :noexport:\n* B\n# a comment\n") == []

    def test_a_section_that_nothing_joins_to_the_rest(self) -> None:
        plain = "Some words about nothing in particular that go on and on without any term in them.\n"
        text = f"* Pods\n- *pod* - smallest unit\n* Lost\n{plain}* Joined\n{plain}[[*Pods]]\n* Short\nFew words.\n"

        assert findings("orphan-section", text) == [("a.org", 3)]

    def test_a_file_that_nothing_joins_to_the_others(self) -> None:
        pods = "- *pod* - smallest unit of Kubernetes\n"
        more = "A pod is here.\n"

        assert findings("orphan-note", pods, more, "Something else.\n") == [("c.org", 1)]
        assert findings("orphan-note", pods, "See [[file:a.org]].\n") == []
        assert findings("orphan-note", pods) == []


class TestConcepts:
    def test_terms_that_are_marked_or_used_and_not_defined(self) -> None:
        text = "* Istio\n" + "We run Istio here.\n" * 5 + "- empty ::\n- pod :: smallest unit\n"

        assert findings("no-definition", text) == [("a.org", 1), ("a.org", 7)]
        assert findings("no-definition", text, min_mentions=50) == [("a.org", 7)]

    def test_definitions_that_do_not_go_together(self) -> None:
        text = "- service :: stable address in front of pods\n- service :: part of an application in Compose files\n"

        (conflict,) = found("conflicting-definition", text)

        assert conflict.severity is Severity.WARNING
        assert conflict.location.line == 2
        assert "“stable address in front of pods” at a.org:1" in conflict.message

    def test_the_same_definition_with_another_number(self) -> None:
        text = "- kubelet port :: listens for connections on port 10250\n- kubelet port :: listens for connections on port 10255\n"

        assert "with different numbers" in found("conflicting-definition", text)[0].message

    @pytest.mark.parametrize(
        "other",
        ["smallest deployable unit, a group of containers", "наименьшая единица, которую запускает кластер", "a unit"],
    )
    def test_definitions_that_go_together(self, other: str) -> None:
        text = f"- pod :: smallest unit that the cluster runs\n- pod :: {other}\n"

        assert findings("conflicting-definition", text) == []

    def test_terms_that_are_never_used(self) -> None:
        text = "- pod :: smallest unit of all\n- node :: machine in a cluster of machines\n\nThe node is on.\n"

        assert findings("unused-concept", text) == [("a.org", 1)]


class TestSwitches:
    TEXT = "* A\n[[nowhere]] <2024-02-30>\n"

    def codes(self, levels: Mapping[str, Level], *problems: Diagnostic) -> list[tuple[str, Severity]]:
        notes = checking.Notes(graph(self.TEXT), lambda _document, _path: None)
        return [(d.code, d.severity) for d in checking.check(notes, problems, levels)]

    def test_a_rule_has_a_level_of_its_own_and_that_of_the_settings(self) -> None:
        assert self.codes({}) == [("broken-link", Severity.ERROR), ("impossible-date", Severity.WARNING)]
        assert self.codes({"broken-link": "info", "impossible-date": "off"}) == [("broken-link", Severity.INFO)]

    def test_problems_of_reading_come_first_and_can_be_switched_together(self) -> None:
        odd = Diagnostic(Severity.INFO, "odd-byte", "odd", Location("a.org", 1))
        note = Diagnostic(Severity.INFO, "not-exported", "not exported: 1 drawer", Location("a.org", 1))

        assert self.codes({}, odd, note)[0] == ("odd-byte", Severity.INFO)
        assert self.codes({checking.OTHER: "error"}, odd)[0] == ("odd-byte", Severity.ERROR)
        assert len(self.codes({checking.OTHER: "off"}, odd, note)) == 2

    def test_names_are_unique_and_meanings_are_given(self) -> None:
        names = [rule.name for rule in checking.RULES]

        assert len(set(names)) == len(names)
        assert all(rule.title and rule.meaning for rule in checking.RULES)
