"""The queue in front of an engine."""

from __future__ import annotations

import asyncio

import pytest

from sightline.chat.gate import Gate
from sightline.errors import Overloaded


def test_a_full_queue_refuses_at_once_and_says_when_to_return() -> None:
    gate = Gate(max_running=1, max_waiting=1)
    gate.admit()
    gate.admit()
    with pytest.raises(Overloaded) as refused:
        gate.admit()
    assert 1 <= refused.value.retry_after_s <= 60


def test_no_more_run_at_once_than_allowed_and_everyone_gets_a_turn() -> None:
    async def scenario() -> tuple[int, int]:
        gate = Gate(max_running=2, max_waiting=20)
        most, done = 0, 0

        async def work() -> None:
            nonlocal most, done
            with gate.admit() as ticket:
                await ticket.turn()
                most = max(most, gate.n_running)
                await asyncio.sleep(0.001)
                done += 1

        await asyncio.gather(*(work() for _ in range(20)))
        assert gate.n_inside == gate.n_running == 0
        return most, done

    assert asyncio.run(scenario()) == (2, 20)


def test_who_waits_too_long_is_refused_and_leaves_the_queue() -> None:
    async def scenario() -> None:
        gate = Gate(max_running=1, max_waiting=5, wait_s=0.01)
        first = gate.admit()
        await first.turn()
        with pytest.raises(Overloaded), gate.admit() as late:
            await late.turn()
        assert gate.n_inside == 1
        first.release()
        first.release()
        assert gate.n_inside == gate.n_running == 0
        with gate.admit() as next_one:
            await next_one.turn()

    asyncio.run(scenario())


def test_a_cancelled_wait_frees_its_place() -> None:
    async def scenario() -> None:
        gate = Gate(max_running=1, max_waiting=5)
        first = gate.admit()
        await first.turn()

        async def wait() -> None:
            with gate.admit() as ticket:
                await ticket.turn()

        waiting = asyncio.create_task(wait())
        await asyncio.sleep(0)
        assert gate.n_inside == 2
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        assert gate.n_inside == 1
        first.release()

    asyncio.run(scenario())
