"""What `make run` does: database, code lists, demo, match index, then the server."""

from __future__ import annotations


def main() -> None:
    """Set up and serve."""
