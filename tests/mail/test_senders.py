"""Ways out: a folder that never shows half a letter, and a mail server that may refuse."""

from __future__ import annotations

import stat
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from directory.mail.messages import message_for
from directory.mail.senders import (
    Encryption,
    FolderSender,
    NeverError,
    NotNowError,
    SmtpSender,
    smtp_sender,
)
from directory.outbox.models import LetterKind
from tests.mail.letters import ADDRESS, SITE, facts_for, read
from tests.support.mail_server import HOST, Mailbox, certificate, mail_server
from tests.support.serving import free_port

if TYPE_CHECKING:
    from datetime import datetime
    from email.message import EmailMessage
    from pathlib import Path

pytestmark = pytest.mark.allow_hosts([HOST])


@pytest.fixture
def message(now: datetime) -> EmailMessage:
    return letter(now)


def letter(now: datetime, message_id: str = "0123456789abcdef") -> EmailMessage:
    return message_for(
        SITE,
        kind=LetterKind.SIGN_IN,
        language="hi",
        facts=facts_for(LetterKind.SIGN_IN),
        message_id=message_id,
        address=ADDRESS,
        written_at=now,
    )


def plain(
    port: int, user: str | None = None, password: str | None = None, sender: str | None = None
) -> SmtpSender:
    return SmtpSender(HOST, port, Encryption.NONE, user, password, sender)


def test_a_folder_holds_one_file_a_letter_for_its_owner_only(
    message: EmailMessage, tmp_path: Path
) -> None:
    folder = tmp_path / "new" / "mail"

    FolderSender(folder).send(message)

    (file,) = folder.iterdir()
    assert file.name == "2026-11-23-0123456789abcdef.eml"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert read(file)["To"] == ADDRESS
    assert "https://directory.example/account/a-page" in file.read_text("utf-8")


def test_a_letter_written_again_is_the_same_file(message: EmailMessage, tmp_path: Path) -> None:
    sender = FolderSender(tmp_path / "mail")
    sender.send(message)
    (file,) = sender.folder.iterdir()
    (sender.folder / f".{file.name}.tmp").write_text("half of i")  # what a kill left

    sender.send(message)

    assert list(sender.folder.iterdir()) == [file]
    assert read(file).get_content() == message.get_content()


def test_a_folder_that_cannot_be_written_is_tried_again(
    message: EmailMessage, tmp_path: Path
) -> None:
    in_the_way = tmp_path / "mail"
    in_the_way.touch()

    with pytest.raises(NotNowError, match="folder: "):
        FolderSender(in_the_way).send(message)


def test_old_files_of_a_folder_go(now: datetime, tmp_path: Path) -> None:
    sender = FolderSender(tmp_path / "mail")
    assert sender.prune(now) == 0
    sender.send(letter(now - timedelta(days=31), "of-last-month"))
    sender.send(letter(now, "of-to-day"))
    (sender.folder / "notes.txt").touch()

    assert sender.prune(now - timedelta(days=30)) == 1

    kept = {path.name for path in sender.folder.iterdir()}
    assert kept == {"2026-11-23-of-to-day.eml", "notes.txt"}


def test_a_mail_server_gets_the_letter_in_seven_bits(message: EmailMessage) -> None:
    with mail_server(Mailbox()) as mailbox:
        plain(mailbox.port).send(message)

    (sent,) = mailbox.messages
    assert sent.isascii()
    arrived = read(sent)
    assert arrived["Message-ID"] == "<0123456789abcdef@directory.example>"
    assert arrived["Subject"] == "आपके खाते के बारे में एक संदेश"
    assert arrived.get_content() == message.get_content()
    assert mailbox.senders[0].startswith("mail FROM:<account@directory.example>")
    assert mailbox.logins == []


def test_an_operator_may_name_where_letters_come_from(message: EmailMessage) -> None:
    with mail_server(Mailbox()) as mailbox:
        plain(mailbox.port, sender="desk@mail.example").send(message)

    sender = read(mailbox.messages[0])["From"].addresses[0]
    assert (sender.display_name, sender.addr_spec) == ("खाता संदेश", "desk@mail.example")
    assert mailbox.senders[0].startswith("mail FROM:<desk@mail.example>")


@pytest.mark.parametrize("encryption", [Encryption.STARTTLS, Encryption.TLS])
def test_an_encrypted_way_logs_in_behind_the_encryption(
    message: EmailMessage, tmp_path: Path, encryption: Encryption
) -> None:
    served, trusting = certificate(tmp_path)
    offers = ("STARTTLS", "AUTH PLAIN") if encryption is Encryption.STARTTLS else ("AUTH PLAIN",)
    box = Mailbox(offers=offers, certificate=served)

    with mail_server(box, tls_at_once=encryption is Encryption.TLS) as mailbox:
        SmtpSender(HOST, mailbox.port, encryption, "desk", "a secret", None, trusting).send(message)

    assert mailbox.encrypted == [True]
    assert mailbox.logins == ["\0desk\0a secret"]


def test_a_server_nobody_vouches_for_gets_nothing(message: EmailMessage, tmp_path: Path) -> None:
    served, _trusting = certificate(tmp_path)
    box = Mailbox(offers=("STARTTLS",), certificate=served)

    with mail_server(box) as mailbox, pytest.raises(NotNowError, match="SSLCert"):
        SmtpSender(HOST, mailbox.port, Encryption.STARTTLS).send(message)

    assert mailbox.messages == []


def test_a_server_without_encryption_gets_nothing_where_it_was_asked_for(
    message: EmailMessage,
) -> None:
    with mail_server(Mailbox()) as mailbox, pytest.raises(NotNowError, match="lacks"):
        SmtpSender(HOST, mailbox.port, Encryption.STARTTLS).send(message)

    assert mailbox.messages == []


REFUSALS = {
    "nobody of that name": ({"RCPT": "550 nobody here"}, NeverError, "SMTP 550"),
    "a full mailbox": ({"RCPT": "452 full"}, NotNowError, "SMTP 452"),
    "come back later": ({"MAIL": "451 later"}, NotNowError, "SMTP 451"),
    "our sender is refused": ({"MAIL": "550 not you"}, NotNowError, "SMTP 550"),
    "the text is refused": ({"DATA": "554 no"}, NeverError, "SMTP 554"),
    "the text must wait": ({"DATA": "421 busy"}, NotNowError, "SMTP 421"),
    "a greeting refused": ({"EHLO": "502 what", "HELO": "500 what"}, NotNowError, "SMTP 50"),
    "a server that hangs up": ({"RCPT": ""}, NotNowError, "SMTP: SMTPServerDisconnected"),
}


@pytest.mark.parametrize(("answers", "kind", "words"), REFUSALS.values(), ids=REFUSALS.keys())
def test_a_refusal_is_for_now_or_for_ever(
    message: EmailMessage, answers: dict[str, str], kind: type[Exception], words: str
) -> None:
    with mail_server(Mailbox(answers)) as mailbox, pytest.raises(kind, match=words) as refused:
        plain(mailbox.port).send(message)

    assert ADDRESS not in str(refused.value)
    assert mailbox.messages == []


def test_a_wrong_password_is_the_operators_to_mend(message: EmailMessage) -> None:
    box = Mailbox({"AUTH": "535 wrong"}, offers=("AUTH PLAIN",))

    with mail_server(box) as mailbox, pytest.raises(NotNowError, match="SMTP 535"):
        plain(mailbox.port, user="desk", password="wrong").send(message)


def test_a_server_that_is_away_is_tried_again(message: EmailMessage) -> None:
    with pytest.raises(NotNowError, match="ConnectionRefusedError"):
        plain(free_port()).send(message)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://mail.example", SmtpSender("mail.example", 25, Encryption.NONE)),
        ("smtp://mail.example?tls=1", SmtpSender("mail.example", 587, Encryption.STARTTLS)),
        ("smtp://mail.example:465?tls=1", SmtpSender("mail.example", 465, Encryption.TLS)),
        (
            "smtp://a%40b:p%2Fw@mail.example:2525?tls=1&from=desk@mail.example",
            SmtpSender(
                "mail.example", 2525, Encryption.STARTTLS, "a@b", "p/w", "desk@mail.example"
            ),
        ),
    ],
)
def test_an_address_of_a_mail_server_says_all_of_it(url: str, expected: SmtpSender) -> None:
    assert smtp_sender(url) == expected
    assert "p/w" not in repr(expected)
