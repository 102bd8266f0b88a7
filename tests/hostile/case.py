"""What a hostile note is: its text, the promise that it tests, and what must come of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

SECRET = "zq7secret"
"""Stands in every file outside the notes, and wherever notes say that something is not to be exported."""


@dataclass(frozen=True, slots=True)
class Case:
    """One note of the hostile folder, `<name>/note.org`; OUTSIDE in its text is a folder of secrets beside the notes."""

    name: str
    promise: str
    """What the user may rely on."""
    body: str | bytes
    shows: tuple[str, ...] = ()
    """Texts that the Markdown page holds."""
    hides: tuple[str, ...] = ()
    """Texts that stand nowhere in what is written."""
    code: str = ""
    """A diagnostic that tells the user."""
    files: Mapping[str, str | bytes] = field(default_factory=dict)
    """Files beside the note."""
    links: Mapping[str, str] = field(default_factory=dict)
    """Symbolic links beside the note."""

    @property
    def canary(self) -> str:
        """A word of the sound part that follows what is hostile."""
        return "kept" + "".join(c for c in self.name if c.isalnum())

    def place(self, root: Path, outside: Path) -> None:
        """Put the case below ROOT."""
        folder = root / self.name
        folder.mkdir(parents=True)
        for name, target in self.links.items():
            (folder / name).symlink_to(target.replace("OUTSIDE", str(outside)))
        note = self.body.encode("utf-8", "surrogatepass") if isinstance(self.body, str) else self.body
        sound = (
            f"\n\n* Sound part {self.canary}\n- *{self.canary} box* - thing of {self.name} that stays in every output\n"
        )
        for name, content in {**self.files, "note.org": note + sound.encode()}.items():
            data = content.encode() if isinstance(content, str) else content
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data.replace(b"OUTSIDE", str(outside).encode()))


def secrets(folder: Path) -> None:
    """Fill FOLDER with what no note may get at."""
    folder.mkdir()
    png = b"\x89PNG\r\n\x1a\n" + SECRET.encode()
    svg = f'<svg xmlns="http://www.w3.org/2000/svg"><text>{SECRET}</text></svg>'
    for name, data in {
        "secret.txt": SECRET.encode(),
        "secret.org": f"#+AUTHOR: {SECRET}\n#+MACRO: leak {SECRET}\n* {SECRET}\n- *{SECRET}* - a {SECRET}\n".encode(),
        "secret.png": png,
        "secret.svg": svg.encode(),
        "secret.bib": f"@book{{x, title={{{SECRET}}}}}".encode(),
    }.items():
        (folder / name).write_bytes(data)
