"""What each person's home page shows: one next step first, then what waits, then what is new. A fixed number of
queries, whatever waits."""

from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext
from peewee import JOIN, fn

from board.applications.model import LIVE, WAITING, Application, Reading
from board.applications.model import State as ApplicationState
from board.drawing import day, translate, waited
from board.employers.model import Employer
from board.employers.model import State as EmployerState
from board.home.waiting import waiting
from board.people.model import Interest, Person, PersonSkill, SignIn
from board.postings import queue
from board.postings.model import APPROVED, Posting
from board.postings.model import State as PostingState
from board.postings.similar import newest_for
from board.school.model import Skill, SkillState

ROWS = 5  # of what is listed on a home page


@dataclass
class Step:
    """The one thing to do next."""

    icon: str
    title: str
    words: str
    address: str = ""
    button: str = ""


@dataclass
class Todo:
    """A line of what waits: a number that leads to exactly those rows."""

    icon: str
    words: str
    address: str
    count: int = 0
    small: str = ""


SENT = tuple(state for state in LIVE if state != ApplicationState.DRAFT)  # a draft is the student's own


def of(person: Person) -> dict:
    """What the home page of this person needs."""
    if person.is_student:
        return student(person)
    return staff(person) if person.is_teacher else employer(person)


# -- students


def student(person: Person) -> dict:
    query = Application.select(Application, Posting, Employer).join(Posting).join(Employer)
    mine = list(
        query.where(Application.student == person, Application.state.in_(LIVE)).order_by(Application.updated_at)
    )
    by_state = {
        state: [row for row in mine if row.state == state]
        for state in (ApplicationState.DRAFT, ApplicationState.OFFERED)
    }
    drafts, offers = by_state[ApplicationState.DRAFT], by_state[ApplicationState.OFFERED]
    sent = [row for row in mine if row.state in WAITING]
    read = {
        number
        for (number,) in Reading.select(Reading.application)
        .where(Reading.application.in_([row.id for row in drafts]), Reading.answered_at.is_null(False))
        .tuples()
    }
    interests = Interest.select().where(Interest.person == person).count()
    skills = PersonSkill.select().where(PersonSkill.person == person).count()
    newest = newest_for(person)
    offers.sort(key=lambda row: row.answer_by)
    drafts.sort(key=lambda row: (row.id not in read, row.posting.apply_by is None, row.posting.apply_by))
    todo = []
    if offers:
        words = ngettext("%(num)d offer to answer", "%(num)d offers to answer", len(offers))
        todo.append(
            Todo(
                "sparkles",
                words,
                "/applications#needs",
                len(offers),
                _("answer by %(day)s", day=day(offers[0].answer_by)),
            )
        )
    if drafts:
        words = ngettext("%(num)d application not sent yet", "%(num)d applications not sent yet", len(drafts))
        address = "/applications" if read else "/applications#drafts"
        todo.append(Todo("pencil", words, address, len(drafts), drafts[0].posting.title))
    words = ngettext("%(num)d application on its way", "%(num)d applications on their way", len(sent))
    if sent:
        todo.append(Todo("send", words, "/applications#waiting", len(sent), _("the employer answers")))
    return {
        "next_step": student_next(person, offers, drafts, read, bool(interests or skills)),
        "todo": todo,
        "newest": newest,
        "told_us": bool(interests or skills),
    }


def student_next(person: Person, offers, drafts, read: set[int], told_us: bool) -> Step:
    if offers:
        first = offers[0]
        return Step(
            "sparkles", _("%(employer)s would like you", employer=first.posting.employer.name),
            _("You have an offer for “%(title)s”. Answer by %(day)s.", title=first.posting.title, day=day(first.answer_by)),
            f"/applications/{first.id}", _("Answer the offer"),
        )  # fmt: skip
    if drafts:
        first = drafts[0]
        title = _("A teacher has read your draft") if first.id in read else _("Finish your application")
        words = _("“%(title)s” at %(employer)s.", title=first.posting.title, employer=first.posting.employer.name)
        if first.posting.apply_by:
            words += " " + _("Last day to apply: %(day)s.", day=day(first.posting.apply_by))
        return Step("pencil", title, words, f"/projects/{first.posting_id}/apply", _("Go on writing"))
    if person.birth_date is None:
        return Step(
            "calendar", _("Ask your teacher to add your birth date"),
            _("You can look at every project now. To apply, the school needs to know how old you are."),
            "/projects", _("Look at projects"),
        )  # fmt: skip
    if not told_us:
        return Step(
            "user", _("Tell us what you like and can do"),
            _("Pick fields and skills: then we can show you projects that suit you, here and in search."),
            "/profile", _("Fill in your profile"),
        )  # fmt: skip
    return Step(
        "search", _("Find a project"), _("Paid, short, and read by a teacher before you see it."),
        "/projects", _("Find projects"),
    )  # fmt: skip


# -- teachers and coordinators


def staff(person: Person) -> dict:
    counts = waiting()
    rows = queue.page(person)[:ROWS]
    readings = (
        Reading.select(Reading, Application, Posting, Person)
        .join(Application)
        .join(Posting)
        .switch(Application)
        .join(Person)
        .where(Reading.teacher == person, Reading.answered_at.is_null())
        .order_by(Reading.asked_at)
        .limit(ROWS)
    )
    readings = list(readings)
    students = (
        Person.select(Person, fn.COUNT(Application.id).alias("live"))
        .join(Application, JOIN.LEFT_OUTER, on=(Application.student == Person.id) & Application.state.in_(SENT))
        .where(Person.adviser == person, Person.ended_at.is_null())
        .group_by(Person.id)
        .order_by(fn.LOWER(Person.name))
    )
    students = list(students)
    todo = [
        Todo(
            "clipboard-check", _("Postings to read"), "/review", counts["review"],
            _("the oldest since %(time)s, %(employer)s", time=waited(rows[0].since), employer=rows[0].posting.employer.name)
            if rows else _("nothing waits"),
        ),
        Todo("book-open", _("Drafts students asked you to read"), "/readings", counts["readings"]),
    ]  # fmt: skip
    if person.is_coordinator:
        todo += coordinator_todo(counts)
    return {
        "next_step": staff_next(person, rows, readings, counts),
        "todo": todo,
        "rows": rows,
        "readings": readings,
        "students": students,
    }


def coordinator_todo(counts: dict[str, int]) -> list[Todo]:
    proposed = Skill.select().where(Skill.state == SkillState.PROPOSED).count()
    signed_in = SignIn.select(SignIn.person)
    never = Person.active().where(Person.id.not_in(signed_in)).count()
    return [
        Todo("flag", _("Reports to look at"), "/reports", counts["reports"]),
        Todo(
            "building-2", _("Employers to check"), f"/employers?state={EmployerState.UNVERIFIED}", counts["employers"]
        ),
        Todo("megaphone", _("Employers students suggest"), "/employers/suggestions", counts["suggestions"]),
        Todo("list-checks", _("Skills employers have proposed"), "/settings/skills", proposed),
        Todo("log-in", _("People who have never signed in"), "/people?state=never", never),
    ]


def staff_next(person: Person, rows, readings, counts: dict[str, int]) -> Step | None:
    if counts.get("reports"):
        words = ngettext(
            "One report waits; the project may be hidden until you have looked.",
            "%(num)d reports wait; projects may be hidden until you have looked.", counts["reports"],
        )  # fmt: skip
        return Step("flag", _("Somebody says that something is wrong"), words, "/reports", _("Look at it"))
    if rows:
        first = rows[0]
        employer = first.posting.employer.name
        words = (
            _("%(employer)s asks to change it.", employer=employer)
            if first.is_change
            else _("%(employer)s sent it in; it has waited longest.", employer=employer)
        )
        title = _("Read “%(title)s”", title=first.posting.title or _("Untitled"))
        return Step("clipboard-check", title, words, f"/review/{first.posting.id}", _("Read it"))
    if readings:
        first = readings[0]
        words = _("For “%(title)s”.", title=first.application.posting.title)
        title = _("%(name)s asks you to read a draft", name=first.application.student.name)
        return Step("book-open", title, words, f"/readings/{first.id}", _("Read the draft"))
    if counts.get("employers"):
        words = _("Nothing of theirs can open before that.")
        return Step(
            "building-2", _("An employer waits to be checked"), words, "/employers?state=unverified", _("Check it")
        )
    return None


# -- employers


def employer(person: Person) -> dict:
    own = Posting.employer == person.employer_id
    by_state = dict(Posting.select(Posting.state, fn.COUNT(Posting.id)).where(own).group_by(Posting.state).tuples())
    asked = list(
        Posting.select().where(own, Posting.state == PostingState.CHANGES_REQUESTED).order_by(Posting.id).limit(1)
    )
    applicants = (
        Application.select(Application, Posting)
        .join(Posting)
        .where(own, Application.state.in_(WAITING))
        .order_by(Application.submitted_at, Application.id)
    )
    total = waiting()["applicants"]
    applicants = list(applicants.limit(ROWS))
    todo = [Todo("users", _("Applicants to answer"), "/employer/applicants", total)]
    for group, states, icon, words in (
        ("changes", (PostingState.CHANGES_REQUESTED,), "message-square", _("The school asks for changes")),
        ("drafts", (PostingState.DRAFT,), "pencil", _("Drafts")),
        ("waiting", (PostingState.SUBMITTED,), "hourglass", _("With the school")),
        ("open", APPROVED, "circle-check", _("On the board")),
    ):
        number = sum(by_state.get(state, 0) for state in states)
        if number:
            todo.append(Todo(icon, words, f"/employer/postings#{group}", number))
    return {
        "next_step": employer_next(person.employer, asked, applicants, by_state),
        "todo": todo,
        "applicants": applicants,
        "state": person.employer.state,
    }


def employer_next(organisation: Employer, asked, applicants, by_state: dict[str, int]) -> Step:
    if organisation.state in (EmployerState.REFUSED, EmployerState.SUSPENDED):
        words = _("Your postings are not shown to students. The reason is on your organization's page.")
        title = _(
            "%(employer)s: %(state)s", employer=organisation.name, state=translate(organisation.state_label).lower()
        )
        return Step("triangle-alert", title, words, "/employer", _("To your organization"))
    if asked:
        return Step(
            "message-square", _("The school asks for changes"),
            _("To “%(title)s”. What should change stands beside each section.", title=asked[0].title),
            f"/employer/postings/{asked[0].id}", _("Make the changes"),
        )  # fmt: skip
    if applicants:
        first = applicants[0]
        return Step(
            "users", _("Answer Student %(code)s", code=first.code),
            _("Applied for “%(title)s” and has waited longest.", title=first.posting.title),
            f"/employer/applicants/{first.id}", _("Read the application"),
        )  # fmt: skip
    if by_state.get(PostingState.DRAFT):
        return Step(
            "pencil", _("Finish your draft"), _("Nobody at the school sees it before you send it."),
            "/employer/postings#drafts", _("To my drafts"),
        )  # fmt: skip
    words = _(
        "A few hours to a few weeks, one thing to hand over, one fixed pay. A teacher reads it before students do."
    )
    if organisation.state == EmployerState.UNVERIFIED:
        words += " " + _("You can write while the school checks who you are.")
    return Step("plus", _("Offer a project"), words, "/employer/postings/new", _("Write a posting"))
