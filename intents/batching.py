"""Many threads, one model: a bounded queue that one thread empties, batch by batch."""

from __future__ import annotations

import os
import queue
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from intents.encoder import Encoding
from intents.errors import UnderstandingError

MAX_BATCH = 8
MAX_WAIT_MS = 0.0
QUEUE_SIZE = 64


@dataclass(slots=True)
class _Job:
    """One text under way; `expires` is monotonic seconds."""

    text: str
    expires: float
    done: threading.Event = field(default_factory=threading.Event)
    encoding: Encoding | None = None
    error: Exception | None = None


class Batcher:
    """Encodes single texts of many threads together, in order of arrival.

    Its thread starts with the first text, so that one made before fork works after it. A full
    queue or a passed deadline is an UnderstandingError at once; a text nobody waits for any more
    is not encoded.
    """

    def __init__(
        self,
        encode: Callable[[Sequence[str]], Encoding],
        max_batch: int = MAX_BATCH,
        max_wait_ms: float = MAX_WAIT_MS,
        queue_size: int = QUEUE_SIZE,
    ) -> None:
        """Encode at most `max_batch` texts at a time, waiting `max_wait_ms` for company."""
        self._encode = encode
        self._max_batch = max_batch
        self._max_wait_s = max_wait_ms / 1000.0
        self._queue_size = queue_size
        self._starting = threading.Lock()
        self._waiting: queue.Queue[_Job | None] = queue.Queue(queue_size)
        self._owner = 0

    def encode_one(self, text: str, deadline_s: float) -> Encoding:
        """Give the encoding of one text within `deadline_s` seconds; raises UnderstandingError."""
        self._ensure_running()
        job = _Job(text, time.monotonic() + deadline_s)
        try:
            self._waiting.put_nowait(job)
        except queue.Full as error:
            raise UnderstandingError(
                f"{self._queue_size} messages already wait for the model; try again in a second."
            ) from error
        if not job.done.wait(max(0.0, deadline_s)):
            raise UnderstandingError(
                f"The model did not read the message within {deadline_s:g} s; try again."
            )
        if job.encoding is None:
            raise UnderstandingError(
                f"The model could not read the message ({job.error}); try again."
            ) from job.error
        return job.encoding

    def close(self) -> None:
        """Let the thread end once it has encoded what waits; a later text starts a new one."""
        with self._starting:
            if self._owner == os.getpid():
                self._waiting.put(None)
                self._owner = 0

    def _ensure_running(self) -> None:
        if self._owner == os.getpid():
            return
        with self._starting:
            if self._owner != os.getpid():
                self._waiting = queue.Queue(self._queue_size)
                threading.Thread(
                    target=self._run, args=(self._waiting,), name="encoder", daemon=True
                ).start()
                self._owner = os.getpid()

    def _run(self, waiting: queue.Queue[_Job | None]) -> None:
        while (job := waiting.get()) is not None:
            batch, ending = self._gathered(waiting, job)
            self._encode_batch(batch)
            if ending:
                return

    def _gathered(self, waiting: queue.Queue[_Job | None], first: _Job) -> tuple[list[_Job], bool]:
        """Give the first job and those that come in time, and whether to end after them."""
        batch = [first]
        until = time.monotonic() + self._max_wait_s
        while len(batch) < self._max_batch:
            left = until - time.monotonic()
            try:
                job = waiting.get(timeout=left) if left > 0 else waiting.get_nowait()
            except queue.Empty:
                break
            if job is None:
                return batch, True
            batch.append(job)
        return batch, False

    def _encode_batch(self, batch: Sequence[_Job]) -> None:
        now = time.monotonic()
        jobs = [job for job in batch if job.expires > now]
        try:
            encoding = self._encode([job.text for job in jobs]) if jobs else None
            for index, job in enumerate(jobs):
                job.encoding = encoding.row(index) if encoding is not None else None
        except Exception as error:  # noqa: BLE001  (the thread must outlive any text)
            for job in jobs:
                job.error = error
        for job in batch:
            job.done.set()
