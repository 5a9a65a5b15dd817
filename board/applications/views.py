"""A student's applications: where each stands, what comes next, and the moves a student makes."""

from flask import Blueprint, abort, g, url_for
from flask_babel import gettext as _
from peewee import JOIN

from board import htmx
from board.access import open_to, who
from board.applications import actions
from board.applications.model import ENDED, Application, Reading, State
from board.applications.rules import MOVES, decides_by
from board.applications.shown import shown
from board.applications.story import story
from board.drawing import said
from board.employers.model import Employer
from board.moves import Refused, Step, TooLate
from board.people.model import Person, Role
from board.placements import model as placed
from board.postings.model import Posting
from board.postings.similar import similar_to
from board.postings.views import about_me
from board.school.model import Field

applications = Blueprint("applications", __name__)

NOT_MINE = (State.NOT_SELECTED, State.TAKEN_BACK, State.LAPSED)  # ended, though the student would have liked it


@applications.get("/applications")
@open_to(Role.STUDENT)
def mine():
    """What needs me first, then what waits, then what has ended."""
    me = who()
    rows = list(
        with_posting(Application.seen_by(me)).order_by(Application.updated_at.desc(), Application.id.desc()).limit(300)
    )
    readings = readings_of(rows)
    groups = {"needs": [], "begun": [], "drafts": [], "waiting": [], "ended": []}
    for row in rows:
        group = group_of(row, readings.get(row.id))
        if group:
            groups[group].append(row)
    groups["needs"].sort(key=lambda row: (row.state != State.OFFERED, row.answer_by or row.created_at.date()))
    return htmx.page(
        "applications/mine.html", groups=groups, readings=readings, last_words=last_words(groups["ended"]),
        decides_by=decides_by, similar=similar_now(groups["ended"], me), State=State,
    )  # fmt: skip


def group_of(application: Application, reading: Reading | None) -> str:
    """Where the list shows an application; a draft that was thrown away is nowhere."""
    if application.state == State.OFFERED:
        return "needs"
    if application.state == State.DRAFT:
        return "needs" if reading and reading.answered_at else "drafts"
    if application.state in ENDED:
        return "ended" if application.submitted_at else ""
    if application.match and application.match.state in placed.ENDED:
        return "ended"
    return "begun" if application.match else "waiting"


def with_match(query, *columns):
    """Applications, selecting these columns, with the placement that each became."""
    return (
        query.select(Application, placed.Placement.id, placed.Placement.state, placed.Placement.agreed_at, *columns)
        .join(placed.Placement, JOIN.LEFT_OUTER, on=placed.Placement.application == Application.id, attr="match")
        .switch(Application)
    )


def with_posting(query):
    """Applications with all that their rows show, in one query."""
    return (
        with_match(query, Posting, Employer, Field, Person.id, Person.name, Person.grade)
        .join(Posting)
        .join(Employer)
        .switch(Posting)
        .left_outer_join(Field)
        .switch(Application)
        .join(Person, on=Application.student)
    )


def readings_of(rows: list[Application]) -> dict[int, Reading]:
    """The last reading of each draft, with its teacher."""
    drafts = [row.id for row in rows if row.state == State.DRAFT]
    query = Reading.select(Reading, Person).join(Person).where(Reading.application.in_(drafts)).order_by(Reading.id)
    return {reading.application_id: reading for reading in query}


def last_words(ended: list[Application]) -> dict[int, str]:
    """What the employer said at the end, by application."""
    query = Step.select(Step.noun_id, Step.reason).where(
        Step.noun == "application",
        Step.noun_id.in_([row.id for row in ended]),
        Step.move.in_(("not_select", "take_offer_back")),
    )
    return {number: words for number, words in query.tuples() if words}


def similar_now(ended: list[Application], student: Person) -> dict[int, list[Posting]]:
    """Two open projects like each that did not work out, by posting."""
    return similar_to([row.posting for row in ended if row.state in NOT_MINE], student)


@applications.get("/applications/<int:application_id>")
@open_to(Role.STUDENT, Role.TEACHER)
def show(application_id: int):
    return draw(load(application_id))


def load(application_id: int) -> Application:
    return with_posting(Application.seen_by(who())).where(Application.id == application_id).first() or abort(404)


def draw(application: Application, problem: str = "", status: int = 200):
    """One application, as the employer reads it; a teacher reads it with the student's name."""
    me = who()
    draft = application.state == State.DRAFT
    open_moves = [move.name for move in MOVES.values() if move.allows(me, application)]
    g.section = "students" if me.is_teacher else "applications"
    return htmx.page(
        "applications/show.html", status=status, application=application, shown=shown(application),
        story=story(application, me), decides_by=decides_by, problem=problem, State=State,
        open_moves=open_moves, obstacle=in_the_way(application) if me.is_student and "accept" in open_moves else "",
        unready=[text for _where, text in unready(application)] if draft and me.is_student else [],
        reading=readings_of([application]).get(application.id),
        employer_words=last_words([application]).get(application.id, ""),
        similar=similar_now([application], me).get(application.posting_id, []) if me.is_student else [],
    )  # fmt: skip


def in_the_way(application: Application) -> str:
    """Why an offer cannot be accepted now, in words for the student."""
    found = actions.obstacle(application)
    return said(found) if found else ""


def unready(application: Application) -> list[tuple[str, str]]:
    """What keeps a draft from being sent: (place on the form, sentence)."""
    return [
        (where, said(Refused(words, **values)))
        for where, words, values in actions.problems(application, application.student)
    ]


@applications.post("/applications/<int:application_id>/<move>")
@open_to(Role.STUDENT)
def make_move(application_id: int, move: str):
    """Each is one plain form. Too late or refused: the page as it stands now, with the reason in words."""
    application = load(application_id) if move in ("submit", "withdraw", "accept", "turn_down") else abort(404)
    was_draft = application.state == State.DRAFT
    try:
        getattr(actions, move)(application, who())
    except actions.NotReady:
        return htmx.go(url_for("applications.apply", posting_id=application.posting_id, check=1))
    except TooLate as late:
        return draw(load(application_id), too_late(load(application_id), late), 409)
    except Refused as problem:
        return draw(load(application_id), said(problem), 409 if move != "submit" else 422)
    words = {
        "submit": _("Your application is sent."),
        "accept": _("You said yes. Next, a teacher looks at the match."),
        "turn_down": _("You turned the offer down. The employer has been told."),
        "withdraw": _("The draft is gone.") if was_draft else _("You have withdrawn this application."),
    }[move]
    back = url_for("applications.mine") if was_draft and move == "withdraw" else None
    return htmx.go(back or url_for("applications.show", application_id=application_id), words)


def too_late(application: Application, late: TooLate) -> str:
    """Why a student's move came too late, in words about this application."""
    if application.state == State.TAKEN_BACK:
        return _("The offer is no longer there: it was taken back, or the project was closed.")
    if application.state == State.LAPSED:
        return _("The last day to answer this offer has passed.")
    if (
        late.step and late.step.person and late.step.person.is_employer
    ):  # students meet the organization, not its people
        return _("This has changed in the meantime. Here is how it stands now.")
    return said(late)


def for_project_page(posting: Posting, person: Person | None) -> dict:
    """What the project page tells a student: why they may not apply (a `Said`), or the application they have."""
    if person is None or not person.is_student:
        return {"bar": None, "application": None}
    application = actions.live(posting, person)
    barred = None if application else actions.barred_from(posting, person)
    return {"bar": barred, "application": application}


about_me.append(for_project_page)
