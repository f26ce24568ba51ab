"""Writes of accounts, one transaction each. What joins another one is in `authors.py`."""

from __future__ import annotations

from directory.accounts.operations.asking import ask_sign_in, ask_sign_up
from directory.accounts.operations.consents import give_consent, withdraw_consent
from directory.accounts.operations.enrolling import (
    Enrolled,
    confirm_totp,
    make_recovery_codes,
    offer_totp,
    set_first_password,
)
from directory.accounts.operations.managing import (
    CreatedUser,
    PrintedLink,
    change_role,
    contact_of,
    create_user,
    make_link,
    reset_enrolment,
    restore,
    suspend,
)
from directory.accounts.operations.passwords import (
    PasswordOutcome,
    PasswordUse,
    check_password,
    remove_password,
    set_password,
)
from directory.accounts.operations.pruning import prune_accounts
from directory.accounts.operations.second_step import pass_recovery_code, pass_totp
from directory.accounts.operations.sessions import (
    OpenedSession,
    open_session,
    revoke_others,
    revoke_session,
    set_language,
    sign_out,
    touch_session,
)
from directory.accounts.operations.using_links import LinkOutcome, LinkUse, use_code, use_link

__all__ = [
    "CreatedUser",
    "Enrolled",
    "LinkOutcome",
    "LinkUse",
    "OpenedSession",
    "PasswordOutcome",
    "PasswordUse",
    "PrintedLink",
    "ask_sign_in",
    "ask_sign_up",
    "change_role",
    "check_password",
    "confirm_totp",
    "contact_of",
    "create_user",
    "give_consent",
    "make_link",
    "make_recovery_codes",
    "offer_totp",
    "open_session",
    "pass_recovery_code",
    "pass_totp",
    "prune_accounts",
    "remove_password",
    "reset_enrolment",
    "restore",
    "revoke_others",
    "revoke_session",
    "set_first_password",
    "set_language",
    "set_password",
    "sign_out",
    "suspend",
    "touch_session",
    "use_code",
    "use_link",
    "withdraw_consent",
]
