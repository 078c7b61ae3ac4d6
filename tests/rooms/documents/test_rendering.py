"""Rendered papers: the fonts they carry, the text that can be read out of them, Word forms."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import pytest
from docx import Document
from pypdf import PdfReader
from sqlalchemy.orm import Session

from jobcenter.accounts.choices import EVERYTHING
from jobcenter.documents import queries, rules, word
from jobcenter.documents.choices import COMMON, KINDS
from jobcenter.documents.typesetting import FORMS
from jobcenter.kernel.actor import Actor, system
from jobcenter.kernel.errors import Refused
from jobcenter.kernel.paging import Slice
from jobcenter.matching import queries as matching
from jobcenter.matching.choices import Audience
from jobcenter.papers import rules as register
from jobcenter.people.choices import CONSENT_SHEET
from jobcenter.vacancies.choices import VACANCY_SHEET

ADDRESS = "https://vieclam.example/giay/"
BY: Actor = system("test", EVERYTHING)
# Every letter with a mark, as a line of its own: a face that lacks one would be replaced.
LETTERS = "ăâđêôơư ạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ ẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘ ₫"


def read(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def text_of(reader: PdfReader) -> str:
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in reader.pages))


def fonts_of(reader: PdfReader) -> set[str]:
    names = set()
    for page in reader.pages:
        fonts: Any = page["/Resources"].get("/Font", {})  # type: ignore[union-attr]
        for font in fonts.values():
            names.add(str(font.get_object()["/BaseFont"]).split("+")[-1])
    return names


def test_a_vacancy_sheet_says_what_the_record_says(session: Session, make_vacancy: Any) -> None:
    vacancy = make_vacancy(title="Công nhân may", description=LETTERS, headcount=1250)
    paper = rules.vacancy_sheet(session, vacancy=vacancy, by=BY)
    reader = read(rules.pdf(session, [paper], address=ADDRESS))
    text = text_of(reader)
    for part in (paper.shown, vacancy.number, "Công nhân may", "1.250", vacancy.enterprise.name):
        assert str(part) in text
    assert LETTERS.replace(" ", "") in text.replace(" ", "")
    assert fonts_of(reader) <= {"Tinos", "Tinos-Bold", "Tinos-Italic", "Tinos-BoldItalic"}
    page = reader.pages[0].mediabox
    assert (round(page.width / 72 * 25.4), round(page.height / 72 * 25.4)) == (210, 297)


def test_pages_are_numbered_from_the_second_on_and_anew_for_each_paper(
    session: Session, make_vacancy: Any
) -> None:
    long = "\n".join(f"Việc thứ {n}" for n in range(1, 90))
    papers = [
        rules.vacancy_sheet(session, vacancy=make_vacancy(description=long), by=BY)
        for _ in range(2)
    ]
    pages = read(rules.pdf(session, papers, address=ADDRESS)).pages
    heads = [page.extract_text().strip().splitlines()[0].strip() for page in pages]
    half = len(pages) // 2
    assert half >= 3
    for part in (heads[:half], heads[half:]):
        assert not part[0].isdigit()
        assert part[1:] == [str(n) for n in range(2, half + 1)]


def test_a_consent_sheet_masks_the_number_and_shows_standing_answers(
    session: Session, make_seeker: Any
) -> None:
    seeker = make_seeker(person={"full_name": "Đỗ Thị Quyên", "id_number": "031198004321"})
    paper = rules.consent_sheet(session, seeker=seeker, by=BY)
    text = text_of(read(rules.pdf(session, [paper], address=ADDRESS)))
    assert "Đỗ Thị Quyên" in text
    assert "********4321" in text
    assert "031198004321" not in text
    assert text.count("Đồng ý ") >= 3


def test_a_candidate_sheet_names_nobody(
    session: Session, make_seeker: Any, make_vacancy: Any
) -> None:
    vacancy = make_vacancy()
    seeker = make_seeker(job="Công nhân may", person={"full_name": "Lê Thị Kim Ngân"})
    session.commit()
    found = matching.candidates(
        session, vacancy=vacancy, actor=BY, audience=Audience.ENTERPRISE,
        wanted=matching.CandidateFilter(), window=Slice(1, 50),
    )  # fmt: skip
    paper = rules.candidate_sheet(session, found=found, by=BY)
    text = text_of(read(rules.pdf(session, [paper], address=ADDRESS)))
    code = matching.code_for_firm(seeker, vacancy.enterprise_id)
    assert code in text.replace(" ", "")
    for hidden in ("Kim Ngân", seeker.number, seeker.person.phone[-6:]):
        assert hidden not in text


def test_a_paper_stays_as_it_was_when_the_record_changes(
    session: Session, make_vacancy: Any
) -> None:
    vacancy = make_vacancy(title="Thợ hàn")
    paper = rules.vacancy_sheet(session, vacancy=vacancy, by=BY)
    vacancy.title = "Kế toán"
    session.flush()
    session.expire(paper)
    text = text_of(read(rules.pdf(session, [paper], address=ADDRESS)))
    assert "Thợ hàn" in text
    assert "Kế toán" not in text


def test_drafts_and_cancelled_papers_say_so(session: Session, make_vacancy: Any) -> None:
    vacancy = make_vacancy()
    draft = register.draft(
        session, kind=VACANCY_SHEET, subject_id=vacancy.id, title="x",
        content=queries.vacancy_sheet(session, vacancy), by=BY,
    )  # fmt: skip
    paper = rules.vacancy_sheet(session, vacancy=vacancy, by=BY)
    register.cancel(session, paper=paper, reason="r", by=BY)
    texts = [text_of(read(rules.pdf(session, [one], address=ADDRESS))) for one in (draft, paper)]
    assert "BẢN NHÁP" in texts[0]
    assert "ĐÃ HUỶ" in texts[1]


def test_each_kind_has_its_form(session: Session) -> None:
    main = (FORMS / "main.typ").read_text(encoding="utf-8")
    for code, kind in KINDS.items():
        set_by = re.search(f'"{code}": ([a-z-]+),', main)
        assert set_by, code
        form = (FORMS / f"{set_by[1]}.typ").read_text(encoding="utf-8")
        for field in kind.fields:
            assert f"it.{field.name}" in form, f"{code} does not print {field.name}"


def docx(*paragraphs: str) -> bytes:
    document = Document()
    for one in paragraphs:
        document.add_paragraph(one)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def words_of(data: bytes) -> str:
    return "\n".join(one.text for one in Document(io.BytesIO(data)).paragraphs)


def test_the_office_replaces_a_form_and_goes_back(session: Session, make_seeker: Any) -> None:
    paper = rules.consent_sheet(session, seeker=make_seeker(), by=BY)
    with pytest.raises(Refused, match="Chưa có mẫu Word"):
        rules.docx(session, paper, address=ADDRESS)
    form = docx(
        "Số {{ so }} – {{ ho_ten }}",
        "{%p for dong in muc_dich %}", "- {{ dong.ten }}: {{ dong.tra_loi }}", "{%p endfor %}",
    )  # fmt: skip
    checked = rules.use_form(session, kind=CONSENT_SHEET, file_name="m.docx", data=form, by=BY)
    assert checked.unknown == ()
    assert "ngay_sinh" in checked.missing
    assert "ho_ten" not in checked.missing
    text = words_of(rules.docx(session, paper, address=ADDRESS))
    assert f"Số {paper.shown} – {paper.content['ho_ten']}" in text
    assert len([line for line in text.splitlines() if line.startswith("- ")]) == 6
    in_use = queries.form_in_use(session, CONSENT_SHEET.code)
    assert in_use is not None
    rules.drop_form(session, form=in_use, by=BY)
    assert queries.form_in_use(session, CONSENT_SHEET.code) is None
    assert [one.id for one in queries.forms(session)] == [in_use.id]


def test_values_are_text_never_markup(session: Session, make_seeker: Any) -> None:
    odd = "<w:p> & {{ 7 * 7 }} Ễ"
    seeker = make_seeker(person={"full_name": odd})
    paper = rules.consent_sheet(session, seeker=seeker, by=BY)
    rules.use_form(
        session, kind=CONSENT_SHEET, file_name="m.docx", data=docx("{{ ho_ten }}"), by=BY
    )
    assert words_of(rules.docx(session, paper, address=ADDRESS)) == odd
    assert odd in text_of(read(rules.pdf(session, [paper], address=ADDRESS)))


def test_our_sample_is_accepted_whole(session: Session) -> None:
    for kind in KINDS.values():
        data = word.sample(kind.label, (*COMMON, *kind.fields))
        assert rules.check_form(kind, data) == word.Checked((), ())


def zipped(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in parts.items():
            archive.writestr(name.replace("__", "/").replace("_x", ".x"), body)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "không phải tệp Word"),
        (b"MZ" + b"\0" * 99, "không phải tệp Word"),
        (b"%PDF-1.7", "không phải tệp Word"),
        (b"PK\x03\x04" + b"x" * 40, "không phải tệp Word"),
        (zipped(xl__workbook_xml=b"<x/>"), "không phải tệp Word"),
        (b"x" * (word.MOST_BYTES + 1), "4 MB"),
        (zipped(word__document_xml=b"0" * (word.MOST_UNPACKED + 1)), "quá lớn"),
        (zipped(word__document_xml=b"<x/>", word__vbaProject=b"x"), "macro"),
        (zipped(word__document_xml=b"<broken"), "không phải tệp Word|chưa đúng"),
        (docx("{{ ho_ten"), "chưa đúng"),
        (docx("{% for a in b %}"), "chưa đúng"),
        (docx("{{ ho_ten.__class__.__mro__ }}"), "chưa đúng"),
        (docx("{% for n in range(10**9) %}{% endfor %}"), "chưa đúng"),
        (docx("{{ mat_khau }}"), "mat_khau"),
    ],
)
def test_unsound_forms_are_refused_in_words(session: Session, data: bytes, said: str) -> None:
    with pytest.raises(Refused, match=said):
        rules.use_form(session, kind=CONSENT_SHEET, file_name="x.docx", data=data, by=BY)
    assert queries.form_in_use(session, CONSENT_SHEET.code) is None
