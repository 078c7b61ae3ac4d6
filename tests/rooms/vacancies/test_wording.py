"""What in a vacancy's text may discriminate, and what must not be taken for it."""

from __future__ import annotations

import unicodedata

import pytest

from jobcenter.kernel.vietnamese import fold, nfc
from jobcenter.vacancies.choices import FlagKind
from jobcenter.vacancies.postings import flag_discrimination

DEMANDS = [
    ("Nữ, 18-35 tuổi, mắt không cận", {"sex", "age"}),
    ("- Giới tính: Nam", {"sex"}),
    ("Giới tính : Nữ; Độ tuổi: Dưới 50", {"sex", "age"}),
    ("Chỉ tuyển nam", {"sex"}),
    ("Ưu tiên ứng viên nữ", {"sex"}),
    ("Ưu tiên Nam.", {"sex"}),
    ("Tuyển gấp 30 công nhân nữ", {"sex"}),
    ("Kế toán kho (tuyển nữ)", {"sex"}),
    ("Nữ từ 30 đến 50 tuổi", {"sex", "age"}),
    ("Đứng máy nặng, tuổi từ 24 – 41, Nam giới.", {"sex", "age"}),
    ("Nam 18-30", {"sex", "age"}),
    ("Nam/nữ: nam", {"sex"}),
    ("Gender: Female only, shift B", {"sex"}),
    ("Male, age under 35", {"sex", "age"}),
    ("Nam/Nữ từ 22 - 38 tuổi", {"age"}),
    ("Nam, nữ độ tuổi dưới 45", {"age"}),
    ("Tuổi: từ 33t trở lên", {"age"}),
    ("Không quá 40 tuổi", {"age"}),
    ("Sinh năm 1990 đến 2005", {"age"}),
    ("年龄24-39岁", {"age"}),
    ("Aged 25 to 30 years old", {"age"}),
    ("Ưu tiên hộ khẩu Hải Phòng", {"origin"}),
    ("Không tuyển người tỉnh Thanh Hoá", {"origin"}),
    ("Ưu tiên người địa phương", {"origin"}),
    ("Ưu tiên thợ là người Hải Dương", {"origin"}),
    ("Nói giọng miền Bắc", {"origin"}),
    ("Ngoại hình sáng sủa", {"looks"}),
    ("Cao từ 1m65, không xăm trổ", {"looks"}),
    ("Good-looking, friendly", {"looks"}),
    ("Chưa lập gia đình", {"marital"}),
    ("Không mang thai, không vướng bận con nhỏ", {"maternity", "marital"}),
    ("Cam kết chưa sinh con trong 2 năm đầu", {"maternity"}),
    ("Chưa có thai, có que thử thai khi nộp hồ sơ", {"maternity"}),
    ("Không bị dị tật, chân tay lành lặn", {"disability"}),
    ("Không nhận người khuyết tật", {"disability", "origin"}),
    ("Không nói ngọng, nói lắp", {"disability"}),
    ("Không viêm gan B", {"health"}),
    ("Không mắc bệnh truyền nhiễm, HIV", {"health"}),
    ("Không có tiền sử bệnh tim", {"health"}),
    ("Xét nghiệm viêm gan B âm tính", {"health"}),
    ("HIV: âm tính", {"health"}),
    ("Free from hepatitis B", {"health"}),
    ("Không theo đạo", {"religion"}),
    ("Tôn giáo: không", {"religion"}),
    ("Chỉ tuyển người theo đạo Phật giáo", {"religion"}),
    ("Không tham gia công đoàn", {"union"}),
    ("Không gia nhập tổ chức công đoàn", {"union"}),
    ("Đủ 18 tuổi trở lên", {"legal-age"}),
    ("Nam nữ từ 18 tuổi trở lên", {"legal-age"}),
    ("Từ 18 đến 35 tuổi", {"age"}),
]
HARMLESS = [
    "Công ty TNHH Việt Nam",
    "Làm việc tại Nam Định hoặc Hà Nam",
    "Phụ trách khu vực miền Nam",
    "Kỹ sư nữ hộ sinh",
    "Vận hành máy nữ trang",
    "Tuyển công nhân cho KCN Nam Đình Vũ và KCN Nam Cầu Kiền",
    "Tuyển 5 lái xe chạy tuyến Nam Cường",
    "Bán thời trang nữ, giày nam",
    "Không phân biệt nam nữ",
    "Không phân biệt giới tính, tuổi tác",
    "Nam/Nữ đều được",
    "Có 2 năm kinh nghiệm, 05 năm gắn bó",
    "Độ tuổi: Không giới hạn tuổi",
    "Giữ tuổi thọ khuôn dập",
    "Quà cho con dưới 15 tuổi của công nhân",
    "Dạy trẻ từ 16 tuổi",
    "Hồ sơ gồm: sổ hộ khẩu photo, giấy khám sức khoẻ",
    "Quà Tết cho công nhân đã lập gia đình",
    "Lao động nữ được nghỉ 30 phút mỗi ngày",
    "Không yêu cầu ngoại hình",
    "Kiểm tra hình thức bao bì",
    "Là người trung thực, chăm chỉ",
    "Lương tăng 18 - 25%",
    "Gender: Any",
    "Sức khoẻ tốt, có giấy khám sức khoẻ",
    "Khám sức khoẻ định kỳ tại bệnh viện",
    "Không có bệnh viện gần công ty nên có phòng y tế",
    "Không yêu cầu xét nghiệm viêm gan B",
    "Không phân biệt người nhiễm HIV",
    "Ưu tiên người khuyết tật",
    "Có lối đi riêng cho người khuyết tật",
    "Chế độ thai sản theo luật",
    "Không phân biệt tôn giáo",
    "Công đoàn tặng quà Tết, tham gia công đoàn từ tháng đầu",
    "Không tham gia công đoạn sơn",
    "Bảo hiểm bệnh hiểm nghèo",
]


def kinds(text: str) -> set[str]:
    return {flag.kind.value for flag in flag_discrimination(text)}


@pytest.mark.parametrize(("text", "expected"), DEMANDS)
def test_demand_is_flagged_with_its_kind(text: str, expected: set[str]) -> None:
    assert kinds(text) == expected


@pytest.mark.parametrize("text", HARMLESS)
def test_harmless_wording_is_left_alone(text: str) -> None:
    assert kinds(text) == set()


@pytest.mark.parametrize(("text", "expected"), DEMANDS)
def test_decomposed_and_capital_letters_read_the_same(text: str, expected: set[str]) -> None:
    assert kinds(unicodedata.normalize("NFD", text)) == expected
    assert kinds(text.upper()) == expected


@pytest.mark.parametrize(("text", "expected"), [d for d in DEMANDS if d[0].isascii() is False])
def test_text_typed_without_accents_reads_the_same(text: str, expected: set[str]) -> None:
    assert kinds(fold(text)) == expected


@pytest.mark.parametrize(
    "text",
    ["co 2 nam kinh nghiem", "lam viec tai viet nam", "hang nam tang luong", "khu vuc mien nam"],
)
def test_unaccented_years_and_places_are_no_sex(text: str) -> None:
    assert kinds(text) == set()


def test_flag_says_where_it_stands_in_the_composed_text() -> None:
    text = unicodedata.normalize(
        "NFD", "Lắp ráp linh kiện.\n- Ưu tiên nữ, nhanh nhẹn\nTuổi từ 18-35"
    )
    for flag in flag_discrimination(text, field="requirement"):
        assert nfc(text)[flag.start : flag.end] == flag.excerpt
        assert flag.field == "requirement"
    assert [f.kind for f in flag_discrimination(text)] == [FlagKind.SEX, FlagKind.AGE]


@pytest.mark.parametrize("unit", ["nam nữ ", "tuổi : ", "18 ", "không ", "(", "Nam A ", "cao 1m"])
def test_long_lines_are_read_in_time_that_grows_with_their_length(unit: str) -> None:
    assert flag_discrimination((unit * 8000)[:40_000]) is not None
