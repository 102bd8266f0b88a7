from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial

import pytest

from orgkb.abreast import abreast


def test_results_come_in_the_order_of_the_calls_however_long_each_takes() -> None:
    second_done = threading.Event()

    def first() -> int:
        assert second_done.wait(10)  # so both are at work at once
        return 1

    def second() -> int:
        second_done.set()
        return 2

    assert list(abreast([first, second, lambda: 3], 2)) == [1, 2, 3]


@pytest.mark.parametrize("at_once", [1, 2, 5])
def test_all_calls_are_made_once(at_once: int) -> None:
    made: list[int] = []

    def call(number: int) -> int:
        made.append(number)
        return number

    assert list(abreast((partial(call, number) for number in range(20)), at_once)) == list(range(20))
    assert sorted(made) == list(range(20))


@pytest.mark.parametrize("at_once", [1, 2])
def test_a_failure_comes_at_its_turn(at_once: int) -> None:
    def fail() -> int:
        raise ValueError("broken")

    found: Iterator[int] = abreast([lambda: 1, fail, lambda: 3], at_once)
    assert next(found) == 1
    with pytest.raises(ValueError, match="broken"):
        next(found)


@pytest.mark.parametrize("at_once", [1, 3])
def test_few_calls_are_taken_before_they_can_begin(at_once: int) -> None:
    taken: list[int] = []

    def calls() -> Iterator[partial[int]]:
        for number in range(100):
            taken.append(number)
            yield partial(abs, number)

    found = abreast(calls(), at_once)
    assert next(found) == 0
    assert len(taken) <= at_once + 1
    del found


@pytest.mark.parametrize("count", [0, 1])
def test_no_call_or_one_needs_no_thread(count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threading.Thread, "start", lambda _: pytest.fail("a thread was started"))
    assert list(abreast([lambda: 7] * count, 4)) == [7] * count
