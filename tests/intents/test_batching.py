"""The batcher: in order, bounded, in time, and alive after any fault."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from intents.batching import Batcher
from intents.encoder import Encoding
from intents.errors import UnderstandingError


def _numbers(texts: Sequence[str]) -> Encoding:
    rows = np.array([[float(text)] for text in texts], np.float32)
    return Encoding(rows, rows)


class Gate:
    """An encoder that waits until it is let through, and remembers its batches."""

    def __init__(self) -> None:
        self.open = threading.Event()
        self.entered = threading.Event()
        self.batches: list[list[str]] = []

    def __call__(self, texts: Sequence[str]) -> Encoding:
        """Encode once the gate is open."""
        self.entered.set()
        assert self.open.wait(10)
        self.batches.append(list(texts))
        return _numbers(texts)


def test_every_thread_gets_its_own_answer() -> None:
    """Two hundred texts from sixteen threads each come back as what they were."""
    batcher = Batcher(_numbers)
    with ThreadPoolExecutor(16) as pool:
        found = list(pool.map(lambda one: batcher.encode_one(str(one), 10.0), range(200)))
    assert [int(one.last[0, 0]) for one in found] == list(range(200))
    batcher.close()


def test_waiting_texts_share_a_batch_in_order() -> None:
    """What waits while a batch runs is encoded together, first come first, never too many."""
    gate = Gate()
    batcher = Batcher(gate, max_batch=3)
    threads = []
    for one in range(6):
        threads.append(threading.Thread(target=batcher.encode_one, args=(str(one), 10.0)))
        threads[-1].start()
        if one == 0:
            assert gate.entered.wait(10)
        else:
            _until(lambda wanted=one: batcher._waiting.qsize() == wanted)
    gate.open.set()
    for thread in threads:
        thread.join(10)
    assert gate.batches == [["0"], ["1", "2", "3"], ["4", "5"]]
    batcher.close()


def test_a_passed_deadline_is_an_error_and_costs_no_encoding() -> None:
    """Who waited too long gets an error, and the text is not encoded for nobody."""
    gate = Gate()
    batcher = Batcher(gate, max_batch=1)
    first = threading.Thread(target=batcher.encode_one, args=("1", 10.0))
    first.start()
    assert gate.entered.wait(10)
    with pytest.raises(UnderstandingError, match=r"within 0\.05 s"):
        batcher.encode_one("2", 0.05)
    gate.open.set()
    first.join(10)
    assert int(batcher.encode_one("3", 10.0).last[0, 0]) == 3
    assert gate.batches == [["1"], ["3"]]
    batcher.close()


def test_a_full_queue_is_an_error_at_once() -> None:
    """More texts than the queue holds are turned away without waiting."""
    gate = Gate()
    batcher = Batcher(gate, max_batch=1, queue_size=1)
    threads = [threading.Thread(target=batcher.encode_one, args=("1", 10.0)) for _ in range(2)]
    threads[0].start()
    assert gate.entered.wait(10)
    threads[1].start()
    _until(batcher._waiting.full)
    started = time.monotonic()
    with pytest.raises(UnderstandingError, match="already wait"):
        batcher.encode_one("3", 10.0)
    assert time.monotonic() - started < 5.0
    gate.open.set()
    for thread in threads:
        thread.join(10)
    batcher.close()


def test_a_failing_model_is_an_error_and_the_next_text_is_read() -> None:
    """An exception in the model reaches its caller as UnderstandingError; the thread lives on."""
    batcher = Batcher(_numbers)
    with pytest.raises(UnderstandingError, match="could not convert"):
        batcher.encode_one("not a number", 10.0)
    assert int(batcher.encode_one("7", 10.0).last[0, 0]) == 7
    batcher.close()


def test_a_batcher_made_before_fork_works_after_it() -> None:
    """The thread starts in the process that asks, so a forked worker gets its own."""
    batcher = Batcher(_numbers)
    assert int(batcher.encode_one("1", 10.0).last[0, 0]) == 1
    batcher._owner = os.getpid() + 1  # as a child sees it
    assert int(batcher.encode_one("2", 10.0).last[0, 0]) == 2
    batcher.close()


def test_company_is_waited_for_when_asked() -> None:
    """With a waiting time, texts that come a moment later join the batch."""
    gate = Gate()
    gate.open.set()
    batcher = Batcher(gate, max_batch=2, max_wait_ms=5_000)
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda one: batcher.encode_one(one, 10.0), ["1", "2"]))
    assert [sorted(batch) for batch in gate.batches] == [["1", "2"]]
    batcher.close()


def _until(true: object, seconds: float = 10.0) -> None:
    end = time.monotonic() + seconds
    while not true() and time.monotonic() < end:  # type: ignore[operator]
        time.sleep(0.005)
