"""The frame every answer is sent in: cookies, CSRF, headers, trusted hosts, size limits."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import ClassVar

from flask import Flask, Request, Response, current_app, g, request, session
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin
from flask_login import current_user
from flask_wtf.csrf import CSRFProtect, generate_csrf
from itsdangerous import BadSignature, TimestampSigner, URLSafeTimedSerializer
from werkzeug.middleware.proxy_fix import ProxyFix

from board.kept import Kept

csrf = CSRFProtect()

MOST_SIGNED = 1000  # sessions
_signed: Kept[str] = Kept(MOST_SIGNED)
_opened: Kept[tuple[dict, datetime]] = Kept(MOST_SIGNED)

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


class Cookies(SecureCookieSessionInterface):
    """Flask's sessions. What signs them is made once, not for each request."""

    signer: URLSafeTimedSerializer | None = None

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        if self.signer is None:
            self.signer = super().get_signing_serializer(app)
            if self.signer:
                self.signer.signer = KeyKept
        return self.signer

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """What a cookie says is read and its signature checked once; whether it is too old, each time. What is kept
        is found by nothing but the whole of the cookie."""
        cookie = request.cookies.get(self.get_cookie_name(app))
        if not cookie:
            return self.session_class()
        values, signed_at = _opened.get((cookie, app.secret_key)) or (None, None)
        if signed_at is None:
            try:
                values, signed_at = self.get_signing_serializer(app).loads(cookie, return_timestamp=True)
            except BadSignature:
                return self.session_class()
            if not any(isinstance(value, list | dict) for value in values.values()):  # which somebody may add to
                _opened.put((cookie, app.secret_key), (values, signed_at))
        age = datetime.now(UTC) - signed_at
        return self.session_class(values if timedelta(0) <= age <= app.permanent_session_lifetime else None)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """As Flask does: what asked for the session varies with the cookie, and nothing else. Where no cookie is set, the
        header that has just been written is not taken apart to add to it."""
        if session and not self.should_set_cookie(app, session):
            vary = response.headers.get("Vary", "")
            if session.accessed and "cookie" not in vary.lower():
                response.headers["Vary"] = f"{vary}, Cookie" if vary else "Cookie"
        else:
            super().save_session(app, session, response)


class KeyKept(TimestampSigner):
    """What it signs with is derived from the board's secret once, not for each cookie."""

    keys: ClassVar[dict[tuple, bytes]] = {}

    def derive_key(self, secret_key: str | bytes | None = None) -> bytes:
        asked = self.salt, self.secret_keys[-1] if secret_key is None else secret_key
        if asked not in self.keys:
            self.keys[asked] = super().derive_key(secret_key)
        return self.keys[asked]


def csrf_token() -> str:
    """The token that forms carry, signed once for each session: to sign takes longer than the header and the footer.
    It holds as long as the session, and is found by nothing but the session's own secret."""
    if "csrf_token" not in g:
        signed = _signed.get(session.get("csrf_token"))
        if signed is None:
            signed = generate_csrf()  # and puts its secret in the session, where there was none
            _signed.put(session["csrf_token"], signed)
        g.csrf_token = signed
    return g.csrf_token


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
    app.session_interface = Cookies()
    csrf.init_app(app)
    app.jinja_env.globals["csrf_token"] = csrf_token
    app.context_processor(lambda: {"csrf_token": csrf_token})

    always = [
        ("Content-Security-Policy", CSP),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "same-origin"),  # none at all, and the CSRF check on https would refuse our own forms
        ("X-Frame-Options", "DENY"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Permissions-Policy", "camera=(), microphone=(), geolocation=()"),
    ]
    if settings.is_https:
        always.append(("Strict-Transport-Security", f"max-age={YEAR}; includeSubDomains"))

    @app.after_request
    def headers(response: Response) -> Response:
        put = always.copy()
        if request.endpoint != "static" and not g.get("for_search_engines"):
            put.append(("X-Robots-Tag", "noindex"))
        if request.endpoint == "static":
            response.cache_control.no_cache = None
            response.cache_control.public = True
            response.cache_control.max_age = YEAR if "v" in request.args or "/vendor/" in request.path else 3600
        elif current_user.is_authenticated or request.method != "GET" or request.blueprint == "people":
            put.append(("Cache-Control", "no-store"))
        else:
            put.append(("Cache-Control", "private, no-cache"))
        given = {name.lower() for name, _ in response.headers}  # looked for once: a page has a dozen of them
        for name, value in put:
            if name.lower() not in given:
                response.headers.add(name, value)
        return response
