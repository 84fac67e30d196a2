"""What must be true before workers start, done in a process of its own: `python -m bot.prepare`.

It loads the model, so it must never share a process with anything that forks.
"""

from __future__ import annotations

import sys
import time

from bot import store
from bot.errors import BotError
from bot.lookups.demo import add_demo, follow
from bot.services import build_services
from bot.settings import Settings
from escalation.errors import EscalationError
from intents.affect import load_affect
from intents.encoder import load_onnx
from intents.errors import IntentsError
from intents.export import build_onnx
from intents.pack import shop_pack_folder
from intents.understand import check_feelings


def prepare(settings: Settings) -> None:
    """Check Redis, schema and weights, build the model, and seed the pack into an empty store."""
    client = store.connect(settings)
    replicas = settings.redis_replicas
    for warning in (*store.check_server(client), *store.check_replicas(client, replicas)):
        say(f"Warning: {warning}")
    store.check_schema(client)
    store.secret(client)
    encoder = load_onnx(build_onnx(settings.model_cache, settings.backbone or None, say))
    check_feelings(load_affect(), encoder)
    services = build_services(settings)
    if services.packs.live_number() is None:
        say("Fitting the pack's intents, once.")
        services.packs.seed(settings.pack or shop_pack_folder(), time.time_ns() // 1_000_000)
        if settings.pack is None:
            add_demo(services.lookups, settings, services.clock())
    follow(services.lookups, settings)


def say(line: str) -> None:
    """Tell the person one step."""
    print(line, file=sys.stderr, flush=True)  # noqa: T201 - this is how a command speaks


def main() -> int:
    """Prepare by the environment's settings; give the exit status."""
    try:
        prepare(Settings())
    except (BotError, EscalationError, IntentsError) as error:
        say(f"Error: {error}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
