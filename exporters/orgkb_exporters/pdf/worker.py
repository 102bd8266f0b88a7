"""Typst in a process of its own: jobs come as JSON lines on stdin, answers go as JSON lines to stdout.

Run as a script by `typst_run`, which starts it with fixed arguments: the project folder, the file
for the PDF, and the memory it may take.  It imports nothing of orgkb, so that it starts at once.
"""

from __future__ import annotations

import json
import sys
from typing import Any


def limit_memory(megabytes: int) -> None:
    """Let this process fail rather than take more than MEGABYTES; where the system has such limits."""
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return
    for name in ("RLIMIT_DATA", "RLIMIT_AS"):
        kind = getattr(resource, name)
        # Address space holds much that is never used: pages of the program, reserves of the allocator.
        size = megabytes * 2**20 * (1 if name == "RLIMIT_DATA" else 2)
        try:
            resource.setrlimit(kind, (size, resource.getrlimit(kind)[1]))
        except (OSError, ValueError):
            continue


def answer(typst: Any, root: str, output: str, job: dict[str, Any]) -> dict[str, Any]:
    """What became of JOB: `value` of a query, `warnings` of a PDF, or both; else `message` and `diagnostic`."""
    try:
        compiler = typst.Compiler(
            f"{root}/{job['main']}", root=root, package_path=root, package_cache_path=root,
            font_paths=job["font_paths"], ignore_system_fonts=not job["system_fonts"],
        )  # fmt: skip
        if job["query"]:
            return {"value": queried(compiler, job["query"])}
        if job["pixels"]:
            data, warnings = compiler.compile_with_warnings(format="png", ppi=job["pixels"])
            return written(data, warnings, output)
        data, warnings = compiler.compile_with_warnings(
            format="pdf",
            timestamp=job["timestamp"],
            pdf_standards=[job["standard"]] if job["standard"] else [],
            pdf_tags=job["tagged"],
        )
    except typst.TypstError as error:
        return {"message": str(error.message), "diagnostic": str(error.diagnostic)}
    except (RuntimeError, ValueError) as error:
        return {"message": str(error), "diagnostic": str(error)}
    reply = written(data, warnings, output)
    if job["also"] and "warnings" in reply:
        del data
        reply["value"] = queried(compiler, job["also"])
    return reply


def queried(compiler: Any, selector: str) -> Any:
    """The value of the one metadata element that SELECTOR finds."""
    try:
        return json.loads(compiler.query(selector, field="value", one=True))
    except RuntimeError:
        # A query does not tell where its source is wrong; printing it does.
        compiler.compile(format="pdf", pdf_tags=False)
        raise


def written(data: Any, warnings: Any, output: str) -> dict[str, Any]:
    """The answer to a job that made DATA, which goes to the file OUTPUT."""
    if not isinstance(data, bytes):
        return {"message": "Typst wrote nothing, or several pictures", "diagnostic": ""}
    with open(output, "wb") as file:  # noqa: PTH123 - this script keeps its imports few
        file.write(data)
    return {"warnings": [str(warning.message) for warning in warnings]}


def size() -> int:
    """Megabytes that this process has in memory now; 0 where the system does not tell."""
    try:
        with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123 - this script keeps its imports few
            pages = int(file.read().split()[1])
    except (OSError, ValueError, IndexError):
        return 0
    import resource  # noqa: PLC0415 - not on Windows, where the file above is not either

    return pages * resource.getpagesize() // 2**20


def main(root: str, output: str, memory: str) -> None:
    """Answer jobs until stdin ends."""
    limit_memory(int(memory))
    import typst  # noqa: PLC0415 - after the limit

    for line in sys.stdin.buffer:
        reply = answer(typst, root, output, json.loads(line)) | {"memory": size()}
        sys.stdout.buffer.write(json.dumps(reply).encode() + b"\n")
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
