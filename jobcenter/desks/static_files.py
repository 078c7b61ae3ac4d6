"""Static files: addresses that change with the content, and answers that travel compressed.

The standard library does it in a few lines; the extension for it would bring three compressors.
"""

from __future__ import annotations

import gzip
import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Flask, Response, request

WORTH_IT = 860  # below one network packet nothing is gained
KINDS = ("text/", "application/javascript", "application/json", "image/svg+xml")


def attach(app: Flask) -> None:
    """Version the addresses of static files and compress what is text."""
    folder = Path(str(app.static_folder))

    def version(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static" and "filename" in values:
            values["v"] = digest(folder / values["filename"])

    app.url_defaults(version)
    app.after_request(compress)


@lru_cache(maxsize=200)
def digest(path: Path) -> str:
    """Return eight digits that change with the file's content."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:8] if path.is_file() else "0"


@lru_cache(maxsize=100)
def squeezed(content: bytes) -> bytes:
    """Compress a static file once; `content` is the key, so a changed file is a new entry."""
    return gzip.compress(content, 9, mtime=0)


def compress(response: Response) -> Response:
    """Compress a text answer when the browser takes it."""
    if not _wanted(response):
        return response
    response.direct_passthrough = False
    content = response.get_data()
    if len(content) < WORTH_IT:
        return response
    is_static = request.endpoint == "static"
    response.set_data(squeezed(content) if is_static else gzip.compress(content, 5))
    response.headers["Content-Encoding"] = "gzip"
    response.headers["Content-Length"] = str(len(response.get_data()))
    response.vary.add("Accept-Encoding")
    response.headers.pop("ETag", None)
    return response


def _wanted(response: Response) -> bool:
    takes = "gzip" in request.headers.get("Accept-Encoding", "").lower()
    plain = "Content-Encoding" not in response.headers
    whole = response.status_code not in (204, 206, 304)
    return takes and plain and whole and (response.content_type or "").startswith(KINDS)
