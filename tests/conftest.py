"""The board under test, its cast, and a client that inspects every page it opens.

The cast: Maya (16, grade 10) and Leo (14, grade 9) are students, Noor's birth date is unknown to the school;
Mr. Okafor teaches, Ms. Ruiz coordinates; Dana is of Cedar Print (verified), Omar of Mill Cafe (verified),
Nia of Newcomer Farm (not yet checked).
"""

import shutil
from datetime import date
from types import SimpleNamespace

import pytest
from flask import Flask
from hypothesis import settings as hypothesis_settings
from jinja2 import BytecodeCache
from playhouse.test_utils import count_queries
from werkzeug.routing import Rule

from board import create_app
from board.asked import of_frame
from board.config import Settings
from board.db import database, open_at
from board.migrations import migrate
from board.people import sessions
from board.people.model import Person
from board.school import model as school_model
from board.school.actions import found
from board.search import facts, scores
from tests import factories
from tests.inspector import PageClient

# how long an example takes says more about the machine than about the board
hypothesis_settings.register_profile("board", deadline=None)
hypothesis_settings.load_profile("board")

SECRET = "a secret for tests, and for tests alone"


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory):
    """A migrated database with nobody in it."""
    path = tmp_path_factory.mktemp("empty") / "board.sqlite3"
    open_at(path)
    with database.connection_context():
        migrate()
    return path


@pytest.fixture(scope="session")
def founded_database(empty_database, tmp_path_factory):
    """The same with a school, its fields and its vocabulary."""
    path = tmp_path_factory.mktemp("founded") / "board.sqlite3"
    shutil.copy(empty_database, path)
    open_at(path)
    with database.connection_context():
        found("Lincoln High School", "OR", "America/Los_Angeles", 14, minimum_pay_cents=1500)
    return path


@pytest.fixture
def settings(tmp_path):
    (tmp_path / "data").mkdir()
    return Settings(data=tmp_path / "data", index=tmp_path / "index", secret_key=SECRET)


class Compiled(BytecodeCache):
    """Templates compiled once for all the boards of this process: every test has an app of its own. What a template
    says is in the checksum, so one that changes is compiled anew."""

    def __init__(self):
        self.kept = {}

    def load_bytecode(self, bucket):
        bucket.code = self.kept.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket):
        self.kept[bucket.key, bucket.checksum] = bucket.code


COMPILED = Compiled()


class KnownRule(Rule):
    """An address whose builder is compiled once in a process. The builder asks its rule for the converters, so that
    one made for another board's map serves as well; one with defaults has their words in it and is made anew."""

    known = {}

    def _compile_builder(self, append_unknown=True):
        if self.defaults:
            return super()._compile_builder(append_unknown)
        key = (self.rule, tuple(self._trace), append_unknown)
        if key not in self.known:
            self.known[key] = super()._compile_builder(append_unknown)
        return self.known[key]


Flask.url_rule_class = KnownRule


def count_with_the_frame(self):
    """What is counted is a page after something was written, in every test alike: the frame asks for its own."""
    of_frame.forget()
    return enter(self)


enter, count_queries.__enter__ = count_queries.__enter__, count_with_the_frame


def start(settings, source):
    shutil.copy(source, settings.database)
    if not database.is_closed():
        database.close()
    app = create_app(settings)
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    app.test_client_class = PageClient
    app.jinja_env.bytecode_cache = COMPILED
    facts.forget()
    scores.forget()
    school_model._clock[1] = 0.0
    database.connect(reuse_if_open=True)
    return app


@pytest.fixture
def app(settings, founded_database):
    """A board with a school and an open connection. Never inside an app context: two clients would share a person."""
    yield start(settings, founded_database)
    database.close()


@pytest.fixture
def empty_app(settings, empty_database):
    """A board before set-up."""
    yield start(settings, empty_database)
    database.close()


@pytest.fixture
def cast(app):
    return make_cast()


def make_cast() -> SimpleNamespace:
    """Everybody, on the board that is open."""
    make = factories.make_person
    cedar = factories.make_employer("Cedar Print", state="verified")
    mill = factories.make_employer("Mill Cafe", state="verified")
    newcomer = factories.make_employer("Newcomer Farm", state="unverified")
    okafor = make("teacher", "Sam Okafor")
    today = school_model.today()
    return SimpleNamespace(
        cedar=cedar, mill=mill, newcomer=newcomer, okafor=okafor,
        ruiz=make("coordinator", "Elena Ruiz"),
        maya=make("student", "Maya Rivera", grade=10, birth_date=date(today.year - 16, 1, 5), adviser=okafor),
        leo=make("student", "Leo Chen", grade=9, birth_date=date(today.year - 14, 1, 5), adviser=okafor),
        noor=make("student", "Noor Haddad", grade=11),
        dana=make("employer", "Dana Whitlock", employer=cedar),
        omar=make("employer", "Omar Said", employer=mill),
        nia=make("employer", "Nia Brooks", employer=newcomer),
    )  # fmt: skip


@pytest.fixture
def client(app):
    """Signs people in: `client()` is a visitor, `client(cast.maya)` is Maya in her own browser."""

    def of(person: Person | None = None, **more) -> PageClient:
        made = app.test_client(**more)
        if person:
            with made.session_transaction() as session:
                session["_user_id"] = sessions.begin(person, "Test")
                session["_fresh"] = True
        return made

    return of
