"""What people in the parks do: trades with the words that shop floors use for them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Trade:
    """One trade: occupation code, titles, skills, duties, demands, monthly pay in million VND."""

    code: str
    share: float
    titles: tuple[str, ...]
    skills: tuple[str, ...]
    duties: tuple[str, ...]
    pay: tuple[float, float]
    sector: str
    certificate: str | None = None
    field: str = ""


TRADES = (
    Trade(
        "8202",
        0.24,
        (
            "Công nhân lắp ráp điện tử",
            "CN lắp ráp linh kiện",
            "Thợ lắp ráp bản mạch",
            "Công nhân sản xuất điện tử",
        ),
        (
            "hàn thiếc bằng tay",
            "cắm linh kiện",
            "kiểm tra ngoại quan",
            "dùng kính hiển vi",
            "bắn vít",
            "vận hành máy SMT",
            "đọc tem mã",
            "thao tác phòng sạch",
            "dán băng dẫn nhiệt",
        ),
        (
            "cắm linh kiện lên bản mạch theo chuyền",
            "kiểm tra ngoại quan màn hình",
            "bắn vít vỏ máy",
            "cấp liệu cho máy dán linh kiện",
            "ghi phiếu theo dõi công đoạn",
        ),
        (7.6, 12.5),
        "Điện tử",
    ),
    Trade(
        "8153",
        0.17,
        ("Công nhân may công nghiệp", "Thợ may", "CN may", "Thợ may áo sơ mi"),
        (
            "may 1 kim",
            "may 2 kim",
            "vắt sổ",
            "máy chần đè",
            "máy thùa khuy",
            "tra cổ",
            "tra tay",
            "may túi",
            "sửa máy may đơn giản",
        ),
        (
            "may các công đoạn áo trên chuyền",
            "tra cổ, tra tay áo sơ mi",
            "vắt sổ sườn quần",
            "may mẫu cho chuyền",
            "làm tổ trưởng chuyền may",
        ),
        (7.4, 12.0),
        "Dệt may",
    ),
    Trade(
        "8156",
        0.06,
        ("Công nhân may giày", "Công nhân đóng giày", "Thợ gò giày"),
        ("máy trụ", "máy bàn", "quét keo", "gò mũi", "chặt da", "may mũ giày"),
        ("may mũ giày bằng máy trụ", "quét keo và ép đế", "chặt da theo dao mẫu"),
        (7.2, 11.5),
        "Da giày",
    ),
    Trade(
        "8142",
        0.06,
        ("Công nhân vận hành máy ép nhựa", "CN ép nhựa", "Thợ ép phun nhựa"),
        ("vận hành máy ép phun", "thay khuôn", "cắt ba via", "pha hạt nhựa", "cài thông số máy ép"),
        (
            "đứng máy ép phun, lấy và cắt ba via sản phẩm",
            "thay khuôn và chạy thử",
            "sấy và cấp hạt nhựa",
        ),
        (7.8, 12.5),
        "Nhựa",
    ),
    Trade(
        "9321",
        0.09,
        ("Công nhân đóng gói", "Nhân viên đóng gói", "Lao động phổ thông đóng gói"),
        ("đóng thùng", "dán tem", "quấn màng", "kiểm đếm", "dùng máy đai thùng"),
        ("đóng gói, dán tem, xếp thùng lên pa lét", "kiểm đếm hàng trước khi nhập kho"),
        (6.8, 10.0),
        "Hàng tiêu dùng",
    ),
    Trade(
        "9329",
        0.10,
        ("Lao động phổ thông", "Công nhân sản xuất", "Lao động thời vụ"),
        ("làm theo chuyền", "vệ sinh máy", "bốc hàng nhẹ", "chịu khó", "đứng máy"),
        ("phụ máy, cấp liệu và dọn khu sản xuất", "làm các việc theo tổ trưởng phân công"),
        (6.5, 9.8),
        "Sản xuất chung",
    ),
    Trade(
        "7543",
        0.07,
        ("Nhân viên kiểm hàng", "Nhân viên QC", "KCS chuyền", "Nhân viên kiểm tra chất lượng"),
        (
            "dùng thước cặp",
            "đọc bản vẽ đơn giản",
            "lập biên bản lỗi",
            "kiểm ngoại quan",
            "5S",
            "dùng panme",
        ),
        (
            "kiểm tra chất lượng đầu chuyền và cuối chuyền",
            "đo kích thước bằng thước cặp, panme",
            "lập báo cáo lỗi hằng ngày",
        ),
        (8.0, 13.0),
        "Điện tử",
    ),
    Trade(
        "7212",
        0.04,
        ("Thợ hàn", "Thợ hàn MIG", "Thợ hàn TIG", "Công nhân hàn kết cấu"),
        ("hàn MIG", "hàn TIG", "hàn que", "hàn 3G", "đọc bản vẽ kết cấu", "cắt gió đá", "mài"),
        ("hàn kết cấu thép theo bản vẽ", "hàn đường ống bằng TIG", "gá và mài mối hàn"),
        (10.0, 18.0),
        "Cơ khí",
        "Chứng chỉ hàn 3G",
        "Hàn",
    ),
    Trade(
        "7223",
        0.04,
        ("Thợ CNC", "Thợ tiện CNC", "Thợ vận hành máy phay", "Nhân viên vận hành CNC"),
        (
            "vận hành CNC",
            "đọc bản vẽ cơ khí",
            "gá phôi",
            "lập trình Fanuc",
            "dùng panme",
            "tiện vạn năng",
        ),
        ("vận hành máy tiện CNC, gá phôi, đo kiểm", "sửa chương trình gia công đơn giản"),
        (10.0, 17.0),
        "Cơ khí",
        None,
        "Cắt gọt kim loại",
    ),
    Trade(
        "7411",
        0.03,
        ("Thợ điện", "Nhân viên bảo trì điện", "Kỹ thuật viên điện công nghiệp"),
        ("đấu tủ điện", "sửa động cơ", "đọc sơ đồ điện", "lập trình PLC cơ bản", "đo kiểm điện"),
        ("bảo trì tủ điện và động cơ của xưởng", "đấu nối tủ điều khiển", "trực điện theo ca"),
        (10.0, 17.0),
        "Cơ khí",
        "Thẻ an toàn điện",
        "Điện công nghiệp",
    ),
    Trade(
        "4321",
        0.03,
        ("Nhân viên kho", "Thủ kho", "Nhân viên xuất nhập kho"),
        ("nhập liệu Excel", "kiểm kê", "sắp xếp kho", "phần mềm kho", "lập phiếu xuất nhập"),
        ("lập phiếu xuất nhập, kiểm kê tồn kho", "sắp xếp vật tư theo vị trí"),
        (8.0, 13.0),
        "Kho vận",
    ),
    Trade(
        "8344",
        0.03,
        ("Lái xe nâng", "Nhân viên lái xe nâng", "Thợ lái xe nâng điện"),
        ("lái xe nâng điện", "lái xe nâng dầu", "xếp pa lét", "nâng hàng container"),
        ("lái xe nâng xếp hàng trong kho và lên container", "kiểm tra xe nâng đầu ca"),
        (9.0, 14.0),
        "Kho vận",
        "Chứng chỉ vận hành xe nâng",
    ),
    Trade(
        "2643",
        0.02,
        ("Phiên dịch tiếng Hàn", "Phiên dịch tiếng Trung", "Phiên dịch tiếng Nhật"),
        ("phiên dịch cuộc họp", "dịch tài liệu kỹ thuật", "soạn thư", "tin học văn phòng"),
        ("phiên dịch cho chuyên gia tại xưởng", "dịch tài liệu kỹ thuật và biên bản họp"),
        (13.0, 24.0),
        "Điện tử",
        None,
        "Ngôn ngữ",
    ),
    Trade(
        "4110",
        0.02,
        ("Nhân viên văn phòng", "Nhân viên hành chính nhân sự", "Nhân viên kế toán kho"),
        ("soạn thảo văn bản", "nhập liệu Excel", "chấm công", "làm hồ sơ BHXH", "lưu trữ"),
        ("chấm công, làm hồ sơ bảo hiểm", "soạn văn bản và nhập số liệu"),
        (8.0, 13.0),
        "Sản xuất chung",
        None,
        "Quản trị kinh doanh",
    ),
)


def known(codes: frozenset[str]) -> tuple[Trade, ...]:
    """Return the trades whose occupation codes the catalogue holds."""
    return tuple(trade for trade in TRADES if trade.code in codes)
