"""States of a report, and the figures of the zone that others publish."""

from __future__ import annotations

from enum import StrEnum

from jobcenter.kernel.moves import moves
from jobcenter.kernel.words import N_
from jobcenter.settings.choices import Kind, Setting


class ReportState(StrEnum):
    """The life of a report: its figures are fixed from the check on."""

    DRAFT = "draft"
    CHECKED = "checked"
    SUBMITTED = "submitted"


STATE_LABELS = {
    ReportState.DRAFT: N_("Bản thảo"),
    ReportState.CHECKED: N_("Đã kiểm tra"),
    ReportState.SUBMITTED: N_("Đã nộp"),
}
STATE_KINDS = {
    ReportState.DRAFT: "quiet",
    ReportState.CHECKED: "warn",
    ReportState.SUBMITTED: "ok",
}
REPORT_MOVES = moves(
    [
        ("refresh", (ReportState.DRAFT,), ReportState.DRAFT),
        ("check", (ReportState.DRAFT,), ReportState.CHECKED),
        ("send-back", (ReportState.CHECKED,), ReportState.DRAFT),
        ("submit", (ReportState.CHECKED,), ReportState.SUBMITTED),
    ]
)
FOUR_EYES = Setting(
    key="report-four-eyes",
    kind=Kind.YES_NO,
    group=N_("Báo cáo"),
    label=N_("Người kiểm tra báo cáo phải khác người lập"),
    hint=N_("Chỉ có một người được lập báo cáo thì người đó vẫn tự kiểm tra được."),
    default=True,
)
VERB_LABELS = {
    "draft": N_("Lập bản thảo"),
    "refresh": N_("Đếm lại"),
    "check": N_("Ghi đã kiểm tra"),
    "send-back": N_("Trả về bản thảo"),
    "submit": N_("Ghi đã nộp"),
}


class ZoneFigure(StrEnum):
    """What the zone authority publishes of the zone; kept as told, never computed."""

    VIETNAMESE = "zone-vietnamese"
    VIETNAMESE_GROWTH = "zone-vietnamese-growth"
    FOREIGN = "zone-foreign"
    FOREIGN_GROWTH = "zone-foreign-growth"
    FDI_PROJECTS = "zone-fdi-projects"
    FDI_CAPITAL = "zone-fdi-capital"
    DOMESTIC_PROJECTS = "zone-domestic-projects"
    DOMESTIC_CAPITAL = "zone-domestic-capital"
    PARKS = "zone-parks"


ZONE_LABELS = {
    ZoneFigure.VIETNAMESE: N_("Lao động Việt Nam trong khu kinh tế (người)"),
    ZoneFigure.VIETNAMESE_GROWTH: N_("Lao động Việt Nam tăng so với năm trước, phần trăm"),
    ZoneFigure.FOREIGN: N_("Lao động nước ngoài trong khu kinh tế (người)"),
    ZoneFigure.FOREIGN_GROWTH: N_("Lao động nước ngoài tăng so với năm trước, phần trăm"),
    ZoneFigure.FDI_PROJECTS: N_("Dự án đầu tư nước ngoài, luỹ kế"),
    ZoneFigure.FDI_CAPITAL: N_("Vốn đầu tư nước ngoài, luỹ kế (triệu USD)"),
    ZoneFigure.DOMESTIC_PROJECTS: N_("Dự án đầu tư trong nước, luỹ kế"),
    ZoneFigure.DOMESTIC_CAPITAL: N_("Vốn đầu tư trong nước, luỹ kế (tỷ đồng)"),
    ZoneFigure.PARKS: N_("Khu công nghiệp đang hoạt động"),
}
MOST_TARGET = 10_000_000
ACTION_LABELS = {
    "publish-figure": N_("Ghi số đã công bố"),
    "set-year-target": N_("Ghi kế hoạch năm của chỉ tiêu"),
    **{f"{verb}-report": label for verb, label in VERB_LABELS.items()},
}
