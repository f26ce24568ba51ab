"""A house for tests of accounts: people, letters as they were queued, and a clock that is moved.

Everything goes through the real operations; only the clock stands still until `wait`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pyotp
from sqlalchemy import select

from directory.accounts import operations
from directory.accounts.keys import Keys
from directory.accounts.models import Role, User
from directory.accounts.queries import half_viewer_of, viewer_of
from directory.accounts.tokens import new_token
from directory.audit.models import AuditEvent
from directory.audit.policy import COMMAND
from directory.core.db import db
from directory.outbox.models import Letter
from directory.outbox.policy import ADDRESS_PURPOSE, FACTS_PURPOSE, facts_from

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime, timedelta

    from directory.accounts.operations import LinkUse, OpenedSession
    from directory.accounts.policy import Viewer
    from directory.accounts.queries import HalfViewer

ADDRESS = "asha.rao@example.org"
STAFF_ADDRESS = "meera.sen@example.org"
PASSWORD = "four quiet mango trees"
OTHER_PASSWORD = "seven slow metro trains"
DEVICE = "Firefox on Android"
PRINTED = "/account/link/"


@dataclass(frozen=True, slots=True)
class Sent:
    """A letter as it will be sent."""

    kind: str
    address: str
    facts: Mapping[str, str | int]

    @property
    def token(self) -> str:
        """Give the token in the link of this letter."""
        return str(self.facts["path"]).removeprefix(PRINTED)


@dataclass
class House:
    """Accounts at one instant; `browser` is the cookie of the browser that asks."""

    now: datetime
    keys: Keys = field(default_factory=lambda: Keys.from_secret("sealing for tests only"))
    browser: str = field(default_factory=new_token)

    def wait(self, time: timedelta) -> None:
        """Move the clock."""
        self.now += time

    def letters(self) -> list[Sent]:
        """Give every letter queued so far, the oldest first."""
        session = db.session()
        session.rollback()
        return [
            Sent(
                letter.kind.value,
                self.keys.open(ADDRESS_PURPOSE, letter.address_sealed or b""),
                facts_from(letter.kind, self.keys.open(FACTS_PURPOSE, letter.facts_sealed or b"")),
            )
            for letter in session.scalars(select(Letter).order_by(Letter.id))
        ]

    def kinds(self) -> list[str]:
        """Give the kinds of all letters."""
        return [letter.kind for letter in self.letters()]

    def acts(self) -> list[str]:
        """Give the acts recorded so far, in order."""
        session = db.session()
        session.rollback()
        return list(session.scalars(select(AuditEvent.act).order_by(AuditEvent.seq)))

    def user(self, user_id: int) -> User:
        """Give an account as it is stored now."""
        session = db.session()
        session.rollback()
        return session.get_one(User, user_id)

    def make(self, role: Role = Role.USER, email: str | None = None) -> operations.CreatedUser:
        """Make an account, as the command does."""
        return operations.create_user(
            email=email or (ADDRESS if role is Role.USER else STAFF_ADDRESS),
            role=role,
            name="Meera Sen",
            language="en",
            actor=COMMAND,
            keys=self.keys,
            now=self.now,
        )

    def ask(self, email: str = ADDRESS, next_path: str | None = None) -> None:
        """Ask for a link to sign in."""
        operations.ask_sign_in(
            email=email,
            browser=self.browser,
            next_path=next_path,
            language="en",
            keys=self.keys,
            now=self.now,
        )

    def sign_up(self, email: str = ADDRESS, *, agrees: bool = True) -> None:
        """Ask for an account."""
        operations.ask_sign_up(
            email=email,
            agrees=agrees,
            terms_version=2,
            browser=self.browser,
            next_path="/account",
            language="hi",
            keys=self.keys,
            now=self.now,
        )

    def use(self, token: str, browser: str | None = None, replaces: str | None = None) -> LinkUse:
        """Use a link, in the browser that asked unless another is named."""
        return operations.use_link(
            token=token,
            browser=browser or self.browser,
            device=DEVICE,
            replaces=replaces,
            keys=self.keys,
            now=self.now,
            language="hi",
        )

    def type_code(self, code: str, browser: str | None = None) -> LinkUse:
        """Type a code."""
        return operations.use_code(
            code=code,
            browser=browser or self.browser,
            device=DEVICE,
            replaces=None,
            keys=self.keys,
            now=self.now,
        )

    def sign_in(self, email: str = ADDRESS) -> OpenedSession:
        """Sign a user in by a link."""
        self.ask(email)
        opened = self.use(self.letters()[-1].token).opened
        assert opened is not None
        return opened

    def give_password(self, email: str, password: str = PASSWORD) -> operations.PasswordUse:
        """Sign in with a password."""
        return operations.check_password(
            email=email,
            password=password,
            device=DEVICE,
            replaces=None,
            keys=self.keys,
            now=self.now,
        )

    def viewer(self, token: str) -> Viewer | None:
        """Give who is signed in with this cookie."""
        session = db.session()
        session.rollback()
        return viewer_of(session, token, keys=self.keys, now=self.now)

    def signed_in(self, token: str) -> Viewer:
        """Give who is signed in with this cookie, who must be."""
        found = self.viewer(token)
        assert found is not None
        return found

    def half(self, token: str) -> HalfViewer | None:
        """Give who is between the steps with this cookie."""
        session = db.session()
        session.rollback()
        return half_viewer_of(session, token, keys=self.keys, now=self.now)

    def begin_enrolling(self, made: operations.CreatedUser) -> str:
        """Open the first link of staff and set a password; give the half session's cookie."""
        opened = self.use(made.link.path.removeprefix(PRINTED)).opened
        assert opened is not None
        operations.set_first_password(
            token=opened.token, password=PASSWORD, keys=self.keys, now=self.now
        )
        return opened.token

    def offer(self, token: str) -> str:
        """Give the secret for the authenticator app."""
        return operations.offer_totp(
            token=token, site_name="Directory", keys=self.keys, now=self.now
        ).secret

    def digits(self, secret: str) -> str:
        """Give what the app shows now."""
        return pyotp.TOTP(secret).at(self.now)

    def enrol(self, made: operations.CreatedUser) -> tuple[operations.Enrolled, str]:
        """Enrol a member of staff; give what came of it and the app's secret."""
        token = self.begin_enrolling(made)
        secret = self.offer(token)
        enrolled = operations.confirm_totp(
            token=token, code=self.digits(secret), device=DEVICE, keys=self.keys, now=self.now
        )
        return enrolled, secret
