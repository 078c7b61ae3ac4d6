"""What notices say, in both languages, with the names of the values in them.

Texts stand here and not in the catalogue: each is read whole by its recipient in the recipient's
language, whoever causes it, and is previewed as a whole.
"""

from __future__ import annotations

from jobcenter.kernel.words import N_
from jobcenter.notices.school_templates import OF_SCHOOL
from jobcenter.notices.wording import Template, Text

_ALL = (
    Template(
        code="invitation",
        label=N_("Mời mở tài khoản"),
        vi=Text(
            "Mời mở tài khoản trên trang việc làm Khu kinh tế Hải Phòng",
            "%(name)s được mời mở tài khoản. Mở liên kết dưới đây và đặt mật khẩu, "
            "liên kết dùng được một lần, đến hết ngày %(until)s.\n\n%(link)s",
            "Moi mo tai khoan: %(link)s (den %(until)s)",
        ),
        en=Text(
            "Invitation to the job service of the Hải Phòng economic zone",
            "%(name)s is invited to open an account. Open the link below and choose a password. "
            "The link works once, until %(until)s.\n\n%(link)s",
            "Open your account: %(link)s (until %(until)s)",
        ),
        params={"name": "Vũ Kim Oanh", "link": "https://…/invitation/…", "until": "01/12/2026"},
        is_urgent=True,
    ),
    Template(
        code="answer-link",
        label=N_("Liên kết trả lời không cần tài khoản"),
        vi=Text(
            "Mời trả lời các ứng viên cho %(title)s",
            "Kính gửi %(name)s, trung tâm đã giới thiệu người cho vị trí %(title)s (%(vacancy)s). "
            "Mở liên kết dưới đây, chọn câu trả lời cho từng người rồi gửi; không cần tài khoản. "
            "Liên kết dùng đến hết ngày %(until)s, xin không chuyển tiếp.\n\n%(link)s",
            "Moi tra loi ung vien %(vacancy)s: %(link)s (den %(until)s)",
        ),
        en=Text(
            "Please answer the candidates for %(title)s",
            "Dear %(name)s, we have put people forward for %(title)s (%(vacancy)s). Open the link "
            "below, choose an answer for each and send; no account is needed. The link works "
            "until %(until)s; please do not pass it on.\n\n%(link)s",
            "Candidates for %(vacancy)s: %(link)s (until %(until)s)",
        ),
        params={
            "name": "Chị Lan",
            "title": "Công nhân may",
            "vacancy": "YC-2026-0007",
            "link": "https://…/answer/…",
            "until": "01/12/2026",
        },
        is_urgent=True,
    ),
    Template(
        code="introduction-asked",
        label=N_("Doanh nghiệp xin giới thiệu"),
        vi=Text(
            "%(firm)s xin giới thiệu một người",
            "%(firm)s xin giới thiệu hồ sơ %(file)s cho vị trí %(vacancy)s. "
            "Hỏi người lao động rồi trả lời doanh nghiệp.",
            "%(firm)s xin gioi thieu %(file)s",
        ),
        en=Text(
            "%(firm)s asks for an introduction",
            "%(firm)s asks to be introduced to file %(file)s for the vacancy %(vacancy)s. "
            "Ask the person, then answer the firm.",
            "%(firm)s asks for %(file)s",
        ),
        params={"firm": "Công ty Bình Minh", "file": "HS-2026-00017", "vacancy": "YC-2026-0007"},
        in_digest=True,
    ),
    Template(
        code="firm-granted",
        label=N_("Doanh nghiệp được mở tài khoản"),
        vi=Text(
            "Tài khoản của %(firm)s đã mở",
            "Trung tâm đã xem yêu cầu và mở tài khoản cho %(firm)s. "
            "Đăng nhập để gửi yêu cầu tuyển.",
            "Tai khoan cua %(firm)s da mo",
        ),
        en=Text(
            "The account of %(firm)s is open",
            "The centre has looked at the request and opened the account of %(firm)s. "
            "Sign in to send recruitment requests.",
            "The account of %(firm)s is open",
        ),
        params={"firm": "Công ty TNHH Bình Minh"},
    ),
    Template(
        code="vacancy-due",
        label=N_("Vị trí tuyển sắp hết hạn"),
        vi=Text(
            "%(vacancy)s hết hạn nhận hồ sơ ngày %(day)s",
            "Vị trí %(title)s (%(vacancy)s) hết hạn nhận hồ sơ ngày %(day)s, còn tuyển %(left)s "
            "người. Gia hạn hoặc đóng.",
            "%(vacancy)s het han %(day)s, con tuyen %(left)s",
        ),
        en=Text(
            "%(vacancy)s stops taking candidates on %(day)s",
            "The vacancy %(title)s (%(vacancy)s) stops taking candidates on %(day)s, openings "
            "left: %(left)s. Extend or close it.",
            "%(vacancy)s ends %(day)s, openings left: %(left)s",
        ),
        params={
            "vacancy": "YC-2026-0007",
            "title": "Công nhân may",
            "day": "01/12/2026",
            "left": "12",
        },
        in_digest=True,
    ),
    *OF_SCHOOL,
    Template(
        code="question",
        label=N_("Hỏi người tìm việc một điều còn thiếu"),
        vi=Text(
            "Trung tâm việc làm hỏi một điều",
            "Chào bạn, để tìm việc hợp hơn, trung tâm cần biết: %(question)s "
            "Trả lời bằng cách nhắn lại, gọi %(phone)s hoặc mở trang của bạn.",
            "Trung tam viec lam hoi: %(question)s Nhan lai hoac goi %(phone)s.",
        ),
        en=Text(
            "A question from the employment service centre",
            "To find jobs that fit you better, the centre would like to know: %(question)s "
            "Reply to this message, call %(phone)s or open your page.",
            "The job centre asks: %(question)s Reply or call %(phone)s.",
        ),
        params={"question": "Đi được ca đêm?", "phone": "0225 3842 111"},
        question=True,
    ),
    Template(
        code="feedback",
        label=N_("Hỏi mức hài lòng"),
        vi=Text(
            "Trung tâm làm như vậy có được không?",
            "Chào bạn, mời bạn cho biết trung tâm phục vụ thế nào. Chỉ một câu, không hỏi tên, "
            "dùng được một lần, đến hết ngày %(until)s.\n\n%(link)s",
            "Moi cham diem trung tam viec lam: %(link)s",
        ),
        en=Text(
            "How did the centre do?",
            "Please say how the employment service centre served you. One question, no name, the "
            "link works once, until %(until)s.\n\n%(link)s",
            "Please rate the job centre: %(link)s",
        ),
        params={"link": "https://…/feedback/…", "until": "01/12/2026"},
    ),
    Template(
        code="placement-check",
        label=N_("Hỏi thăm sau khi nhận việc"),
        vi=Text(
            "Bạn còn làm ở %(firm)s không?",
            "Chào bạn, bạn đi làm ở %(firm)s từ ngày %(day)s. Bạn còn làm ở đó không, công việc có "
            "đúng như đã nói không? Nhắn lại, gọi %(phone)s hoặc mở trang của bạn để trả lời.",
            "Ban con lam o %(firm)s khong? Nhan lai CON hoac NGHI, hoac goi %(phone)s.",
        ),
        en=Text(
            "Do you still work at %(firm)s?",
            "You started at %(firm)s on %(day)s. Are you still there, and is the work as it was "
            "described? Reply to this message, call %(phone)s or open your page.",
            "Do you still work at %(firm)s? Reply YES or NO, or call %(phone)s.",
        ),
        params={"firm": "Công ty Bình Minh", "day": "01/10/2026", "phone": "0225 3842 111"},
    ),
    Template(
        code="appointment",
        label=N_("Lịch hẹn với trung tâm"),
        vi=Text(
            "Hẹn gặp lúc %(time)s ngày %(day)s",
            "Chào bạn, trung tâm hẹn gặp bạn lúc %(time)s ngày %(day)s tại %(place)s, người tiếp "
            "là %(counsellor)s. Không đến được thì gọi %(phone)s để đổi giờ.",
            "Trung tam viec lam hen ban luc %(time)s ngay %(day)s. Doi gio goi %(phone)s.",
        ),
        en=Text(
            "Appointment at %(time)s on %(day)s",
            "You have an appointment at the employment service centre at %(time)s on %(day)s, "
            "%(place)s, with %(counsellor)s. If you cannot come, call %(phone)s.",
            "Appointment at the job centre %(time)s %(day)s. To change it call %(phone)s.",
        ),
        params={
            "time": "09:30",
            "day": "30/11/2026",
            "place": "Trung tâm Dịch vụ việc làm",
            "counsellor": "Trần Thu Hà",
            "phone": "0225 3842 111",
        },
    ),
    Template(
        code="referral-proposed",
        label=N_("Hỏi người lao động về một vị trí"),
        vi=Text(
            "Trung tâm muốn giới thiệu bạn vào %(title)s",
            "Trung tâm muốn giới thiệu bạn vào %(title)s, %(firm)s. Đồng ý thì công ty mới thấy "
            "tên và số điện thoại của bạn. Mở trang của bạn hoặc gọi trung tâm để trả lời.",
            "Moi ban vao %(title)s, %(firm)s. Goi trung tam viec lam de tra loi.",
        ),
        en=Text(
            "The centre would like to put you forward for %(title)s",
            "The centre would like to put you forward for %(title)s at %(firm)s. The company sees "
            "your name and phone only if you agree. Open your page or call the centre to answer.",
            "A job for you: %(title)s, %(firm)s. Call the job centre to answer.",
        ),
        params={"title": "Công nhân may", "firm": "Công ty Bình Minh"},
    ),
    Template(
        code="referral-invited",
        label=N_("Mời người lao động phỏng vấn"),
        vi=Text(
            "%(firm)s hẹn phỏng vấn lúc %(when)s",
            "%(firm)s hẹn bạn phỏng vấn vào %(title)s lúc %(when)s, tại %(place)s. Mang theo phiếu "
            "giới thiệu và CCCD. Không đến được thì báo trung tâm.",
            "%(firm)s hen phong van %(when)s tai %(place)s. Mang phieu gioi thieu, CCCD.",
        ),
        en=Text(
            "%(firm)s invites you to an interview at %(when)s",
            "%(firm)s invites you to an interview for %(title)s at %(when)s, place: %(place)s. "
            "Bring the referral letter and your ID card. Tell the centre if you cannot come.",
            "%(firm)s: interview %(when)s, %(place)s. Bring letter and ID card.",
        ),
        params={
            "title": "Công nhân may",
            "firm": "Công ty Bình Minh",
            "when": "08:30 01/12/2026",
            "place": "Cổng 2, lô CN3",
        },
        is_urgent=True,
    ),
    Template(
        code="referral-stopped",
        label=N_("Vị trí đã giới thiệu ngừng nhận"),
        vi=Text(
            "%(firm)s ngừng nhận người vào %(title)s",
            "%(firm)s ngừng nhận người vào %(title)s. Công ty không còn xem được hồ sơ của bạn. "
            "Trung tâm tìm nơi khác cho bạn.",
            "%(firm)s ngung nhan vao %(title)s. Trung tam tim noi khac.",
        ),
        en=Text(
            "%(firm)s takes nobody more for %(title)s",
            "%(firm)s takes nobody more for %(title)s. The company no longer sees your file. "
            "The centre looks for another place for you.",
            "%(firm)s takes nobody more for %(title)s. The centre looks elsewhere.",
        ),
        params={"title": "Công nhân may", "firm": "Công ty Bình Minh"},
    ),
    Template(
        code="referral-order",
        label=N_("Vị trí đang giới thiệu có thay đổi"),
        vi=Text(
            "%(title)s: có thay đổi",
            "Vị trí %(title)s, %(firm)s mà bạn đang dự tuyển có thay đổi: %(words)s. Hỏi thêm thì "
            "gọi trung tâm.",
            "%(title)s, %(firm)s co thay doi. Goi trung tam viec lam de hoi.",
        ),
        en=Text(
            "%(title)s: something changed",
            "The vacancy %(title)s at %(firm)s that you applied for has changed: %(words)s. "
            "Call the centre to ask.",
            "%(title)s, %(firm)s has changed. Call the job centre.",
        ),
        params={"title": "Công nhân may", "firm": "Công ty Bình Minh", "words": "Tạm dừng nhận"},
    ),
    Template(
        code="referral-sent",
        label=N_("Trung tâm đã giới thiệu người"),
        vi=Text(
            "Có người được giới thiệu cho %(vacancy)s",
            "Trung tâm giới thiệu người cho %(title)s (%(vacancy)s). Mở danh sách, mời phỏng vấn, "
            "nhận hoặc từ chối từng người.",
            "Co nguoi gioi thieu cho %(vacancy)s",
        ),
        en=Text(
            "People were put forward for %(vacancy)s",
            "The centre put people forward for %(title)s (%(vacancy)s). Open the list and invite, "
            "hire or refuse each of them.",
            "People were put forward for %(vacancy)s",
        ),
        params={"vacancy": "YC-2026-0007", "title": "Công nhân may"},
        in_digest=True,
    ),
    Template(
        code="answers-due",
        label=N_("Nhắc doanh nghiệp trả lời ứng viên"),
        vi=Text(
            "%(vacancy)s: %(count)s người chờ trả lời trước %(day)s",
            "%(count)s người được giới thiệu cho %(title)s (%(vacancy)s) đang chờ câu trả lời của "
            "quý công ty, trước ngày %(day)s. Mở danh sách, chọn câu trả lời cho từng người.",
            "%(vacancy)s: %(count)s nguoi cho tra loi truoc %(day)s",
        ),
        en=Text(
            "%(vacancy)s: %(count)s people wait for an answer by %(day)s",
            "%(count)s people introduced for %(title)s (%(vacancy)s) wait for your answer, by "
            "%(day)s. Open the list and choose an answer for each.",
            "%(vacancy)s: %(count)s people wait for an answer by %(day)s",
        ),
        params={
            "count": "12",
            "title": "Công nhân may",
            "vacancy": "YC-2026-0007",
            "day": "20/03/2026",
        },
        in_digest=True,
    ),
    Template(
        code="referral-lost",
        label=N_("Người đã giới thiệu không tham gia nữa"),
        vi=Text(
            "Một người của %(vacancy)s không tham gia nữa",
            "Một người được giới thiệu cho %(title)s (%(vacancy)s) đã có việc khác hoặc thôi không "
            "dự tuyển. Cảm ơn công ty đã xem xét; trung tâm tìm người khác.",
            "Mot nguoi cua %(vacancy)s khong tham gia nua",
        ),
        en=Text(
            "Somebody for %(vacancy)s is no longer available",
            "Somebody who was put forward for %(title)s (%(vacancy)s) found other work or does not "
            "apply any more. Thank you for your time; the centre looks for somebody else.",
            "Somebody for %(vacancy)s is no longer available",
        ),
        params={"vacancy": "YC-2026-0007", "title": "Công nhân may"},
        in_digest=True,
    ),
    Template(
        code="referral-moved",
        label=N_("Lượt giới thiệu có câu trả lời"),
        vi=Text(
            "%(file)s, %(vacancy)s: có câu trả lời",
            "Lượt giới thiệu %(file)s cho %(vacancy)s có câu trả lời mới. Mở để xem và làm tiếp.",
            "%(file)s, %(vacancy)s: co cau tra loi",
        ),
        en=Text(
            "%(file)s, %(vacancy)s: there is an answer",
            "The referral of %(file)s to %(vacancy)s has a new answer. Open it and go on.",
            "%(file)s, %(vacancy)s: there is an answer",
        ),
        params={"file": "HS-2026-00017", "vacancy": "YC-2026-0007"},
        in_digest=True,
    ),
    Template(
        code="retention-due",
        label=N_("Hồ sơ sắp hết hạn lưu"),
        vi=Text(
            "Hồ sơ của bạn sẽ được xoá sau ngày %(day)s",
            "Đã lâu trung tâm không gặp bạn. Hồ sơ tìm việc của bạn sẽ được xoá sau ngày %(day)s. "
            "Muốn giữ lại thì gọi %(phone)s, đến trung tâm hoặc đăng nhập trang của bạn.",
            "Ho so cua ban se xoa sau %(day)s. Muon giu goi %(phone)s.",
        ),
        en=Text(
            "Your file will be erased after %(day)s",
            "The centre has not heard from you for a long time. Your file will be erased after "
            "%(day)s. To keep it call %(phone)s, come to the centre or sign in to your page.",
            "Your file will be erased after %(day)s. To keep it call %(phone)s.",
        ),
        params={"day": "24/12/2026", "phone": "0225 3842 111"},
    ),
    Template(
        code="job-ended",
        label=N_("Việc chạy nền đã xong"),
        vi=Text("%(title)s: đã xong", "%(title)s: %(message)s", "%(title)s: da xong"),
        en=Text("%(title)s: done", "%(title)s: %(message)s", "%(title)s: done"),
        params={"title": "In 120 giấy", "message": "Đã in 120 giấy vào một tệp"},
        is_inside=True,
    ),
)
TEMPLATES: dict[str, Template] = {one.code: one for one in _ALL}
