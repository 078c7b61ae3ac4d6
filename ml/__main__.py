"""``python -m ml evaluate | benchmark | devset``: figures that anybody can make again."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ml.benchmark import benchmark
from ml.devset import convert
from ml.documents import DocumentError
from ml.evaluate import evaluate, load


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0, or 1 with the reason on standard error."""
    options = _parser().parse_args(arguments)
    try:
        options.run(options)
    except (DocumentError, OSError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m ml", description=__doc__)
    commands = parser.add_subparsers(required=True)
    judge = commands.add_parser("evaluate", help="quality on judged data, beside plain tf-idf")
    for name in ("vacancies", "profiles", "judgements"):
        judge.add_argument(f"--{name}", type=Path, required=True)
    judge.add_argument("--channel", choices=("all", "text"), default="all",
                       help="text: no criteria and no price")  # fmt: skip
    judge.add_argument("--seed", type=int, default=1)
    judge.add_argument("--json", action="store_true")
    judge.set_defaults(run=_evaluate)
    speed = commands.add_parser("benchmark", help="speed on an invented market")
    speed.add_argument("--profiles", type=_positive, required=True)
    speed.add_argument("--queries", type=_positive, default=60)
    speed.add_argument("--seed", type=int, default=1)
    speed.add_argument("--json", action="store_true")
    speed.set_defaults(run=_benchmark)
    devset = commands.add_parser("devset", help="private postings to judged data")
    devset.add_argument("file", type=Path)
    devset.add_argument("directory", type=Path)
    devset.set_defaults(run=_devset)
    return parser


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return number


def _evaluate(options: argparse.Namespace) -> None:
    judged = load(options.vacancies, options.profiles, options.judgements)
    found = evaluate(judged, text_only=options.channel == "text", seed=options.seed)
    if options.json:
        print(json.dumps(found, indent=1))
        return
    print(f"{'':12}{'pipeline':>24}{'plain tf-idf':>24}")
    for name, ours in found["pipeline"].items():
        print(f"{name:12}{_interval(ours):>24}{_interval(found['plain_tfidf'][name]):>24}")
    for name, value in found["exposure"].items():
        print(f"{name:16}{value:.3f}")


def _interval(measure: dict[str, float]) -> str:
    return f"{measure['value']:.3f} ({measure['low']:.3f} - {measure['high']:.3f})"


def _benchmark(options: argparse.Namespace) -> None:
    found = benchmark(options.profiles, queries=options.queries, seed=options.seed)
    print(json.dumps(found, indent=1) if options.json else "\n".join(_lines(found)))


def _lines(found: dict[str, Any]) -> list[str]:
    lines = []
    for name, value in found.items():
        if isinstance(value, dict):
            lines += [name, *(f"  {key:22}{inner}" for key, inner in value.items())]
        else:
            lines.append(f"{name:24}{value}")
    return lines


def _devset(options: argparse.Namespace) -> None:
    print(f"{convert(options.file, options.directory)} known items")


if __name__ == "__main__":
    sys.exit(main())
