"""Something felt wrong: who may say it, whom it reaches, what stands still, and that nobody else learns of it."""

import pytest

from board import notices
from board.db import database, now
from board.employers import actions as employers
from board.employers.model import Employer, Supervisor
from board.guardians.model import GuardianAnswer
from board.home.lines import lines
from board.mail import actions as mail
from board.moves import NotAllowed, Refused, Step, TooLate, record
from board.notices import Notice
from board.people.model import Person
from board.placements import handing_actions, hold_actions, holding, hours_actions
from board.placements import messages_actions as messages
from board.placements.hours_rules import Work
from board.placements.model import HoursEntry, Message, Placement
from board.postings import actions as postings
from board.postings import revisions
from board.postings.model import Posting
from board.reports import actions, case_actions, freezing, line
from board.reports.model import Report, ReportEntry, ReportReader
from board.reports.rules import MOST_HIDDEN
from board.school.model import School, today
from board.worker.timetable import BY_NAME
from tests import factories
from tests.at_once import at_once
from tests.inspector import having, text_of

SECRET = "He asked for my home address."


def say(school, about="placement", number=None, person=None, **more) -> Report:
    return factories.make_report(about, number or school.placement.id, person or school.maya, SECRET, **more)


def held(school) -> bool:
    return Placement.get_by_id(school.placement.id).held_at is not None


# -- saying it


def test_one_press_without_a_word_makes_a_case_and_its_page_says_what_comes_next(client, school):
    student = client(school.maya)
    address = f"/report/placement/{school.placement.id}"
    student.get(address)
    text = text_of(student.page)
    for said in ("911", "988", "does not replace a report", "Ida Park", "Nils Lund"):
        assert said in text
    assert student.post(address, data={}).status_code == 303
    case = Report.get()
    assert (case.about, case.words, case.state, case.placement_id) == ("placement", "", "new", school.placement.id)
    student.get(address)
    text = text_of(student.page)
    for said in (
        "Thank you",
        "It has arrived",
        "it goes to the next person",
        "911",
        "988",
        "does not replace a report",
    ):
        assert said in text
    for person in (school.maya, school.dana, school.okafor):
        browser = client(person)
        browser.get("/report")
        assert having(browser.page, "href", address), "the foot of every page leads there"
        assert len(having(browser.page, "data-report")) == (person == school.maya)


def places(school) -> list[tuple[str, int, tuple[str, ...]]]:
    """(about, number, who may say it there)."""
    word = messages.write(school.placement, school.dana, "See you.")
    staff = ("okafor", "ruiz")
    return [
        ("posting", school.posting.id, ("maya", "leo", "dana", "omar", *staff)),
        ("thread", school.posting.id, ("dana", "omar", *staff)),
        ("application", school.placement.application_id, ("maya", "dana", *staff)),
        ("placement", school.placement.id, ("maya", "dana", *staff)),
        ("message", word.id, ("maya", *staff)),  # not who wrote it
        ("person", school.maya.id, staff),
        ("employer", school.cedar.id, ("maya", "leo", "omar", *staff)),  # not their own
    ]


def test_who_may_say_it_where_and_for_everybody_else_nothing_is_there(client, school):
    for about, number, may in places(school):
        for name in ("maya", "leo", "dana", "omar", "okafor", "ruiz"):
            browser = client(getattr(school, name))
            expected = 200 if name in may else 404
            assert browser.get(f"/report/{about}/{number}").status_code == expected, (about, name)
            if name not in may:
                assert browser.post(f"/report/{about}/{number}", data={}).status_code == 404, (about, name)
    assert Report.select().count() == 0
    assert client(school.maya).get("/report/nonsense/1").status_code == 404


def test_saying_it_again_adds_to_the_same_case_up_to_a_length(school):
    case = say(school)
    say(school)
    factories.make_report("placement", school.placement.id, school.maya, "And again.", in_danger=True)
    case = Report.get_by_id(case.id)
    assert (case.words, case.in_danger, Report.select().count()) == (f"{SECRET}\n\nAnd again.", True, 1)
    with pytest.raises(Refused):
        factories.make_report("placement", school.placement.id, school.maya, "x" * 8000)


def test_a_parent_or_guardian_says_it_without_an_account(school):
    case = actions.report_by_guardian(school.placement, 7, "She came home crying.")
    assert (case.by, case.guardian_id, case.person_id) == ("guardian", 7, None)
    assert held(school) and Posting.get_by_id(school.posting.id).held_at
    assert actions.report_by_guardian(school.placement, 7, "More.").id == case.id
    application = school.placement.application
    assert actions.of_guardian(application.id, 7).id == case.id and actions.of_guardian(application.id, 8) is None
    assert actions.report_by_guardian(application, 7, "And before.").id == case.id, "from the link of before the match"


def test_two_presses_at_once_make_one_case(school):
    results = at_once(*[lambda: say(school, named=[]).id for _press in range(3)])
    assert Report.select().count() == 1 and results == [Report.get().id] * 3


def test_whoever_looks_after_student_safety_may_have_left(client, school):
    """At the foot stands who is there; what nobody reads any more goes on."""
    case = say(school)
    for one in (school.park, school.lund):
        Person.update(ended_at=now()).where(Person.id == one.id).execute()
    case_actions.move_on()
    assert line.readers(case) == [school.ruiz.id]
    assert client(school.park).get(f"/safety/{case.id}").status_code != 200
    Report.update(state="closed", outcome="other", closed_at=now()).execute()  # and still holds everything
    Person.update(ended_at=now()).where(Person.id == school.ruiz.id).execute()
    late = factories.make_person("coordinator", "Jo Park")
    case_actions.move_on()
    assert case_actions.let_posting(Report.get(), late)
    Person.update(ended_at=None).where(Person.id == school.ruiz.id).execute()
    visitor = client()
    visitor.get("/no-such-page")
    (foot,) = having(visitor.page, "class", "site-footer")
    assert "a work-based learning coordinator, 503 555 0101" in text_of(foot) and "Park" not in text_of(foot)
    assert {one.person_id for one in say(school).readers} == {school.ruiz.id, late.id}


# -- whom it reaches

STAFF = ("park", "lund", "ruiz", "okafor", "vega")


def reads(school) -> set[str]:
    return {name for name in STAFF if Report.seen_by(getattr(school, name)).exists()}


def test_who_sees_a_case_by_what_it_is_about_and_how_far_it_has_come(client, school):
    """The truth table: what it is about × stage × person. Students and employers never."""
    by_park = messages.write(school.placement, school.park, "A word.")
    table = [  # about, number, named; who reads it first, after one and after two deadlines
        ("placement", school.placement.id, (), {"park", "lund"}, {"park", "lund", "ruiz"}, {"park", "lund", "ruiz"}),
        ("message", by_park.id, (), {"lund"}, {"lund", "ruiz"}, {"lund", "ruiz"}),
        ("placement", school.placement.id, (school.park, school.lund), {"ruiz"}, {"ruiz"}, {"ruiz"}),
        ("placement", school.placement.id, (school.park, school.lund, school.ruiz), set(), set(), set()),
    ]  # fmt: skip
    for about, number, named, *stages in table:
        Report.delete().execute()
        case = say(school, about, number, named=[one.id for one in named])
        for expected in stages:
            assert reads(school) == expected, (about, named)
            for name in (*STAFF, "maya", "dana"):
                browser = client(getattr(school, name))
                answer = browser.get(f"/safety/{case.id}").status_code if name not in expected else 200
                assert answer == (200 if name in expected else 404 if name in STAFF else 403), (about, name)
            Report.update(due_at=now()).where(Report.id == case.id).execute()
            case_actions.move_on()


def test_whoever_is_named_later_reads_it_no_longer(client, school):
    case = say(school)
    assert client(school.park).get(f"/safety/{case.id}").status_code == 200
    say(school, named=[school.park.id])
    assert reads(school) == {"lund"} and client(school.park).get(f"/safety/{case.id}").status_code == 404
    say(school, named=[school.lund.id])
    assert reads(school) == {"ruiz"}, "the next in line at once"


def test_of_everybody_who_could_come_to_read_it_one_can_say_that_it_is_about_them(client, school):
    """Also of those whom it would reach much later; and whoever reads it can say so of others, or of themself."""
    student, address = client(school.maya), f"/report/placement/{school.placement.id}"
    student.get(address)
    assert {"Ida Park", "Nils Lund", "Elena Ruiz", "Sam Okafor", "Rosa Vega"} <= {
        text_of(label) for label in having(student.page, "class", "choice")
    }
    case = say(school)
    reader = client(school.park)
    for people, status in (([], 422), ([school.maya.id], 422), ([school.ruiz.id], 303), ([school.ruiz.id], 422)):
        assert reader.post(f"/safety/{case.id}/about", data={"about-people": people}).status_code == status, people
    assert reader.post(f"/safety/{case.id}/pass-on").status_code == 422, "nobody else may read it"
    reader.get(f"/safety/{case.id}")
    assert "wrote down that it is about Elena Ruiz" in text_of(reader.page)
    assert reader.post(f"/safety/{case.id}/about", data={"about-people": [school.park.id]}).location == "/safety"
    assert reads(school) == {"lund"}


def test_the_safety_person_who_leads_the_placement_steps_aside(client, school):
    """Also from what is said on the page of the posting; and the page says so before."""
    Placement.update(lead=school.park).where(Placement.id == school.placement.id).execute()
    student = client(school.maya)
    student.get(f"/report/posting/{school.posting.id}")
    assert "It goes to Nils Lund at once, and to nobody else" in text_of(student.page)
    assert "goes to the next person" in text_of(student.page)
    say(school, "posting", school.posting.id, named=[school.ruiz.id])
    assert reads(school) == {"lund"}
    student.get(f"/report/posting/{school.posting.id}")
    assert "they are told again" in text_of(student.page), "nobody is next in line"


def test_nobody_left_says_whom_to_call_and_whoever_comes_later_gets_it(client, school):
    case = say(school, named=[school.park.id, school.lund.id, school.ruiz.id])
    student = client(school.maya)
    student.get(f"/report/placement/{school.placement.id}")
    assert "Nobody who may read this" in text_of(student.page) and "1-800-422-4453" in text_of(student.page)
    assert line.readers(case) == [] and held(school)
    late = factories.make_person("coordinator", "Jo Park")
    case_actions.move_on()
    assert line.readers(case) == [late.id]


def test_it_goes_on_once_each_and_is_told_again_when_nobody_is_left(school):
    case = say(school)
    assert case_actions.move_on() == {"passed": 0, "again": 0}
    for expected in ({"passed": 1, "again": 0}, {"passed": 0, "again": 1}):
        Report.update(due_at=now()).where(Report.id == case.id).execute()
        assert case_actions.move_on() == expected and case_actions.move_on() == {"passed": 0, "again": 0}
    assert [e.kind for e in case.entries.order_by(ReportEntry.id)].count("passed_on") == 1
    case_actions.look(case, school.ruiz)
    Report.update(due_at=now()).where(Report.id == case.id).execute()
    assert case_actions.move_on() == {"passed": 0, "again": 0}, "it is opened"


def test_a_new_safety_person_reads_what_goes_on(school):
    say(school)
    School.update(safety_person=school.vega.id).execute()
    case_actions.move_on()
    assert "vega" not in reads(school), "who covers it steps aside"
    other = factories.make_person("teacher", "Ola Berg")
    School.update(safety_person=other.id).execute()
    case_actions.move_on()
    assert Report.seen_by(other).exists()


# -- what stands still


def test_messages_hours_files_and_text_are_kept_as_they_are(client, school):
    word = messages.write(school.placement, school.dana, "Call me on 555-014-2233.")
    entry = HoursEntry.create(placement=school.placement, worked_on=today(), minutes=60, did="Sketch")
    link = handing_actions.add_link(school.placement, school.maya, "https://docs.example/1")
    case = say(school)
    assert held(school) and Posting.get_by_id(school.posting.id).held_at
    for person in (school.maya, school.dana, school.okafor):
        answer = client(person).post(f"/placements/{school.placement.id}/messages", data={"words": "Hello?"})
        assert answer.status_code == 409 and "talk to the school" in answer.text
    case_actions.look(case, school.park)
    case_actions.let_placement(case, school.park)
    assert not held(school)
    placement = Placement.get_by_id(school.placement.id)
    work = Work(today(), "Less", 30)
    for act in (
        lambda: messages.write(placement, school.dana, "Hello?"),
        lambda: messages.let_pass(placement, word.id, school.okafor),
        lambda: messages.stop(placement, word.id, school.okafor, "No."),
        lambda: hours_actions.change(entry, placement, school.maya, work),
        lambda: hours_actions.remove(entry, placement, school.maya),
        lambda: handing_actions.remove(placement, school.maya, link.id),
        lambda: revisions.propose(Posting.get_by_id(school.posting.id), school.dana, {"hours": 11}),
        lambda: postings.put_back(Posting.get_by_id(school.posting.id), school.okafor),
    ):
        with pytest.raises(Refused):
            act()
    student = client(school.maya)
    assert student.post(f"/placements/{placement.id}/hours/{entry.id}/remove").status_code == 409
    assert "keeps this as it is" in text_of(student.page)
    case_actions.let_messages(case, school.park)
    messages.write(placement, school.dana, "Hello again.")
    assert placement.id in [one for (one,) in freezing.frozen_placements().tuples()]
    case_actions.let_posting(case, school.park)
    assert (
        Posting.get_by_id(school.posting.id).state == "filled" or Posting.get_by_id(school.posting.id).held_at is None
    )
    case_actions.close(case, school.park, "settled")
    hours_actions.remove(entry, placement, school.maya)
    assert not freezing.frozen_placements().exists() and Message.select().count() == 2


def test_a_coordinator_does_not_lift_what_a_case_holds_and_two_cases_hold_until_both_let_go(client, school):
    first, second = say(school), say(school, person=school.okafor)
    with pytest.raises(Refused):
        hold_actions.lift(Placement.get_by_id(school.placement.id), school.ruiz)
    coordinator = client(school.ruiz)
    coordinator.get(f"/placements/{school.placement.id}")
    assert not having(coordinator.page, "data-move", "lift") and SECRET not in text_of(coordinator.page)
    for case, goes_on in ((first, False), (second, True)):
        case_actions.look(case, school.park)
        assert case_actions.let_placement(case, school.park) is goes_on
    assert not held(school)
    with pytest.raises(TooLate):
        case_actions.let_placement(second, school.park)


def test_what_was_on_hold_before_stays_so_when_the_last_of_two_cases_lets_go(school):
    hold_actions.hold(school.placement, school.okafor, "The parents called.")
    postings.pull(Posting.get_by_id(school.posting.id), school.okafor, "The text promises too much.")
    for case in (say(school), say(school, person=school.okafor)):
        case_actions.look(case, school.park)
        assert case_actions.let_placement(case, school.park) is False and held(school)
        assert case_actions.let_posting(case, school.park) is False
    hold_actions.lift(Placement.get_by_id(school.placement.id), school.ruiz)
    postings.put_back(Posting.get_by_id(school.posting.id), school.ruiz)


def test_what_has_come_about_meanwhile_keeps_it_on_hold_for_a_reason_the_school_reads(school):
    """Suspended is how a case may well end: to let everything go must not let a student work there."""

    def suspend():
        employers.move("suspend", Employer.get_by_id(school.cedar.id), school.ruiz, "Not here.")

    def drop():
        supervisor = Supervisor.create(employer=school.cedar, name="Pat Lind", title="Owner")
        Placement.update(supervisor=supervisor).execute()
        record(school.cedar, "drop_supervisor", school.ruiz, "verified", detail={"supervisor": supervisor.id})

    def take_back():
        GuardianAnswer.update(withdrawn_at=now()).execute()
        record(school.placement, "guardian_no", None, "active")

    def hide():
        Person.update(not_shown=True).where(Person.id == school.maya.id).execute()

    case = case_actions.look(say(school), school.park)
    for come_about, why in (
        (hide, "not_shown"),
        (take_back, "guardian_no"),
        (drop, "supervisor"),
        (suspend, "suspended"),
    ):
        with database.atomic() as meanwhile:
            come_about()
            case_actions.close(case, school.park, "suspended", let_go=True)
            placement = Placement.get_by_id(school.placement.id)
            last = Step.of(placement).where(Step.move == "hold").order_by(Step.id.desc()).first()
            assert placement.held_at and last.facts["why"] == why and why in holding.WHY_HELD
            assert not Report.get_by_id(case.id).holds_placement and holding.lifts(school.ruiz, placement), why
            assert bool(Posting.get_by_id(school.posting.id).held_at) is (come_about is suspend)
            meanwhile.rollback()
    case_actions.close(case, school.park, "settled", let_go=True)
    assert not held(school)


def test_what_a_teacher_has_decided_to_let_go_on_with_a_suspended_employer_goes_on_after_a_case(school):
    def suspend():
        employers.move("suspend", Employer.get_by_id(school.cedar.id), school.ruiz, "Not here.")

    suspend()
    hold_actions.lift(Placement.get_by_id(school.placement.id), school.ruiz)
    hold_actions.keep_going(Placement.get_by_id(school.placement.id), school.okafor, "Ms. Vega looks in every day.")
    case = case_actions.look(say(school), school.park)
    assert held(school) and case_actions.let_placement(case, school.park) is True and not held(school)
    case = case_actions.look(say(school, person=school.okafor), school.park)
    employers.move("verify", Employer.get_by_id(school.cedar.id), school.ruiz, "We have talked.")
    suspend()  # nobody has decided anything about this time
    assert case_actions.let_placement(case, school.park) is False and held(school)


@pytest.mark.parametrize(("who", "hides"), [("maya", True), ("okafor", True), ("dana", False)])
def test_whose_word_hides_the_project(school, who, hides):
    say(school, "application", school.placement.application_id, getattr(school, who))
    assert bool(Posting.get_by_id(school.posting.id).held_at) is hides and held(school)
    assert Posting.seen_by(school.leo).where(Posting.id == school.posting.id).exists() is not hides


def test_nobody_empties_the_board_by_pressing_on_every_page_of_it(client, school):
    """What comes on top of a handful is read like anything else, and a project one works on always stands still."""
    others = [factories.make_posting("open", school.mill) for _ in range(MOST_HIDDEN + 1)]
    for posting in others:
        factories.make_report("posting", posting.id, school.maya)
    hidden = [Posting.get_by_id(posting.id).held_at is not None for posting in others]
    assert hidden == [True] * MOST_HIDDEN + [False] and Report.select().count() == len(others)
    student = client(school.maya)
    student.get(f"/report/posting/{factories.make_posting('open', school.mill).id}")
    assert "The project is hidden" not in text_of(student.page), "the page promises no more than it does"
    assert say(school, "posting", school.posting.id).holds_posting, "her own"


# -- nobody else learns of it


def test_the_employer_and_other_staff_read_nothing_of_it_anywhere(client, school, settings):
    case = say(school, in_danger=True)
    case_actions.look(case, school.park)
    case_actions.note(case, school.park, "Talked to Maya alone.")
    case_actions.say_to_reporter(case, school.park, "Come by at three.")
    notices.deliver()
    mail.gather()
    letters = factories.letters(settings)
    number, posting = school.placement.id, school.posting.id
    for person in (school.dana, school.okafor, school.ruiz, school.vega, school.leo):
        browser = client(person)
        addresses = ["/", "/notices", "/placements", "/messages", "/report", "/projects", f"/placements/{number}",
                     f"/employers/{school.cedar.id}"]  # fmt: skip
        addresses += [f"/employer/postings/{posting}", "/employer/postings"] if person.is_employer else []
        addresses += (
            ["/safety", "/review", f"/review/{posting}", f"/students/{school.maya.id}"] if person.is_teacher else []
        )
        of_people = [f"/people/{one.id}/record/file" for one in (school.maya, school.dana, school.park)]
        addresses += [*of_people, "/settings/audit", "/settings/worker"] if person.is_coordinator else []
        texts = [browser.get(address).text.replace('": ', '":') for address in addresses]
        texts += [one.as_string() for one in letters if person.email in str(one["to"])]
        for text in texts:
            for secret in (
                SECRET,
                "Talked to Maya alone",
                "Come by at three",
                "said that something felt wrong",
                f"/safety/{case.id}",
                '"noun":"report"',
                '"report":',
            ):
                assert secret not in text, (person.name, secret)
    employer = client(school.dana)
    employer.get(f"/placements/{number}")
    assert "The school has paused it" in text_of(employer.page)
    assert SECRET in client(school.maya).get("/account/record/file").text, "what she said is hers to read"
    Report.update(state="new", due_at=now()).execute()
    assert BY_NAME["safety"].run() is None, "every coordinator reads how much the worker did"


def test_letters_to_the_line_and_to_whoever_said_it_hold_no_words(school, settings):
    case = say(school)
    case_actions.look(case, school.park)
    case_actions.say_to_reporter(case, school.park, "Come by at three.")
    notices.deliver()
    mail.gather()
    sent = {str(one["to"]): one.get_body(("plain",)).get_content() for one in factories.letters(settings)}
    for person in (school.park, school.lund):
        text = next(text for to, text in sent.items() if person.email in to)
        assert "Open it today" in text
        assert not [word for word in (SECRET, "Come by", "Maya", "Cedar", "Poster") if word in text]
    told = [line.words for line in lines(list(Notice.select().where(Notice.person == school.maya)), school.maya)]
    assert "The school has an answer for you on the board." in told  # her letter waits for the morning
    held = Notice.select().join(Step).where(Step.noun == "placement", Step.move == "hold").select(Notice.person)
    assert school.ruiz.id not in {person for (person,) in held.tuples()}, "a coordinator may be whom it is about"


def told_of(person) -> list[tuple[str, str]]:
    """Of a project that stopped or goes on: the sentence, and where it leads."""
    rows = Notice.select().join(Step).where(Notice.person == person, Step.move.in_(("hold", "lift", "put_back")))
    return [(line.words % line.values, line.address) for line in lines(list(rows.order_by(Notice.id)), person)]


@pytest.mark.parametrize(("state", "seats"), [("filled", 1), ("open", 2)])
def test_an_employer_hears_once_that_a_project_stops_and_once_that_it_goes_on(school, settings, state, seats):
    """Of the work, and not of the posting beside it as well, whether it was filled or on the board."""
    Posting.update(state=state, seats=seats).where(Posting.id == school.posting.id).execute()
    case, work = say(school), f"/placements/{school.placement.id}"
    notices.deliver()
    paused = f"The school has paused “{school.posting.title}” for now. You need not do anything."
    assert told_of(school.dana) == [(paused, work)]
    case_actions.close(case_actions.look(case, school.park), school.park, "settled", let_go=True)
    notices.deliver()
    goes_on = f"“{school.posting.title}” goes on."
    assert Posting.get_by_id(school.posting.id).state == state
    assert told_of(school.dana) == [(paused, work), (goes_on, work)]
    letters = [one.get_body(("plain",)).get_content() for one in factories.letters(settings) if school.dana.email in str(one["to"])]  # fmt: skip
    assert sum("has paused" in letter for letter in letters) == sum("goes on" in letter for letter in letters) == 1


def test_an_employer_hears_of_the_posting_where_nobody_tells_them_of_the_work(school):
    """It stood still before, or they are shown nothing of this student; and each by itself goes on by itself."""
    desk = f"/employer/postings/{school.posting.id}"
    hold_actions.hold(school.placement, school.okafor, "We talk first.")
    case = say(school)
    notices.deliver()
    assert [address for _words, address in told_of(school.dana)][1:] == [desk]
    case_actions.close(case_actions.look(case, school.park), school.park, "settled", let_go=True)
    notices.deliver()
    assert [address for _words, address in told_of(school.dana)][2:] == [desk]
    hold_actions.lift(Placement.get_by_id(school.placement.id), school.ruiz)
    Person.update(not_shown=True).where(Person.id == school.maya.id).execute()
    Notice.delete().execute()
    say(school)
    notices.deliver()
    assert [address for _words, address in told_of(school.dana)] == [desk]


def test_no_step_says_who_it_was(school):
    say(school)
    steps = Step.select().where(Step.noun == "report") | Step.select().where(Step.move == "hold")
    assert {step.person_id for step in steps} == {None} and not any(step.reason for step in steps)


# -- the case


def test_the_case_shows_its_evidence_and_its_own_log(client, school):
    messages.write(school.placement, school.dana, "What is your address?")
    case = say(school)
    browser = client(school.park)
    browser.get("/")
    assert "Something felt wrong to somebody" in text_of(browser.page)
    browser.get(f"/safety/{case.id}")
    text = text_of(browser.page)
    for said in (
        SECRET,
        "Maya Rivera",
        "What is your address?",
        "Cedar Print",
        "It went to Nils Lund",
        "opened it",
        "911",
    ):
        assert said in text, said
    assert Report.get_by_id(case.id).state == "open"
    assert ReportReader.get(ReportReader.person == school.park).opened_at
    for name, data, status in (
        ("note", {"note-words": "Called home."}, 303), ("note", {"note-words": " "}, 422),
        ("mandated", {"mandated-done_on": today().isoformat(), "mandated-to": "State hotline"}, 303),
        ("mandated", {"mandated-done_on": "2999-01-01", "mandated-to": "State hotline"}, 422),
        ("say", {"say-words": "Come by at three."}, 303), ("pass-on", {}, 303), ("pass-on", {}, 422),
        ("messages", {}, 303), ("messages", {}, 409), ("close", {}, 422),
        ("close", {"close-outcome": "settled", "close-let_go": "y"}, 303), ("close", {"close-outcome": "settled"}, 409),
        ("reopen", {"reopen-words": "It happened again."}, 303), ("nonsense", {}, 404),
    ):  # fmt: skip
        assert browser.post(f"/safety/{case.id}/{name}", data=data).status_code == status, (name, data)
    kinds = [one.kind for one in case.entries.order_by(ReportEntry.id)]
    assert kinds[0] == "arrived" and {"note", "mandated", "told", "messages", "placement", "posting", "closed", "reopened"} <= set(kinds)  # fmt: skip
    assert not held(school)
    student = client(school.maya)
    student.get(f"/report/placement/{school.placement.id}")
    assert "Come by at three." in text_of(student.page) and "Called home." not in text_of(student.page)


def test_a_case_leads_to_each_of_its_parts_and_what_is_long_lies_folded(client, school):
    words = [messages.write(school.placement, school.dana, f"Word {number}.") for number in range(4)]
    HoursEntry.create(placement=school.placement, worked_on=today(), minutes=60, did="Sketch")
    of_all, of_one, reader = say(school), say(school, "message", words[0].id), client(school.park)
    for case, opened in ((of_all, set()), (of_one, {"messages-title"})):
        reader.get(f"/safety/{case.id}")
        ways = next(nav for nav in reader.page.iter("nav") if nav.get("aria-label") == "On this page")
        to = [one.get("href")[1:] for one in ways.iter("a")]
        assert to == [one.get("id") for one in reader.page.iter("h2")]
        folds = [one for one in reader.page.iter("details") if "fold" in one.get("class", "").split()]
        named = {one.find("summary/h2").get("id"): one for one in folds}
        assert set(named) == {"messages-title", "hours-title", "text-title"}
        assert {name for name, one in named.items() if one.get("open") is not None} == opened
        assert "Word 3." in text_of(named["messages-title"]) and "Sketch" in text_of(named["hours-title"])


def test_what_stood_on_a_profile_is_kept_however_it_changes_afterwards(client, school):
    Employer.update(about="We like our interns quiet.").where(Employer.id == school.cedar.id).execute()
    case = say(school, "employer", school.cedar.id)
    Employer.update(about="We print posters.").where(Employer.id == school.cedar.id).execute()
    reader = client(school.park)
    reader.get(f"/safety/{case.id}")
    assert "This stood on the page: “Cedar Print We like our interns quiet.”" in text_of(reader.page)


def test_only_the_line_does_anything_with_a_case(client, school):
    case = say(school)
    for person in (school.okafor, school.ruiz, school.vega):
        with pytest.raises(NotAllowed):
            case_actions.note(case, person, "Hm.")
        assert client(person).post(f"/safety/{case.id}/note", data={"note-words": "Hm."}).status_code == 404


def test_the_safety_person_stands_at_the_foot_of_every_page_and_a_coordinator_chooses_them(client, cast):
    coordinator = client(cast.ruiz)
    data = {"name": "Lincoln High School", "state": "OR", "time_zone": "America/Los_Angeles", "minimum_age": "14",
            "minimum_pay_cents": "15", "safety_phone": "503 555 0101"}  # fmt: skip
    twice = {"safety_person": str(cast.okafor.id), "safety_backup": str(cast.okafor.id)}
    assert coordinator.post("/settings", data=data | twice).status_code == 422
    assert coordinator.post("/settings", data=data | {"safety_person": str(cast.okafor.id)}).status_code == 303
    for browser in (client(), client(cast.maya), client(cast.dana), coordinator):
        browser.get("/")
        (foot,) = having(browser.page, "class", "site-footer")
        assert "Sam Okafor" in text_of(foot) and "503 555 0101" in text_of(foot) and cast.okafor.email in text_of(foot)
