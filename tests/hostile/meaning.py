"""Notes that say what is not to be exported, and texts in odd encodings."""

from __future__ import annotations

from tests.hostile.case import SECRET, Case

_PRIVATE = "what is not to be exported is in no output"
_LEAK = f"- *{SECRET} box* - {SECRET} that a {SECRET} rack holds [[file:{SECRET}.png]]\n#+begin_src sh\necho {SECRET}\n#+end_src\n"

PRIVACY = (
    Case("noexport", _PRIVATE, f"* Private {SECRET} :noexport:\n{_LEAK}** Below {SECRET}\n{_LEAK}*** Deeper\n{_LEAK}* Public\n", shows=("Public",)),
    Case("noexport-level", _PRIVATE, f"* Open\n*** Private :noexport:\n{_LEAK}***** Below\n{_LEAK}** Again open\n", shows=("Again open",)),
    Case("comment-heading", _PRIVATE, f"* COMMENT Private {SECRET}\n{_LEAK}** Below\n{_LEAK}", shows=()),
    Case("todo-comment", _PRIVATE, f"* TODO [#A] COMMENT Private {SECRET}\n{_LEAK}", shows=()),
    Case("comments", _PRIVATE, f"# {SECRET}\n#+begin_comment\n{_LEAK}#+end_comment\n  # {SECRET}\ntext\n", shows=("text",)),
    Case("exclude-tags", _PRIVATE, f"#+EXCLUDE_TAGS: private diary\n* Mine :private:\n{_LEAK}* Days :diary:\n{_LEAK}", shows=()),
    Case("exclude-tags-setup", _PRIVATE, f"#+SETUPFILE: x.setup\n* Mine :private:\n{_LEAK}", files={"x.setup": "#+EXCLUDE_TAGS: private\n"}),
    Case("crypt", _PRIVATE, f"* Locked :crypt:\n{_LEAK}-----BEGIN PGP MESSAGE-----\n{SECRET}\n-----END PGP MESSAGE-----\n"),
    Case("archive", _PRIVATE, f"* Old :ARCHIVE:\n{_LEAK}** Below\n{_LEAK}"),
    Case("drawers", _PRIVATE, f"#+OPTIONS: d:nil\n* Head\n:PROPERTIES:\n:PASSWORD: {SECRET}\n:END:\n:LOGBOOK:\n- Note {SECRET}\nCLOCK: [2024-01-01 Mon 10:00]\n:END:\n:NOTES:\n{_LEAK}:END:\nshown\n", shows=("shown",)),
    Case("logbook", _PRIVATE, f'* Head\n:LOGBOOK:\n- State "DONE" from {SECRET}\n:END:\nshown\n', shows=("shown",)),
    Case("exports-none", _PRIVATE, f"#+begin_src sh :exports none\necho {SECRET}\n#+end_src\n#+begin_src sh :exports results\n{SECRET}=1\n#+end_src\n\nsrc_sh[:exports none]{{{SECRET}}} rest\n"),
    Case("exports-property", _PRIVATE, f"#+PROPERTY: header-args :exports none\n#+begin_src sh\necho {SECRET}\n#+end_src\n"),
    Case("keywords", _PRIVATE, f"#+SECRET: {SECRET}\n#+STARTUP: {SECRET}\n#+ATTR_ORG: :x {SECRET}\ntext\n"),
    Case("properties", _PRIVATE, f":PROPERTIES:\n:API_KEY: {SECRET}\n:END:\n* Head\n:PROPERTIES:\n:TOKEN: {SECRET}\n:END:\nbody\n", shows=("body",)),
    Case("noexport-include", _PRIVATE, "* Private :noexport:\n#+INCLUDE: part.txt\n* Open\n", files={"part.txt": _LEAK}, shows=("Open",)),
    Case("included-noexport", _PRIVATE, "* Open\n#+INCLUDE: part.txt\n", files={"part.txt": f"* Part :noexport:\n{_LEAK}"}, shows=("Open",)),
    Case("noexport-target", "a link to what is private shows no more than it says", f"* Private {SECRET} :noexport:\n:PROPERTIES:\n:CUSTOM_ID: hidden\n:END:\n{_LEAK}* Open\n[[#hidden][there]]\n", shows=("there",)),
    Case("noexport-radio", _PRIVATE, f"* Private :noexport:\n<<<ordinary>>> - {SECRET}\n#+MACRO: unused {SECRET}\n* Open\nordinary words\n", shows=("ordinary words",)),
    Case("noexport-footnote", _PRIVATE, f"* Open\ntext\n* Private :noexport:\nsee[fn:9]\n\n[fn:9] {SECRET}\n", shows=("text",)),
)  # fmt: skip

ENCODING = (
    Case("latin-1", "a wrong byte costs one character", "* Café\nna\u00efve text\n".encode("latin-1"), shows=("Caf", "ve text"), code="not-utf-8"),
    Case("utf-16", "a file in another encoding is told and costs nothing else", "* Heading\ntext\n".encode("utf-16"), code="not-utf-8"),
    Case("bom", "a byte order mark hides nothing", b"\xef\xbb\xbf* First heading\ntext\n", shows=("First heading",)),
    Case("cr-only", "old line ends are line ends", b"* First\rtext one\r* Second\rtext two\r", shows=("First", "Second")),
    Case("crlf", "line ends of Windows are line ends", b"* First\r\ntext\r\n#+begin_src sh\r\nls\r\n#+end_src\r\n", shows=("First",)),
    Case("line-separators", "only line ends are line ends", "text\u2028* no heading\x85* none\x0b* none\x0c* none\x1c* none\n", shows=("text",)),
    Case("nul-bytes", "NUL costs nothing", b"* Head\x00ing\n\x00\x00text\x00\n", shows=("text",)),
    Case("binary", "a binary file costs nothing else", bytes(range(256)) * 40, code="not-utf-8"),
    Case("overlong", "broken UTF-8 is replaced", b"a \xc0\xaf b \xed\xa0\x80 c \xf4\x90\x80\x80 d \xff\xfe\n", shows=("a", "b", "c", "d"), code="not-utf-8"),
    Case("combining", "many accents on one letter cost nothing", "* Z" + "\u0301" * 2000 + "algo\n", shows=("algo",)),
    Case("empty", "an empty file is a file", b""),
    Case("only-space", "an empty file is a file", " \n\t\n\u00a0\n"),
    Case("no-newline", "the last line needs no end", "* Head\nlast line", shows=("last line",)),
)  # fmt: skip

VALUES = (
    Case("bad-dates", "an impossible date is text", "* Head <2024-13-45 Mon>\nSCHEDULED: <2024-02-31> DEADLINE: <99999-01-01>\n<0000-00-00> [2024-1-1] <2024-01-01 25:61>--<x>\n- CLOCK: [x]\n", shows=("Head",)),
    Case("bad-properties", "an impossible value is text", "* Head\n:PROPERTIES:\n:Effort: 1:xx\n:ORDERED: ?\n:COLUMNS: %%%(\n:NO-END\ntext\n", shows=("Head",)),
    Case("bad-options", "an impossible option is told, not obeyed", "#+OPTIONS: toc:9999999999999999999 H:-5 num:x ^:{{ \\n:t tex:dvipng broken\n#+LANGUAGE: ../../x\n#+STARTUP: \x00\n* Head\n", shows=("Head",)),
    Case("huge-numbers", "large numbers are numbers", f"1. [@{'9' * 400}] first\n\n* Head [{'9' * 400}/{'9' * 400}] [{'9' * 50}%]\n| 1e999999999 | {'9' * 4000} |\n#+INCLUDE: \"a.txt\" :lines \"{'9' * 50}-{'9' * 60}\" :minlevel {'9' * 40}\n", files={"a.txt": "* x\n"}, shows=("first",)),
    Case("bad-macros", "a broken macro is text", "#+MACRO: a $1 $99999999999 {{{a($1)}}}\n#+MACRO:\n#+MACRO: b\n{{{a(x\n\n{{{a({{{a(1,2)}}})}}} {{{nothing(1)}}} text\n", shows=("text",)),
    Case("bad-table", "a broken table is a table", "|\n||\n|-\n| a | b\n|---+---+---|\n|| c\n#+TBLFM: @@@\n| <l9999999999> |\n", shows=("a",)),
    Case("unclosed", "what is not closed loses no text", "#+begin_src sh\necho one\n#+begin_quote\n#+begin_example\n:DRAWER:\n\\begin{align}\ntext two\n", shows=("echo one", "text two")),
)  # fmt: skip
