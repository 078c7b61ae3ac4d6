"""The report once more, by loops over plain rows: knows nothing of the room's queries.

It is written from the definitions, slow and simple on purpose. What it reads are dictionaries of
columns; periods, windows and rounding are worked out anew.
"""

from __future__ import annotations

import calendar
import datetime as dt
import statistics
from collections.abc import Callable, Iterable
from typing import Any

Row = dict[str, Any]
Tables = dict[str, list[Row]]
Values = dict[str, float | None]
HANOI = dt.timezone(dt.timedelta(hours=7))
LEAST_SCORES = 10  # the setting as it is shipped
TAKEN_IN = {"enrolled", "completed", "failed", "dropped"}


def period_of(code: str) -> tuple[dt.date, dt.date]:
    """Return first and last day of 2020, 2020-H2, 2020-Q3 or 2020-07."""
    year, _dash, part = code.partition("-")
    if not part:
        months = (1, 12)
    elif part[0] == "Q":
        months = (3 * int(part[1]) - 2, 3 * int(part[1]))
    elif part[0] == "H":
        months = (6 * int(part[1]) - 5, 6 * int(part[1]))
    else:
        months = (int(part), int(part))
    last = calendar.monthrange(int(year), months[1])[1]
    return dt.date(int(year), months[0], 1), dt.date(int(year), months[1], last)


def day_of(value: Any) -> dt.date | None:
    """Return the day in Hải Phòng of a date or an instant."""
    if isinstance(value, dt.datetime):
        return value.astimezone(HANOI).date()
    found: dt.date | None = value
    return found


def half_up(parts: int, wholes: int) -> float | None:
    """Return 100 * parts / wholes to one decimal, a half going up, without any floats before."""
    if not wholes:
        return None
    return ((2000 * parts + wholes) // (2 * wholes)) / 10


def days(first: dt.date | None, last: dt.date | None) -> int:
    """Return the days from one day to another, at least none."""
    assert first is not None
    assert last is not None
    return max(0, (last - first).days)


def middle(values: list[int]) -> float | None:
    """Return the median, the plain way."""
    return float(statistics.median(values)) if values else None


class Naive:
    """All indicators of one database, row by row."""

    def __init__(self, tables: Tables, today: dt.date) -> None:
        self.t, self.today = tables, today
        self.people = {one["id"]: one for one in tables["person"]}
        self.seekers = {one["id"]: one for one in tables["seeker"]}
        self.vacancies = {one["id"]: one for one in tables["vacancy"]}
        self.referrals = {one["id"]: one for one in tables["referral"]}
        self.classes = {one["id"]: one for one in tables["training_class"]}
        self.programmes = {one["id"]: one for one in tables["programme"]}

    def root(self, person: int | None) -> int | None:
        """Return who stands for a person."""
        while person is not None and self.people[person]["merged_into_id"] is not None:
            person = self.people[person]["merged_into_id"]
        return person

    def of_file(self, seeker: int) -> int | None:
        return self.root(self.seekers[seeker]["person_id"])

    def figures(self, code: str) -> dict[str, tuple[float | None, float | None]]:
        """Return (period, to date) of every indicator."""
        first, last = period_of(code)
        last = min(last, self.today)
        part = self.count(first, last)
        whole = self.count(dt.date(first.year, 1, 1), last)
        plan = self.plan(first.year)
        for values in (part, whole):
            values["intake_plan"] = plan
            values["intake_plan_percent"] = half_up(values["intake"], plan or 0)
            values["answer_percent"] = half_up(values["referrals_answered"], values["referrals"])
            values["seat_percent"] = half_up(values["intake"], values["class_places"])
            values["satisfied_percent"] = half_up(values["satisfied"], values["feedback_told"])
        return {name: (part[name], whole[name]) for name in part}

    def plan(self, year: int) -> int | None:
        told = [
            one["target"] for one in self.t["plan_target"]
            if one["year"] == year and self.counts(one["type"], year)
        ]  # fmt: skip
        return sum(told) if told else None

    def counts(self, of: str, year: int) -> bool:
        """Say whether a programme type counted in the plan at the end of a year."""
        rules = sorted(
            (one["valid_from"], one["counts_in_plan"])
            for one in self.t["programme_type_rule"]
            if one["type"] == of
        )
        past = [counts for day, counts in rules if day <= dt.date(year, 12, 31)]
        return bool((past or [counts for _day, counts in rules][:1] or [False])[-1])

    def count(self, first: dt.date, last: dt.date) -> dict[str, Any]:
        """Return every count between two days, both included."""

        def within(value: Any) -> bool:
            day = day_of(value)
            return day is not None and first <= day <= last

        return {
            **self.advice(within),
            **self.referred(within),
            **self.worked(within),
            **self.stayed(first, last),
            **self.firms(within, last),
            **self.school(within, last),
            **self.waited(within),
            **self.complained(within),
            **self.scored(within),
        }

    def sent_on(self) -> dict[int, dt.date | None]:
        """Return the day on which each referral's letter first went out, if it did."""
        first: dict[int, dt.datetime] = {}
        for one in self.t["referral_event"]:
            if one["verb"] == "send":
                number = one["referral_id"]
                first[number] = min(first.get(number, one["at"]), one["at"])
        return {number: day_of(first.get(number)) for number in self.referrals}

    def waited(self, within: Callable[[Any], bool]) -> Values:
        """Return the medians of the days that people, firms and vacancies waited."""
        sent = self.sent_on()
        first: dict[int, dt.date] = {}
        for number, day in sent.items():
            vacancy = self.referrals[number]["vacancy_id"]
            if day is not None:
                first[vacancy] = min(first.get(vacancy, day), day)
        to_first = [
            days(self.vacancies[number]["registered_on"], day)
            for number, day in first.items() if within(day)
        ]  # fmt: skip
        to_answer = [
            days(day_of(one["sent_at"]), day_of(one["answered_at"]))
            for one in self.referrals.values()
            if one["sent_at"] is not None and within(one["answered_at"])
        ]
        to_hire = []
        for job in self.jobs():
            led = [
                day_of(one["sent_at"]) for one in self.referrals.values()
                if one["placement_id"] == job["id"] and one["sent_at"] is not None
            ]  # fmt: skip
            if led and within(job["started_on"]):
                to_hire.append(days(min(d for d in led if d), job["started_on"]))
        return {
            "days_to_first_referral": middle(to_first),
            "days_to_answer": middle(to_answer),
            "days_to_hire": middle(to_hire),
        }

    def complained(self, within: Callable[[Any], bool]) -> Values:
        ended = [one for one in self.t["complaint"] if within(one["closed_on"])]
        return {
            "complaints": sum(within(one["received_on"]) for one in self.t["complaint"]),
            "complaints_ended": len(ended),
            "complaints_settled": sum(one["state"] == "settled" for one in ended),
        }

    def scored(self, within: Callable[[Any], bool]) -> Values:
        given = [one["score"] for one in self.t["feedback_answer"] if within(one["month"])]
        told = given if len(given) >= LEAST_SCORES else []
        return {
            "feedback_answers": len(given),
            "feedback_told": len(told),
            "satisfied": sum(score >= 4 for score in told),
        }

    def advised(self, within: Callable[[Any], bool]) -> list[Row]:
        return [
            one for one in self.t["consultation"] if one["struck_at"] is None and within(one["day"])
        ]

    def advice(self, within: Callable[[Any], bool]) -> Values:
        rows = self.advised(within)
        people = {self.root(one["person_id"]) for one in rows} - {None}
        filed = {
            self.root(one["person_id"]) for one in self.t["seeker"] if within(one["registered_on"])
        }
        held = [one for one in self.t["job_session"] if within(one["day"])]
        return {
            "consultations": len(rows),
            "persons_advised": len(people),
            "files_received": len(filed),
            "job_sessions": len(held),
            "session_visitors": sum(one["attended"] or 0 for one in held),
        }

    def referred(self, within: Callable[[Any], bool]) -> Values:
        sent = {
            one["referral_id"]
            for one in self.t["referral_event"]
            if one["verb"] == "send" and within(one["at"])
        }
        first_told: dict[int, dt.datetime] = {}
        for one in self.t["referral_event"]:
            cancelled = self.referrals[one["referral_id"]]["state"] == "hire-cancelled"
            tells = one["verb"] in ("interview", "reject") or (
                one["verb"] == "hire" and not cancelled
            )
            if tells:
                known = first_told.get(one["referral_id"], one["at"])
                first_told[one["referral_id"]] = min(known, one["at"])
        came = {number for number, at in first_told.items() if within(at)}
        answered = {n for n in sent if self.referrals[n]["answered_at"] is not None}
        return {
            "referrals": len(sent),
            "persons_referred": len(self.behind(sent)),
            "referrals_answered": len(answered),
            "selections": len(came),
            "persons_attended_selection": len(self.behind(came)),
        }

    def behind(self, referrals: Iterable[int]) -> set[int | None]:
        return {self.of_file(self.referrals[one]["seeker_id"]) for one in referrals}

    def jobs(self) -> list[Row]:
        never = ("never-came", "mistake")
        return [one for one in self.t["placement"] if one["end_reason"] not in never]

    def worked(self, within: Callable[[Any], bool]) -> Values:
        begun = [one for one in self.jobs() if within(one["started_on"])]
        led = {one["placement_id"] for one in self.t["referral"]} - {None}
        by_letter = [one for one in begun if one["id"] in led]
        return {
            "persons_placed": len({self.of_file(one["seeker_id"]) for one in begun}),
            "placed_by_referral": len({self.of_file(one["seeker_id"]) for one in by_letter}),
        }

    def stayed(self, first: dt.date, last: dt.date) -> Values:
        found: Values = {}
        for days in (30, 90, 180, 365):
            wait = dt.timedelta(days=days)
            due = [one for one in self.jobs() if first <= one["started_on"] + wait <= last]
            there = [
                one for one in due
                if one["ended_on"] is None or one["ended_on"] > one["started_on"] + wait
            ]  # fmt: skip
            found[f"due_{days}"] = len({self.of_file(one["seeker_id"]) for one in due})
            found[f"stayed_{days}"] = len({self.of_file(one["seeker_id"]) for one in there})
        return found

    def firms(self, within: Callable[[Any], bool], last: dt.date) -> Values:
        asked = [
            one for one in self.t["vacancy"]
            if one["state"] not in ("draft", "submitted") and one["enterprise_id"] is not None
        ]  # fmt: skip
        new = [one for one in asked if within(one["registered_on"])]
        return {
            "employers_recruiting": len({one["enterprise_id"] for one in new}),
            "openings": sum(one["headcount"] for one in new),
            "openings_left": sum(self.left(one, last) for one in asked),
        }

    def left(self, vacancy: Row, last: dt.date) -> int:
        """Return the places that a vacancy still had on a day, 0 where it took nobody."""
        over = dt.datetime.combine(last + dt.timedelta(days=1), dt.time(), HANOI)
        later = sorted(
            (one["at"], one["id"], one["before"])
            for one in self.t["vacancy_change"]
            if one["vacancy_id"] == vacancy["id"] and one["field"] == "state" and one["at"] >= over
        )
        state = later[0][2] if later else vacancy["state"]
        late = vacancy["deadline"] is not None and vacancy["deadline"] < last
        if vacancy["registered_on"] > last or late or state not in ("open", "filled"):
            return 0
        taken = sum(
            one["counts_to_headcount"] and (one["started_on"] <= last or one["created_at"] < over)
            for one in self.t["placement"]
            if one["vacancy_id"] == vacancy["id"]
        )
        return max(0, vacancy["headcount"] - taken)

    def type_of(self, enrolment: Row) -> str:
        course = self.classes[enrolment["class_id"]]
        found: str = self.programmes[course["programme_id"]]["type"]
        return found

    def school(self, within: Callable[[Any], bool], last: dt.date) -> Values:
        year = last.year
        live = [
            one for one in self.t["enrolment"]
            if self.classes[one["class_id"]]["state"] != "cancelled"
        ]  # fmt: skip
        entered = [
            one for one in live
            if one["state"] in TAKEN_IN and within(self.classes[one["class_id"]]["starts_on"])
        ]  # fmt: skip
        counting = [self.type_of(one) for one in entered if self.counts(self.type_of(one), year)]
        safe = [one for one in entered if self.type_of(one).startswith("safety-")]
        done = [
            (one, self.done_on(one)) for one in live
            if one["state"] == "completed" and within(self.done_on(one))
            and self.counts(self.type_of(one), year)
        ]  # fmt: skip
        opened = [
            one for one in self.classes.values()
            if one["state"] not in ("cancelled", "planned") and within(one["starts_on"])
            and not self.programmes[one["programme_id"]]["type"].startswith("safety-")
        ]  # fmt: skip

        def placed(soon: int) -> int:
            return len({
                self.root(one["person_id"]) for one, day in done for job in self.jobs()
                if self.of_file(job["seeker_id"]) == self.root(one["person_id"])
                and day <= job["started_on"] <= day + dt.timedelta(days=soon)
            })  # fmt: skip

        of = {
            "intake_short": ("under-3-months",), "intake_intermediate": ("trung-cap",),
            "intake_elementary": ("so-cap-1", "so-cap-2", "so-cap-3"),
            "intake_partner": ("partner",), "intake_upgrading": ("upgrading",),
        }  # fmt: skip
        return {
            "intake": len(counting),
            **{name: sum(one in types for one in counting) for name, types in of.items()},
            "classes": len(opened),
            "class_places": sum(one["places"] for one in opened),
            "completed": len(done),
            "placed_after_training": placed(183),
            "placed_after_training_3m": placed(92),
            "safety_trainees": len(safe),
            "safety_enterprises": len({self.firm_of(one) for one in safe} - {None}),
        }

    def done_on(self, enrolment: Row) -> dt.date:
        ended: dt.date | None = enrolment["ended_on"]
        return ended or self.classes[enrolment["class_id"]]["ends_on"]

    def firm_of(self, enrolment: Row) -> int | None:
        own: int | None = enrolment["enterprise_id"]
        if own is not None:
            return own
        ordered: int | None = self.classes[enrolment["class_id"]]["enterprise_id"]
        return ordered

    def advised_by(self, code: str, by: str) -> dict[str, int]:
        """Return consultations of a period by sex or age band of the person, "" unknown."""
        first, last = period_of(code)
        last = min(last, self.today)
        found: dict[str, int] = {}
        for one in self.advised(lambda day: first <= day <= last):
            person = self.people.get(self.root(one["person_id"]) or 0, {})
            value = person.get("sex") if by == "sex" else band(person, last)
            found[value or ""] = found.get(value or "", 0) + 1
        return found


def band(person: Row, on: dt.date) -> str:
    """Return the age band of a person on a day."""
    born, year = person.get("birth_date"), person.get("birth_year")
    if born is None and year is None:
        return ""
    age = on.year - (born.year if born else year)
    if born and (on.month, on.day) < (born.month, born.day):
        age -= 1
    return "to-24" if age <= 24 else "25-40" if age <= 40 else "over-40"
