"""The board under test, its cast, and a client that inspects every page it opens.

The cast: Maya (16, grade 10) and Leo (14, grade 9) are students, Noor's birth date is unknown to the school;
Mr. Okafor teaches, Ms. Ruiz coordinates; Dana is of Cedar Print (verified), Omar of Mill Cafe (verified),
Nia of Newcomer Farm (not yet checked).
"""

import gc
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from flask import Flask
from hypothesis import settings as hypothesis_settings
from peewee import Model
from playhouse.test_utils import count_queries

import board
from board import create_app
from board.asked import of_frame
from board.config import Settings
from board.db import database, open_at
from board.mail import letters
from board.migrations import migrate
from board.people import sessions
from board.people.model import Person
from board.postings import drawing_ahead
from board.school import model as school_model
from board.school.actions import found
from board.search import facts, scores
from tests import factories
from tests.inspector import PageClient

# how long an example takes says more about the machine than about the board
hypothesis_settings.register_profile("board", deadline=None)
hypothesis_settings.load_profile("board")


def pytest_collection_finish(session):
    """What is there now stays: looking through all of it for garbage, time and again, took a fifth of the time."""
    gc.collect()
    gc.freeze()


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


class Apps:
    """One app for all the boards of a process that differ only in where their files are: to make one takes longer than
    most tests. Each test finds it as it was made, with a configuration of its own; a test that adds to it is marked
    `own_app` (Flask refuses what is added after a first request)."""

    def __init__(self):
        self.made: dict[Settings, tuple[Flask, dict, dict]] = {}

    def of(self, settings: Settings) -> Flask:
        like = replace(settings, data=Path(), index=Path())
        if like not in self.made:
            app = create_app(settings)
            app.test_client_class = PageClient
            self.made[like] = app, dict(app.config), dict(app.jinja_env.globals)
        app, config, names = self.made[like]
        board.use(settings)
        letters.init_app(app)  # how letters are drawn is global too, and how pages are drawn ahead
        drawing_ahead.init_app(app)
        app.config.clear()
        app.config.update(config, SETTINGS=settings)
        app.jinja_env.globals.clear()
        app.jinja_env.globals.update(names)
        return app


APPS = Apps()


def count_with_the_frame(self):
    """What is counted is a page after something was written, in every test alike: the frame asks for its own."""
    of_frame.forget()
    return enter(self)


enter, count_queries.__enter__ = count_queries.__enter__, count_with_the_frame


def start(settings, source, apps=APPS):
    shutil.copy(source, settings.database)
    if not database.is_closed():
        database.close()
    app = apps.of(settings)
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    facts.forget()
    scores.forget()
    school_model._clock[1] = 0.0
    school_model.CLOCK_SECONDS = 3600  # asked for once, not in the midst of a page whose queries are counted
    database.connect(reuse_if_open=True)
    database.pragma("synchronous", 0, permanent=True)  # a board of a test need not outlive a power cut
    return app


@pytest.fixture
def app(settings, founded_database, request):
    """A board with a school and an open connection. Never inside an app context: two clients would share a person."""
    yield start(settings, founded_database, Apps() if request.node.get_closest_marker("own_app") else APPS)
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


def again(thing):
    """The same rows, read from the board that is open now."""
    if isinstance(thing, Model):
        return type(thing).get_by_id(thing._pk)
    if isinstance(thing, SimpleNamespace):
        return SimpleNamespace(**again(vars(thing)))
    if isinstance(thing, dict):
        return {name: again(one) for name, one in thing.items()}
    return type(thing)(map(again, thing)) if isinstance(thing, list | tuple) else thing


@pytest.fixture(scope="session")
def kept_boards():
    return {}


@pytest.fixture
def played(app, settings, tmp_path, tmp_path_factory, kept_boards):
    """`played(make)` is the cast and what `make(cast)` makes of the board; a process plays it once, and copies its files."""

    def of(make):
        if make not in kept_boards:
            cast = make_cast()
            made = make(cast)
            database.close()
            kept_boards[make] = tmp_path_factory.mktemp("played") / "board", cast, made
            shutil.copytree(tmp_path, kept_boards[make][0])
        else:
            database.close()
            shutil.copytree(kept_boards[make][0], tmp_path, dirs_exist_ok=True)
            of_frame.forget()
        database.connect()
        return tuple(again(kept_boards[make][1:]))

    return of


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
