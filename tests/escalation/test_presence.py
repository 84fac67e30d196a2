"""Who is here: signs of life of agents."""

from __future__ import annotations

import redis

from escalation.presence import Presence

NOW = 1_800_000_000_000


def test_agents_seen_in_the_last_minute_are_available(each_store: redis.Redis) -> None:
    """A sign of life counts for a minute; who is away or gone is not available."""
    presence = Presence(each_store)
    presence.seen("ben", True, NOW)
    presence.seen("ana", True, NOW + 1000)
    presence.seen("cleo", False, NOW)
    assert presence.available(NOW + 60_000) == ["ana", "ben"]
    assert presence.available(NOW + 60_500) == ["ana"]
    assert presence.state("cleo", NOW) == "away"
    presence.gone("ana")
    assert presence.available(NOW + 1000) == ["ben"]
    assert presence.state("ana", NOW + 1000) == "gone"
    assert presence.state("nobody", NOW) == "gone"


def test_coming_back_makes_available_again(each_store: redis.Redis) -> None:
    """Being away ends with the next sign of life; an old one does not turn time back."""
    presence = Presence(each_store)
    presence.seen("ana", False, NOW)
    presence.seen("ana", True, NOW + 5)
    presence.seen("ana", True, NOW - 90_000)
    assert presence.available(NOW + 5) == ["ana"]
