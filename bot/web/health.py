"""For machines: alive, ready, figures, and the description of every JSON address."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, jsonify
from flask.typing import ResponseReturnValue
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest
from redis.exceptions import RedisError

from bot.outgoing.lanes import COUNTS
from bot.services import Services
from bot.web.openapi import describe
from escalation.errors import EscalationError
from intents.errors import IntentsError

blueprint = Blueprint("health", __name__)


def _services() -> Services:
    services: Services = current_app.extensions["attune"]
    return services


@blueprint.get("/healthz")
def healthz() -> ResponseReturnValue:
    """Say that this process answers; asks nothing else, so an outage restarts nobody."""
    return jsonify(status="alive")


@blueprint.get("/readyz")
def readyz() -> ResponseReturnValue:
    """Say whether Redis, pack and model can do a turn now."""
    services = _services()
    try:
        live = services.packs.live()
        services.reader.read("ready?", live.head)
    except (EscalationError, IntentsError, RedisError) as error:
        body = {"error": {"code": "not_ready", "message": str(error), "field": None}}
        return jsonify(body), 503, {"Retry-After": "2"}
    return jsonify(status="ready", pack=live.version)


@blueprint.get("/metrics")
def metrics() -> ResponseReturnValue:
    """Give counts for Prometheus, read from the store when asked."""
    services = _services()
    registry = CollectorRegistry()
    Gauge("attune_streams_open", "Live streams open in this process", registry=registry).set(
        services.live.open_streams
    )
    try:
        tickets = Gauge("attune_tickets", "Tickets by state", ["state"], registry=registry)
        for state, count in services.queue.counts().items():
            tickets.labels(state).set(count)
        overdue = Gauge("attune_tickets_overdue", "Waiting past their due time", registry=registry)
        overdue.set(services.queue.overdue(services.clock()))
        agents = Gauge("attune_agents_available", "Agents who take tickets", registry=registry)
        agents.set(len(services.presence.available(services.clock())))
        Gauge("attune_pack_version", "Live pack version", registry=registry).set(
            services.packs.live_number() or 0
        )
        _endpoint_figures(services, registry)
        Gauge("attune_redis_up", "Redis answers", registry=registry).set(1)
    except EscalationError:
        Gauge("attune_redis_up", "Redis answers", registry=registry).set(0)
    return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


def _endpoint_figures(services: Services, registry: CollectorRegistry) -> None:
    """Count endpoints of outgoing webhooks by state, and their events by outcome."""
    states = Gauge("attune_endpoints", "Endpoints by state", ["state"], registry=registry)
    waiting = Gauge(
        "attune_endpoint_events_waiting", "Events waiting", ["endpoint"], registry=registry
    )
    events = Gauge(
        *("attune_endpoint_events", "Tries and events by outcome", ["endpoint", "outcome"]),
        registry=registry,
    )
    for state in ("on", "failing", "paused", "off"):
        states.labels(state).set(0)
    for one, standing in services.outgoing.standings():
        states.labels(standing.halt or ("failing" if standing.fails else "on")).inc()
        waiting.labels(one.name).set(standing.waiting)
        for outcome in COUNTS:
            events.labels(one.name, outcome).set(getattr(standing, outcome))


@blueprint.get("/openapi.json")
def openapi() -> ResponseReturnValue:
    """Describe every JSON address."""
    return jsonify(describe(current_app))
