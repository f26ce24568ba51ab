"""What one page tells the next after a form was sent, in a signed cookie of ten minutes.

So that nothing of it stands in an address, where a shared device would keep it. It holds no
words, no name and no e-mail address. Called by `review_form.py`, `my_reviews.py` and
`corrections.py`.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from flask import redirect
from itsdangerous import BadSignature, URLSafeTimedSerializer

from directory.web import cookies, current

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

COOKIE = "sent"
PATH = "/account/reviews/sent"
KEPT_S = 600
PURPOSE = "what was just sent"


def lead_there(facts: dict[str, Any], path: str = PATH) -> Response:
    """Redirect to the page that says what happens next, with what it must know in a cookie."""
    cookies.give(COOKIE, str(_signer().dumps(facts)), max_age=KEPT_S)
    return redirect(path, HTTPStatus.SEE_OTHER)


def recall() -> dict[str, Any]:
    """Give what was just sent; empty when there is nothing, or it is too old."""
    try:
        facts = _signer().loads(cookies.value_of(COOKIE) or "", max_age=KEPT_S)
    except BadSignature:
        return {}
    return facts if isinstance(facts, dict) else {}


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current.settings().secret_key, salt=PURPOSE)
