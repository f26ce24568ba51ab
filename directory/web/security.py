"""Headers that tell a browser what this site never does. Set on every answer.

The policy allows nothing from another host and no script or style inside a page. Called by
`web.register`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import current_app, request

if TYPE_CHECKING:
    from flask import Flask, Response

POLICY = (
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
)
# The page may ask where the reader is (nearest first); nothing else of the device is asked for.
PERMISSIONS = (
    "geolocation=(self)",
    "camera=()",
    "microphone=()",
    "payment=()",
    "usb=()",
    "browsing-topics=()",
)
HEADERS = {
    "Content-Security-Policy": "; ".join(POLICY),
    "X-Content-Type-Options": "nosniff",
    # An address of this site may hold a search for care: no other site learns it.
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": ", ".join(PERMISSIONS),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
STRICT_TRANSPORT = "max-age=31536000; includeSubDomains"


def register(app: Flask) -> None:
    """Add the headers to every answer of this application."""
    app.after_request(_add_headers)


def _add_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.is_secure or current_app.config["SETTINGS"].site_url.startswith("https:"):
        response.headers.setdefault("Strict-Transport-Security", STRICT_TRANSPORT)
    return response
