"""Word lists of the languages of notes, joined: what is a function word, a verb, a generic word, a command."""

from __future__ import annotations

from functools import lru_cache

from orgkb.concepts.lexicon import english, european, russian
from orgkb.org.programs import COMMON_PROGRAMS, PROGRAMS

COMMANDS = PROGRAMS
"""Names of programs that are no common words: a line that begins with one is a command."""
COMMON_COMMANDS = COMMON_PROGRAMS
"""Names of programs that are common words too: a line needs an option or a path to be a command."""
PREPOSITIONS = english.PREPOSITIONS | russian.PREPOSITIONS
FUNCTION_WORDS = english.FUNCTION_WORDS | russian.FUNCTION_WORDS
"""Articles, pronouns, conjunctions, prepositions, auxiliaries: never a concept."""
PRONOUNS = english.PRONOUNS | russian.PRONOUNS
"""What stands for something named before: never the subject of a definition."""
SECTION_WORDS = english.SECTION_WORDS | russian.SECTION_WORDS | european.SECTION_WORDS
"""What notes call their parts: a concept only where the notes mark it as a term."""
NEVER_WORDS = english.NEVER_WORDS | russian.NEVER_WORDS | european.NEVER_WORDS
"""Those of them that stay labels even where they are marked like terms: `*Note* - ...`."""
GENERIC_WORDS = english.GENERIC_WORDS | russian.GENERIC_WORDS
"""Everyday words: a concept only where the notes define it on purpose."""
ABSTRACT_WORDS = english.ABSTRACT_WORDS | russian.ABSTRACT_WORDS
"""Heads of a subject that is no term: `the main reason is a ...`."""
INFORMAL_WORDS = english.INFORMAL_WORDS
"""Short forms that people write for everyday words of computing: general language has them not, and they name nothing."""
LOOSE_WORDS = english.LOOSE_WORDS | russian.LOOSE_WORDS
"""What begins with one of them is described, not named."""
TOPIC_HEADS = english.TOPIC_HEADS
"""Heads of titles that tell what a section is about."""
KEYWORDS = english.KEYWORDS
"""Words of programming languages: terms in notes on one, however common they are."""
QUALIFIERS = english.QUALIFIERS | russian.QUALIFIERS
"""What stands in parentheses after a name without being another name of it."""


@lru_cache(maxsize=100_000)
def is_verb(word: str) -> bool:
    """Whether WORD (lower case) is most likely a verb or a participle, by list and ending."""
    return english.is_verb(word) or russian.is_verb(word)


def is_finite_verb(word: str) -> bool:
    """Whether WORD (lower case) is a verb with a subject before it: `is`, `provides`, `состоит`, not `running`."""
    return is_verb(word) and not word.endswith(("ing", "ed", "ный", "ные", "ная", "щий", "щие", "щая", "ать", "ить"))


@lru_cache(maxsize=100_000)
def is_bare_verb(word: str) -> bool:
    """Whether WORD (lower case) alone is a verb form rather than a noun: `explore`, `consumes`."""
    return english.is_bare_verb(word)


@lru_cache(maxsize=100_000)
def begins_topic(word: str) -> bool:
    """Whether a title that begins with WORD (lower case) says what to do rather than names a thing."""
    return english.begins_topic(word) or russian.begins_topic(word)
