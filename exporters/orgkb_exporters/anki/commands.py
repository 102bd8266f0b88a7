"""Command notes: commands with explanations, from list items, shell blocks and `: ` lines."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import msgspec

from orgkb.org import nodes as n
from orgkb.org.document import Document
from orgkb.org.walk import find_elements, plain_text
from orgkb.patterns import pattern
from orgkb_exporters import html
from orgkb_exporters.anki import prose, russian, shell, verbs, worth
from orgkb_exporters.anki.draft import ANSWER_KEPT, Draft, DraftText
from orgkb_exporters.anki.note_types import COMMAND
from orgkb_exporters.anki.phrases import PHRASES, language_of
from orgkb_exporters.anki.place import Home, Place
from orgkb_exporters.anki.secrets import found_secret
from orgkb_exporters.anki.source import Source

MAX_GLOSS: Final = 20
"""Words of an explanation; a longer one is a text about the command."""
MIN_GLOSS: Final = 3
"""Words of an explanation that stands alone; a shorter one needs the line above it."""
LONG_GLOSS: Final = 6
MAX_ABOVE: Final = 8
"""Words of a line above that an explanation can lean on."""
SHORT_COMMAND: Final = 5
"""Words of a command that one may be asked to explain."""
_LEANING = pattern(
    r"(?:and|or|but|also|same|then|with|without|plus|too|again|only|this|it|ex|e\.g|for example"
    r"|и|или|а|но|то же|также|тоже|с|без|это|ещё|еще|например|только)\b|[(&+={\"'-]|\d+\b",
    re.IGNORECASE,
)
# Talks about the steps around the command rather than about its goal.
_AROUND = pattern(
    r"(?:use|if|note|look|see|make sure|must|should|assum\w+|before|after|optional(?:ly)?|example|output|replace|repeat|wait"
    r"|если|см|смотри|внимание|вывод|пример|перед|после|повтори\w*)\b|.*\b(?:above|below|following|выше|ниже)\b",
    re.IGNORECASE,
)


_POINTING = pattern(
    r"\b(?:it|its|them|their|this|that|these|those|same|above|below|его|её|ее|их|него|неё|нее|них|ним|нём|нему|ней|этот|эту|это|тот|такой)\b(?!\s(?:is|are|can)\b)",
    re.IGNORECASE,
)
# What a remark says and a goal does not: that something must be, is, or does not work.
_REMARK = pattern(
    r"\b(?:must|should|shall|require[sd]?|is|are|was|were|does\snot|doesn't|don't|do\snot|cannot|can't|won't|default\s\w+\sis|not\sworking|optional|alternative"
    r"|deprecated|wrong|error|bug|example|should\sbe|может|могут|должен|должны|должна|нужно|надо|нельзя|можно|не\sработает|ошибка)\b(?!\s(?:used|running|open|opened|not\sused)\b)"
    r"|\?\s*\Z|!\s*\Z",
    re.IGNORECASE,
)
_DUTY = pattern(r"\A(?:\S+\s)?(?:must|should|requires?)\b|\bshould\sbe\b|\bmust\sbe\b", re.IGNORECASE)
_SYNTAX = pattern(r"(?:^|\s)--?[a-zA-Z][\w-]*(?=[\s=]|\Z)|[|;$`\\]|&&|==|(?:^|\s)/dev/|\s#\s")
_SHOWN: Final = frozenset(
    (
        "list",
        "number",
        "count",
        "status",
        "information",
        "info",
        "history",
        "version",
        "size",
        "usage",
        "output",
        "content",
        "log",
        "all",
    )
)
_OPTION = pattern(r"(?<![\w-])--?[A-Za-z][\w-]*")


class _Pair(msgspec.Struct, frozen=True):
    command: str
    gloss: str
    above: str
    """The line that the explanation may lean on."""
    offset: int


class _Made(msgspec.Struct, frozen=True, array_like=True):
    """What became of a command with an explanation."""

    goal: str
    name: str
    """Goal and command, folded: neither is asked for twice."""
    offset: int
    """From the begin of the section."""
    draft: DraftText | None
    reason: str
    """Why it makes no card, for the user; empty where it makes one."""
    secret: bool
    """Whether that is a secret in it."""


@dataclass(frozen=True, slots=True)
class CommandCards:
    """Makes Command notes of the documents of a graph."""

    source: Source

    def drafts(self, home: Home) -> list[Draft]:
        """The Command notes of the document HOME, in its order; what is held back is reported."""
        found: list[Draft] = []
        document = home.document
        learnt = shell.learnt(self._called(home))
        # By hash: there may be many, and they go with each section.
        told = hashlib.blake2b(msgspec.msgpack.encode(sorted(learnt)), digest_size=16).digest()
        asked: set[str] = set()
        known: set[str] = set()

        def reverse(headline: n.Headline | None) -> bool | None:
            return self.source.wishes.of(document, headline).reverse

        def make(place: Place) -> list[_Made]:
            return _in_section(place, learnt, reverse=reverse(place.headline))

        sections = self.source.sections(document, COMMAND.kind)
        for place, several in self.source.of_sections(
            "commands", home, sections, make, list[_Made], lambda headline: (told, reverse(headline))
        ):
            for made in several:
                if (made.draft is not None or made.secret) and (made.goal in asked or made.name in known):
                    continue
                if made.draft is None:
                    spot = document.location(place.begin + made.offset)
                    tell = self.source.keep_secret if made.secret else self.source.hold_back
                    tell(made.reason, spot)
                    continue
                asked.add(made.goal)
                known.add(made.name)
                found.append(made.draft.at(place))
        return found

    def _called(self, home: Home) -> Iterator[str]:
        """The programs that lines of the document seem to call, each as often as they do."""
        sections = (None, *home.document.headlines)
        for _, found in self.source.of_sections("programs", home, sections, _called_in, list[str]):
            yield from found


def _called_in(place: Place) -> list[str]:
    return list(shell.called(_command_lines(place.home.document, place.elements)))


def _in_section(place: Place, learnt: frozenset[str], *, reverse: bool | None) -> list[_Made]:
    """What becomes of each command with an explanation in the section at PLACE."""
    found: list[_Made] = []
    for pair in _pairs(place.home.document, place.elements, learnt):
        goal, reason = _goal(pair)
        secret = found_secret(f"{pair.command}\n{goal}") if reason is None else None
        draft = None
        if secret is not None:
            told = f"for a command: it seems to hold {secret}"
        elif reason is not None:
            told = f"for “{pair.command}”: {reason}"
        else:
            told, draft = "", _draft(place, pair, goal, reverse=reverse)
        folded = prose.fold(goal), prose.fold(pair.command)
        found.append(_Made(*folded, pair.offset - place.begin, draft, told, secret is not None))
    return found


def _draft(place: Place, pair: _Pair, goal: str, *, reverse: bool | None) -> DraftText:
    language = language_of(goal, place.home.language)
    phrases = PHRASES[language]
    both = (
        reverse is not False
        and len(pair.command.split()) <= SHORT_COMMAND
        and min(len(prose.words(pair.gloss)), len(pair.gloss.split())) >= MIN_GLOSS
    )
    # The heading may name what the command does, or the command itself.
    telling = tuple(h for h in place.headings if prose.fold(h) in prose.fold(goal) or prose.fold(goal) in prose.fold(h))
    fields = {
        "Command": f'<pre class="src"><code>{html.code(pair.command, "bash")}</code></pre>',
        "Does": html.text(goal),
        "Prompt": phrases.which_command,
        "ReversePrompt": phrases.does,
        "ReverseContext": place.breadcrumb(telling),
        "Both": "1" if both else "",
        "Context": place.breadcrumb(_showing(pair.command, place)),
        "Source": place.source(),
        "Link": place.link(pair.command, language),
    }
    return DraftText(
        kind=COMMAND.kind,
        anchor=" ".join(pair.command.split()),
        term=pair.command,
        answer=goal[:ANSWER_KEPT],
        plural=False,
        language=language,
        fields=fields,
        offset=pair.offset - place.begin,
    )


def _goal(pair: _Pair) -> tuple[str, str | None]:
    """What the command is for, with the line above where the explanation leans on it; why it makes no card."""
    gloss = pair.gloss.rstrip(" -–—#;,:")
    # "red,green,blue" is one word of an explanation.
    count = min(len(prose.words(gloss)), len(gloss.split()))
    if not re.search(r"[^\W\d_]{2,}", gloss):
        return gloss, "its explanation has no words"
    if count > MAX_GLOSS:
        return gloss, f"its explanation has more than {MAX_GLOSS} words"
    if prose.breaks_off(gloss):
        return gloss, "its explanation breaks off"
    if shell.is_command(gloss) or re.search(r"https?://", gloss):
        return gloss, "its explanation is a command or an address"
    if _AROUND.match(gloss):
        return gloss, "its explanation is about the steps around it"
    if prose.fold(pair.command) in prose.fold(gloss) or prose.fold(gloss) in prose.fold(pair.command):
        return gloss, "its explanation repeats the command"
    if set(_OPTION.findall(gloss)) & set(_OPTION.findall(pair.command)):
        return gloss, "its explanation shows an option of the command"
    if not shell.is_whole(pair.command):
        return gloss, "the command is cut off, or holds an id"
    if _SYNTAX.search(gloss):
        return gloss, "its explanation is a part of the command"
    if _DUTY.search(gloss) or worth.is_rating(gloss) or (_REMARK.search(gloss) and not verbs.begins_with_verb(gloss)):
        return gloss, "its explanation is a remark"
    if count < MIN_GLOSS or _LEANING.match(gloss) or not _is_goal(gloss):
        above = pair.above.rstrip(" :.-–—")
        if not 2 <= len(prose.words(above)) <= MAX_ABOVE or _LEANING.match(above) or shell.is_command(above):
            return gloss, "its explanation leans on a line above"
        if not verbs.begins_with_verb(above) and not verbs.begins_with_verb(gloss):
            return gloss, "its explanation does not say what it does"
        return f"{above}: {gloss}", None
    return gloss, None


def _is_goal(gloss: str) -> bool:
    """Whether GLOSS says by itself what is done, to what, or what is shown."""
    names = re.findall(r"\w+", gloss)
    pointing = _POINTING.search(gloss)
    # Later in a long explanation it points at what was named before.
    if pointing and (len(names) < LONG_GLOSS or len(gloss[: pointing.start()].split()) < MIN_GLOSS):
        return False
    if verbs.begins_with_verb(gloss):
        # "execute and detach", "connect to running": done to what?
        return not verbs.lacks_object(gloss)
    if re.search(r"\d", gloss):
        return False
    return any(
        name.casefold() in _SHOWN
        or (len(name) > 3 and name.islower() and name.endswith("s") and not name.endswith("ss"))
        for name in names
    ) or any(map(russian.is_russian_noun, map(str.casefold, names)))


def _showing(command: str, place: Place) -> tuple[str, ...]:
    """Titles of the breadcrumb that hold the whole command."""
    folded = prose.fold(command)
    return tuple(name for name in place.titles if folded in prose.fold(name))


def _command_lines(document: Document, elements: Sequence[n.Element]) -> Iterator[str]:
    for item in find_elements(elements, n.Item):
        if item.children and isinstance(item.children[0], n.Paragraph):
            yield _written(document, item.children[0].children).split("\n")[0]
    for block in find_elements(elements, n.SrcBlock):
        if shell.is_shell(block.language):
            yield from block.value.split("\n")
    for fixed in find_elements(elements, n.FixedWidth):
        yield from fixed.value.split("\n")


def _pairs(
    document: Document, elements: Sequence[n.Element], learnt: frozenset[str], above: str = ""
) -> Iterator[_Pair]:
    """Commands with explanations in ELEMENTS, in the order of the text; ABOVE is the line they stand under."""
    before = above
    for element in elements:
        match element:
            case n.PlainList():
                for item in element.children:
                    yield from _of_item(document, item, learnt, before)
            case n.SrcBlock() if shell.is_shell(element.language):
                for command, gloss in shell.commented(element.value):
                    yield _Pair(command, gloss, before, element.own_begin)
            case n.FixedWidth():
                for line in element.value.split("\n"):
                    pair = shell.split_line(line.strip(), learnt, comments_only=True)
                    if pair is not None:
                        yield _Pair(*pair, before, element.own_begin)
            case n.GreaterElement():
                yield from _pairs(document, element.children, learnt, before)
            case _:
                pass
        # Only a line that leads in is leant on.
        text = plain_text(element.children) if isinstance(element, n.Paragraph) else ""
        before = text.splitlines()[-1] if text.endswith(":") else ""


def _of_item(document: Document, item: n.Item, learnt: frozenset[str], above: str) -> Iterator[_Pair]:
    own = ""
    match item.children:
        case (n.Paragraph() as paragraph, *rest) if item.tag is None:
            own = " ".join(_written(document, paragraph.children).split())
            pair = _coded(paragraph) or shell.split_line(own, learnt)
            if pair is not None:
                yield _Pair(*pair, above, item.own_begin)
                own = pair[1]
            elif shell.is_command(own, learnt):
                own = ""
        case rest:
            own = plain_text(item.tag) if item.tag else ""
    yield from _pairs(document, rest, learnt, own)


def _coded(paragraph: n.Paragraph) -> tuple[str, str] | None:
    """`=command --option= - explanation`: the markup says where the command ends."""
    objects = [obj for obj in paragraph.children if not (isinstance(obj, n.Text) and not obj.value.strip())]
    match objects:
        case (n.Code() | n.Verbatim() as code, n.Text() as text, *_) if len(code.value.split()) > 1:
            separator = re.match(r"\s*(?:[-–—:#]+)\s+", text.value)
            if separator and shell.program(code.value) and "\n" not in code.value:
                gloss = plain_text((text, *objects[2:]))
                return shell.strip_prompt(code.value), re.sub(r"\A[-–—:#]+\s*", "", gloss)
        case _:
            pass
    return None


def _written(document: Document, objects: Sequence[n.Object]) -> str:
    """Objects as they are written, so that a command keeps every sign; links and notes as they read."""
    parts: list[str] = []
    for obj in objects:
        match obj:
            case n.Text() | n.Code() | n.Verbatim():
                parts.append(obj.value)
            case n.Link() | n.FootnoteReference() | n.Citation() | n.Target() | n.RadioTarget():
                parts.append(plain_text((obj,)))
            case _:
                parts.append(document.text[obj.begin : obj.end] or plain_text((obj,)))
    return "".join(parts)
