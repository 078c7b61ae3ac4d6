"""What stands around a paper: the unit that issues it as it was named on the day of issue."""

from __future__ import annotations

from sqlalchemy.orm import Session

from jobcenter.catalogue.units import unit_at
from jobcenter.documents import typesetting, writing
from jobcenter.documents.choices import KINDS
from jobcenter.kernel import clock, training
from jobcenter.papers.choices import PaperState
from jobcenter.papers.models import Paper


def head(session: Session, paper: Paper, *, address: str) -> typesetting.Head:
    """Return the letterhead, number, validity and signature of a paper."""
    kind = KINDS[paper.kind]
    on = paper.issued_on or clock.today()
    unit = unit_at(session, paper.unit, on)
    signer = unit.signers[0] if unit.signers else None
    code = paper.code or ""
    shown_code = "-".join(code[n : n + 4] for n in range(0, len(code), 4))
    confirm = f"{address}{code}" if code else ""
    return typesetting.Head(
        so=paper.shown or "…………",
        noi_ngay=writing.long_day(unit.place, on),
        cap_tren=unit.superior_vi.upper(),
        don_vi=unit.name_vi.upper(),
        chuc_vu_ky=signer.title_vi.upper() if signer else "GIÁM ĐỐC",
        nguoi_ky=signer.name if signer else "",
        gia_tri_den=writing.day(paper.valid_to) if paper.valid_to else "không thời hạn",
        ma_xac_nhan=shown_code,
        ten_giay=kind.label,
        trang_thai=_stamp(paper),
        dia_chi_xac_nhan=address if code else "",
        qr=typesetting.qr(confirm) if code else "",
    )


def _stamp(paper: Paper) -> str:
    if paper.state is PaperState.CANCELLED:
        return "ĐÃ HUỶ"
    if training.is_training():
        return "BẢN TẬP HUẤN"
    return "" if paper.number is not None else "BẢN NHÁP"
