"""A figure with what it counts: "3 người", "1 person", "3 people".

Templates give the noun in the reader's language (`unit(_('người'))`), as they give any word; here
it finds its counted form, because English needs another word for one.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from flask_babel import gettext as _
from flask_babel import ngettext

from jobcenter.kernel.words import N_

SPACE = "\u00a0"
# Every noun that a page counts (tests/building/test_words.py looks for others). A lambda each,
# because the texts must stand where they are collected from.
NOUNS: dict[str, Callable[[int, str], str]] = {
    N_("bậc"): lambda n, figure: ngettext("%(figure)s bậc", "%(figure)s bậc", n, figure=figure),
    N_("chỗ"): lambda n, figure: ngettext("%(figure)s chỗ", "%(figure)s chỗ", n, figure=figure),
    N_("doanh nghiệp"): lambda n, figure: ngettext(
        "%(figure)s doanh nghiệp", "%(figure)s doanh nghiệp", n, figure=figure
    ),
    N_("cuộc gọi"): lambda n, figure: ngettext(
        "%(figure)s cuộc gọi", "%(figure)s cuộc gọi", n, figure=figure
    ),
    N_("tin"): lambda n, figure: ngettext("%(figure)s tin", "%(figure)s tin", n, figure=figure),
    N_("cặp"): lambda n, figure: ngettext("%(figure)s cặp", "%(figure)s cặp", n, figure=figure),
    N_("dòng"): lambda n, figure: ngettext("%(figure)s dòng", "%(figure)s dòng", n, figure=figure),
    N_("giấy"): lambda n, figure: ngettext("%(figure)s giấy", "%(figure)s giấy", n, figure=figure),
    N_("giờ"): lambda n, figure: ngettext("%(figure)s giờ", "%(figure)s giờ", n, figure=figure),
    N_("giờ mỗi tháng"): lambda n, figure: ngettext(
        "%(figure)s giờ mỗi tháng", "%(figure)s giờ mỗi tháng", n, figure=figure
    ),
    N_("hồ sơ"): lambda n, figure: ngettext(
        "%(figure)s hồ sơ", "%(figure)s hồ sơ", n, figure=figure
    ),
    N_("lần"): lambda n, figure: ngettext("%(figure)s lần", "%(figure)s lần", n, figure=figure),
    N_("lần đăng nhập"): lambda n, figure: ngettext(
        "%(figure)s lần đăng nhập", "%(figure)s lần đăng nhập", n, figure=figure
    ),
    N_("lời mời"): lambda n, figure: ngettext(
        "%(figure)s lời mời", "%(figure)s lời mời", n, figure=figure
    ),
    N_("lượt"): lambda n, figure: ngettext("%(figure)s lượt", "%(figure)s lượt", n, figure=figure),
    N_("lượt tư vấn"): lambda n, figure: ngettext(
        "%(figure)s lượt tư vấn", "%(figure)s lượt tư vấn", n, figure=figure
    ),
    N_("phiên"): lambda n, figure: ngettext(
        "%(figure)s phiên", "%(figure)s phiên", n, figure=figure
    ),
    N_("tháng"): lambda n, figure: ngettext(
        "%(figure)s tháng", "%(figure)s tháng", n, figure=figure
    ),
    N_("khiếu nại"): lambda n, figure: ngettext(
        "%(figure)s khiếu nại", "%(figure)s khiếu nại", n, figure=figure
    ),
    N_("năm"): lambda n, figure: ngettext("%(figure)s năm", "%(figure)s năm", n, figure=figure),
    N_("ngày"): lambda n, figure: ngettext("%(figure)s ngày", "%(figure)s ngày", n, figure=figure),
    N_("người"): lambda n, figure: ngettext(
        "%(figure)s người", "%(figure)s người", n, figure=figure
    ),
    N_("nơi"): lambda n, figure: ngettext("%(figure)s nơi", "%(figure)s nơi", n, figure=figure),
    N_("phút"): lambda n, figure: ngettext("%(figure)s phút", "%(figure)s phút", n, figure=figure),
    N_("giây"): lambda n, figure: ngettext("%(figure)s giây", "%(figure)s giây", n, figure=figure),
    N_("tài khoản"): lambda n, figure: ngettext(
        "%(figure)s tài khoản", "%(figure)s tài khoản", n, figure=figure
    ),
    N_("việc"): lambda n, figure: ngettext("%(figure)s việc", "%(figure)s việc", n, figure=figure),
    N_("vị trí"): lambda n, figure: ngettext(
        "%(figure)s vị trí", "%(figure)s vị trí", n, figure=figure
    ),
    N_("buổi"): lambda n, figure: ngettext("%(figure)s buổi", "%(figure)s buổi", n, figure=figure),
    N_("lớp"): lambda n, figure: ngettext("%(figure)s lớp", "%(figure)s lớp", n, figure=figure),
    N_("mô đun"): lambda n, figure: ngettext(
        "%(figure)s mô đun", "%(figure)s mô đun", n, figure=figure
    ),
    N_("tháng"): lambda n, figure: ngettext(
        "%(figure)s tháng", "%(figure)s tháng", n, figure=figure
    ),
    N_("đơn"): lambda n, figure: ngettext("%(figure)s đơn", "%(figure)s đơn", n, figure=figure),
    N_("yêu cầu"): lambda n, figure: ngettext(
        "%(figure)s yêu cầu", "%(figure)s yêu cầu", n, figure=figure
    ),
}


def counted(value: float, figure: str, noun: str) -> str:
    """Return `figure` with the noun that `value` asks for; the first blank never breaks a line."""
    for known, say in NOUNS.items():
        if noun in (known, _(known)):
            return str(say(math.ceil(value), figure)).replace(" ", SPACE, 1)
    return f"{figure}{SPACE}{noun}"
