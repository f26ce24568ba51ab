"""Likely duplicates: the list, two side by side, a merge by a form, and where readers come out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from directory.listings.exchange.merging import Side
from directory.listings.models import Accepting, FeePurpose, ListingState
from tests.factories.listings import Facts, make_practitioner
from tests.web.moderation.staff import send

if TYPE_CHECKING:
    from tests.factories.listings import Made
    from tests.web.moderation.staff import Staff

LIST = "/admin/duplicates"


def pair_path(keep: Made, other: Made) -> str:
    return f"{LIST}/{keep.id}/{other.id}"


@pytest.fixture
def other(staff: Staff) -> Made:
    """Make the desk's practitioner a second time, with a fee and an older address."""
    facts = Facts(
        name="Minakshi Rawat",
        fees=[(FeePurpose.FIRST_SESSION, 1800)],
        accepting=Accepting.YES,
        languages=["hi"],
        earlier_slugs=["minakshi"],
    )
    return staff.tell(lambda desk: make_practitioner(desk.vocabulary, facts))


def test_the_list_says_who_may_be_one_and_why(staff: Staff, other: Made) -> None:
    page = staff.client("admin").page(LIST)

    assert "1 pair to look at" in page.main_text
    assert "Almost surely one: the same name, same telephone 011-5550 1234" in page.main_text
    address = page.link("Look at both: Dr Meenakshi Rawat, Minakshi Rawat")
    assert address == pair_path(staff.desk.listing, other)


def test_without_duplicates_the_list_says_so(staff: Staff) -> None:
    assert "Nothing looks alike" in staff.client("admin").page(LIST).main_text


def test_two_that_are_named_are_compared(staff: Staff, other: Made) -> None:
    admin, keep = staff.client("admin"), staff.desk.listing

    page = admin.page(LIST, status=422, one=f"https://x.example{keep.path}/", other="nobody")
    assert "There is no listing with the ref or slug" in page.main_text
    answer = admin.get(f"{LIST}?one={keep.slug}&other=+{other.path}+")

    assert (answer.status_code, answer.location) == (303, pair_path(keep, other))


def test_the_page_shows_what_would_move_before_anybody_presses(staff: Staff, other: Made) -> None:
    staff.tell(lambda desk: desk.published("asha"))
    page = staff.client("admin").page(pair_path(other, staff.desk.listing))

    assert "1 review, 1 of them public; the score is computed anew" in page.main_text
    assert staff.desk.listing.slug in page.main_text
    assert "First visit: ₹1,800" in page.main_text
    inputs = page.markup.all("input")
    checked = {el.get("name"): el.get("value") for el in inputs if el.get("checked") is not None}
    assert checked == {
        "choice-name": "keep",
        "choice-fees": "keep",
        "choice-accepting": "keep",
        "choice-languages": "keep",
    }


def test_a_merge_takes_the_chosen_values_and_leads_readers_on(staff: Staff, other: Made) -> None:
    keep, admin = staff.desk.listing, staff.client("admin")
    path = pair_path(keep, other)
    values = {"choice-fees": Side.OTHER.value, "choice-accepting": Side.KEEP.value}

    answer = send(admin, path, path, values)

    assert (answer.status_code, answer.location) == (303, path)
    assert "These are one by now" in admin.page(path).main_text
    assert "₹1,800" in admin.page(keep.path).main_text
    for old, new in (
        (other.path, keep.path),
        ("/therapists/minakshi", keep.path),
        (f"{other.path}/review", f"{keep.path}/review"),
        (f"{other.path}/correct", f"{keep.path}/correct"),
        (f"{other.path}/reviews", f"{keep.path}/reviews"),
        (f"/api/v1/listings/{other.slug}", f"/api/v1/listings/{keep.slug}"),
        (f"/api/v1/listings/{other.slug}/reviews", f"/api/v1/listings/{keep.slug}/reviews"),
    ):
        moved = admin.get(old)
        assert (moved.status_code, moved.location) == (301, new)


def test_a_review_sent_to_an_address_that_moved_meanwhile_is_sent_on_whole(
    staff: Staff, other: Made
) -> None:
    admin, path = staff.client("admin"), pair_path(staff.desk.listing, other)
    send(admin, path, path, {})

    answer = admin.post(f"{other.path}/review", {"text": "Long and careful words."})

    assert (answer.status_code, answer.location) == (308, f"{staff.desk.listing.path}/review")


def test_what_changed_meanwhile_is_not_merged_and_the_choice_stays(
    staff: Staff, other: Made
) -> None:
    admin, path = staff.client("admin"), pair_path(staff.desk.listing, other)

    answer = send(admin, path, path, {"seen_keep": "7", "choice-fees": "keep"})

    assert answer.status_code == 409
    page = admin.checked(answer, {})
    assert "One of the two has changed since you opened this page" in page.main_text
    assert staff.client("admin").page(other.path).h1 == "Minakshi Rawat"


def test_one_that_cannot_be_merged_says_why_and_offers_the_other_way(staff: Staff) -> None:
    draft = staff.tell(
        lambda desk: make_practitioner(desk.vocabulary, Facts(state=ListingState.DRAFT))
    )
    page = staff.client("admin").page(pair_path(draft, staff.desk.listing))

    assert "The one that would stay is not published" in page.main_text
    assert page.link("Let the other one stay instead") == pair_path(staff.desk.listing, draft)
    assert "Merge the two" not in page.main_text


def test_two_told_apart_are_gone_from_the_list(staff: Staff, other: Made) -> None:
    admin, path = staff.client("admin"), pair_path(staff.desk.listing, other)

    answer = send(admin, path, f"{path}/apart", {})

    assert (answer.status_code, answer.location) == (303, LIST)
    assert "Nothing looks alike" in admin.page(LIST).main_text
    assert "Told apart on" in admin.page(path).main_text


def test_two_that_do_not_exist_are_not_found(staff: Staff) -> None:
    for path in (f"{LIST}/1/999", f"{LIST}/1/1"):
        staff.client("admin").page(path, status=404)
