"""Words that ask for help now are heard in three scripts, and ordinary words raise no alarm."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from directory.search.understanding import plain

if TYPE_CHECKING:
    from directory.search.understanding import Reader
    from directory.vocabulary.queries import Vocabulary

CRIES = {
    "intent": ["I want to die", "marna chahta hu", "मैं मरना चाहती हूँ", "ab nahi jeena", "मर जाऊं"],
    "no will to live": ["jeena nahi chahti", "no reason to live", "जीने का मन नहीं करता"],
    "an end": ["kill myself", "end my life", "zindagi khatam", "जान देना चाहता हूँ"],
    "suicide by name": ["suicide karna hai", "आत्महत्या", "khudkushi", "suicidal thoughts"],
    "method": ["overdose le li", "zeher kha liya", "phansi lagana", "नस काट ली", "aag laga li"],
    "danger": [
        "psychiatric emergency",
        "he is violent right now",
        "not breathing",
        "papa behosh ho gaye",
    ],
    "misspelt": ["sucide", "suside", "wnt to die", "kil myslf", "i feel like dieing", "aatmhtya"],
    "another order": ["die i want to", "chahti hu main marna", "life my end to want"],
    "run together": ["killmyself", "iwanttodie", "marnachahtihu", "जीनेका मन नही करता"],
    "broken in two": ["sui cide", "aatma hatya", "over dose le li"],
    "every form of a verb": ["mar jaungi", "kood jau chhat se", "wants to die", "छत से कूदूंगी"],
    "a number of pills": ["took 25 tablets", "30 goli kha li", "मां ने दस गोली खा ली"],
    "a relative in danger": [
        "my son locked himself with a knife",
        "meri behen ne goli kha li",
        "voices tell him to kill his mother",
        "husband is beating me right now",
        "पति गला दबा रहा है",
    ],
    "goodbye": ["goodbye everyone forever", "mere marne ke baad", "मेरी मौत का कोई जिम्मेदार नहीं"],
    "beside grief": ["my father died and i want to die too", "papa ke baad jeena nahi chahti"],
}
LOOK_ALIKES = {
    "grief": ["grief after father death", "dadi ke marne ke baad", "पिता की मृत्यु"],
    "fear": ["death anxiety", "fear of dying", "मौत का डर"],
    "manner of speaking": ["kill time", "my back is killing me", "dying to meet you", "dead tired"],
    "a cause of which one says one dies": ["bhookh se mar raha hu", "sharm se mar jaungi"],
    "medicine": ["took 50 mg tablets", "neend ki goli ke side effect", "papa dawai nahi khate"],
    "studied or told": ["essay on suicide", "आत्महत्या पर निबंध", "suicide prevetion trainning"],
    "somebody lost": [
        "bhai ne suicide kiya tha 5 saal pehle",
        "my father killed himself years ago",
    ],
    "words that hold one of crisis": [
        "nakhoon kaatna",
        "childhood trauma",
        "दादाजी",
        "Amar Colony",
    ],
    "animals": ["my dog died", "assisted death of my dog", "kutta mar gaya"],
    "teaching": ["suicide prevention training", "suicide prevention training for teachers"],
    "bereaved": ["lost my brother to suicide", "friend died by suicide how to cope"],
    "life": [
        "life coach",
        "work life balance",
        "life insurance",
        "jeevan saathi",
        "zindagi mein tension",
    ],
    "endings": ["dawai khatam ho gayi", "end of life care", "shaadi khatam", "exam khatam"],
    "hitting": ["pati maarta hai", "baccha maarta hai", "bachho ko maarna band karna chahta hu"],
    "plain": ["depression", "anxiety", "rehab", "hospital", "saket", "Dr Nanda", "Jeevan Hospital"],
}


@pytest.mark.parametrize("kind", CRIES)
def test_a_cry_for_help_is_heard(reader: Reader, kind: str) -> None:
    assert [text for text in CRIES[kind] if not reader.read(text).crisis] == []


@pytest.mark.parametrize("kind", CRIES)
def test_a_cry_for_help_is_heard_with_other_words_round_it(reader: Reader, kind: str) -> None:
    texts = [f"psychiatrist saket {text} dwarka hindi" for text in CRIES[kind]]

    assert [text for text in texts if not reader.read(text).crisis] == []


@pytest.mark.parametrize("kind", LOOK_ALIKES)
def test_ordinary_words_raise_no_alarm(reader: Reader, kind: str) -> None:
    assert [text for text in LOOK_ALIKES[kind] if reader.read(text).crisis] == []


def test_a_cry_is_heard_when_the_reading_is_turned_off() -> None:
    assert plain("i want to die").crisis
    assert plain('"i want to die"').crisis
    assert not plain("depression").crisis


def test_a_cry_in_quotation_marks_is_heard(reader: Reader) -> None:
    assert reader.read('"mar jana chahta hu"').crisis


def test_suicidal_thoughts_are_a_condition_too(reader: Reader) -> None:
    (condition,) = [item for item in reader.read("marne ka khayal").understood if not item.hint]

    assert (condition.parameter, condition.value) == ("condition", "suicidal-thoughts")


@pytest.mark.parametrize(
    "text",
    [
        "kisi se baat karni hai",
        "feeling hopeless",
        "self harm",
        "lost my son to suicide",
        "i feel numb inside",
        "cannot go on like this",
        "bilkul akela hu koi nahi hai",
        "अब सहा नहीं जाता",
        "ab himmat nahi bachi",
    ],
)
def test_a_softer_case_comforts_without_alarm(reader: Reader, text: str) -> None:
    reading = reader.read(text)

    assert (reading.comforts, reading.crisis) == (True, False)


def test_no_name_of_the_vocabulary_alarms_but_those_of_suicide(
    reader: Reader, lists: Vocabulary
) -> None:
    alarming = {
        term.slug
        for term in lists.term_by_id.values()
        for text in [term.name_en, term.name_hi, *(item.text for item in term.spellings)]
        if reader.read(text).crisis
    }

    assert alarming <= {"suicidal-thoughts", "crisis", "emergency-24x7", "crisis-centre"}


def test_no_name_of_a_place_alarms(reader: Reader, lists: Vocabulary) -> None:
    names: list[str] = []
    for locality in lists.localities.values():
        names += [locality.name_en, locality.name_hi, *locality.aliases]
    for station in lists.stations.values():
        names += [station.name_en, station.name_hi, *station.aliases]

    assert [name for name in names if reader.read(name).crisis] == []


@pytest.mark.parametrize("text", ["marne ka man karta hai", "marne ka mann"])
def test_a_wish_to_die_is_not_read_as_grief(reader: Reader, text: str) -> None:
    reading = reader.read(text)

    assert reading.crisis
    assert [item.value for item in reading.understood if item.parameter == "condition"] == [
        "suicidal-thoughts"
    ]
