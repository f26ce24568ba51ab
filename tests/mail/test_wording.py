"""What letters say: plainly, in both languages, and outside nothing of what they are about."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from directory.mail.messages import domain_of, message_for
from directory.mail.wording import LINE
from directory.outbox.models import LetterKind
from directory.outbox.policy import FACTS
from directory.reviews.models import RuleCode
from directory.reviews.rules import rule
from tests.architecture.test_words import AVOIDED_ON_PAGES
from tests.mail.letters import ADDRESS, SITE, VALUES, facts_for, read
from tests.support.project import PROJECT, files, name_of

if TYPE_CHECKING:
    from datetime import datetime
    from email.message import EmailMessage

SNAPSHOTS = PROJECT / "tests" / "mail" / "snapshots"
LANGUAGES = ("en", "hi")
LINKS = re.compile(r"https?://\S+")
DEVANAGARI = re.compile(r"[\u0900-\u097f]")
JUDGED = (
    LetterKind.REVIEW_RETURNED,
    LetterKind.REVIEW_REJECTED,
    LetterKind.REVIEW_HIDDEN,
    LetterKind.REVIEW_REMOVED,
    LetterKind.REVIEW_RESTRICTED,
    LetterKind.APPEAL_KEPT,
)
APPEALED = (LetterKind.REVIEW_REJECTED, LetterKind.REVIEW_REMOVED)

every_kind = pytest.mark.parametrize("kind", LetterKind)
every_language = pytest.mark.parametrize("language", LANGUAGES)


def message(kind: LetterKind, language: str, now: datetime) -> EmailMessage:
    return message_for(
        SITE,
        kind=kind,
        language=language,
        facts=facts_for(kind),
        message_id="0123456789abcdef",
        address=ADDRESS,
        written_at=now,
    )


@every_kind
def test_a_letter_says_what_was_agreed(kind: LetterKind) -> None:
    """The words are kept in `snapshots/`; a change of words is a change of that file."""
    agreed = SNAPSHOTS / f"{kind.value}.txt"

    assert SITE.text(kind, "en", facts_for(kind)) == agreed.read_text("utf-8")


def test_there_is_no_agreed_letter_that_nobody_sends() -> None:
    assert {path.stem for path in files("tests/mail/snapshots", "*.txt")} == set(LetterKind)


@every_kind
@every_language
def test_the_readers_language_comes_first(kind: LetterKind, language: str) -> None:
    first, second = SITE.text(kind, language, facts_for(kind)).split(LINE)

    hindi, english = (first, second) if language == "hi" else (second, first)
    assert english.startswith("Hello,")
    assert hindi.startswith("नमस्ते,")
    assert not DEVANAGARI.search(english)


@every_kind
@every_language
def test_both_halves_name_the_urgent_numbers_and_the_page(kind: LetterKind, language: str) -> None:
    for half in SITE.text(kind, language, facts_for(kind)).split(LINE):
        assert re.search(r"\b112\b", half)
        assert re.search(r"\b14416\b", half)
        if "path" in FACTS[kind]:
            assert f"{SITE.url}{VALUES['path']}\n" in half
        if "code" in FACTS[kind]:
            assert f"{VALUES['code']}\n" in half


@every_kind
def test_a_letter_leads_to_this_site_only(kind: LetterKind) -> None:
    links = LINKS.findall(SITE.text(kind, "en", facts_for(kind)))

    assert links
    assert [link for link in links if not link.startswith(SITE.url)] == []
    assert {link.count("?") for link in links} == {0}


@every_kind
def test_a_letter_is_laid_out_plainly(kind: LetterKind) -> None:
    text = SITE.text(kind, "en", facts_for(kind, rule_code="R-07", hint="Leave the name out."))

    assert "\n\n\n" not in text
    assert not re.search(r"[ \t]+\n", text)
    assert text.endswith("\n")
    assert "{" not in text
    assert not AVOIDED_ON_PAGES.search(text.replace("Asha Example", ""))


@pytest.mark.parametrize("kind", JUDGED)
@pytest.mark.parametrize("code", [RuleCode("R-07"), RuleCode("R-13")])
def test_a_decision_names_its_rule_and_the_words_of_it(kind: LetterKind, code: RuleCode) -> None:
    text = SITE.text(kind, "en", facts_for(kind, rule_code=code.value))
    said = " ".join(text.split())

    stated = rule(code)
    for words in (code.value, stated.title_en, stated.title_hi, stated.text_en, stated.text_hi):
        assert " ".join(words.split()) in said
    assert " ".join(stated.canned_en.split()) in said


@pytest.mark.parametrize("kind", JUDGED)
def test_what_the_desk_wrote_is_quoted(kind: LetterKind) -> None:
    hint = "Leave the nurse's name out.\nAnd the ward."
    text = SITE.text(kind, "en", facts_for(kind, rule_code="R-08", hint=hint))

    assert text.count("    Leave the nurse's name out.\n    And the ward.\n") == 2


@pytest.mark.parametrize("kind", APPEALED)
def test_a_refusal_says_how_to_appeal(kind: LetterKind) -> None:
    text = SITE.text(kind, "en", facts_for(kind, rule_code="R-07"))

    assert "you can appeal within 30 days" in text
    assert "decides within 10 days" in text
    assert "अपील" in text


@pytest.mark.parametrize(
    "what",
    [
        "password-set",
        "signed-in",
        "totp-enrolled",
        "recovery-used",
        "recovery-renewed",
        "something-else",
    ],
)
def test_a_letter_about_security_says_what_happened(what: str) -> None:
    text = SITE.text(LetterKind.SECURITY, "en", facts_for(LetterKind.SECURITY, what=what))

    other = SITE.text(LetterKind.SECURITY, "en", facts_for(LetterKind.SECURITY, what="else"))
    assert (text == other) == (what == "something-else")


@every_kind
@every_language
def test_the_outside_of_a_letter_tells_nothing(
    kind: LetterKind, language: str, now: datetime
) -> None:
    outside = message(kind, language, now)
    head = " ".join(f"{name}: {value}" for name, value in outside.items())

    assert "Asha" not in head
    assert not re.search(r"review|therap|appeal|moderat|health|समीक्षा", head, re.IGNORECASE)
    assert outside["Auto-Submitted"] == "auto-generated"
    assert outside["Message-ID"] == "<0123456789abcdef@directory.example>"
    assert outside["To"] == ADDRESS
    assert outside["From"].addresses[0].addr_spec == "account@directory.example"
    assert outside["Date"].datetime == now


def test_subject_and_sender_are_in_the_readers_language(now: datetime) -> None:
    english = message(LetterKind.SIGN_IN, "en", now)
    hindi = read(message(LetterKind.SIGN_IN, "hi", now).as_bytes())

    assert english["Subject"] == "A message about your account"
    assert english["From"].addresses[0].display_name == "Account messages"
    assert hindi["Subject"] == "आपके खाते के बारे में एक संदेश"
    assert hindi["From"].addresses[0].display_name == "खाता संदेश"


@every_kind
def test_a_letter_is_plain_text_and_the_same_each_time(kind: LetterKind, now: datetime) -> None:
    once, again = message(kind, "hi", now), message(kind, "hi", now)

    assert once.as_bytes() == again.as_bytes()
    assert once.get_content_type() == "text/plain"
    assert read(once.as_bytes()).get_content() == SITE.text(kind, "hi", facts_for(kind))


@pytest.mark.parametrize(
    ("url", "domain"),
    [
        ("https://directory.example", "directory.example"),
        ("http://127.0.0.1:8000", "localhost"),
        ("http://[::1]:8000", "localhost"),
    ],
)
def test_letters_come_from_the_domain_of_the_site(url: str, domain: str) -> None:
    assert domain_of(url) == domain


def test_every_template_of_a_letter_is_a_letter() -> None:
    parts = {"foot", "parts"}
    names = {path.stem for path in files("templates/mail", "*.txt")}

    assert names - parts == {kind.value for kind in LetterKind}, name_of(PROJECT / "templates")
