"""Whether this process serves a training copy: said once at the start, asked by whatever prints."""

from __future__ import annotations

_is_training = False


def use(*, is_training: bool) -> None:
    """Say what this process serves."""
    global _is_training  # noqa: PLW0603 - one process serves one installation
    _is_training = is_training


def is_training() -> bool:
    """Say whether everything here is for practice and worth nothing outside."""
    return _is_training
