"""How the search page says what it made of the words: chips, corrections, choices, help first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.factories.listings import Facts, make_centre, make_practitioner
from tests.web.searching import ASHA, chips, choices, hidden, names, parameters

if TYPE_CHECKING:
    from directory.vocabulary.queries import Vocabulary
    from tests.factories.listings import Made
    from tests.support.page import Page, PageClient

BORN_FROM = "/search?q=best+therapist+for+depression+in+Delhi"


@pytest.fixture
def many(vocabulary: Vocabulary) -> list[Made]:
    """Give two talking therapists, a psychiatrist and a centre, all for depression."""
    facts = [Facts(name=name, conditions=["depression"]) for name in ("Mira", "Tara", "Uma")]
    roles = ("psychotherapist", "clinical-psychologist", "psychiatrist")
    people = [
        make_practitioner(vocabulary, about, profession=role)
        for about, role in zip(facts, roles, strict=True)
    ]
    centre = Facts(name="House", conditions=["depression"])
    return [*people, make_centre(vocabulary, centre, centre_type="psychiatric-hospital")]


def notes(page: Page) -> str:
    """Give what the page says of its reading."""
    found = page.classed("reading")
    return " ".join(" ".join(element.itertext()) for element in found)


@pytest.mark.usefixtures("three")
def test_words_are_understood_as_chips_that_can_be_taken_away(client: PageClient) -> None:
    page = client.page("/search?q=psychiatrist near saket hindi")

    assert chips(page) == {
        "Who Psychiatrist मनोचिकित्सक": "/search?q=near+saket+hindi",
        "Near Saket साकेत": "/search?q=psychiatrist+hindi",
        "Speaks Hindi हिंदी": "/search?q=psychiatrist+near+saket",
    }
    assert page.link("As plain words") == "/search?q=psychiatrist+near+saket+hindi&parse=0"
    assert page.h1 == "Psychiatrists near Saket, in Hindi"
    assert names(page) == [ASHA]


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize(
    ("query", "heading"),
    [
        ("", "Everyone we list in Delhi"),
        ("q=rawat", "Listings for your words"),
        ("accepting=1", "Listings in Delhi"),
        ("kind=centre", "Centres"),
        ("kind=practitioner", "Therapists and psychiatrists"),
        ("profession=psychiatrist&profession=counsellor", "Psychiatrists and counsellors"),
        ("condition=depression", "Help with depression"),
        ("profession=psychiatrist&condition=depression", "Psychiatrists for depression"),
        ("treatment=cbt", "Cognitive behavioural therapy (CBT)"),
        ("language=ta", "Help in Tamil"),
        ("near=saket&language=ta", "Everyone near Saket, in Tamil"),
        ("locality=saket", "Everyone in Saket"),
        ("district=south&condition=depression", "Help with depression in South"),
        ("lat=28.52&lon=77.21", "Everyone near you"),
    ],
)
def test_the_heading_says_what_is_looked_for(client: PageClient, query: str, heading: str) -> None:
    assert client.page(f"/search?{query}").h1 == heading


@pytest.mark.usefixtures("three")
def test_chosen_filters_are_chips_too(client: PageClient) -> None:
    page = client.page("/search?language=hi&language=en&fee_max=2000&accepting=1&registered=0")

    assert chips(page) == {
        "Speaks Hindi हिंदी": "/search?language=en&fee_max=2000&accepting=1&registered=0",
        "Speaks English अंग्रेज़ी": "/search?language=hi&fee_max=2000&accepting=1&registered=0",
        "Fee Up to ₹2,000": "/search?language=hi&language=en&accepting=1&registered=0",
        "Taking new patients": "/search?language=hi&language=en&fee_max=2000&registered=0",
    }


@pytest.mark.usefixtures("three")
def test_where_the_reader_is_can_be_taken_away(client: PageClient) -> None:
    page = client.page("/search?lat=28.52&lon=77.21&within=5&sort=distance")

    assert page.h1 == "Everyone near you"
    assert chips(page) == {
        "Near where you are": "/search",
        "Within 5 km": "/search?lat=28.52&lon=77.21&sort=distance",
    }


@pytest.mark.usefixtures("three")
def test_words_taken_as_they_stand_can_be_read_again(client: PageClient) -> None:
    page = client.page("/search?q=sleepless nights&parse=0")

    assert names(page) == [ASHA]
    assert set(chips(page)) == {"Word sleepless", "Word nights"}
    assert page.link("Read what they mean") == "/search?q=sleepless+nights"


def test_a_hint_is_shown_as_putting_first_only(client: PageClient, vocabulary: Vocabulary) -> None:
    make_practitioner(vocabulary, Facts(name="Mira", conditions=["stress"]))

    page = client.page("/search?q=तनाव के लिए डॉक्टर")

    soft = [" ".join("".join(chip.itertext()).split()) for chip in page.classed("chip--soft")]
    assert soft == ["Shown first: Psychiatrist मनोचिकित्सक remove"]
    assert chips(page)["Shown first: Psychiatrist मनोचिकित्सक"] == (
        "/search?q=%E0%A4%A4%E0%A4%A8%E0%A4%BE%E0%A4%B5+%E0%A4%95%E0%A5%87"
        "+%E0%A4%B2%E0%A4%BF%E0%A4%8F"
    )


@pytest.mark.usefixtures("many")
def test_the_words_this_directory_was_born_from(client: PageClient) -> None:
    page = client.page(BORN_FROM)

    assert page.h1 == "Talking therapists for depression"
    assert set(names(page)) == {"Mira", "Tara"}
    assert "“best” is not used: nobody can buy or earn a rank here." in page.main_text
    assert page.link("Read about depression") == "/conditions/depression"
    assert set(chips(page)) == {"Who Talking therapists", "For Depression अवसाद (डिप्रेशन)"}


@pytest.mark.usefixtures("many")
def test_talking_therapists_psychiatrists_and_centres_are_told_apart(client: PageClient) -> None:
    page = client.page("/search?condition=depression")
    (switch,) = page.by_role("navigation", "Who are you looking for?")

    assert [words for words, _ in page.links(switch)] == [
        "Everyone 4 listings",
        "Talking therapists no medicines 2 listings",
        "Psychiatrists may prescribe 1 listings",
        "Centres 1 listings",
    ]
    found = {words.split()[0]: set(names(client.page(at))) for words, at in page.links(switch)}
    assert found == {
        "Everyone": {"Mira", "Tara", "Uma", "House"},
        "Talking": {"Mira", "Tara"},
        "Psychiatrists": {"Uma"},
        "Centres": {"House"},
    }


@pytest.mark.usefixtures("many")
def test_the_switch_changes_who_the_words_meant(client: PageClient) -> None:
    page = client.page(BORN_FROM)
    (switch,) = page.by_role("navigation", "Who are you looking for?")

    links = dict(page.links(switch))
    psychiatrists = links["Psychiatrists may prescribe 1 listings"]
    assert parameters(psychiatrists)["condition"] == ["depression"]
    assert names(client.page(psychiatrists)) == ["Uma"]
    assert names(client.page(links["Centres"])) == ["House"]


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize("query", ["q=psychiatrist", "centre_type=psychiatric-hospital"])
def test_there_is_no_switch_where_the_search_says_who(client: PageClient, query: str) -> None:
    page = client.page(f"/search?{query}")

    assert page.by_role("navigation", "Who are you looking for?") == []


@pytest.mark.usefixtures("three")
def test_a_misspelt_word_is_read_as_meant_and_said(client: PageClient) -> None:
    page = client.page("/search?q=depresion")

    assert names(page) == [ASHA]
    assert "Showing results for depression" in page.main_text
    assert page.link("depresion") == "/search?q=depresion&parse=0"


@pytest.mark.usefixtures("three")
def test_a_place_of_which_there_are_several_offers_the_others(client: PageClient) -> None:
    page = client.page("/search?q=anxiety GK")

    assert "showing Greater Kailash 1." in " ".join(notes(page).split())
    assert page.link("Greater Kailash 2") == "/search?q=anxiety&near=greater-kailash-2"


@pytest.mark.usefixtures("three")
def test_a_town_beyond_delhi_is_said(client: PageClient) -> None:
    page = client.page("/search?q=psychiatrist gurgaon")

    assert "Gurgaon is outside Delhi" in page.main_text
    assert page.link("Those who also see people by video") == "/search?mode=video"


@pytest.mark.usefixtures("three")
def test_a_question_that_has_a_page_leads_to_it(client: PageClient) -> None:
    page = client.page("/search?q=difference between psychologist and psychiatrist")

    (answer,) = page.classed("reading")
    assert page.links(answer) == [("Who does what", "/professions")]


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize("words", ["i want to die", "मैं मरना चाहता हूं", "marna chahta hu"])
def test_words_that_ask_for_help_now_get_it_above_everything(
    client: PageClient, words: str
) -> None:
    page = client.page("/search", q=words)

    (help_first,) = page.classed("first-help")
    addresses = [address for _, address in page.links(help_first)]
    assert addresses == ["tel:112", "tel:14416", "/urgent"]
    elements = list(page.markup.all())
    assert elements.index(help_first) < elements.index(page.markup.one("h1"))


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize("query", ["q=suicide prevention", "q=i want to die", "q=depression"])
def test_the_softer_line_is_for_softer_words(client: PageClient, query: str) -> None:
    page = client.page(f"/search?{query}")

    comforts = "Tele-MANAS listens, free, day and night" in page.main_text
    assert comforts is (query == "q=suicide prevention")


@pytest.mark.usefixtures("three")
def test_searched_words_are_marked_in_names_and_in_a_line_of_the_text(client: PageClient) -> None:
    page = client.page("/search?q=rawat sleepless&parse=0")

    (card,) = page.by_role("article")
    marks = ["".join(mark.itertext()) for mark in page.markup.all("mark", within=card)]
    assert marks == ["Rawat", "sleepless"]
    (line,) = page.classed("card__snippet", card)
    assert "Works with low mood and sleepless nights." in "".join(line.itertext())
    assert [run.text for run in page.markup.all("span", within=line)] == ["सुकून से बात।"]


def test_a_name_is_never_markup(client: PageClient, vocabulary: Vocabulary) -> None:
    make_practitioner(
        vocabulary, Facts(name="<b>Rawat</b> & Co", headline="a <i>rawat</i> <script>")
    )

    page = client.page("/search?q=rawat")

    assert names(page) == ["<b>Rawat</b> & Co"]
    (card,) = page.by_role("article")
    assert page.markup.all("b", "i", "script", within=card) == []


@pytest.mark.usefixtures("three")
def test_what_words_chose_is_shown_in_the_filters_as_theirs(client: PageClient) -> None:
    page = client.page("/search?q=tamil&near=saket&sort=fee")

    assert choices(page)["language", "ta"]
    (box,) = [one for one in page.markup.all("input") if one.get("value") == "ta"]
    assert box.get("disabled") is not None
    assert hidden(page, "Filters") == {("q", "tamil"), ("near", "saket"), ("sort", "fee")}


@pytest.mark.usefixtures("three")
def test_new_words_keep_the_filters_but_no_order_that_needs_a_place(client: PageClient) -> None:
    page = client.page("/search?q=tamil&near=saket&sort=distance&mode=video&within=50")

    assert hidden(page, "Change the search") == {("mode", "video"), ("within", "50")}
