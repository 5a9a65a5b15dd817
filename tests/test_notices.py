"""Who hears of what: once, never of one's own doing, and never a student's name on the way to an employer."""

import re
from datetime import timedelta

import pytest
from playhouse.test_utils import count_queries

from board import notices
from board.applications import actions as applications
from board.applications import reminders
from board.applications import rules as application_rules
from board.applications.model import Application, Reason
from board.db import now
from board.employers import actions as employers
from board.employers import inviting, vetting_actions, vetting_days
from board.employers.model import Employer, Supervisor
from board.employers.vetting_model import SupervisorCheck
from board.experience import actions as experience
from board.guardians import actions as guardians
from board.guardians.model import GuardianAsk, Word
from board.home.lines import lines
from board.moves import Step, make, record
from board.notices import HEARS, Notice, deliver
from board.people import accounts
from board.people.actions import accept, find_key
from board.people.model import KeyKind, Person
from board.placements import agreement_actions as agreements
from board.placements import check_in_actions, feedback_days, handing_actions, hours_actions, plan_actions
from board.placements import closing_actions as closing
from board.placements import completing_actions as completing
from board.placements import ending_actions as ending
from board.placements import feedback_actions as feedback
from board.placements import hold_actions as holding
from board.placements import match_actions as matches
from board.placements import messages_actions as messages
from board.placements import payment_actions as payments
from board.placements import reminders as placement_reminders
from board.placements import rules as placement_rules
from board.placements.hours_rules import Work
from board.placements.match_rules import Choice
from board.placements.model import Attachment, CheckIn, Delivery, HoursEntry, Party, Payment, Placement
from board.postings import actions as postings
from board.postings import content, hands, late, revisions, searches, second, watch
from board.postings import rules as posting_rules
from board.postings.model import Posting, Revision
from board.postings.rules import DeclineReason
from board.postings.similar import similar, similar_to
from board.privacy import corrections
from board.reports import case_actions
from board.reports import rules as report_rules
from board.reports.model import Report
from board.school.model import School, today
from board.search.criteria import Criteria
from board.suggestions import actions as suggestions
from board.suggestions import rules as suggestion_rules
from board.suggestions.model import Suggestion
from tests import factories
from tests.inspector import having, text_of, words


def hearers(move: tuple[str, str]) -> set[str]:
    """First names of everybody told of the last step of this kind."""
    step = Step.select().where(Step.noun == move[0], Step.move == move[1]).order_by(Step.id.desc()).first()
    assert step, f"no step {move}"
    query = Person.select().join(Notice).where(Notice.step == step)
    return {person.name.split()[0] for person in query}


@pytest.fixture
def colleague(cast):
    return factories.make_person("employer", "Rosa Vega", employer=cast.cedar)


def posting_moves(cast):
    """Every move of a posting and of a change to it that anybody hears of."""
    made = factories.make_posting("submitted", cast.cedar, title="Poster")
    postings.comment(made, cast.okafor, "Who is in the shop?")
    yield ("posting", "submit"), {"Sam", "Elena"}
    yield ("posting", "comment"), {"Dana"}
    postings.comment(made, cast.dana, "Nobody.")
    yield ("posting", "comment"), {"Sam"}  # who took part
    postings.approve(made, cast.okafor)
    yield ("posting", "approve"), {"Dana"}
    postings.ask_changes(factories.make_posting("submitted", cast.cedar), cast.okafor, {"pay": "More."})
    yield ("posting", "ask_changes"), {"Dana"}
    postings.decline(factories.make_posting("submitted", cast.cedar), cast.okafor, DeclineReason.PAY, "Too low.")
    yield ("posting", "decline"), {"Dana"}
    postings.pull(made, cast.okafor, "The address is wrong.")
    yield ("posting", "pull"), {"Dana"}
    postings.put_back(made, cast.okafor)
    yield ("posting", "put_back"), {"Dana"}
    factories.make_application("submitted", made, cast.leo)
    factories.make_application("draft", made, cast.maya)
    change = revisions.propose(made, cast.dana, {"hours": 11})
    yield ("revision", "propose"), {"Sam", "Elena"}
    revisions.return_revision(change, cast.okafor, "Then pay more.")
    yield ("revision", "return"), {"Dana"}
    revisions.approve_revision(revisions.propose(made, cast.dana, {"hours": 9}), cast.okafor)
    yield ("revision", "approve"), {"Dana"}
    yield ("posting", "revise"), {"Leo"}
    report = factories.make_report("posting", made.id, cast.maya, "He asked for my address.")
    yield ("posting", "hold"), {"Dana"}
    case_actions.let_posting(case_actions.look(report, cast.ruiz), cast.ruiz)
    paused = factories.make_posting("paused", cast.cedar)
    report = factories.make_report("posting", paused.id, cast.maya, "Hm.")
    yield ("report", "report"), {"Elena"}
    factories.make_report("posting", paused.id, cast.maya, "And he asked again.")
    yield ("report", "add"), {"Elena"}
    Report.update(due_at=now()).where(Report.id == report.id).execute()
    case_actions.move_on()
    yield ("report", "still"), {"Elena"}
    factories.make_person("coordinator", "Jo Park")
    case_actions.pass_on(report, cast.ruiz)
    yield ("report", "pass_on"), {"Jo"}
    case_actions.let_posting(report, cast.ruiz)
    yield ("posting", "lift"), {"Dana"}
    factories.close_report(report, cast.ruiz, words="Fine.")
    yield ("report", "answer"), {"Maya"}
    postings.close(Posting.get_by_id(made.id), cast.okafor)
    yield ("posting", "close"), {"Dana"}
    postings.close(Posting.get_by_id(paused.id), cast.dana)
    yield ("posting", "close"), set()
    dated = factories.make_posting("open", cast.cedar)
    factories.make_application("submitted", dated, cast.leo)
    postings.save(dated, cast.noor)
    for move, day, hear in (
        ("closing_soon", dated.apply_by, {"Dana", "Noor"}), ("expired", dated.decide_by, {"Dana"}),
        ("decide_due", dated.decide_by, {"Dana"}), ("decide_late", dated.decide_by + timedelta(days=1), {"Dana"}),
    ):  # fmt: skip
        reminders.remind(day)
        yield ("posting", move), hear


def application_moves(cast):
    def sent(state="submitted", student=cast.maya):
        return factories.make_application(state, factories.make_posting("open", cast.cedar), student)

    draft = sent("draft")
    applications.answer_reading(applications.ask_to_read(draft, cast.maya, cast.okafor), cast.okafor, "Good.")
    yield ("application", "ask_to_read"), {"Sam"}
    yield ("application", "read"), {"Maya"}
    applications.withdraw(draft, cast.maya)
    yield ("application", "withdraw"), set()
    one = sent()
    yield ("application", "submit"), {"Dana"}
    applications.shortlist(one, cast.dana)
    yield ("application", "shortlist"), {"Maya"}
    applications.offer(one, cast.dana, today() + timedelta(days=3))
    yield ("application", "offer"), {"Maya"}
    applications.take_offer_back(one, cast.dana, "We had to change the plan.")
    yield ("application", "take_offer_back"), {"Maya"}
    sent("accepted")
    yield ("application", "accept"), {"Dana"}
    sent("turned_down")
    yield ("application", "turn_down"), {"Dana"}
    applications.withdraw(sent(), cast.maya)
    yield ("application", "withdraw"), {"Dana"}
    sent("lapsed")
    yield ("application", "lapse"), {"Maya", "Dana"}
    ending = sent("offered")
    Step.update(at=now() - timedelta(days=1)).where(Step.noun_id == ending.id, Step.move == "offer").execute()
    reminders.remind(ending.answer_by)
    yield ("application", "offer_due"), {"Maya"}
    applications.not_select(sent(), cast.dana, Reason.CLOSE_CALL, "It was close.")
    yield ("application", "not_select"), {"Maya"}
    offered = sent("offered")
    factories.make_application("submitted", offered.posting, cast.leo)
    postings.close(Posting.get_by_id(offered.posting_id), cast.dana)
    yield ("application", "revoke"), {"Maya"}
    yield ("application", "release"), {"Leo"}


def employer_moves(cast):
    person = employers.join({"name": "Bay Bikes"}, "Ana Bell", "ana@example.org")
    yield ("employer", "join"), {"Elena"}
    new = person.employer
    employers.move("verify", new, cast.ruiz, "We know them.")
    yield ("employer", "verify"), {"Ana"}
    employers.move("suspend", new, cast.ruiz, "Until we have talked.")
    yield ("employer", "suspend"), {"Ana"}
    employers.move("refuse", cast.newcomer, cast.ruiz, "We could not reach anybody.")
    yield ("employer", "refuse"), {"Nia"}
    scam = "Earn $300 a week from home. Be your own boss. Get paid weekly. No experience needed, apply now."
    factories.make_posting("submitted", cast.cedar, description=scam)
    yield ("employer", "alert"), {"Elena"}
    make(employers.MOVES["lapse"], cast.mill, None)
    yield ("employer", "lapse"), {"Omar", "Elena"}
    employers.move("verify", cast.mill, cast.ruiz, "As last year.")
    Employer.update(verified_until=today() + timedelta(days=9)).where(Employer.id == cast.mill.id).execute()
    person = Supervisor.create(employer=cast.mill, name="Pat Lindqvist")
    vetting_actions.check(cast.mill, cast.ruiz, "exists", "fine", "Seen.")
    vetting_actions.check_supervisor(person, cast.ruiz, "clear", today(), "State police", today())
    vetting_actions.vet(person, cast.ruiz, today() + timedelta(days=9))
    yield ("employer", "vet_supervisor"), {"Omar"}
    vetting_days.daily(today())
    yield ("employer", "check_ends"), {"Omar", "Elena"}
    yield ("employer", "supervisor_ends"), {"Omar", "Elena"}
    SupervisorCheck.update(vetted_until=today() - timedelta(days=1)).where(
        SupervisorCheck.supervisor == person
    ).execute()
    vetting_days.daily(today())
    yield ("employer", "supervisor_lapse"), {"Omar", "Elena"}
    vetting_actions.check_supervisor(person, cast.ruiz, "not_clear", today())
    yield ("employer", "drop_supervisor"), {"Omar"}
    employers.move("renew", Employer.get_by_id(cast.mill.id), cast.ruiz, "As last year.")
    yield ("employer", "renew"), {"Omar"}


def search_moves(cast):
    searches.save(Criteria(q="trombone"), cast.maya)
    searches.save(Criteria(place="remote"), cast.leo)
    factories.make_posting("open", cast.cedar, **factories.ON_SITE, title="Clean a trombone")
    watch.watch()
    yield ("saved_search", "find"), {"Maya"}


def circle_moves(cast):
    rosa = Person.get(Person.name == "Rosa Vega")
    assert came(rosa) and came(cast.dana)
    hands.hand_over(factories.make_posting("open", cast.cedar), cast.dana, rosa)
    yield ("posting", "hand_over"), {"Rosa"}
    hands.hand_over_all(cast.cedar, rosa, rosa, cast.dana)
    yield ("employer", "hand_over"), {"Dana"}
    third = factories.make_person("employer", "Theo Lund", employer=cast.cedar)
    accept(find_key(KeyKind.INVITATION, accounts.invite(third, cast.dana)), "Theo Lund", "quiet purple riverbank")
    yield ("person", "arrive"), {"Dana", "Rosa"}
    hands.leave(rosa)
    yield ("employer", "leave"), {"Dana", "Theo"}
    _teacher, token = accounts.invite_teacher("Ida Park", "ida.park@example.org", cast.ruiz)
    accept(find_key(KeyKind.INVITATION, token), "Ida Park", "quiet purple riverbank")
    yield ("person", "arrive"), {"Elena"}
    _ana, token = inviting.invite("Ana Lee", "ana.lee@example.org", cast.ruiz, None, "Lee & Co")
    accept(find_key(KeyKind.INVITATION, token), "Ana Lee", "quiet purple riverbank")
    yield ("person", "arrive"), {"Elena"}
    hands.leave(factories.make_person("employer", "Ivo Hale", employer=factories.make_employer()))
    yield ("employer", "leave"), {"Elena"}  # nobody is left there


IDEA = {"organization": "Harbor Bikes", "place": "Harbor", "why": "They mend my bike.", "title": "A price list",
        "make": "One page for the door.", "hours": 8}  # fmt: skip


def suggestion_moves(cast):
    came(cast.omar)
    suggestions.suggest(cast.maya, IDEA)
    yield ("suggestion", "suggest"), {"Elena"}
    first = Suggestion.get(Suggestion.student == cast.maya)
    person, token = suggestions.invite(first, cast.ruiz, "Harbor Bikes", "Ana Bell", "ana.bell@example.org")
    yield ("suggestion", "invite"), {"Maya"}
    accept(find_key(KeyKind.INVITATION, token), "Ana Bell", "quiet purple riverbank")
    yield ("suggestion", "come"), {"Maya"}
    employers.move("verify", person.employer, cast.ruiz, "We know them.")
    draft = Posting.get(Posting.employer == person.employer)
    postings.save_draft(draft, person, factories.full_content())
    postings.submit(Posting.get_by_id(draft.id), person)
    postings.approve(Posting.get_by_id(draft.id), cast.okafor)
    yield ("suggestion", "open"), {"Maya"}
    suggestions.pass_on(suggestions.suggest(cast.maya, IDEA), cast.ruiz, cast.mill)
    yield ("suggestion", "pass_on"), {"Maya"}
    yield ("posting", "pitch"), {"Omar"}
    wish = suggestions.suggest(cast.leo, IDEA | {"title": "", "make": ""})
    suggestions.pass_on(wish, cast.ruiz, cast.mill)
    yield ("employer", "wish"), {"Omar"}
    suggestions.decline(suggestions.suggest(cast.leo, IDEA), cast.ruiz, "They have closed for the winter.")
    yield ("suggestion", "decline"), {"Leo"}


def handing_moves(cast):
    """Work and pay of a placement: who does what, and what the board reminds of."""

    def placed(state="active", **columns):
        began = {"started_at": now() - timedelta(days=30), "starts_on": today() - timedelta(days=30)} | columns
        made = factories.make_placement(state, factories.make_posting("open", cast.cedar), cast.maya, **began)
        payments.take_terms(made)
        return made

    teachers = {"Sam", "Elena"}
    made = placed()
    handing_actions.add_link(made, cast.maya, "example.org")
    handing_actions.remove(made, cast.maya, Attachment.get().id)
    handing_actions.deliver(made, cast.maya, "Here.")
    yield ("placement", "deliver"), {"Dana"}
    handing_actions.send_back(made, cast.dana, 1, "Larger.")
    yield ("placement", "send_back"), {"Maya"}
    handing_actions.deliver(made, cast.maya, "Now.")
    handing_actions.accept(made, cast.dana, 2)
    yield ("placement", "accept_work"), {"Maya", "Sam", "Elena"}
    for say, by, move, hear in (
        (payments.say_paid, cast.dana, ("say_paid", "unpay"), {"Maya"}),
        (payments.say_received, cast.maya, ("say_received", "unreceive"), {"Dana"}),
    ):
        for name, day in zip(move, (today(), None), strict=True):
            say(made, by, day)
            yield ("placement", name), hear
    payments.change_sum(made, cast.dana, 20000, 25000, "A bonus.")
    yield ("placement", "change_pay"), {"Maya"} | teachers
    ended = placed("ended_early")
    payments.settle(ended, cast.okafor, 5000, "A quarter was done.")
    yield ("placement", "settle_pay"), {"Maya", "Dana", "Elena"}
    for days, move, hear in (
        (2, "work_due", {"Maya"}),
        (-1, "work_late", {"Maya"}),
        (-7, "work_very_late", {"Maya"} | teachers),
    ):
        placed(due_on=today() + timedelta(days=days))
        placement_reminders.remind(today())
        yield ("placement", move), hear
    for days, move, hear in ((3, "answer_due", {"Dana"}), (7, "answer_late", {"Dana"} | teachers)):
        Delivery.create(placement=placed("delivered"), number=1, delivered_at=now() - timedelta(days=days, minutes=1))
        placement_reminders.remind(today())
        yield ("placement", move), hear
    for move, columns in (
        ("pay_late", {"due_on": today() - timedelta(days=1)}),
        ("pay_unconfirmed", {"paid_on": today() - timedelta(days=7)}),
    ):
        Payment.update(columns).where(Payment.placement == placed("completed")).execute()
        placement_reminders.remind(today())
        yield ("placement", move), {"Maya", "Dana"} | teachers


def work_moves(cast):
    """The plan, the hours and the check-ins of a placement; Mr. Okafor leads it, Ms. Ruiz covers."""
    posting = factories.make_posting(employer=cast.cedar, hours=12)
    begins = today() - timedelta(days=8)
    dates = {"starts_on": begins, "due_on": begins + timedelta(days=30)}
    placement = factories.make_placement("agreed", posting, cast.maya, lead=cast.okafor, cover=cast.ruiz, **dates)
    plan = [plan_actions.Planned("A first sketch", None)]
    plan_actions.save_plan(placement, cast.maya, plan, None, plan_actions.stamp_of(placement, []))
    yield ("placement", "change_plan"), {"Dana", "Sam", "Elena"}
    plan_actions.start(factories.sign_all(placement), cast.okafor)
    yield ("placement", "start"), {"Maya", "Dana", "Elena"}
    Placement.update(started_at=now() - timedelta(days=8)).where(Placement.id == placement.id).execute()
    placement = Placement.get_by_id(placement.id)
    (one,) = plan_actions.milestones_of(placement)
    stamp, later = plan_actions.stamp_of(placement, [one]), placement.due_on + timedelta(days=2)
    plan_actions.move_dates(placement, cast.okafor, {one.id: today()}, later, stamp)
    yield ("placement", "move_dates"), {"Maya", "Dana"}
    yield ("placement", "move_hand_in"), {"Maya", "Dana", "Elena"}
    plan_actions.tick(one, placement, cast.maya)
    yield ("placement", "milestone_done"), {"Dana"}
    plan_actions.accept(one, placement, cast.dana)
    yield ("placement", "milestone_accepted"), {"Maya"}
    hours_actions.set_goal(placement, cast.maya, 12)
    entry = hours_actions.log(placement, cast.maya, Work(today() - timedelta(days=8), "Sketches", 16 * 60))
    yield ("placement", "hours_over"), {"Maya", "Dana", "Sam", "Elena"}
    yield ("placement", "pay_low"), {"Maya", "Dana", "Sam", "Elena"}
    check_in_actions.daily(today())
    yield ("placement", "check_in_due"), {"Maya", "Dana"}
    yield ("placement", "hours_wait"), {"Dana"}
    hours_actions.query(entry, placement, cast.dana, "Which Tuesday was it?")
    yield ("placement", "query_hours"), {"Maya"}
    hours_actions.change(entry, placement, cast.maya, Work(today() - timedelta(days=7), "Sketches", 60))
    yield ("placement", "answer_hours"), {"Dana"}
    hours_actions.change(entry, placement, cast.maya, Work(today() - timedelta(days=7), "Sketches", 90))
    hours_actions.remove(hours_actions.log(placement, cast.maya, Work(today(), "Sketches", 5)), placement, cast.maya)
    entry = HoursEntry.get_by_id(entry.id)
    hours_actions.confirm(placement, cast.dana, [(entry.id, hours_actions.stamp_of(entry))])
    yield ("placement", "confirm_hours"), {"Maya"}
    check_in_actions.nudge(today() + timedelta(days=3))
    yield ("placement", "check_in_nudge"), {"Dana"}  # the last of two: the employer's
    check_in_actions.answer(placement, cast.dana, True)
    check_in_actions.answer(placement, cast.maya, False, "I would rather not say it to her.")
    yield ("placement", "check_in_help"), {"Sam", "Elena"}
    check_in_actions.settle(
        CheckIn.get(CheckIn.party == "student", CheckIn.placement == placement),
        placement,
        cast.okafor,
        "I called Dana about it.",
    )
    yield ("placement", "check_in_settle"), {"Maya"}


def placement_moves(cast):
    """The moves of a placement as such: who makes them is written here, what they do besides stands with their parts."""

    def placed(state):
        made = factories.make_placement(state, factories.make_posting("open", cast.cedar), cast.maya)
        factories.say_yes(made)
        return made

    factories.make_application(
        "accepted", factories.make_posting("open", cast.cedar), factories.make_student(17, name="Zora Quill")
    )
    yield ("placement", "propose"), {"Sam", "Elena"}  # nobody leads it yet: all teachers
    for move, state, by, hear in (
        ("agree", "proposed", cast.okafor, {"Maya", "Dana"}), ("not_agree", "proposed", cast.okafor, {"Maya", "Dana"}),
        ("start", "agreed", cast.dana, {"Maya", "Sam", "Elena"}), ("deliver", "active", cast.maya, {"Dana"}),
        ("send_back", "delivered", cast.dana, {"Maya"}), ("complete", "delivered", cast.okafor, {"Maya", "Dana"}),
        ("end_early", "active", cast.maya, {"Dana", "Sam", "Elena"}),
    ):  # fmt: skip
        at = {"agree": "agreed_at", "start": "started_at"}.get(move, "ended_at")
        columns = {at: now()} if move not in ("deliver", "send_back") else {}
        make(placement_rules.MOVES[move], placed(state), by, "It changed.", columns=columns)
        yield ("placement", move), hear
    running, phone = placed("active"), "Call 555-014-2233."
    messages.write(running, cast.maya, "Hello.")
    yield ("placement", "message"), {"Dana"}
    held = messages.write(running, cast.maya, phone)
    yield ("placement", "hold_message"), {"Sam", "Elena"}
    messages.stop(running, held.id, cast.okafor, "Not here.")
    yield ("placement", "stop_message"), {"Maya"}
    messages.let_pass(running, messages.write(running, cast.dana, phone).id, cast.okafor)
    yield ("placement", "pass_message"), {"Maya"}


CLOSING = {"quality": 4, "reliability": 4, "communication": 4}
FELT = dict.fromkeys(("clear_task", "answers", "respect", "learning", "again"), 4)


def closing_moves(cast):
    """The end of a placement: Sam leads it, Elena covers."""
    placed = factories.make_placement("delivered", factories.make_posting("open", cast.cedar, hours=6), cast.maya)
    HoursEntry.create(placement=placed, worked_on=today(), minutes=90, did="Drew it.")
    Delivery.create(placement=placed, number=1)
    completing.nudge(placed, cast.okafor, Party.EMPLOYER)
    yield ("placement", "nudge"), {"Dana"}
    holding.hold(placed, cast.okafor, "He asked for my address.")
    yield ("placement", "hold"), {"Maya", "Dana", "Elena"}
    holding.lift(placed, cast.ruiz)
    yield ("placement", "lift"), {"Maya", "Dana", "Sam"}
    closing.close(placed, cast.dana, closing.Closing.of(placed).mark, today(), CLOSING, "It was close.")
    yield ("placement", "accept_work"), {"Maya", "Sam", "Elena"}
    yield ("placement", "confirm_hours"), {"Maya"}
    yield ("placement", "say_paid"), {"Maya"}
    yield ("placement", "give_feedback"), {"Maya"}
    completing.sign_off(placed, cast.okafor)
    yield ("placement", "complete"), {"Maya", "Dana"}
    feedback_days.remind(today() + timedelta(days=3))
    yield ("placement", "feedback_due"), {"Maya"}
    feedback.give_student(placed, cast.maya, FELT, "He asked for my address.")
    yield ("placement", "open_feedback"), {"Maya"}
    employer = factories.make_employer()
    placed = factories.make_placement("active", factories.make_posting("open", employer), cast.leo)
    ending.end_early(placed, factories.employer_person(employer), "fit", "Too low.")
    yield ("placement", "end_early"), {"Leo", "Sam", "Elena"}
    student = factories.make_student(name="Zora Quill")
    factories.make_placement("active", factories.make_posting("open", employer), student)
    accounts.end_account(student, cast.ruiz)
    yield ("placement", "student_left"), {"Sam", "Elena"}
    advised = factories.make_student(name="Odd Moe", adviser=factories.make_person("teacher", "Vera Moss"))
    factories.make_application("submitted", factories.make_posting("open", employer), advised)
    employers.move("suspend", employer, cast.ruiz, "Until we have talked.")
    yield ("placement", "employer_suspended"), {"Sam", "Elena"}
    yield ("employer", "tell_school"), {"Vera"}
    other = factories.make_employer()
    on_site = factories.make_posting("open", other, **factories.ON_SITE)
    factories.make_placement("active", on_site, factories.make_student(name="Ulla Wren"))
    SupervisorCheck.update(vetted_until=today() - timedelta(days=1)).where(
        SupervisorCheck.vetted_until.is_null(False)
    ).execute()
    vetting_days.daily(today())
    yield ("placement", "supervisor_lapsed"), {"Sam", "Elena"}
    make(employers.MOVES["lapse"], other, None)
    yield ("placement", "employer_lapsed"), {"Sam", "Elena"}


def came(person: Person) -> bool:
    """They have taken their invitation up."""
    return bool(Person.update(password_hash="x").where(Person.id == person.id).execute())


def experience_moves(cast):
    kept = factories.make_experience(factories.make_posting("open", cast.cedar), cast.maya)
    yield ("placement", "keep"), {"Maya"}
    experience.record_yes(kept, cast.okafor, today())
    yield ("placement", "sharing_yes"), {"Maya"}
    experience.share(kept, cast.maya)
    experience.withdraw_yes(kept, cast.okafor)
    yield ("placement", "sharing_no"), {"Maya"}


def match_moves(cast):
    """What comes before the start of a placement."""
    later = {
        "starts_on": (today() + timedelta(days=80)).isoformat(),
        "due_on": (today() + timedelta(days=108)).isoformat(),
    }
    posting = factories.make_posting("open", cast.cedar, seats=2, weeks=4, **later)  # they work elsewhere until then
    waits = factories.make_placement("proposed", posting, cast.leo)
    matches.record_yes(waits, cast.okafor, today())
    agreements.change(waits, cast.dana, {"times": "Mondays"}, 1)
    yield ("placement", "guardian_yes"), set()  # nobody has agreed to it yet
    yield ("placement", "change_agreement"), set()
    made = factories.make_placement("proposed", posting, cast.maya)
    ines = factories.make_person("teacher", "Ines Park")
    matches.agree(made, cast.okafor, Choice(cast.okafor, ines, None, made.starts_on, made.due_on), 1)
    yield ("placement", "name_staff"), {"Ines"}
    terms = {"pay_by": today(), "call": "Pat, 503 555 0134", "worker_kind": "contractor"}
    agreements.change(made, cast.dana, terms, 1)
    yield ("placement", "change_agreement"), {"Maya", "Sam", "Ines"}
    for person in (cast.maya, cast.dana, cast.okafor):
        agreements.sign(made, person, 2)
    matches.record_yes(made, cast.okafor, today())
    yield ("placement", "guardian_yes"), {"Maya", "Dana"}
    yield ("placement", "ready"), {"Dana", "Sam", "Ines"}
    matches.withdraw_yes(made, cast.okafor)
    yield ("placement", "guardian_no"), {"Maya", "Dana", "Ines"}
    accounts.end_account(ines, cast.ruiz)
    yield ("placement", "lose_teacher"), {"Elena"}  # also when she has closed the account herself


def home_moves(cast):
    """What a parent or guardian does by a link: nobody of the school is there."""
    ivo = factories.make_student(age=17, name="Ivo Quist", adviser=cast.okafor)
    School.update(guardian_asked_when="apply").execute()
    ana = guardians.add(ivo, cast.okafor, {"name": "Ana Rivera", "email": "ana@example.net"})
    early = factories.make_application("submitted", factories.make_posting("open", cast.cedar), ivo)
    link = GuardianAsk.get(GuardianAsk.application == early)
    guardians.answer(link, Word.QUESTION, "", "en")
    yield ("application", "guardian_question"), {"Sam", "Elena"}
    guardians.answer(link, Word.NO, "", "en")
    yield ("application", "guardian_refused"), {"Ivo", "Sam", "Elena"}
    guardians.answer(link, Word.YES, "Ana Rivera", "en")
    guardians.withdraw(link)
    yield ("application", "guardian_no"), {"Sam", "Elena"}
    made = factories.make_placement("agreed", factories.make_posting("open", cast.cedar), ivo)
    link = GuardianAsk.get(GuardianAsk.application == made.application_id, GuardianAsk.guardian == ana)
    guardians.answer(link, Word.QUESTION, "", "en")
    yield ("placement", "guardian_question"), {"Sam", "Elena"}
    guardians.answer(link, Word.NO, "", "en")
    yield ("placement", "guardian_refused"), {"Ivo", "Sam", "Elena"}
    guardians.answer(link, Word.YES, "Ana Rivera", "en")
    yield ("placement", "guardian_yes"), {"Ivo", "Dana", "Sam", "Elena"}
    School.update(guardian_asked_when=None).execute()
    born = ivo.birth_date
    Person.update(birth_date=born.replace(year=born.year - 1)).where(Person.id == ivo.id).execute()
    Placement.update(created_at=factories.days_ago(400)).where(Placement.id == made.id).execute()
    guardians.daily(today())
    yield ("placement", "of_age"), {"Ivo"}
    guardians.say_oneself(made.application, Person.get_by_id(ivo.id), False, "en")
    yield ("placement", "own_no"), {"Sam", "Elena"}


def privacy_moves(cast):
    asked = corrections.ask(cast.maya, "My grade is 11.")
    yield ("correction", "ask"), {"Elena"}
    corrections.answer(asked, cast.ruiz, "corrected", "")
    yield ("correction", "answer"), {"Maya"}


def law_moves(cast):
    made = factories.make_posting("open", cast.cedar)
    postings.look_again(Posting.get_by_id(made.id))
    yield ("posting", "look_again"), {"Dana"}  # teachers find it at the top of their desk
    running = factories.make_placement(
        "active", factories.make_posting("open", cast.cedar, hours=20, pay_cents=40000), cast.leo
    )
    Placement.update(started_at=factories.days_ago(9), lead=cast.okafor, cover=cast.ruiz).where(
        Placement.id == running.id
    ).execute()
    hours_actions.log(Placement.get_by_id(running.id), cast.leo, Work(today() - timedelta(days=1), "Sketches", 9 * 60))
    yield ("placement", "hours_law"), {"Dana", "Sam", "Elena"}


def desk_moves(cast):
    posting = factories.make_posting("submitted", cast.cedar, **factories.ON_SITE)
    second.agree_first(posting, content.read(posting), cast.okafor)
    yield ("posting", "first_yes"), {"Elena"}
    Posting.update(submitted_at=now() - timedelta(days=12)).where(Posting.id == posting.id).execute()
    late.pass_on()
    yield ("posting", "late"), {"Elena"}


STORIES = (
    posting_moves, application_moves, employer_moves, search_moves, circle_moves, suggestion_moves, experience_moves,
    handing_moves, work_moves, placement_moves, match_moves, closing_moves, home_moves,
    handing_moves, work_moves, placement_moves, match_moves, closing_moves, privacy_moves,
    handing_moves, work_moves, placement_moves, match_moves, closing_moves, law_moves,
    handing_moves, work_moves, placement_moves, match_moves, closing_moves, desk_moves,
)  # fmt: skip


@pytest.mark.parametrize("story", STORIES)
def test_who_hears_of_which_move(cast, colleague, story):
    """The table: every kind of step, and who is told of it."""
    for move, expected in story(cast):
        deliver()
        assert hearers(move) == expected, move


def busy_board(cast) -> list[tuple[str, str]]:
    """Plays every story; the moves in them."""
    factories.make_person("employer", "Rosa Vega", employer=cast.cedar)
    moves = [move for story in STORIES for move, _who in story(cast)]
    deliver()
    return moves


@pytest.fixture
def busy(played):
    """The cast of a board on which everything has happened."""
    return played(busy_board)[0]


def test_every_kind_of_notice_is_in_the_table_above(played):
    _cast, moves = played(busy_board)
    assert set(HEARS) == set(moves)


# what nobody is told of, and why
SILENT = {
    ("application", "guardian_told"): "the letter is at home", ("placement", "guardian_told"): "the letter is at home",
    ("application", "guardian_asked"): "the letter is at home", ("placement", "guardian_asked"): "the letter is at home",
    ("application", "guardian_yes"): "there is no match yet to go on", ("person", "add_guardian"): "the school's own list",
    ("posting", "begin"): "a draft is its writer's", ("posting", "take_back"): "it waits for nobody any more",
    ("posting", "rest"): "told once, as the lapse of its employer",
    ("employer", "vet_item"): "it stands on the page of the check", ("employer", "check_supervisor"): "as vet_item",
    ("posting", "undo"): "nobody was told of what is undone", ("revision", "undo"): "nobody was told of what is undone",
    ("posting", "take_yes_back"): "it waits as before", ("revision", "pass_unread"): "the desk lists it; who has applied hears of the text",
    ("employer", "trust"): "the school's own", ("employer", "stop_trusting"): "the school's own",
    ("posting", "pause"): "who has applied is still answered", ("posting", "resume"): "who has applied is still answered",
    ("posting", "fill"): "its last yes was told, and each who waits is answered",
    ("posting", "free_seat"): "its employer hears why: a no, a lapse, a withdrawal",
    ("posting", "adjust"): "a later last day or fewer places: nobody has to do anything",
    ("posting", "hand_over_all"): "told once, of the employer", ("revision", "take_back"): "it waits for nobody any more",
    ("application", "begin"): "a draft is its writer's", ("suggestion", "take_back"): "it waits for nobody any more",
    ("report", "open"): "its line reads it in the case", ("report", "close"): "told as an answer",
    ("report", "reopen"): "its line reads it in the case",
    ("employer", "ask"): "a newcomer; told as join once the address is confirmed",
    ("employer", "change"): "their own words about themselves",
    ("employer", "invite_colleague"): "who is invited gets a letter", ("person", "invite"): "who is invited gets a letter",
    ("placement", "share"): "the student's own decision", ("placement", "stop_sharing"): "the student's own decision",
    ("placement", "vouch"): "told when the feedback opens",
    ("placement", "attach"): "nothing is handed in yet", ("placement", "detach"): "nothing is handed in yet",
    ("person", "set_password"): "their own", ("person", "end_account"): "colleagues hear that they have left",
    ("placement", "milestone_undone"): "it is as it was",
    ("placement", "log_hours"): "told once a week as hours_wait", ("placement", "change_hours"): "nobody had asked",
    ("placement", "remove_hours"): "nobody had confirmed them", ("placement", "own_goal"): "their own",
    ("placement", "check_in_well"): "nobody has to do anything",
    ("placement", "sign"): "who comes next reads it on the page; when the last one has signed, it is ready",
    ("placement", "paper"): "as sign", ("placement", "permit"): "the school's office wrote it down",
    ("placement", "keep_going"): "who led it decided so",
    ("person", "erase"): "nobody is left to tell", ("school", "tidy"): "the school's own times; it stands under Background work",
    ("placement", "change_feedback"): "it is sealed still: there is nothing to read",
}  # fmt: skip


def test_every_kind_of_step_is_heard_or_silent_for_a_reason(busy):
    moves = (
        (Posting, posting_rules.MOVES), (Revision, posting_rules.REVISION_MOVES), (Application, application_rules.MOVES),
        (Employer, employers.MOVES), (Report, report_rules.MOVES), (Suggestion, suggestion_rules.MOVES),
        (Placement, placement_rules.MOVES),
    )  # fmt: skip
    kinds = {(model._meta.table_name, name) for model, table in moves for name in table}
    kinds |= set(Step.select(Step.noun, Step.move).distinct().tuples())
    assert kinds - set(HEARS) - set(SILENT) == set()
    assert not set(HEARS) & set(SILENT)


def test_nobody_hears_of_what_they_did_themselves(busy):
    own = Notice.select().join(Step).where(Step.person == Notice.person)
    assert Notice.select().count() > 60
    assert own.count() == 0


def test_delivering_twice_makes_nothing_twice(busy):
    before = Notice.select().count()
    assert deliver() == 0
    Step.update(told_at=None).execute()  # as if the mark of a batch had been lost
    deliver()
    assert Notice.select().count() == before
    assert Step.select().where(Step.told_at.is_null()).count() == 0


def test_a_break_within_a_batch_leaves_neither_half_told(cast, monkeypatch):
    factories.make_posting("submitted", cast.cedar)

    def broken(step):
        raise RuntimeError("the power went")

    with monkeypatch.context() as patch:
        patch.setattr(notices, "hearers", broken)
        with pytest.raises(RuntimeError):
            deliver()
    assert Notice.select().count() == 0
    assert deliver() == 2  # Mr. Okafor and Ms. Ruiz


def test_more_than_a_batch_is_told_in_one_go(cast, monkeypatch):
    monkeypatch.setattr(notices, "BATCH", 4)
    for _number in range(5):
        factories.make_posting("submitted", cast.cedar)
    deliver()
    assert Step.select().where(Step.told_at.is_null()).count() == 0
    assert Notice.select().where(Notice.person == cast.okafor).count() == 5


def test_a_step_about_something_that_is_gone_is_told_to_nobody(cast):
    for noun in ("posting", "revision", "application", "report", "employer", "placement", "nonsense"):
        for move in ("approve", "submit", "settle", "verify", "return", "comment", "revise", "message", "agree"):
            Step.create(noun=noun, noun_id=999, move=move, to_state="x")
    deliver()
    assert {n.step.move for n in Notice.select()} <= {
        "submit",
        "comment",
    }  # teachers alone, and their page leaves it out
    assert lines(list(Notice.select()), cast.okafor) == []


def test_people_who_have_left_hear_nothing(cast, colleague):
    Person.update(ended_at=now()).where(Person.id.in_([colleague.id, cast.maya.id, cast.okafor.id])).execute()
    made = factories.make_posting("submitted", cast.cedar)
    postings.approve(made, cast.ruiz)
    deliver()
    assert {n.person.name for n in Notice.select()} == {"Dana Whitlock", "Elena Ruiz"}


def test_no_employer_reads_a_students_name_or_mail(client, busy):
    """Over every notice a busy board makes, and the whole page around it."""
    secret = [
        word.casefold()
        for student in Person.select().where(Person.role == "student")
        for word in (*student.name.split(), student.email)
    ]
    for person in Person.select().where(Person.role == "employer"):
        mine = lines(list(Notice.select().where(Notice.person == person)), person)
        for line in mine:
            said = f"{line.words % line.values} {line.values} {line.address}".casefold()
            assert not any(word in said for word in secret), said
        browser = client(person)
        browser.get("/notices")
        text = browser.get("/notices").get_data(as_text=True).casefold()
        # as a word: three letters of a name come by chance into what is random in a form
        found = [word for word in secret if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text)]
        assert found == [], person.name
        if person.id == busy.dana.id:
            codes = {application.code for application in Application.select()}
            assert len(mine) > 20 and any(code in text.upper() for code in codes)


def test_no_notice_repeats_a_message_a_reason_or_a_report(client, busy):
    for person in Person.select():
        browser = client(person)
        text = browser.get("/notices").get_data(as_text=True)
        for said in (
            "Who is in the shop?",
            "Nobody.",
            "He asked for my address.",
            "Too low.",
            "It was close.",
            "Then pay",
            "Which Tuesday was it?",
            "I would rather not say it to her.",
            "I called Dana about it.",
        ):
            assert said not in text, (person.name, said)


# -- the page


def lines_on(page) -> list[str]:
    return [words(e) for e in having(page, "data-notice")]


def test_notices_are_newest_first_and_looking_changes_nothing(client, cast):
    made = factories.make_posting("submitted", cast.cedar, title="Poster")
    postings.approve(made, cast.okafor)
    deliver()
    dana = client(cast.dana)
    postings.pull(made, cast.okafor, "Hm.")
    deliver()
    for _look in range(2):
        dana.get("/notices")
        found = lines_on(dana.page)
        assert "took “Poster” off the board" in found[0] and "was approved" in found[1]
        assert all("New" in line for line in found)


def test_opening_one_marks_it_and_leads_to_the_page_of_that_reader(client, cast):
    made = factories.make_posting("submitted", cast.cedar)
    factories.make_application("submitted", factories.make_posting("open", cast.cedar), cast.maya)
    postings.ask_changes(made, cast.okafor, {"pay": "More."})
    deliver()
    for person, expected in (
        (cast.ruiz, f"/review/{made.id}"), (cast.dana, f"/employer/postings/{made.id}"),
    ):  # fmt: skip
        notice = (
            Notice.select()
            .join(Step)
            .where(Notice.person == person, Step.noun == "posting", Step.noun_id == made.id)
            .get()
        )
        browser = client(person)
        assert browser.post(f"/notices/{notice.id}").location == expected
        assert Notice.get_by_id(notice.id).read_at
        assert client(cast.omar).post(f"/notices/{notice.id}").status_code == 404


def test_whoever_invited_somebody_reads_that_they_have_come_and_is_led_to_them(client, cast):
    arrivals = [
        accounts.invite_teacher("Ida Park", "ida.park@example.org", cast.ruiz),
        inviting.invite("Ana Lee", "ana.lee@example.org", cast.ruiz, None, "Lee & Co"),
    ]
    for person, token in arrivals:
        accept(find_key(KeyKind.INVITATION, token), person.name, "quiet purple riverbank")
    deliver()
    ruiz = client(cast.ruiz)
    ruiz.get("/notices")
    found = lines_on(ruiz.page)
    assert "Ana Lee has come to the board." in found[0] and "Ida Park has come to the board." in found[1]
    for person, _token in arrivals:
        notice = Notice.select().join(Step).where(Step.move == "arrive", Step.noun_id == person.id).get()
        assert ruiz.post(f"/notices/{notice.id}").location == f"/people/{person.id}"
        assert ruiz.get(f"/people/{person.id}").status_code == 200


def test_marking_all_as_read_touches_only_ones_own(client, cast):
    postings.approve(factories.make_posting("submitted", cast.cedar), cast.okafor)
    deliver()
    ruiz = client(cast.ruiz)
    assert ruiz.post("/notices").status_code == 303
    assert (
        Notice.select().where(Notice.read_at.is_null()).count()
        == Notice.select().where(Notice.person != cast.ruiz).count()
    )
    ruiz.get("/notices")
    assert "New" not in " ".join(lines_on(ruiz.page))
    assert not [e for e in ruiz.page.iter("button") if "Mark all" in words(e)]


def test_an_empty_page_says_what_will_be_here(client, cast):
    maya = client(cast.maya)
    maya.get("/notices")
    assert "No notices yet" in text_of(maya.page)


def test_whoever_was_not_chosen_meets_two_projects_like_it(client, cast):
    posting = factories.make_posting("open", cast.cedar)
    like_it = [factories.make_posting("open", cast.mill, title=f"Like it {n}") for n in range(3)]
    factories.make_posting("open", cast.mill, field="sales", must=["Cold calling"], nice=[], title="Quite different")
    factories.make_application("not_selected", posting, cast.maya)
    deliver()
    maya = client(cast.maya)
    maya.get("/notices")
    text = text_of(maya.page)
    assert "You were not chosen" in text and "Like it 2" in text and "Like it 1" in text
    assert "Like it 0" not in text and "Quite different" not in text
    factories.make_application("submitted", like_it[2], cast.maya)
    assert [row.id for row in similar(posting, cast.maya)] == [like_it[1].id, like_it[0].id]


def test_projects_that_share_more_are_more_alike_and_those_one_may_not_take_are_left_out(cast):
    posting = factories.make_posting("open", cast.cedar)
    skill_only = factories.make_posting("open", cast.mill, field="sales", must=["Canva"], nice=[])
    both = factories.make_posting("open", cast.mill)
    factories.make_posting("open", cast.mill, minimum_age=16)
    factories.make_posting("paused", cast.mill)
    factories.make_posting("expired", cast.mill)
    assert [row.id for row in similar(posting, cast.leo, 5)] == [both.id, skill_only.id]
    assert similar(posting, cast.noor) == []  # birth date unknown
    with count_queries() as one:
        similar_to([posting], cast.maya)
    with count_queries() as many:
        similar_to([posting, both, skill_only], cast.maya)
    assert many.count == one.count == 3


def test_one_notice_and_a_page_of_them_take_the_same_number_of_queries(client, cast):
    posting = factories.make_posting("open", cast.cedar, seats=20)
    factories.make_application("not_selected", posting, cast.maya)
    deliver()
    maya = client(cast.maya)
    maya.get("/notices")
    with count_queries() as one:
        maya.get("/notices")
    for _number in range(30):
        factories.make_application("not_selected", factories.make_posting("open", cast.cedar), cast.maya)
    deliver()
    maya.get("/notices")  # what is kept until something is written is asked for here
    with count_queries() as many:
        maya.get("/notices")
    assert len(lines_on(maya.page)) == 25
    assert many.count == one.count
    maya.get("/notices?page=2")
    assert lines_on(maya.page)
    maya.get("/notices?page=99")
    assert "To the newest" in text_of(maya.page)


def test_notices_speak_the_readers_language_when_read(app, client, cast):
    """Words are marked sentences, so nothing is kept in one language."""
    assert "words" not in Notice._meta.fields
    record(factories.make_posting("open", cast.cedar), "comment", cast.okafor, "open")
    deliver()
    (line,) = lines(
        list(Notice.select().join(Step).where(Notice.person == cast.dana, Step.move == "comment")), cast.dana
    )
    assert line.words in {news.words for news in HEARS.values()}
