"""The lists that ship with the program: complete, consistent, and what domain.md says."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

DATA = Path(__file__).parents[3] / "jobcenter" / "catalogue" / "data"


def rows(name: str) -> list[dict[str, str]]:
    delimiter = "\t" if name.endswith(".tsv") else ","
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


@pytest.mark.parametrize("path", sorted(DATA.iterdir()), ids=lambda path: path.name)
def test_every_file_is_composed_unicode_with_plain_line_ends(path: Path) -> None:
    text = path.read_bytes().decode("utf-8")
    assert unicodedata.is_normalized("NFC", text)
    assert "\r" not in text
    assert "\x00" not in text


def test_every_list_of_the_domain_is_there_with_unique_ordered_codes() -> None:
    lists: dict[str, list[dict[str, str]]] = {}
    for row in rows("code_lists.csv"):
        lists.setdefault(row["list"], []).append(row)
    assert set("ABCDEFGHIJKLMNOPQRSTUVW") <= set(lists)
    for values in lists.values():
        assert [int(v["position"]) for v in values] == list(range(1, len(values) + 1))
        assert len({v["code"] for v in values}) == len(values)
        assert all(v["name_vi"] and v["name_en"] and v["source"] for v in values)
        assert all(re.fullmatch(r"[A-Za-z0-9-]{1,40}", v["code"]) for v in values)


@pytest.mark.parametrize(
    ("of", "codes"),
    [
        ("A", "never primary-not-finished tieu-hoc thcs thpt"),
        (
            "B",
            (
                "untrained no-certificate short-certificate so-cap trung-hoc-nghe trung-cap "
                "cao-dang dai-hoc thac-si tien-si"
            ),
        ),
        ("F", "KT BDXN HN HCN DTTS THD NCC NMV LDNT PN ND TN TCTN CHA"),
        ("N", "none under-1 1-2 2-5 over-5"),
    ],
)
def test_fixed_codes_stand_in_their_order(of: str, codes: str) -> None:
    assert [r["code"] for r in rows("code_lists.csv") if r["list"] == of] == codes.split()


def test_every_occupation_has_its_parent_and_the_level_of_its_code() -> None:
    found = rows("occupations.csv")
    codes = {row["code"] for row in found}
    assert len(codes) == len(found)
    assert len([r for r in found if r["source"] == "34/2020/QĐ-TTg"]) == 1020
    for row in found:
        assert int(row["level"]) == len(row["code"])
        assert len(row["code"]) == 1 or row["code"][:-1] in codes
        assert row["name_en"], row["code"]
        assert row["source_en"] in ("ISCO-08", "project")
    # where two groups of the list carry one name, their codes tell them apart
    picked = [row["name_en"] for row in found if row["level"] == "4"]
    assert {name for name, times in Counter(picked).items() if times > 1} == {
        "Commissioned officers", "Non-commissioned officers and enlisted personnel",
    }  # fmt: skip


def test_synonyms_lead_to_occupations_and_no_phrase_leads_to_two() -> None:
    codes = {row["code"] for row in rows("occupations.csv") if row["level"] == "4"}
    phrases = [row["phrase"].casefold() for row in rows("synonyms.tsv")]
    assert len(set(phrases)) == len(phrases)
    assert {row["code"] for row in rows("synonyms.tsv")} <= codes


def test_hai_phong_has_45_wards_67_communes_and_two_special_zones() -> None:
    units = rows("communes.csv")
    assert len(units) == 3321
    assert len({unit["province_code"] for unit in units}) == 34
    home = [u["full_name"].split()[0] for u in units if u["province_code"] == "31"]
    assert [home.count(kind) for kind in ("Phường", "Xã", "Đặc")] == [45, 67, 2]


def test_parks_stand_in_communes_of_hai_phong_and_nomura_is_found_by_its_old_name() -> None:
    home = {u["code"] for u in rows("communes.csv") if u["province_code"] == "31"}
    parks = rows("parks.csv")
    assert {park["commune_code"] for park in parks} <= home
    assert {park["state"] for park in parks} <= {"operating", "building", "planned"}
    named = [p["name_vi"] for p in parks if "Nomura" in p["aliases"].split("|")]
    assert named == ["KCN Nhật Bản - Hải Phòng"]


def test_minimum_wages_of_2026_and_54_ethnicities() -> None:
    wages = {r["region"]: r for r in rows("minimum_wages.csv") if r["valid_from"] == "2026-01-01"}
    assert [int(wages[r]["monthly"]) for r in "1234"] == [5310000, 4730000, 4140000, 3700000]
    assert [int(wages[r]["hourly"]) for r in "1234"] == [25500, 22700, 20000, 17800]
    assert len(rows("ethnicities.csv")) == 55
