"""The match on its page: who, with whom, from when to when; a teacher's answer; and how the sides reach each other."""

from board.applications.model import Application
from board.employers.model import Employer, Supervisor
from board.guardians import standing
from board.guardians.forms import RefusedForm, SchoolForm, SeenForm
from board.guardians.model import Guardian
from board.moves import Step
from board.people.model import Person
from board.placements import before_start
from board.placements.dates import flags
from board.placements.guardian import reaches_student, shares_contact
from board.placements.match_forms import NotAgreeForm, choice_form
from board.placements.match_rules import is_there, needs_supervisor
from board.placements.model import ENDED, OPEN, Placement, State
from board.placements.rules import MOVES
from board.postings.model import Posting
from board.school.model import today

MOST = 20  # other placements of a student that are listed


def look(placement: Placement) -> before_start.Look:
    """Asked once a page: the parts of the match, the agreement and the start all speak of it."""
    if "_look" not in placement.__dict__:
        placement.__dict__["_look"] = before_start.look(placement)
    return placement.__dict__["_look"]


def part(placement: Placement, me: Person) -> dict:
    found = look(placement)
    made = {
        "look": found,
        "flags": flags(placement.starts_on, placement.due_on) if placement.state in OPEN else [],
        "contact": contact(placement, me, found),
        "not_agreed": words_of(placement) if placement.state == State.NOT_AGREED else "",
        "needs_supervisor": needs_supervisor(placement),
    }
    return made | (for_staff(placement, me, found) if me.is_teacher else {})


def is_settled(placement: Placement) -> bool:
    """Once the work has begun, what is to be done stands above who does it with whom."""
    return placement.started_at is not None


def for_staff(placement: Placement, me: Person, found: before_start.Look) -> dict:
    """What the school alone sees, and the forms of a teacher."""
    first_day = max(placement.starts_on or today(), today()) if placement.started_at is None else placement.starts_on
    made = {
        "age": placement.student.age_on(first_day or today()),
        "adviser": None,
        "others": others(placement),
        "gone": [one for one in (placement.lead, placement.cover) if one and not is_there(one)],
        "agree": None, "people": None, "guardian_form": None, "guardians": [],
    }  # fmt: skip
    if placement.held_at or placement.state not in OPEN:
        made["adviser"] = placement.student.adviser
    if placement.state in OPEN:
        made |= at_home(placement, me)
    if placement.held_at:
        return made
    if placement.state in OPEN:
        staff = list(Person.staff())
        there = {one.id: one for one in staff}
        made["adviser"] = there.get(placement.student.adviser_id) or placement.student.adviser
        lead, cover = suggested(placement, me, staff)
        form = choice_form(placement, staff, supervisors(placement), lead, cover)
        made["agree" if placement.state == State.PROPOSED else "people"] = form
        if placement.state == State.PROPOSED and found.guardian.no:
            made["agree"] = None
    if MOVES["not_agree"].allows(me, placement):
        made["not_agree"] = NotAgreeForm(formdata=None)
    return made


def at_home(placement: Placement, me: Person) -> dict:
    """Whom the school has asked at home, what they said, and the forms for what they tell the school."""
    known = list(Guardian.of(placement.student))
    return {
        "guardians": known, "home": standing.of_all([placement.application], placement.student)[0],
        "guardian_form": SeenForm(formdata=None, signed_on=today()).offer(known),
        "refused_form": RefusedForm(formdata=None, signed_on=today()).offer(known),
        "school_form": SchoolForm(formdata=None, name=me.name) if me.is_coordinator else None,
    }  # fmt: skip


def suggested(placement: Placement, me: Person, staff: list[Person]) -> tuple[Person | None, Person | None]:
    """Who is named already; else whoever looks at it leads, and the student's adviser covers."""
    if placement.state != State.PROPOSED:
        return placement.lead, placement.cover
    others = [one for one in staff if one.id != me.id]
    adviser = next((one for one in others if one.id == placement.student.adviser_id), None)
    return me, adviser or (others[0] if len(others) == 1 else None)


def supervisors(placement: Placement) -> list[Supervisor]:
    return list(
        Supervisor.select()
        .where(Supervisor.employer == placement.posting.employer_id)
        .order_by(Supervisor.name, Supervisor.id)
    )


def others(placement: Placement) -> list[Placement]:
    """This student's other placements, those under way first, in one query."""
    query = (
        Placement.select(Placement, Application, Posting, Employer)
        .join(Application)
        .join(Posting)
        .join(Employer)
        .where(Application.student == placement.application.student_id, Placement.id != placement.id)
    )
    return list(query.order_by(Placement.state.in_(ENDED), Placement.id.desc()).limit(MOST))


def words_of(placement: Placement) -> str:
    """What the teacher said who did not agree."""
    step = Step.of(placement).where(Step.move == "not_agree").first()
    return step.reason if step else ""


def contact(placement: Placement, me: Person, found: before_start.Look) -> dict:
    """How the other side is reached, as far as this reader may know it now; what is missing otherwise.

    The employer's people have work addresses; of a student it is the school's address alone.
    """
    shared = shares_contact(placement, found.guardian)
    made = {"shared": shared, "student": None, "person": None, "call": "", "waits": found.guardian.is_missing}
    if me.is_teacher or (shared and me.is_student):
        made["person"] = contact_of(placement.posting)
        made["call"] = found.agreement.call
    if me.is_teacher or (me.is_employer and reaches_student(placement, found.guardian)):
        made["student"] = placement.student
    return made


def contact_of(posting: Posting) -> Person | None:
    """The posting's contact; when nobody is it any more, somebody else of the employer."""
    theirs = Person.active().where(Person.employer == posting.employer_id, Person.email.is_null(False))
    return theirs.order_by(Person.id != posting.contact_id, Person.id).first()
