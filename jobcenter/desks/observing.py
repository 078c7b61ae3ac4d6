"""How long answers take, for /metrics: one histogram by endpoint, nothing of who asked for what.

With several server processes PROMETHEUS_MULTIPROC_DIR names a folder that they share; `make run`
sets it. Without it each process tells its own figures.
"""

from __future__ import annotations

import os
import time

from flask import Flask, Response, g, request
from prometheus_client import REGISTRY, CollectorRegistry, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

SECONDS = Histogram(
    "jobcenter_request_seconds",
    "Time of an answer, in seconds",
    ("endpoint", "status"),
    buckets=(0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30),
)


def attach(app: Flask) -> None:
    """Take the time of every request but those for static files."""

    def begin() -> None:
        g.began = time.perf_counter()

    def end(response: Response) -> Response:
        if "began" in g and request.endpoint not in (None, "static"):
            took = time.perf_counter() - g.began
            SECONDS.labels(request.endpoint, response.status_code).observe(took)
        return response

    app.before_request(begin)
    app.after_request(end)


def written(figures: dict[str, tuple[str, float]]) -> bytes:
    """Return the text that Prometheus reads: requests, and `figures` as (what it is, value)."""
    own = CollectorRegistry()
    for name, (meaning, value) in figures.items():
        Gauge(f"jobcenter_{name}", meaning, registry=own).set(value)
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        together = CollectorRegistry()
        MultiProcessCollector(together)  # type: ignore[no-untyped-call]
    else:
        together = REGISTRY
    return generate_latest(together) + generate_latest(own)
