"""What comes in: from the first form to an erased account."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

from directory.accounts.models import Consent
from directory.core.db import db
from directory.core.errors import ConflictError, InvalidError, NotAllowedError, NotFoundError
from directory.moderation.decisions import link_person
from directory.moderation.intake import (
    confirm_review,
    flag_review,
    submit_review,
)
from directory.moderation.models import (
    CaseKind,
    CaseState,
    FlagState,
    LinkNature,
    Outcome,
)
from directory.moderation.queries.author import receipt
from directory.moderation.screening.lanes import Lane
from directory.reviews.models import Aspect, Review, ReviewVersion, RuleCode, Unsafe
from tests.factories.listings import Facts, make_centre, make_practitioner
from tests.moderation.desk import KEYS, OTHER_WORDS, WORDS

if TYPE_CHECKING:
    from directory.vocabulary.queries import Vocabulary
    from tests.moderation.desk import Desk


def token_of(desk: Desk) -> str:
    """Give the token of the newest letter's link."""
    return str(desk.newest_letter()["path"]).rpartition("/")[2]


def confirm(desk: Desk, token: str, browser: str | None = "browser") -> str:
    """Open a confirming link."""
    return confirm_review(token=token, browser=browser, keys=KEYS, now=desk.now).public_id


def test_without_an_account_nobody_reads_a_review_before_its_link_is_opened(desk: Desk) -> None:
    name = desk.submit(author=None)
    assert desk.state(name) == "unconfirmed"
    assert desk.letters() == ["confirm-review"]

    assert confirm(desk, token_of(desk)) == name

    assert desk.state(name) == "pending"
    assert desk.case(name).kind is CaseKind.REVIEW


def test_a_link_is_good_once(desk: Desk) -> None:
    desk.submit(author=None)
    token = token_of(desk)
    confirm(desk, token)

    with pytest.raises(NotFoundError, match="used already"):
        confirm(desk, token)


def test_a_link_is_good_for_seven_days(desk: Desk) -> None:
    desk.submit(author=None)
    token = token_of(desk)
    desk.wait(days=7)

    with pytest.raises(NotFoundError):
        confirm(desk, token)


def test_a_link_opened_elsewhere_confirms_and_says_so(desk: Desk) -> None:
    desk.submit(author=None)
    token = token_of(desk)

    confirmed = confirm_review(token=token, browser="another", keys=KEYS, now=desk.now)

    assert not confirmed.same_browser
    assert confirmed.listing_name == "Dr Meenakshi Rawat"


def test_somebody_signed_in_needs_no_link(desk: Desk) -> None:
    assert desk.state(desk.submit("asha")) == "pending"
    assert desk.letters() == []


def test_a_form_sent_twice_makes_one_review(desk: Desk) -> None:
    one = desk.submit("asha", submission_key="the same form")
    two = desk.submit("asha", submission_key="the same form")

    assert one == two
    assert db.session().scalar(select(func.count()).select_from(Review)) == 1


def test_confirming_writes_the_ledger_of_consents(desk: Desk) -> None:
    desk.submit("asha")

    assert [row.purpose.value for row in db.session().scalars(select(Consent))] == [
        "account",
        "publication",
        "display-name",
    ]


def test_an_unsafe_visit_is_read_early(desk: Desk) -> None:
    assert desk.case(desk.submit("asha", unsafe=Unsafe.YES)).lane is Lane.LEGAL
    assert desk.case(desk.submit("bela", text=OTHER_WORDS)).lane is Lane.ROUTINE


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"text": "Too short."}, "text"),
        ({"text": "x" * 4001}, "text"),
        ({"text": WORDS + " " * 5000}, None),
        ({"overall": 0}, "overall"),
        ({"overall": 6}, "overall"),
        ({"visit_quarter": "2024-Q2"}, "visit_quarter"),
        ({"visit_quarter": "2027-Q1"}, "visit_quarter"),
        ({"visit_quarter": ""}, "visit_quarter"),
        ({"aspects": {Aspect.NIGHT: 3}}, "aspects"),
        ({"aspects": {Aspect.FEES: 9}}, "aspects"),
        ({"own_experience": False}, "own_experience"),
        ({"no_reward": False}, "no_reward"),
        ({"no_connection": False}, "no_connection"),
        ({"terms_version": 99}, "terms_version"),
    ],
)
def test_a_field_that_breaks_a_rule_is_named(
    desk: Desk, changes: dict[str, object], field: str | None
) -> None:
    if field is None:
        assert desk.submit("asha", **changes)
        return
    with pytest.raises(InvalidError) as refused:
        desk.submit("asha", **changes)

    assert refused.value.field == field


@pytest.mark.parametrize("address", [None, "", "nobody", "a@b", "a b@example.org", "@example.org"])
def test_without_an_address_nothing_is_kept(desk: Desk, address: str | None) -> None:
    with pytest.raises(InvalidError) as refused:
        submit_review(
            viewer=None,
            email=address,
            draft=desk.draft(),
            browser=None,
            network_hash=None,
            keys=KEYS,
            now=desk.now,
        )

    assert refused.value.field == "email"
    assert db.session().scalar(select(func.count()).select_from(Review)) == 0


def test_centres_are_rated_at_night_too(desk: Desk, vocabulary: Vocabulary) -> None:
    centre = make_centre(vocabulary)

    assert desk.submit("asha", listing_id=centre.id, aspects={Aspect.NIGHT: 2})


def test_a_listing_that_does_not_exist_takes_no_review(desk: Desk) -> None:
    with pytest.raises(NotFoundError):
        desk.submit("asha", listing_id=999)


def test_one_person_reviews_a_listing_once_in_twelve_months(desk: Desk) -> None:
    desk.published("asha")

    with pytest.raises(ConflictError, match="last twelve months"):
        desk.submit("asha")
    desk.wait(days=366)
    assert desk.submit("asha")


def test_after_withdrawing_one_may_write_again(desk: Desk) -> None:
    desk.withdraw(desk.published("asha"))

    assert desk.submit("asha")


def test_an_address_typed_by_somebody_else_tells_nothing(desk: Desk) -> None:
    desk.submit(author=None)
    confirm(desk, token_of(desk))

    second = desk.submit(author=None)
    assert desk.state(second) == "unconfirmed"
    with pytest.raises(ConflictError, match="last twelve months"):
        confirm(desk, token_of(desk))
    assert desk.state(second) == "unconfirmed"


@pytest.mark.parametrize("nature", LinkNature)
def test_who_is_tied_to_a_listing_cannot_review_it(desk: Desk, nature: LinkNature) -> None:
    tie(desk, "asha", desk.listing.id, nature)

    with pytest.raises(NotAllowedError, match="linked to this listing"):
        desk.submit("asha")


def test_who_manages_a_listing_cannot_review_a_rival_near_it(
    desk: Desk, vocabulary: Vocabulary
) -> None:
    own = make_practitioner(vocabulary, Facts(name="Own Practice"))
    elsewhere = make_practitioner(
        vocabulary, Facts(name="Other Profession"), profession="psychiatrist"
    )
    tie(desk, "asha", own.id, LinkNature.MANAGES)
    tie(desk, "bela", elsewhere.id, LinkNature.MANAGES)

    with pytest.raises(NotAllowedError, match="same kind in the same locality"):
        desk.submit("asha")
    assert desk.submit("bela")


def tie(desk: Desk, name: str, listing_id: int, nature: LinkNature) -> None:
    """Tie somebody to a listing."""
    link_person(
        viewer=desk.as_("admin"),
        user_id=desk.people[name],
        listing_id=listing_id,
        nature=nature,
        now=desk.now,
    )


def test_a_returned_review_is_sent_again_as_a_new_version_of_the_same_case(desk: Desk) -> None:
    name = desk.submit()
    case = desk.case(name).id
    desk.decide("rani", name, Outcome.RETURN, RuleCode.IDENTIFIES_AUTHOR)
    desk.resubmit(name, text=OTHER_WORDS)

    review = desk.review(name)
    assert (review.state.value, review.current_version) == ("pending", 2)
    assert (desk.case(name).id, desk.case(name).state) == (case, CaseState.OPEN)
    versions = db.session().scalars(select(ReviewVersion).order_by(ReviewVersion.number))
    assert [version.text for version in versions] == [WORDS, OTHER_WORDS]


def test_what_did_not_come_back_is_not_sent_again(desk: Desk) -> None:
    name = desk.submit()

    with pytest.raises(ConflictError, match="cannot be changed now"):
        desk.resubmit(name)


def test_after_thirty_days_a_returned_review_is_not_sent_again(desk: Desk) -> None:
    name = desk.submit()
    desk.decide("rani", name, Outcome.RETURN, RuleCode.IDENTIFIES_AUTHOR)
    desk.wait(days=30)

    with pytest.raises(ConflictError):
        desk.resubmit(name)


@pytest.mark.parametrize("state", ["pending", "returned", "published", "hidden"])
def test_a_review_is_withdrawn_at_once_and_what_was_open_is_closed(desk: Desk, state: str) -> None:
    name = desk.submit()
    if state == "returned":
        desk.decide("rani", name, Outcome.RETURN, RuleCode.IDENTIFIES_AUTHOR)
    if state in {"published", "hidden"}:
        desk.publish(name)
    if state == "hidden":
        desk.flag(name)
        desk.decide("rani", name, Outcome.HIDE, RuleCode.THREAT)

    desk.withdraw(name)

    assert desk.state(name) == "withdrawn"
    assert desk.case(name).state is CaseState.CLOSED
    assert desk.letters()[-1] == "review-withdrawn"


def test_a_flag_changes_nothing_readers_see_and_has_a_receipt(desk: Desk) -> None:
    name = desk.published()
    number = desk.flag(name)

    page = receipt(db.session(), number.upper())
    assert desk.state(name) == "published"
    assert (page.state, page.rule_code) == (FlagState.OPEN, RuleCode.IDENTIFIES_STAFF)
    assert page.listing_name == "Dr Meenakshi Rawat"


def test_a_second_flag_joins_the_open_case_and_may_make_it_more_urgent(desk: Desk) -> None:
    name = desk.published()
    desk.flag(name, RuleCode.ADVERTISING)
    case = desk.case(name)
    before = (case.id, case.lane, case.due_at)

    desk.flag(name, RuleCode.SELF_HARM)

    after = desk.case(name)
    assert after.id == before[0]
    assert (before[1], after.lane) == (Lane.ROUTINE, Lane.CRISIS)
    assert after.due_at < before[2]


def test_an_order_of_a_court_is_due_in_three_hours(desk: Desk) -> None:
    name = desk.published()
    desk.flag(name, RuleCode.ADVERTISING)
    desk.flag(name, RuleCode.LEGAL_ORDER)

    assert desk.case(name).due_at == desk.now + timedelta(hours=3)


def test_a_flag_takes_so_many_words(desk: Desk) -> None:
    with pytest.raises(InvalidError) as refused:
        flag_review(
            public_id=desk.published(),
            rule_code=RuleCode.THREAT,
            words="x" * 1001,
            network_hash=None,
            now=desk.now,
        )

    assert refused.value.field == "words"
