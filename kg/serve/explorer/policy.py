"""What a browser may do with a page: load style, scripts and data from this server, and nothing from anywhere else."""

from __future__ import annotations

from collections.abc import Mapping

_BASE = (
    "default-src 'none'; script-src 'self'; style-src 'self'{style}; img-src 'self' data:; connect-src 'self'; "
    "font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
#: Of the one style element that the SPARQL editor adds, for its resizable columns (`docs/web.md`).
_EDITOR_STYLE = " 'sha256-zCK2EVMoPc04mRF/g5CotUvxbJPWS+8V0b+s9ptqQIk='"

CONTENT_SECURITY_POLICY = _BASE.format(style="")
EDITOR_POLICY = _BASE.format(style=_EDITOR_STYLE)

_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    # A browser asks each time whether what it has is still true.
    "Cache-Control": "no-cache",
}


def make_headers(policy: str = CONTENT_SECURITY_POLICY) -> Mapping[str, str]:
    """Return the headers of a page."""
    return {**_HEADERS, "Content-Security-Policy": policy}
