"""What notices of the school say, in both languages."""

from __future__ import annotations

from jobcenter.kernel.words import N_
from jobcenter.notices.wording import Template, Text

OF_SCHOOL = (
    Template(
        code="class-offer",
        label=N_("Mời vào lớp học nghề, giữ chỗ"),
        vi=Text(
            "Có chỗ trong lớp %(course)s",
            "Đến lượt bạn vào lớp %(course)s, khai giảng %(starts)s. Chỗ được giữ đến %(until)s: "
            "mở trang của bạn để nhận, hoặc gọi nhà trường.",
            "Co cho lop %(course)s, giu den %(until)s. Nhan lai hoac goi truong.",
        ),
        en=Text(
            "A place in the class %(course)s",
            "It is your turn to join the class %(course)s, which starts on %(starts)s. The place "
            "is held until %(until)s: accept it on your page or call the school.",
            "A place in %(course)s is held until %(until)s. Reply or call the school.",
        ),
        params={
            "course": "Sơ cấp Điện công nghiệp K12",
            "starts": "05/10/2026",
            "until": "17:00 02/10/2026",
        },
        is_urgent=True,
    ),
    Template(
        code="class-session-cancelled",
        label=N_("Buổi học nghỉ"),
        vi=Text(
            "Lớp %(course)s nghỉ buổi %(from)s ngày %(day)s",
            "Lớp %(course)s nghỉ buổi %(from)s ngày %(day)s: %(why)s. Lịch học bù có trên trang "
            "của bạn khi trường xếp xong.",
            "Lop %(course)s nghi buoi %(from)s ngay %(day)s.",
        ),
        en=Text(
            "The class %(course)s does not meet on %(day)s at %(from)s",
            "The session of %(course)s on %(day)s at %(from)s does not take place: %(why)s. The "
            "make-up session stands on your page as soon as it is fixed.",
            "%(course)s: no session on %(day)s at %(from)s.",
        ),
        params={
            "course": "May công nghiệp K9",
            "day": "02/12/2026",
            "from": "18:00",
            "why": "Mất điện",
        },
        is_urgent=True,
    ),
    Template(
        code="class-session-moved",
        label=N_("Buổi học đổi giờ, đổi chỗ"),
        vi=Text(
            "Lớp %(course)s đổi buổi học sang %(after)s",
            "Buổi học %(before)s của lớp %(course)s chuyển sang %(after)s, tại %(place)s.",
            "Lop %(course)s: buoi %(before)s chuyen sang %(after)s, tai %(place)s.",
        ),
        en=Text(
            "A session of %(course)s is moved to %(after)s",
            "The session of %(course)s on %(before)s is moved to %(after)s, at %(place)s.",
            "%(course)s: session %(before)s moved to %(after)s, at %(place)s.",
        ),
        params={
            "course": "May công nghiệp K9",
            "before": "18:00 02/12/2026",
            "after": "18:00 05/12/2026",
            "place": "Xưởng may",
        },
        is_urgent=True,
    ),
    Template(
        code="class-moved",
        label=N_("Lớp đổi ngày khai giảng"),
        vi=Text(
            "Lớp %(course)s khai giảng ngày %(after)s",
            "Lớp %(course)s khai giảng ngày %(after)s, không phải %(before)s. Không học được "
            "ngày mới thì mở trang của bạn để rút đơn, hoặc gọi nhà trường.",
            "Lop %(course)s khai giang %(after)s, khong phai %(before)s.",
        ),
        en=Text(
            "The class %(course)s starts on %(after)s",
            "The class %(course)s starts on %(after)s instead of %(before)s. If that does not "
            "suit you, withdraw on your page or call the school.",
            "%(course)s starts on %(after)s, not %(before)s.",
        ),
        params={"course": "May công nghiệp K10", "before": "09/12/2026", "after": "16/12/2026"},
    ),
    Template(
        code="class-cancelled",
        label=N_("Lớp không mở"),
        vi=Text(
            "Lớp %(course)s không mở",
            "Lớp %(course)s, dự kiến khai giảng %(starts)s, không mở: %(why)s. Trên trang của bạn "
            "có các lớp khác đang nhận người.",
            "Lop %(course)s khong mo. Xem lop khac tren trang cua ban hoac goi truong.",
        ),
        en=Text(
            "The class %(course)s does not take place",
            "The class %(course)s, planned from %(starts)s, does not take place: %(why)s. Your "
            "page shows other classes that take people.",
            "%(course)s does not take place. See other classes or call the school.",
        ),
        params={"course": "May công nghiệp K10", "starts": "09/12/2026", "why": "Không đủ người"},
    ),
)
