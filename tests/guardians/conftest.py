"""A student with somebody at home, and the way from a letter to its link."""

import re

import pytest

from board.guardians import actions
from tests import factories
from tests.doors.letters import body


@pytest.fixture
def ana(app, cast):
    """Maya's mother, as the family wrote her down."""
    return actions.add(cast.maya, cast.okafor, {"name": "Ana Rivera", "email": "ana@example.net", "language": "es", "relation": "mother"})  # fmt: skip


@pytest.fixture
def matched(cast, ana):
    """Maya took Dana's offer: the letter is on its way."""
    posting = factories.make_posting("open", cast.cedar, **factories.ON_SITE)
    return factories.make_placement("proposed", posting, cast.maya)


@pytest.fixture
def link_of(settings):
    """The path of the link in the newest letter to an address."""

    def find(address: str = "ana@example.net") -> str:
        letter = [one for one in factories.letters(settings) if one["To"] == address][-1]
        return re.search(r"/g/[\w-]+", body(letter))[0]

    return find


@pytest.fixture
def link(matched, link_of):
    return link_of()


YES = {"answer": "yes", "name": "Ana Rivera", "sure": "y"}


def sign(browser, link: str, **more):
    return browser.post(link, data=YES | more)
