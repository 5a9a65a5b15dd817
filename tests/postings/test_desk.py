"""The employer's desk in the browser: writing, saving by itself, sending, changing, and every move."""

import json
import os
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playhouse.test_utils import count_queries

from board.moves import Step
from board.postings import actions, content, revisions, texts
from board.postings.model import Comment, Posting
from board.school.model import Field, today
from tests import factories
from tests.inspector import by_id, having, text_of, words

NEW, MINE, SAVE = "/employer/postings/new/blank", "/employer/postings", "/employer/postings/save"


def typed(values: dict | None = None, **changes) -> dict:
    """What a browser sends for a content dict."""
    values = values or factories.full_content()
    supervisor = values.get("supervisor") or {}
    form = {
        key: values[key]
        for key in content.KEYS
        if key not in ("milestones", "questions", "supervisor", "must", "nice", "sessions", "tasks")
    }
    form["pay_cents"] = f"{values['pay_cents'] / 100:.2f}".removesuffix(".00")
    form |= {"must": ", ".join(values["must"]), "nice": ", ".join(values["nice"])}
    form |= {"supervisor": supervisor.get("name", ""), "supervisor_title": supervisor.get("title", "")}
    if not form.pop("first_project_welcome"):
        form.pop("first_project_welcome", None)
    else:
        form["first_project_welcome"] = "y"
    for number in range(5):
        row = values["milestones"][number] if number < len(values["milestones"]) else {}
        form[f"milestones-{number}-title"], form[f"milestones-{number}-week"] = (
            row.get("title", ""),
            row.get("week") or "",
        )
    for number in range(3):
        form[f"questions-{number}"] = values["questions"][number] if number < len(values["questions"]) else ""
    for number, row in enumerate(values["sessions"]):
        form |= {
            f"sessions-{number}-{name}": row[key] for name, key in (("day", "day"), ("starts", "from"), ("ends", "to"))
        }
    form.setdefault("sessions-0-day", "")
    told = {key: "" if value is None else str(value) for key, value in form.items()}
    return told | {"tasks": ["", *values["tasks"]]} | changes


def only(**where) -> Posting:
    return Posting.get(**where) if where else Posting.select().order_by(Posting.id.desc()).get()


def state_of(posting) -> str:
    return Posting.get_by_id(posting.id).state


# -- writing


def test_opening_the_editor_leaves_nothing_behind_and_saving_makes_a_draft(client, cast):
    dana = client(cast.dana)
    assert dana.get(NEW).status_code == 200
    assert not Posting.select().exists()
    answer = dana.post(NEW, data=typed(do="save"))
    assert (answer.status_code, answer.location) == (303, f"{MINE}/{only().id}")
    assert content.read(only()) == factories.full_content(field="design-media", resume_title="Design Intern")


def test_an_on_site_posting_is_kept_with_all_its_parts_and_shown_again(client, cast):
    full = factories.full_content(**factories.ON_SITE, minimum_grade=10, first_project_welcome=False)
    dana = client(cast.dana)
    dana.post(NEW, data=typed(full))
    assert content.read(only()) == full
    dana.get(f"{MINE}/{only().id}")
    again = {}
    for element in dana.page.iter():
        if (
            element.tag in ("input", "textarea")
            and element.get("name")
            and element.get("type") not in ("hidden", "radio", "checkbox")
        ):
            again[element.get("name")] = element.get("value") or (element.text or "").strip()
    sent = typed(full)
    assert {key: value for key, value in again.items() if key in sent} == {
        key: sent[key] for key in again if key in sent
    }
    assert having(dana.page, "checked")


def test_saving_an_empty_form_makes_nothing_and_says_so(client, cast):
    dana = client(cast.dana)
    empty = dict.fromkeys(typed(), "") | {"seats": "1", "minimum_age": "14"}
    assert dana.post(NEW, data=empty).status_code == 422
    assert "nothing to save yet" in text_of(dana.page)
    assert not Posting.select().exists()


def test_an_incomplete_draft_is_fine(client, cast):
    dana = client(cast.dana)
    assert dana.post(NEW, data={"title": "Only a title", "seats": "1", "do": "save"}).status_code == 303
    assert only().title == "Only a title"


def test_the_resume_title_comes_from_the_field_unless_it_is_typed(client, cast):
    dana = client(cast.dana)
    title_of = dict(Field.select(Field.slug, Field.title).tuples())
    dana.post(NEW, data=typed(resume_title="", field="sales"))
    posting = only()
    assert posting.resume_title == title_of["sales"]
    dana.post(f"{MINE}/{posting.id}", data=typed(resume_title=title_of["sales"], field="marketing"))
    assert only().resume_title == title_of["marketing"]
    dana.post(f"{MINE}/{posting.id}", data=typed(resume_title="Window Dresser", field="sales"))
    assert only().resume_title == "Window Dresser"


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("hours", "81", "Use a whole number from 1 to 80."),
        ("hours", "ten", "Use a whole number"),
        ("hours", "9" * 5000, "Use a whole number"),
        ("weeks", "9", "a job, not a micro-internship"),
        ("pay_cents", "lots", "Give an amount in dollars"),
        ("pay_cents", "1e9", "Give an amount in dollars"),
        ("seats", "", "Use a whole number from 1 to 20."),
        ("seats", "21", "Use a whole number from 1 to 20."),
        ("starts_on", "tomorrow", "Give a date as year-month-day"),
        ("due_on", "2027-02-30", "Give a date as year-month-day"),
        ("apply_by", "0001-01-01", "Give a date of this century."),
        ("decide_by", "２０２７-01-01", "Give a date as year-month-day"),
        ("title", "x" * 161, "Use at most 160 characters."),
        ("must", ", ".join(f"skill {n}" for n in range(13)), "Name at most 12 skills"),
        ("nice", "a" * 61, "Put a comma between two skills."),
        ("field", "no-such-field", "Choose a kind of work from the list."),
        ("place", "moon", "Choose one of these."),
        ("ai_tools", "perhaps", "Choose one of these."),
        ("worker_kind", "intern", "Choose one of these."),
        ("premises", "cellar", "Choose one of these."),
        ("alone", "often", "Choose one of these."),
        ("tasks", "juggling", "Choose tasks from the list."),
        ("sessions-0-starts", "noonish", "Give a time of day"),
        ("sessions-2-ends", "25:00", "Give a time of day"),
        ("sessions-1-day", "7", "Choose a day of the week."),
        ("minimum_age", "13", "Choose an age from the list."),
        ("minimum_grade", "13", "Choose a grade from the list."),
        ("milestones-1-week", "soon", "Use a whole number from 1 to 8."),
        ("milestones-0-title", "x" * 201, "Use at most 200 characters."),
        ("questions-2", "x" * 301, "Use at most 300 characters."),
        ("supervisor_title", "x" * 81, "Use at most 80 characters."),
    ],
)
def test_what_cannot_be_kept_is_said_at_its_field_and_the_rest_is_kept(client, cast, field, value, said):
    """With the button: 422 and the form as typed. By itself: named in the save state."""
    dana = client(cast.dana)
    posting = factories.make_posting("draft", cast.cedar)
    old = content.read(posting)
    form = typed() | {"rhythm": "Fridays", "milestones-1-title": "Second look", field: value}
    assert dana.post(f"{MINE}/{posting.id}", data=form).status_code == 422
    wrong = by_id(dana.page, field)
    assert said in text_of(by_id(dana.page, "errors"))
    assert [link for link in having(by_id(dana.page, "errors"), "href") if link.get("href") == f"#{field}"]
    if wrong.tag != "fieldset":
        assert said in words(by_id(dana.page, f"{field}-error"))
        assert wrong.get("aria-invalid") == "true"
    if wrong.tag == "input":
        assert wrong.get("value") == value
    assert only().rhythm == "Fridays"
    answer = dana.post(
        SAVE, data=form | {"draft": str(posting.id), "rhythm": "Sundays"}, headers={"HX-Request": "true"}
    )
    assert answer.status_code == 200
    assert said in having(dana.page, "data-not-kept", field)[0].get("data-words")
    assert only().rhythm == "Sundays"
    new = content.read(only())
    key = {"supervisor_title": "supervisor"}.get(field, field).split("-")[0]
    if field == "milestones-1-week":
        assert new["milestones"] == [*old["milestones"], {"title": "Second look", "week": None}]
    else:
        assert new[key] == old[key]


def test_the_page_saves_itself_and_the_first_time_tells_where_the_draft_is(client, cast):
    dana = client(cast.dana)
    answer = dana.post(SAVE, data={"title": "Price", "seats": "1", "draft": ""}, headers={"HX-Request": "true"})
    posting = only()
    assert answer.headers["HX-Replace-Url"] == f"{MINE}/{posting.id}"
    assert by_id(dana.page, "draft").get("value") == str(posting.id)
    assert by_id(dana.page, "draft").get("hx-swap-oob") == "true"
    assert "Saved" in text_of(dana.page)
    answer = dana.post(SAVE, data={"title": "Price list", "draft": str(posting.id)}, headers={"HX-Request": "true"})
    assert "HX-Replace-Url" not in answer.headers
    assert (Posting.select().count(), only().title) == (1, "Price list")
    # the button of the same page, whose address was still the one of a new posting
    assert dana.post(NEW, data=typed(title="Price list 2027", draft=str(posting.id))).status_code == 303
    assert (Posting.select().count(), only().title) == (1, "Price list 2027")


def test_a_page_with_nothing_on_it_saves_nothing_by_itself(client, cast):
    dana = client(cast.dana)
    assert dana.post(SAVE, data={"title": " ", "seats": "1", "minimum_age": "14", "draft": ""}).status_code == 200
    assert not Posting.select().exists()
    assert "Nothing to save yet" in text_of(dana.page)


def test_a_part_that_was_not_sent_is_left_alone(client, cast):
    posting = factories.make_posting("draft", cast.cedar, **factories.ON_SITE)
    before = content.read(posting)
    client(cast.dana).post(SAVE, data={"draft": str(posting.id), "rhythm": "Mondays"})
    assert content.read(only()) == before | {"rhythm": "Mondays"}


def test_saving_what_is_with_the_school_by_now_is_refused_in_words_and_changes_nothing(client, cast):
    posting = factories.make_posting("submitted", cast.cedar)
    dana = client(cast.dana)
    answer = dana.post(SAVE, data=typed(title="Late", draft=str(posting.id)), headers={"HX-Request": "true"})
    assert answer.status_code == 409
    assert "with the school now" in text_of(dana.page)
    assert dana.post(f"{MINE}/{posting.id}", data=typed(title="Late")).status_code == 409
    assert only().title == posting.title


@pytest.mark.parametrize("draft", ["x", "-1", "9" * 40, "٣", "999999"])
def test_a_draft_that_is_not_there_is_404(client, cast, draft):
    dana = client(cast.dana)
    assert dana.post(SAVE, data={"draft": draft, "title": "x"}).status_code == 404
    assert dana.post(NEW, data={"draft": draft, "title": "x"}).status_code == 404


# -- sending


def test_sending_lists_what_is_missing_each_leading_to_its_field(client, cast):
    dana = client(cast.dana)
    assert (
        dana.post(NEW, data=typed(title="", summary="", place="on-site", pay_cents="10", do="send")).status_code == 422
    )
    links = [link.get("href")[1:] for link in having(by_id(dana.page, "errors"), "href")]
    assert links == [
        "title", "summary", "sessions", "pay_cents", "location", "address", "premises", "alone", "supervisor",
    ]  # fmt: skip
    for key in links:
        assert words(by_id(dana.page, f"{key}-error"))
    assert "$1.00 an hour; the lowest this school allows is $15.00" in text_of(dana.page)
    assert state_of(only()) == "draft"


def test_problems_of_lists_and_choices_lead_to_something_on_the_page_too(client, cast):
    dana = client(cast.dana)
    form = typed(place="", ai_tools="", must="", minimum_age="", do="send", **{"milestones-0-week": "8"})
    assert dana.post(NEW, data=form).status_code == 422
    links = [link.get("href")[1:] for link in having(by_id(dana.page, "errors"), "href")]
    assert links == ["milestones", "must", "ai_tools", "place", "minimum_age"]


def test_a_number_that_cannot_be_kept_keeps_it_from_being_sent(client, cast):
    posting = factories.make_posting("draft", cast.cedar)
    assert client(cast.dana).post(f"{MINE}/{posting.id}", data=typed(hours="many", do="send")).status_code == 422
    assert state_of(posting) == "draft"


def test_a_complete_posting_is_sent_from_the_editor_and_from_the_preview(client, cast):
    dana = client(cast.dana)
    answer = dana.post(NEW, data=typed(do="send"))
    assert (answer.status_code, answer.location, only().state) == (303, MINE, "submitted")
    posting = factories.make_posting("draft", cast.cedar)
    dana.get(f"{MINE}/{posting.id}/preview")
    assert having(dana.page, "data-move", "submit")
    assert dana.post(f"{MINE}/{posting.id}/submit").status_code == 303
    assert state_of(posting) == "submitted"


def test_sending_an_incomplete_draft_from_elsewhere_shows_the_editor_with_its_problems(client, cast):
    posting = factories.make_posting("draft", cast.cedar, title="")
    dana = client(cast.dana)
    assert dana.post(f"{MINE}/{posting.id}/submit").status_code == 422
    assert words(by_id(dana.page, "title-error"))


def test_an_unverified_employer_writes_and_sends_and_reads_that_it_waits_for_the_check(client, cast):
    nia = client(cast.nia)
    nia.get(NEW)
    assert "has not checked your organization yet" in text_of(nia.page)
    nia.post(NEW, data=typed(do="send"))
    assert only().state == "submitted"
    nia.get(MINE)
    assert "It waits until the school has checked your organization." in text_of(nia.page)


def test_an_employer_who_is_shut_out_reads_and_cannot_write(client, cast):
    posting = factories.make_posting("draft", cast.cedar)
    type(cast.cedar).update(state="suspended").execute()
    dana = client(cast.dana)
    assert dana.get(f"{MINE}/{posting.id}").status_code == 200
    assert by_id(dana.page, "posting-form") is None
    assert dana.post(f"{MINE}/{posting.id}", data=typed()).status_code == 403
    assert dana.post(NEW, data=typed()).status_code == 403


def test_the_teachers_words_stand_beside_their_section_until_it_is_sent_again(client, cast):
    posting = factories.make_posting("changes_requested", cast.cedar)
    dana = client(cast.dana)
    dana.get(f"{MINE}/{posting.id}")
    beside = having(dana.page, "class", "with-note")
    assert [words(note) for note in having(beside[0], "class", "reviewer-note")] == [
        "Sam Okafor asksPlease say when you pay."
    ]
    assert by_id(beside[0], "part-pay") is not None
    assert len(beside) == 1
    dana.post(f"{MINE}/{posting.id}", data=typed(do="send"))
    dana.get(f"{MINE}/{posting.id}")
    assert not having(dana.page, "class", "reviewer-note")


# -- the thread, the preview, small answers


def test_the_employer_and_the_school_talk_on_the_page(client, cast):
    posting = factories.make_posting("submitted", cast.cedar)
    actions.comment(posting, cast.okafor, "Who opens the door?")
    dana = client(cast.dana)
    assert dana.post(f"{MINE}/{posting.id}/comment", data={"words": "Pat does. <b>x</b>"}).status_code == 303
    dana.get(f"{MINE}/{posting.id}")
    talk = words(by_id(dana.page, "talk"))
    assert "Who opens the door?" in talk
    assert "Pat does. <b>x</b>" in talk
    assert dana.post(f"{MINE}/{posting.id}/comment", data={"words": " "}).status_code == 303
    assert Comment.select().count() == 2


@pytest.mark.parametrize(
    "state", ["draft", "submitted", "changes_requested", "declined", "open", "paused", "filled", "closed", "expired"]
)
def test_every_state_has_a_page_and_a_preview_and_a_place_on_the_list(client, cast, state):
    posting = factories.make_posting(state, cast.cedar, title="Price list", **factories.ON_SITE)
    dana = client(cast.dana)
    assert dana.get(f"{MINE}/{posting.id}").status_code == 200
    assert having(dana.page, "data-state", "expired" if state == "expired" else posting.state)
    assert dana.get(f"{MINE}/{posting.id}/preview").status_code == 200
    assert "12 Alder Street" in text_of(dana.page)
    dana.get(MINE)
    assert [row.get("data-posting") for row in having(dana.page, "data-posting")] == [str(posting.id)]


def test_a_preview_of_nearly_nothing_is_a_page_all_the_same(client, cast):
    posting = actions.begin(cast.cedar, cast.dana, {"hours": 3})
    assert client(cast.dana).get(f"{MINE}/{posting.id}/preview").status_code == 200


def test_the_hourly_rate_is_worked_out_against_the_schools_lowest(client, cast):
    dana = client(cast.dana)

    def answer(pay, hours):
        return dana.get("/employer/postings/hourly", query_string={"pay_cents": pay, "hours": hours}).get_data(
            as_text=True
        )

    assert "$20 an hour" in answer("200", "10")
    assert "lowest" not in answer("200", "10")
    assert "The lowest this school allows is $15 an hour: $150 for 10 hours." in answer("149.99", "10")
    for pay, hours in (
        ("", ""),
        ("x", "10"),
        ("10", "0"),
        ("9" * 999, "²"),
        ("\x00", "\ud800".encode("utf-8", "surrogatepass")),
    ):
        assert "Give hours and pay" in answer(pay, hours)


def test_markdown_is_shown_as_it_will_look_and_cleaned(client, cast):
    dana = client(cast.dana)
    text = dana.post("/employer/markdown", data={"description": "*New* <script>alert(1)</script>"}).get_data(
        as_text=True
    )
    assert "<em>New</em>" in text
    assert "<script>" not in text


@pytest.mark.parametrize(
    ("answers", "status", "said"),
    [
        ({}, 200, ""),
        (dict.fromkeys(("thing", "short", "doable", "fair"), "yes"), 200, "Yes, this is one."),
        ({"thing": "yes", "short": "yes", "doable": "yes", "fair": "no"}, 200, "Nearly. Change one thing:"),
        (dict.fromkeys(("thing", "short", "doable", "fair"), "no"), 200, "Not yet."),
        ({"thing": "yes"}, 422, "3 questions have no answer yet"),
        ({"thing": "\x00", "short": "yes"}, 422, "3 questions have no answer yet"),
    ],
)
def test_four_questions_tell_whether_it_is_a_micro_internship(client, cast, answers, status, said):
    dana = client(cast.dana)
    assert dana.get("/employer/postings/fit", query_string=answers).status_code == status
    assert said in text_of(dana.page)


# -- the list


def test_an_empty_desk_says_what_will_be_here_and_offers_the_first_step(client, cast):
    dana = client(cast.dana)
    dana.get(MINE)
    assert "No postings yet" in text_of(dana.page)
    assert [link for link in having(dana.page, "href") if link.get("href") == "/employer/postings/new"]


def test_what_needs_me_comes_first_and_applicants_who_wait_are_counted(client, cast):
    made = {
        state: factories.make_posting(state, cast.cedar)
        for state in ("closed", "paused", "open", "submitted", "draft", "changes_requested")
    }
    factories.make_application("submitted", made["open"], cast.maya)
    factories.make_application("shortlisted", made["open"], cast.leo)
    factories.make_posting("draft", cast.mill)
    dana = client(cast.dana)
    dana.get(MINE)
    order = ["changes_requested", "draft", "submitted", "open", "paused", "closed"]
    assert [row.get("data-posting") for row in having(dana.page, "data-posting")] == [
        str(made[state].id) for state in order
    ]
    link = having(dana.page, "href", f"{MINE}/{made['open'].id}/applicants")[0]
    assert words(link) == "2 applicants wait"


def test_what_is_paused_is_not_counted_as_on_the_board(client, cast):
    factories.make_posting("open", cast.cedar)
    factories.make_posting("paused", cast.cedar)
    dana = client(cast.dana)
    dana.get(MINE)
    assert (
        words(by_id(dana.page, "open-title")) == "On the board 1"
        and words(by_id(dana.page, "paused-title")) == "Paused 1"
    )
    dana.get("/")
    for group in ("open", "paused"):
        assert "1" in words(having(dana.page, "href", f"{MINE}#{group}")[0])


def test_the_list_asks_as_many_queries_for_thirty_postings_as_for_one(client, cast):
    dana = client(cast.dana)
    states = ("draft", "submitted", "open", "paused", "closed", "changes_requested")
    for state in states:
        factories.make_posting(state, cast.cedar)
    with count_queries() as few:
        dana.get(MINE)
    for number in range(24):
        posting = factories.make_posting(states[number % 6], cast.cedar)
        if posting.state == "open":
            factories.make_application("submitted", posting)
    with count_queries() as many:
        dana.get(MINE)
    assert len(having(dana.page, "data-posting")) == 30
    assert many.count == few.count


def test_closed_postings_are_shown_a_page_at_a_time(client, cast):
    for _ in range(22):
        factories.make_posting("closed", cast.cedar)
    dana = client(cast.dana)
    dana.get(MINE)
    assert len(having(dana.page, "data-posting")) == 20
    dana.get(f"{MINE}?page=2")
    assert len(having(dana.page, "data-posting")) == 2
    assert dana.get(f"{MINE}?page=99999999999999999999").status_code == 200
    assert dana.get(f"{MINE}?page=x").status_code == 200


# -- moves


@pytest.mark.parametrize(
    ("state", "move", "to"),
    [
        ("submitted", "take_back", "draft"), ("open", "pause", "paused"), ("paused", "resume", "open"),
        ("open", "close", "closed"), ("paused", "close", "closed"), ("filled", "close", "closed"),
    ],
)  # fmt: skip
def test_a_move_is_one_form_on_the_page_and_on_the_list_and_happens(client, cast, state, move, to):
    posting = factories.make_posting(state, cast.cedar)
    dana = client(cast.dana)
    for page in (MINE, f"{MINE}/{posting.id}"):
        dana.get(page)
        address = f"{MINE}/{posting.id}/{move}"
        found = having(dana.page, "href", address) if move == "close" else having(dana.page, "action", address)
        assert len(found) == 1
    assert dana.post(address, data={"from": "list"}).location == MINE
    assert state_of(posting) == to
    assert dana.post(address).status_code == 409


@pytest.mark.parametrize(
    "move", ["submit", "take_back", "pause", "resume", "close", "copy", "delete", "comment", "take_back_change"]
)
def test_nobody_else_makes_an_employers_moves(client, cast, move):
    posting = factories.make_posting("open", cast.cedar)
    address = f"{MINE}/{posting.id}/{move}"
    assert client(cast.omar).post(address).status_code == 404
    assert client(cast.maya).post(address).status_code == 403
    assert client(cast.okafor).post(address).status_code == 403
    assert client(cast.dana).post(f"{MINE}/999999/{move}").status_code == 404
    assert state_of(posting) == "open"
    assert [step.move for step in Step.of(posting)] == ["begin", "submit", "approve"]


@pytest.mark.parametrize("page", ["", "/preview", "/close", "/delete"])
def test_a_posting_of_somebody_else_is_not_there(client, cast, page):
    posting = factories.make_posting("open", cast.cedar)
    assert client(cast.omar).get(f"{MINE}/{posting.id}{page}").status_code == 404
    assert client(cast.okafor).get(f"{MINE}/{posting.id}{page}").status_code == 403


@pytest.mark.parametrize("move", ["approve", "decline", "pull", "hold", "fill", "save", "begin", "show", "look"])
def test_a_teachers_moves_and_the_boards_have_no_address_here(client, cast, move):
    posting = factories.make_posting("submitted", cast.cedar)
    assert client(cast.dana).post(f"{MINE}/{posting.id}/{move}").status_code == 404
    assert state_of(posting) == "submitted"


def test_closing_is_asked_once_more_and_tells_that_applicants_get_an_answer(client, cast):
    posting = factories.make_posting("open", cast.cedar, seats=2)
    waiting = factories.make_application("submitted", posting, cast.maya)
    factories.make_application("offered", posting, cast.leo)
    dana = client(cast.dana)
    assert dana.get(f"{MINE}/{posting.id}/close").status_code == 200
    assert state_of(posting) == "open"
    assert "One student waits for your answer" in text_of(dana.page)
    assert "One offer has no answer yet" in text_of(dana.page)
    assert having(dana.page, "data-move", "close")
    dana.post(f"{MINE}/{posting.id}/close")
    assert type(waiting).get_by_id(waiting.id).state == "not_selected"
    assert dana.get(f"{MINE}/{posting.id}/close").status_code == 303


def test_a_draft_is_deleted_after_a_second_question_and_copying_leads_to_the_copy(client, cast):
    posting = factories.make_posting("draft", cast.cedar)
    dana = client(cast.dana)
    assert dana.get(f"{MINE}/{posting.id}/delete").status_code == 200
    answer = dana.post(f"{MINE}/{posting.id}/copy")
    copied = only()
    assert answer.location == f"{MINE}/{copied.id}"
    assert dana.post(f"{MINE}/{posting.id}/delete").location == MINE
    assert not Posting.select().where(Posting.id == posting.id).exists()
    opened = factories.make_posting("open", cast.cedar)
    assert dana.get(f"{MINE}/{opened.id}/delete").status_code == 303
    assert dana.post(f"{MINE}/{opened.id}/delete").status_code == 303
    assert state_of(opened) == "open"


def test_a_closed_or_declined_posting_can_only_be_copied(client, cast):
    for state in ("closed", "declined"):
        posting = factories.make_posting(state, cast.cedar)
        dana = client(cast.dana)
        dana.get(f"{MINE}/{posting.id}")
        assert by_id(dana.page, "posting-form") is None
        assert {form.get("data-move") for form in having(dana.page, "data-move")} == {"copy", "comment"}


# -- after approval


def test_a_change_to_an_approved_posting_waits_is_shown_and_is_taken_back(client, cast):
    posting = factories.make_posting("open", cast.cedar, title="Price list")
    dana = client(cast.dana)
    dana.get(f"{MINE}/{posting.id}")
    assert "the approved text stays meanwhile" in text_of(dana.page)
    assert dana.post(f"{MINE}/{posting.id}", data=typed(title="Menu", do="propose")).status_code == 303
    assert only().title == "Price list"
    dana.get(f"{MINE}/{posting.id}")
    change = words(by_id(dana.page, "change"))
    assert "TitlePrice list Menu" in change
    assert by_id(dana.page, "title").get("value") == "Menu"
    assert dana.post(f"{MINE}/{posting.id}/take_back_change").status_code == 303
    dana.get(f"{MINE}/{posting.id}")
    assert by_id(dana.page, "change") is None
    assert by_id(dana.page, "title").get("value") == "Price list"
    assert dana.post(f"{MINE}/{posting.id}/take_back_change").status_code == 303


def test_a_returned_change_stands_there_with_the_teachers_words(client, cast):
    posting = factories.make_posting("open", cast.cedar, title="Price list")
    dana = client(cast.dana)
    dana.post(f"{MINE}/{posting.id}", data=typed(title="Menu"))
    revisions.return_revision(texts.proposed_for(posting), cast.okafor, "The old title says more.")
    dana.get(f"{MINE}/{posting.id}")
    assert "The old title says more." in words(by_id(dana.page, "change"))
    dana.get(MINE)
    assert "A teacher returned your change." in text_of(dana.page)


def test_fewer_students_go_at_once_but_not_fewer_than_are_promised(client, cast):
    posting = factories.make_posting("open", cast.cedar, seats=3)
    factories.make_application("offered", posting, cast.maya)
    factories.make_application("accepted", posting, cast.leo)
    dana = client(cast.dana)
    assert dana.post(f"{MINE}/{posting.id}", data=typed(content.read(posting), seats="1")).status_code == 422
    assert "offered or taken" in words(by_id(dana.page, "seats-error"))
    assert dana.post(f"{MINE}/{posting.id}", data=typed(content.read(posting), seats="2")).status_code == 303
    assert only().seats == 2


def test_a_change_that_is_not_complete_is_said_at_its_field_and_nothing_waits(client, cast):
    posting = factories.make_posting("open", cast.cedar)
    dana = client(cast.dana)
    assert dana.post(f"{MINE}/{posting.id}", data=typed(title="", hours="x")).status_code == 422
    assert dana.post(f"{MINE}/{posting.id}", data=typed(title="")).status_code == 422
    assert words(by_id(dana.page, "title-error"))
    assert texts.proposed_for(posting) is None


def test_a_closed_posting_takes_no_form_any_more(client, cast):
    posting = factories.make_posting("closed", cast.cedar)
    assert client(cast.dana).post(f"{MINE}/{posting.id}", data=typed(title="Menu")).status_code == 409
    assert only().title == posting.title


# -- whatever is typed

NAMES = [
    *typed(factories.full_content(factories.date(2026, 9, 1))),
    "first_project_welcome",
    "supervisor_title",
    "do",
    "draft",
    "milestones-²-title",
    "questions-9" + "9" * 5000,
]
anything = st.text(max_size=40) | st.sampled_from(
    [
        "\x00",
        "1" * 400,
        "-1",
        "0",
        "1e5",
        "NaN",
        "²",
        "٣",
        "2027-02-30",
        "' OR 1=1 --",
        "<script>",
        ",,;,",
        "​",
        "é" * 61,
        "{}",
        "%s",
    ]
)


def sent(values: dict) -> dict:
    """As bytes a browser could send, lone surrogates and all."""
    return {
        key: value.encode("utf-8", "surrogatepass") if any("\ud800" <= c <= "\udfff" for c in value) else value
        for key, value in values.items()
    }


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(values=st.dictionaries(st.sampled_from(NAMES), anything, max_size=12))
def test_nothing_typed_into_the_form_breaks_it(client, cast, values):
    values.pop("draft", None)
    dana = client(cast.dana)
    posting = factories.make_posting("draft", cast.cedar)
    for address, more in ((NEW, {}), (SAVE, {"draft": str(posting.id)}), (f"{MINE}/{posting.id}", {})):
        assert dana.post(address, data=values | more).status_code in (200, 303, 409, 422)
    assert dana.get(f"{MINE}/{posting.id}").status_code == 200
    assert dana.get(f"{MINE}/{posting.id}/preview").status_code == 200


SHARED = Path(os.environ.get("SHARED_DATA") or Path(__file__).resolve().parents[2].parent / "shared" / "data")
HOSTILE = SHARED / "hostile" / "blns.json"


@pytest.mark.skipif(not HOSTILE.exists(), reason="the list of naughty strings is not on this machine")
def test_naughty_strings_are_kept_or_refused_in_every_field_and_never_break_a_page(client, cast):
    dana = client(cast.dana)
    posting = factories.make_posting("draft", cast.cedar)
    strings, names = json.loads(HOSTILE.read_text("utf-8")), list(typed())
    for round_number in range(40):  # each string stands in three or four fields
        form = sent({name: strings[(round_number * 13 + place) % len(strings)] for place, name in enumerate(names)})
        assert dana.post(SAVE, data=form | {"draft": str(posting.id)}).status_code == 200, form
        assert dana.post(f"{MINE}/{posting.id}", data=form).status_code in (303, 422), form
        assert dana.get(f"{MINE}/{posting.id}/preview").status_code == 200, form
    assert dana.get(MINE).status_code == 200


def test_a_posting_walks_from_the_first_word_to_a_second_round(client, cast):
    """Written, sent, changes asked for, sent again, approved, paused, reopened, closed, copied."""
    dana = client(cast.dana)
    dana.post(SAVE, data={"title": "Price list", "draft": ""})
    posting = only()
    dana.post(f"{MINE}/{posting.id}", data=typed(do="send"))
    actions.ask_changes(posting, cast.okafor, {"pay": "Say when you pay."})
    dana.post(f"{MINE}/{posting.id}", data=typed(paid_how="By check on the last day.", do="send"))
    actions.approve(Posting.get_by_id(posting.id), cast.okafor)
    for move in ("pause", "resume", "close", "copy"):
        assert dana.post(f"{MINE}/{posting.id}/{move}").status_code == 303
    assert [step.move for step in Step.of(posting)] == [
        "begin", "submit", "ask_changes", "submit", "approve", "pause", "resume", "close",
    ]  # fmt: skip
    assert only().paid_how == "By check on the last day."
    assert only().apply_by is None
    assert today() - timedelta(days=1) < only().created_at.date()
