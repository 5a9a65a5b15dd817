"""Something is wrong: who may say it, what it hides, who reads it, and how it is settled."""

import pytest
from playhouse.test_utils import count_queries

from board.moves import NotAllowed, Step
from board.postings import actions as postings
from board.postings.model import Posting
from board.reports import actions
from board.reports.model import About, Report
from board.reports.rules import MOVES
from tests import factories
from tests.inspector import having, text_of


def say(browser, posting, words="He asked for my home address.", about="posting"):
    return browser.post(f"/report/{about}/{posting.id}", data={"words": words})


@pytest.fixture
def posting(cast):
    return factories.make_posting("open", cast.cedar, title="Poster for the counter")


def fresh(posting) -> Posting:
    return Posting.get_by_id(posting.id)


def test_a_students_report_hides_the_project_and_its_success_page_opens(client, cast, posting):
    student = client(cast.maya)
    student.get(f"/report/posting/{posting.id}")
    assert "What happens next" in text_of(student.page)
    response = say(student, posting)
    assert response.status_code == 303
    assert fresh(posting).state == "paused" and fresh(posting).held_at
    assert not Posting.seen_by(cast.maya).where(Posting.id == posting.id).exists()
    assert student.get(response.location).status_code == 200
    assert "Thank you" in text_of(student.page)
    assert "He asked for my home address." in text_of(student.page)


@pytest.mark.parametrize("who", ["dana", "okafor", "ruiz"])
def test_a_grown_ups_report_tells_and_hides_nothing(client, cast, posting, who):
    assert say(client(getattr(cast, who)), posting).status_code == 303
    assert fresh(posting).state == "open" and not fresh(posting).held_at
    assert Report.select().count() == 1


def test_what_one_may_not_see_one_may_not_report(client, cast, posting):
    draft = factories.make_posting("draft", cast.cedar)
    other = factories.make_application("submitted", posting, cast.leo)
    for person, about, number in (
        (cast.maya, "posting", draft.id), (cast.omar, "posting", draft.id), (cast.okafor, "posting", draft.id),
        (cast.maya, "thread", posting.id), (cast.omar, "thread", posting.id),
        (cast.maya, "application", other.id), (cast.omar, "application", other.id), (cast.maya, "person", cast.leo.id),
    ):  # fmt: skip
        browser = client(person)
        assert browser.get(f"/report/{about}/{number}").status_code == 404, (person.name, about)
        assert browser.post(f"/report/{about}/{number}", data={"words": "Hm."}).status_code == 404
    assert Report.select().count() == 0


@pytest.mark.parametrize("who", ["leo", "dana", "okafor"])
def test_an_application_is_reported_by_those_who_see_it(client, cast, posting, who):
    application = factories.make_application("submitted", posting, cast.leo)
    browser = client(getattr(cast, who))
    browser.get(f"/report/application/{application.id}")
    if who == "dana":
        assert "Leo" not in text_of(browser.page) and application.code in text_of(browser.page)
    assert say(browser, application, about="application").status_code == 303
    assert browser.get(f"/report/application/{application.id}").status_code == 200
    report = Report.get()
    assert (report.about, report.application_id, report.posting_id) == ("application", application.id, posting.id)


@pytest.mark.parametrize("who", ["dana", "okafor"])
def test_a_conversation_is_reported_by_those_in_it(client, cast, posting, who):
    assert say(client(getattr(cast, who)), posting, about="thread").status_code == 303
    assert Report.get().about == "thread"


def test_saying_nothing_is_answered_beside_the_field(client, cast, posting):
    student = client(cast.maya)
    assert say(student, posting, " ").status_code == 422
    assert "Say in a few words what is wrong." in text_of(student.page)
    assert say(student, posting, "x" * 2001).status_code == 422
    assert fresh(posting).state == "open"


def test_saying_it_again_adds_to_the_first_report_and_the_same_words_add_nothing(client, cast, posting):
    student = client(cast.maya)
    for words in ("It feels wrong.", "It feels wrong.", "And he wrote to me."):
        assert say(student, posting, words).status_code == 303
    report = Report.get()
    assert report.words == "It feels wrong.\n\nAnd he wrote to me."
    assert Step.select().where(Step.noun == "report", Step.move == "report").count() == 1
    assert Step.of(posting).where(Step.move == "hold").count() == 1


def test_nobody_fills_a_report_without_end(client, cast, posting):
    student = client(cast.maya)
    answers = [say(student, posting, f"{number} " + "x" * 1900).status_code for number in range(6)]
    assert answers == [303, 303, 303, 303, 422, 422]
    assert len(Report.get().words) <= actions.LONGEST


def test_a_paused_or_filled_project_that_a_student_reports_is_held_as_well(cast, posting):
    factories.make_application("accepted", posting, cast.leo)
    actions.report(About.POSTING, fresh(posting), cast.leo, "Hm.")
    assert fresh(posting).state == "filled" and fresh(posting).held_at
    paused = factories.make_posting("open", cast.cedar)
    factories.make_application("submitted", paused, cast.leo)
    postings.pause(paused, cast.dana)
    report = actions.report(About.POSTING, paused, cast.leo, "Hm.")
    with pytest.raises(NotAllowed):
        postings.resume(fresh(paused), cast.dana)
    actions.settle(report, cast.ruiz, "All is well.", put_back=True)
    assert fresh(paused).state == "paused" and not fresh(paused).held_at  # as its employer had left it
    postings.resume(fresh(paused), cast.dana)
    assert fresh(paused).state == "open"


# -- the coordinators


@pytest.mark.parametrize("who", ["maya", "dana", "okafor"])
def test_only_coordinators_read_reports(client, cast, posting, who):
    report = actions.report(About.POSTING, posting, cast.maya, "Hm.")
    browser = client(getattr(cast, who))
    assert browser.get("/reports").status_code == 403
    assert browser.post(f"/reports/{report.id}", data={f"r{report.id}-words": "No."}).status_code == 403


def test_the_list_begins_with_what_is_open(client, cast, posting):
    first = actions.report(About.POSTING, posting, cast.maya, "He asked for my home address.")
    second = actions.report(About.POSTING, factories.make_posting("open", cast.mill), cast.leo, "Too many hours.")
    actions.settle(first, cast.ruiz, "Talked to the employer.")
    coordinator = client(cast.ruiz)
    coordinator.get("/reports")
    assert [int(e.get("data-report")) for e in having(coordinator.page, "data-report")] == [second.id, first.id]
    text = text_of(coordinator.page)
    for said in ("Maya Rivera", "He asked for my home address.", "Talked to the employer.", "Leo Chen"):
        assert said in text
    assert any(e.get("href") == f"/review/{posting.id}" for e in coordinator.page.iter("a"))


@pytest.mark.parametrize(("put_back", "state"), [(True, "open"), (False, "paused")])
def test_settling_with_and_without_putting_it_back(client, cast, posting, put_back, state):
    report = actions.report(About.POSTING, posting, cast.maya, "Hm.")
    coordinator = client(cast.ruiz)
    data = {f"r{report.id}-words": "Talked to the employer."} | ({f"r{report.id}-put_back": "y"} if put_back else {})
    assert coordinator.post(f"/reports/{report.id}", data=data).status_code == 303
    assert Report.get().state == "settled"
    assert fresh(posting).state == state
    assert bool(fresh(posting).held_at) is not put_back


def test_with_a_second_report_waiting_it_stays_hidden(client, cast, posting):
    report = actions.report(About.POSTING, posting, cast.maya, "Hm.")
    actions.report(About.POSTING, posting, cast.leo, "Hm, too.")
    data = {f"r{report.id}-words": "Fine.", f"r{report.id}-put_back": "y"}
    coordinator = client(cast.ruiz)
    coordinator.post(f"/reports/{report.id}", data=data)
    assert fresh(posting).state == "paused"
    coordinator.get("/reports")
    assert "it stays hidden" in text_of(coordinator.page)


def test_settling_needs_words_and_a_second_coordinator_is_told(client, cast, posting):
    report = actions.report(About.POSTING, posting, cast.maya, "Hm.")
    coordinator = client(cast.ruiz)
    assert coordinator.post(f"/reports/{report.id}", data={}).status_code == 422
    assert Report.get().state == "open"
    other = factories.make_person("coordinator", "Jo Park")
    actions.settle(report, other, "Done.")
    answer = coordinator.post(f"/reports/{report.id}", data={f"r{report.id}-words": "Mine."})
    assert answer.status_code == 409
    assert "Jo Park has settled this one already" in text_of(coordinator.page) and "Mine." in text_of(coordinator.page)
    assert coordinator.post("/reports/999", data={}).status_code == 404


def test_who_may_settle_a_report_in_which_state(cast, posting):
    """The truth table: state x person."""
    people = (cast.maya, cast.dana, cast.okafor, cast.ruiz, None)
    report = actions.report(About.POSTING, posting, cast.maya, "Hm.")
    assert [MOVES["settle"].allows(person, report) for person in people] == [False, False, False, True, False]
    actions.settle(report, cast.ruiz, "Done.")
    assert [MOVES["settle"].allows(person, report) for person in people] == [False] * 5


def test_a_teacher_does_not_lift_what_a_student_reported(client, cast, posting):
    actions.report(About.POSTING, posting, cast.maya, "Hm.")
    teacher = client(cast.okafor)
    teacher.get(f"/review/{posting.id}")
    assert "hidden until a coordinator has looked" in text_of(teacher.page)
    assert not having(teacher.page, "data-move", "put_back")
    assert teacher.post(f"/review/{posting.id}/put_back").status_code == 422
    assert fresh(posting).state == "paused"


def test_the_employer_never_reads_who_reported(client, cast, posting):
    actions.report(About.POSTING, posting, cast.maya, "He asked for my home address.")
    hold = Step.of(posting).order_by(Step.id.desc()).first()
    assert (hold.move, hold.person, hold.reason, hold.detail) == ("hold", None, "", "")


def test_one_report_and_many_take_the_same_number_of_queries(client, cast, posting):
    coordinator = client(cast.ruiz)
    application = factories.make_application("submitted", posting, cast.leo)
    actions.report(About.APPLICATION, posting, cast.dana, "Hm.", application)
    actions.settle(actions.report(About.POSTING, posting, cast.maya, "Hm."), cast.ruiz, "Done.")
    with count_queries() as one:
        coordinator.get("/reports")
    for _number in range(12):
        other = factories.make_posting("open", cast.mill)
        actions.report(About.POSTING, other, cast.leo, "Hm.")
        actions.settle(actions.report(About.POSTING, other, cast.okafor, "Hm."), cast.ruiz, "Done.")
    with count_queries() as many:
        coordinator.get("/reports")
    assert len(having(coordinator.page, "data-report")) == 26
    assert many.count == one.count
