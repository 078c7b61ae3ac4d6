"""flask match: candidates for a vacancy, vacancies for a person, building the index anew."""

from __future__ import annotations

import json
from typing import Any

import click
from flask.cli import AppGroup
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from jobcenter.accounts.choices import EVERYTHING
from jobcenter.kernel.actor import system
from jobcenter.kernel.db import db, transaction_kind
from jobcenter.kernel.errors import Refused
from jobcenter.kernel.paging import Slice
from jobcenter.matching import queries, rules
from jobcenter.matching.choices import Audience
from jobcenter.matching.words import GateMark, Phrase, Point
from jobcenter.seekers import queries as seekers
from jobcenter.vacancies import queries as vacancies

group = AppGroup("match", help="Matching: lists for a vacancy or a person, the index.")
BY = system("flask match", EVERYTHING)
Line = dict[str, Any]


@group.command("vacancy")
@click.argument("number")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1, 1_000))
@click.option("--json", "as_json", is_flag=True, help="One JSON document instead of a table.")
def vacancy(number: str, limit: int, as_json: bool) -> None:
    """List the candidates for vacancy NUMBER with both fits and the reasons."""
    with transaction_kind(writing=False):
        _print(_for_vacancy(number, limit), as_json)


def _for_vacancy(number: str, limit: int) -> Line:
    try:
        asked = vacancies.by_number(db.session(), number, BY)
        found = queries.candidates(
            db.session(), vacancy=asked, actor=BY, audience=Audience.COUNSELLOR,
            wanted=queries.CandidateFilter(), window=Slice(1, limit),
        )  # fmt: skip
    except Refused as refused:
        raise click.ClickException(str(refused)) from None
    key = rules.store(found, by=BY)
    lines = [
        _line(
            item,
            number=item.seeker.number,
            rank=item.rank,
            introduced=item.introduced,
            set_back=item.set_back,
        )
        for item in found.page.items
    ]
    return {"vacancy": asked.number, "list": key, "total": found.found, "items": lines}


@group.command("seeker")
@click.argument("number")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1, 1_000))
@click.option("--json", "as_json", is_flag=True, help="One JSON document instead of a table.")
def seeker(number: str, limit: int, as_json: bool) -> None:
    """List the open vacancies for the file NUMBER."""
    with transaction_kind(writing=False):
        _print(_for_seeker(number, limit), as_json)


def _for_seeker(number: str, limit: int) -> Line:
    try:
        asked = seekers.by_number(db.session(), number, BY)
        found = queries.vacancies_for(db.session(), seeker=asked, actor=BY, limit=limit)
    except Refused as refused:
        raise click.ClickException(str(refused)) from None
    key = rules.store_offers(found, by=BY)
    lines = [
        _line(offer, number=offer.vacancy.number, rank=rank, title=offer.vacancy.title)
        for rank, offer in enumerate(found.offers, start=1)
    ]
    return {"seeker": asked.number, "list": key, "total": len(lines), "items": lines}


@group.command("rebuild")
def rebuild() -> None:
    """Build the index from the whole register, learn prices, and make it current."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
               TimeRemainingColumn())  # fmt: skip
    with Progress(*columns) as bar:
        task = bar.add_task("match index", total=None)
        count = rules.rebuild(
            db.session(), lambda done, total: bar.update(task, completed=done, total=total)
        )
    click.echo(f"{count}")


def _line(item: queries.Candidate | queries.Offer, **more: Any) -> Line:
    return {
        **more,
        "score": item.match.score,
        "job_fit": item.job_fit,
        "wish_fit": item.wish_fit,
        "price": item.match.price,
        "tied": item.match.tie_group is not None,
        "km": item.km,
        "gates": [_gate(gate) for gate in item.gates],
        "points": [_point(point) for point in item.points],
    }


def _gate(gate: GateMark) -> Line:
    return {"code": gate.code, "state": gate.state, "text": plain(gate.phrase)}


def _point(point: Point) -> Line:
    return {"code": point.code, "kind": point.kind, "text": plain(point.phrase)}


def plain(phrase: Phrase) -> str:
    """Return a phrase in Vietnamese with codes as they are: for terminals and programs."""
    values = {
        name: ", ".join(raw) if isinstance(raw, tuple) else raw
        for name, (_kind, raw) in phrase.values.items()
    }
    return phrase.text % values if values else phrase.text


def _print(answer: Line, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(answer, ensure_ascii=False, default=str))
        return
    for line in answer["items"]:
        reasons = "; ".join(f"{p['kind']}: {p['text']}" for p in line["points"])
        click.echo(f"{line['rank']:>4}  {line['number']}  {line['job_fit']}/{line['wish_fit']}"
                   f"  {reasons}")  # fmt: skip
