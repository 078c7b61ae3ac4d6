"""Reading job postings: invented lines with the warts that real ones have."""

from __future__ import annotations

import datetime as dt
import io
import json
import unicodedata
from pathlib import Path

import pytest

from jobcenter.catalogue.shipped import rows
from jobcenter.vacancies import postings as room
from jobcenter.vacancies.posting_details import certificates, languages
from jobcenter.vacancies.posting_places import gazetteer
from jobcenter.vacancies.posting_terms import (
    Pay,
    find_education,
    find_experience,
    find_headcount,
    find_pay,
    parse_education,
    parse_experience,
    parse_pay,
)
from jobcenter.vacancies.postings import BrokenLine, Posting, Tables, bounded_lines, read_postings

SAMPLE = Path(room.__file__).parent / "data" / "postings-sample.jsonl"
TABLES = Tables.of(
    gazetteer(rows("communes.csv"), rows("parks.csv"), rows("former_provinces.csv")),
    rows("synonyms.tsv"),
)


def read(**record: object) -> Posting | BrokenLine:
    line = json.dumps({"id": "P1", "title": "Công nhân may"} | record).encode()
    [found] = read_postings([line], TABLES)
    return found


def draft(**record: object) -> Posting:
    found = read(**record)
    assert isinstance(found, Posting), found
    return found


def broken(line: bytes) -> BrokenLine:
    [found] = read_postings([line], TABLES)
    assert isinstance(found, BrokenLine)
    return found


MILLION = 1_000_000


@pytest.mark.parametrize(
    ("text", "kind", "low", "high"),
    [
        ("8 Tr - 12 Tr VND", "month", 8, 12),
        ("6,8 Tr - 8,7 Tr VND", "month", 6.8, 8.7),
        ("9tr5 - 12tr", "month", 9.5, 12),
        ("Trên 10 Tr VND", "month", 10, None),
        ("Lên đến 23 Tr VND", "month", None, 23),
        ("up to 15 triệu", "month", None, 15),
        ("Từ 7.200.000 -11.400.000VNĐ", "month", 7.2, 11.4),
        ("8.500.000đ/tháng", "month", 8.5, None),
        ("10-12 triệu", "month", 10, 12),
        ("11tr -> 13 triệu/tháng", "month", 11, 13),
        ("600 - 1,000 USD", "month", 15, 25),
        ("$800", "month", 20, None),
        ("15 - 8 triệu", "month", 8, 15),
        ("30k/giờ", "hour", 0.03, None),
        ("300.000đ/ngày", "day", 0.3, None),
    ],
)
def test_pay_phrases(text: str, kind: str, low: float | None, high: float | None) -> None:
    pay = parse_pay(text)
    assert pay is not None
    assert (pay.kind, pay.low, pay.high) == (
        kind,
        None if low is None else round(low * MILLION),
        None if high is None else round(high * MILLION),
    )


@pytest.mark.parametrize(
    "text", ["Cạnh tranh", "Thoả thuận", "Thỏa thuận khi phỏng vấn", "Negotiable"]
)
def test_pay_to_be_agreed(text: str) -> None:
    assert parse_pay(text) == Pay("negotiable")


@pytest.mark.parametrize("text", ["", "theo năng lực", "999999 triệu", "5 đồng"])
def test_no_pay_that_nobody_stated(text: str) -> None:
    assert parse_pay(text) is None


@pytest.mark.parametrize(
    ("line", "low"),
    [
        ("- Mức lương: từ 9 - 11 triệu + phụ cấp", 9),
        ("Thợ bậc 3 có thu nhập 13tr - 17tr", 13),
        ("Take-home salary 14-16 million", 14),
        ("Cuối năm có lương tháng 13", None),
        ("Kiểm tra số lượng 20 triệu sản phẩm", None),
        ("Doanh số 500 triệu, lương tính theo doanh số", None),
        ("Phụ cấp xăng xe 1 triệu", None),
    ],
)
def test_pay_in_prose(line: str, low: int | None) -> None:
    found = find_pay([line])
    assert (found.low if found else None) == (low and low * MILLION)


@pytest.mark.parametrize(
    ("text", "code", "years"),
    [
        ("1 - 2 Năm", "1-2", 1),
        ("3 - 5 Năm", "2-5", 3),
        ("Trên 5 Năm", "over-5", 5),
        ("5 - 10 Năm", "over-5", 5),
        ("Lên đến 1 Năm", "under-1", 0),
        ("6 tháng", "under-1", 0),
        ("18 tháng", "1-2", 1),
        ("Chưa có kinh nghiệm", "none", 0),
        ("Không yêu cầu kinh nghiệm", "none", 0),
        ("ít nhất hai năm", "2-5", 2),
        ("5+ years", "over-5", 5),
    ],
)
def test_experience_phrases(text: str, code: str, years: int) -> None:
    found = parse_experience(text)
    assert found is not None
    assert (found.code, found.years) == (code, years)


@pytest.mark.parametrize(
    ("lines", "years"),
    [
        (["Đã có ít nhất 3 năm kinh nghiệm đứng máy ép"], 3),
        (["Kinh nghiệm: từ 02 năm trở lên"], 2),
        (["At least 4 years of experience in SMT"], 4),
        (["Không cần kinh nghiệm, được đào tạo"], 0),
        (["Accountants with 0 - 3 years experience are welcome"], 0),
        (["Sinh viên năm 3"], None),
        (["Công ty thành lập 20 năm"], None),
    ],
)
def test_experience_in_prose(lines: list[str], years: int | None) -> None:
    found = find_experience(lines)
    assert (found.years if found else None) == years


def test_a_ceiling_in_the_field_gives_way_to_years_in_the_text() -> None:
    posting = draft(experience="Lên đến 15 Năm", requirement=["Có 5 năm kinh nghiệm may"])
    assert posting.years_experience == 5


@pytest.mark.parametrize(
    ("text", "general", "qualification"),
    [
        ("Đại học", None, "dai-hoc"),
        ("Cao đẳng/Đại học", None, "cao-dang"),
        ("Tốt nghiệp Trung cấp trở lên", None, "trung-cap"),
        ("Trung học", "thpt", None),
        ("Học hết 9/12 là được", "thcs", None),
        ("Tốt nghiệp THPT, trung cấp, cao đẳng", "thpt", None),
        ("Bachelor's degree or higher", None, "dai-hoc"),
        ("Sau đại học", None, "thac-si"),
        ("Không yêu cầu bằng cấp", None, "untrained"),
        ("Khác", None, None),
    ],
)
def test_education_phrases(text: str, general: str | None, qualification: str | None) -> None:
    found = parse_education(text)
    assert (found.general, found.qualification) == (general, qualification)


def test_education_in_prose_ignores_wishes_and_pupils() -> None:
    lines = ["Kèm học sinh THPT buổi tối", "Học xong cao đẳng nghề may, ưu tiên đại học"]
    assert find_education(lines).qualification == "cao-dang"
    assert find_education(lines).general is None


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ("Số lượng: 05", 5),
        ("Trưởng ca (Số lượng: 02)", 2),
        ("tuyển 20 công nhân may", 20),
        ("Cần tuyển gấp 300 lao động", 300),
        ("SL: 12", 12),
        ("Số lượng tuyển: 300", 300),
        ("Đếm số lượng thùng mỗi ca", None),
        ("Quản lý chuyền 35 người", None),
        ("Số lượng: 99999", None),
        ("tuyển dụng 2 đợt mỗi năm", None),
    ],
)
def test_headcount(line: str, count: int | None) -> None:
    assert find_headcount([line]) == count


@pytest.mark.parametrize(
    ("lines", "province", "commune", "park"),
    [
        (["KCN Tràng Duệ, An Dương"], "31", "11581", "trang-due"),
        (["Khu công nghiệp Nomura"], "31", "11602", "nomura"),
        (["Địa chỉ: phường Thuỷ Nguyên"], "31", "11560", None),
        (["Địa chỉ: phường Thủy Nguyên"], "31", "11560", None),
        (["xã Cẩm Giang"], "31", "10888", None),
        (["xã Cẩm Giàng"], "31", "10903", None),
        (["xã Quốc Tuấn, huyện An Lão"], "31", "11647", None),
        (["xã Quốc Tuấn, huyện Nam Sách"], "31", None, None),
        (["thị trấn Núi Đối"], "31", "11680", None),
        (["Làm tại xưởng của công ty"], "31", None, None),
    ],
)
def test_places(lines: list[str], province: str, commune: str | None, park: str | None) -> None:
    posting = draft(places=["Hải Phòng"], description=lines)
    assert (posting.province, posting.park) == (province, park)
    assert posting.commune == commune or (commune is None and park is None)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Hải Dương", "31"),
        ("TP HCM", "79"),
        ("Dak Lak", "66"),
        ("Bình Dương", "79"),
        ("Sao Hoả", None),
    ],
)
def test_former_provinces_lead_to_present_ones(name: str, code: str | None) -> None:
    posting = draft(places=[name])
    assert posting.province == code
    assert bool(posting.notes) == (code is None)


def test_parks_of_hai_phong_are_not_looked_for_elsewhere() -> None:
    assert draft(places=["Bình Dương"], description=["KCN VSIP 1"]).park is None


def test_swapped_fields_are_mended_with_a_note() -> None:
    posting = draft(
        pay="15/12/2026", experience="Nhân viên", rank="2 - 3 Năm", deadline="8 Tr - 9 Tr VND"
    )
    assert posting.deadline == dt.date(2026, 12, 15)
    assert (posting.pay_min, posting.rank, posting.years_experience) == (8 * MILLION, "staff", 2)
    assert len(posting.notes) >= 3
    assert all("%(" not in str(note) for note in posting.notes)


def test_what_is_not_said_stays_none() -> None:
    posting = draft()
    for name in ("company", "pay_kind", "experience", "qualification", "headcount", "deadline"):
        assert getattr(posting, name) is None
    assert posting.benefits == ()
    assert posting.flags == ()


def test_unreadable_values_are_noted() -> None:
    posting = draft(pay="theo năng lực", deadline="31/02/2026", experience="tuỳ")
    assert posting.pay_kind is None
    assert posting.deadline is None
    assert len(posting.notes) == 3


def test_pay_in_the_text_stands_in_for_a_competitive_one() -> None:
    posting = draft(pay="Cạnh tranh", description=["Lương: 8.500.000 - 9.800.000 đồng/tháng"])
    assert (posting.pay_kind, posting.pay_min, posting.pay_max) == ("month", 8_500_000, 9_800_000)


def test_demands_among_the_other_lines_join_the_requirement_and_are_flagged() -> None:
    posting = draft(other=["Giới tính: Nữ", "Độ tuổi: 18 - 35", "Lương: Cạnh tranh"])
    assert posting.requirement.split("\n") == ["Giới tính: Nữ", "Độ tuổi: 18 - 35"]
    assert [flag.kind.value for flag in posting.flags] == ["sex", "age"]
    assert draft(other=["Độ tuổi: Không giới hạn tuổi"]).requirement == ""


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["Có chứng chỉ lái xe nâng"], ("Chứng chỉ lái xe nâng",)),
        (["Có chứng chỉ hàn 3G trở lên"], ("Chứng chỉ hàn",)),
        (["Bằng lái xe hạng C trở lên"], ("Giấy phép lái xe hạng C",)),
        (["Ưu tiên có chứng chỉ lái xe nâng"], ()),
        (["Biết lái xe nâng"], ()),
    ],
)
def test_certificates(lines: list[str], expected: tuple[str, ...]) -> None:
    assert certificates(lines) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("TOPIK 4 trở lên", ("ko",)),
        ("Tiếng Trung HSK5; tiếng Anh là lợi thế", ("zh",)),
        ("Tiếng Nhật N2 hoặc tiếng Anh", ("en", "ja")),
        ("Không yêu cầu tiếng Anh", ()),
    ],
)
def test_languages(line: str, expected: tuple[str, ...]) -> None:
    assert languages([line]) == expected


@pytest.mark.parametrize(
    ("line", "shift"),
    [
        ("Thời gian làm việc: giờ hành chính", "office"),
        ("Ca 12 tiếng, 4 làm 2 nghỉ", "two-shift-12h"),
        ("Làm 3 ca, 8 tiếng/ca", "three-shift-8h"),
        ("Chuyên ca đêm", "night"),
        ("Xoay ca theo tuần", None),
    ],
)
def test_shift(line: str, shift: str | None) -> None:
    posting = draft(description=[line])
    assert posting.shift == shift
    assert ("shift-work" in posting.extra_demands) == (shift not in ("office", "night"))


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("Công nhân may công nghiệp", "8153"),
        ("Lái xe nâng", "8344"),
        ("Phiên dịch tiếng Hàn – xưởng ép nhựa", "2643"),
        ("CN sản xuất", "9329"),
        ("Nhân viên QC", "7543"),
        ("Chuyên gia vũ trụ", None),
    ],
)
def test_occupation_from_the_title(title: str, code: str | None) -> None:
    assert draft(title=title).occupation_code == code


def test_decomposed_text_reads_exactly_as_composed() -> None:
    record = {
        "title": "Công nhân lắp ráp điện tử",
        "places": ["Hải Phòng"],
        "experience": "Chưa có kinh nghiệm",
        "requirement": ["Tốt nghiệp THCS", "Ưu tiên nữ"],
    }
    split = json.loads(unicodedata.normalize("NFD", json.dumps(record, ensure_ascii=False)))
    assert draft(**split) == draft(**record)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (b'{"id": 1, "title": "May"', "JSON"),
        (b'["title", "May"]', "bản ghi"),
        (b'{"id": 1, "title": "  "}', "không có tên"),
        (b'{"id": 1}', "không có tên"),
        (b'{"id": 1, "title": 7}', "sai kiểu"),
        (b'{"title": "May", "places": {"a": 1}}', "sai kiểu"),
        (b'{"title": "May", "requirement": [1]}', "sai kiểu"),
        (b'{"title": "C\xf4ng nh\xe2n"}', "UTF-8"),
        (b'{"title": "May\x00"}', "NUL"),
        (b'{"title": "May\\u0000"}', "NUL"),
        ('{"title": "CÃ´ng nhÃ¢n lÃ¡i xe"}'.encode(), "bảng mã"),
        (b"[" * 100_000, "JSON"),
        (b'{"title": "' + b"x" * 1_000_001 + b'"}', "dài quá"),
    ],
)
def test_broken_lines_say_why(line: bytes, words: str) -> None:
    assert words in str(broken(line))


def test_broken_lines_are_numbered_and_the_rest_is_read() -> None:
    good = json.dumps({"id": "A", "title": "Thợ hàn"}).encode()
    found = list(read_postings([good, b"", b"{", good], TABLES))
    assert [type(item).__name__ for item in found] == ["Posting", "BrokenLine", "Posting"]
    assert [item.number for item in found] == [1, 3, 4]


def test_a_file_with_too_many_lines_stops_with_a_reason() -> None:
    good = json.dumps({"id": "A", "title": "Thợ hàn"}).encode()
    found = list(read_postings([good] * 5, TABLES, max_lines=3))
    assert [isinstance(item, BrokenLine) for item in found] == [False, False, False, True]


def test_over_long_lines_are_cut_while_reading() -> None:
    file = io.BytesIO(b"x" * 25 + b"\nshort\n" + b"y" * 10)
    assert [len(line) for line in bounded_lines(file, limit=10)] == [11, 6, 10]


def test_references_are_stable_and_made_up_from_the_content_when_missing() -> None:
    assert draft(id=17).source_ref == "17"
    assert draft(id=None).source_ref == draft(id=None).source_ref
    assert draft(id=None).source_ref != draft(id=None, title="Thợ hàn").source_ref


def test_long_titles_are_cut_with_a_note() -> None:
    posting = draft(title="Công nhân " * 40)
    assert len(posting.title) <= 200
    assert posting.notes


def test_the_sample_gives_42_drafts_and_three_broken_lines() -> None:
    with SAMPLE.open("rb") as file:
        found = list(read_postings(bounded_lines(file), TABLES))
    drafts = [item for item in found if isinstance(item, Posting)]
    assert [item.number for item in found if isinstance(item, BrokenLine)] == [10, 22, 34]
    assert len(drafts) == 42
    assert len({posting.source_ref for posting in drafts}) == 42
    assert sum(posting.company is None for posting in drafts) == 2
    assert (
        sum(posting.pay_min is not None or posting.pay_max is not None for posting in drafts) >= 38
    )
    assert sum(posting.province == "31" for posting in drafts) >= 37
    assert {flag.kind.value for posting in drafts for flag in posting.flags} == {
        "sex", "age", "origin", "looks", "marital", "maternity", "legal-age",
    }  # fmt: skip
    for posting in drafts:
        assert unicodedata.is_normalized("NFC", posting.title + posting.description)
