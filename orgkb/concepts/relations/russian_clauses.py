"""Russian relative clauses: `контроллер, который следит за состоянием` says of the controller what it watches."""

from __future__ import annotations

from orgkb.concepts.blocks import Block
from orgkb.concepts.lexicon.morphology import forms
from orgkb.concepts.linking import Hit
from orgkb.concepts.model import Relation, RelationKind
from orgkb.concepts.relations.clauses import clause_start, is_denied_word, is_unsaid
from orgkb.concepts.relations.labels import polished
from orgkb.concepts.relations.model import Context, stated
from orgkb.concepts.relations.phrases import phrase
from orgkb.concepts.relations.reduced import are_two
from orgkb.concepts.relations.verbs import is_finite
from orgkb.patterns import pattern

_MIN_END = 0.4
_FACTOR = 0.8
_MAX_CLAUSE = 70
_OPENINGS = (" котор", ", котор")


def russian_relative_clause(
    context: Context, block: Block, subject: Hit, target: Hit, confidence: float
) -> Relation | None:
    """What the clause between SUBJECT and TARGET says of the first, where the number of pronoun and verb is its own."""
    text = block.prose
    if not text.startswith(_OPENINGS, subject.end):
        return None
    match = _RELATIVE.match(text, subject.end, target.start)
    if (
        match is None
        or target.start - match.end() > _MAX_CLAUSE
        or not are_two(context, subject, target, _MIN_END)
        or not _is_antecedent(text, subject, many=match["which"] == "которые")
    ):
        return None
    said = text[match.end() : target.start]
    verb = said.split(None, 1)[0].lower()
    if not is_finite(verb) or (_OF_MANY.search(verb) is not None) != (match["which"] == "которые"):
        return None
    if (
        "," in said
        or is_denied_word(said)
        or clause_start(text, match.end(), target.start) != match.end()
        or is_unsaid(text[target.end : target.end + 40])
    ):
        return None
    label = polished(phrase(said))
    if not label or "," in label or label.split()[0].lower() != verb:
        return None
    return stated(subject.mention.concept, target, label, RelationKind.SENTENCE, confidence * _FACTOR)


def _is_antecedent(text: str, subject: Hit, *, many: bool) -> bool:
    """Whether the clause behind SUBJECT speaks of that, MANY of it or one, and not of a noun before it: `размер слоя, который …`."""
    name = subject.mention.text.rpartition(" ")[2].lower()
    number = "plur" if many else "sing"
    if not name.isascii() and not any(form.part == "NOUN" and form.number == number for form in forms(name)):
        return False
    before = text[: subject.start].rsplit(None, 1)[-1:]
    word = before[0].lower() if before else ""
    if not _WORD.fullmatch(word):
        return True
    # Only a noun that may be meant as well makes it doubtful, and a genitive must have one before it.
    first = forms(word)[0]
    return first.part != "NOUN" or (first.number == "plur") != many


_RELATIVE = pattern(
    r",?\s(?P<which>котор(?:ый|ая|ое|ые))\s(?:(?:также|обычно|часто|всегда|автоматически|затем|уже)\s)?(?=[а-яё])"
)
_OF_MANY = pattern(r"(?:[ая]т|[ую]т|[ая]тся|[ую]тся|ны|ли)$")
_WORD = pattern(r"[а-яё]+")
