"""Who may check, refuse and suspend an employer: the truth table."""

import pytest

from board.db import now
from board.employers.forms import usable
from board.employers.model import State
from board.employers.rules import MOVES, STANDING, may_bring, may_edit
from tests import factories

ALLOWED = {
    ("unverified", "ruiz"): {"verify", "refuse"},
    ("lapsed", "ruiz"): {"verify", "suspend"},
    ("suspended", "ruiz"): {"verify"},
    ("verified", "ruiz"): {"suspend", "renew"},
    ("verified", "board"): {"lapse"},
}


@pytest.mark.parametrize("state", list(State))
def test_each_person_has_just_the_moves_of_their_role_in_every_state(app, cast, state):
    employer = factories.make_employer(state=state)
    own = factories.make_person("employer", employer=employer)
    people = {
        "board": None, "own": own, "other": cast.omar, "okafor": cast.okafor, "ruiz": cast.ruiz, "maya": cast.maya,
    }  # fmt: skip
    for name, person in people.items():
        may = {move.name for move in MOVES.values() if move.allows(person, employer)}
        assert may == ALLOWED.get((str(state), name), set()), (state, name)


def test_every_state_is_explained_to_the_employer():
    assert set(STANDING) == set(State)


def test_its_people_and_coordinators_may_edit(app, cast):
    assert may_edit(cast.dana, cast.cedar)
    assert may_edit(cast.ruiz, cast.cedar)
    assert not may_edit(cast.omar, cast.cedar)
    assert not may_edit(cast.okafor, cast.cedar)
    assert not may_edit(cast.maya, cast.cedar)
    assert not may_edit(None, cast.cedar)


@pytest.mark.parametrize("state", list(State))
def test_its_people_bring_colleagues_unless_the_school_has_shut_them_out(app, cast, state):
    employer = factories.make_employer(state=state)
    own = factories.make_person("employer", employer=employer)
    left = factories.make_person("employer", employer=employer, ended_at=now())
    nameless = factories.make_person("employer", employer=employer, email=None, username=f"desk-{state}")
    may = state not in (State.REFUSED, State.SUSPENDED)
    assert may_bring(own, employer) == may
    for nobody in (left, nameless, cast.omar, cast.maya, cast.okafor, cast.ruiz, None):
        assert not may_bring(nobody, employer)


@pytest.mark.parametrize("address", ["https://example.org", "http://a.example.org/x?y=1#z", "https://münchen.example"])
def test_web_addresses_that_can_be_linked(address):
    assert usable(address)


@pytest.mark.parametrize(
    "address",
    ["javascript://example.org/%0aalert(1)", "ftp://example.org", "https://", "https://localhost", "https://a b.org",
     "https://user:pass@example.org", "https://[::1", "https://example.org:port", 'https://example.org/"onclick',
     "https://example.org\\@evil.example", "data://example.org", "https://."],
)  # fmt: skip
def test_web_addresses_that_are_refused(address):
    assert not usable(address)
