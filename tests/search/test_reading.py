"""What the words of a search mean: filters, hints, numbers, times, and what is left over."""

from __future__ import annotations

import unicodedata
from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory.core.clock import DELHI
from directory.search.request import Correction
from directory.search.understanding import Reader, plain
from tests.search.index_words import SomeWords

if TYPE_CHECKING:
    from directory.search.request import Reading
    from directory.vocabulary.queries import Vocabulary

THERAPISTS = {"psychotherapist", "clinical-psychologist", "counselling-psychologist"}
PSYCHOLOGISTS = {"psychologist", "clinical-psychologist", "counselling-psychologist"}
COUNSELLORS = {"counsellor", "counselling-psychologist"}
HOSPITALS = {"psychiatric-hospital", "gh-psychiatry-unit"}
DE_ADDICTION = {"de-addiction-irca", "de-addiction-private"}


def firm(reading: Reading) -> dict[str, set[str]]:
    """Give what filters: the values of each parameter."""
    return _by_parameter(reading, hint=False)


def hints(reading: Reading) -> dict[str, set[str]]:
    """Give what only puts first."""
    return _by_parameter(reading, hint=True)


def _by_parameter(reading: Reading, *, hint: bool) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for item in reading.understood:
        if item.hint is hint:
            found.setdefault(item.parameter, set()).add(item.value)
    return found


# What a search says, whole: nothing else filters.
SAID: dict[str, dict[str, set[str]]] = {
    "best therapist for depression in Delhi": {
        "profession": THERAPISTS,
        "condition": {"depression"},
    },
    "psychiatrist near hauz khas hindi": {
        "profession": {"psychiatrist"},
        "near": {"hauz-khas"},
        "language": {"hi"},
    },
    "Dr for OCD": {"condition": {"ocd"}},
    "doctor saket": {"profession": {"psychiatrist"}, "near": {"saket"}},
    "तनाव के लिए डॉक्टर": {"condition": {"stress"}},
    "neend nahi aati": {"condition": {"insomnia"}},
    "nasha mukti kendra dwarka": {"centre_type": DE_ADDICTION, "near": {"dwarka"}},
    "ketamine therapy delhi cost": {"treatment": {"iv-ketamine"}},
    "alcohol rehab": {
        "condition": {"alcohol"},
        "centre_type": {*DE_ADDICTION, "rehabilitation-home"},
    },
    "eating disorder": {"condition": {"anorexia", "bulimia", "binge-eating"}},
    "teen counsellor": {
        "age_group": {"teen"},
        "profession": {*COUNSELLORS, "child-psychologist"},
    },
    "lady psychologist": {"gender": {"woman"}, "profession": PSYCHOLOGISTS},
    "counsellor for women": {"profession": COUNSELLORS},
    "trans affirming psychiatrist": {
        "identity": {"trans-affirming"},
        "profession": {"psychiatrist"},
    },
    "online cbt in tamil": {"mode": {"video"}, "treatment": {"cbt"}, "language": {"ta"}},
    "psychiatrist cghs": {"profession": {"psychiatrist"}, "payment": {"cghs"}},
    "therapist taking new patients": {"profession": THERAPISTS, "accepting": {"1"}},
    "24*7 mental hospital": {"open": {"24x7"}, "centre_type": HOSPITALS},
    "24/7 rehab": {"open": {"24x7"}, "centre_type": {*DE_ADDICTION, "rehabilitation-home"}},
    "din raat khula aspatal": {"open": {"24x7"}, "centre_type": HOSPITALS},
    "psychiatrist sunday evening": {"open": {"sunday", "evenings"}, "profession": {"psychiatrist"}},
    "abhi khula psychiatrist": {"open": {"now"}, "profession": {"psychiatrist"}},
    "therapist under Rs 1,500": {"fee_max": {"1500"}, "profession": THERAPISTS},
    "1500 se kam counsellor": {"fee_max": {"1500"}, "profession": COUNSELLORS},
    "₹800 therapist": {"fee_max": {"800"}, "profession": THERAPISTS},
    "do hazar tak psychiatrist": {"fee_max": {"2000"}, "profession": {"psychiatrist"}},
    "५०० रुपये तक मनोचिकित्सक": {"fee_max": {"500"}, "profession": {"psychiatrist"}},
    "muft": {"fee_max": {"0"}},
    "free psychiatrist": {"profession": {"psychiatrist"}},
    "budget 800-1200": {"fee_max": {"1200"}},
    "500 se 1000 tak counsellor": {"fee_max": {"1000"}, "profession": COUNSELLORS},
    "pandrah sau tak psychiatrist": {"fee_max": {"1500"}, "profession": {"psychiatrist"}},
    "five hundred rupees": {"fee_max": {"500"}},
    "7 year old boy": {"age_group": {"child"}},
    "teen saal ka baccha": {"age_group": {"toddler"}},
    "सत्तर साल के पिताजी": {"age_group": {"older"}},
    "depression 60 plus": {"condition": {"depression"}, "age_group": {"older"}},
    "18 mahine ka baccha": {"age_group": {"toddler"}},
    "psychiatrist after 7 pm": {"profession": {"psychiatrist"}, "open": {"evenings"}},
    "psychiatrist 9 am": {"profession": {"psychiatrist"}},
    "upi or card": {"payment": {"upi", "card"}},
    "card shop psychiatrist": {"profession": {"psychiatrist"}},
    "3 saal se depression": {"condition": {"depression"}},
    "psychologist with 10 years experience": {"profession": PSYCHOLOGISTS},
    "east delhi counsellor": {"district": {"east", "north-east"}, "profession": COUNSELLORS},
    "dilli purv": {"district": {"east", "north-east"}},
    "AA meeting": {"treatment": {"peer-support"}},
    "panic attack aur depression": {"condition": {"panic-disorder", "depression"}},
    "psychologist or psychiatrist": {"profession": {*PSYCHOLOGISTS, "psychiatrist"}},
}


@pytest.mark.parametrize("text", SAID)
def test_what_the_words_say_filters(reader: Reader, text: str) -> None:
    assert firm(reader.read(text)) == SAID[text]


IMPLIED = {
    "esketamine nasal spray": ("centre_type", "ketamine-infusion-clinic"),
    "alcohol rehab": ("treatment", "detox"),
    "couple therapy": ("profession", "marriage-family-counsellor"),
    "baccha bolta nahi 3 saal": ("treatment", "speech-therapy"),
    "tension bahut hai kisi se baat karni hai": ("treatment", "supportive"),
    "तनाव के लिए डॉक्टर": ("profession", "psychiatrist"),
    "free psychiatrist": ("payment", "government-free"),
    "child adhd doctor": ("profession", "child-psychiatrist"),
    "counsellor for women": ("gender", "woman"),
    "psychiatrist for my grandmother": ("age_group", "older"),
    "class 9 counsellor": ("age_group", "teen"),
    "10th class anxiety": ("age_group", "teen"),
    "dementia ki clinic": ("centre_type", "memory-clinic"),
    "autism certificate": ("condition", "autism"),
    "lady psychologist": ("identity", "women-therapist"),
    "my husband beats me": ("identity", "survivor-support"),
}


@pytest.mark.parametrize("text", IMPLIED)
def test_what_the_words_only_imply_puts_first_and_excludes_nobody(
    reader: Reader, text: str
) -> None:
    parameter, value = IMPLIED[text]
    reading = reader.read(text)

    assert value in hints(reading)[parameter]
    assert value not in firm(reading).get(parameter, set())


@pytest.mark.parametrize(
    "text",
    ["best", "top 10", "no 1", "sabse accha", "सबसे अच्छा", "near me", "Delhi NCR", "mere paas"],
)
def test_words_nobody_can_sell_and_fillers_say_nothing(reader: Reader, text: str) -> None:
    reading = reader.read(text)

    assert (reading.understood, reading.words) == ((), ())


# Letters that people leave out, vary or join.
SAME = [
    ["हौज़ ख़ास", "हौज ख़ास", "हौज़ खास", "hauz khas", "Hauz-Khas", "hauzkhas", "HAUZ KHAS"],
    ["हिन्दी", "हिंदी", "hindi", "Hindi"],
    ["नींद नहीं आती", "नीन्द नही आती", "neend nahi aati", "nind nhi ati"],
    ["anxiety", "Anxiety", "ANXIETY", "एंग्ज़ायटी", "एंग्जायटी"],
    ["नशा मुक्ति केंद्र", "नशामुक्ति केन्द्र", "nasha mukti kendra", "nashamukti kendra"],
    ["counsellor", "counsellors", "counselor", "काउंसलर", "सलाहकार"],
    ["de addiction", "de-addiction", "deaddiction"],
]


@pytest.mark.parametrize("spellings", SAME, ids=lambda spellings: spellings[-1])
def test_spellings_of_one_thing_mean_the_same(reader: Reader, spellings: list[str]) -> None:
    meanings = [firm(reader.read(text)) for text in spellings]

    assert meanings[0]
    assert all(meaning == meanings[0] for meaning in meanings)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("psychiatrist mindful", ("mindful",)),
        ("Dr Rohini Sharma", ("Rohini", "Sharma")),
        ("dr. asha gupta psychiatrist", ("asha", "gupta")),
        ("sarkari mental hospital", ("government",)),
    ],
)
def test_words_without_a_meaning_are_left_to_search_for(
    reader: Reader, text: str, left: tuple[str, ...]
) -> None:
    assert reader.read(text).words == left


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("counsellor for anxiety and depression together per week", ()),
        ("gali galoch aur gussa", ()),
        ("pati naraz rehte hain depression", ()),
        ("डिप्रेशन की दवाई बंद करनी है", ()),
        ("introverts with social anxiety", ()),
        ("psychiatrist kumbhalgarh", ("kumbhalgarh",)),
        ("psychiatrist Kavita", ("Kavita",)),
        ("naraz sheher", ("naraz", "sheher")),
    ],
)
def test_a_stray_everyday_word_says_nothing_beside_something_understood(
    reader: Reader, text: str, left: tuple[str, ...]
) -> None:
    assert reader.read(text).words == left


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("ब्युप्रेनोर्फिन", ("treatment", "ost")),
        ("लिथीयम", ("treatment", "lithium-monitoring")),
        ("सिजोफरेनिया", ("condition", "schizophrenia")),
        ("डिप्रेसन", ("condition", "depression")),
        ("sar drd", ("condition", "headache-stress")),
        ("gssa", ("condition", "anger")),
    ],
)
def test_names_in_devanagari_and_words_without_vowels_are_spelled_right(
    reader: Reader, typed: str, value: tuple[str, str]
) -> None:
    assert value in {(item.parameter, item.value) for item in reader.read(typed).understood}


def test_a_word_for_government_is_left_out_when_no_listing_holds_it(lists: Vocabulary) -> None:
    assert Reader(lists, None).read("sarkari mental hospital").words == ()


def test_quoted_words_are_a_phrase_and_nothing_else(reader: Reader) -> None:
    reading = reader.read('"hauz khas" therapist “second one”')

    assert reading.phrases == ("hauz khas", "second one")
    assert set(firm(reading)) == {"profession"}


def test_a_word_of_a_weak_spelling_counts_in_capitals_or_alone(reader: Reader) -> None:
    assert firm(reader.read("ACT therapist"))["treatment"] == {"act"}
    assert "treatment" not in firm(reader.read("act your age therapist"))


@pytest.mark.parametrize(
    ("text", "guide"),
    [
        ("psychologist aur psychiatrist mein kya farak hai", "/professions"),
        ("difference between counsellor and psychiatrist", "/professions"),
        ("what is CBT", "/treatments/cbt"),
        ("OCD kya hai", "/conditions/ocd"),
        ("depression symptoms", "/conditions/depression"),
        ("depression kya hai", "/conditions/depression"),
        ("am I depressed", "/self-check"),
        ("kya mujhe depression hai", "/self-check"),
        ("क्या मुझे अवसाद है", "/self-check"),
        ("PHQ-9", "/self-check"),
        ("kya mujhe depression ka ilaj milega", None),
        ("psychiatrist saket", None),
    ],
)
def test_a_question_leads_to_the_page_that_answers_it(
    reader: Reader, text: str, guide: str | None
) -> None:
    assert reader.read(text).guide == guide


def test_a_comparison_is_a_question_and_no_list(reader: Reader) -> None:
    reading = reader.read("psychologist vs psychiatrist")

    assert (reading.understood, reading.words) == ((), ())


SUNDAY = datetime(2026, 11, 22, 9, 0, tzinfo=DELHI)


@pytest.mark.parametrize(("text", "day"), [("aaj khula", 22), ("open tomorrow", 21)])
def test_today_and_tomorrow_are_sunday_when_they_are(reader: Reader, text: str, day: int) -> None:
    assert firm(reader.read(text, now=SUNDAY.replace(day=day))) == {"open": {"sunday"}}
    assert "open" not in firm(reader.read(text, now=SUNDAY.replace(day=18)))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("depresion", "depression"),
        ("psyciatrist", "psychiatrist"),
        ("skitzophrenia", "schizophrenia"),
        ("docter", "doctor"),
        ("sakte", "saket"),
        ("therapst", "therapist"),
        ("autisum", "autism"),
    ],
)
def test_a_misspelt_word_is_read_as_the_one_meant(reader: Reader, typed: str, meant: str) -> None:
    reading = reader.read(typed)

    assert reading.corrections == (Correction(typed, meant),)
    assert firm(reading) == firm(reader.read(meant)) != {}


def test_a_sure_misspelling_of_a_name_is_corrected(reader: Reader) -> None:
    reading = reader.read("Dr Asha Chaterjee")

    assert reading.corrections == (Correction("Chaterjee", "Chatterjee"),)
    assert reading.words == ("Asha", "Chatterjee")


def test_a_less_sure_guess_is_only_offered(lists: Vocabulary) -> None:
    words = SomeWords()
    words.names = {**words.names, "varma": 25}
    reading = Reader(lists, words).read("Asha Vrma")

    assert reading.corrections == ()
    assert reading.words == ("Asha", "Vrma")
    assert reading.did_you_mean in {"Asha Varma", "Asha Verma"}


@pytest.mark.parametrize(
    "word", ["mindful", "Siddiqui", "vimhans", "shame", "conversation", "physiotherapist"]
)
def test_a_word_that_matches_as_typed_is_never_changed(reader: Reader, word: str) -> None:
    reading = reader.read(word)

    assert reading.corrections == ()
    assert reading.did_you_mean is None
    assert reading.words == (word,)


def test_no_correction_ever_shows_a_spelling_that_is_hidden(
    reader: Reader, lists: Vocabulary
) -> None:
    hidden = {
        item.text.lower()
        for term in lists.term_by_id.values()
        for item in term.spellings
        if item.use in {"misspelling", "match-only"}
    }
    typed = [text + "a" for text in hidden] + [text[:-1] for text in hidden] + list(hidden)
    shown = {item.meant.lower() for text in typed for item in reader.read(text).corrections}

    assert shown
    assert shown & hidden == set()


def test_at_most_two_hundred_characters_and_twenty_four_words_are_read(reader: Reader) -> None:
    assert reader.read("zz " * 70 + "depression").understood == ()
    assert len(reader.read("qx " * 60).words) == 24


def test_without_reading_all_words_stay_words() -> None:
    reading = plain('best therapist "hauz khas" in Saket')

    assert reading.understood == ()
    assert reading.words == ("best", "therapist", "in", "Saket")
    assert reading.phrases == ("hauz khas",)
    assert not reading.crisis


@pytest.mark.parametrize(
    "text", ["", "   ", "?!", '""', "\u200d", "\u0966", "\u0902", "24/7/24/7", "'", "₹"]
)
def test_text_without_words_is_read_in_peace(reader: Reader, text: str) -> None:
    assert reader.read(text).crisis is False
    assert plain(text).crisis is False


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=60))
def test_any_text_is_read_without_a_fault(reader: Reader, text: str) -> None:
    reading = reader.read(text)

    assert all(item.text in unicodedata.normalize("NFC", text) for item in reading.understood)
    assert isinstance(plain(text).words, tuple)
    assert len(reader.places_like(text)) <= 4
    assert reader.place_named(text) is None or text.strip()


@pytest.mark.parametrize("text", ["¹", "² ke ¾", "₹¹⁵⁰⁰", "१५०० se kam"])
def test_digits_of_every_kind_are_read_in_peace(reader: Reader, text: str) -> None:
    assert firm(reader.read(text)) in ({}, {"fee_max": {"1500"}})
