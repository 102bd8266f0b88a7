"""Pictures for LaTeX, which shows PNG, JPEG and PDF: the others become PDF, drawn by Typst."""

from __future__ import annotations

import datetime as dt
import hashlib

from orgkb.errors import ExporterError, MissingProgram
from orgkb.exporter import ExportContext, NotKept
from orgkb_exporters.pdf.typst_run import CompileFailed, Limits, Typst, font_packages

_NO_TIME = dt.datetime.fromtimestamp(0, tz=dt.UTC)  # the same picture has the same bytes whenever it is drawn


def as_pdf(data: bytes, kind: str, context: ExportContext) -> bytes | None:
    """The picture DATA of that KIND (`svg`, `gif`, `webp`) as a PDF of its size; None where Typst cannot draw it."""
    try:
        return context.once("tex-picture", hashlib.sha256(data).digest(), lambda: _drawn(data, kind))
    except NotKept:
        return None


def _drawn(data: bytes, kind: str) -> bytes:
    name = f"picture.{kind}"
    page = f'#set page(width: auto, height: auto, margin: 0pt)\n#image("{name}")\n'
    try:
        with Typst(Limits(memory=2048, seconds=120.0, font_paths=font_packages()[0])) as typst:
            return typst.compile({"main.typ": page.encode(), name: data}, _NO_TIME, standard=None, tagged=False)
    except (CompileFailed, ExporterError, MissingProgram) as error:
        raise NotKept from error
