"""Where a posting's job is: province, commune and park as its words name them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from jobcenter.kernel.vietnamese import fold, fold_words, nfc

HOME_PROVINCE = "31"
Row = Mapping[str, str]


@dataclass(frozen=True)
class Place:
    """Codes as far as the words go; `doubtful` when a district had to stand for a commune."""

    province: str | None = None
    commune: str | None = None
    park: str | None = None
    doubtful: bool = False


@dataclass(frozen=True)
class Gazetteer:
    """Names of places, present and former, folded for lookup."""

    provinces: Mapping[str, str]
    communes: Mapping[tuple[str, str], Sequence[tuple[str, str, str]]]
    parks: Sequence[tuple[re.Pattern[str], str, str]]
    province_words: re.Pattern[str] = field(repr=False)

    def province(self, name: str) -> str | None:
        """Return the code of today's province that `name`, present or former, belongs to."""
        return self.provinces.get(_plain(name))

    def province_in(self, text: str) -> str | None:
        """Return the province named last in `text`, as addresses end with it."""
        found = self.province_words.findall(_plain(text))
        return self.provinces[found[-1]] if found else None

    def find(self, lines: Iterable[str], province: str | None) -> Place:
        """Return the park and commune that `lines` name inside `province`."""
        park = commune = None
        doubtful = False
        for line in sorted(lines, key=lambda text: not _is_address(text)):
            park = park or (self._park(line) if province in (None, HOME_PROVINCE) else None)
            found = self._commune(line, province or (HOME_PROVINCE if park else None))
            if found is not None and (commune is None or (doubtful and not found[1])):
                commune, doubtful = found
        park_code, park_commune = park or (None, None)
        if park_code is not None:
            province = HOME_PROVINCE
        return Place(province, commune or park_commune, park_code, doubtful)

    def _park(self, line: str) -> tuple[str, str] | None:
        text = _plain(line)
        return next(((code, at) for words, code, at in self.parks if words.search(text)), None)

    def _commune(self, line: str, province: str | None) -> tuple[str, bool] | None:
        """Return (code, stands for a district); the accents decide between two of one spelling."""
        if province is None:
            return None
        for match in _UNIT.finditer(nfc(line)):
            words = match.group("name").split()
            doubtful = fold(match.group("kind")).rstrip(". ") in _DISTRICTS
            for size in range(min(len(words), 4), 0, -1):
                name = " ".join(words[:size]).rstrip(".,;:)")
                code = self._one(name, province, line)
                if code is not None:
                    return code, doubtful
        return None

    def _one(self, name: str, province: str, line: str) -> str | None:
        """Return the one unit of that name; a former district named beside it may decide."""
        near = _plain(line)
        found = [
            (code, written)
            for code, written, district in self.communes.get((province, _plain(name)), ())
            if not district or district in near
        ]
        exact = {code for code, written in found if _same(written, name)}
        codes = exact or {code for code, _ in found}
        return codes.pop() if len(codes) == 1 else None


_UNIT = re.compile(
    r"(?P<kind>\b(?:phường|xã|thị trấn|đặc khu|quận|huyện|thị xã|thành phố|P\.|X\."
    r"|TT\.|Q\.|H\.|TX\.))"
    r"\s*(?P<name>[^\W\d_]+(?: [^\W\d_]+){0,3})",
    re.IGNORECASE,
)
_DISTRICTS = {"quan", "huyen", "thi xa", "thanh pho", "q", "h", "tx"}
_ADDRESS = re.compile(
    r"dia chi|noi lam viec|dia diem|lam viec tai|address|location|workplace|kcn|khu cong nghiep"
)
_KIND = re.compile(r"^(?:phường|xã|thị trấn|đặc khu|thành phố|thị xã|huyện|quận)\s+", re.IGNORECASE)


def _is_address(text: str) -> bool:
    return bool(_ADDRESS.search(fold(text)))


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", fold(text)).strip()


def _same(one: str, other: str) -> bool:
    """Compare names with their tones, wherever the mark was placed: Hoà is Hòa, Giang not Giàng."""
    pairs = [[(w, "".join(sorted(t))) for w, t in fold_words(name)] for name in (one, other)]
    return pairs[0] == pairs[1]


def gazetteer(communes: Iterable[Row], parks: Iterable[Row], former: Iterable[Row]) -> Gazetteer:
    """Build the lookup from the rows of `communes.csv`, `parks.csv`, `former_provinces.csv`."""
    provinces: dict[str, str] = {}
    names: dict[tuple[str, str], list[tuple[str, str, str]]] = {}
    for row in communes:
        provinces[_plain(_bare(row["province"]))] = row["province_code"]
        for name, district in {(row["name"], ""), *_former_names(row["before_merger"])}:
            entry = names.setdefault((row["province_code"], _plain(name)), [])
            entry.append((row["code"], name, district))
    for row in former:
        for name in (row["name"], *filter(None, row["aliases"].split("|"))):
            provinces[_plain(name)] = row["province_code"]
    longest = sorted(provinces, key=len, reverse=True)
    words = re.compile(r"\b(?:" + "|".join(map(re.escape, longest)) + r")\b")
    return Gazetteer(provinces, names, _park_words(parks), words)


def _bare(full_name: str) -> str:
    return _KIND.sub("", re.sub(r"^Tỉnh ", "", full_name))


def _former_names(before_merger: str) -> Iterator[tuple[str, str]]:
    """Yield (name, district) of the units a commune was made of; the district where it is told."""
    for part in before_merger.split(","):
        match = _FORMER.fullmatch(part.strip())
        if match and _KIND.match(match.group(1)):
            yield _KIND.sub("", match.group(1)).strip(), _plain(match.group(2) or "")


_FORMER = re.compile(r"([^()]{1,40})(?:\((?:huyện|quận|thành phố|thị xã) ([^()]+)\))?")


def _park_words(parks: Iterable[Row]) -> list[tuple[re.Pattern[str], str, str]]:
    """Return (words, park, commune), longest first; a bare place name needs "KCN" before it."""
    found: list[tuple[int, re.Pattern[str], str, str]] = []
    for row in parks:
        for alias in (row["name_vi"], row["name_en"], *filter(None, row["aliases"].split("|"))):
            plain = _plain(alias)
            core = plain.removeprefix("kcn ")
            front = (
                ""
                if _speaks_for_itself(plain)
                else r"(?:kcn|khu cong nghiep|khu|ip|iz) (?:\w+ ){0,1}?"
            )
            rule = re.compile(
                rf"\b{front}{re.escape(core)}\b(?! \d)" if front else rf"\b{re.escape(plain)}\b"
            )
            found.append((len(core), rule, row["code"], row["commune_code"]))
    ordered = sorted(found, key=lambda item: -item[0])
    return [(rule, code, commune) for _, rule, code, commune in ordered]


def _speaks_for_itself(plain: str) -> bool:
    return plain.startswith(
        ("deep c", "vsip", "nomura", "trang due", "nam dinh vu", "nam cau kien")
    )
