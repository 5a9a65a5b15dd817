"""Projects to begin with: each that is shipped can be sent as it is; a school changes them; an employer chooses one."""

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board.checks.results import Level, Stage
from board.moves import Step
from board.postings import actions, checking, content, starter_actions, starters
from board.postings.model import Place, Posting
from board.postings.rules import REQUIRED_ON_SITE
from board.postings.starters import Starter, shipped
from board.school.actions import hide_field
from board.school.model import Field, School, Skill
from tests import factories
from tests.inspector import by_id, having, text_of, words

NEW, SETTINGS = "/employer/postings/new", "/settings/starters"

# work that 29 CFR 570.33 and 570.51-68 keep from the young, in the words a posting would use for it
HAZARDS = re.compile(
    r"\b(ladders?|roof\w*|scaffold\w*|saws?|sawing|drill\w*|weld\w*|solder\w*|forklifts?|tractors?|mow\w*|chainsaw\w*"
    r"|driv(?:e|ing) (?:a|the|our)|truck\w*|van|motor\w*|machinery|oven\w*|fry\w*|grill\w*|knife|knives|slic(?:e|er|ing)"
    r"|boil\w*|bak(?:e|ing)|chemicals?|pesticides?|bleach|paint thinner|solvents?|asbestos|gas|fire|firearms?|guns?"
    r"|explosives?|alcohol|beer|wine|tobacco|vap\w*|cannabis|blood|needles?|patients?' files|freezers?|lift\w*|heavy"
    r"|demolition|excavat\w*|electrical|wiring|high voltage|night shift|door[- ]to[- ]door)\b",
    re.I,
)


# -- those that come with the board


def test_every_field_has_one_or_two_and_each_is_on_a_new_board(app):
    per_field = {field.slug: 0 for field in Field.select()}
    for values in shipped().values():
        per_field[values["field"]] += 1
    assert len(per_field) == 17 and set(per_field.values()) <= {1, 2}
    assert [row.slug for row in Starter.offered()] == list(shipped())
    assert all(row.is_shipped and not row.is_changed for row in Starter.all())


def test_each_that_is_shipped_can_be_sent_at_once_and_gives_a_teacher_nothing_to_look_at(app, cast):
    where = {key: value for key, value in factories.ON_SITE.items() if key != "place"}
    for starter in list(Starter.offered()):
        posting = starter_actions.begin(starter, cast.dana, School.here())
        if posting.place != Place.REMOTE:
            assert {one.key for one in actions.missing(posting)} <= set(REQUIRED_ON_SITE), starter.slug
            actions.save_draft(posting, cast.dana, where)
        actions.submit(posting, cast.dana)
        if posting.place != Place.REMOTE:
            factories.vet_supervisor(Posting.get_by_id(posting.id).supervisor)
        values = content.read(Posting.get_by_id(posting.id))
        found = checking.results(values, posting.employer, Stage.APPROVE, posting.id)
        assert {check.level for check in found} <= {Level.PASSED, Level.WARNS}, (starter.slug, found)
        assert {check.mark for check in found if check.level == Level.WARNS} <= {"R21:sessions"}, (starter.slug, found)
    assert not Skill.select().where(Skill.state == "proposed").exists(), "they name skills the school has"


@pytest.mark.parametrize("slug", list(shipped()))
def test_each_that_is_shipped_is_whole_fair_and_safe(slug):
    values = shipped()[slug]
    assert 1500 <= values["pay_cents"] / values["hours"] <= 2000
    assert values["minimum_age"] == 14 and values["hours"] <= 20 and values["hours"] / values["weeks"] <= 8
    assert values["milestones"] and values["questions"] and values["must"] and len(values["description"]) > 200
    assert values["milestones"][-1]["week"] == values["weeks"]
    text = " ".join(str(values[key]) for key in starters.KEYS if key != "must")
    assert not HAZARDS.findall(text)
    assert "[" not in values["description"], "no gap to fill in"


def test_the_words_for_hazards_would_be_found():
    assert HAZARDS.search("Clean the grill") and HAZARDS.search("Use our ladder") and HAZARDS.search("welding")


# -- what a draft says


@pytest.mark.parametrize(("cents", "age"), [(725, 14), (1500, 16), (1733, 15), (2001, 18), (20000, 17)])
def test_what_is_begun_keeps_the_rules_of_the_school(app, cents, age):
    school = School.here()
    school.minimum_pay_cents, school.minimum_age = cents, age
    school.save()
    for starter in Starter.offered():
        values = starters.content(starter, school, school.today())
        found = checking.problems(values, None, school.today())
        assert {one.key for one in found} <= set(REQUIRED_ON_SITE), starter.slug
        assert values["pay_cents"] % 100 == 0 and values["pay_cents"] >= starter.values["pay_cents"]
    assert set(values) == set(content.KEYS)


@given(day=st.dates(date(2026, 1, 1), date(2040, 1, 1)), weeks=st.integers(1, 8))
def test_dates_are_in_order_whatever_the_day(day, weeks):
    said = {key: date.fromisoformat(value) for key, value in starters.dates(weeks, day).items()}
    assert timedelta(14) <= said["apply_by"] - day <= timedelta(20)
    assert said["apply_by"] < said["decide_by"] < said["starts_on"] < said["due_on"]
    assert said["starts_on"].weekday() == 0 and said["due_on"].weekday() == 4
    assert (said["due_on"] - said["starts_on"]).days == 7 * weeks - 3 <= 56


# -- an employer begins


def starters_on(page) -> list[str]:
    return [e.get("data-starter") for e in having(page, "data-starter")]


@pytest.fixture
def dana(client, cast):
    return client(cast.dana)


def test_what_there_is_to_begin_with_is_shown_by_field_and_found_by_words(dana):
    dana.get(NEW)
    assert starters_on(dana.page) == list(shipped())
    dana.get(f"{NEW}?field=sales")
    assert starters_on(dana.page) == [slug for slug, values in shipped().items() if values["field"] == "sales"]
    dana.piece(f"{NEW}?q=PRICE+list")
    assert "make-a-one-page-price-list" in starters_on(dana.page) and len(starters_on(dana.page)) < 5
    dana.get(f"{NEW}?q=trombone")
    assert "No starter found" in text_of(dana.page) and having(dana.page, "href", f"{NEW}/blank")
    dana.get(f"{NEW}?field=nothing&q=%00")
    assert len(starters_on(dana.page)) == len(shipped())


def test_one_press_makes_a_draft_that_says_where_to_write(dana, cast):
    answer = dana.post(f"{NEW}/make-a-one-page-price-list")
    posting = Posting.get(Posting.title == "Make a one-page price list")
    assert (answer.status_code, answer.location) == (303, f"/employer/postings/{posting.id}#three-things")
    assert (posting.employer_id, posting.contact_id, posting.pay_cents) == (cast.cedar.id, cast.dana.id, 20000)
    dana.get(answer.location)
    links = [e.get("href") for e in by_id(dana.page, "three-things").iter("a")]
    assert links == ["#deliverable", "#pay_cents", "#apply_by"]
    assert words(by_id(dana.page, "three-things")).startswith("Change three things and send it in")
    assert by_id(dana.page, "must").get("value") == "Page layout"
    assert Step.of(posting).get().facts == {"starter": "make-a-one-page-price-list"}
    assert dana.post(f"/employer/postings/{posting.id}/submit").location == "/employer/postings"
    assert Posting.get_by_id(posting.id).state == "submitted"
    dana.post(f"/employer/postings/{posting.id}/take_back")
    dana.get(f"/employer/postings/{posting.id}")
    assert by_id(dana.page, "three-things") is None, "once sent, it is their own"


def test_where_a_student_comes_by_the_place_is_asked_for_too(dana, cast):
    posting_id = int(re.search(r"\d+", dana.post(f"{NEW}/film-a-60-second-tour").location).group())
    assert Posting.get_by_id(posting_id).location == cast.cedar.place
    dana.get(f"/employer/postings/{posting_id}")
    assert "#address" in [e.get("href") for e in by_id(dana.page, "three-things").iter("a")]
    assert dana.post(f"/employer/postings/{posting_id}/submit").status_code == 422
    assert by_id(dana.page, "address-error") is not None


def test_what_is_hidden_is_neither_shown_nor_begun(dana, cast):
    sales = Field.get(Field.slug == "sales")
    hide_field(sales, cast.ruiz, hidden=True)
    starter_actions.hide(Starter.get(Starter.slug == "tidy-a-contact-sheet"), cast.ruiz, hidden=True)
    dana.get(NEW)
    shown = starters_on(dana.page)
    for slug in ("write-product-cards", "tidy-a-contact-sheet", "nothing-here"):
        assert slug not in shown and dana.post(f"{NEW}/{slug}").status_code == 404
    assert Starter.named("write-product-cards") is None and Starter.named("") is None
    assert not Posting.select().exists()


def test_an_employer_that_may_not_post_is_told_why_and_offered_nothing(client, cast):
    cast.cedar.state = "suspended"
    cast.cedar.save()
    dana = client(cast.dana)
    dana.get(NEW)
    assert not starters_on(dana.page) and "can't post at the moment" in text_of(dana.page)
    assert dana.post(f"{NEW}/tidy-a-contact-sheet").status_code == 403


def test_their_own_are_there_to_copy_and_nobody_elses(dana, cast):
    factories.make_posting("closed", cast.cedar, title="Signs for the fair")
    factories.make_posting("draft", cast.cedar, title="Half a thought")
    factories.make_posting("open", cast.mill, title="Menu of the mill")
    dana.get(NEW)
    page = text_of(dana.page)
    assert "Signs for the fair" in page and "Half a thought" not in page and "Menu of the mill" not in page
    assert having(dana.page, "data-move", "copy")


# -- a coordinator keeps them


FORM = {
    "title": "Draw our team", "summary": "Draw one small portrait of each of us.", "field": "design-media",
    "description": "We want to show who we are.", "deliverable": "Eight portraits as files.", "must": "Drawing",
    "nice": "", "ai_tools": "no", "ai_note": "", "hours": "10", "weeks": "2", "rhythm": "", "pay_cents": "$180",
    "paid_how": "By check in the week after.", "place": "remote", "minimum_age": "14", "minimum_grade": "",
    "questions-0": "What do you draw with?", "milestones-0-title": "Two portraits", "milestones-0-week": "1", "tasks": ["", "drawing"],
}  # fmt: skip


@pytest.fixture
def ruiz(client, cast):
    return client(cast.ruiz)


def test_a_school_adds_its_own_and_employers_begin_with_it(ruiz, dana):
    answer = ruiz.post(f"{SETTINGS}/new", data=FORM)
    made = Starter.get(Starter.slug == "draw-our-team")
    assert (answer.status_code, answer.location) == (303, f"{SETTINGS}#starter-{made.id}")
    assert not made.is_shipped and not made.values["first_project_welcome"]
    assert made.values["milestones"] == [{"title": "Two portraits", "week": 1}] and made.values["pay_cents"] == 18000
    assert dana.post(f"{NEW}/draw-our-team").status_code == 303
    lacking = actions.missing(Posting.get(Posting.title == "Draw our team"))
    assert {one.key for one in lacking} <= {"tasks"}
    assert ruiz.post(f"{SETTINGS}/new", data=FORM).status_code == 303
    assert Starter.get(Starter.slug == "draw-our-team-2").position > made.position
    assert {step.move for step in Step.select().where(Step.noun == "starter")} == {"add"}


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": " "}, "title"), ({"title": "x" * 161}, "title"), ({"field": "nothing"}, "field"),
        ({"field": ""}, "field"), ({"must": ""}, "must"), ({"tasks": ""}, "tasks"), ({"hours": "81"}, "hours"), ({"hours": "lots"}, "hours"),
        ({"weeks": ""}, "weeks"), ({"pay_cents": "149.99"}, "pay_cents"), ({"pay_cents": "much"}, "pay_cents"),
        ({"place": "moon"}, "place"), ({"place": ""}, "place"), ({"minimum_age": "13"}, "minimum_age"),
        ({"ai_tools": ""}, "ai_tools"), ({"hours": "50", "pay_cents": "900"}, "weeks"),
        ({"milestones-0-week": "2", "weeks": "1"}, "milestones"), ({"questions-0": "x" * 301}, "questions-0"),
    ],
)  # fmt: skip
def test_one_that_cannot_be_comes_back_as_typed(ruiz, wrong, field):
    before = Starter.select().count()
    assert ruiz.post(f"{SETTINGS}/new", data=FORM | wrong).status_code == 422
    assert f"#{field}" in [e.get("href") for e in by_id(ruiz.page, "errors").iter("a")]
    assert by_id(ruiz.page, f"{field}-error") is not None
    assert by_id(ruiz.page, "summary").get("value") == FORM["summary"]
    if field in ("hours", "pay_cents"):
        assert by_id(ruiz.page, field).get("value") == wrong[field]
    assert Starter.select().count() == before


def test_other_words_hold_from_now_on_and_the_old_ones_can_be_put_back(ruiz, dana):
    row = Starter.get(Starter.slug == "tidy-a-contact-sheet")
    ruiz.get(f"{SETTINGS}/{row.id}")
    assert by_id(ruiz.page, "title").get("value") == row.title
    assert ruiz.post(f"{SETTINGS}/{row.id}/put_back").status_code == 303
    assert not Step.select().where(Step.noun == "starter").exists(), "nothing differed"
    assert ruiz.post(f"{SETTINGS}/{row.id}", data=FORM | {"field": "sales"}).status_code == 303
    row = Starter.get_by_id(row.id)
    assert (row.title, row.slug, row.field.slug, row.is_changed) == (
        FORM["title"],
        "tidy-a-contact-sheet",
        "sales",
        True,
    )
    ruiz.get(SETTINGS)
    assert "Changed" in words(by_id(ruiz.page, f"starter-{row.id}"))
    dana.get(f"{NEW}?field=sales")
    assert "tidy-a-contact-sheet" in starters_on(dana.page)
    ruiz.post(f"{SETTINGS}/{row.id}/put_back")
    row = Starter.get_by_id(row.id)
    assert row.values == shipped()["tidy-a-contact-sheet"] and not row.is_changed
    assert [step.move for step in Step.of(row)] == ["change", "put_back"]


def test_one_is_hidden_shown_and_looked_for(ruiz):
    row = Starter.get(Starter.slug == "tidy-a-contact-sheet")
    assert ruiz.post(f"{SETTINGS}/{row.id}/hide").location == f"{SETTINGS}#starter-{row.id}"
    ruiz.get(f"{SETTINGS}?q=contact+SHEET")
    assert starters_on(ruiz.page) == ["tidy-a-contact-sheet"] and "Hidden" in text_of(ruiz.page)
    ruiz.post(f"{SETTINGS}/{row.id}/show")
    assert not Starter.get_by_id(row.id).hidden
    ruiz.piece(f"{SETTINGS}?q=nothing+like+it")
    assert "No starter found" in text_of(ruiz.page)


def test_what_is_not_there_or_not_shipped_is_not_found(ruiz, cast):
    own = starter_actions.add(Starter.get(Starter.slug == "tidy-a-contact-sheet").values, cast.ruiz)
    for address in (f"{own.id}/put_back", f"{own.id}/explode", "999999/hide", "999999"):
        assert ruiz.post(f"{SETTINGS}/{address}").status_code == 404
    assert own.slug == "tidy-a-contact-sheet-2"


def test_a_school_with_a_higher_age_sees_it_in_the_form(ruiz):
    School.update(minimum_age=16, minimum_pay_cents=2000).execute()
    row = Starter.get(Starter.slug == "tidy-a-contact-sheet")
    ruiz.get(f"{SETTINGS}/{row.id}")
    assert [
        e.get("value") for e in by_id(ruiz.page, "minimum_age").iter("option") if e.get("selected") is not None
    ] == ["16"]
    assert by_id(ruiz.page, "pay_cents").get("value") == "200"
