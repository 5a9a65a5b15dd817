"""The home of teachers and coordinators: what has waited longest first, and whom of their students nobody has seen.
A fixed number of queries, whatever waits."""

from datetime import datetime

from flask_babel import gettext as _
from flask_babel import ngettext
from peewee import JOIN, Case, fn

from board.applications.model import SENT, Application, Reading
from board.applications.model import State as ApplicationState
from board.drawing import waited
from board.employers import vetting_list
from board.employers.model import State as EmployerState
from board.home.first import first_people
from board.home.steps import ROWS, Step, Todo
from board.home.waiting import waiting
from board.mail import standing
from board.people.model import Person
from board.people.roster import never_signed_in
from board.placements.lists import Row, open_rows
from board.postings import late, queue
from board.postings.model import Posting
from board.school.model import Skill, SkillState, today
from board.worker.health import Health, health

STUDENTS = 12  # of those that are listed
# how far the furthest application of a student has come
FURTHEST = ((ApplicationState.ACCEPTED, 3), (ApplicationState.OFFERED, 2))


def of(person: Person) -> dict:
    counts = waiting()
    rows = queue.page(person, most=ROWS)
    readings = list(
        Reading.select(Reading, Application, Posting, Person)
        .join(Application)
        .join(Posting)
        .switch(Application)
        .join(Person)
        .where(Reading.teacher == person, Reading.answered_at.is_null())
        .order_by(Reading.asked_at)
        .limit(ROWS)
    )
    work = [row for row in open_rows(person, mine=True) if row.needs]
    students = advisees(person)
    idle = sum(not student.furthest for student in students)
    todo = [
        Todo(
            "clipboard-check", _("Postings to read"), "/review", counts["review"],
            oldest(rows[0].since, rows[0].posting.employer.name) if rows else "",
        ),
        Todo(
            "book-open", _("Drafts students asked you to read"), "/readings", counts["readings"],
            oldest(readings[0].asked_at, readings[0].application.student.name) if readings else "",
        ),
    ]  # fmt: skip
    if counts["officer"] or person.is_coordinator:
        todo.insert(0, Todo("flag", _("Student safety: not opened yet"), "/safety", counts["reports"]))
    if work:
        first = work[0]
        small = f"{first.words}: {first.student}, “{first.placement.posting.title}”"
        todo.append(Todo("briefcase", _("Placements that need you"), "/placements#needs", len(work), small))
    if students:
        small = _("nothing of theirs is on its way") if idle else _("all of them have something on its way")
        todo.append(Todo("user", _("My students without a step"), "/students?mine=1&idle=1", idle, small))
    found = health() if person.is_coordinator else None
    mail = standing.look() if found else None
    if found and mail:
        todo += coordinator_todo(counts, found, mail)
    return {
        "next_step": next_step(rows, readings, counts, found, work) or (first_people() if found else None),
        "todo": todo,
        "rows": rows,
        "readings": readings,
        "students": students[:STUDENTS],
        "all_students": len(students),
        "step_of": step_of,
        "mail": mail,
    }


def oldest(at: datetime, name: str) -> str:
    """Whose has waited longest, and for how long."""
    time = waited(at)
    if time == _("today"):
        return _("the oldest came today, from %(name)s", name=name)
    return _("the oldest has waited %(time)s, from %(name)s", time=time, name=name)


def advisees(person: Person) -> list[Person]:
    """A teacher's students with how far each has come; those without a step first."""
    reached = Case(None, ((Application.id.is_null(), 0),), 1)  # a student without applications is one row all the same
    furthest = fn.MAX(Case(Application.state, FURTHEST, reached))
    return list(
        Person.select(Person.id, Person.name, furthest.alias("furthest"))
        .join(Application, JOIN.LEFT_OUTER, on=(Application.student == Person.id) & Application.state.in_(SENT))
        .where(Person.adviser == person, Person.ended_at.is_null())
        .group_by(Person.id)
        .order_by(furthest > 0, fn.LOWER(Person.name))
    )


def step_of(student) -> str:
    """How far a student's furthest application has come, in words."""
    return [_("no step yet"), _("waits for an answer"), _("has an offer"), _("at work, or has been")][student.furthest]


def coordinator_todo(counts: dict[str, int], found: Health, mail: standing.Standing) -> list[Todo]:
    proposed = Skill.select().where(Skill.state == SkillState.PROPOSED).count()
    never = Person.active().where(never_signed_in()).count()
    return [
        Todo(
            "clock", _("Postings that have waited three school days"), "/review?all=1", len(late.waiting()),
            _("no teacher has answered yet"),
        ),
        Todo(
            "building-2", _("Employers to check"), f"/employers?state={EmployerState.UNVERIFIED}", counts["employers"],
            _("nothing of theirs can open before that") if counts["employers"] else "",
        ),
        Todo("calendar-clock", _("Checks of employers that end soon"), "/employers?look=ends", vetting_list.ending(today()).count()),
        Todo("user-check", _("Worksite supervisors to check"), "/employers?look=supervisor", len(vetting_list.unchecked(today()))),
        Todo("megaphone", _("Employers students suggest"), "/employers/suggestions", counts["suggestions"]),
        Todo("list-checks", _("Skills people have proposed"), "/settings/skills?state=proposed", proposed),
        Todo(
            "log-in", _("People who have never signed in"), "/people?state=never", never,
            _("send them a new link, or print a slip") if never else "",
        ),
        *could_not(found, mail),
    ]  # fmt: skip


def could_not(found: Health, mail: standing.Standing) -> list[Todo]:
    """What the board should have done by itself."""
    rows = [
        Todo("triangle-alert", _("Jobs the board could not do by itself"), "/settings/worker#failed", len(found.failing)),
        Todo(
            "mail", _("Letters that could not be delivered"), "/settings/mail#failed", mail.failed,
            _("each with what the mail server says"),
        ),
    ]  # fmt: skip
    return [row for row in rows if row.count]


def next_step(rows, readings, counts: dict[str, int], found: Health | None, work: list[Row]) -> Step | None:
    if counts.get("reports"):
        words = ngettext(
            "It waits for you, and goes to the next in line if it is not opened in time.",
            "%(num)d wait for you, and go to the next in line if they are not opened in time.", counts["reports"],
        )  # fmt: skip
        return Step("flag", _("Something felt wrong to somebody"), words, "/safety", _("Open it"))
    if found and found.is_missed:
        words = _("Nobody is told of anything, and no day is kept, until it is started again.")
        return Step("triangle-alert", _("The board's background work has stopped"), words, "/settings/worker", _("See what to do"))  # fmt: skip
    urgent = next((row for row in work if row.turn and row.turn.urgent), None)
    if urgent or (work and not rows and not readings):
        first = urgent or work[0]
        words = _("“%(title)s” with %(student)s.", title=first.placement.posting.title, student=first.student)
        return Step("briefcase", first.words, words, first.address, _("Go there"))
    if readings and (not rows or readings[0].asked_at < rows[0].since):
        first = readings[0]
        words = _("For “%(title)s”.", title=first.application.posting.title)
        title = _("%(name)s asks you to read a draft", name=first.application.student.name)
        return Step("book-open", title, words, f"/readings/{first.id}", _("Read the draft"))
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
    if counts.get("employers"):
        words = _("Nothing of theirs can open before that.")
        address = f"/employers?state={EmployerState.UNVERIFIED}"
        return Step("building-2", _("An employer waits to be checked"), words, address, _("Check it"))
    return None
