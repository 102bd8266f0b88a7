"""Where the real-world corpora and checkers lie, for tests that use them when they are there."""

import os
from pathlib import Path

import pytest

_CANDIDATE = Path(os.environ.get("ORGKB_SHARED", Path(__file__).resolve().parents[2] / "shared"))

SHARED: Path | None = _CANDIDATE if (_CANDIDATE / "corpus").is_dir() else None

needs_shared = pytest.mark.skipif(SHARED is None, reason="the real-world corpora (../shared) are not here")
