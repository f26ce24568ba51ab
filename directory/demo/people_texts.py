"""Says which sentences hold for a practitioner: turns a document into a `Speaker`.

Called by `people.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from directory.demo import facts, schedule
from directory.demo.texts import Speaker
from directory.demo.words import joined

if TYPE_CHECKING:
    from directory.demo.banks import Banks
    from directory.demo.dice import Dice
    from directory.demo.people import Person
    from directory.vocabulary.queries import Vocabulary

# The bank of sentences, and the identity, mode or means of access it needs.
FROM_LISTS = {
    "lgbtq": ("identities", "lgbtq-affirming"),
    "student": ("identities", "student-friendly"),
    "north-east": ("identities", "north-east-friendly"),
    "faith": ("identities", "faith-sensitive"),
    "disability": ("identities", "disability-affirming"),
    "deaf": ("identities", "deaf-friendly"),
    "armed": ("identities", "armed-forces"),
    "video": ("modes", "video"),
    "phone": ("modes", "phone"),
    "home-visit": ("modes", "home-visit"),
    "step-free": ("accessibility", "step-free"),
}
TWO = 2


def speaker_of(
    document: dict[str, Any],
    person: Person,
    banks: Banks,
    vocabulary: Vocabulary,
    dice: Dice,
) -> Speaker:
    """Give all that the text of this listing may rest on."""
    calling = person.calling
    return Speaker(
        profession=calling.profession,
        woman=person.gender == "woman",
        says_gender=person.gender in ("woman", "man"),
        prescribes=calling.prescribes,
        sees_children=calling.sees_children,
        is_quiet=bool(calling.entry.get("quiet")),
        conditions=tuple(document["conditions"]),
        treatments=tuple(document["treatments"]),
        languages=tuple(document["languages"]),
        flags=tuple(_flags(document, person)),
        years=person.years,
        slots=_slots(document, person, banks, vocabulary, dice),
    )


def _flags(document: dict[str, Any], person: Person) -> list[str]:
    calling = person.calling
    hours = document["locations"][0]["hours"]
    holds = {
        "child": calling.sees_children,
        "doctor": calling.prescribes,
        "older": bool(calling.work.get("older")),
        "both-languages": {"hi", "en"} <= set(document["languages"]),
        "couples": bool(calling.work.get("couples")),
        "women": person.gender == "woman" and not calling.sees_children,
        "waiting": document["accepting"] == "waiting-list",
        "evenings": schedule.works_evenings(hours),
        "sunday": schedule.works_sundays(hours),
        "mornings": schedule.starts_early(hours),
        "metro": "near-metro" in document["accessibility"],
        "locality": "in-person" in document["modes"],
        "in-person-only": document["modes"] == ["in-person"],
        "at-centre": person.workplace is not None,
        "language": bool(_further_languages(document)),
        "two-languages": len(_further_languages(document)) >= TWO,
    }
    found = [flag for flag, does in holds.items() if does]
    return found + [flag for flag, (key, slug) in FROM_LISTS.items() if slug in document[key]]


def _slots(
    document: dict[str, Any],
    person: Person,
    banks: Banks,
    vocabulary: Vocabulary,
    dice: Dice,
) -> dict[str, str]:
    spot = person.spot
    slots = facts.place_slots(spot)
    if "in-person" not in document["modes"]:
        slots = {}
    since = document["practising_since"]
    if since is not None:
        slots |= {"year": str(since), "years": str(person.years)}
    slots["minutes"] = str(person.calling.entry["minutes"][0])
    slots["before"] = dice.pick(banks.practice_words["places"]["before"])
    slots["city"] = dice.pick(banks.practice_words["places"]["city"])
    slots["topic"] = banks.hindi["topics"][document["conditions"][0]]
    slots["speaks"] = joined(facts.language_names(vocabulary, document["languages"]))
    if person.workplace is not None:
        slots["centre"] = person.workplace.name
    further = _further_languages(document)
    if further:
        slots["language"] = facts.language_names(vocabulary, further)[0]
        slots["languages"] = joined(facts.language_names(vocabulary, further))
        slots["language_hi"] = facts.language_names(vocabulary, further, hindi=True)[0]
    return slots


def _further_languages(document: dict[str, Any]) -> list[str]:
    return [slug for slug in document["languages"] if slug not in ("hi", "en", "ins")]
