"""Which words of a clause are verbs, prepositions, determiners and denials."""

from __future__ import annotations

from functools import lru_cache

from orgkb.concepts.lexicon import PREPOSITIONS
from orgkb.concepts.lexicon import is_verb as is_general_verb
from orgkb.concepts.lexicon.english import VERB_BASES
from orgkb.concepts.lexicon.words import word_set
from orgkb.patterns import pattern

WORD = pattern(r"[^\W_]+(?:[-'’./][^\W_]+)*|,")
"""A word of a clause, or a comma."""
JOINING = word_set(
    """
    , a an and any both each either every its more of one or other our own several some such the their these those various
    а все другие и или их либо ее его каждый несколько разные эти
    """
)
"""What stands between the members of an enumeration."""
DETERMINERS = word_set(
    "a an the its their his her your our my this these those each every some any own very all both such"
)
DENYING = word_set(
    "not no never cannot can't doesn't don't isn't aren't won't without except instead rather нельзя не без кроме вместо нет ни"
)


def is_link_word(word: str) -> bool:
    """Whether WORD (lower case) can end a linking phrase: a verb or preposition."""
    return word in PREPOSITIONS or is_verb(word)


def is_verb(word: str) -> bool:
    """Whether WORD (lower case) is a verb or participle: one of the general lists, or one that ties things."""
    return word in _TYING or is_general_verb(word)


def _forms(bases: str) -> frozenset[str]:
    """BASES with their regular forms."""
    found: set[str] = set()
    for base in bases.split():
        stem = base.removesuffix("e")
        past = f"{base[:-1]}ied" if base.endswith("y") and base[-2] not in "aeou" else f"{stem}ed"
        third = (
            f"{base[:-1]}ies"
            if past.endswith("ied")
            else f"{base}{'es' if base.endswith(('s', 'h', 'x', 'o')) else 's'}"
        )
        found |= {base, past, third, f"{stem}ing"}
    return frozenset(found)


_TYING_BASES = (
    "abstract accelerate accomplish accumulate achieve acquire activate address amplify announce anticipate approximate "
    "assemble assist associate attract capture characterize cite classify comprehend concern confirm consolidate constrain "
    "construct consult contrast contribute correct decompose deliver demonstrate depict detail devise diminish discard "
    "emphasize employ emulate enumerate evolve exhibit exploit explain express facilitate finance flatten found govern "
    "inhibit initiate inspire involve isolate justify leverage maximise minimise motivate oppose outperform oversee parallelize "
    "permit possess precede preserve project quantise reconstruct reject remember reside resemble retain reveal rotate "
    "satisfy signal simplify specialize stimulate stress strengthen succeed suffer suppress synthesize target tie tolerate "
    "traverse underlie unify violate weaken yield "
    # What sciences say of things.
    "absorb activate affect align alter annotate arise attack boost cause circulate collide compensate compete complement "
    "complete concentrate conduct conserve constitute contradict correlate decay decline dedicate defend degrade "
    "delegate deny deprive diffuse digest direct discharge dissolve distinguish dominate drain eat emerge encompass entail "
    "exceed excite exert export fail favor favour feed fulfill fuse guide incorporate indicate induce infect influence "
    "innervate intensify interfere intersect invade invert lack lubricate manufacture mediate modulate "
    "negate negotiate neutralize nourish obey occupy occur oscillate outline overcome overlap oxidize participate penetrate "
    "precipitate prescribe presume purchase raise react realize recognize refute regenerate reinforce relax repel reproduce "
    "resist reverse revise secrete settle shrink stabilize study subscribe substitute survive suspend sustain symbolize "
    "teach tend transport undergo unite weigh "
    "ask act await broadcast clarify converge correspond deter diverge elect encounter fetch flag guess infer notify perceive reference resume "
    "shadow streamline summon surround swap toggle trust update vote"
)
_TYING = _forms(_TYING_BASES) - word_set(
    # Forms that are nouns or adjectives far more often.
    "abstract address addresses approximate associate correct contrast contrasts detail details project projects signal signals stress stresses "
    "target targets tie ties concern concerns express found finance finances align attack attacks boost boosts cause "
    "complement complements complete compete conduct decay decays decline declines direct discharge discharges drain drains "
    "excite export exports favor favors favour favours feed feeds feeding fuse fuses guide guides influence lack outline outlines "
    "overlap overlaps purchase purchases raise reverse study studies substitute substitutes transport transports "
    "fail dedicated complicated concentrated degraded directed relaxed settled reversed weighing teaching feeding realizing "
    "inverted suspended united studied exported flag flags reference references shadow shadows act acts broadcast broadcasts "
    "resume resumes swap swaps toggle toggles trust trusts trusted vote votes update updates"
)


EVERY_BASE = VERB_BASES | frozenset(_TYING_BASES.split())
"""Base forms, of which some are nouns more often."""
INTRANSITIVE = _forms(
    "appear arise belong circulate collide compete consist correlate correspond decay depend differ emerge exist interact interfere "
    "occur originate oscillate participate react rely reside subscribe tend"
)
"""Verbs that lead to a thing only by a preposition."""
BASES = VERB_BASES | _TYING
"""Verbs as they stand after `to`."""


@lru_cache(maxsize=100_000)
def is_finite(word: str) -> bool:
    """Whether WORD (lower case) is a verb with a subject of its own, not a participle."""
    return (
        is_verb(word)
        and word not in PAST_PARTICIPLES
        and not word.endswith(("ing", "ed", "ный", "ные", "ная", "щий", "щие", "щая", "ать", "ить"))
    )


def may_be_verb(word: str) -> bool:
    """Whether WORD (lower case) is the third person of a verb, be it more often a noun: `stores`, `releases`."""
    return word.endswith("s") and (word[:-1] in EVERY_BASE or (word.endswith("es") and word[:-2] in EVERY_BASE))


PAST_PARTICIPLES = word_set(
    "begun broken chosen done drawn driven given gone hidden known seen shown taken thrown written rewritten overwritten"
)


def is_participle_or_verb(word: str) -> bool:
    """Whether WORD (lower case) is a verb, or a participle as before a preposition, that is no preposition itself."""
    return (is_verb(word) or word in _PARTICIPLES) and word not in PREPOSITIONS


_PARTICIPLES = frozenset({"based", "related"})
"""Before a preposition they are no nouns or adjectives: `based on`."""
