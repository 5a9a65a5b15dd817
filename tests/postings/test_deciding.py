"""A decision can be taken back for five minutes, in which nobody is told; claims, fields, words kept ready, late ones."""

from datetime import date, datetime, timedelta

import pytest
from playhouse.test_utils import count_queries

from board.applications import actions as applications
from board.checks.facts import Span, Year
from board.db import now
from board.moves import Step
from board.notices import Notice, deliver
from board.postings import actions, canned, claims, content, late, queue, revisions, searches, watch
from board.postings.desk_model import Canned, Claim, Decision, ReviewField
from board.postings.late_days import Calendar
from board.postings.model import Comment, Finding, Posting, Revision, Viewing
from board.school.model import Field, Period, School
from board.search import index
from board.search.criteria import Criteria
from board.worker.health import health
from tests import factories
from tests.at_once import at_once
from tests.inspector import by_id, having, text_of, words

BACK = {
    "approve": {},
    "ask_changes": {"section-pay": "When do you pay?", "words": "Nearly there."},
    "decline": {"kind": "not-a-project", "words": "A shop shift."},
}


@pytest.fixture
def waiting(cast):
    made = factories.make_posting("submitted", cast.cedar, title="Sort the tool room")
    deliver()
    return made


def state_of(posting) -> str:
    return Posting.get_by_id(posting.id).state


def five_minutes_later() -> None:
    past = now() - timedelta(minutes=6)
    Decision.update(made_at=past).execute()
    Step.update(tell_at=past).where(Step.tell_at.is_null(False)).execute()


def told() -> int:
    before = Notice.select().count()
    deliver()
    return Notice.select().count() - before


# -- undo


@pytest.mark.parametrize("move", BACK)
def test_a_decision_is_taken_back_and_nobody_hears_of_it(client, cast, waiting, move):
    before, comments = content.read(waiting), Comment.select().count()
    teacher = client(cast.okafor)
    assert teacher.post(f"/review/{waiting.id}/{move}", data=BACK[move]).status_code == 303
    assert state_of(waiting) != "submitted"
    assert told() == 0, "nobody is told yet"
    teacher.get("/review")
    assert "undo" in {e.get("data-move") for e in having(teacher.page, "data-move")}
    assert teacher.post(f"/review/{waiting.id}/undo").location == f"/review/{waiting.id}"
    fresh = Posting.get_by_id(waiting.id)
    assert (fresh.state, fresh.opened_at, content.read(fresh)) == ("submitted", None, before)
    assert fresh.submitted_at == waiting.submitted_at, "it keeps its place in the line"
    assert (Comment.select().count(), Revision.select().count()) == (comments, 0)
    five_minutes_later()
    assert told() == 0, "nor ever after"


@pytest.mark.parametrize("move", BACK)
def test_after_five_minutes_people_are_told_and_it_stands(client, cast, waiting, move):
    teacher = client(cast.okafor)
    teacher.post(f"/review/{waiting.id}/{move}", data=BACK[move])
    stands = state_of(waiting)
    five_minutes_later()
    assert told() == 1
    teacher.get("/review")
    assert "undo" not in {e.get("data-move") for e in having(teacher.page, "data-move")}
    teacher.post(f"/review/{waiting.id}/undo")
    assert state_of(waiting) == stands


def test_what_was_approved_and_taken_back_is_not_found(client, cast, waiting):
    teacher, student = client(cast.okafor), client(cast.maya)
    teacher.post(f"/review/{waiting.id}/approve")
    assert student.get(f"/projects/{waiting.id}").status_code == 200
    teacher.post(f"/review/{waiting.id}/undo")
    index.repair()
    assert student.get(f"/projects/{waiting.id}").status_code == 404
    assert "Sort the tool room" not in student.get("/projects?q=tool+room").get_data(as_text=True)


def test_a_student_who_has_applied_keeps_the_yes_where_it_is(client, cast, waiting):
    teacher = client(cast.okafor)
    teacher.post(f"/review/{waiting.id}/approve")
    factories.make_application("submitted", Posting.get_by_id(waiting.id), cast.maya)
    teacher.post(f"/review/{waiting.id}/undo")
    assert state_of(waiting) == "open"
    teacher.get("/review")
    assert "A student has applied in the meantime" in text_of(teacher.page)
    assert applications.Application.select().count() == 1


def test_what_its_employer_has_begun_to_change_is_not_pulled_from_their_hands(client, cast, waiting):
    teacher = client(cast.okafor)
    teacher.post(f"/review/{waiting.id}/ask_changes", data=BACK["ask_changes"])
    actions.save_draft(Posting.get_by_id(waiting.id), cast.dana, {"paid_how": "By check, on the Friday after."})
    teacher.post(f"/review/{waiting.id}/undo")
    assert state_of(waiting) == "changes_requested"
    teacher.get("/review")
    assert "It has changed since then" in text_of(teacher.page)


def test_only_whoever_decided_takes_it_back_a_coordinator_neither(client, cast, waiting):
    novak = factories.make_person("teacher", "Ines Novak")
    client(cast.okafor).post(f"/review/{waiting.id}/approve")
    for person in (novak, cast.ruiz):
        other = client(person)
        other.get(f"/review/{waiting.id}")
        assert by_id(other.page, "undo") is None
        other.post(f"/review/{waiting.id}/undo")
        assert state_of(waiting) == "open"
        other.get("/review")
        assert "Only whoever decided can take a decision back." in text_of(other.page)
    client(cast.okafor).post(f"/review/{waiting.id}/undo")
    assert state_of(waiting) == "submitted"


def test_each_decision_of_the_last_minutes_can_be_taken_back_not_only_the_newest(client, cast, waiting):
    """Three were approved in a row, and the first was the wrong one."""
    others = [factories.make_posting("submitted", cast.mill) for _number in range(2)]
    teacher = client(cast.okafor)
    for posting in (waiting, *others):
        teacher.post(f"/review/{posting.id}/approve", data={"next": "1"})
    teacher.get("/review")
    addresses = [form.get("action") for form in having(teacher.page, "data-move", "undo")]
    assert addresses == [f"/review/{posting.id}/undo" for posting in (*others[::-1], waiting)]
    teacher.get(f"/review/{waiting.id}")
    assert [form.get("action") for form in having(teacher.page, "data-move", "undo")] == [addresses[-1]]
    teacher.post(addresses[-1])
    assert [state_of(one) for one in (waiting, *others)] == ["submitted", "open", "open"]


def test_it_is_taken_back_once(client, cast, waiting):
    teacher = client(cast.okafor)
    teacher.post(f"/review/{waiting.id}/decline", data=BACK["decline"])
    for _time in range(2):
        teacher.post(f"/review/{waiting.id}/undo")
    assert Step.of(waiting).where(Step.move == "undo").count() == 1


@pytest.mark.parametrize("move", ["approve_change", "return_change"])
def test_a_decision_about_a_change_is_taken_back_with_the_text_as_it_was(client, cast, move):
    posting = factories.make_posting("open", cast.cedar)
    change = revisions.propose(posting, cast.dana, {"hours": 11, "deliverable": "Two pages."})
    deliver()
    before = content.read(posting)
    teacher = client(cast.okafor)
    teacher.post(f"/review/{posting.id}/{move}", data={"words": "Then pay more."})
    assert (content.read(Posting.get_by_id(posting.id)) == before) == (move == "return_change")
    assert told() == 0
    teacher.post(f"/review/{posting.id}/undo")
    assert content.read(Posting.get_by_id(posting.id)) == before
    assert Revision.get_by_id(change.id).state == "proposed"
    five_minutes_later()
    assert told() == 0


def test_saved_searches_find_a_project_once_it_stands(client, cast, waiting):
    searches.save(Criteria(q="tool"), cast.maya)
    client(cast.okafor).post(f"/review/{waiting.id}/approve")
    assert watch.watch() == 0
    five_minutes_later()
    assert watch.watch() == 1


def test_what_opens_behind_a_decision_that_may_be_taken_back_is_not_lost(client, cast, waiting):
    searches.save(Criteria(q="tool"), cast.maya)
    client(cast.okafor).post(f"/review/{waiting.id}/approve")
    factories.make_posting("open", cast.mill, title="A tool for the kitchen")
    watch.watch()
    five_minutes_later()
    watch.watch()
    assert Finding.select().count() == 2


def test_approve_and_next_says_how_many_are_left(client, cast, waiting):
    factories.make_posting("submitted", cast.mill)
    factories.make_posting("submitted", cast.mill)
    teacher = client(cast.okafor)
    response = teacher.post(f"/review/{waiting.id}/approve", data={"next": "1"})
    teacher.get(response.location)
    assert "2 are left" in text_of(teacher.page)
    assert "You approved “Sort the tool room”" in words(by_id(teacher.page, "undo"))


def test_a_decision_that_waits_on_purpose_is_no_worker_that_lags(client, cast, waiting):
    client(cast.okafor).post(f"/review/{waiting.id}/approve")
    assert health().untold is None
    five_minutes_later()
    assert health().untold == Step.get(Step.move == "approve").tell_at


# -- taking one


def test_what_somebody_has_taken_is_left_to_them_until_it_is_taken_over(client, cast, waiting):
    first, other = client(cast.ruiz), client(cast.okafor)
    first.post(f"/review/{waiting.id}/take")
    other.get("/review")
    assert "taken by Elena Ruiz" in text_of(other.page)
    other.get(f"/review/{waiting.id}")
    assert "approve" not in {e.get("data-move") for e in having(other.page, "data-move")}
    assert other.post(f"/review/{waiting.id}/approve").status_code == 422
    assert state_of(waiting) == "submitted"
    assert "Take it over from Elena Ruiz" in text_of(other.page)
    other.post(f"/review/{waiting.id}/take", data={"from": cast.ruiz.id})
    assert claims.holder(waiting) == cast.okafor
    other.post(f"/review/{waiting.id}/approve")
    assert state_of(waiting) == "open" and not Claim.select().exists()


def test_it_is_not_taken_from_somebody_the_page_did_not_name(client, cast, waiting):
    claims.take(waiting, cast.ruiz)
    client(cast.okafor).post(f"/review/{waiting.id}/take")
    assert claims.holder(waiting) == cast.ruiz


def test_a_claim_lapses_an_hour_after_it_was_last_open_and_is_let_go_by_hand(client, cast, waiting):
    teacher = client(cast.ruiz)
    teacher.post(f"/review/{waiting.id}/take")
    Claim.update(at=now() - timedelta(minutes=50)).execute()
    Viewing.delete().execute()
    teacher.get(f"/review/{waiting.id}")
    assert Claim.get().at > now() - timedelta(minutes=5), "it is open again: the hour begins anew"
    Claim.update(at=now() - timedelta(minutes=61)).execute()
    assert claims.holder(waiting) is None
    assert claims.take(waiting, cast.okafor) is None
    client(cast.okafor).post(f"/review/{waiting.id}/release")
    assert not Claim.select().exists()


def test_a_posting_is_left_as_it_is_for_the_next_and_the_round_comes_back_to_it(client, cast, waiting):
    teacher = client(cast.okafor)
    assert teacher.get(f"/review/{waiting.id}/next").location == "/review"
    other = factories.make_posting("submitted", cast.mill)
    teacher.get(f"/review/{waiting.id}")
    assert having(teacher.page, "href", f"/review/{waiting.id}/next")
    assert teacher.get(f"/review/{waiting.id}/next").location == f"/review/{other.id}"
    assert teacher.get(f"/review/{other.id}/next").location == f"/review/{waiting.id}"
    claims.take(waiting, cast.ruiz)
    assert teacher.get(f"/review/{other.id}/next").location == "/review"
    assert {state_of(waiting), state_of(other)} == {"submitted"}
    assert teacher.post(f"/review/{other.id}/decline", data=BACK["decline"] | {"next": "1"}).status_code == 303
    assert state_of(other) == "declined"


def test_next_passes_by_what_a_colleague_has_taken(client, cast, waiting):
    taken, free = factories.make_posting("submitted", cast.mill), factories.make_posting("submitted", cast.mill)
    claims.take(taken, cast.ruiz)
    response = client(cast.okafor).post(f"/review/{waiting.id}/approve", data={"next": "1"})
    assert response.location == f"/review/{free.id}"


# -- fields


def shown(page) -> list[int]:
    return [int(e.get("data-posting")) for e in having(page, "data-posting")]


def test_the_desk_opens_on_ones_own_fields_and_on_what_nobody_has_chosen(client, cast, waiting):
    sales = factories.make_posting("submitted", cast.mill, field="sales")
    farm = factories.make_posting("submitted", cast.mill, field="farming-animals")
    design, selling = (Field.get(Field.slug == slug) for slug in ("design-media", "sales"))
    ReviewField.create(person=cast.ruiz, field=selling)
    teacher = client(cast.okafor)
    teacher.get("/review")
    assert shown(teacher.page) == [waiting.id, sales.id, farm.id], "who has chosen nothing reads everything"
    assert teacher.post("/review/fields", data={"field": [str(design.id), "x", "999"]}).status_code == 303
    teacher.get("/review")
    assert shown(teacher.page) == [waiting.id, farm.id]
    teacher.get("/review?all=1")
    assert shown(teacher.page) == [waiting.id, sales.id, farm.id]
    assert queue.next_after(waiting, waiting.submitted_at, cast.okafor) == farm.id, "one's own first"
    teacher.post("/review/fields")
    teacher.get("/review")
    assert len(shown(teacher.page)) == 3


# -- words kept ready


def test_words_kept_ready_go_along_without_script(client, cast, waiting):
    row = Canned.get(Canned.section == "pay", Canned.language == "en")
    teacher = client(cast.okafor)
    teacher.get(f"/review/{waiting.id}")
    choice = by_id(teacher.page, "ready-ask-pay")
    assert str(row.id) in [e.get("value") for e in choice.iter("option")]
    data = {"section-pay": "Good work.", "ready-section-pay": str(row.id), "ready-section-time": ""}
    teacher.post(f"/review/{waiting.id}/ask_changes", data=data)
    assert [c.words for c in Comment.select()] == [f"Good work.\n{row.words}"]


def test_a_teacher_keeps_words_of_their_own_and_only_a_coordinator_the_schools(client, cast):
    teacher, coordinator = client(cast.okafor), client(cast.ruiz)
    assert teacher.post("/review/words", data={"words": " "}).status_code == 422
    teacher.post("/review/words", data={"words": "Name the paper size.", "section": "work", "for_all": "y"})
    own = Canned.get(Canned.words == "Name the paper size.")
    assert (own.person, own.section) == (cast.okafor, "work")
    coordinator.get("/review/words")
    assert "Name the paper size." not in text_of(coordinator.page)
    schools = Canned.get(Canned.person.is_null())
    assert teacher.post(f"/review/words/{schools.id}/remove").status_code == 404
    assert coordinator.post(f"/review/words/{own.id}/remove").status_code == 404
    coordinator.post(
        f"/review/words/{schools.id}",
        data={f"canned-{schools.id}-words": "Shorter.", f"canned-{schools.id}-section": ""},
    )
    assert Canned.get_by_id(schools.id).words == "Shorter."
    assert teacher.post(f"/review/words/{own.id}", data={f"canned-{own.id}-words": ""}).status_code == 422
    teacher.post(f"/review/words/{own.id}/remove")
    assert not Canned.select().where(Canned.id == own.id).exists()


def test_words_are_shipped_in_both_languages(cast):
    languages = {row.language for row in Canned.select()}
    assert languages == {"en", "es"}
    assert len(canned.of(cast.okafor, "en")) == len(canned.of(cast.okafor, "es")) >= 5


# -- at the same moment


def test_two_at_the_same_moment_take_decide_and_undo_once(client, cast):
    """Real threads: of two who take it one has it; the same teacher's yes twice is no second yes; an undo is one."""
    School.update(second_teacher=True).execute()
    first, other = client(cast.okafor), client(cast.ruiz)
    posting = factories.make_posting("submitted", cast.cedar, **factories.ON_SITE)
    address = f"/review/{posting.id}"
    at_once(*(lambda who=who: claims.take(posting, who) for who in (cast.okafor, cast.ruiz)))
    assert Claim.select().where(Claim.posting == posting).count() == 1
    claims.done(posting)
    again = client(cast.okafor)
    answers = at_once(
        *(lambda teacher=teacher: teacher.post(f"{address}/approve").status_code for teacher in (first, again))
    )
    assert state_of(posting) == "submitted" and sorted(answers)[0] == 303, answers
    assert other.post(f"{address}/approve").status_code == 303 and state_of(posting) == "open"
    me = client(cast.ruiz)
    at_once(*(lambda teacher=teacher: teacher.post(f"{address}/undo").status_code for teacher in (other, me)))
    assert state_of(posting) == "submitted"
    assert Step.of(posting).where(Step.move == "undo").count() == 1


# -- late ones

MONDAY = datetime(2026, 3, 2, 17)  # nine in the morning at the school


BREAK = (Span(date(2026, 3, 3), date(2026, 3, 3)),)
FALL, SPRING = Span(date(2025, 9, 2), date(2026, 2, 27)), Span(date(2026, 3, 9), date(2026, 6, 12))


WHEN_LATE = (
    (date(2026, 3, 5), Year(), False),  # Thursday: Tuesday and Wednesday have passed
    (date(2026, 3, 6), Year(), True),
    (date(2026, 3, 6), Year(free=BREAK), False),  # a holiday in between
    (date(2026, 3, 9), Year(free=BREAK), True),
    (date(2026, 3, 7), Year(free=BREAK), True),  # on the Saturday three whole ones have passed
    (date(2026, 3, 11), Year((FALL, SPRING)), False),  # came between two semesters: Monday and Tuesday have passed
    (date(2026, 3, 12), Year((FALL, SPRING)), True),
    (date(2026, 3, 6), Year((FALL,)), True),  # nobody has given the next semester: it is no break for ever
    (date(2026, 3, 6), Year((FALL,), BREAK), False),
)


def test_three_whole_school_days_have_to_pass(cast):
    for day, year, late_then in WHEN_LATE:
        assert Calendar(year, day).is_late(MONDAY) is late_then, (day, year)
    assert not Calendar(Year(), date(2026, 3, 10)).is_late(datetime(2026, 3, 5, 17) + timedelta(days=1))  # a weekend


def test_what_waits_too_long_goes_to_the_coordinators_once(client, cast, waiting):
    Posting.update(submitted_at=now() - timedelta(days=9)).where(Posting.id == waiting.id).execute()
    assert late.pass_on() == {"late": 1}
    assert late.pass_on() == {"late": 0}
    deliver()
    hears = {notice.person for notice in Notice.select().join(Step).where(Step.move == "late")}
    assert hears == {cast.ruiz}
    coordinator = client(cast.ruiz)
    coordinator.get("/review")
    assert "With the coordinators" in words(having(coordinator.page, "data-posting", str(waiting.id))[0])
    coordinator.get("/")
    assert "waited three school days" in text_of(coordinator.page)


def test_a_holiday_makes_nothing_late(cast, waiting):
    Posting.update(submitted_at=now() - timedelta(days=9)).where(Posting.id == waiting.id).execute()
    here = Calendar.here().today
    Period.create(kind="holiday", first_on=here - timedelta(days=12), last_on=here)
    assert late.pass_on() == {"late": 0}


# -- forty of them


def test_forty_take_as_many_queries_as_one_and_one_press_each(client, cast, waiting):
    teacher = client(cast.okafor)
    with count_queries() as one:
        teacher.get("/review")
    for _number in range(39):
        factories.make_posting("submitted", cast.mill)
    with count_queries() as many:
        teacher.get("/review")
    assert many.count == one.count
    address, requests, costs = f"/review/{waiting.id}", 0, set()
    while address != "/review":
        teacher.get(address)
        with count_queries() as cost:
            address = teacher.post(f"{address}/approve", data={"next": "1"}).location
        costs.add(cost.count)
        requests += 2
    assert queue.count() == 0 and requests == 80
    assert max(costs) - min(costs) <= 3
