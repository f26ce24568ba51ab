"""The search form: every parameter of the public contract, read from the address.

It checks shape and vocabulary and gives a `SearchRequest`; free text is read as filters by
`listings.queries.understood`. Called by `web/search.py`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from werkzeug.datastructures import MultiDict
from wtforms import FloatField, Form, IntegerField, SelectField, SelectMultipleField, StringField
from wtforms.validators import AnyOf, Length, NumberRange, Optional

from directory.listings.models import Gender, ListingKind
from directory.listings.queries.cards import Point
from directory.listings.queries.search import ListingSearch, OpenFilter, Sort
from directory.listings.queries.understood import (
    Place,
    Reading,
    place_named,
    plain_words,
    read_words,
)
from directory.vocabulary.models import TermKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from directory.vocabulary.queries import Vocabulary

TERM_PARAMETERS = (
    TermKind.PROFESSION,
    TermKind.CENTRE_TYPE,
    TermKind.CONDITION,
    TermKind.TREATMENT,
    TermKind.LANGUAGE,
    TermKind.MODE,
    TermKind.AGE_GROUP,
    TermKind.IDENTITY,
    TermKind.PAYMENT,
    TermKind.FACILITY,
    TermKind.ACCESSIBILITY,
)
REPEATABLE = (*(kind.value for kind in TERM_PARAMETERS), "gender", "district", "locality", "open")
PER_PAGE = 20
MOST_PER_PAGE = 100
MOST_PAGES = 10_000
MOST_KILOMETRES = 100
DEFAULT_KILOMETRES = 10
METRES_IN_A_KILOMETRE = 1000
MOST_RUPEES = 10_000_000
# The box round Delhi and the towns its metro reaches, as the reference data has it (WGS 84).
LATITUDES = (28.0, 29.2)
LONGITUDES = (76.5, 78.0)
# Characters no page may hold; a reader cannot have meant them.
CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\ufffe\uffff]")
SWITCH = (Optional(), AnyOf(["0", "1"]))


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """A search as asked for: filters, how they were read, and which page of it.

    `given` are the parameters as they stood in the address, without page and empty ones;
    `unknown_place` is a place nobody here knows by that name.
    """

    search: ListingSearch
    given: Mapping[str, tuple[str, ...]]
    reading: Reading
    place: Place | None
    unknown_place: str | None
    page: int
    per_page: int


def _choices(values: Iterable[str]) -> list[Any]:
    """Give the values as choices; WTForms' types know only the pairs it has deprecated."""
    return [str(value) for value in values]


class SearchForm(Form):
    """The parameters of `/search` (public contract, section 5); none is required."""

    q = StringField(validators=[Length(max=200)])
    near = StringField(validators=[Length(max=80)])
    lat = FloatField(validators=[Optional(), NumberRange(*LATITUDES)])
    lon = FloatField(validators=[Optional(), NumberRange(*LONGITUDES)])
    within = FloatField(validators=[Optional(), NumberRange(0.1, MOST_KILOMETRES)])
    kind = SelectField(validators=[Optional()], choices=_choices(ListingKind))
    profession = SelectMultipleField()
    centre_type = SelectMultipleField()
    condition = SelectMultipleField()
    treatment = SelectMultipleField()
    language = SelectMultipleField()
    mode = SelectMultipleField()
    age_group = SelectMultipleField()
    identity = SelectMultipleField()
    payment = SelectMultipleField()
    facility = SelectMultipleField()
    accessibility = SelectMultipleField()
    gender = SelectMultipleField(choices=_choices(Gender))
    district = SelectMultipleField()
    locality = SelectMultipleField()
    fee_max = IntegerField(validators=[Optional(), NumberRange(0, MOST_RUPEES)])
    fee_unstated = StringField(validators=SWITCH)
    open = SelectMultipleField(choices=_choices(OpenFilter))
    accepting = StringField(validators=SWITCH)
    registered = StringField(validators=SWITCH)
    rating_min = FloatField(validators=[Optional(), NumberRange(1, 5)])
    sort = SelectField(validators=[Optional()], choices=_choices(Sort))
    page = IntegerField(validators=[Optional(), NumberRange(1, MOST_PAGES)])
    per_page = IntegerField(validators=[Optional(), NumberRange(1, MOST_PER_PAGE)])
    view = SelectField(validators=[Optional()], choices=_choices(("list", "map")))
    parse = StringField(validators=SWITCH)

    @classmethod
    def of_address(cls, arguments: MultiDict[str, str], vocabulary: Vocabulary) -> SearchForm:
        """Give the form filled from an address; empty values count as absent."""
        given = MultiDict(
            [
                (name, CONTROLS.sub(" ", value))
                for name, value in arguments.items(multi=True)
                if CONTROLS.sub(" ", value).strip()
            ]
        )
        form = cls(given)
        for kind in TERM_PARAMETERS:
            field: SelectMultipleField = getattr(form, kind.value)
            field.choices = _choices(vocabulary.terms[kind])
        form.district.choices = _choices(vocabulary.districts)
        form.locality.choices = _choices(vocabulary.localities)
        return form

    def request(self, vocabulary: Vocabulary) -> SearchRequest:
        """Give the search a valid form asks for."""
        reading = self._reading(vocabulary)
        named = (self.near.data or "").strip() or _value_of(reading, "near")
        place = place_named(named, vocabulary) if named else None
        near = self._point() or (place.point if place else None)
        sort = Sort(self.sort.data) if self.sort.data else _default_sort(near)
        return SearchRequest(
            search=replace(
                self._filters(vocabulary),
                terms=self._terms(reading, vocabulary),
                words=reading.words,
                near=near,
                within_m=self._within_m(near, sort),
                sort=sort,
            ),
            given=self._given(),
            reading=reading,
            place=place,
            unknown_place=named if named and place is None else None,
            page=self.page.data or 1,
            per_page=self.per_page.data or PER_PAGE,
        )

    def _reading(self, vocabulary: Vocabulary) -> Reading:
        text = (self.q.data or "").strip()
        if self.parse.data == "0":
            return Reading((), plain_words(text))
        return read_words(text, vocabulary)

    def _filters(self, vocabulary: Vocabulary) -> ListingSearch:
        """Give the filters that need no reading: all but terms, words, place and order."""
        districts, localities = vocabulary.districts, vocabulary.localities
        return ListingSearch(
            kind=ListingKind(self.kind.data) if self.kind.data else None,
            genders=tuple(Gender(value) for value in self.gender.data or ()),
            district_ids=tuple(districts[slug].id for slug in self.district.data or ()),
            locality_ids=tuple(localities[slug].id for slug in self.locality.data or ()),
            fee_max=self.fee_max.data,
            fee_unstated=self.fee_unstated.data == "1",
            open_when=frozenset(OpenFilter(value) for value in self.open.data or ()),
            accepting=self.accepting.data == "1",
            registered=self.registered.data == "1",
            rating_min=self.rating_min.data,
        )

    def _terms(
        self, reading: Reading, vocabulary: Vocabulary
    ) -> Mapping[TermKind, tuple[int, ...]]:
        chosen: dict[TermKind, tuple[int, ...]] = {}
        for kind in TERM_PARAMETERS:
            slugs = [*(self[kind.value].data or ())]
            slugs += [found.value for found in reading.understood if found.parameter == kind]
            if slugs:
                ids = (vocabulary.terms[kind][slug].id for slug in slugs)
                chosen[kind] = tuple(dict.fromkeys(ids))
        return MappingProxyType(chosen)

    def _point(self) -> Point | None:
        if self.lat.data is None or self.lon.data is None:
            return None
        return Point(self.lat.data, self.lon.data)

    def _within_m(self, near: Point | None, sort: Sort) -> int | None:
        kilometres = self.within.data
        if kilometres is None:
            if near is None or sort is not Sort.DISTANCE:
                return None
            kilometres = DEFAULT_KILOMETRES
        return round(kilometres * METRES_IN_A_KILOMETRE)

    def _given(self) -> Mapping[str, tuple[str, ...]]:
        return MappingProxyType(
            {
                field.name: tuple(dict.fromkeys(field.raw_data))
                for field in self
                if field.raw_data and field.name != "page"
            }
        )


def _value_of(reading: Reading, parameter: str) -> str | None:
    return next((item.value for item in reading.understood if item.parameter == parameter), None)


def _default_sort(near: Point | None) -> Sort:
    """A reader who names a place wants what is near it first."""
    return Sort.BEST if near is None else Sort.DISTANCE
