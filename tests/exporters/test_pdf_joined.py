"""Long notes are laid out in pieces: what a reader gets is one PDF, as another library reads it."""

from __future__ import annotations

import itertools
import re
from urllib.parse import quote

import pytest

from orgkb_exporters.pdf import cuts, press
from orgkb_exporters.pdf.cuts import WANTED
from orgkb_exporters.pdf.objects import Objects, entries, outside_strings, written_text
from tests.exporters.pdf_notes import export, graph, needs_pdftotext, squeezed, words_of
from tests.exporters.pdf_read import Read

CHAPTERS = 6
NOTES = "#+TITLE: Notes\n" + "".join(
    f"* Chapter {n}\n:PROPERTIES:\n:CUSTOM_ID: c{n}\n:END:\nThe kernel (part {n}) sleeps.[fn:: Remark {n}.] See [[#c{(n + 3) % CHAPTERS}][another one]].\n"
    f"** Section {n}.1 (a\nA table:\n| name | (x) |\n|------+-----|\n| a{n} | 12 0 R |\n"
    + "Words of prose. " * 60
    + "\n"
    for n in range(CHAPTERS)
)


@pytest.fixture(params=[WANTED, 400], ids=["in one piece", "in pieces"])
def printed(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Read:
    monkeypatch.setattr(cuts, "WANTED", request.param)
    made = graph(NOTES, concepts={"kernel": "the heart of a system", "prose": "text"})
    return Read(export(made, layouts=("handout",)))


def test_links_lead_to_what_they_name(printed: Read) -> None:
    titles = {title: place for _, title, place in printed.bookmarks() if title.startswith("Chapter")}
    assert len(set(titles.values())) == CHAPTERS
    for title, (page, y) in titles.items():
        assert title in printed.text(page)
        assert 0 < y < 842
    wanted = [titles[f"Chapter {(n + 3) % CHAPTERS}"] for n in range(CHAPTERS)]
    links = printed.links()
    for n, target in enumerate(wanted):
        page = titles[f"Chapter {n}"][0]
        assert target in [to for at, to in links if at == page]
    assert all(1 <= page <= printed.pages for _, (page, _) in links)


def test_bookmarks_are_the_headings_in_their_order(printed: Read) -> None:
    wanted = [title for n in range(CHAPTERS) for title in ((0, f"Chapter {n}"), (1, f"Section {n}.1 (a"))]
    assert printed.outline()[: len(wanted)] == wanted


@pytest.mark.parametrize("guess", [1, 2, 9])
def test_a_wrong_guess_of_the_pages_before_the_text_changes_nothing(
    guess: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    notes = "".join(f"* Chapter {n}\nWords.\n" for n in range(30))
    right = export(graph(notes), layouts=("handout",))
    monkeypatch.setattr(press, "contents_pages", lambda *_: guess)
    assert export(graph(notes), layouts=("handout",)) == right


def test_footnotes_go_on_counting(printed: Read) -> None:
    text = "".join(printed.text(page) for page in range(1, printed.pages + 1))
    assert [re.search(rf"(\d+)\s*Remark {n}\.", text) is not None for n in range(CHAPTERS)] == [True] * CHAPTERS
    assert [int(found) for found in re.findall(r"(\d+)\s*Remark", text)] == list(range(1, CHAPTERS + 1))


def test_tags_and_what_they_tag_belong_together(printed: Read) -> None:
    assert printed.tag_faults() == []


def test_a_link_is_read_out_with_the_page_it_leads_to(printed: Read) -> None:
    assert printed.said_pages()
    assert all(said == page for said, page in printed.said_pages())


@needs_pdftotext
def test_pieces_hold_the_same_words_as_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    found = []
    for wanted in (WANTED, 400):
        monkeypatch.setattr(cuts, "WANTED", wanted)
        text = squeezed(words_of(export(NOTES, cover=False, toc_depth=0)))
        found.append([text.count(words) for words in ("sleeps.", "Atable:", "120R", "Wordsofprose.", "Remark")])
    assert found[0] == found[1] == [CHAPTERS, CHAPTERS, CHAPTERS, 60 * CHAPTERS, CHAPTERS]


def test_the_same_notes_give_the_same_bytes() -> None:
    assert export(NOTES) == export(NOTES)


@pytest.mark.parametrize("standard", ["ua-1", "a-2a", "a-4", "2.0", "1.4", ""])
def test_pieces_keep_to_the_standard(standard: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cuts, "WANTED", 400)
    read = Read(export(NOTES, standard=standard))
    assert read.tag_faults() == []
    assert len(read.outline()) >= 2 * CHAPTERS


@pytest.mark.parametrize("standard", ["a-2u", "ua-1", "1.4", ""])
def test_a_reader_shows_the_title_in_place_of_the_name_of_the_file(standard: str) -> None:
    assert export(NOTES, standard=standard).count(b"/ViewerPreferences<</DisplayDocTitle true") == 1


def test_a_footnote_cited_in_another_section_stands_there_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cuts, "WANTED", 1)
    notes = "* One\nFirst[fn:a] and again[fn:a].\n* Two\nOnce more[fn:a].\n\n[fn:a] The remark.\n"
    read = Read(export(notes, cover=False, toc_depth=0, index=False))
    text = "".join(read.text(page) for page in range(1, read.pages + 1))
    assert text.count("The remark.") == 2


@pytest.mark.parametrize("standard", ["a-2u", "ua-1"])
def test_the_number_of_a_heading_opens_it_in_emacs(standard: str) -> None:
    notes = "* One & [[https://x.org][two]] [1/2]\n** Three\n*** Four\n**** Без номера\n"
    read = Read(export(notes, standard=standard))
    assert [address for address in read.addresses() if address.startswith("org-protocol:")] == [
        "org-protocol://orgkb?file=notes.org&search=%2AOne%20%26%20two",
        "org-protocol://orgkb?file=notes.org&search=%2AThree",
        "org-protocol://orgkb?file=notes.org&search=%2AFour",
        f"org-protocol://orgkb?file=notes.org&search=%2A{quote('Без номера')}",
    ]
    assert read.tag_faults() == []
    assert not any("org-protocol" in address for address in Read(export(notes, emacs=False)).addresses())


# --- where to cut ---


def test_short_notes_are_not_cut() -> None:
    assert cuts.cuts([1000] * 50, [1] * 50) == [range(50)]


def test_long_notes_are_cut_before_high_headings_and_nothing_is_left_out() -> None:
    sizes, levels = [WANTED // 20] * 100, [1 if n % 7 == 0 else 2 for n in range(100)]
    found = cuts.cuts(sizes, levels)
    assert len(found) > 4
    assert list(itertools.chain.from_iterable(found)) == list(range(100))
    assert all(levels[one.start] == 1 for one in found)
    assert all(sum(sizes[n] for n in one) < 1.5 * WANTED for one in found)


def test_a_chapter_without_end_is_cut_before_deeper_headings_but_for_pdf_ua() -> None:
    sizes, levels = [WANTED // 10] * 100, [1, *[4] * 99]
    assert len(cuts.cuts(sizes, levels)) > 4
    assert cuts.cuts(sizes, levels, 1) == [range(100)]


def test_notes_without_headings_stay_in_one_piece() -> None:
    assert cuts.cuts([WANTED * 9], [0]) == [range(1)]


# --- objects ---


def test_references_in_strings_are_left_alone() -> None:
    text = rb"<</Title(12 0 R \) (4 0 R) \\)/Next 12 0 R>>"
    assert (
        outside_strings(text, lambda part: part.replace(b"12", b"99"))
        == rb"<</Title(12 0 R \) (4 0 R) \\)/Next 99 0 R>>"
    )


def test_a_dictionary_is_read_by_its_keys() -> None:
    text = b"<</Lang(a>>/b)/X<FEFF00>>/Pages 1 0 R/Mark<</A/B/C[1 2]>>/Kind/Name/Last true>>"
    text = text.replace(b"<FEFF00>>/", b"<FEFF00>/")
    assert entries(text) == {
        b"/Lang": b"(a>>/b)", b"/X": b"<FEFF00>", b"/Pages": b" 1 0 R", b"/Mark": b"<</A/B/C[1 2]>>", b"/Kind": b"/Name",
        b"/Last": b" true",
    }  # fmt: skip


def test_text_of_any_script_becomes_a_string() -> None:
    assert written_text("a(b\\") == rb"(a\(b\\)"
    assert written_text("ж") == b"<FEFF0436>"


def test_what_is_no_pdf_of_typst_is_refused() -> None:
    with pytest.raises(ValueError, match="no table"):
        Objects(b"%PDF-1.7 nothing")
