"""Russian names that a sentence puts into another case, as a dictionary has them: `Простым числом называется …` tells of a простое число."""

from __future__ import annotations

from orgkb.concepts.lexicon import morphology


def of_instrumental(words: list[str]) -> str:
    """WORDS in the nominative: adjectives and a noun in the instrumental, then what stays as it is; empty where they are none."""
    return _of("ablt", words)


def of_genitive(words: list[str]) -> str:
    """The same for the genitive: `Определение простого числа` defines a простое число."""
    return _of("gent", words)


def _of(case: str, words: list[str]) -> str:
    before: list[str] = []
    for at, word in enumerate(words):
        lower = word.lower()
        forms = morphology.forms(lower)
        if any(form.part == "NOUN" and form.case == case for form in forms):
            noun = morphology.lemma(lower)
            if not any(form.part == "NOUN" and form.case == "nomn" for form in morphology.forms(noun)):
                return ""
            agreeing = [agreed(adjective, noun) for adjective in before]
            rest = words[at + 1 :]
            if not all(agreeing) or not all(map(_follows, rest)):
                return ""
            return " ".join([*agreeing, noun, *rest])
        if not any(form.part in _ADJECTIVES and form.case == case for form in forms):
            return ""
        before.append(lower)
    return ""


def agreed(adjective: str, noun: str) -> str:
    """ADJECTIVE, in the instrumental or genitive, as it stands before NOUN in the nominative singular; empty where its form is not known."""
    plain = morphology.lemma(adjective)
    if not plain.endswith(("ый", "ий", "ой")):
        return ""
    soft = plain.endswith("ний")
    if noun.endswith(("а", "я")) or (noun.endswith("ь") and adjective.endswith(("ой", "ей"))):
        return plain[:-2] + ("яя" if soft else "ая")
    if noun.endswith(("о", "е", "ё")):
        return plain[:-2] + ("ее" if soft or plain[-3] in "жчшщ" else "ое")
    return plain


def _follows(word: str) -> bool:
    """Whether WORD may go on a name behind its noun: in the genitive, `оболочкой множества`."""
    return not word.isascii() and any(
        form.case == "gent" and form.part in {"NOUN", *_ADJECTIVES} for form in morphology.forms(word.lower())
    )


_ADJECTIVES = frozenset({"ADJF", "PRTF"})
