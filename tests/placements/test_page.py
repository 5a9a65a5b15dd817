"""The page of a placement: the same address for all three, each with what they may know and where they go next."""

from datetime import date

import pytest

from board.db import now
from board.moves import Step
from board.people.model import Person
from board.placements import history
from board.placements.actions import note
from board.placements.model import Placement, State
from tests import factories
from tests.inspector import by_id, having, text_of, words


@pytest.fixture
def place(cast):
    """`place(state)`: Maya at Cedar Print, on site, with a supervisor; Mr. Okafor leads and Ms. Ruiz covers once agreed."""

    def placed(state="active", **columns) -> Placement:
        Person.update(username="riv3ra").where(Person.id == cast.maya.id).execute()
        posting = factories.make_posting("open", cast.cedar, title="Window lettering", **factories.ON_SITE)
        if state not in ("proposed", "not_agreed"):
            columns = {"lead": cast.okafor, "cover": cast.ruiz} | columns
        made = factories.make_placement(state, posting, cast.maya, **columns)
        factories.say_yes(made)
        return made

    return placed


def here(placement) -> str:
    return f"/placements/{placement.id}"


# -- who is who

KNOWS = {state: state not in ("proposed", "not_agreed") for state in map(str, State)}


@pytest.mark.parametrize("state", list(KNOWS))
def test_who_is_called_what_on_the_page_in_every_state(client, cast, place, state):
    placement = place(state)
    pages = {}
    for person in (cast.maya, cast.dana, cast.okafor, cast.ruiz):
        browser = client(person)
        assert browser.get(here(placement)).status_code == 200
        pill, *_of_parts = having(browser.page, "data-state")
        assert pill.get("data-state") == state
        pages[person] = by_id(browser.page, "placement")
    assert "with Cedar Print" in text_of(pages[cast.maya])
    assert "Maya Rivera at Cedar Print" in text_of(pages[cast.okafor])
    for_employer = text_of(pages[cast.dana])
    code = placement.application.code
    assert ("Maya" in for_employer) == KNOWS[state]
    assert (f"Student {code}" in for_employer) != KNOWS[state]
    raw = client(cast.dana).get(here(placement)).text
    shared = state in ("agreed", "active", "delivered")  # a guardian has said yes
    assert (cast.maya.email in raw) == shared
    for secret in ("Rivera", "riv3ra", str(cast.maya.birth_date), "grade 10"):
        assert secret not in raw
    for person in (cast.leo, cast.omar):
        assert client(person).get(here(placement)).status_code == 404


def test_an_employer_that_never_learned_a_name_does_not_learn_it_at_an_early_end(client, cast, place):
    placement = place("ended_early", agreed_at=None, started_at=None, end_reason="plans")
    page = client(cast.dana).get(here(placement)).text
    assert "Maya" not in page and f"Student {placement.application.code}" in page
    assert 'id="messages"' not in page


# -- where it stands

STOPS = {
    "proposed": ["now", "next", "next", "next", "next"], "agreed": ["done", "now", "next", "next", "next"],
    "active": ["done", "done", "now", "next", "next"], "delivered": ["done", "done", "done", "now", "next"],
    "completed": ["done", "done", "done", "done", "done"], "not_agreed": ["done", "stopped"],
    "ended_early": ["done", "done", "done", "stopped"],
}  # fmt: skip


@pytest.mark.parametrize("state", list(STOPS))
def test_the_timeline_says_where_it_stands_with_the_days_that_are_known(client, cast, place, state):
    placement = place(state, starts_on=date(2026, 12, 3), due_on=date(2026, 12, 20))
    browser = client(cast.maya)
    browser.get(here(placement))
    (bar,) = having(browser.page, "class", "stepbar")
    stops = list(bar.iter("li"))
    assert [one.get("class") for one in stops] == STOPS[state]
    assert len(having(bar, "aria-current", "step")) == (state != "completed")
    said = [words(one) for one in stops]
    assert all(one.split()[-1].isdigit() or one.split()[-2].isdigit() for one in said[:1])
    if state in ("proposed", "agreed"):
        assert "starts Dec 3" in said[2]
    if state in ("proposed", "agreed", "active"):
        assert "due Dec 20" in said[3]
    elif state == "delivered":
        assert "due" not in said[3]


def test_the_hand_in_has_its_day_once_it_has_happened(client, cast, place):
    placement = place("delivered")
    note(placement, "deliver", cast.maya)
    Step.update(at=now().replace(year=now().year - 1, month=3, day=4, hour=20)).where(Step.move == "deliver").execute()
    browser = client(cast.dana)
    browser.get(here(placement))
    (bar,) = having(browser.page, "class", "stepbar")
    assert "Mar 4" in words(list(bar.iter("li"))[3])


def test_on_hold_stands_on_top_for_everybody_and_nothing_is_done_but_ending_it(client, cast, place):
    placement = place("active", held_at=now())
    for person in (cast.maya, cast.dana, cast.okafor, cast.ruiz):
        browser = client(person)
        browser.get(here(placement))
        assert "On hold" in text_of(by_id(browser.page, "holding"))
        posts = {
            form.get("action") for form in by_id(browser.page, "placement").iter("form") if form.get("method") == "post"
        }
        home = ("guardian", "guardian/no", "guardian/withdraw") if person.is_teacher else ()
        assert posts <= {f"{here(placement)}/{what}" for what in ("lift", "end", "people", "staff", *home)}, (
            "nothing can be done but writing down what home says"
        )
        assert (f"{here(placement)}/lift" in posts) == person.is_coordinator
    browser = client(cast.maya)
    browser.get(here(place("active")))
    assert by_id(browser.page, "holding") is None


@pytest.mark.parametrize("state", list(map(str, State)))
def test_everybody_reads_what_to_do_next_or_whose_turn_it_is(client, cast, place, state):
    placement = place(state)
    for person in (cast.maya, cast.dana):
        browser = client(person)
        browser.get(here(placement))
        said = [one for one in having(browser.page, "class") if "whose-turn" in one.get("class")]
        assert len(said) == (by_id(browser.page, "next") is None)
        assert all(words(one).endswith((".", "!")) for one in said)


# -- what stands beside it


def test_the_facts_are_there_for_all_three_with_how_to_reach_the_school(client, cast, place):
    placement = place("active", starts_on=date(2026, 12, 3), due_on=date(2026, 12, 20))
    for person in (cast.maya, cast.dana, cast.okafor):
        browser = client(person)
        browser.get(here(placement))
        facts = text_of(by_id(browser.page, "facts"))
        for fact in ("Thu, Dec 3", "Sun, Dec 20", "10 hours", "$200", "12 Alder Street", "Pat Lindqvist"):
            assert fact in facts, (person.name, fact)
        mails = {a.get("href") for a in by_id(browser.page, "facts").iter("a") if "mailto" in a.get("href")}
        assert mails == {f"mailto:{one.email}" for one in (cast.okafor, cast.ruiz) if one != person}


@pytest.mark.parametrize("state", ["proposed", "active", "completed", "ended_early"])
@pytest.mark.parametrize("held", [False, True])
def test_every_link_on_the_page_opens(client, cast, place, state, held):
    placement = place(state)
    if held:
        type(placement.posting).update(held_at=now()).where(
            type(placement.posting).id == placement.posting.id
        ).execute()
    for person in (cast.maya, cast.dana, cast.okafor, cast.ruiz):
        browser = client(person)
        browser.get(here(placement))
        addresses = {a.get("href") for a in by_id(browser.page, "placement").iter("a")}
        addresses = {one for one in addresses if one.startswith("/")}
        assert f"/report/placement/{placement.id}" in addresses
        assert len(addresses) >= 2
        for address in addresses:
            assert browser.get(address).status_code == 200, (person.name, address)


def test_a_long_history_is_folded_but_for_the_newest_lines(client, cast, place):
    placement = place("active")
    for number in range(8):
        note(placement, "send_back", cast.dana, f"Number {number}")
    browser = client(cast.maya)
    browser.get(here(placement))
    story = by_id(browser.page, "history")
    (folded,) = story.iter("details")
    lines = [words(one) for one in story.iter("li")]
    assert len(lines) == 9
    assert len(list(folded.iter("li"))) == 9 - history.NEWEST
    assert ["Number" in line for line in lines] == [False] + [True] * 8
    assert "Number 7" in lines[-1]


# -- an answer keeps the place


def test_with_htmx_the_page_comes_back_as_a_region_with_title_and_words(client, cast, place):
    placement = place("active")
    browser = client(cast.maya)
    answer = browser.post(f"{here(placement)}/messages", data={"words": "Hello."}, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert answer.text.startswith("<title>Window lettering: Under way")
    assert "<html" not in answer.text
    assert words(by_id(browser.page, "flash")) == "Your message is sent."
    assert by_id(browser.page, "flash").get("hx-swap-oob") == "true"
    assert by_id(browser.page, "placement").get("data-announce")
    browser.get(here(placement))
    assert words(by_id(browser.page, "flash")) == "", "said once"


def test_without_script_it_leads_back_to_the_part(client, cast, place):
    placement = place("active")
    browser = client(cast.maya)
    answer = browser.post(f"{here(placement)}/messages", data={"words": "Hello."})
    assert (answer.status_code, answer.location) == (303, f"{here(placement)}#messages")
    browser.get(answer.location)
    assert words(by_id(browser.page, "flash")) == "Your message is sent."


@pytest.mark.parametrize("state", [str(state) for state in State])
def test_all_three_read_it_in_every_state_whole_and_as_a_piece(client, cast, state):
    placement = factories.make_placement(state, factories.make_posting(employer=cast.cedar, hours=12), cast.maya)
    for person in (cast.maya, cast.dana, cast.okafor, cast.ruiz):
        browser = client(person)
        assert browser.get(f"/placements/{placement.id}").status_code == 200
        answer = browser.piece(f"/placements/{placement.id}")
        assert answer.status_code == 200 and "<html" not in answer.text and 'id="placement"' in answer.text
        assert browser.piece(f"/placements/{placement.id}?edit=nothing").status_code == 200
