"""Static text goes out gzipped to whoever takes it, packed once per file and process.

Only files of the repository: an answer with a secret beside what somebody typed is never packed
(BREACH), and a stream must not wait for a packer.
"""

from __future__ import annotations

import gzip

from flask import Flask, Response, request

TYPES = frozenset({"text/css", "text/javascript", "image/svg+xml", "application/javascript"})
LEAST = 400
"""Smaller ones are not worth it."""


def squeeze(app: Flask) -> None:
    """Pack what `static` gives."""
    packed: dict[str, bytes] = {}  # by ETag: one file has many spellings of its address

    @app.after_request
    def pack(response: Response) -> Response:
        if request.endpoint != "static" or response.mimetype not in TYPES:
            return response
        response.vary.add("Accept-Encoding")
        etag, _ = response.get_etag()
        if etag is None or response.status_code != 200 or not _takes_gzip():
            return response
        response.direct_passthrough = False
        data = response.get_data()  # read, and so closed with it
        if etag not in packed:
            packed[etag] = gzip.compress(data, 9, mtime=0)
        if len(packed[etag]) >= LEAST:
            response.set_data(packed[etag])
            response.content_encoding = "gzip"
            response.set_etag(etag, weak=True)
        return response


def _takes_gzip() -> bool:
    """Whether the whole of it is asked for, and gzip is taken."""
    return request.accept_encodings.quality("gzip") > 0 and "Range" not in request.headers
