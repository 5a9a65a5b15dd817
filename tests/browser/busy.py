"""A board on which everything there is stands in every state it can have."""

import io
from datetime import timedelta
from types import SimpleNamespace
from urllib.parse import urlsplit

from board import notices
from board.applications import actions as applications
from board.applications.model import State as ApplicationState
from board.db import now
from board.employers import actions as employers
from board.employers import colleagues
from board.employers import vetting_actions as vetting
from board.employers.model import Employer, Supervisor
from board.employers.vetting_model import SupervisorCheck
from board.experience import actions as experience
from board.experience import portfolio
from board.experience.model import Experience, Portfolio
from board.guardians import actions as guardians
from board.guardians import asking
from board.guardians.model import Word
from board.mail import actions as mail
from board.mail import links as addresses
from board.mail.model import Mail
from board.people import accounts, links
from board.people import actions as people
from board.people import rules as people_rules
from board.people.links import Asker
from board.people.model import KeyKind, MailLink, Person
from board.placements import agreement_actions as agreements
from board.placements import check_in_actions, handing_actions, hours_actions, plan_actions
from board.placements import ending_actions as ends
from board.placements import feedback_actions as feedback
from board.placements import hold_actions as holds
from board.placements import match_actions as matches
from board.placements import messages_actions as messages
from board.placements import payment_actions as payments
from board.placements.feedback_rules import STUDENT_ASKED, asked_of
from board.placements.hours_rules import Work
from board.placements.model import (
    Delivery,
    EmployerFeedback,
    HoursEntry,
    Payment,
    Placement,
    PlacementMilestone,
    SkillRating,
    StudentFeedback,
)
from board.placements.model import State as PlacementState
from board.postings import actions as postings
from board.postings import hands, joining, revisions, searches, starter_actions, watch
from board.postings.model import State as PostingState
from board.postings.starters import Starter
from board.privacy import corrections, retention
from board.privacy.erase import erase
from board.privacy.model import Access
from board.school import actions as school
from board.school import synonyms
from board.school.model import Field, Period, School, Skill, today
from board.search import index
from board.search.criteria import Criteria
from board.suggestions import actions as suggestions
from board.worker import actions as worker
from board.worker.model import JobRun, JobState
from board.worker.timetable import BY_NAME
from tests import factories
from tests.conftest import make_cast

DAY = timedelta(days=1)
MORE = 5  # open postings on top, so that there is a second page


def make_busy_board() -> SimpleNamespace:
    """The cast, and by name what stands in which state."""
    School.update(open_to_visitors=True).execute()
    board = make_cast()
    add_searches(board)
    with index.later():
        add_postings(board)
        add_applications(board)
        add_matches(board)
        add_conversations(board)
        add_work_and_pay(board)
        add_plans_and_hours(board)
        add_people(board)
        add_doors(board)
        add_circle(board)
        add_checks(board)
        add_mail(board)
        add_experiences(board)
        add_placements(board)
        add_ends(board)
        add_home(board)
        add_privacy(board)
    index.rebuild()
    watch.watch()
    notices.deliver()
    add_background_work()
    return board


def add_background_work() -> None:
    """Jobs that did something, that failed, that run, and that somebody asked for."""
    worker.look()
    wrong = {"failures": 4, "problem": "The disk is full.", "detail": "OSError: [Errno 28] No space left on device"}
    JobState.update(retry_at=now() + timedelta(hours=1), **wrong).where(JobState.name == "searches").execute()
    JobRun.create(name="searches", problem=wrong["problem"], detail=wrong["detail"], milliseconds=61_000)
    JobState.update(ended_at=None).where(JobState.name == "index").execute()
    worker.ask_for(BY_NAME["dates"])


def add_privacy(board) -> None:
    """Corrections in each state, somebody who was erased, and a look at a record that is not one's own."""
    for state in ("corrected", "declined"):
        asked = corrections.ask(board.maya, f"My grade is wrong, and it was {state}.")
        corrections.answer(asked, board.ruiz, state, "We looked it up.")
    corrections.ask(board.maya, "The hours of last Monday were two.\n\nNot one.")
    board.erased = factories.make_student(name="Toby Unlisted")
    erase(board.erased, board.ruiz, retention._data)
    Access.create(staff=board.ruiz, student=board.maya, page="story", day=today(), at=now())


def add_searches(board) -> None:
    """Maya's, before there is anything to find; and what the coordinator did to the words that mean the same."""
    for search in (Criteria(q="menu"), Criteria(fields=("marketing", "sales"), hours=5), Criteria(q="trombone")):
        searches.save(search, board.maya)
    board.words = synonyms.add(f"zines, booklets that people make themselves, {'ab' * 20}", board.ruiz)
    board.words_removed = synonyms.remove(synonyms.add("slip of the pen, typo", board.ruiz), board.ruiz)


def add_postings(board) -> None:
    """Dana's, in every state; of others some that wait, and enough for two pages."""
    states = [*map(str, PostingState), "expired"]
    board.postings = {state: factories.make_posting(state, board.cedar, title=f"Signs, {state}") for state in states}
    for employer in (board.mill, board.newcomer):
        factories.make_posting("submitted", employer, title="Sort the pantry", field="sales")
    board.begun = postings.begin(board.cedar, board.dana)
    add_starters(board)
    board.on_site = factories.make_posting("open", board.cedar, title="Label the drawers", **factories.ON_SITE)
    board.changed = factories.make_posting("open", board.cedar, title="A change waits")
    changes = {"title": "Another title", "description": "We change prices three times a year.", "pay_cents": 25000}
    revisions.propose(board.changed, board.dana, changes)
    board.returned = factories.make_posting("open", board.cedar, title="A change came back")
    revision = revisions.propose(board.returned, board.dana, {"title": "A worse title"})
    revisions.return_revision(revision, board.okafor, "The old title says more.")
    board.pulled = factories.make_posting("open", board.cedar, title="Taken off the board")
    postings.pull(board.pulled, board.okafor, "Two students asked us about the hours.")
    board.reported = factories.make_posting("open", board.cedar, title="Reported by a student")
    for number in range(MORE):
        factories.make_posting(
            "open", board.mill, title=f"Menu number {number}", field="marketing", hours=5 + number % 8
        )


def add_starters(board) -> None:
    """One of the school's own, one with other words, one that is hidden; and a draft begun with one."""
    first, second, third = Starter.all().limit(3)
    board.own_starter = starter_actions.add(first.values | {"title": "One of our own"}, board.ruiz)
    board.changed_starter = second
    starter_actions.change(second, board.ruiz, {"title": "Other words for it"})
    starter_actions.hide(third, board.ruiz, hidden=True)
    film = Starter.get(Starter.slug == "film-a-60-second-tour")
    board.with_starter = starter_actions.begin(film, board.dana, School.here())


def add_applications(board) -> None:
    """Maya's, one in every state, and some more where the employer has to choose."""
    seats = {"employer": board.cedar, "seats": 3}
    board.applications = {}
    for state in map(str, ApplicationState):
        posting = factories.make_posting("open", title=f"Poster, {state}", **seats)
        board.applications[state] = factories.make_application(state, posting, board.maya)
    board.chosen_from = factories.make_posting("open", title="Many want this one", **seats)
    for state in ("submitted", "submitted", "shortlisted", "offered", "not_selected", "withdrawn"):
        factories.make_application(state, board.chosen_from)
    board.asked = factories.make_application(
        "draft", factories.make_posting("open", title="Read first", **seats), board.leo
    )
    board.open_reading = applications.ask_to_read(board.asked, board.leo, board.okafor)
    board.answered_reading = applications.ask_to_read(board.applications["draft"], board.maya, board.okafor)
    applications.answer_reading(board.answered_reading, board.okafor, "Say which play it was.")
    closed = factories.make_posting("open", title="Closed on its applicants", **seats)
    factories.make_application("submitted", closed, board.maya)
    postings.close(closed, board.dana)


def add_plans_and_hours(board) -> None:
    """Maya's with Dana's employer, in every state; the one under way with all that a page of it can hold."""
    begins = {"starts_on": today() - 20 * DAY, "due_on": today() + 10 * DAY, "started_at": now() - 20 * DAY}
    board.planned = {}
    for state in map(str, PlacementState):
        posting = factories.make_posting("open", board.cedar, title=f"A placement, {state}", hours=12, seats=2)
        dates = {**begins, "started_at": None} if state in ("proposed", "not_agreed", "agreed") else begins
        board.planned[state] = factories.make_placement(state, posting, board.maya, **dates)
        for number, title in enumerate(("A first sketch", "Real prices"), 1):
            PlacementMilestone.create(placement=board.planned[state], position=number, title=title, due_on=today())
    Period.create(kind="finals", name="Semester finals", first_on=today(), last_on=today() + DAY)
    active = board.active = board.planned["active"]
    plan_actions.tick(active.milestones.get(), active, board.maya)
    for days in range(6):
        hours_actions.log(
            active, board.maya, Work(today() - (1 + 2 * days) * DAY, "Two sketches", 200, "09:00", "12:20")
        )
    first, second, *_rest = active.entries
    hours_actions.confirm(active, board.dana, [(first.id, hours_actions.stamp_of(first))])
    hours_actions.query(second, active, board.dana, "Was that a Tuesday?")
    hours_actions.set_goal(active, board.maya, 30)
    check_in_actions.make_due(today() - 7 * DAY)
    check_in_actions.answer(active, board.maya, False, "I am stuck.")
    check_in_actions.make_due(today())
    small = factories.make_posting("open", board.cedar, title="A small placement", hours=4)
    board.small = factories.make_placement("active", small, board.maya, **begins)
    board.held = factories.make_placement("active", None, board.maya, held_at=now(), **begins)


def add_matches(board) -> None:
    """Maya's at Dana's, in every state, in a school year with finals; one agreed to by everybody, one on hold."""
    day = today() + timedelta(days=31)
    board.period = Period.create(kind="finals", name="Finals of the fall", first_on=day, last_on=day)
    Period.create(kind="holiday", first_on=today() - timedelta(days=9), last_on=today() - timedelta(days=8))
    content = {"employer": board.cedar, "seats": 2, **factories.ON_SITE}
    board.matches = {}
    for state in (*map(str, PlacementState), "signed", "held"):
        posting = factories.make_posting("open", title=f"Counter, {state}", **content)
        stands = {"signed": "agreed", "held": "agreed"}.get(state, state)
        made = factories.make_placement(stands, posting, board.maya, held_at=now() if state == "held" else None)
        board.matches[state] = made
    signed = board.matches["signed"]
    agreements.change(signed, board.dana, {"pay_by": day, "call": "Pat, 503 555 0134", "worker_kind": "employee"}, 1)
    for person in (board.maya, board.dana, board.okafor):
        agreements.sign(signed, person, 2)
    matches.record_yes(signed, board.okafor, today())
    agreements.sign(board.matches["agreed"], board.okafor, 1)


def add_home(board) -> None:
    """Parents and guardians of Maya, and what they were asked and answered: `board.home` has their links. Somebody who
    has turned 18, and somebody no employer is shown."""
    ana = guardians.add(
        board.maya, board.okafor, {"name": "Ana Rivera", "email": "ana@example.net", "relation": "mother"}
    )
    guardians.add(board.maya, board.okafor, {"name": "Jorge Rivera", "language": "es", "relation": "father"})
    board.home = {}
    for name, state in (
        ("asked", "proposed"),
        ("question", "agreed"),
        ("yes", "active"),
        ("no", "agreed"),
        ("over", "ended_early"),
    ):
        posting = factories.make_posting("open", board.cedar, title=f"Labels, {name}", **factories.ON_SITE)
        made = factories.make_placement("proposed" if name == "over" else state, posting, board.maya)
        token = asking.make(made.application, "mail", "en", ana, None)
        if name not in ("asked", "over"):
            guardians.answer(guardians.find(token), Word(name), ana.name, "en", "Who drives her home?")
        if name == "over":
            Placement.update(state="not_agreed", ended_at=now()).where(Placement.id == made.id).execute()
        board.home[name] = SimpleNamespace(link=f"/g/{token}", placement=made)
    board.grown = factories.make_student(age=17, name="Otis Grown")
    board.of_age = factories.make_placement("agreed", factories.make_posting("open", board.cedar), board.grown)
    Placement.update(created_at=factories.days_ago(500)).where(Placement.id == board.of_age.id).execute()
    Person.update(birth_date=today() - timedelta(days=18 * 366)).where(Person.id == board.grown.id).execute()
    board.hidden = factories.make_student(name="Hana Quiet")
    guardians.show(board.hidden, board.okafor, False)


def add_conversations(board) -> None:
    """Comments of both sides, saved projects, reports that wait and one that is settled."""
    talked = board.postings["submitted"]
    postings.comment(talked, board.okafor, "May the student keep a copy?")
    postings.comment(talked, board.dana, "Of course.\n\nThey may show it to anybody.")
    postings.look(talked, factories.make_person("teacher", "Ada Vance"))
    for posting in (board.on_site, board.changed, board.postings["open"], board.postings["filled"]):
        postings.save(posting, board.maya)
    factories.make_report("posting", board.reported.id, board.maya, "They asked for my phone number.")
    factories.make_report("thread", talked.id, board.dana, "This was not a kind message.")
    doubted = board.applications["submitted"]
    settled = factories.make_report("application", doubted.id, board.okafor, "It is like another one.")
    factories.close_report(settled, board.ruiz, said="We talked. All is well.", let_go=True)


def add_work_and_pay(board) -> None:
    """`board.handed`: Maya's placements by how far work and pay have come."""
    board.handed = {}
    for name in ("agreed", "begun", "sent back", "handed in", "accepted", "overdue", "paid", "ended", "held"):
        state = {"agreed": "agreed", "ended": "ended_early"}.get(name, "active")
        posting = factories.make_posting("open", board.cedar, title=f"Sign, {name}")
        began = {
            "started_at": None if state == "agreed" else now() - timedelta(days=30),
            "starts_on": None,
            "due_on": None,
        }
        one = board.handed[name] = factories.make_placement(state, posting, board.maya, **began)
        payments.take_terms(one)
        if state != "active":
            continue
        handing_actions.add_file(one, board.maya, "sign for the door.pdf", io.BytesIO(b"%PDF-1.7 sign"))
        handing_actions.add_link(one, board.maya, f"https://docs.google.com/document/{'x' * 80}")
        if name == "begun":
            continue
        handing_actions.deliver(one, board.maya, "Both sides.\n\nLook at the **first** one.")
        if name == "sent back":
            handing_actions.send_back(one, board.dana, 1, "Larger letters, please.")
        elif name != "handed in":
            handing_actions.accept(one, board.dana, 1, "It hangs already.")
        if name == "overdue":
            Payment.update(due_on=today() - timedelta(days=3)).where(Payment.placement == one).execute()
        elif name == "paid":
            payments.say_paid(one, board.dana, today())
        elif name == "held":
            Placement.update(held_at=now()).where(Placement.id == one.id).execute()


def add_placements(board) -> None:
    """Maya's at Cedar Print, one in every state and one on hold, with what was written in them."""
    board.placements = {}
    for state in (*map(str, PlacementState), "held"):
        posting = factories.make_posting("open", board.cedar, title=f"Windows, {state}", **factories.ON_SITE)
        columns = {} if state in ("proposed", "not_agreed") else {"lead": board.okafor, "cover": board.ruiz}
        made = factories.make_placement("active" if state == "held" else state, posting, board.maya, **columns)
        if state != "agreed":  # there a parent or guardian has not said yes
            factories.say_yes(made)
        board.placements[state] = made
    for state in ("active", "delivered", "held"):
        made = board.placements[state]
        messages.write(made, board.dana, "Bring the sketch and a ruler.\n\nThe rest is here.")
        messages.write(made, board.maya, "I am there at four: " + "o" * 80)
        for writer, number in (
            (board.maya, "555-014-2231"),
            (board.maya, "555-014-2232"),
            (board.dana, "555-014-2233"),
        ):
            held = messages.write(made, writer, f"My number is {number}")
            if number.endswith("1"):
                messages.stop(made, held.id, board.okafor, "Please keep it on this page.")
    Placement.update(held_at=now()).where(Placement.id == board.placements["held"].id).execute()


def add_doors(board) -> None:
    """Links in mails, in every state: `board.doors` has their paths."""
    asker, board.doors = Asker("a browser", "Chrome on Windows", "en"), {}

    def newest() -> str:
        return urlsplit(Mail.select().order_by(Mail.id.desc()).get().values["link"]).path

    for name, email in (
        ("new", "ada@fern.example"), ("taken", board.dana.email), ("elsewhere", board.maya.email),
        ("done", "eve@fig.example"), ("late", "ida@fig.example"),
    ):  # fmt: skip
        organization = {"name": f"Fern of {name}"}
        person, draft = joining.join(
            organization, "Ada Fern", email, {"title": "Photos of 60 chairs", "seats": 1}, asker
        )
        board.doors[name] = newest()
        if name == "new":
            board.ada, board.ada_draft = person, draft
    joining.confirm(MailLink.get(MailLink.email == "eve@fig.example"))
    MailLink.update(expires_at=now()).where(MailLink.email == "ida@fig.example").execute()
    for name in ("used in", "in"):
        links.ask_to_sign_in(board.omar.email, asker)
        board.doors[name] = newest()
        if name == "used in":
            MailLink.update(used_at=now()).where(MailLink.email == board.omar.email).execute()
    here = addresses.to(board.dana, f"/employer/postings/{board.chosen_from.id}/applicants")
    board.doors["act"] = urlsplit(here).path


def add_circle(board) -> None:
    """Dana's colleagues: one who has come and helps, one who has not come yet; and what students suggest."""
    Person.update(password_hash="x").where(Person.id == board.dana.id).execute()
    rosa = factories.make_person("employer", "Rosa Vega", employer=board.cedar, password_hash="x")
    colleagues.invite(board.cedar, board.dana, "Theodora Papadopoulou-Lindenbaum", "theodora@cedar.example")
    hands.help_with(board.on_site, rosa)
    hands.hand_over(board.changed, board.dana, rosa)
    idea = {"organization": "Harbor Bikes", "place": "Harbor", "why": "They mend my bike.", "known": "My aunt."}
    pitch = idea | {"title": "A price list", "make": "One page for the door.\n\nIn two languages.", "hours": 8}
    board.suggestions = [
        suggestions.suggest(student, what) for student in (board.maya, board.leo) for what in (idea, pitch)
    ]
    _waiting, passed, invited, declined = board.suggestions
    suggestions.pass_on(passed, board.ruiz, board.cedar)
    board.pitched = suggestions.Suggestion.get_by_id(passed.id).posting
    suggestions.decline(declined, board.ruiz, "They have closed for the winter.")
    suggestions.invite(invited, board.ruiz, "Harbor Bikes", "Ana Bell", "ana@harbor.example")
    suggestions.decline(suggestions.suggest(board.maya, pitch), board.ruiz, "They have closed for the winter.")


def add_experiences(board) -> None:
    """Maya's: one that is public, with all there can be on it, and one that waits for a yes."""
    posting = factories.make_posting("open", board.cedar, **factories.ON_SITE, title="Finished signs")
    board.kept = factories.make_experience(posting, board.maya, 840, supervisor=posting.supervisor_id)
    board.kept_alone = factories.make_experience(factories.make_posting("open", board.mill, title="A menu"), board.maya)
    grades = dict.fromkeys(("clear_task", "answers", "respect", "learning", "again"), 4)
    StudentFeedback.create(placement=board.kept.placement_id, **grades)
    given = {"quote": "Maya listened and asked.", "may_name_reference": True, "person": board.dana}
    EmployerFeedback.create(placement=board.kept.placement_id, **given)
    SkillRating.create(placement=board.kept.placement_id, skill=Skill.get(Skill.name == "Canva"), level=3)
    experience.refresh(board.kept)
    Experience.update(shows_quote=True).where(Experience.id == board.kept.id).execute()
    experience.record_yes(board.kept, board.okafor, today())
    experience.share(board.kept, board.maya)
    portfolio.say_about(board.maya, "I like to draw letters.")
    portfolio.share_portfolio(board.maya)
    board.kept, board.portfolio = Experience.get_by_id(board.kept.id), Portfolio.get()


def add_ends(board) -> None:
    """Placements of Maya at Cedar Print, at every kind of end: `board.ends` by name."""
    board.ends = {}

    def ending(name: str, state: str = "delivered", hours: int = 10, accepted: bool | None = True, days: int = 0):
        posting = factories.make_posting("open", board.cedar, title=f"The end, {name}", hours=hours)
        made = factories.make_placement(state, posting, board.maya)
        at = now() - timedelta(days=days)
        if state in ("delivered", "completed"):
            answered = now() if accepted else None
            Delivery.create(
                placement=made, number=1, words="The list, with a note on **paper**.", delivered_at=at,
                accepted=accepted, answered_at=answered,
            )  # fmt: skip
        did = "Read the old list, measured the wall and set the new one in two sizes."
        HoursEntry.create(placement=made, worked_on=at.date(), starts_at="15:30", ends_at="18:00", minutes=150, did=did)
        board.ends[name] = made
        return made

    def say(made, student: bool, employer: bool) -> None:
        skills = {skill.id: 3 for skill in feedback.skills_of(made)}
        if student:
            feedback.give_student(made, board.maya, dict.fromkeys(STUDENT_ASKED, 3), "I learned to ask first.")
        if employer:
            rated = dict.fromkeys(asked_of(made), 3)
            feedback.give_employer(made, board.dana, rated, skills, "Our prices are easy to read now.", True)

    ending("nothing said")
    ending("not accepted", accepted=None)
    ending("silent", accepted=None, days=20)
    ending("small", hours=6, accepted=None)
    ending("small, done before", hours=6)
    say(board.ends["small, done before"], student=False, employer=True)
    say(ending("sealed by the student"), student=True, employer=False)
    say(ending("sealed by the employer"), student=False, employer=True)
    say(ending("open"), student=True, employer=True)
    for number in range(3):
        say(ending(f"completed {number}", "completed"), student=True, employer=number > 0)
    ending("running", "active")
    ends.end_early(ending("ended", "active"), board.maya, "fit", "I would rather not say.")
    ends.end_early(ending("ended before", "agreed"), board.dana, "plans")
    holds.hold(ending("held", "active"), board.okafor, "A parent has called.")
    gone = factories.make_student()
    board.ends["gone"] = factories.make_placement("active", factories.make_posting("open", board.mill), gone)
    accounts.end_account(gone, board.ruiz)


def add_people(board) -> None:
    """Employers in every state, accounts of every kind, a hidden field, a skill that waits."""
    for state, words in (("refuse", "We could not reach anybody."), ("suspend", "The last pay came late.")):
        employer = factories.make_employer(f"To {state}", state="unverified" if state == "refuse" else "verified")
        setattr(board, state, factories.make_person("employer", f"Person of {state}", employer=employer))
        employers.move(state, employer, board.ruiz, words)
    lapsed = factories.make_employer("Lapsed Bakery", state="lapsed", verified_until=now().date() - timedelta(days=9))
    board.lapsed = factories.make_person("employer", "Lee Lapsed", employer=lapsed)
    board.gone = factories.make_student(ended_at=now() - timedelta(days=3))
    board.fresh_student = factories.make_student(adviser=board.okafor)
    board.fresh_employer = factories.make_person("employer", "Fresh Face", employer=factories.make_employer("Fresh Co"))
    invited = Person.create(role="teacher", name="Ivy Invited", email="ivy@example.org")
    board.invitation = people.make_key(KeyKind.INVITATION, invited, board.ruiz, people_rules.INVITATION_LASTS)
    board.code = people.make_key(KeyKind.CODE, board.leo, board.okafor, people_rules.CODE_LASTS)
    board.hidden_field = Field.get(Field.slug == "farming-animals")
    school.hide_field(board.hidden_field, board.ruiz, hidden=True)
    board.proposed_skill = school.skills_named(["Chess clocks"], board.maya)[0]


def add_checks(board) -> None:
    """Checks in every state: one begun with a problem, one due again with last year's beside it, one nobody has an end of;
    supervisors who are trusted, whose check ends, who wait, and with whom nobody works."""
    vetting.check(board.newcomer, board.ruiz, "exists", "fine", "In the registry of farms.")
    vetting.check(board.newcomer, board.ruiz, "references", "problem", "Nobody answers.")
    Employer.update(verified_until=None).where(Employer.id == board.mill.id).execute()
    vetting.check(board.mill, board.ruiz, "exists", "fine", "On Main Street for thirty years.")
    vetting.verify(board.mill, board.ruiz, words="The rest next week.", renewal=True)
    Employer.update(verified_until=now().date() + timedelta(days=9)).where(Employer.id == board.mill.id).execute()
    board.endless = factories.make_employer("Endless Nursery", verified_until=None)
    for name, columns in (
        ("Ann Trusted", {}), ("Ben Ending", {"vetted_until": now().date() + timedelta(days=9)}), ("Cy Waiting", None),
        ("Dee Over", {"vetted_until": now().date() - timedelta(days=9)}),
        ("Eli Never", {"background": "not_clear", "vetted_until": None}),
    ):  # fmt: skip
        person = Supervisor.create(employer=board.mill, name=name, title="Shift lead")
        if columns is not None:
            factories.vet_supervisor(person, **columns)
    Supervisor.create(employer=board.suspend.employer, name="Gus Only")
    board.unchecked = factories.make_posting(
        "submitted", board.mill, **factories.ON_SITE | {"supervisor": {"name": "Flo New", "title": ""}}
    )
    SupervisorCheck.delete().where(SupervisorCheck.supervisor == board.unchecked.supervisor_id).execute()


def add_mail(board) -> None:
    """A letter that the mail server refused for good, and one that it asked to send again."""
    for state, words in (
        ("failed", "550 5.1.1 <nia@example.org>: User unknown in local table"),
        ("waiting", "451 Later"),
    ):
        letter = mail.queue("test", board.nia, {"who": "Elena"})
        Mail.update(state=state, error=words).where(Mail.id == letter.id).execute()
