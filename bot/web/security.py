"""Headers that every answer carries, and room for only so many requests at once."""

from __future__ import annotations

import secrets
import threading

from flask import Flask, Response, g, request
from werkzeug.exceptions import ServiceUnavailable

from bot.settings import Settings

UNCOUNTED = ("/healthz", "/readyz", "/metrics", "/static/", "/demo/orders")
RETRY_AFTER_S = 2
MAX_BODY = 64 * 1024


def secure(app: Flask, settings: Settings) -> None:
    """Add admission, nonces and headers to an app."""
    room = threading.BoundedSemaphore(settings.requests_in_flight)
    app.config["MAX_CONTENT_LENGTH"] = MAX_BODY

    @app.before_request
    def admit() -> None:
        g.nonce = secrets.token_urlsafe(16)
        g.admitted = False
        if request.path.startswith(UNCOUNTED) or request.path.endswith("/stream"):
            return
        g.admitted = room.acquire(blocking=False)
        if not g.admitted:
            raise ServiceUnavailable(
                "Too many requests at once; try again in a moment.",
                Response(headers={"Retry-After": str(RETRY_AFTER_S)}),
            )

    @app.teardown_request
    def leave(_: BaseException | None) -> None:
        if g.pop("admitted", False):
            room.release()

    @app.after_request
    def headers(response: Response) -> Response:
        frame = _may_frame(settings)
        response.headers.setdefault("Content-Security-Policy", policy(g.get("nonce", ""), frame))
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Referrer-Policy", "same-origin")
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), microphone=(), geolocation=()"
        )
        response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        if settings.https:
            response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
        if not request.path.startswith("/static/"):
            response.headers.setdefault("Cache-Control", "no-store")
        return response


def policy(nonce: str, frame_ancestors: str) -> str:
    """Give the Content-Security-Policy of one answer."""
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' 'nonce-{nonce}'",
            f"style-src 'self' 'nonce-{nonce}'",
            "img-src 'self' data:",
            "connect-src 'self'",
            "frame-src 'self'",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            f"frame-ancestors {frame_ancestors}",
        )
    )


def _may_frame(settings: Settings) -> str:
    """Only the widget may stand in other sites' pages, and only in those an operator names."""
    if request.path == "/widget":
        return " ".join(("'self'", *settings.allowed_sites.split()))
    return "'none'"
