"""The demo shop's own order service: what a shop would build so that its orders can be looked up.

It knows nothing of Attune but the secret, and answers only what is signed with it.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Blueprint, current_app, jsonify, request
from flask.typing import ResponseReturnValue

from bot.lookups.demo import NAME, PATH
from bot.services import Services
from bot.signing import is_signed

blueprint = Blueprint("demo_orders", __name__)
DAY = timedelta(days=1)

Row = dict[str, Any]


def _on_its_way(today: datetime) -> Row:
    return {
        "status": f"left us {_day(today - DAY, today)} with Royal Mail Tracked 48",
        "expected": _day(today + DAY, today),
    }


def _late(today: datetime) -> Row:
    return {
        "status": f"left us {_day(today - 6 * DAY, today)} with Royal Mail Tracked 48",
        "expected": _day(today - 2 * DAY, today),
        "late": True,
        "last_seen": f"at Alderwick delivery office {_day(today - 3 * DAY, today)}",
    }


def _delivered(today: datetime) -> Row:
    return {
        "status": f"was delivered {_day(today - 2 * DAY, today)} at 11:42 and left in the porch",
        "delivered": True,
    }


def _to_be_roasted(today: datetime) -> Row:
    return {
        "status": "is waiting for the next roast",
        "expected": _day(today + 4 * DAY, today),
    }


def _cancelled(today: datetime) -> Row:
    return {
        "status": f"was cancelled {_day(today - 4 * DAY, today)}, and the money was sent back"
        " to the card it came from",
    }


ORDERS: dict[str, Callable[[datetime], Row]] = {
    "20416": _on_its_way,
    "20397": _late,
    "20388": _delivered,
    "20431": _to_be_roasted,
    "20402": _cancelled,
}
"""Invented orders; their days follow today, so that the demo never grows old."""


@blueprint.post(PATH)
def orders() -> ResponseReturnValue:
    """Say how an order is: 200 with flat fields, null where there is nothing to say, or 404."""
    services: Services = current_app.extensions["attune"]
    lookup = services.lookups.get(NAME)
    known = lookup is not None and lookup.demo
    secret = lookup.secret if lookup else ""
    if not (known and is_signed(secret, request.headers, request.get_data(), time.time())):
        return jsonify(error="not signed for this shop"), 401
    number = str((request.get_json(silent=True) or {}).get("order_number", ""))
    order = ORDERS.get(number)
    if order is None:
        return jsonify(error="no such order"), 404
    found = order(datetime.fromtimestamp(services.clock() / 1000, UTC))
    return jsonify(number=number, **{"expected": None, "late": False, **found})


def _day(day: datetime, today: datetime) -> str:
    """Say a day as people do: "yesterday", "tomorrow", else "on Tuesday 3 November"."""
    near = {-1: "yesterday", 0: "today", 1: "tomorrow"}
    told = near.get((day.date() - today.date()).days)
    return told or f"on {day:%A} {day.day} {day:%B}"
