"""Brings events to their endpoints, beside everything else: a few threads of its own per process.

No leader: what is due is taken under a lease, so any number of processes deliver at once, and
what a dead one left is taken by another when its lease ends.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from random import SystemRandom
from typing import Protocol

import structlog

from bot import __version__
from bot.errors import BotError
from bot.outgoing.address import AddressRefused, Guard, Target
from bot.outgoing.endpoints import Endpoint, Endpoints
from bot.outgoing.events import Event
from bot.outgoing.feed import Feed
from bot.outgoing.lanes import Attempt, Job, Lanes
from bot.outgoing.post import Answer, post
from bot.outgoing.retry import (
    ENDPOINT_DEAD_MS,
    EVENT_LIVES_MS,
    JITTER,
    Verdict,
    judge,
    retry_after,
)
from bot.signing import sign
from escalation.errors import EscalationError

CHANCE = SystemRandom()  # shared with nobody who seeds or watches the global one
THREADS = 8
EVERY_S = 1.0
STOP_S = 5.0
AGENT = f"Attune/{__version__} (webhooks)"
log = structlog.get_logger(__name__)


class Post(Protocol):
    """Posts a body to a checked place and never raises."""

    def __call__(
        self, target: Target, places: Sequence[str], headers: Mapping[str, str], body: bytes
    ) -> Answer:
        """Give what came back."""
        ...


class Courier:
    """Takes what is due and sends it; at most `threads` at once in this process."""

    def __init__(  # noqa: PLR0913 - one argument per part
        self,
        endpoints: Endpoints,
        lanes: Lanes,
        feed: Feed,
        guard: Guard,
        clock: Callable[[], int],
        *,
        send: Post = post,
        threads: int = THREADS,
    ) -> None:
        """Hold the parts; nothing runs yet."""
        self._endpoints = endpoints
        self._lanes = lanes
        self._feed = feed
        self._guard = guard
        self._clock = clock
        self._send = send
        self._threads = threads
        self._jobs: queue.SimpleQueue[tuple[Endpoint, Job] | None] = queue.SimpleQueue()
        self._free = threading.BoundedSemaphore(threads)
        self._stop = threading.Event()
        self._lock = threading.Lock()
        self._running: tuple[threading.Thread, ...] = ()

    def start(self) -> None:
        """Start the threads once; later calls do nothing."""
        with self._lock:
            if self._running or self._stop.is_set():
                return
            bring = [
                threading.Thread(target=self._bring, name=f"courier-{number}", daemon=True)
                for number in range(self._threads)
            ]
            look = threading.Thread(target=self._look, name="courier", daemon=True)
            self._running = (look, *bring)
        for thread in self._running:
            thread.start()

    def stop(self) -> None:
        """End the threads; a try that is under way may be made again by somebody else."""
        self._stop.set()
        self._feed.news.set()
        for _ in range(self._threads):
            self._jobs.put(None)
        until = time.monotonic() + STOP_S
        for thread in self._running:
            thread.join(max(0.0, until - time.monotonic()))

    def once(self) -> int:
        """Tell what happened, then try all that is due now, in this thread; give how many tries."""
        self._feed.pump()
        done = 0
        for endpoint in self._endpoints.all():
            while job := self._lanes.take(endpoint.name):
                self.deliver(endpoint, job)
                done += 1
        return done

    def deliver(self, endpoint: Endpoint, job: Job) -> None:
        """Try one event and write down how it went."""
        event, now = job.event, self._clock()
        if now - max(event.at_ms, event.again_ms) > EVENT_LIVES_MS:
            answer, verdict = Answer(0, 0, "too_old"), Verdict("late")
        else:
            answer = self._answer(endpoint, event)
            asked_s = retry_after(answer.retry_after, now)
            jitter = CHANCE.uniform(1 - JITTER, 1 + JITTER)
            verdict = judge(
                answer.status, job.tries, job.fails, retry_after_s=asked_s, jitter=jitter
            )
        since = self._lanes.settle(job, verdict, _attempt(job, event, answer, verdict, now))
        if since is not None:
            self._tell(job, event, answer, verdict)
            self._switch_off(endpoint, verdict, since)

    def _answer(self, endpoint: Endpoint, event: Event) -> Answer:
        """Try to send; a defect of ours is a failed try, so that it holds nothing up for ever."""
        try:
            return self._tried(endpoint, event)
        except EscalationError:
            raise
        except Exception:
            log.exception("delivery_broke", endpoint=endpoint.name, webhook_id=event.id)
            return Answer(0, 0, "broken")

    def _tried(self, endpoint: Endpoint, event: Event) -> Answer:
        """Send an event to a checked place; what may not be reached is an answer, too."""
        words = self._feed.words(event) if endpoint.words else {}
        body = event.body(words)
        begun = time.monotonic()
        try:
            target = self._guard.target(endpoint.address)
            places = self._guard.places(target)
        except AddressRefused as error:
            return Answer(0, int((time.monotonic() - begun) * 1000), error.code)
        now_ms = self._clock()
        timestamp = str(now_ms // 1000)
        signatures = [sign(key, event.id, timestamp, body) for key in endpoint.keys_at(now_ms)]
        headers = {
            "Content-Type": "application/json",
            "User-Agent": AGENT,
            "Accept-Encoding": "identity",
            "Connection": "close",
            "webhook-id": event.id,
            "webhook-timestamp": timestamp,
            "webhook-signature": " ".join(signatures),
        }
        return self._send(target, places, headers, body)

    def _switch_off(self, endpoint: Endpoint, verdict: Verdict, since_ms: int) -> None:
        """Stop telling an endpoint that says it is gone, or took nothing for three days."""
        failing = since_ms and self._clock() - since_ms >= ENDPOINT_DEAD_MS
        if verdict.outcome in {"sent", "late"} or not (verdict.gone or failing):
            return
        why = "gone" if verdict.gone else "dead"
        self._lanes.halt(endpoint.name, "off", why)
        log.warning("endpoint_switched_off", endpoint=endpoint.name, why=why)

    def _tell(self, job: Job, event: Event, answer: Answer, verdict: Verdict) -> None:
        if verdict.outcome != "sent":
            log.info(
                "event_dead" if verdict.outcome in {"dead", "late"} else "event_not_delivered",
                endpoint=job.endpoint,
                webhook_id=event.id,
                kind=event.kind,
                tries=job.tries + 1,
                status=answer.status,
                why=answer.why,
            )
        elif job.fails:
            log.info("endpoint_answers_again", endpoint=job.endpoint, failed=job.fails)

    def _look(self) -> None:
        """Hand out what is due: at news, when a try ends, and once a second for retries."""
        while not self._stop.is_set():
            self._feed.news.clear()
            try:
                self._feed.pump()
                for endpoint in self._endpoints.all():
                    self._hand_out(endpoint)
            except EscalationError as error:
                log.warning("deliveries_wait", error=str(error))
                self._stop.wait(EVERY_S)
            except Exception:
                log.exception("deliveries_wait")
                self._stop.wait(EVERY_S)
            self._feed.news.wait(EVERY_S * CHANCE.uniform(0.75, 1.25))

    def _hand_out(self, endpoint: Endpoint) -> None:
        while self._free.acquire(blocking=False):
            job = None
            try:
                job = self._lanes.take(endpoint.name)
            finally:
                if job is None:
                    self._free.release()
            if job is None:
                return
            self._jobs.put((endpoint, job))

    def _bring(self) -> None:
        while (found := self._jobs.get()) is not None:
            try:
                self.deliver(*found)
            except (EscalationError, BotError) as error:
                log.warning("delivery_not_noted", endpoint=found[0].name, error=str(error))
            except Exception:
                log.exception("delivery_broke", endpoint=found[0].name)
            finally:
                self._free.release()
                self._feed.news.set()


def _attempt(job: Job, event: Event, answer: Answer, verdict: Verdict, now_ms: int) -> Attempt:
    return Attempt(
        webhook_id=event.id,
        kind=event.kind,
        conversation=event.conversation,
        at_ms=now_ms,
        number=job.tries + 1,
        outcome=verdict.outcome,
        status=answer.status,
        why=answer.why,
        took_ms=answer.took_ms,
        said=answer.said,
        again_in_ms=verdict.again_in_ms,
        event=event.dumps(),
    )
