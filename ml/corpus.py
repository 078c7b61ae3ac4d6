"""An invented labour market of any size, for measuring speed. Deterministic for a seed.

Texts are put together from short own phrases (verb, object, manner) of thirty trades, chosen with
Zipf-like weights, with made-up product names as the long tail. Match *quality* cannot be learned
from it; it only has the size, the repetition and the structured fields of real files.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np

from ml.documents import GENERAL_EDUCATION, QUALIFICATIONS, Profile, Vacancy

_TRADES = (
    ("8212", "Công nhân lắp ráp điện tử", "bo mạch|linh kiện|dây nối|màn hình|vỏ máy|loa|cảm biến"),
    ("8153", "Công nhân may", "thân áo|cổ áo|túi quần|khóa kéo|vải dệt kim|chuyền may|máy một kim"),
    ("8156", "Công nhân giày da", "mũ giày|đế giày|da thuộc|keo dán|khuôn giày|dây chuyền gò"),
    ("8142", "Công nhân ép nhựa", "máy ép|khuôn nhựa|hạt nhựa|bavia|sản phẩm nhựa|phễu sấy"),
    ("8141", "Công nhân cao su", "lò lưu hóa|cao su|lốp xe|gioăng|máy cán|khuôn lốp"),
    ("7223", "Thợ vận hành CNC", "máy phay|máy tiện|dao cắt|chi tiết trục|bản vẽ cơ khí|đồ gá"),
    ("7212", "Thợ hàn", "mối hàn|khung thép|que hàn|ống áp lực|kết cấu thép|bình khí"),
    ("7132", "Thợ sơn", "buồng sơn|bề mặt|súng phun|sơn tĩnh điện|lớp lót|hóa chất tẩy"),
    ("7411", "Thợ điện công nghiệp", "tủ điện|động cơ|cáp điện|biến tần|đường dây|cầu dao"),
    ("7233", "Thợ bảo trì máy", "băng tải|vòng bi|hộp số|máy nén khí|bơm dầu|xi lanh"),
    ("7543", "Nhân viên kiểm hàng QC", "mẫu thử|lỗi ngoại quan|phiếu kiểm|thước cặp|lô hàng"),
    ("4321", "Nhân viên kho", "phiếu nhập|kệ hàng|hàng tồn|mã vạch|phiếu xuất|pallet"),
    ("8344", "Lái xe nâng", "xe nâng|container|bãi hàng|càng nâng|hàng cuộn|ắc quy"),
    ("8332", "Lái xe tải", "xe đầu kéo|rơ moóc|lệnh vận chuyển|tuyến cảng|nhật trình|hàng rời"),
    ("9321", "Công nhân đóng gói", "thùng carton|tem nhãn|màng co|hộp quà|dây đai|túi khí"),
    ("9329", "Lao động phổ thông", "phế liệu|xưởng sản xuất|bán thành phẩm|xe đẩy|khay hàng"),
    ("9333", "Công nhân bốc xếp", "bao hàng|hầm tàu|cầu cảng|kiện gỗ|hàng đông lạnh"),
    ("3122", "Tổ trưởng sản xuất", "kế hoạch ca|năng suất tổ|báo cáo ngày|họp đầu ca"),
    ("3114", "Kỹ thuật viên điện tử", "máy hiện sóng|chương trình nạp|mạch nguồn|máy SMT"),
    ("2643", "Phiên dịch tiếng Hàn", "cuộc họp|tài liệu kỹ thuật|chuyên gia|biên bản|thư điện tử"),
    ("5120", "Nhân viên bếp", "suất ăn|thực phẩm tươi|bếp công nghiệp|thực đơn|mẫu lưu"),
    ("5414", "Nhân viên bảo vệ", "cổng chính|sổ trực|xe ra vào|camera|thẻ khách|hàng rào"),
    ("9112", "Nhân viên vệ sinh", "sàn xưởng|nhà ăn|rác thải|hóa chất lau|văn phòng"),
    ("4311", "Kế toán kho", "hóa đơn|sổ chi tiết|giá thành|công nợ|phần mềm kế toán"),
    ("2141", "Kỹ sư sản xuất", "quy trình|nhịp chuyền|bản vẽ bố trí|tiêu chuẩn thao tác|mẫu mới"),
    ("2151", "Kỹ sư điện", "sơ đồ điện|trạm biến áp|hệ thống chiếu sáng|phụ tải|thiết bị đóng cắt"),
    ("3257", "Nhân viên an toàn lao động", "biển báo|diễn tập|bảo hộ|đánh giá rủi ro"),
    ("4323", "Nhân viên điều phối", "chuyến xe|lịch tàu|tờ khai|đơn hàng xuất|lệnh giao hàng"),
    ("7523", "Thợ mộc máy", "ván ép|máy bào|cửa gỗ|nội thất|keo gỗ|giấy nhám"),
    ("8131", "Công nhân hóa chất", "bồn trộn|mẻ hàng|dung môi|van an toàn|bảng công thức"),
)  # fmt: skip


def _split(text: str, by: str = "|") -> tuple[str, ...]:
    return tuple(text.split(by))


_VERBS = _split(
    "vận hành|kiểm tra|lắp|sửa|lau|đo|ghi|chuẩn bị|đóng|chuyển|xếp|giám sát|điều chỉnh|thay|"
    "phân loại|kiểm đếm|bảo dưỡng|nhận|giao|theo dõi|hướng dẫn|làm sạch|cắt|nối"
)
_MANNERS = _split(
    "theo phiếu công việc|trước khi giao ca|đúng quy định an toàn|bằng tay|theo bản vẽ|"
    "trong ca đêm|hàng ngày|khi có yêu cầu|cùng tổ trưởng|theo hướng dẫn|đạt định mức|"
    "và báo lại khi có lỗi|tại xưởng mới|cho khách nước ngoài|trên dây chuyền tự động|"
    "với tốc độ cao|nhiều năm liền|ở nhà máy cũ|sau khi được đào tạo|cẩn thận"
)
_ONSETS = _split("b c ch d đ g h kh l m n ng nh ph qu r s t th tr v x", " ")
_NUCLEI = _split(
    "a á à ả ạ ă ắ â ấ ậ e é ẹ ê ế ề i í ị o ó ỏ ô ố ộ ơ ớ u ú ụ ư ứ ươ ướ iê iế uô uố", " "
)  # fmt: skip
_CODAS = ("", "n", "ng", "m", "t", "c", "i")
_TRADE_WORDS, _COMMON_WORDS = 1_500, 8_000
_PARKS = tuple(f"KCN-{number:02d}" for number in range(1, 15))
_SHIFTS = ("office", "two-shift-12h", "three-shift-8h", "night")
_PAPERS = ("Giấy phép lái xe nâng", "Chứng chỉ hàn 3G", "GPLX hạng C")
_START = date(2026, 1, 5)
N_COMMUNES = 114


class Market:
    """Draws people and vacancies; the same seed and order of calls give the same ones."""

    def __init__(self, *, seed: int = 1) -> None:
        self._random = np.random.default_rng(seed)
        self._syllables = [a + b + c for a in _ONSETS for b in _NUCLEI for c in _CODAS]
        self._phrases = [self._bank(objects.split("|")) for _, _, objects in _TRADES]
        self._words = [self._coined(_TRADE_WORDS) for _ in _TRADES]
        self._common = self._coined(_COMMON_WORDS)
        size = 1 / np.arange(1, len(_TRADES) + 1) ** 0.7
        self._trade_share = size / size.sum()
        centre = self._random.uniform((20.6, 106.2), (21.0, 106.8), size=(N_COMMUNES, 2))
        self._centres = np.round(centre, 5).tolist()

    def profiles(self, count: int) -> Iterator[Profile]:
        """People numbered from 1."""
        for number in range(1, count + 1):
            yield self._profile(f"P{number:07d}")

    def vacancies(self, count: int) -> Iterator[Vacancy]:
        """Vacancies numbered from 1."""
        for number in range(1, count + 1):
            yield self._vacancy(f"V{number:05d}")

    def _bank(self, objects: list[str]) -> list[str]:
        triples = [f"{v} {o} {m}" for v in _VERBS for o in objects for m in _MANNERS]
        chosen = self._random.choice(len(triples), size=400, replace=False)
        return [triples[i] for i in chosen]

    def _trade(self) -> int:
        return int(self._random.choice(len(_TRADES), p=self._trade_share))

    def _coined(self, count: int) -> list[str]:
        """Words of two made-up syllables, the frequent ones first."""
        chosen = self._random.integers(0, len(self._syllables), size=(count, 2)).tolist()
        return [f"{self._syllables[a]} {self._syllables[b]}" for a, b in chosen]

    def _text(self, trade: int, phrases: int) -> str:
        """Two phrases of words coined for the trade and for all, then one of the trade's own."""
        draw = self._random.random((phrases, 4))
        known, own, common = self._phrases[trade], self._words[trade], self._common
        parts = []
        for i, (first, second, third, fourth) in enumerate(draw.tolist()):
            if i % 3 == 2:
                parts.append(known[int(len(known) * first**2)])
                continue
            for mine, shared in ((first, second), (third, fourth)):
                parts.append(own[int(_TRADE_WORDS * mine**3)])
                parts.append(common[int(_COMMON_WORDS * shared**3)])
        return ", ".join(parts)

    def _maybe(self, value: object, share: float = 0.75) -> object:
        return value if self._random.random() < share else None

    def _place(self) -> dict[str, object]:
        at = min(int(self._random.exponential(30)), N_COMMUNES - 1)
        lat, lon = self._centres[at]
        return {"commune": f"{10_000 + at}", "lat": lat, "lon": lon}

    def _of(self, values: tuple[str, ...], most: int) -> list[str]:
        count = int(self._random.integers(0, most + 1))
        chosen = self._random.choice(len(values), size=count, replace=False)
        return [values[i] for i in chosen]

    def _profile(self, id_: str) -> Profile:
        random, trade = self._random, self._trade()
        wishes = [trade, *(self._trade() for _ in range(int(random.integers(0, 3))))]
        return Profile.from_dict({
            "id": id_, "title": _TRADES[trade][1], "wishes": [_TRADES[w][1] for w in wishes],
            "skills": self._text(trade, 3), "experience": self._text(trade, 11),
            "occupations": [_TRADES[w][0] for w in wishes], **self._place(),
            "general_education": self._maybe(GENERAL_EDUCATION[int(random.triangular(0, 3, 3))]),
            "qualification": self._maybe(QUALIFICATIONS[int(random.integers(0, 4))], 0.4),
            "years_experience": self._maybe(int(random.integers(0, 20))),
            "certificates": self._of(_PAPERS, 2),
            "languages": self._of(("en", "ko", "zh", "ja"), 1), "parks": self._of(_PARKS, 3),
            "pay_min": self._maybe(int(random.integers(60, 150)) * 100_000),
            "shifts": self._of(_SHIFTS, 4),
            "available_on": self._maybe(_START + timedelta(days=int(random.integers(0, 90)))),
            "needs_bus": self._maybe(bool(random.random() < 0.4)),
            "needs_dormitory": self._maybe(bool(random.random() < 0.2)),
            "tags": ["open"] if random.random() < 0.51 else [],
        })  # fmt: skip

    def _vacancy(self, id_: str) -> Vacancy:
        random, trade = self._random, self._trade()
        pay = int(random.integers(70, 130)) * 100_000
        return Vacancy.from_dict({
            "id": id_, "title": _TRADES[trade][1], "description": self._text(trade, 10),
            "requirement": self._text(trade, 10), "headcount": int(random.integers(1, 60)),
            "occupation": _TRADES[trade][0], **self._place(),
            "park": _PARKS[int(random.integers(0, 14))],
            "general_education": self._maybe("thcs"), "years_experience": self._maybe(2, 0.5),
            "certificates": self._of(_PAPERS[:1], 1), "pay_min": pay,
            "pay_max": pay + 2_000_000, "shift": _SHIFTS[int(random.integers(0, 4))],
            "start_on": _START + timedelta(days=int(random.integers(0, 60))),
            "has_bus": True, "bus_communes": [f"{10_000 + i}" for i in range(0, N_COMMUNES, 3)],
            "has_dormitory": bool(random.random() < 0.5),
        })  # fmt: skip
