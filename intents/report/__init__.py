"""What `attune evaluate --out` writes: the metrics as one page to read, and as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from intents.errors import IntentsError
from intents.report.page import report_html

__all__ = ["METRICS_FILE", "REPORT_FILE", "report_html", "write_report"]

REPORT_FILE = "report.html"
METRICS_FILE = "metrics.json"


def write_report(metrics: Mapping[str, Any], folder: Path) -> Path:
    """Write report.html and metrics.json into a folder, made if needed; give the page's path."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / METRICS_FILE).write_text(
            json.dumps(metrics, ensure_ascii=False, indent=2) + "\n", encoding="utf-8"
        )
        page = folder / REPORT_FILE
        page.write_text(report_html(metrics), encoding="utf-8")
    except OSError as error:
        raise IntentsError(
            f"The report cannot be written to {folder} ({error.strerror}); name another folder."
        ) from error
    return page
