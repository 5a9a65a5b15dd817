"""Nothing a person types breaks a page: every address and every form, by every role, with hostile values."""

import json
import os
import re
import sqlite3
from itertools import count, cycle, islice
from pathlib import Path
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient
from peewee import JOIN

from board.audit.model import Entry
from board.db import database
from board.moves import Step
from board.people import sessions
from board.people.model import Person
from tests import busy
from tests.inspector import parsed
from tests.test_routes import address_of, declared

HOSTILE = [
    b"", b" ", b"\x00", b"a\x00b", b"\xed\xa0\x80", b"\xff\xfe\xfd", b"x" * 10_000, b"9" * 5_000, b"-1", b"0", b"-0.0",
    b"1e309", b"NaN", b"9223372036854775808", b"1" + b"0" * 30, b"0000-00-00", b"9999-99-99", b"9999-12-31", b"0001-01-01",
    b"2027-02-30", b"'; DROP TABLE person;--", b'"><script>alert(1)</script>', b"javascript:alert(1)", b"//evil.example",
    b"/\\evil.example", b"../../etc/passwd", b"%s%n%(name)s{0}{me}", b"{{7*7}}", b"=1+1", b"[1]", b"{}", b"null", b"true",
    b"on", b"%", b"_", b"\\", b"\r\nSet-Cookie: a=b", b"*" * 200, b"NOT NOT (((", b"https://[::1", b"http://a:b@c:99999/",
    "😀👩‍👩‍👧‍👦".encode(), "\u202eevil\u202c".encode(), "\u200b\ufeff".encode(), "ﷺ".encode() * 500, "١٢٣".encode(), "²".encode(),
    "İstanbul ß".encode(), "Z̷̢a̶l̴g̷o".encode(), "\u2028\u2029\x85".encode(),
]  # fmt: skip
PARAMETERS = (
    "page", "q", "role", "state", "grade", "mine", "never", "added", "field", "skill", "hours", "pay", "place", "sort",
    "next", "employer", "check", "thing", "short", "doable", "fair",
)  # fmt: skip
ROLES = {"visitor": None, "student": "maya", "teacher": "okafor", "coordinator": "ruiz", "employer": "dana"}


def more_values() -> list[bytes]:
    """A longer list from elsewhere, such as the "big list of naughty strings": HOSTILE_STRINGS names its JSON file."""
    path = os.environ.get("HOSTILE_STRINGS")
    return [text.encode("utf-8", "surrogatepass") for text in json.loads(Path(path).read_text())] if path else []


class Snapshot:
    """The database as it was, put back after each write so that every try meets the same board."""

    def __init__(self):
        self.kept = sqlite3.connect(":memory:")
        database.connection().backup(self.kept)
        self.changes = database.connection().total_changes

    def put_back(self):
        connection = database.connection()
        if connection.in_transaction:
            connection.rollback()
        if connection.total_changes != self.changes:
            self.kept.backup(connection)
            self.changes = connection.total_changes


class Browser:
    """Somebody signed in whatever happens: the cookie does not change, flashed words do not heap up."""

    def __init__(self, app, secret: str | None):
        # not the client that reads every page: it would look at thousands
        self.client = FlaskClient(app, app.response_class, use_cookies=False)
        cookie = app.session_interface.get_signing_serializer(app).dumps({"_user_id": secret, "_fresh": True})
        self.headers = {"Cookie": f"{app.config['SESSION_COOKIE_NAME']}={cookie}"} if secret else {}

    def open(self, address, method="GET", htmx=False, **more):
        headers = self.headers | ({"HX-Request": "true"} if htmx else {})
        return self.client.open(address, method=method, headers=headers, **more)


@pytest.fixture
def board(app, played):
    cast, made = played(busy.fill)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    secrets = {role: sessions.begin(getattr(cast, name), "Test") for role, name in ROLES.items() if name}
    snapshot = Snapshot()

    def browser(role):
        return Browser(app, secrets.get(role))

    made.browser, made.snapshot = browser, snapshot
    return made


def may(audience: set[str], role: str) -> bool:
    return bool({"anyone", role} & audience or ("reader" in audience and role != "visitor"))


def numbers_of(made) -> list[int]:
    """Ids that open something on most routes: a posting, an application, the first row, and nothing."""
    first = made.applications["submitted"].id
    return [made.postings["submitted"].id, made.open.id, first, made.applications["offered"].id, 1]


def addresses(app, made, method: str):
    """(rule, role, address) of every route and role that may open it, with objects that are there."""
    for rule in app.url_map.iter_rules():
        if rule.endpoint == "static" or method not in rule.methods:
            continue
        audience = declared(app, rule.endpoint)
        for role in ROLES:
            if not may(audience, role):
                continue
            numbers = numbers_of(made) if rule.arguments else [0]
            for number in dict.fromkeys(numbers):
                yield rule, role, address_of(app, rule, number)


def test_no_address_breaks_whatever_its_parameters(app, board):
    """Each page with all its parameters hostile, in turn with every value, and repeated."""
    browsers = {role: board.browser(role) for role in ROLES}
    values = HOSTILE + more_values()
    some = cycle(values)
    tried, broken, seen = 0, [], set()
    for rule, role, address in addresses(app, board, "GET"):
        if (rule.endpoint, role) in seen or browsers[role].open(address).status_code != 200:
            continue  # one object is enough here
        seen.add((rule.endpoint, role))
        queries = [[(name, value) for name in PARAMETERS] for value in islice(some, 3)]
        queries += [[(name, next(some)) for name in PARAMETERS] for _ in range(2)]
        queries.append([(name, next(some)) for name in PARAMETERS for _ in range(3)])
        for query in queries:
            response = browsers[role].open(f"{address}?{urlencode(query)}", htmx=tried % 3 == 0)
            tried += 1
            if response.status_code >= 500:
                broken.append((role, address, query, response.status_code))
    assert not broken, broken[:10]
    assert tried > 400


def test_no_piece_of_an_address_breaks(app, board):
    """Words where a name or a move stands in an address, and odd numbers where an id does."""
    browsers = {role: board.browser(role) for role in ROLES}
    odd = [
        "%00",
        "%ED%A0%80",
        "x" * 3000,
        "%F0%9F%98%80",
        "%2e%2e%2f",
        "-1",
        "__class__",
        "submit",
        "approve",
        "delete",
        "seats_taken",
    ]
    broken, some = [], cycle(odd)
    for rule in app.url_map.iter_rules():
        if not rule.arguments or rule.endpoint == "static":
            continue
        roles = [role for role in ROLES if may(declared(app, rule.endpoint), role)]
        for role in roles:
            for word in islice(some, -(-len(odd) // len(roles))):  # all of them, among the roles
                address = re.sub(r"<(?!int)[^<>]*>", word, rule.rule)
                address = re.sub(r"<int:[^<>]*>", str(board.open.id), address)
                if address == rule.rule or "<" in address:
                    continue
                for method in rule.methods & {"GET", "POST"}:
                    response = browsers[role].open(address, method=method)
                    board.snapshot.put_back()
                    if response.status_code >= 500:
                        broken.append((role, method, address[:100], response.status_code))
    assert not broken, broken[:10]


def forms_on(text: str):
    """The POST forms of a page: (address, [(name, value)])."""
    tree = parsed(text)
    for form in tree.iter("form"):
        if (form.get("method") or "").lower() != "post":
            continue
        yield form.get("action"), [(e.get("name"), value_of(e)) for e in controls(tree, form) if e.get("name")]


def controls(tree, form):
    inside = list(form.iter())
    outside = [e for e in tree.iter() if isinstance(e.tag, str) and form.get("id") and e.get("form") == form.get("id")]
    return [e for e in inside + outside if e.tag in ("input", "textarea", "select", "button")]


def value_of(element) -> str:
    if element.tag == "textarea":
        return "".join(element.itertext())
    if element.tag == "select":
        options = list(element.iter("option"))
        picked = [o for o in options if o.get("selected") is not None] or options[:1]
        return picked[0].get("value") or "" if picked else ""
    return element.get("value") or ""


@pytest.fixture
def forms(app, board):
    """Every form of every page of every role, as it stands there, each once."""
    found = {}
    for role in ROLES:
        browser, asked = board.browser(role), set()
        for _rule, who, address in addresses(app, board, "GET"):
            if who != role or address in asked:
                continue
            asked.add(address)
            response = browser.open(address)
            if response.status_code != 200 or b"<form" not in response.data:
                continue
            for action, fields in forms_on(response.get_data(as_text=True)):
                key = (role, re.sub(r"\d+", "1", action or address), tuple(sorted({name for name, _ in fields})))
                found.setdefault(key, (role, action or address, fields))
    return list(found.values())


def test_no_form_breaks_whatever_is_typed(board, forms):
    """Each form as it stands with one field hostile, with all of them hostile, empty, and sent twice over."""
    browsers = {role: board.browser(role) for role in ROLES}
    values = cycle(HOSTILE + more_values())
    number, broken = count(), []
    for role, action, fields in forms:
        names = list(dict.fromkeys(name for name, _ in fields if name != "csrf_token"))
        kept = [(name, value.encode()) for name, value in fields]
        bodies = [[], kept + kept, [(name, next(values)) for name in names], [(name, b"x" * 10_000) for name in names]]
        bodies += [[pair for pair in kept if pair[0] != name] + [(name, next(values))] for name in names]
        for body in bodies:
            next(number)
            response = browsers[role].open(
                action, "POST", htmx=len(body) % 4 == 1, data=urlencode(body),
                content_type="application/x-www-form-urlencoded",
            )  # fmt: skip
            assert not (response.location or "").startswith("/sign-in") or role == "visitor"
            board.snapshot.put_back()
            if response.status_code >= 500:
                broken.append(
                    (role, action, [(n, v[:40]) for n, v in body if (n, v) not in kept], response.status_code)
                )
    assert not broken, broken[:10]
    assert len(forms) > 60 and next(number) > 500


def test_looking_changes_nothing(app, board):
    """A GET writes nothing but which teacher has a posting open, who of the line has opened a case (with its Step), who
    looked at a student they do not look after, and what the audit trail is told: that staff looked at a student's page,
    that data was taken out, that somebody was refused."""
    browsers = {role: board.browser(role) for role in ROLES}
    database.execute_sql("DELETE FROM viewing")
    before = rows()
    for _rule, role, address in addresses(app, board, "GET"):
        browsers[role].open(address)
    after = rows()
    changed = {table for table in before if before[table] != after[table]}
    assert changed <= {
        "viewing",
        "audit_entry",
        "audit_tally",
        "access",
        "report",
        "report_reader",
        "report_entry",
        "step",
    }
    assert {step.noun for step in Step.select().where(Step.id > len(before["step"]))} <= {"report"}
    told = Entry.select(Entry.kind, Person.role).join(Person, JOIN.LEFT_OUTER, on=(Entry.person_id == Person.id))
    told = set(told.where(Entry.id > len(before["audit_entry"])).tuples())
    assert {kind for kind, _role in told} <= {
        "view",
        "export",
        "refused",
        "unseen",
        "move",
    }  # a case that was opened is a move
    assert {role for kind, role in told if kind == "view"} <= {"teacher", "coordinator"}


def rows() -> dict[str, list]:
    return {table: database.execute_sql(f'SELECT * FROM "{table}"').fetchall() for table in database.get_tables()}
