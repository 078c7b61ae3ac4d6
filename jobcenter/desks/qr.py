"""QR codes as the outline of one SVG path: templates draw it, so no markup is marked safe."""

from __future__ import annotations

from dataclasses import dataclass

import segno


@dataclass(frozen=True)
class Code:
    """The path of the dark modules in a square of `size` modules, quiet zone included."""

    size: int
    path: str


QUIET = 4


def draw(content: str) -> Code:
    """Return the QR of `content`, with the error correction that creased paper needs."""
    code = segno.make_qr(content, error="m")
    runs = [
        f"M{start + QUIET} {row + QUIET}h{end - start}v1h-{end - start}z"
        for row, line in enumerate(code.matrix)
        for start, end in _runs(bytes(line))
    ]
    return Code(len(code.matrix) + 2 * QUIET, "".join(runs))


def _runs(line: bytes) -> list[tuple[int, int]]:
    """Return where dark modules begin and end in a row."""
    edges = [n for n in range(len(line) + 1) if _dark(line, n) != _dark(line, n - 1)]
    return list(zip(edges[::2], edges[1::2], strict=True))


def _dark(line: bytes, place: int) -> bool:
    return 0 <= place < len(line) and line[place] == 1
