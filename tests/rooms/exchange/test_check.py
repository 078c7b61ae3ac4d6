"""Reading files in: what people and Excel make of cells, what is mended, refused, known already."""

from __future__ import annotations

import datetime as dt
import io
import unicodedata
from typing import Any

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import EVERYTHING
from jobcenter.catalogue.queries import lists
from jobcenter.exchange.check import Checked, check, letters
from jobcenter.exchange.fields import Kind, Row
from jobcenter.exchange.kinds import KINDS
from jobcenter.exchange.reading import Table, read
from jobcenter.kernel.actor import system
from jobcenter.kernel.errors import Refused
from jobcenter.people.choices import Way
from jobcenter.referrals import rules as referrals
from jobcenter.referrals.choices import Verb
from jobcenter.referrals.codes import code_of
from jobcenter.referrals.guards import Said
from jobcenter.referrals.models import Referral
from tests.support.sheets import FIGURE, FIRM, LEARNER, PERSON, VACANCY, bare, filled

BY = system("tests", EVERYTHING)
PEOPLE = KINDS["people"]


def checked(session: Session, data: bytes, kind: Kind = PEOPLE) -> Checked:
    return check(session, kind=kind, table=read(data), by=BY)


def one(session: Session, **cells: Any) -> Row:
    """Check one person's row with some cells of its own, as a workbook would give them."""
    given = {name: float(v) if type(v) is int else v for name, v in (PERSON | cells).items()}
    heads = [PEOPLE.field(name).label for name in given]  # type: ignore[union-attr]
    table = Table([heads, [*given.values()]])
    return check(session, kind=PEOPLE, table=table, by=BY).rows[0]


def said(row: Row) -> list[str]:
    return [str(problem.message) for problem in row.problems]


def introduced(session: Session, vacancy: Any, seeker: Any) -> Referral:
    """Put somebody forward, with their yes, as far as the firm."""
    row = referrals.draft(session, vacancy=vacancy, seeker=seeker, by=BY)
    said = Said(way=Way.COUNTER)
    referrals.act(session, referral=row, verb=Verb.CONSENT, by=BY, said=said)
    referrals.act(session, referral=row, verb=Verb.SEND, by=BY)
    return row


@pytest.mark.parametrize("code", sorted(KINDS))
def test_a_template_unfilled_holds_no_row_and_filled_is_read_whole(
    session: Session,
    make_enterprise: Any,
    make_class: Any,
    make_vacancy: Any,
    make_seeker: Any,
    code: str,
) -> None:
    firm = make_enterprise(tax_number="0201111111")
    kind = KINDS[code]
    with pytest.raises(Refused, match="chưa có dòng dữ liệu"):
        checked(session, filled(session, kind, []), kind)
    code_sent = ""
    if code == "answers":
        row_sent = introduced(session, make_vacancy(enterprise=firm), make_seeker())
        code_sent = code_of(row_sent.id)
    row = {
        "answers": {"code": code_sent, "answer": "Nhận", "started_on": "01/12/2026"},
        "people": PERSON, "enterprises": FIRM, "vacancies": VACANCY | {"firm": firm.tax_number},
        "workforce": FIGURE | {"firm": firm.name},
        "enrolments": LEARNER | {"course": make_class().code},
    }[code]  # fmt: skip
    found = checked(session, filled(session, kind, [row]), kind)
    assert [(r.number, r.state) for r in found.rows] == [(3, "good")], said(found.rows[0])
    assert not found.heads.unread


NAMES = st.lists(
    st.sampled_from(["Nguyễn", "Thị", "Đỗ", "Ánh", "Hường", "Quân", "Mỹ", "Duyên", "Ễnh"]),
    min_size=2, max_size=4,
).map(" ".join)  # fmt: skip
PEOPLE_ROWS = st.fixed_dictionaries(
    {
        "full_name": NAMES,
        "birth": st.dates(dt.date(1950, 1, 1), dt.date(2005, 1, 1)),
        "phone": st.from_regex(r"0[35789][0-9]{8}", fullmatch=True),
        "sex": st.sampled_from(["Nam", "Nữ"]),
        "pay_min": st.integers(1_000_000, 90_000_000),
        "needs_bus": st.sampled_from(["Có", "Không", ""]),
    }
)


def test_what_is_filled_into_the_template_is_what_is_read(session: Session) -> None:
    @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(PEOPLE_ROWS, min_size=1, max_size=6, unique_by=lambda r: r["phone"]))
    def round_trip(rows: list[dict[str, Any]]) -> None:
        typed = [PERSON | row | {"id_number": ""} for row in rows]
        found = checked(session, filled(session, PEOPLE, typed))
        assert len(found.rows) == len(rows)
        for row, told in zip(found.rows, rows, strict=True):
            assert row.state in ("good", "doubtful"), said(row)
            values = row.values
            assert values["full_name"] == told["full_name"]
            assert values["birth"].day == told["birth"]
            assert values["phone"] == "+84" + told["phone"][1:]
            assert values["sex"] == {"Nam": "male", "Nữ": "female"}[told["sex"]]
            assert values["pay_min"] == told["pay_min"]
            assert values["needs_bus"] == {"Có": True, "Không": False, "": None}[told["needs_bus"]]
            assert values["consent_way"] is Way.PAPER

    round_trip()


IDS = [
    (31198001234, "031198001234", "số 0 ở đầu"),
    (31198001234.0, "031198001234", "số 0 ở đầu"),
    ("1198001234", "001198001234", "số 0 ở đầu"),
    (" 031 198 001 234 ", "031198001234", ""),
    ("'031198001234", "031198001234", ""),
    ("０３１１９８００１２３４", "031198001234", ""),
    ("031.198.001.234", "031198001234", ""),
    ("031234567", "031234567", ""),
    ("3.1198E+10", None, "mất chữ số"),
    ("3,12E+10", None, "mất chữ số"),
    ("0311980012", "000311980012", "số 0 ở đầu"),
    ("03119800123x", None, "chỉ gồm chữ số"),
    (31198001234.5, None, "Không đọc được"),
    (dt.datetime(2020, 1, 1), None, "là ngày"),  # noqa: DTZ001 - Excel knows no zones
]
PHONES = [
    (912345678, "+84912345678", "mất số 0"),
    (84912345678, "+84912345678", ""),
    ("+84 912 345 678", "+84912345678", ""),
    ("0912.345.678", "+84912345678", ""),
    ("01672345678", "+84372345678", "Đầu số cũ"),
    (1672345678, "+84372345678", "Đầu số cũ"),
    ("0912345678 / 0987654321", "+84912345678", "lấy số đầu"),
    ("'0912345678", "+84912345678", ""),
    (2253842111, "+842253842111", "mất số 0"),
    ("9.12E+08", None, "mất chữ số"),
    ("091234567", None, "Cần 10 số"),
]


def test_numbers_that_excel_mangled_are_mended_or_named(session: Session) -> None:
    for name, cases in (("id_number", IDS), ("phone", PHONES)):
        for cell, value, told in cases:
            row = one(session, **{name: cell})
            assert row.values.get(name) == value, (cell, said(row))
            assert row.state == ("good" if value else "bad"), (cell, said(row))
            warned = [text for text in said(row) if "trong số CCCD khác" not in text]
            assert any(told in text for text in warned) if told else not warned, (cell, warned)


DAYS = [
        ("14/3/1998", dt.date(1998, 3, 14)), ("14-03-1998", dt.date(1998, 3, 14)),
        ("14.03.1998", dt.date(1998, 3, 14)), ("1998-03-14", dt.date(1998, 3, 14)),
        ("1998-03-14 00:00:00", dt.date(1998, 3, 14)), ("14/03/98", dt.date(1998, 3, 14)),
        ("１４/０３/１９９８", dt.date(1998, 3, 14)), (14031998, dt.date(1998, 3, 14)),
        (35868, dt.date(1998, 3, 14)), ("35868", dt.date(1998, 3, 14)),
        (dt.date(1998, 3, 14), dt.date(1998, 3, 14)), (5031998, dt.date(1998, 3, 5)),
        (1998, None), ("1998", None),
]  # fmt: skip


def test_days_in_the_shapes_people_and_excel_give_them(session: Session) -> None:
    for cell, day in DAYS:
        row = one(session, birth=cell)
        assert row.state == "good", (cell, said(row))
        assert (row.values["birth"].year, row.values["birth"].day) == (1998, day), cell
    for cell in ("31/02/1998", "14/13/1998", "abc", "14/03/2030", True, 0.5, 9e9):
        assert one(session, birth=cell).state == "bad", cell


def test_a_workbook_that_counts_from_1904_is_read_by_its_own_count(session: Session) -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"date_1904": True})
    sheet, look = book.add_worksheet(), book.add_format({"num_format": "dd/mm/yyyy"})
    heads = ["Họ tên", "Ngày sinh", "SĐT", "Đồng ý", "Ngày đồng ý", "Cách đồng ý", "Bằng chứng"]
    sheet.write_row(0, 0, heads)
    for at, number in enumerate((34406, 34407)):
        sheet.write_row(
            at + 1, 0, [f"Lê Văn {'AB'[at]}", None, f"091234567{at}", "x", None, "giấy", "số 1"]
        )
        sheet.write_number(at + 1, 1, number, look if at else None)
        sheet.write_datetime(at + 1, 4, dt.datetime(2026, 11, 2), look)  # noqa: DTZ001
    book.close()
    rows = checked(session, out.getvalue()).rows
    assert [row.values["birth"].day for row in rows] == [
        dt.date(1998, 3, 14), dt.date(1998, 3, 15),
    ]  # fmt: skip
    assert rows[0].values["consent_on"] == dt.date(2026, 11, 2)


def test_an_offices_own_list_is_understood(session: Session) -> None:
    heads = ["Danh sách người lao động", None]
    named = ["TT", "HỌ VÀ TÊN", "Năm sinh", "Nam/Nữ", "CMND/CCCD", "Ghi chú:",
             "Điện thoại (di động)",
             "Nơi ở hiện nay", "Trình độ văn hoá", "Đồng ý*", "Ngày ký", "Hình thức đồng ý",
             "Số phiếu đồng ý"]  # fmt: skip
    row = [1, "ĐỖ THỊ QUYÊN", 1990, "nữ", "", None, 987654321,
           "Thị trấn Cát Bà, huyện Cát Hải, Hải Phòng",
           "12/12", "x", "1/11/2026", "giấy", 15]  # fmt: skip
    rows = checked(session, bare(heads, [], named, row)).rows
    assert len(rows) == 1
    values = rows[0].values
    assert rows[0].state == "good", said(rows[0])
    assert values["full_name"] == "Đỗ Thị Quyên"
    assert values["current_commune"] == "11914"
    assert values["general_education"] == "thpt"
    assert any("Địa danh cũ" in text for text in said(rows[0]))


def test_decomposed_letters_and_odd_blanks_are_the_same_words(session: Session) -> None:
    cells = {
        name: unicodedata.normalize("NFD", value).replace(" ", "\u00a0")
        if isinstance(value, str) else value
        for name, value in PERSON.items()
    }  # fmt: skip
    row = checked(session, filled(session, PEOPLE, [cells])).rows[0]
    assert row.state == "good", said(row)
    assert row.values["full_name"] == PERSON["full_name"]
    plain = checked(session, filled(session, PEOPLE, [PERSON])).rows[0]
    assert row.mark == plain.mark


NO_CONSENT = [
        {"consent_register": "Không"}, {"consent_register": ""}, {"consent_on": ""},
        {"consent_way": ""}, {"consent_on": "01/01/2099"}, {"consent_evidence": ""},
]  # fmt: skip


def test_nobody_without_a_proved_yes_is_good(session: Session) -> None:
    for cells in NO_CONSENT:
        assert one(session, **cells).state == "bad", cells


def test_the_same_people_are_seen_within_the_file_and_in_the_register(
    session: Session, make_seeker: Any, make_person: Any
) -> None:
    make_seeker(person={"full_name": "Trần Văn Chiến", "id_number": "031098000001",
                        "birth_date": dt.date(1998, 3, 14)})  # fmt: skip
    make_person(full_name="Phạm Thị Mỹ Duyên", birth_date=dt.date(1999, 9, 9), birth_year=1999,
                phone="+84911111111")  # fmt: skip
    session.flush()
    base = PERSON | {"id_number": ""}
    rows = [
        base | {"full_name": "Trần Văn Chiến", "id_number": "031098000001", "phone": "0922222222"},
        base | {"full_name": "Pham Thi My Duyen", "birth": "09/09/1999", "phone": "0933333333"},
        base | {"full_name": "Lê Thị Bông", "id_number": "031198005555", "phone": "0944444444"},
        base | {"full_name": "Lê Thị Hoa", "id_number": "031198005555", "phone": "0944444441"},
        base | {"full_name": "Vũ Văn Anh", "birth": "1/1/1985", "phone": "0944444444"},
        base | {"full_name": "Vũ Văn Anh", "birth": "1/1/1985", "phone": "0944444444"},
        base | {"full_name": "Anh Vũ Văn", "birth": "1/1/1985", "phone": "0955555555"},
        base | {"full_name": "Hoàng Minh Tâm", "birth": "2/2/1980", "phone": "0911111111"},
    ]
    found = checked(session, filled(session, PEOPLE, rows)).rows
    assert [row.state for row in found] == [
        "known", "doubtful", "good", "bad", "good", "known", "doubtful", "good",
    ]  # fmt: skip
    assert "CCCD với dòng" in said(found[3])[0]
    assert any("người nhà" in text for text in said(found[4]))
    assert found[6].twins[0][:2] == ("row", 7)
    assert any("người nhà" in text for text in said(found[7]))


def test_firms_and_figures_known_already_are_left_alone(
    session: Session, make_enterprise: Any
) -> None:
    firm = make_enterprise(name="Công ty TNHH Sao Biển", tax_number="0201111111")
    kind = KINDS["enterprises"]
    rows = [
        FIRM | {"tax_number": 201111111}, FIRM | {"name": "CTY TNHH SAO BIỂN"},
        FIRM | {"name": "Chi nhánh Sao Biển 2", "tax_number": "0201111111-001"},
        FIRM | {"name": "Hoa Phượng", "tax_number": "0205555555", "park_code": "Nomura"},
        FIRM | {"name": "Hoa Sen", "tax_number": "0206666666", "park_code": "Sao Hoả"},
    ]  # fmt: skip
    found = checked(session, filled(session, kind, rows), kind).rows
    assert [row.state for row in found] == ["known", "doubtful", "doubtful", "good", "bad"]
    assert firm.name in str(found[0].problems[-1].params)


WRONG = [
        (b"", "trống"), (b"\0" * 900, "trống"), (b"%PDF-1.7 x", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, ".xls kiểu cũ"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "mật khẩu"),
        (b"PK\x03\x04" + b"x" * 50, "hỏng"), (b"<html><table>", "trang web"),
        (b"\xff\xfeH", "bảng mã"), ("Họ\0tên".encode("utf-16"), "không phải tệp Excel"),
        ("Hä tªn,Ngµy".encode("latin-1"), "bảng mã"), (b"MZ\x90\0\x03", "không phải tệp Excel"),
        (b"a" * 13_000_000, "12 MB"), (b"a;b\n" * 25_000, "20.000"), (b";" * 500, "rộng"),
]  # fmt: skip


def test_wrong_files_are_refused_in_clear_words() -> None:
    for data, told in WRONG:
        with pytest.raises(Refused, match=told):
            read(data)


def test_foreign_lists_and_lacking_columns_are_refused_in_clear_words(session: Session) -> None:
    with pytest.raises(Refused, match="tên cột nào quen"):
        checked(session, bare(["SKU", "Price"], ["a", 1]))
    with pytest.raises(Refused, match=r"Thiếu cột: .*Đồng ý lưu hồ sơ"):
        checked(session, bare(["Họ tên", "Ngày sinh"], ["Lê Văn A", "1/1/1990"]))
    with pytest.raises(Refused, match="hai cột"):
        checked(session, bare(["Họ tên", "Tên", "Ngày sinh"], ["a", "b", "c"]))


def test_formulas_where_we_read_are_refused_and_beside_it_not(session: Session) -> None:
    formula = PERSON | {"phone": '=HYPERLINK("http://evil.example","x")'}
    with pytest.raises(Refused, match="công thức ở ô F3"):
        checked(session, filled(session, PEOPLE, [formula]))
    heads = [
        "STT",
        "Họ tên",
        "Ngày sinh",
        "SĐT",
        "Đồng ý",
        "Ngày đồng ý",
        "Cách đồng ý",
        "Bằng chứng",
    ]
    row = ["=ROW()-1", "Lê Văn A", "1/1/1990", "0912345678", "x", "1/11/2026", "giấy", "số 1"]
    assert checked(session, bare(heads, row)).rows[0].state == "good"
    text = ";".join(heads) + "\n" + ";".join([*row[:7], "=cmd|' /C calc'!A0"])
    with pytest.raises(Refused, match="công thức ở ô H2"):
        checked(session, text.encode())


def test_semicolons_commas_and_tabs_part_a_csv_file(session: Session) -> None:
    heads = ["Họ tên", "Ngày sinh", "SĐT", "Đồng ý", "Ngày đồng ý", "Cách đồng ý", "Bằng chứng"]
    row = ["Lê Văn Á", "1/1/1990", "912345678", "x", "1/11/2026", "giấy", "số 1"]
    for mark in ";,\t":
        for how in ("utf-8", "utf-8-sig", "utf-16"):
            data = (mark.join(heads) + "\r\n" + mark.join(row) + "\r\n").encode(how)
            found = checked(session, data).rows
            assert [r.state for r in found] == ["good"], said(found[0])


def test_every_kind_offers_values_that_it_understands(session: Session) -> None:
    known = lists(session)
    for kind in KINDS.values():
        for field in kind.fields:
            if field.of:
                assert known.codes(field.of), (kind.code, field.name)
        heads = [head for one in kind.fields for head in (one.label, *one.aliases)]
        folded = {h: heads.count(h) for h in heads}
        assert all(count == 1 for count in folded.values()), (kind.code, folded)
    assert [letters(at) for at in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
