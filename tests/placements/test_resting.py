"""For what the board itself puts a placement on hold."""

from datetime import date

import pytest

from board import notices
from board.moves import Step
from board.notices import Notice
from board.people import accounts
from board.placements.model import Placement
from board.placements.resting import is_barred_by_age
from board.school.model import today
from tests import factories
from tests.inspector import text_of


def born(years: int) -> date:
    return date(today().year - years, 1, 5)


@pytest.fixture
def from_sixteen(cast):
    """Cooking with a stove is for 16 and older: Maya is 16."""
    posting = factories.make_posting("open", cast.cedar, title="Cut the signs", tasks=["cooking"], minimum_age=16)
    return factories.make_placement("active", posting, cast.maya, lead=cast.okafor)


@pytest.mark.parametrize(("years", "rests"), [(14, True), (None, True), (17, False)])
def test_a_birth_date_put_right_stops_work_that_this_age_may_not_do(client, cast, from_sixteen, years, rests):
    accounts.change(cast.maya, cast.ruiz, {"birth_date": years and born(years)})
    held = Placement.get_by_id(from_sixteen.id)
    assert bool(held.held_at) is rests
    notices.deliver()
    told = {one.person.name for one in Notice.select().join(Step).where(Step.move == "hold", Step.noun == "placement")}
    assert told == ({"Sam Okafor", "Elena Ruiz", "Dana Whitlock", "Maya Rivera"} if rests else set())
    for person, reads in ((cast.okafor, rests), (cast.dana, False)):
        browser = client(person)
        assert browser.get(f"/placements/{held.id}").status_code == 200
        assert ("birth date was put right" in text_of(browser.page)) is reads


@pytest.mark.parametrize("state", ["agreed", "delivered"])
def test_what_has_not_begun_or_is_done_goes_on(cast, from_sixteen, state):
    Placement.update(state=state).execute()
    accounts.change(cast.maya, cast.ruiz, {"birth_date": born(14)})
    assert Placement.get().held_at is None and not is_barred_by_age(Placement.get())


def test_another_change_looks_at_nothing(cast, from_sixteen):
    accounts.change(cast.maya, cast.ruiz, {"grade": 11})
    assert Placement.get().held_at is None
