"""Pages of conditions, treatments, professions, localities and metro lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from directory.listings.models import ListingState
from directory.vocabulary.models import TermKind
from tests.factories.listings import Facts, Place, make_practitioner

if TYPE_CHECKING:
    from directory.vocabulary.queries import Vocabulary
    from tests.support.page import PageClient

SAKET = (28.5245, 77.2066)


def test_a_condition_says_what_it_is_who_helps_and_where(
    client: PageClient, vocabulary: Vocabulary
) -> None:
    make_practitioner(
        vocabulary, Facts(name="Dr Rawat", conditions=["depression"]), profession="psychiatrist"
    )
    make_practitioner(vocabulary, Facts(name="Unseen", state=ListingState.SUSPENDED))

    page = client.page("/conditions/depression")

    assert page.h1.startswith("Depression")
    assert "1 listing in Delhi" in page.main_text
    assert str(vocabulary.terms[TermKind.CONDITION]["depression"].details["plain_en"])[:40] in (
        page.main_text
    )
    who = dict(page.links(page.section("Who helps with it")))
    assert who["Psychiatrist मनोचिकित्सक 1 listings"] == (
        "/search?condition=depression&profession=psychiatrist"
    )
    assert page.by_role("article") != []
    assert "Dr Rawat" in page.main_text
    assert "Unseen" not in page.main_text


def test_words_that_touch_on_danger_stand_beside_both_numbers(client: PageClient) -> None:
    page = client.page("/conditions/suicidal-thoughts")

    addresses = [address for _words, address in page.links(page.by_role("main")[0])]
    assert addresses.index("tel:112") < addresses.index("/professions")
    assert "tel:14416" in addresses


def test_a_treatment_says_what_to_ask_before_it_begins(client: PageClient) -> None:
    page = client.page("/treatments/iv-ketamine")

    assert page.h1.startswith("Ketamine infusion")
    assert "Worth asking first" in [text for _level, text in page.headings()]


def test_a_profession_says_how_to_look_it_up(client: PageClient) -> None:
    page = client.page("/professions/psychiatrist")

    assert "How to look someone up." in page.main_text


def test_a_word_nobody_is_listed_under_still_has_a_way_on(client: PageClient) -> None:
    page = client.page("/conditions/depression")

    assert "Nobody is listed under this yet" in page.main_text
    assert page.link("Search all of Delhi") == "/search"


@pytest.mark.parametrize(
    ("path", "kind"), [("/conditions", TermKind.CONDITION), ("/treatments", TermKind.TREATMENT)]
)
def test_an_index_names_every_word_once(
    client: PageClient, vocabulary: Vocabulary, path: str, kind: TermKind
) -> None:
    page = client.page(path)

    linked = [address for _words, address in page.links() if address.startswith(f"{path}/")]
    assert sorted(linked) == sorted(f"{path}/{slug}" for slug in vocabulary.terms[kind])


def test_who_does_what_names_every_profession(client: PageClient, vocabulary: Vocabulary) -> None:
    page = client.page("/professions")

    linked = [address for _words, address in page.links() if address.startswith("/professions/")]
    expected = [f"/professions/{slug}" for slug in vocabulary.terms[TermKind.PROFESSION]]
    assert linked == expected


def test_a_locality_shows_the_nearest_first_with_distance_and_station(
    client: PageClient, vocabulary: Vocabulary
) -> None:
    make_practitioner(vocabulary, Facts(name="Farther", places=(Place(point=(28.545, 77.2066)),)))
    make_practitioner(vocabulary, Facts(name="Nearer", places=(Place(point=SAKET),)))
    make_practitioner(vocabulary, Facts(name="Too far", places=(Place("rohini-sector-9"),)))

    page = client.page("/localities/saket")

    names = [page.links(card)[0][0] for card in page.by_role("article")]
    assert names == ["Nearer", "Farther"]
    facts = dict(page.pairs())
    assert "Yellow Line" in facts["Nearest metro"]
    assert facts["District"].startswith("South")
    assert "110017" in facts["PIN code"]
    assert "km, Saket" in page.text


def test_an_empty_locality_offers_to_look_further(client: PageClient) -> None:
    page = client.page("/localities/narela")

    assert page.link("Search further from Narela") == "/search?near=narela&within=25"


def test_the_index_of_places_has_every_locality_and_district(
    client: PageClient, vocabulary: Vocabulary
) -> None:
    page = client.page("/localities")

    linked = {address for _words, address in page.links()}
    assert {f"/localities/{slug}" for slug in vocabulary.localities} <= linked
    assert {f"/search?district={slug}" for slug in vocabulary.districts} <= linked


def test_a_line_lists_its_stations_in_order_with_what_is_near(
    client: PageClient, vocabulary: Vocabulary
) -> None:
    make_practitioner(vocabulary, Facts(places=(Place(point=SAKET),)))
    nearest, _metres = vocabulary.nearest_station(*SAKET)

    page = client.page("/metro/yellow")

    stops = page.classed("stations__link")
    assert len(stops) == len(vocabulary.lines["yellow"].segments[0])
    assert stops[0].get("href") == "/search?near=samaypur-badli"
    (stop,) = [el for el in stops if el.get("href") == f"/search?near={nearest.slug}"]
    assert "".join(stop.itertext()).endswith("1 listings")


@pytest.mark.parametrize("slug", ["pink", "magenta", "grey"])
def test_a_line_with_branches_or_a_ring_has_a_page(client: PageClient, slug: str) -> None:
    assert client.page(f"/metro/{slug}").h1.startswith(slug.title())


def test_every_metro_line_is_listed(client: PageClient, vocabulary: Vocabulary) -> None:
    linked = {address for _words, address in client.page("/metro").links()}

    assert {f"/metro/{slug}" for slug in vocabulary.lines} <= linked
