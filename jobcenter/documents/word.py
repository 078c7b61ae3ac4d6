"""Word forms with named fields: read with limits, checked on upload, filled in a sandbox."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from docx import Document
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment

from jobcenter.kernel.errors import Refused
from jobcenter.kernel.words import N_
from jobcenter.papers.choices import Field

MOST_BYTES = 4 * 1024 * 1024
MOST_UNPACKED = 40 * 1024 * 1024
MOST_PARTS = 500
_BODY = "word/document.xml"


@dataclass(frozen=True)
class Checked:
    """What a form asks for that we do not have, and what we have that it leaves out."""

    unknown: tuple[str, ...]
    missing: tuple[str, ...]


def check(data: bytes, fields: Iterable[Field]) -> Checked:
    """Compare a form's names with `fields`; refuses what is no sound Word file, in words."""
    _check_container(data)
    known = {field.name for field in fields}
    asked = _asked(data)
    _fill(data, _sample(fields))
    return Checked(tuple(sorted(asked - known)), tuple(sorted(known - asked)))


def fill(data: bytes, values: dict[str, Any]) -> bytes:
    """Return the form with `values` in its places."""
    return _fill(data, values)


def _check_container(data: bytes) -> None:
    if len(data) > MOST_BYTES:
        raise Refused(N_("Tệp lớn quá 4 MB. Bỏ bớt ảnh rồi tải lại."), field="file")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except zipfile.BadZipFile:
        raise _not_word() from None
    names = {part.filename for part in parts}
    if _BODY not in names:
        raise _not_word()
    if any("vbaProject" in name for name in names):
        raise Refused(N_("Tệp có macro. Lưu lại dạng .docx không macro."), field="file")
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS or unpacked > MOST_UNPACKED:
        raise Refused(N_("Tệp này giải nén ra quá lớn, không nhận."), field="file")


def _not_word() -> Refused:
    return Refused(
        N_("Đây không phải tệp Word .docx. Mở bằng Word rồi lưu dạng .docx."), field="file"
    )


def _environment() -> SandboxedEnvironment:
    # Word is XML: values are escaped; unknown names are an error, told on upload.
    environment = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    environment.globals.clear()  # no range(): a form repeats what there is, nothing else
    return environment


def _asked(data: bytes) -> set[str]:
    try:
        template = DocxTemplate(io.BytesIO(data))
        return set(template.get_undeclared_template_variables(_environment()))
    except (TemplateError, ValueError, KeyError) as wrong:
        raise _unreadable(wrong) from None


def _fill(data: bytes, values: dict[str, Any]) -> bytes:
    try:
        template = DocxTemplate(io.BytesIO(data))
        missing = template.get_undeclared_template_variables(_environment()) - set(values)
        template.render(values | dict.fromkeys(missing, ""), _environment(), autoescape=True)
        out = io.BytesIO()
        template.save(out)
    except (TemplateError, ValueError, KeyError, TypeError) as wrong:
        raise _unreadable(wrong) from None
    return out.getvalue()


def _unreadable(wrong: Exception) -> Refused:
    return Refused(
        N_("Chỗ điền trong tệp viết chưa đúng: %(why)s. Xem cách ghi ở bảng bên."),
        field="file",
        why=str(wrong)[:120],
    )


def _sample(fields: Iterable[Field]) -> dict[str, Any]:
    return {field.name: [] if field.is_list else field.example for field in fields}


def sample(title: str, fields: Iterable[Field]) -> bytes:
    """Return a plain Word file with every place in it, for the office to work on."""
    document = Document()
    document.add_heading(title, level=1)
    for field in fields:
        if field.is_list:
            document.add_paragraph(f"{field.label}:")
            document.add_paragraph(f"{{%p for dong in {field.name} %}}")
            document.add_paragraph("{{ dong }}")
            document.add_paragraph("{%p endfor %}")
        else:
            document.add_paragraph(f"{field.label}: {{{{ {field.name} }}}}")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
