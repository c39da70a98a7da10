"""Security headers of every answer. Pages load nothing from elsewhere and run no inline script.

A template that must have an inline style or script marks it with `nonce="{{ csp_nonce() }}"`.
"""

from __future__ import annotations

import secrets

from flask import Flask, Response, g, request

from review_service.api.context import context

_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cache-Control": "no-store",  # drafts are unpublished
}
_SHARED = {
    "Access-Control-Allow-Methods": "POST",
    "Access-Control-Allow-Headers": "Authorization, Content-Type",
    "Access-Control-Expose-Headers": "Retry-After",
    "Access-Control-Max-Age": "600",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
_YEAR = 31_536_000


def csp_nonce() -> str:
    """Return the number that lets this answer's own inline styles and scripts through the policy."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(16)
    return str(g.csp_nonce)


def register(app: Flask) -> None:
    """Put the headers on every answer of `app`; a view's own value stands."""
    app.jinja_env.globals["csp_nonce"] = csp_nonce

    @app.after_request
    def share(response: Response) -> Response:
        """Let the widget, on the pages that settings name, load and ask for a review; no cookie goes with it."""
        if request.path == "/assets/widget.js":
            response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        origin = request.headers.get("Origin")
        if request.path == "/review":
            response.headers["Vary"] = "Origin"
            if origin in context().settings.widget_origins:
                response.headers.update({**_SHARED, "Access-Control-Allow-Origin": origin})
        return response

    @app.after_request
    def secure(response: Response) -> Response:
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Content-Security-Policy", _policy())
        if request.is_secure:
            response.headers.setdefault("Strict-Transport-Security", f"max-age={_YEAR}")
        return response


def _policy() -> str:
    nonce = g.get("csp_nonce")
    directives = dict(_POLICY)
    if nonce:
        for name in ("script-src", "style-src"):
            directives[name] += f" 'nonce-{nonce}'"
    return "; ".join(f"{name} {value}" for name, value in directives.items())
