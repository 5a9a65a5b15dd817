"""Tasks and fixed times as an employer types them, and what the checks say of them meanwhile."""

from datetime import timedelta

import pytest
from playhouse.test_utils import count_queries

from board.checks import tasks
from board.checks.actions import judge
from board.checks.results import Level
from board.moves import Step
from board.placements import terms
from board.placements.model import Placement
from board.postings import content, differences, live, times
from board.postings.model import Posting
from board.school.model import Period, PeriodKind, School, today
from board.words import plain
from tests import factories
from tests.inspector import by_id, having, text_of, words
from tests.postings.test_desk import MINE, NEW, SAVE, only, typed

CHECKS = "/employer/postings/checks"
PIECE = {"HX-Request": "true"}
TUESDAY = [{"day": 1, "from": "16:00", "to": "18:00"}]


@pytest.fixture
def dana(client, cast):
    return client(cast.dana)


# -- shape


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("16:00", "16:00"),
        ("9:05", "09:05"),
        ("4 pm", "16:00"),
        ("4:30 p.m.", "16:30"),
        ("12 am", "00:00"),
        ("12pm", "12:00"),
    ],
)
def test_a_time_of_day_is_kept_as_the_clock_says_it_however_it_is_typed(dana, said, kept):
    dana.post(NEW, data=typed(**{"sessions-0-day": "1", "sessions-0-starts": said, "sessions-0-ends": "23:59"}))
    assert content.read(only())["sessions"] == [{"day": 1, "from": kept, "to": "23:59"}]


@pytest.mark.parametrize("said", ["24:00", "13 pm", "0 am", "noon", "4:7", "１６:00", "16:00:00"])
def test_what_is_no_time_of_day_is_said_at_its_row_and_stays_as_typed(dana, said):
    assert dana.post(NEW, data=typed(**{"sessions-0-day": "1", "sessions-0-starts": said})).status_code == 422
    assert "Give a time of day" in words(by_id(dana.page, "sessions-0-starts-error"))
    assert by_id(dana.page, "sessions-0-starts").get("value") == said
    assert content.read(only())["sessions"] == []


def test_a_half_filled_time_is_kept_in_a_draft_and_asked_for_when_it_is_sent(dana):
    dana.post(NEW, data=typed(**{"sessions-3-day": "4"}))
    assert content.read(only())["sessions"] == [{"day": 4, "from": "", "to": ""}]
    assert dana.post(f"{MINE}/{only().id}/submit").status_code == 422
    assert words(by_id(dana.page, "sessions-error")) == "Say the day, and from when to when."
    assert [link for link in having(by_id(dana.page, "errors"), "href") if link.get("href") == "#sessions"]


def test_as_many_times_as_there_are_days_are_kept_and_all_of_them_are_shown(dana, cast):
    rows = [{"day": day, "from": "16:00", "to": "17:00"} for day in range(7)]
    posting = factories.make_posting("draft", cast.cedar, sessions=rows)
    dana.post(f"{MINE}/{posting.id}", data=typed(content.read(posting)))
    assert content.read(only())["sessions"] == rows
    dana.get(f"{MINE}/{posting.id}")
    assert by_id(dana.page, "sessions-6-starts").get("value") == "16:00"
    assert "More times" not in text_of(dana.page)


def test_unticking_every_task_leaves_none_and_a_page_without_the_boxes_leaves_them(dana, cast):
    posting = factories.make_posting("draft", cast.cedar, tasks=["office", "drawing"])
    dana.post(SAVE, data={"draft": str(posting.id), "rhythm": "Mondays"})
    assert content.read(only())["tasks"] == ["office", "drawing"]
    dana.post(SAVE, data={"draft": str(posting.id), "tasks": [""]})
    assert content.read(only())["tasks"] == []


def test_every_task_can_be_ticked_and_a_folded_group_says_which_are(dana, cast):
    """Two groups that stand open are screens of boxes on a phone."""
    posting = factories.make_posting("draft", cast.cedar, tasks=["ladder", "loading"])
    dana.get(f"{MINE}/{posting.id}")
    boxes = [box for box in having(dana.page, "name", "tasks") if box.get("type") == "checkbox"]
    assert {box.get("value") for box in boxes} == set(tasks.BY_SLUG)
    assert {box.get("value") for box in boxes if box.get("checked") is not None} == {"ladder", "loading"}
    groups = list(by_id(dana.page, "tasks").iter("details"))
    assert not [group for group in groups if group.get("open") is not None]
    said = [text_of(group.find("summary")) for group in groups]
    words = " · ".join(task.words for task in tasks.BY_SLUG.values() if task.slug in ("ladder", "loading"))
    assert f"With hands, indoors and out 2 ticked {words}" in said
    assert sum("·" in one for one in said) == 1


def test_a_posting_is_written_by_its_parts_and_the_page_leads_to_each(dana, cast):
    posting = factories.make_posting("draft", cast.cedar)
    for address in (NEW, f"{MINE}/{posting.id}"):
        dana.get(address)
        ways = next(nav for nav in dana.page.iter("nav") if nav.get("aria-label") == "Parts of the posting")
        parts = [one.get("id") for one in by_id(dana.page, "posting-form").iter("section")]
        assert [one.get("href")[1:] for one in ways.iter("a")] == parts


def test_a_short_way_of_beginning_asks_for_no_more_than_before_it_is_sent(dana):
    """A starter says the tasks, and that nobody knows yet how the student is taken on."""
    dana.post("/employer/postings/new/tidy-a-contact-sheet")
    values = content.read(only())
    assert values["tasks"] and values["worker_kind"] == "unsure"


def test_what_few_need_lies_folded_until_something_stands_in_it(dana, cast):
    def folded(address):
        dana.get(address)
        parts = [
            part for part in by_id(dana.page, "posting-form").iter("details") if "more" in part.get("class").split()
        ]
        return {text_of(next(part.iter("summary"))) for part in parts if part.get("open") is None}, len(parts)

    names = {"Milestones (optional)", "Skills that are nice to have, a word about AI tools", "Fixed times and a weekly rhythm",
             "How to get there, and a word about the times", "A grade, and questions for applicants"}  # fmt: skip
    assert folded(NEW) == (names, 5)
    assert not [group for group in by_id(dana.page, "tasks").iter("details") if group.get("open") is not None]
    said = {
        "milestones": [],
        "nice": [],
        "ai_note": "",
        "rhythm": "",
        "times": "",
        "getting_there": "",
        "questions": [],
    }
    empty = factories.full_content(sessions=[], minimum_grade=None, **said)
    remote = factories.make_posting("draft", cast.cedar, **empty)
    assert folded(f"{MINE}/{remote.id}") == (names, 5)
    for changes, opened in (
        ({"place": "on-site"}, "Fixed times and a weekly rhythm"), ({"sessions": TUESDAY}, "Fixed times and a weekly rhythm"),
        ({"milestones": [{"title": "A sketch", "week": 1}]}, "Milestones (optional)"),
        ({"questions": ["Why?"]}, "A grade, and questions for applicants"), ({"minimum_grade": 10}, "A grade, and questions for applicants"),
        ({"ai_note": "Ask first."}, "Skills that are nice to have, a word about AI tools"),
    ):  # fmt: skip
        posting = factories.make_posting("draft", cast.cedar, **empty | changes)
        assert folded(f"{MINE}/{posting.id}")[0] == names - {opened}, changes
    dana.post(NEW, data=typed(**{"sessions-0-starts": "noon"}))
    assert by_id(dana.page, "sessions-0-starts-error") is not None
    around = next(
        part for part in by_id(dana.page, "posting-form").iter("details") if by_id(part, "sessions") is not None
    )
    assert around.get("open") is not None


# -- in words


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (TUESDAY, ["Tuesdays, 4 to 6 pm"]),
        ([*TUESDAY, {"day": 3, "from": "16:00", "to": "18:00"}], ["Tuesdays and Thursdays, 4 to 6 pm"]),
        ([{"day": 5, "from": "11:30", "to": "13:00"}, *TUESDAY], ["Tuesdays, 4 to 6 pm", "Saturdays, 11:30 am to 1 pm"]),
        ([{"day": 0, "from": "00:00", "to": "12:00"}], ["Mondays, 12 am to 12 pm"]),
        ([{"day": 0, "from": "", "to": ""}], ["Mondays"]),
        ([{"day": 0, "from": "09:00", "to": ""}], ["Mondays, from 9 am"]),
        ([{"day": None, "from": "09:00", "to": "10:00"}], []),
        (None, []),
    ],
)  # fmt: skip
def test_fixed_times_are_said_as_people_say_them(rows, said):
    assert times.sessions(rows, plain, "en") == said


def test_in_another_language_the_clock_has_24_hours():
    assert times.sessions(TUESDAY, plain, "es") == ["Tuesdays, 16:00 to 18:00"]


def test_tasks_and_times_that_changed_are_told_one_by_one(client, cast):
    old = factories.full_content(tasks=["office", "drawing"], sessions=TUESDAY)
    new = old | {"tasks": ["drawing", "ladder"], "sessions": [{"day": 2, "from": "16:00", "to": "18:00"}]}
    told = {one.key: [part for part in one.parts if part[1] != "\n"] for one in differences.between(old, new)}
    assert told == {
        "tasks": [("same", "drawing"), ("del", "office"), ("ins", "ladder")],
        "sessions": [("del", TUESDAY[0]), ("ins", new["sessions"][0])],
    }


def test_a_teacher_reads_tasks_times_and_place_in_words(client, cast):
    posting = factories.make_posting("submitted", cast.cedar, **factories.ON_SITE)
    page = client(cast.okafor)
    page.get(f"/review/{posting.id}")
    said = text_of(page.page)
    for expected in (
        "Drawing, graphic design, layout", "Tuesdays, 4 to 6 pm", "As an employee",
        "A workplace: a shop, an office, a workshop", "No: others are always around, or can come in at any time",
    ):  # fmt: skip
        assert expected in said


def test_a_change_of_tasks_and_times_is_read_in_words_by_the_teacher(client, cast):
    posting = factories.make_posting("open", cast.cedar, sessions=TUESDAY)
    changed = content.read(posting) | {
        "tasks": ["drawing", "photo"],
        "sessions": [{"day": 3, "from": "16:00", "to": "18:00"}],
    }
    assert client(cast.dana).post(f"{MINE}/{posting.id}", data=typed(changed)).status_code == 303
    page = client(cast.okafor)
    page.get(f"/review/{posting.id}")
    told = text_of(by_id(page.page, "difference"))
    assert "Taking and editing photos" in told and "Tuesdays, 4 to 6 pm" in told and "Thursdays, 4 to 6 pm" in told


def test_a_student_reads_what_they_do_and_when_and_a_visitor_not_when(client, cast):
    posting = factories.make_posting("open", cast.cedar, **factories.ON_SITE)
    maya, visitor = client(cast.maya), client()
    maya.get(f"/projects/{posting.id}")
    said = text_of(maya.page)
    assert "Drawing, graphic design, layout" in said and "Tuesdays, 4 to 6 pm" in said
    School.update(open_to_visitors=True).execute()
    visitor.get(f"/projects/{posting.id}")
    said = text_of(visitor.page)
    assert "Drawing, graphic design, layout" in said and "Tuesdays, 4 to 6 pm" not in said
    assert Posting.get_by_id(posting.id).for_reader(None).session_list == []


def test_a_project_that_by_now_is_only_for_older_students_says_so(client, cast):
    """Four hours on a day without school are fine at 14; its page is drawn and kept, and then the holiday is gone."""
    first, last = today(), today() + timedelta(days=90)
    holiday = Period.create(kind=PeriodKind.HOLIDAY, name="A long one", first_on=first, last_on=last)
    noon = [{"day": 1, "from": "12:00", "to": "16:00"}]
    posting = factories.make_posting("open", cast.cedar, minimum_age=14, sessions=noon)
    maya, said = client(cast.maya), "it is for students of 16 and up"
    maya.get(f"/projects/{posting.id}")
    assert said not in text_of(maya.page)
    holiday.delete_instance()
    maya.get(f"/projects/{posting.id}")
    assert said in text_of(maya.page)


def test_the_agreement_begins_with_the_fixed_times_and_how_the_student_is_taken_on(app, cast):
    application = factories.make_application(
        "accepted", factories.make_posting("open", cast.cedar, **factories.ON_SITE), cast.maya
    )
    agreement = terms.of(Placement.get(Placement.application == application))
    assert agreement.times == "Tuesdays, 4 to 6 pm. Tuesdays 4 to 6 pm"
    assert agreement.pay_how == "We pay by check in the week after. The student is taken on as an employee."


# -- what the checks say meanwhile

TOO_MUCH = {
    "hours": "30", "weeks": "2", "minimum_age": "14", "tasks": ["", "drawing", "driving"], "sessions-0-day": "1",
    "sessions-0-starts": "16:00", "sessions-0-ends": "20:00",
}  # fmt: skip


def test_each_part_says_what_the_checks_say_of_what_is_typed_and_nothing_is_written(dana, cast):
    posting = factories.make_posting("draft", cast.cedar)
    before, steps = content.read(posting), Step.select().count()
    answer = dana.post(CHECKS, data=typed(draft=str(posting.id), **TOO_MUCH), headers=PIECE)
    assert answer.status_code == 200
    assert "this may run at most 3 hours on a school day" in text_of(by_id(dana.page, "live-time"))
    assert "Make it 16+" in text_of(by_id(dana.page, "live-time"))
    assert "29 CFR 570.35" in text_of(by_id(dana.page, "live-time"))
    assert "Nobody under 17 may drive for work" in text_of(by_id(dana.page, "live-work"))
    assert by_id(dana.page, "live-pay").get("hx-swap-oob") == "true"
    assert content.read(only()) == before and Step.select().count() == steps


def test_after_a_refusal_a_sentence_stands_in_the_summary_and_at_its_place_and_nowhere_else(dana, cast):
    posting = factories.make_posting("draft", cast.cedar, tasks=["forklift"], minimum_age=16, pay_cents=10000)
    assert dana.post(f"{MINE}/{posting.id}/submit").status_code == 422
    for words_, key in (("Forklift, crane, hoist", "tasks"), ("This works out at $10.00 an hour", "pay_cents")):
        assert words_ in text_of(by_id(dana.page, "errors")) and words_ in text_of(by_id(dana.page, f"{key}-error"))
    assert not having(by_id(dana.page, "posting-form"), "data-rule")
    assert "nothing against it" not in text_of(dana.page) and "2 things to fix" in text_of(
        by_id(dana.page, "live-short")
    )
    dana.get(f"{MINE}/{posting.id}")
    assert {one.get("data-rule") for one in having(by_id(dana.page, "posting-form"), "data-rule")} == {"R8", "R12"}


def test_who_could_do_it_is_said_by_age_with_what_stands_in_the_way(dana):
    dana.post(CHECKS, data=typed(tasks=["", "drawing", "driving"]), headers=PIECE)
    bands = [(row.get("data-allowed"), text_of(row)) for row in having(by_id(dana.page, "who-can"), "data-allowed")]
    assert [allowed for allowed, _words in bands] == ["no", "yes", "yes"]
    assert bands[0][1].startswith("14–15 no: Nobody under 17") and bands[1][1].startswith("16–17 from 17 on")
    assert bands[2][1] == "18+ yes"


def test_what_is_well_says_nothing_but_that(dana, cast):
    posting = factories.make_posting("draft", cast.cedar)
    dana.post(CHECKS, data=typed(draft=str(posting.id)), headers=PIECE)
    assert not having(dana.page, "data-rule")
    assert "nothing against it so far" in text_of(dana.page)


def test_an_empty_form_is_not_scolded_for_what_nobody_has_typed_yet(dana):
    empty = dict.fromkeys(typed(), "") | {"seats": "1", "minimum_age": "14", "place": "on-site"}
    assert dana.post(CHECKS, data=empty, headers=PIECE).status_code == 200
    assert not having(dana.page, "data-rule")
    dana.get(NEW)
    assert not having(dana.page, "data-rule")


def test_without_script_the_page_comes_back_as_typed_with_the_same_sentences_and_nothing_is_saved(dana):
    answer = dana.post(CHECKS, data=typed(title="Deliver posters", **TOO_MUCH))
    assert answer.status_code == 200
    assert "this may run at most 3 hours on a school day" in text_of(by_id(dana.page, "live-time"))
    assert by_id(dana.page, "title").get("value") == "Deliver posters"
    assert "Nothing is saved yet" in text_of(dana.page)
    assert not Posting.select().exists()
    assert dana.post(CHECKS, data=typed(hours="many")).status_code == 422
    assert by_id(dana.page, "hours").get("value") == "many"


def test_a_text_is_read_too(dana):
    dana.post(CHECKS, data=typed(description="Call me at 555-201-4477 and we talk."), headers=PIECE)
    assert "students and employers meet through the board" in text_of(by_id(dana.page, "live-work"))


def test_checks_are_for_ones_own_postings_while_they_can_be_changed(client, cast, dana):
    theirs, sent = factories.make_posting("draft", cast.mill), factories.make_posting("submitted", cast.cedar)
    assert dana.post(CHECKS, data=typed(draft=str(theirs.id)), headers=PIECE).status_code == 404
    assert dana.post(CHECKS, data=typed(draft="x"), headers=PIECE).status_code == 404
    assert dana.post(CHECKS, data=typed(draft=str(sent.id))).status_code == 409
    assert client(cast.maya).post(CHECKS, data=typed()).status_code == 403


def test_the_answer_while_typing_takes_few_queries(dana, cast):
    posting = factories.make_posting("draft", cast.cedar)
    data = typed(draft=str(posting.id), **TOO_MUCH)
    dana.post(CHECKS, data=data, headers=PIECE)
    with count_queries(only_select=True) as counted:
        dana.post(CHECKS, data=data, headers=PIECE)
    assert counted.count <= 12


def test_what_a_teacher_has_judged_harmless_is_not_said_again(app, cast):
    values = factories.full_content(description="We bake bread.\n\nYou draw the sign beside the grill.")
    asking = [one for rows in live.of(values, cast.cedar).parts.values() for one in rows if one.level == Level.REASON]
    assert asking
    for one in asking:
        judge(cast.cedar, one.mark, "The student only draws it.", cast.okafor, None, remember=True)
    assert live.of(values, cast.cedar).parts == {}
