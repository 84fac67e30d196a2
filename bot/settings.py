"""Every setting, in one place: `ATTUNE_*` variables or flags of `attune serve`."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """What an operator may set; every field has a default that works."""

    model_config = SettingsConfigDict(env_prefix="ATTUNE_", frozen=True)

    host: str = Field("127.0.0.1", description="Address to listen on.")
    port: int = Field(8000, ge=0, le=65535, description="Port to listen on.")
    data: Path = Field(Path("data"), description="Folder for Redis data and the built model.")
    redis_url: str = Field("", description="Redis to use; empty starts a private one in `data`.")
    redis_replicas: int = Field(
        0, ge=0, le=9, description="Replicas that must have a write before it counts (WAIT)."
    )
    workers: int = Field(2, ge=1, le=64, description="Worker processes.")
    threads: int = Field(
        256, ge=8, le=4096, description="Threads per worker; streams use one each."
    )
    requests_in_flight: int = Field(24, ge=1, description="Ordinary requests at once per worker.")
    streams: int = Field(200, ge=1, description="Open live streams per worker.")
    turn_deadline_s: float = Field(5.0, gt=0, description="Longest wait for a Turn before 503.")
    model_deadline_s: float = Field(1.5, gt=0, description="Longest wait for one reading.")
    backbone: str = Field("", description="Encoder folder or hub name; empty is the packaged one.")
    pack: Path | None = Field(None, description="Pack folder that seeds an empty store.")
    allowed_sites: str = Field(
        "",
        description="Sites that may show the widget, separated by spaces, such as https://shop.example.",
    )
    public_url: str = Field("", description="Address people reach Attune at, if not host and port.")
    https: bool = Field(
        False, description="Served over HTTPS: Secure cookies with the __Host- prefix."
    )
    trusted_proxies: int = Field(
        0, ge=0, description="Reverse proxies in front whose headers count."
    )
    webhook_per_second: int = Field(50, ge=1, description="Messages a second per channel.")
    webhook_burst: int = Field(200, ge=1, description="Messages at once per channel.")
    endpoints_http: bool = Field(
        False, description="Endpoints of outgoing webhooks may be http; for development."
    )
    endpoints_private_hosts: str = Field(
        "",
        description="Hosts that outgoing webhooks reach at private addresses, separated by spaces.",
    )
    retention_days: int = Field(
        90, ge=1, description="Days after its last message that a conversation is deleted."
    )
    log_level: str = Field("info", description="debug, info, warning or error.")

    @property
    def model_cache(self) -> Path:
        """Folder the serving model is built into."""
        return self.data / "model"

    @property
    def address(self) -> str:
        """Base URL to print and to link to."""
        return self.public_url.rstrip("/") or f"http://{self.host}:{self.port}"
