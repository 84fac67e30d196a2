"""Reply templates: what is refused before it is published."""

from __future__ import annotations

import pytest

from bot.replies import SYSTEM_REPLIES, read_replies
from intents.errors import PackError

PLAIN = {name: {"calm": ["Well."]} for name in SYSTEM_REPLIES}


@pytest.mark.parametrize(
    "text",
    [
        "{% if order.number %}{{ order.number | divided_by: 0 }}{% endif %}",
        "{% if customer.first_name %}{{ 1 | modulo: 0 }}{% endif %}",
        "{% unless order.number %}{{ 1 | divided_by: 0 }}{% endunless %}",
    ],
)
def test_filled_or_not_a_reply_must_render(text: str) -> None:
    """A template that fails only for some customers is refused, not found out by them."""
    with pytest.raises(PackError, match="cannot be filled"):
        read_replies({**PLAIN, "fallback": {"calm": [text]}}, {}, lambda *_: 1)
