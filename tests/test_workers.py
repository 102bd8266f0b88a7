"""The same bytes, whoever does the work, and however many of them die meanwhile."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from orgkb import pipeline, reading, workers
from orgkb.config import Config
from orgkb.errors import MissingProgram, UsageError
from orgkb.inputs import find_inputs
from orgkb.runs import Step
from orgkb.workers import Workers
from tests.fakes import doubled

LINES = (
    "- term{0} :: what uses term{1}, for a node\n"
    "* Heading {0}\nThe term{1} runs on term{0}. See [[file:n{1}.org][the other]].\n"
    "- *Узел {0}* - машина, на которой работает term{1}\n"
)


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    """Some notes that hold each other's terms."""
    folder = tmp_path / "notes"
    folder.mkdir()
    for number in range(12):
        text = "".join(LINES.format(number * 3 + at, (number * 5 + at) % 36) for at in range(3))
        (folder / f"n{number}.org").write_text(text, encoding="utf-8")
        os.utime(folder / f"n{number}.org", (1_700_000_000, 1_700_000_000))
    return folder


@pytest.fixture(autouse=True)
def _any_work_is_worth_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_WORTH", 0)
    monkeypatch.setattr(workers, "_LEAST", 1)


def _graph(notes: Path, jobs: int, executor: Executor | str | None = None, **more: Any) -> tuple[str, str]:
    with Workers(jobs, executor) as crew:
        graph, problems, sources = reading.read_graph(
            find_inputs([notes]), Config(), more.get("progress"), workers=crew
        )
        values = (graph.documents, graph.concepts, graph.mentions, graph.relations, problems, sorted(sources.items()))
        return repr(values), crew.problem


def test_one_two_or_eight(notes: Path) -> None:
    alone = _graph(notes, 1)
    assert _graph(notes, 2) == alone
    assert _graph(notes, 8) == alone


def test_any_executor(notes: Path) -> None:
    with ThreadPoolExecutor(3) as threads:
        assert _graph(notes, 1, threads) == _graph(notes, 1)


def test_a_run_with_several_processes_and_a_cache(notes: Path, tmp_path: Path, install: Callable[..., None]) -> None:
    install(dump="tests.fakes:DumpExporter")
    for number in range(2):
        (notes / "n3.org").write_text(f"- change{number} :: a term\n", encoding="utf-8")
        pipeline.run([notes], tmp_path / "warm", jobs=2, remember=True)
        pipeline.run([notes], tmp_path / "cold")
        for path in (tmp_path / "cold" / "dump").iterdir():
            assert (tmp_path / "warm" / "dump" / path.name).read_bytes() == path.read_bytes()


def test_a_note_that_cannot_be_read_costs_only_itself(notes: Path) -> None:
    (notes / "n4.org").unlink()
    (notes / "n4.org").symlink_to(notes / "nowhere")
    (notes / "n5.org").write_bytes(b"\xff\xfe not UTF-8 \x00\n* A\n")
    assert _graph(notes, 2) == _graph(notes, 1)


@pytest.mark.skipif(sys.platform == "win32", reason="no signals")
def test_the_death_of_a_worker_costs_time_only(notes: Path) -> None:
    alone, _ = _graph(notes, 1)
    with Workers(2) as crew:
        seen: list[int] = []

        def kill_one(_step: Step) -> None:
            if not seen:
                seen.append(next(iter(crew._executor._processes)))  # type: ignore[union-attr]
                os.kill(seen[0], signal.SIGKILL)

        graph, problems, sources = reading.read_graph(find_inputs([notes]), Config(), kill_one, workers=crew)
        values = (graph.documents, graph.concepts, graph.mentions, graph.relations, problems, sorted(sources.items()))
        assert repr(values) == alone
        assert seen


def test_what_a_dead_worker_left_is_done_here() -> None:
    tasks = [3, 1, -os.getpid(), 2]
    with Workers(2) as crew:
        assert sorted(crew.map(doubled, tasks, abs, int)) == sorted((task, task * 2) for task in tasks)
        assert "a worker failed" in crew.problem
        assert sorted(crew.map(doubled, [1, 2], abs, int)) == [(1, 2), (2, 4)]


def test_work_for_large_notes_is_handed_over_little_by_little() -> None:
    loaded: list[int] = []

    def load(task: int) -> int:
        loaded.append(task)
        return task

    with Workers(2) as crew:
        results = crew.map(doubled, range(50), lambda _: 5_000_000, load)
        next(results)
        assert len(loaded) < 10
        assert len(list(results)) == 49
        assert sorted(loaded) == list(range(50))


def test_a_task_that_fails_everywhere_fails() -> None:
    tasks: list[Any] = [1, None]
    with Workers(2) as crew, pytest.raises(TypeError):
        list(crew.map(doubled, tasks, lambda _: 1, lambda task: task))


@pytest.mark.parametrize("address", ["dask:", "dask://", "tcp://host:1", "here"])
def test_an_address_that_is_none(address: str) -> None:
    with pytest.raises(UsageError, match="dask://HOST:8786"):
        Workers(1, address)


def test_a_cluster_needs_a_package(notes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(MissingProgram, match=r"orgkb\[dask\]"):
        _graph(notes, 1, "dask://localhost:1")


# --- a cluster ---


@pytest.fixture
def cluster() -> Iterator[Any]:
    """A scheduler and two workers in processes of their own, on this machine."""
    distributed = pytest.importorskip("distributed", reason="the extra dask is not installed")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, host="127.0.0.1"
    ) as made:
        yield made


@pytest.mark.filterwarnings("ignore")  # those of the cluster's own libraries
def test_a_cluster_gives_the_same(notes: Path, cluster: Any) -> None:
    address = cluster.scheduler_address.replace("tcp://", "dask://")
    assert _graph(notes, 1, address) == _graph(notes, 1)


@pytest.mark.filterwarnings("ignore")
def test_the_death_of_a_machine_costs_time_only(notes: Path, cluster: Any) -> None:
    address = cluster.scheduler_address.replace("tcp://", "dask://")
    killed: list[int] = []

    def kill_one(_step: Step) -> None:
        if not killed:
            killed.append(next(iter(cluster.workers.values())).pid)
            os.kill(killed[0], signal.SIGKILL)

    assert _graph(notes, 1, address, progress=kill_one)[0] == _graph(notes, 1)[0]
    assert killed
