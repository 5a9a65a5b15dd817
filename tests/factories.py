"""People, employers, postings and applications in any state, made through the actions wherever one exists."""

from datetime import date, datetime, time, timedelta
from email import message_from_bytes, policy
from itertools import count

from board.applications import actions as applications
from board.applications.model import Application, Reason
from board.checks.results import Level, Stage
from board.db import now
from board.employers.model import Employer, Supervisor
from board.employers.vetting_model import SupervisorCheck
from board.experience.model import Experience
from board.guardians.model import GuardianAnswer
from board.mail import sending
from board.moves import make
from board.people.model import Person
from board.placements import agreement_actions, match_actions, terms
from board.placements.model import HoursEntry, Placement
from board.placements.rules import MOVES
from board.postings import actions as postings
from board.postings import checking, content
from board.postings.model import Posting
from board.postings.rules import DeclineReason
from board.reports import actions as reports
from board.reports import case_actions, targets
from board.reports.model import Report
from board.school.model import today

number = count(1)


def letters(settings) -> list:
    """Send what waits; everything that has arrived in the folder."""
    while sending.has_more():
        sending.send_round()
    files = sorted((settings.data / "outbox").glob("*.eml"), key=lambda path: path.stat().st_mtime_ns)
    return [message_from_bytes(path.read_bytes(), policy=policy.default) for path in files]


def make_person(role: str, name: str = "", **more) -> Person:
    name = name or f"{role.title()} Number{next(number)}"
    mail = f"{name.lower().replace(' ', '.')}.{next(number)}@example.org"
    return Person.create(role=role, name=name, email=more.pop("email", mail), **more)


def make_student(age: int = 16, grade: int = 10, **more) -> Person:
    day = today()
    return make_person("student", grade=grade, birth_date=date(day.year - age, 1, 2), **more)


def make_employer(name: str = "", state: str = "verified", **more) -> Employer:
    if state == "verified":
        more.setdefault("verified_until", today() + timedelta(days=300))
    return Employer.create(
        name=name or f"Employer {next(number)}", state=state, size="2-10", place="Alder Falls", **more
    )


def vet_supervisor(supervisor: Supervisor, **columns) -> SupervisorCheck:
    """The school trusts this person with a student, as `columns` say."""
    day = today()
    row = {
        "background": "clear",
        "background_on": day,
        "contact_seen_on": day,
        "vetted_until": day + timedelta(days=300),
    }
    SupervisorCheck.replace(supervisor=supervisor, **row | columns).execute()
    return SupervisorCheck.get(SupervisorCheck.supervisor == supervisor)


def employer_person(employer: Employer) -> Person:
    return employer.people.first() or make_person("employer", employer=employer)


def teacher() -> Person:
    return Person.get_or_none(Person.role == "teacher") or make_person("teacher")


def full_content(day: date | None = None, **changes) -> dict:
    """Everything a posting must say, in dates that lie ahead of a day (today)."""
    day = day or today()
    return {
        "title": "Price list for the counter", "summary": "Set our prices on one page that people can read.",
        "field": "design-media", "resume_title": "Design Intern",
        "description": "We change prices twice a year.\n\n- read the old list\n- set the new one",
        "deliverable": "One printed page and its file.",
        "milestones": [{"title": "A first sketch", "week": 1}],
        "must": ["Canva"], "nice": ["Photography"], "first_project_welcome": True, "ai_tools": "ask", "ai_note": "",
        "hours": 10, "weeks": 2, "rhythm": "Two afternoons a week",
        "starts_on": (day + timedelta(days=30)).isoformat(), "due_on": (day + timedelta(days=44)).isoformat(),
        "pay_cents": 20000, "seats": 1, "paid_how": "We pay by check in the week after.", "worker_kind": "employee",
        "tasks": ["drawing"], "sessions": [], "premises": None, "alone": None,
        "place": "remote", "location": "", "address": "", "times": "", "getting_there": "", "supervisor": None,
        "minimum_age": 14, "minimum_grade": None, "questions": ["What do you like to draw?"],
        "apply_by": (day + timedelta(days=14)).isoformat(), "decide_by": (day + timedelta(days=21)).isoformat(),
    } | changes  # fmt: skip


ON_SITE = {
    "place": "on-site", "location": "Old Town", "address": "12 Alder Street", "times": "Tuesdays 4 to 6 pm",
    "sessions": [{"day": 1, "from": "16:00", "to": "18:00"}], "premises": "workplace", "alone": "never",
    "getting_there": "Bus 7", "supervisor": {"name": "Pat Lindqvist", "title": "Owner"},
}  # fmt: skip


def make_posting(state: str = "open", employer: Employer | None = None, **changes) -> Posting:
    """A posting that came to its state by the moves people make. `changes` go into its content."""
    employer = employer or make_employer()
    person, reader = employer_person(employer), teacher()
    posting = postings.begin(employer, person, full_content(**changes))
    if posting.supervisor_id:
        vet_supervisor(posting.supervisor)
    if state == "draft":
        return posting
    postings.submit(posting, person)
    if state == "changes_requested":
        postings.ask_changes(posting, reader, {"pay": "Please say when you pay."})
    elif state == "declined":
        postings.decline(posting, reader, DeclineReason.UNCLEAR, "We could not see the project in it.")
    elif state != "submitted":
        approve(posting, reader)
    if state == "paused":
        postings.pause(posting, person)
    elif state == "filled":
        postings.fill(posting)
    elif state == "closed":
        postings.close(posting, person)
    elif state == "expired":
        Posting.update(apply_by=today() - timedelta(days=1)).where(Posting.id == posting.id).execute()
    return Posting.get_by_id(posting.id)


def approve(posting: Posting, reader: Person) -> None:
    """A teacher says yes, with reasons where the checks ask for some."""
    try:
        postings.approve(posting, reader)
    except checking.NeedsReason:
        postings.approve(Posting.get_by_id(posting.id), reader, reasons_for(posting))


def reasons_for(posting: Posting) -> dict[str, str]:
    """Why a teacher finds all right what the checks ask about in a posting."""
    found = checking.results(content.read(posting), posting.employer, Stage.APPROVE, posting.id)
    return {one.mark: "We know them, and what they mean." for one in found if one.level == Level.REASON}


WHY = "I letter signs for the school play and I would like to make something that stays up on a wall."


def make_application(
    state: str = "submitted", posting: Posting | None = None, student: Person | None = None
) -> Application:
    posting = posting or make_posting()
    student = student or make_student()
    person = employer_person(posting.employer)
    application = applications.begin(posting, student)
    skills = applications.must_skills(posting.id)
    answers = dict.fromkeys(range(1, len(content.read(posting)["questions"]) + 1), "Mostly letters.")
    evidence = {skill.id: {"kind": "club", "words": "I made the posters for the chess club."} for skill in skills}
    applications.save(application, student, WHY, answers, evidence)
    application = Application.get_by_id(application.id)
    if state == "draft":
        return application
    applications.submit(application, student)
    if state in ("shortlisted",):
        applications.shortlist(application, person)
    elif state == "not_selected":
        applications.not_select(application, person, Reason.CLOSE_CALL, "It was close.")
    elif state == "withdrawn":
        applications.withdraw(application, student)
    elif state != "submitted":
        applications.offer(application, person, today() + timedelta(days=3))
        if state == "accepted":
            applications.accept(application, student)
        elif state == "turned_down":
            applications.turn_down(application, student)
        elif state == "taken_back":
            applications.take_offer_back(application, person, "We had to change the plan.")
        elif state == "lapsed":
            Application.update(answer_by=today() - timedelta(days=1)).where(Application.id == application.id).execute()
            applications.lapse_offers(today())
    return Application.get_by_id(application.id)


RAN = {  # what has happened by then, by state: what the moves write
    "proposed": (), "not_agreed": ("ended_at",), "agreed": ("agreed_at",), "active": ("agreed_at", "started_at"),
    "delivered": ("agreed_at", "started_at"), "completed": ("agreed_at", "started_at", "ended_at"),
    "ended_early": ("agreed_at", "started_at", "ended_at"),
}  # fmt: skip


def make_placement(
    state: str = "active", posting: Posting | None = None, student: Person | None = None, **columns
) -> Placement:
    """A placement in a state, with a lead and a cover; `columns` are set beside it."""
    application = make_application("accepted", posting, student)
    placement = Placement.get(Placement.application == application)
    set_to = {"state": state, **dict.fromkeys(RAN[state], now())} | columns
    if state not in ("proposed", "not_agreed"):
        set_to = {"lead": teacher(), "cover": cover()} | set_to
    if state == "ended_early":
        set_to.setdefault("end_reason", "plans")
    Placement.update(**set_to).where(Placement.id == placement.id).execute()
    return Placement.get_by_id(placement.id)


def make_experience(
    posting: Posting | None = None, student: Person | None = None, minutes: int = 0, **columns
) -> Experience:
    """What a student keeps of a placement that a teacher has signed off; `minutes` are confirmed hours."""
    placement = make_placement("delivered", posting, student, **columns)
    if minutes:
        HoursEntry.create(
            placement=placement, worked_on=today(), minutes=minutes, did="Worked.", state="confirmed", confirmed_at=now()
        )  # fmt: skip
    make(MOVES["complete"], placement, placement.lead, ended_at=now())
    return Experience.get(Experience.placement == placement)


def say_yes(placement: Placement, **more) -> GuardianAnswer:
    """A parent's or guardian's yes to the match, on a paper, with no history and nobody told."""
    columns = {"answer": "yes", "how": "paper", "signed_on": today()} | more
    return GuardianAnswer.create(application=placement.application_id, **columns)


def make_report(about: str, number: int, person: Person, words: str = "", **more) -> Report:
    """Something felt wrong to somebody on the page of this thing."""
    return reports.report(targets.find(about, number), person, words, **more)


def close_report(report: Report, person: Person, **more) -> Report:
    """Opened and closed by somebody in its line."""
    case_actions.close(case_actions.look(report, person), person, more.pop("outcome", "settled"), **more)
    return Report.get_by_id(report.id)


def days_ago(days: int) -> datetime:
    """A moment by day at school, so many days ago: whatever the hour of the test, and summer time between."""
    return datetime.combine(today() - timedelta(days=days), time(20)) if days > 0 else now()


def cover() -> Person:
    """Another teacher than the one who leads."""
    first = teacher()
    other = Person.select().where(Person.role.in_(("teacher", "coordinator")), Person.id != first.id).first()
    return other or make_person("teacher")


def sign_all(placement: Placement) -> Placement:
    """An agreed placement with everything before its start: the agreement filled in and signed, a guardian's yes."""
    employer, staff = employer_person(placement.posting.employer), Person.get_by_id(placement.lead_id)
    version = terms.of(placement).version
    whole = {"pay_by": placement.due_on, "call": "Pat, 503 555 0134", "worker_kind": "employee", "times": "Afternoons"}
    whole |= {"place": "12 Alder Street", "pay_how": "By check"}
    agreement_actions.change(placement, employer, whole, version)
    version = terms.of(placement).version
    for person in (placement.application.student, employer, staff):
        agreement_actions.sign(placement, person, version)
    if not placement.application.guardian_answers.exists():
        match_actions.record_yes(placement, staff, today())
    return Placement.get_by_id(placement.id)
