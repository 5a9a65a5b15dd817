"""Joining with a starter: the public page offers them, the form keeps the choice, the draft says all of it."""

from datetime import timedelta

import pytest

from board.people.model import Person
from board.postings import actions as postings
from board.postings import content, joining
from board.postings.model import Posting
from board.postings.starters import Starter
from board.school.model import Field, School, today
from tests.doors.letters import letters, link_in
from tests.inspector import by_id, text_of, words

WHO = {"organization": "Fern & Fig", "name": "Ada Fern", "email": "ada@fern.example"}
REMOTE = "make-a-one-page-price-list"


def choices(browser) -> list[str]:
    """The starters a page links to."""
    browser.get("/join")
    return [one.get("data-starter") for one in browser.page.iter("a") if one.get("data-starter")]


def test_the_public_page_offers_each_starter_under_its_field_and_hides_what_the_school_hides(client, cast):
    assert sorted(choices(client())) == sorted(row.slug for row in Starter.offered())
    Starter.update(hidden=True).where(Starter.slug == REMOTE).execute()
    Field.update(hidden=True).where(Field.slug == "design-media").execute()
    left = choices(client())
    assert REMOTE not in left and "film-a-60-second-tour" not in left and left


def test_choosing_one_prefills_the_form_with_what_it_is(client, cast):
    visitor = client()
    visitor.get(f"/join?starter={REMOTE}")
    assert by_id(visitor.page, "need").get("value") == "Make a one-page price list"
    assert by_id(visitor.page, "starter").get("value") == REMOTE
    assert Starter.named(REMOTE).values["summary"] in words(by_id(visitor.page, "chosen"))


@pytest.mark.parametrize("named", ["nothing-like-it", "../..", "x" * 5000, "<b>", "make a"])
def test_a_starter_that_is_not_offered_is_none(client, cast, named):
    visitor = client()
    visitor.get("/join", query_string={"starter": named})
    assert by_id(visitor.page, "chosen") is None and by_id(visitor.page, "need").get("value") == ""
    assert visitor.post("/join", data=WHO | {"need": "Photos", "starter": named}).status_code == 303
    assert Posting.get().title == "Photos" and Posting.get().deliverable == ""


def test_a_mistake_keeps_the_choice_and_the_words_that_were_put_in_its_place(client, cast):
    visitor = client()
    sheet = WHO | {"need": "A price list for the oven", "starter": REMOTE, "email": "ada"}
    assert visitor.post("/join", data=sheet).status_code == 422
    assert by_id(visitor.page, "chosen").get("data-starter") == by_id(visitor.page, "starter").get("value") == REMOTE
    assert by_id(visitor.page, "need").get("value") == "A price list for the oven"
    Starter.update(hidden=True).where(Starter.slug == REMOTE).execute()  # meanwhile
    assert visitor.post("/join", data=sheet).status_code == 422
    assert by_id(visitor.page, "chosen") is None


def test_the_draft_says_all_that_the_starter_says_and_can_be_sent_as_soon_as_the_address_is_confirmed(client, cast):
    School.update(minimum_pay_cents=4000).execute()
    visitor = client()
    answer = visitor.post("/join", data=WHO | {"need": "A price list for the oven", "starter": REMOTE})
    posting = Posting.get()
    assert answer.location == f"/employer/postings/{posting.id}#three-things"
    visitor.get(answer.location)
    assert by_id(visitor.page, "three-things") is not None
    said, starter = content.read(posting), Starter.named(REMOTE).values
    assert said["title"] == "A price list for the oven"
    for key in ("summary", "deliverable", "milestones", "must", "questions", "hours", "field", "paid_how"):
        assert said[key] == starter[key]
    assert said["pay_cents"] >= 4000 * said["hours"], "never below what this school pays"
    assert posting.apply_by >= today() + timedelta(days=14)
    visitor.post(link_in(letters()[0]), data={"do": "confirm"})
    assert visitor.post(f"/employer/postings/{posting.id}/submit").status_code == 303
    assert Posting.get().state == "submitted"


def test_whose_address_it_is_gets_the_whole_draft(client, cast):
    browser = client()
    browser.post("/join", data=WHO | {"need": "A price list", "starter": REMOTE, "email": cast.dana.email})
    browser.post(link_in(letters(cast.dana.email)[0]), data={"do": "take"})
    (posting,) = Posting.select().where(Posting.employer == cast.cedar)
    assert (posting.contact, posting.deliverable) == (cast.dana, Starter.named(REMOTE).values["deliverable"])


def test_somebody_signed_in_is_offered_none_there(client, cast):
    dana = client(cast.dana)
    assert choices(dana) == [] and "signed in as Dana" in text_of(dana.page)


def test_the_step_of_the_draft_remembers_what_it_was_begun_with(app, cast):
    draft = {"title": "A price list"}
    person, posting = joining.join({"name": "Fern"}, "Ada", "ada@fern.example", draft, joining.Asker("x"), REMOTE)
    assert postings.Step.of(posting).first().facts == {"starter": REMOTE}
    assert Person.get_by_id(person.id).is_newcomer
