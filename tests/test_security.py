"""The frame every answer is sent in."""

import re
from datetime import timedelta

import pytest
from flask import Flask, Response
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from itsdangerous import BadSignature

from board import create_app
from board.config import Settings
from board.db import database
from board.people import accounts, sessions
from board.security import Cookies
from tests.conftest import SECRET
from tests.inspector import by_id

CSP_PARTS = ["default-src 'none'", "script-src 'self'", "style-src 'self'", "base-uri 'none'", "frame-ancestors 'none'"]


def test_every_answer_carries_the_security_headers(client, cast):
    for person, address in (
        (None, "/"),
        (cast.maya, "/projects"),
        (None, "/nothing-here"),
        (None, "/static/board.css"),
    ):
        response = client(person).get(address)
        csp = response.headers["Content-Security-Policy"]
        assert all(part in csp for part in CSP_PARTS), address
        assert "unsafe" not in csp and "http" not in csp
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Referrer-Policy"] == "same-origin"


def test_pages_with_peoples_data_are_not_kept(client, cast):
    assert client(cast.maya).get("/").headers["Cache-Control"] == "no-store"
    assert client(cast.okafor).get("/review").headers["Cache-Control"] == "no-store"


def test_static_files_with_a_mark_of_their_content_are_kept_for_a_year(client):
    visitor = client()
    visitor.get("/sign-in")
    address = next(e.get("href") for e in visitor.page.iter() if e.tag == "link" and "board.css" in e.get("href"))
    assert "max-age=31536000" in visitor.get(address).headers["Cache-Control"]


@pytest.mark.parametrize("accessed", [True, False])
@pytest.mark.parametrize("vary", [None, "HX-Request", "HX-Request, Cookie"])
def test_what_varies_with_the_cookie_is_what_flask_says(app, accessed, vary):
    def said(saves) -> list[str]:
        response = Response(headers={"Vary": vary} if vary else {})
        session = SecureCookieSession({"_user_id": "somebody"})
        session.accessed = accessed
        with app.test_request_context():
            saves.save_session(saves(), app, session, response)
        return response.headers.getlist("Vary")

    assert said(Cookies) == said(SecureCookieSessionInterface)


def test_on_loopback_http_the_cookie_is_lax_and_httponly(client, cast):
    response = client().post("/sign-in", data={"email": "nobody", "password": "wrong"})
    response = client().get("/sign-in")
    cookie = response.headers.get("Set-Cookie", "")
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie and "Secure" not in cookie


@pytest.fixture
def https_app(settings, founded_database):
    import shutil

    shutil.copy(founded_database, settings.database)
    app = create_app(Settings(settings.data, settings.index, SECRET, base_url="https://board.example.org"))
    database.connect(reuse_if_open=True)
    yield app
    database.close()


def test_on_https_the_cookie_is_host_bound_and_hsts_is_sent(https_app):
    response = https_app.test_client().get("/sign-in", base_url="https://board.example.org")
    cookie = response.headers["Set-Cookie"]
    assert cookie.startswith("__Host-board=") and "Secure" in cookie and "Path=/" in cookie and "Domain" not in cookie
    assert "max-age=31536000" in response.headers["Strict-Transport-Security"]


def test_another_host_name_is_refused(https_app, app):
    assert https_app.test_client().get("/sign-in", base_url="https://evil.example").status_code == 400
    assert app.test_client().get("/sign-in", base_url="http://evil.example").status_code == 400
    assert app.test_client().get("/sign-in", base_url="http://localhost:8123").status_code == 200


# a mail program posts here of itself (RFC 8058): the signed address is the proof, and ending mail all it can do
WITHOUT_TOKEN = {"mail.off"}
# a parent's or guardian's link: the address nobody can guess is the proof, and no cookie is asked for
WITHOUT_TOKEN |= {"guardians.answer", "guardians.withdraw", "home_reports.tell"}


def test_no_write_goes_through_without_the_csrf_token(app, client, cast):
    """Every POST route, by the person most likely to be let in."""
    app.config["WTF_CSRF_ENABLED"] = True
    people = {"student": cast.maya, "teacher": cast.okafor, "coordinator": cast.ruiz, "employer": cast.dana}
    tried = 0
    for rule in app.url_map.iter_rules():
        if "POST" not in rule.methods or rule.endpoint in WITHOUT_TOKEN:
            continue
        roles = app.view_functions[rule.endpoint].open_to & set(people) or {"coordinator"}
        arguments = dict.fromkeys(rule.arguments, "1") | (rule.defaults or {})
        with app.test_request_context():
            address = app.url_map.bind("localhost").build(rule.endpoint, arguments, method="POST")
        response = client(people[sorted(roles)[0]]).post(address, data={})
        assert response.status_code == 400, (rule, response.status_code)
        tried += 1
    assert tried >= 3


def test_the_token_of_the_page_lets_a_form_through(app, client, cast):
    app.config["WTF_CSRF_ENABLED"] = True
    visitor = client()
    visitor.get("/sign-in")
    token = next(e.get("value") for e in visitor.page.iter() if e.get("name") == "csrf_token")
    response = visitor.post("/sign-in", data={"email": "nobody", "password": "wrong", "csrf_token": token})
    assert response.status_code == 422
    assert by_id(visitor.page, "errors") is not None


def test_a_token_that_was_signed_for_one_session_lets_no_other_through(app, client, cast):
    app.config["WTF_CSRF_ENABLED"] = True
    browsers = [client(cast.maya), client(cast.leo)]

    def token(browser) -> str:
        browser.get("/saved")
        return next(e.get("value") for e in browser.page.iter() if e.get("name") == "csrf_token")

    tokens = [token(browser) for browser in browsers]
    assert [token(browser) for browser in browsers] == tokens and tokens[0] != tokens[1]
    for browser in browsers:
        for one in tokens:
            answer = browser.post("/language", data={"language": "en", "csrf_token": one})
            assert answer.status_code == (303 if one == token(browser) else 400)


@pytest.mark.parametrize(
    "back",
    [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil",
        "javascript:alert(1)",
        "/\t/evil.example",
        "evil",
    ],
)
def test_sign_in_never_leads_off_the_site(client, cast, back):
    response = client(cast.maya).get("/sign-in", query_string={"next": back})
    assert response.status_code == 303 and response.location == "/"


def test_sign_in_leads_back_to_where_one_was_going(client, cast):
    visitor = client()
    response = visitor.get("/projects?q=poster")
    assert response.status_code == 303
    assert (
        response.location == "/sign-in?next=/projects?q%3Dposter"
        or "next=%2Fprojects%3Fq%3Dposter" in response.location
    )


def test_a_signed_out_htmx_request_is_sent_to_sign_in_by_header(client, cast):
    response = client().piece("/projects?q=x")
    assert response.status_code == 204
    assert response.headers["HX-Redirect"].startswith("/sign-in")


def test_a_body_over_the_limit_gets_a_page_in_words(client, cast):
    response = client().post("/sign-in", data={"email": "x" * (1024 * 1024 + 10), "password": "y"})
    assert response.status_code == 413
    assert b"larger than this board takes" in response.data


@pytest.mark.own_app
def test_error_pages_help_and_leak_nothing(app, client, cast):
    app.config["PROPAGATE_EXCEPTIONS"] = False

    @app.get("/breaks")
    def breaks():
        raise RuntimeError("secret detail")

    breaks.open_to = frozenset({"anyone"})
    app.view_functions["breaks"].open_to = frozenset({"anyone"})
    visitor = client()
    response = visitor.get("/breaks")
    assert response.status_code == 500
    assert "secret detail" not in response.text and "Traceback" not in response.text
    for address, code in (("/nowhere", 404), ("/projects/999999", 404)):
        response = client(cast.maya).get(address)
        assert response.status_code == code
        assert re.search(r"Error \d{3}", response.text)
    assert client(cast.maya).get("/people").status_code == 403


@pytest.mark.own_app
def test_a_route_with_no_audience_answers_403(app, client, cast):
    app.add_url_rule("/unsaid", "unsaid", lambda: "never shown")
    assert client(cast.ruiz).get("/unsaid").status_code == 403
    assert client().get("/unsaid").status_code in (303, 403)


def test_a_one_time_link_is_kept_by_no_cache(client, cast):
    token = accounts.invite(cast.okafor, cast.ruiz)
    assert client().get(f"/welcome/{token}").headers["Cache-Control"] == "no-store"


def test_signing_in_with_a_code_ends_the_session_that_was_there(client, cast):
    """On a shared computer the one before is out, not only out of sight."""
    browser, code = client(cast.leo), accounts.give_code(cast.maya, cast.ruiz)
    assert browser.post("/sign-in", data={"email": cast.maya.email, "password": code}).status_code == 303
    assert not list(sessions.list_of(cast.leo))


def test_cookies_are_signed_as_flask_signs_them(app):
    """What signs is kept; a cookie of an earlier version of the board still holds, and one of another board does not."""
    ours, plain = app.session_interface.get_signing_serializer(app), SecureCookieSessionInterface()
    for _ in range(2):
        assert ours.loads(plain.get_signing_serializer(app).dumps({"a": 1})) == {"a": 1}
        assert plain.get_signing_serializer(app).loads(ours.dumps({"a": 2})) == {"a": 2}
    other = Flask("other")
    other.secret_key = "of another board"
    with pytest.raises(BadSignature):
        ours.loads(plain.get_signing_serializer(other).dumps({"a": 1}))


def test_a_cookie_that_was_read_before_is_not_believed_for_longer_and_what_is_said_once_is_not_said_twice(app):
    interface = app.session_interface

    def opened(cookie: str) -> dict:
        with app.test_request_context(headers={"Cookie": f"{interface.get_cookie_name(app)}={cookie}"}) as context:
            return dict(context.session)

    signed = interface.get_signing_serializer(app).dumps
    cookie, flashing = signed({"a": 1}), signed({"_flashes": [("good", "Saved.")]})
    assert opened(cookie) == opened(cookie) == {"a": 1} and opened(cookie[:-1]) == opened(f"{cookie}x") == {}
    for _ in range(2):
        with app.test_request_context(headers={"Cookie": f"{interface.get_cookie_name(app)}={flashing}"}) as context:
            context.session["_flashes"].append(("good", "Once more."))
    assert opened(flashing) == {"_flashes": [("good", "Saved.")]}
    app.config["PERMANENT_SESSION_LIFETIME"] = timedelta(seconds=-1)
    assert opened(cookie) == {}
