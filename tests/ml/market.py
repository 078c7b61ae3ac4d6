"""Small random labour markets: few words, so that texts overlap, tie and differ by marks."""

from __future__ import annotations

import random
from datetime import date, timedelta

from ml.documents import GENERAL_EDUCATION, QUALIFICATIONS, SHIFTS, Profile, Vacancy

TODAY = date(2026, 3, 2)
WORDS = tuple(
    word
    for line in (
        "công nhân may hàn kho máy tiện QC KCS CN KT LĐPT lắp ráp điện tử kiểm tra chất lượng",
        "cong nhan han kho may dien tu operator leader y ô 3G CNC và của vận hành",
        "nữ nam Việt Nam 18-35 tuổi",
    )
    for word in line.split()
)
COMMUNES = ("", "11911", "11914", "11800", "11737")
PARKS = ("trang-due", "vsip", "nomura")
PAPERS = ("Chứng chỉ hàn 3G", "GPLX hạng C", "An toàn điện")


def text(rng: random.Random, most: int = 9) -> str:
    return " ".join(rng.choices(WORDS, k=rng.randint(0, most)))


def some(rng: random.Random, values: tuple[str, ...], most: int = 2) -> list[str]:
    return rng.sample(values, k=rng.randint(0, min(most, len(values))))


def place(rng: random.Random) -> dict[str, object]:
    commune = rng.choice(COMMUNES)
    if not commune or rng.random() < 0.3:
        return {"commune": commune}
    number = COMMUNES.index(commune)
    return {"commune": commune, "lat": 20.7 + number * 0.07, "lon": 106.6 - number * 0.05}


def profile(rng: random.Random, id_: str) -> Profile:
    return Profile.from_dict({
        "id": id_, "title": text(rng, 4), "wishes": [text(rng, 3)], "skills": text(rng, 5),
        "experience": text(rng), "occupations": some(rng, ("8212", "8153", "7212", "82"), 3),
        "general_education": rng.choice(("", *GENERAL_EDUCATION)),
        "qualification": rng.choice(("", *QUALIFICATIONS)),
        "years_experience": rng.choice((None, 0, 0.5, 2, 7)), "certificates": some(rng, PAPERS),
        "languages": some(rng, ("ko", "zh", "en")), **place(rng), "parks": some(rng, PARKS),
        "pay_min": rng.choice((None, 6_000_000, 9_500_000, 14_000_000)),
        "shifts": some(rng, SHIFTS, 3),
        "available_on": rng.choice((None, TODAY, TODAY + timedelta(days=40))),
        "needs_bus": rng.choice((None, True, False)),
        "needs_dormitory": rng.choice((None, True, False)), "tags": some(rng, ("a", "b", "c")),
        "introduced": rng.choice((0, 0, 3)),
    })  # fmt: skip


def vacancy(rng: random.Random, id_: str = "V1") -> Vacancy:
    return Vacancy.from_dict({
        "id": id_, "title": text(rng, 4), "description": text(rng), "requirement": text(rng),
        "skills": text(rng, 3), "headcount": rng.choice((None, 1, 5)),
        "occupation": rng.choice(("", "8212", "8153")),
        "general_education": rng.choice(("", *GENERAL_EDUCATION)),
        "qualification": rng.choice(("", *QUALIFICATIONS)),
        "years_experience": rng.choice((None, 0, 2, 5)), "certificates": some(rng, PAPERS, 1),
        "languages": some(rng, ("ko", "zh")), "park": rng.choice(("", *PARKS)), **place(rng),
        "pay_min": rng.choice((None, 7_000_000)), "pay_max": rng.choice((None, 9_000_000)),
        "shift": rng.choice(("", *SHIFTS)), "start_on": rng.choice((None, TODAY)),
        "deadline": rng.choice((None, TODAY, TODAY - timedelta(days=1))),
        "has_bus": rng.choice((None, True, False)),
        "bus_communes": some(rng, COMMUNES[1:]), "has_dormitory": rng.choice((None, True, False)),
    })  # fmt: skip


def people(rng: random.Random, count: int, prefix: str = "P") -> list[Profile]:
    made = [profile(rng, f"{prefix}{number}") for number in range(count)]
    for number in range(0, count - 1, 5):  # twins: equal in all but the number
        made[number + 1] = Profile.from_dict({**made[number].to_dict(), "id": made[number + 1].id})
    return made
