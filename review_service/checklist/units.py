"""Procuracy units: the registry (knowledge/units.yaml) and the mentions of units in a draft.

Units of the registry's province are known by name with their dates of effect; units of other provinces, and levels
that ceased everywhere on 1 July 2025 (Law 82/2025/QH15; Resolution 84/2025/UBTVQH15), are known by pattern.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from review_service.data import read_data
from review_service.text import UPPER, Field, Span, fold, remembered

Level = Literal["supreme", "appellate", "high", "province", "district", "region", "military"]


class Unit(BaseModel):
    """A unit of the registry."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    name: str
    level: Level
    place: str = ""
    province: str = ""
    valid_from: datetime.date | None = None
    valid_to: datetime.date | None = None
    successors: tuple[str, ...] = ()
    verified: bool


class FormerProvince(BaseModel):
    """A province that ceased, and the one it became part of."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    successor: str
    source: str = ""


class RegistryFile(BaseModel):
    """knowledge/units.yaml."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    home_provinces: tuple[str, ...]
    reform_date: datetime.date
    ceased_levels: tuple[Level, ...]
    units: tuple[Unit, ...]
    former_provinces: tuple[FormerProvince, ...]


class DistrictsFile(BaseModel):
    """knowledge/districts.yaml: the district-level places of each province before the reform."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    districts: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class UnitMention:
    """A procuracy unit as named in a text: level and place as far as the words tell.

    `kind` is how a district-level place is called (huyện, thị xã …). `level` is empty for the bare institution ("Viện kiểm sát"), "two_level" for "Viện kiểm sát hai cấp"; `place` and
    `province` are folded names; `department` is "phòng 8" and the like.
    """

    field: Field
    start: int
    end: int
    level: str
    place: str
    province: str = ""
    department: str = ""
    kind: str = ""

    @property
    def span(self) -> Span:
        """The words that name the unit."""
        return Span(self.field.name, self.start, self.end)

    @property
    def text(self) -> str:
        """The words as written."""
        return self.field.text[self.start : self.end]

    @property
    def is_specific(self) -> bool:
        """Whether the words alone tell which unit it is."""
        return self.level in ("supreme", "appellate", "high", "military") or bool(self.level and self.place)


_HEAD = re.compile(
    r"\b(?:(?:(?:phòng|văn phòng|thanh tra|phòng nghiệp vụ)(?: \d{1,2})?|vụ \d{1,2})(?:,| thuộc| -|/| của)? ?)?"
    r"(?:viện kiểm sát nhân dân|viện kiểm sát nhân dâ|viện ksnd|viện kiểm sát|vksndtc|vkstc|vksnd|vkskv|vks|viện công tố và kiểm sát xét xử phúc thẩm)(?=[\W\d]|$)"
)
_HEAD_WORDS = ("viện", "vks")
_DEPARTMENT = re.compile(r"^(?:phòng|vụ) \d{1,2}|^văn phòng|^thanh tra")
_PLACE = rf"((?:[{UPPER}][\w’']*|\d{{1,2}})(?:[ ](?:- )?[{UPPER}][\w’']*){{0,4}})"
_LEVEL = re.compile(
    r"(?P<supreme> ?(?:nhân dân )?tối cao\b)"
    r"|(?P<high> ?(?:nhân dân )?cấp cao\b)"
    r"|(?P<military> quân sự\b)"
    r"|(?P<two_level> (?:nhân dân )?(?:hai|2|02) cấp\b|(?:,| và)? cấp (?:huyện|tỉnh|khu vực|trên|dưới)\b|(?: các| ba| 3| 03) cấp\b| cấp (?:trên|dưới)\b)"
    r"|(?P<region>,? ?(?:khu vực|kv)\b)"
    r"|(?P<district> (?:huyện\b|thị xã\b|quận\b|tx\b\.?|h\.|q\.|thành phố thuộc tỉnh\b))"
    r"|(?P<commune> (?:phường|xã|thị trấn) (?!hội\b))"  # there never was one: somebody errs
    r"|(?P<city> (?:thành phố\b|tp\b\.?))"
    r"|(?P<province> tỉnh\b)"
)
_REGION_NUMBER = re.compile(r" ?(\d{1,2}(?:[a-z](?!\w))?)(?:\s*(?:-|,|\()\s*(?:tỉnh |thành phố |tp\.? ?)?)?")
_AFTER_PLACE = re.compile(r"(?:,| -|\s\(|,? thuộc)? (?:tỉnh|thành phố|tp\.?) (?=\S)")
_PLACE_RE = re.compile(_PLACE)
_CENTRAL_CITIES = frozenset(("hà nội", "hồ chí minh", "đà nẵng", "hải phòng", "cần thơ", "huế", "hcm"))


def mentions(field: Field) -> Iterator[UnitMention]:
    """Yield the procuracy units named in `field`, in order."""
    for sentence in field.sentences:
        for start, end, department in _heads(sentence.folded):
            yield _mention(field, sentence.start + start, sentence.start + end, department)


@remembered
def declared(value: str) -> tuple[UnitMention, ...]:
    """Return the procuracy units named in the value of a draft's field, such as `unit`."""
    return tuple(mentions(Field("unit", value)))


@remembered
def _heads(folded: str) -> tuple[tuple[int, int, str], ...]:
    """Return where a folded sentence names procuracies: the words up to the level, and the department before them."""
    if not any(word in folded for word in _HEAD_WORDS):
        return ()
    found = []
    for match in _HEAD.finditer(folded):
        department = _DEPARTMENT.match(match.group())
        found.append((*match.span(), department.group() if department else ""))
    return tuple(found)


def _mention(field: Field, start: int, end: int, department: str) -> UnitMention:
    folded = field.folded
    head = folded[start:end]
    if head.endswith(("vksndtc", "vkstc")):
        return UnitMention(field, start, end, "supreme", "", "", department)
    if head.endswith("phúc thẩm"):
        return UnitMention(field, start, end, "appellate", "", "", department)
    level_match = _LEVEL.match(folded, end)
    if level_match is None and head.endswith("vkskv"):
        level_match = re.compile(r"(?P<region>)(?=\d)").match(folded, end)
    if level_match is None:
        return UnitMention(field, start, end, "", "", "", department)
    level = level_match.lastgroup or ""
    end = level_match.end()
    if level in ("supreme", "military"):
        return UnitMention(field, start, end, level, "", "", department)
    if level == "high":
        place = re.compile(r" (?:tại )?(?:(?:[Tt][Pp]\.? ?|[Tt]hành phố )?" + _PLACE + ")").match(field.standard, end)
        return UnitMention(
            field, start, place.end() if place else end, "high", fold(place.group(1)) if place else "", "", department
        )
    if level == "two_level":
        place_end, place_name = _place(field, end, prefix=r" (?:tỉnh |thành phố |tp\.? ?)?")
        return UnitMention(field, start, place_end, "two_level", place_name, "", department)
    if level == "region":
        return _regional(field, start, end, department)
    place_end, place_name = _place(field, end, prefix=r" ?")
    if level == "commune" and not place_name:
        return UnitMention(field, start, level_match.start(), "", "", "", department)
    if level == "city":
        level = "province" if place_name in _CENTRAL_CITIES else "district"
    province_end, province = _province(field, place_end) if place_name and level == "district" else (place_end, "")
    return UnitMention(field, start, province_end, level, place_name, province, department, _kind(level_match.group()))


_KINDS = {"tx": "thị xã", "h": "huyện", "q": "quận", "tp": "thành phố"}


def _kind(words: str) -> str:
    word = words.strip(" .")
    return _KINDS.get(word, word)


def _place(field: Field, position: int, prefix: str) -> tuple[int, str]:
    """Return where the capitalised place name at `position` ends, and the name folded ("" when there is none)."""
    match = re.compile(prefix + _PLACE).match(field.standard, position)
    if match is None:
        return position, ""
    return match.end(), fold(match.group(1))


def _regional(field: Field, start: int, end: int, department: str) -> UnitMention:
    number = _REGION_NUMBER.match(field.folded, end)
    if number is None:
        named_end, named = _place(field, end, prefix=r" ")
        place, _, province = named.partition(" - ")
        if place:  # "VKSND khu vực Bến Lức - Tây Ninh": regions have numbers, not names
            return UnitMention(field, start, named_end, "region", place, province, department)
        return UnitMention(field, start, end, "region", "", "", department)
    after = _PLACE_RE.match(field.standard, number.end())
    if after and number.end() > number.end(1):
        return UnitMention(
            field, start, after.end(), "region", number.group(1).lstrip("0"), fold(after.group(1)), department
        )
    return UnitMention(field, start, number.end(1), "region", number.group(1).lstrip("0"), "", department)


def _province(field: Field, position: int) -> tuple[int, str]:
    match = _AFTER_PLACE.match(field.folded, position)
    if match is None:
        return position, ""
    return _place(field, match.end(), prefix="")


_LEAST_WITH_NAME = 2  # syllables: a place of one and a name of two are more


class Registry:
    """The units of the home province, and what is known of the levels and provinces of the country."""

    def __init__(self, file: RegistryFile, districts: DistrictsFile) -> None:
        self.file = file
        elsewhere = districts.districts.keys() - set(file.home_provinces)
        self._elsewhere = frozenset(fold(place) for province in elsewhere for place in districts.districts[province])
        self._by_key: dict[tuple[str, str], list[Unit]] = {}
        self._by_id = {unit.id: unit for unit in file.units}
        self._folded = {unit.id: (fold(unit.name), fold(unit.place), fold(unit.province)) for unit in file.units}
        for unit in file.units:
            self._by_key.setdefault((unit.level, fold(unit.place)), []).append(unit)
        self._former = {fold(province.name): province for province in file.former_provinces}
        self.home = frozenset(fold(name) for name in file.home_provinces)

    def find(self, mention: UnitMention) -> Unit | None:
        """Return the registry's unit that `mention` names; the newest where a name was kept through a merger."""
        units = [
            unit
            for unit in self.called(mention)
            if not mention.kind or mention.level != "district" or f"{mention.kind} " in self._folded[unit.id][0]
        ]
        return units[-1] if units else None

    def called(self, mention: UnitMention) -> list[Unit]:
        """Return the units with the mention's level and place, of its province if it names one, whatever their kind."""
        units = self._by_key.get((mention.level, mention.place), [])
        return [
            unit
            for unit in units
            if not mention.province or not unit.province or self._folded[unit.id][2] == mention.province
        ]

    def is_elsewhere(self, mention: UnitMention) -> bool:
        """Whether a district of another province is called so."""
        return mention.level == "district" and mention.place in self._elsewhere

    def without_officer(self, mention: UnitMention, family_names: frozenset[str]) -> UnitMention:
        """Return the mention without the name of the officer that follows it: "VKSND huyện Tân Biên Thạch Ngọc Hiền"."""
        syllables = mention.place.split()
        if mention.level == "region" and not mention.province and syllables and syllables[0] in family_names:
            is_place = ("district", mention.place) in self._by_key or mention.place in self._elsewhere
            return mention if is_place else replace(mention, end=mention.end - len(mention.place) - 1, place="")
        if mention.level != "district" or mention.province or len(syllables) <= _LEAST_WITH_NAME:
            return mention
        for count in range(len(syllables) - 2, 0, -1):
            place = " ".join(syllables[:count])
            known = (mention.level, place) in self._by_key or place in self._elsewhere
            if known and syllables[count] in family_names:
                return replace(mention, end=mention.end - len(mention.place) + len(place), place=place)
        return mention

    def ceased(self, mention: UnitMention, on: datetime.date) -> bool:
        """Whether a unit of this name, of any province, no longer exists on a date."""
        if mention.level in self.file.ceased_levels and on >= self.file.reform_date:
            return True
        if mention.level == "province" and mention.place in self._former:
            return on >= self.file.reform_date
        unit = self.find(mention)
        return unit is not None and unit.valid_to is not None and unit.valid_to < on

    def end_of(self, mention: UnitMention) -> datetime.date:
        """Return the first day on which a unit of this name no longer existed: the reform's, or an earlier one."""
        unit = self.find(mention)
        if unit is None or unit.valid_to is None or mention.level not in self.file.ceased_levels:
            return self.file.reform_date
        return min(unit.valid_to + datetime.timedelta(days=1), self.file.reform_date)

    def not_yet(self, mention: UnitMention, on: datetime.date) -> bool:
        """Whether the level did not exist yet: regional procuracies began with the reform."""
        return mention.level == "region" and on < self.file.reform_date

    def successors(self, mention: UnitMention) -> tuple[str, ...]:
        """Return the names of the units that took over, as far as they are verified."""
        unit = self.find(mention)
        if unit is not None and unit.successors:
            return tuple(self._by_id[successor].name for successor in unit.successors if successor in self._by_id)
        if mention.level == "province" and (province := self._former.get(mention.place)):
            return (f"Viện kiểm sát nhân dân {province.successor}",)
        return ()

    def places(self, level: str) -> list[tuple[str, str]]:
        """Return the units of a level as (folded place, name)."""
        return [(self._folded[unit.id][1], unit.name) for unit in self.file.units if unit.level == level]


def load_registry(folder: Path) -> Registry:
    """Read the registry of units, and the country's districts."""
    return Registry(read_data(folder / "units.yaml", RegistryFile), read_data(folder / "districts.yaml", DistrictsFile))
