"""Whether a sentence has no verb but in clauses: then it is a phrase that says what something is."""

from __future__ import annotations

from orgkb.concepts.lexicon import PREPOSITIONS, is_bare_verb, is_finite_verb
from orgkb.concepts.lexicon.words import word_set
from orgkb.patterns import pattern

_WORD = pattern(
    r"[^\W\d_]+(?:['’-][^\W\d_]+)*|[.;:!?]|(?<=\s)[-–—](?=\s)|\n(?=[ \t]*+[A-ZА-ЯЁ][a-zа-яё]+ [a-zа-яё])|,(?=\s(?:it|its|they|this|their)\s)"
)
CLAUSES = word_set(
    "that which who whom whose where when while because if whether until "
    "который которая которое которые которого которой которых которому которым которыми которую котором где когда чтобы"
)
"""Words that begin a clause, which has a verb of its own."""
_FINITE = word_set(
    "became began came fell gave grew knew ran rose saw spoke took went wrote "
    "am is are was were has have had do does did can cannot could may might must shall should will would "
    "может могут должен должна должно должны был была было были будет будут есть"
)
_NO_VERB_AFTER = word_set("a an the of in on at by for with from as into between over its their and or")
_LEAST_WORDS = 2


def has_no_verb(prose: str, start: int, *, one: bool, leads: bool = False) -> bool:
    """Whether the sentence that goes on at START has a verb in clauses only: it says what something is.

    With ONE thing as its head, a word in -s after it can only be a verb: `A fanout configuration routes traffic`.
    A colon ends it where it may lead to more (LEADS); else it leads in to something else, or names another thing.
    """
    before, words, verbs = "", 0, 0
    for match in _WORD.finditer(prose, start):
        word = match[0].lower()
        if word in ".;!?\n," or (leads and word in ":-–—"):
            break  # a line that begins with a capital is a sentence of its own, and so is `…, its job is …`
        if word in ":-–—":
            return False
        words += 1
        # Behind a participle a word in -s is what is done to: `A single actor creating several identities`.
        one = one and word not in PREPOSITIONS and word not in CLAUSES and not (before and word.endswith("ing"))
        if word in CLAUSES:
            verbs -= 1
        elif word in _FINITE or _is_verb_after(before, match[0], one=one):
            verbs += 1
        if verbs > 0:
            return False
        before = word
    return words >= _LEAST_WORDS


def _is_verb_after(before: str, word: str, *, one: bool) -> bool:
    """Whether WORD, after BEFORE, is what someone does; in -s it is, where ONE thing or an adverb stands before it."""
    if (one or before.endswith("ly")) and word.islower() and _THIRD_PERSON.fullmatch(word):
        return True
    word = word.lower()
    # `send requests`: what a verb is followed by is its object.
    if word[-1] == "s" and is_bare_verb(before):
        return False
    return before not in _NO_VERB_AFTER and bool(_PRESENT.search(word)) and is_finite_verb(word)


_PRESENT = pattern(r"s$|[аеиуюя]т(?:ся)?$")
"""Past forms are left out: `правил` is more often the plural of a rule."""
_THIRD_PERSON = pattern(r"[a-z]+[a-hj-rtv-z]s")
"""Not `process`, `status`, `analysis`."""
