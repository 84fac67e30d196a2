"""All kinds of channels that are not the standard one; a further kind is a file and a line here."""

from __future__ import annotations

from collections.abc import Mapping

from bot.channels import Kind
from bot.web.adapters.protocol import Adapter
from bot.web.adapters.slack import Slack
from bot.web.adapters.twilio import Twilio

ADAPTERS: Mapping[Kind, Adapter] = {"slack": Slack(), "twilio": Twilio()}
