"""Says in Vietnamese what ml says in codes: gates, points, what to ask next.

A phrase is a msgid with typed values; the desk translates it and writes codes, money and days in
the reader's language.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from jobcenter.kernel.words import N_
from jobcenter.matching.choices import Audience
from ml.criteria import Verdict
from ml.documents import Profile
from ml.documents import Vacancy as Opening
from ml.gaps import most_asked
from ml.scoring import Fit, GateResult, Match, Part, State, cut, half_up
from ml.text import fold, scored_words

MOST_POINTS = 4
# How the value of a phrase is written: a list's letter, or a kind of figure.
KIND_OF = {
    "general_education": "A", "qualification": "B", "shift": "K", "park": "park",
    "pay": "money", "start": "date", "distance": "km", "years_experience": "years",
    "languages": "join", "certificates": "join",
}  # fmt: skip


@dataclass(frozen=True)
class Phrase:
    """A msgid; `values` gives (kind, raw) for each name in it."""

    text: str
    values: Mapping[str, tuple[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True)
class Point:
    """One reason: "has", "lacks" or "ask"; `code` is ml's name of the criterion."""

    kind: str
    phrase: Phrase
    code: str


@dataclass(frozen=True)
class GateMark:
    """A gate by name: pass, fail or ask."""

    phrase: Phrase
    state: str
    code: str


@dataclass(frozen=True)
class Question:
    """A question, for how many people it is open and how many pass when they say yes."""

    phrase: Phrase
    people: int
    gain: int


@dataclass(frozen=True)
class Line:
    """One line of "Cách tính": whole points of so many, and why."""

    name: str
    points: int
    of: int
    why: Phrase | None


NAMES = {
    "text": N_("Việc đã làm, tay nghề"),
    "occupation": N_("Nhóm nghề"),
    "general_education": N_("Học vấn"),
    "qualification": N_("Trình độ chuyên môn"),
    "years_experience": N_("Số năm kinh nghiệm"),
    "languages": N_("Ngoại ngữ"),
    "pay": N_("Lương"),
    "park": N_("Khu công nghiệp"),
    "distance": N_("Quãng đường"),
    "bus": N_("Xe đưa đón"),
    "dormitory": N_("Ký túc xá"),
    "shift": N_("Ca làm"),
    "wanted": N_("Nghề mong muốn"),
    "start": N_("Ngày đi làm"),
}
GATE_NAMES = {
    "certificates": N_("%(asked)s"),
    "shift": N_("%(asked)s"),
    "deadline": N_("Còn hạn nhận hồ sơ"),
}
HAS = {
    "general_education": N_("Học vấn đạt: %(have)s"),
    "qualification": N_("Trình độ đạt: %(have)s"),
    "years_experience": N_("Đã làm %(have)s"),
    "languages": N_("Biết %(asked)s"),
    "pay": N_("Muốn từ %(have)s, trong mức trả"),
    "park": N_("Muốn làm ở %(asked)s"),
    "distance": N_("Gần: khoảng %(have)s km"),
    "bus": N_("Xe đưa đón qua nơi ở"),
    "dormitory": N_("Ký túc xá như mong muốn"),
    "shift": N_("Nhận ca: %(asked)s"),
    "wanted": N_("Đúng nghề mong muốn"),
    "start": N_("Đi làm được từ %(have)s"),
    "certificates": N_("Có %(asked)s"),
}
LACKS = {
    "general_education": N_("Cần %(asked)s, hiện %(have)s"),
    "qualification": N_("Cần %(asked)s, hiện %(have)s"),
    "years_experience": N_("Cần %(asked)s, đã làm %(have)s"),
    "languages": N_("Chưa có %(asked)s"),
    "pay": N_("Muốn %(have)s, cao hơn mức trả"),
    "park": N_("Muốn làm ở khu khác"),
    "distance": N_("Xa: khoảng %(have)s km"),
    "bus": N_("Cần xe đưa đón, chưa có tuyến"),
    "dormitory": N_("Muốn ký túc xá, ở đây không có"),
    "shift": N_("Không nhận ca: %(asked)s"),
    "wanted": N_("Mong muốn nghề khác"),
    "start": N_("Đi làm từ %(have)s, muộn hơn cần"),
    "certificates": N_("Thiếu %(asked)s"),
}
ASK = {
    "general_education": N_("Hỏi: học hết lớp mấy?"),
    "qualification": N_("Hỏi: có bằng %(asked)s không?"),
    "years_experience": N_("Hỏi: đã làm nghề mấy năm?"),
    "languages": N_("Hỏi: có biết %(asked)s không?"),
    "pay": N_("Hỏi: muốn lương bao nhiêu?"),
    "park": N_("Hỏi: làm ở %(asked)s được không?"),
    "distance": N_("Hỏi: đang ở phường, xã nào?"),
    "bus": N_("Hỏi: có cần xe đưa đón không?"),
    "dormitory": N_("Hỏi: có cần ký túc xá không?"),
    "shift": N_("Hỏi: làm ca %(asked)s được không?"),
    "wanted": N_("Hỏi: muốn làm nghề gì?"),
    "start": N_("Hỏi: bao giờ đi làm được?"),
    "certificates": N_("Hỏi: có %(asked)s không?"),
}
# Under "what to ask first" the word "ask" is said already; only gates are asked there.
FIRST_ASK = {
    "shift": N_("Làm ca %(asked)s được không?"),
    "certificates": N_("Có %(asked)s không?"),
}
SEEKER_HAS = {
    "text": N_("Hợp việc bạn từng làm"),
    "general_education": N_("Đủ học vấn"),
    "qualification": N_("Đủ trình độ"),
    "years_experience": N_("Đủ kinh nghiệm"),
    "pay": N_("Lương đạt mức bạn muốn"),
    "park": N_("Đúng khu bạn muốn"),
    "distance": N_("Gần nơi bạn ở"),
    "bus": N_("Xe đưa đón qua nơi bạn ở"),
    "dormitory": N_("Ký túc xá như bạn cần"),
    "shift": N_("Đúng ca bạn nhận làm"),
    "wanted": N_("Đúng nghề bạn muốn"),
    "start": N_("Kịp ngày bạn đi làm được"),
    "certificates": N_("Bạn có %(asked)s"),
}
SEEKER_LACKS = {
    "general_education": N_("Cần %(asked)s"),
    "qualification": N_("Cần %(asked)s"),
    "years_experience": N_("Cần %(asked)s kinh nghiệm"),
    "languages": N_("Cần %(asked)s"),
    "pay": N_("Lương dưới mức bạn muốn"),
    "distance": N_("Xa: khoảng %(have)s km"),
    "bus": N_("Chưa có xe qua nơi bạn ở"),
    "dormitory": N_("Không có ký túc xá"),
    "shift": N_("Ca %(asked)s: bạn chưa nhận"),
    "certificates": N_("Cần %(asked)s"),
}
SEEKER_ASK = {
    "shift": N_("Bạn làm ca %(asked)s được không?"),
    "certificates": N_("Bạn có %(asked)s không?"),
    "pay": N_("Bạn muốn lương bao nhiêu?"),
    "bus": N_("Bạn có cần xe đưa đón không?"),
    "dormitory": N_("Bạn có cần ký túc xá không?"),
}
SPOKEN = {
    Audience.COUNSELLOR: (HAS, LACKS, ASK),
    Audience.ENTERPRISE: (HAS, LACKS, ASK),
    Audience.SEEKER: (SEEKER_HAS, SEEKER_LACKS, SEEKER_ASK),
}
_STATES = {State.MET: 0, State.PARTLY: 1, State.UNMET: 1, State.UNKNOWN: 2}
_KINDS = ("has", "lacks", "ask")
_GATE_STATES = {Verdict.PASS: "pass", Verdict.FAIL: "fail", Verdict.UNKNOWN: "ask"}
JOB_HELD = N_("%(job)s, %(years)s")
JOB = N_("%(job)s")
# In the names of half of all jobs: worker, employee, staff, labourer.
OF_ANY_JOB = frozenset(
    ["cong", "nhan", "cn", "vien", "nv", "lao", "dong", "pho", "thong", "ld", "ldpt"]
)
RELATED_SHARE = 0.3  # of the points for words: below it, jobs held are no reason


def gate_marks(gates: Iterable[GateResult]) -> tuple[GateMark, ...]:
    """Return the gates by name, each with its state."""
    return tuple(
        GateMark(_phrase(GATE_NAMES[gate.code], gate), _GATE_STATES[gate.verdict], gate.code)
        for gate in gates
    )


def points(match: Match, profile: Profile, audience: Audience, asked: Opening) -> tuple[Point, ...]:
    """Return at most four reasons: what fits best first, then what is missing or not known."""
    found = [*_of_gates(match, audience), *_of_parts(match, audience)]
    has = [*_job_held(match, profile, audience, asked), *(p for p in found if p.kind == "has")]
    open_ones = [p for p in found if p.kind != "has"]
    kept = open_ones[: max(2, MOST_POINTS - len(has))]
    return (*has[: MOST_POINTS - len(kept)], *kept)


def _job_held(match: Match, profile: Profile, audience: Audience, asked: Opening) -> list[Point]:
    part = next((p for p in match.job_fit.parts if p.code == "text"), None)
    if part is None or part.hundredths < RELATED_SHARE * part.of_hundredths:
        return []
    if audience is Audience.SEEKER:
        return [Point("has", Phrase(SEEKER_HAS["text"]), "text")]
    if not profile.title or not profile.experience or not of_the_trade(profile.title, asked):
        return []
    if not profile.years_experience:
        return [Point("has", Phrase(JOB, {"job": ("", profile.title)}), "text")]
    values = {"job": ("", profile.title), "years": ("years", profile.years_experience)}
    return [Point("has", Phrase(JOB_HELD, values), "text")]


def of_the_trade(title: str, asked: Opening) -> bool:
    """Say whether the name of a job held shares a telling word with what is asked for.

    Words may fit elsewhere in two long texts: "worker in sewing" is no reason for a storekeeper.
    """
    wanted = {fold(w) for w in scored_words(f"{asked.title} {asked.requirement} {asked.skills}")}
    return any(fold(w) in wanted - OF_ANY_JOB for w in scored_words(title))


def _of_gates(match: Match, audience: Audience) -> list[Point]:
    kinds = {Verdict.PASS: 0, Verdict.FAIL: 1, Verdict.UNKNOWN: 2}
    return _spoken(((gate, kinds[gate.verdict]) for gate in match.gates), audience)


def _of_parts(match: Match, audience: Audience) -> list[Point]:
    gated = {gate.code for gate in match.gates}
    parts = [p for fit in (match.job_fit, match.wish_fit) for p in fit.parts]
    weighty = sorted(parts, key=lambda p: -p.of_hundredths)
    return _spoken(
        (
            (part, _STATES[part.state])
            for part in weighty
            if part.code not in gated and _tells(part) and _matters(part)
        ),
        audience,
    )


def _matters(part: Part) -> bool:
    """Say whether an open part is worth one of four lines: most people never named a park."""
    if part.state is State.UNKNOWN:
        return part.code != "park"
    far_enough = 2 * part.hundredths < part.of_hundredths
    return part.code != "distance" or part.state is State.MET or far_enough


def _tells(part: Part) -> bool:
    """Say whether a part is worth a line: "needs no bus" is met, but no reason for anybody."""
    if part.code in ("bus", "dormitory") and part.state is State.MET:
        return bool(part.have)
    return True


def _spoken(said: Iterable[tuple[Part | GateResult, int]], audience: Audience) -> list[Point]:
    tables = SPOKEN[audience]
    return [
        Point(_KINDS[kind], _phrase(tables[kind][item.code], item), item.code)
        for item, kind in said
        if item.code in tables[kind]
    ]


def _phrase(text: str, item: Part | GateResult) -> Phrase:
    kind = KIND_OF.get(item.code, "")
    values = {"asked": (kind, item.asked), "have": (kind, item.have)}
    return Phrase(text, {name: value for name, value in values.items() if f"%({name})s" in text})


def lines(fit: Fit) -> tuple[Line, ...]:
    """Return the parts of a fit in whole points that add up to the number shown (`whole`)."""
    got = cut(whole(fit) or 0, [part.hundredths for part in fit.parts])
    most = cut(100, [part.of_hundredths for part in fit.parts])
    return tuple(
        Line(NAMES[part.code], points, max(of, points), _why(part))
        for part, points, of in zip(fit.parts, got, most, strict=True)
    )


def _why(part: Part) -> Phrase | None:
    table = (HAS, LACKS, ASK)[_STATES[part.state]]
    return _phrase(table[part.code], part) if part.code in table and _tells(part) else None


def whole(fit: Fit) -> int | None:
    """Return the fit as people see it, 0 to 100; None when the vacancy states nothing."""
    return half_up(fit.points) if fit else None


def questions(matches: Sequence[Match]) -> list[Question]:
    """Return which open gate to ask about first: the one that most people wait at."""
    asked = {gate.code: gate for match in matches for gate in match.gates}
    return [
        Question(_phrase(FIRST_ASK[q.code], asked[q.code]), q.people, q.would_pass)
        for q in most_asked(matches)
        if q.gate and q.code in FIRST_ASK
    ]
