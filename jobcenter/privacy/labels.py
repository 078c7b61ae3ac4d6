"""What tables and fields about people are called, what they are for and on what ground.

A table that is not named here is shown by its name in the inventory, so that it is seen and named.
"""

from __future__ import annotations

from dataclasses import dataclass

from jobcenter.kernel.words import N_

_SERVICE = N_("Tìm việc, giới thiệu việc làm")
_COUNTER = N_("Tiếp người đến trung tâm")
_LAW = N_("Luật Việc làm 74/2025, Luật Bảo vệ dữ liệu cá nhân 91/2025: sự đồng ý")
_DUTY = N_("Nghĩa vụ theo luật")
_SCHOOL = N_("Đào tạo nghề, cấp chứng chỉ")
_SAFE = N_("Đăng nhập an toàn, biết ai đã làm gì")
_FIRM = N_("Làm việc với doanh nghiệp")
_TELL = N_("Báo tin cho người lao động")


@dataclass(frozen=True)
class Told:
    """One table in words: what it holds, what for, on what ground."""

    label: str
    purpose: str
    ground: str


TABLES: dict[str, Told] = {
    "person": Told(N_("Lý lịch và liên hệ"), _SERVICE, _LAW),
    "consent": Told(N_("Sự đồng ý"), N_("Chứng minh sự đồng ý"), _DUTY),
    "person_merge": Told(N_("Lần gộp hai hồ sơ"), _SERVICE, _LAW),
    "suspected_pair": Told(N_("Cặp nghi trùng"), _SERVICE, _LAW),
    "seeker": Told(N_("Hồ sơ tìm việc"), _SERVICE, _LAW),
    "seeker_merge": Told(N_("Hồ sơ bị gộp"), _SERVICE, _LAW),
    "wish": Told(N_("Việc mong muốn"), _SERVICE, _LAW),
    "qualification": Told(N_("Trình độ nghề"), _SERVICE, _LAW),
    "skill_certificate": Told(N_("Chứng chỉ, giấy phép"), _SERVICE, _LAW),
    "experience": Told(N_("Việc đã làm"), _SERVICE, _LAW),
    "language_skill": Told(N_("Ngoại ngữ"), _SERVICE, _LAW),
    "target_group": Told(N_("Diện ưu tiên"), N_("Xét hỗ trợ theo diện"), _LAW),
    "dossier_item": Told(N_("Giấy tờ trong hồ sơ"), _SERVICE, _LAW),
    "visit": Told(N_("Lượt đến trung tâm"), _COUNTER, _LAW),
    "consultation": Told(N_("Lượt tư vấn"), _COUNTER, _LAW),
    "referral": Told(N_("Giới thiệu việc làm"), _SERVICE, _LAW),
    "referral_event": Told(N_("Bước của một giới thiệu"), _SERVICE, _LAW),
    "placement": Told(N_("Việc đã nhận"), N_("Theo dõi sau giới thiệu, báo cáo"), _DUTY),
    "application": Told(N_("Đơn xin học"), _SCHOOL, _LAW),
    "enrolment": Told(N_("Lượt học"), _SCHOOL, _DUTY),
    "trainer": Told(N_("Giáo viên"), _SCHOOL, _DUTY),
    "paper": Told(N_("Giấy tờ đã lập"), N_("Cấp giấy, tra lại giấy đã cấp"), _DUTY),
    "notice": Told(N_("Tin đã báo"), _TELL, _LAW),
    "inbox_line": Told(N_("Tin trong trang"), _TELL, _LAW),
    "call": Told(N_("Cuộc gọi"), _TELL, _LAW),
    "reply": Told(N_("Câu trả lời"), _TELL, _LAW),
    "draft": Told(N_("Bản nháp"), _SERVICE, _LAW),
    "match_document": Told(N_("Văn bản đưa vào máy so khớp"), _SERVICE, _LAW),
    "recommendation": Told(N_("Danh sách gợi ý việc"), _SERVICE, _LAW),
    "recommendation_item": Told(N_("Dòng trong danh sách gợi ý"), _SERVICE, _LAW),
    "set_aside": Told(N_("Ghi chưa hợp với vị trí"), _SERVICE, _LAW),
    "data_request": Told(N_("Yêu cầu về dữ liệu"), N_("Trả lời đúng hạn"), _DUTY),
    "erasure": Told(N_("Lần xoá dữ liệu"), N_("Xoá lại sau khi khôi phục"), _DUTY),
    "action_plan": Told(N_("Kế hoạch tìm việc"), _SERVICE, _LAW),
    "plan_step": Told(N_("Việc trong kế hoạch"), _SERVICE, _LAW),
    "appointment": Told(N_("Lịch hẹn"), _COUNTER, _LAW),
    "complaint": Told(N_("Phản ánh, khiếu nại"), N_("Trả lời phản ánh"), _DUTY),
    "complaint_note": Told(N_("Việc làm về phản ánh"), N_("Trả lời phản ánh"), _DUTY),
    "import_batch": Told(N_("Lần nhập tệp"), N_("Nhập danh sách từ Excel"), _LAW),
    "attendance": Told(N_("Điểm danh"), _SCHOOL, _DUTY),
    "mark": Told(N_("Điểm"), _SCHOOL, _DUTY),
    "result": Told(N_("Kết quả học"), _SCHOOL, _DUTY),
    "safety_record": Told(N_("Huấn luyện an toàn"), _SCHOOL, _DUTY),
    "certificate_event": Told(N_("Cấp chứng chỉ"), _SCHOOL, _DUTY),
    "placement_check": Told(
        N_("Lần hỏi thăm sau nhận việc"), N_("Theo dõi sau giới thiệu, báo cáo"), _DUTY
    ),
    "retention_due": Told(N_("Hồ sơ đến hạn xoá"), N_("Không giữ lâu hơn cần"), _DUTY),
    "user": Told(N_("Tài khoản"), _SAFE, _LAW),
    "recovery_code": Told(N_("Mã dự phòng"), _SAFE, _LAW),
    "login_session": Told(N_("Lần đăng nhập"), _SAFE, _DUTY),
    "sign_in": Told(N_("Lần thử đăng nhập"), _SAFE, _DUTY),
    "invitation": Told(N_("Lời mời mở tài khoản"), _SAFE, _LAW),
    "ledger_entry": Told(N_("Nhật ký"), _SAFE, _DUTY),
    "contact": Told(N_("Người liên hệ của doanh nghiệp"), _FIRM, _LAW),
    "firm_request": Told(N_("Yêu cầu mở tài khoản doanh nghiệp"), _FIRM, _LAW),
    "firm_request_step": Told(N_("Trao đổi về yêu cầu mở tài khoản"), _FIRM, _LAW),
    "declared_interest": Told(N_("Lời khai liên quan tới doanh nghiệp"), _FIRM, _DUTY),
    "standing_change": Told(N_("Quyết định về doanh nghiệp"), _FIRM, _DUTY),
    "vacancy": Told(N_("Người liên hệ của vị trí tuyển"), _FIRM, _LAW),
    "recruitment_sheet": Told(N_("Người liên hệ của phiếu nhu cầu"), _FIRM, _LAW),
    "vacancy_change": Told(N_("Lần sửa vị trí tuyển"), _FIRM, _DUTY),
    "sight": Told(N_("Ai đã xem"), _SAFE, _DUTY),
}
FIELDS: dict[str, str] = {
    "full_name": N_("Họ và tên"), "name": N_("Họ tên"), "birth_date": N_("Ngày sinh"),
    "birth_year": N_("Năm sinh"), "sex": N_("Giới tính"), "id_number": N_("Số CCCD"),
    "old_id_number": N_("Số CMND cũ"), "id_issued_on": N_("Ngày cấp CCCD"),
    "id_issued_by": N_("Nơi cấp CCCD"), "ethnicity": N_("Dân tộc"), "phone": N_("Điện thoại"),
    "email": N_("Email"), "zalo": N_("Zalo"), "permanent_commune": N_("Thường trú, phường xã"),
    "permanent_detail": N_("Thường trú, chi tiết"), "current_commune": N_("Đang ở, phường xã"),
    "current_detail": N_("Đang ở, chi tiết"), "social_insurance_number": N_("Số BHXH"),
    "number": N_("Số"), "registered_on": N_("Ngày đăng ký"), "state": N_("Trạng thái"),
    "note": N_("Ghi chú"), "height_cm": N_("Chiều cao"), "weight_kg": N_("Cân nặng"),
    "health": N_("Sức khoẻ"), "purpose": N_("Mục đích"), "given_at": N_("Đồng ý lúc"),
    "withdrawn_at": N_("Rút lúc"), "evidence": N_("Bằng chứng"), "way": N_("Bằng cách nào"),
    "text_version": N_("Theo lời văn"), "title": N_("Tên"), "rank": N_("Thứ tự"),
    "level": N_("Trình độ"), "field": N_("Ngành"), "school": N_("Trường"), "year": N_("Năm"),
    "position": N_("Chức vụ"), "employer": N_("Nơi làm"), "duties": N_("Việc đã làm"),
    "started_on": N_("Từ ngày"), "ended_on": N_("Đến ngày"), "day": N_("Ngày"),
    "services": N_("Dịch vụ"), "about": N_("Việc gì"), "code": N_("Mã"),
    "proof_number": N_("Số giấy chứng minh"), "issuer": N_("Nơi cấp"), "login": N_("Tên đăng nhập"),
    "at": N_("Lúc"), "made_at": N_("Lúc"), "content": N_("Nội dung"), "params": N_("Nội dung"),
    "answer": N_("Trả lời"), "question": N_("Câu hỏi"), "look": N_("Xem gì"),
    "fields": N_("Các mục"), "outcome": N_("Kết quả"), "reason": N_("Lý do"),
    "asked": N_("Yêu cầu gì"), "said": N_("Lời yêu cầu"), "received_on": N_("Ngày nhận"),
    "actor": N_("Ai làm"), "role": N_("Vai trò"), "browser": N_("Trình duyệt"),
    "address": N_("Địa chỉ"), "password_hash": N_("Mật khẩu đã băm"),
    "totp_secret": N_("Khoá mã xác thực"), "token_hash": N_("Khoá phiên đã băm"),
    "code_hash": N_("Mã dự phòng đã băm"), "id_number_blind": N_("Mã dò số CCCD"),
    "id_tail_blind": N_("Mã dò 4 số cuối CCCD"), "old_id_blind": N_("Mã dò số CMND cũ"),
    "search": N_("Chữ để tìm"), "name_key": N_("Chữ để so tên"), "sort": N_("Chữ để xếp"),
    "folded": N_("Chữ để tìm"), "kind": N_("Loại"), "payload": N_("Nội dung"),
    "contact": N_("Liên hệ"), "proof": N_("Đã đối chiếu"), "why": N_("Lý do"),
    "ground": N_("Căn cứ từ chối"), "general_education": N_("Học phổ thông"),
    "qualification": N_("Trình độ nghề"), "employment_status": N_("Tình trạng việc làm"),
    "job_loss_reason": N_("Vì sao mất việc"), "last_pay": N_("Lương gần nhất"),
    "on_unemployment_benefit": N_("Đang hưởng trợ cấp thất nghiệp"),
    "pay_wanted": N_("Lương mong muốn"), "pay_min": N_("Lương thấp nhất"),
    "shifts": N_("Ca làm"), "needs_dormitory": N_("Cần ký túc xá"),
    "needs_bus": N_("Cần xe đưa đón"), "available_on": N_("Đi làm được từ"),
    "channel": N_("Qua"), "subjects": N_("Tư vấn việc gì"), "next_step": N_("Bước tiếp theo"),
    "contact_name": N_("Người liên hệ"), "contact_phone": N_("Điện thoại liên hệ"),
    "contact_email": N_("Email liên hệ"), "contact_position": N_("Chức vụ người liên hệ"),
    "occupation_code": N_("Mã nghề"), "valid_to": N_("Có giá trị đến"),
    "valid_from": N_("Có giá trị từ"), "issued_on": N_("Ngày cấp"), "language": N_("Ngoại ngữ"),
    "ability": N_("Mức độ"), "certificate": N_("Chứng chỉ"), "paper": N_("Giấy tờ"),
    "funding": N_("Nguồn học phí"), "target_group": N_("Diện ưu tiên"),
    "enrolled_on": N_("Ngày nhập học"), "end_reason": N_("Lý do kết thúc"),
    "agreed_evidence": N_("Bằng chứng đồng ý"), "interview_place": N_("Nơi phỏng vấn"),
    "firm_note": N_("Ghi chú của doanh nghiệp"), "by_name": N_("Ai quyết định"),
    "body": N_("Nội dung"), "score": N_("Điểm hợp"), "overwritten": N_("Giá trị trước khi gộp"),
    "due_on": N_("Hạn"), "skills": N_("Việc làm được"), "job_title": N_("Công việc"),
}  # fmt: skip


def table_label(name: str) -> str:
    """Return what a table is called; its name where nobody named it."""
    return TABLES[name].label if name in TABLES else name


def field_label(name: str) -> str:
    """Return what a column is called; its name where nobody named it."""
    return FIELDS.get(name, name)
