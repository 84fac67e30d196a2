"""The lookup of the demo shop: there from the first start, answered by Attune's own server."""

from __future__ import annotations

from bot.lookups.registry import Lookups
from bot.settings import Settings

NAME = "orders"
PATH = "/demo/orders"
EVERYWHERE = frozenset({"0.0.0.0", "::", ""})  # noqa: S104 - compared, not bound


def add_demo(lookups: Lookups, settings: Settings, now_ms: int) -> None:
    """Add the demo's lookup to an empty store; its secret is known to this server alone."""
    lookups.add(NAME, address(settings), now_ms, private=True, demo=True)


def follow(lookups: Lookups, settings: Settings) -> None:
    """Have the demo's lookup, where there is one, lead to where this server answers now."""
    found = lookups.get(NAME)
    if found and found.demo and found.address != address(settings):
        lookups.move(NAME, address(settings), private=True)


def address(settings: Settings) -> str:
    """Give where this server answers for the demo shop's orders."""
    host = "127.0.0.1" if settings.host in EVERYWHERE else settings.host
    return f"http://{host}:{settings.port}{PATH}"
