"""The review as an Org file: questions with checkboxes and links to the evidence, written and read back.

Each question is a list item with a comment line `# orgkb: KEY`; its answers are the checkboxes below.  What the
notes say stands in fixed-width lines, in which Org sees no markup, no link and no code.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from orgkb.inputs import REVIEW_MARK
from orgkb.patterns import pattern
from orgkb.review import keys
from orgkb.review.model import Answer, Kind, Quote, ReviewItem

MARK = REVIEW_MARK + " "
_VERSION = 1
_KEY = "# orgkb: "
_ALL = "all:"
MAX_ITEMS = 200
"""Questions of one kind in a file: nobody answers more in one go, and those left come when these are answered."""

_HEAD = """\
Tick one box below a question: C-c C-c on it in Emacs, or write [X]. What has no tick is asked again next time.
Then read the answers into orgkb.toml: =orgkb review --apply=. A link opens the place in the notes.
"""
_TITLES = {
    Kind.CONCEPT: ("Are these concepts?", "The rules are not sure of them."),
    Kind.MERGE: ("Are these one thing?", "They are taken for two."),
    Kind.ALIAS: ("Are these names of one thing?", "They are taken for one."),
    Kind.SENSES: ("Do these names mean different things?", "They are taken for several concepts with one name."),
    Kind.DEFINITION: ("Which definition is the best?", "The first one is taken."),
    Kind.UNDEFINED: ("What are these?", "They are marked as terms, but nothing is said about them."),
    Kind.RELATION: ("Do these relations hold?", "The rules are not sure of them."),
    Kind.DROPPED: ("Should any of these be concepts?", "The rules found them and dropped them: no export has them."),
}
_AT_ONCE = {
    Kind.CONCEPT: (keys.CONCEPT, keys.NEVER),
    Kind.ALIAS: (keys.SAME, keys.APART),
    Kind.RELATION: (keys.RIGHT, keys.WRONG),
    Kind.DROPPED: (keys.CONCEPT, keys.NEVER),
}
"""The answers that all questions of a kind may get at once."""


# --- writing ---


def written(items: Sequence[ReviewItem], title: str, prefix: str = "") -> str:
    """The review file for ITEMS on the notes called TITLE; PREFIX leads from its folder to that of the notes."""
    lines = [f"{MARK}{_VERSION}", f"#+TITLE: Review: {_flat(title)}", "#+STARTUP: showall", "", *_HEAD.splitlines()]
    if not items:
        lines += ["", "Nothing is doubtful."]
    for kind in Kind:
        group = [item for item in items if item.kind is kind]
        if group:
            lines += ["", *_section(kind, group, prefix)]
    return "\n".join(lines) + "\n"


def _section(kind: Kind, group: Sequence[ReviewItem], prefix: str) -> Iterator[str]:
    heading, why = _TITLES[kind]
    yield f"* {heading} ({len(group)})"
    yield why
    if len(group) > MAX_ITEMS:
        yield f"The {MAX_ITEMS} most important are below; the other {len(group) - MAX_ITEMS} come when these are answered."
    labels = keys.LABELS[kind]
    if kind in _AT_ONCE and len(group) > 1:
        yield ""
        yield "- All below that have no tick:"
        yield f"  {_KEY}{_ALL}{kind}"
        yield from (f"  - [ ] {labels[name]}" for name in _AT_ONCE[kind])
    for item in group[:MAX_ITEMS]:
        yield ""
        yield from _item(item, prefix)


def _item(item: ReviewItem, prefix: str) -> Iterator[str]:
    shown = item.subject if item.kind in {Kind.CONCEPT, Kind.DROPPED, Kind.UNDEFINED} else item.question
    why = "" if item.kind in {Kind.ALIAS, Kind.DEFINITION, Kind.UNDEFINED} else f" ({item.why})"
    yield f"- {_flat(shown)}{why}"
    yield f"  {_KEY}{item.key}"
    beside: dict[str, Quote] = {}
    if item.kind is Kind.DEFINITION:  # each choice with its own place
        beside = {option.name: quote for option, quote in zip(item.options, item.quotes, strict=False)}
    else:
        more = item.places - len(item.quotes)
        for at, quote in enumerate(item.quotes, 1):
            rest = f"; {more} more" if more > 0 and at == len(item.quotes) else ""
            yield f"  {_link(quote, prefix)} {quote.note}{rest}"
            if quote.text:
                yield f"  : {_flat(quote.text)}"
    for option in item.options:
        label = keys.LABELS[item.kind].get(option.name, option.name)
        yield f"  - [ ] {label}{':' if option.text else ''}"
        if option.name in beside:
            yield f"    {_link(beside[option.name], prefix)} {beside[option.name].note}"
            yield f"    : {_flat(option.label)}"


def _link(quote: Quote, prefix: str) -> str:
    """A link that Emacs opens at the line."""
    if not quote.span.path.isprintable():  # a name with a line end would be more than a link
        return f"{_flat(quote.span.path)}:{quote.span.line}"
    path = re.sub(r"([\\\[\]])", r"\\\1", prefix + quote.span.path)
    shown = quote.span.path.replace("[", "(").replace("]", ")")
    return f"[[file:{path}::{quote.span.line}][{shown}:{quote.span.line}]]"


def _flat(text: str) -> str:
    """TEXT on one line, without what steers a terminal or an editor."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


# --- reading ---


class Fault(msgspec.Struct, frozen=True):
    """Something in a review file that cannot be read."""

    line: int
    message: str


class Read(msgspec.Struct, frozen=True):
    """What stands in a review file."""

    answers: tuple[Answer, ...]
    faults: tuple[Fault, ...]


class NotAReview(Exception):  # noqa: N818 - reads as what is wrong
    """The file is none of ours; the text says why."""


_BOX = pattern(r"\s*[-+*]\s+\[(?P<tick>[ xX-])\]\s+(?P<label>[^:]*?)\s*(?::\s*(?P<text>.*?))?\s*")
_BULLET = pattern(r"(?:\s*[-+]|\s+\*|\*+)\s")


class _Question:
    """One question while the file is read."""

    def __init__(self, key: str, line: int) -> None:
        self.key = key
        self.line = line
        self.ticked: list[tuple[str, int]] = []
        self.texts: dict[str, list[str]] = {}
        self.text_lines: dict[str, int] = {}


def read(text: str) -> Read:
    """The answers in review file TEXT, and what cannot be read of it, each with its line.

    Raises NotAReview where it is no review file, or one of another version of orgkb.
    """
    lines = text.removeprefix("\ufeff").splitlines()
    first = lines[0].strip() if lines else ""
    if not first.startswith(MARK.strip()):
        raise NotAReview(f"is no review file: it does not begin with `{MARK.strip()}`")
    if first.removeprefix(MARK.strip()).strip() != str(_VERSION):
        raise NotAReview("was written by another version of orgkb: write it anew with `orgkb review`")
    questions: list[_Question] = []
    faults: list[Fault] = []
    open_text: list[str] | None = None
    question: _Question | None = None
    for number, line in enumerate(lines, 1):
        stripped = line.strip()
        if stripped.startswith(_KEY.strip()):
            question = _Question(stripped.removeprefix(_KEY.strip()).strip(), number)
            questions.append(question)
            open_text = None
        elif match := _BOX.fullmatch(line):
            open_text = None
            ticked = match["tick"] in "xX"
            if question is None:
                if ticked:
                    faults.append(
                        Fault(number, f"this tick belongs to no question: its line `{_KEY.strip()} …` is gone")
                    )
                continue
            label = " ".join(match["label"].split()).lower()
            if ticked:
                question.ticked.append((label, number))
            if match["text"] is not None:
                open_text = question.texts.setdefault(label, [])
                question.text_lines[label] = number
                open_text.append(match["text"])
        elif _BULLET.match(line) or line.startswith("*"):
            open_text = None
            question = None  # its key has not come yet
        elif not stripped:
            open_text = None
        elif open_text is not None and not stripped.startswith(("#", ":")):
            open_text.append(stripped)
    return _answers(questions, faults)


def _answers(questions: Iterable[_Question], faults: list[Fault]) -> Read:
    answers: list[Answer] = []
    at_once: dict[str, tuple[str, int]] = {}
    open_keys: dict[str, list[_Question]] = {}
    section = ""
    for question in questions:
        bulk = question.key.startswith(_ALL)
        section = question.key.removeprefix(_ALL) if bulk else section
        chosen = _chosen(question, faults, section if bulk else None)
        if bulk:
            if chosen is not None:
                at_once[section] = chosen.option, chosen.line
        elif chosen is not None:
            answers.append(chosen)
        elif not question.ticked:
            open_keys.setdefault(section, []).append(question)
    for name, (option, line) in at_once.items():
        answers += [
            Answer(question.key, option, line=line)
            for question in open_keys.get(name, ())
            if option in keys.LABELS[_shared(question.key, name)]
        ]
    return Read(tuple(answers), tuple(sorted(faults, key=lambda fault: fault.line)))


def _shared(key: str, section: str) -> Kind:
    """The kind whose answers the question with KEY takes."""
    return keys.kind_of(key) or Kind(section)


def _chosen(question: _Question, faults: list[Fault], section: str | None) -> Answer | None:
    """The answer to QUESTION, or to all of SECTION; faults where it cannot be told."""
    kind = keys.kind_of(f"{section}:" if section is not None else question.key)
    if kind is None:
        if question.ticked:
            faults.append(Fault(question.line, f"{question.key!r} is no key of a question: was the line edited?"))
        return None
    names = {label.lower(): name for name, label in keys.LABELS[kind].items()}
    written_texts = {label: " ".join(parts).strip() for label, parts in question.texts.items()}
    ticked = question.ticked
    if not ticked:
        # Who writes a definition means it, with or without a tick.
        ticked = [(label, question.text_lines[label]) for label, said in written_texts.items() if said]
        question.ticked = ticked
    if not ticked:
        return None
    labels = dict(ticked)
    if len(labels) > 1:
        lines_ = " and ".join(str(line) for line in labels.values())
        faults.append(Fault(ticked[0][1], f"there are two answers to one question (lines {lines_}): leave one tick"))
        return None
    (label, line), *_ = labels.items()
    name = names.get(label, label if kind is Kind.DEFINITION and label.isdecimal() else "")
    if not name:
        known = ", ".join(repr(each) for each in keys.LABELS[kind].values())
        faults.append(Fault(line, f"{label!r} is no answer to this question; there are {known}"))
        return None
    return Answer(question.key, name, written_texts.get(label, ""), line)


def open_answers(found: Read, answered: Mapping[str, str]) -> int:
    """How many answers of a review file the settings, which have ANSWERED, do not hold yet."""
    return sum(keys.base(answer.key) not in answered for answer in found.answers)
