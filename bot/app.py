"""The one place that assembles the web application."""

from __future__ import annotations

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from bot.logs import set_up_logs
from bot.services import Services, build_services
from bot.settings import Settings
from bot.sweep import sweep
from bot.web import (
    adapted,
    auth,
    console,
    demo_orders,
    errors,
    health,
    insights,
    launcher,
    offering,
    own_card,
    rights,
    security,
    site,
    squeezed,
    team,
    trail,
    webhook,
    widget,
    workshop,
)
from bot.web.limits import Buckets


def create_app(settings: Settings | None = None, services: Services | None = None) -> Flask:
    """Give the application; nothing is opened, loaded or started before the first request."""
    settings = settings or Settings()
    services = services or build_services(settings)
    set_up_logs(settings.log_level)
    app = Flask(__name__, template_folder="web/pages", static_folder="web/static")
    app.config.update(MAX_CONTENT_LENGTH=security.MAX_BODY, TEMPLATES_AUTO_RELOAD=False)
    app.extensions["attune"] = services
    app.extensions["attune_limits"] = Buckets()
    if settings.trusted_proxies:
        count = settings.trusted_proxies
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=count, x_proto=count, x_host=count
        )
    security.secure(app, settings)
    squeezed.squeeze(app)
    errors.register(app)
    rooms = (
        site,
        demo_orders,
        widget,
        webhook,
        adapted,
        console,
        offering,
        own_card,
        rights,
        workshop,
        insights,
        auth,
        team,
        trail,
        launcher,
        health,
    )
    for room in rooms:
        app.register_blueprint(room.blueprint)

    @app.before_request
    def begin_upkeep() -> None:
        services.upkeep.start(lambda: sweep(services))

    return app
