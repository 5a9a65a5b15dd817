"""The frame every answer is sent in: cookies, CSRF, headers, trusted hosts, size limits."""

from collections.abc import Callable
from datetime import timedelta

from flask import Flask, Response, current_app, g, request
from flask_login import current_user
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

csrf = CSRFProtect()

# Pico's icons are data: images; nothing else comes from anywhere but here
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
BODY_LIMIT = 1024 * 1024  # bytes; the longest form is a class list pasted as CSV
YEAR = 31536000


def checks_its_form(view: Callable) -> Callable:
    """For a view that takes more than other forms hold: it calls `check_form` itself, once it has looked who sends
    it and how much. Otherwise the whole of it would be read before anything is known of its sender."""
    return csrf.exempt(view)


def check_form(most: int) -> None:
    """The CSRF token of a form of at most so many bytes. Raises CSRFError, RequestEntityTooLarge."""
    request.max_content_length = most
    if current_app.config["WTF_CSRF_ENABLED"]:
        csrf.protect()
    _ = request.files  # read now, so that what is too large is known here


def init_app(app: Flask) -> None:
    settings = app.config["SETTINGS"]
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_NAME="__Host-board" if settings.is_https else "board",
        SESSION_COOKIE_SECURE=settings.is_https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=timedelta(days=14),
        TRUSTED_HOSTS=settings.trusted_hosts,
        MAX_CONTENT_LENGTH=BODY_LIMIT,
        MAX_FORM_MEMORY_SIZE=BODY_LIMIT,
        WTF_CSRF_TIME_LIMIT=None,  # as long as the session
        PREFERRED_URL_SCHEME="https" if settings.is_https else "http",
    )
    if settings.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies, x_host=settings.proxies)
    csrf.init_app(app)

    @app.after_request
    def headers(response: Response) -> Response:
        put = response.headers.setdefault
        put("Content-Security-Policy", CSP)
        put("X-Content-Type-Options", "nosniff")
        put("Referrer-Policy", "same-origin")  # none at all, and the CSRF check on https would refuse our own forms
        put("X-Frame-Options", "DENY")
        put("Cross-Origin-Opener-Policy", "same-origin")
        put("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        if request.endpoint != "static" and not g.get("for_search_engines"):
            put("X-Robots-Tag", "noindex")
        if settings.is_https:
            put("Strict-Transport-Security", f"max-age={YEAR}; includeSubDomains")
        if request.endpoint == "static":
            response.cache_control.no_cache = None
            response.cache_control.public = True
            response.cache_control.max_age = YEAR if "v" in request.args or "/vendor/" in request.path else 3600
        elif current_user.is_authenticated or request.method != "GET" or request.blueprint == "people":
            put("Cache-Control", "no-store")
        else:
            put("Cache-Control", "private, no-cache")
        return response
