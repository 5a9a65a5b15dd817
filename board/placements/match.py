"""The match on its page: who, with whom, from when to when; a teacher's answer; and how the sides reach each other."""

from flask_babel import gettext as _

from board.applications.model import Application
from board.employers.model import Employer, Supervisor
from board.guardians import standing
from board.guardians.forms import RefusedForm, SchoolForm, SeenForm
from board.guardians.model import Guardian
from board.home.steps import Step as NextStep
from board.moves import Step
from board.people.model import Person
from board.placements import before_start
from board.placements.agreement_rules import unfilled
from board.placements.dates import flags
from board.placements.guardian import Asked, reaches_student, shares_contact
from board.placements.match_forms import NotAgreeForm, choice_form
from board.placements.match_rules import is_there, needs_supervisor
from board.placements.model import ENDED, OPEN, Party, Placement, State
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


def next_step(placement: Placement, me: Person) -> NextStep | None:
    """What this reader has to do before the start."""
    if placement.held_at:
        return None
    guardian = look(placement).guardian if placement.state in OPEN and me.is_student else None
    if guardian and guardian.of_student and guardian.yes is None and guardian.no is None:
        return own_yes(placement)
    if placement.state == State.PROPOSED:
        return while_it_waits(placement, me)
    if placement.state != State.AGREED:
        return None
    found = look(placement)
    mine = {item.name for item in before_start.items(placement, found) if item.is_turn_of(me)}
    if "terms" in mine and me.is_employer:
        return fill_in(_("The training agreement is not filled in yet"))
    if f"signed-{as_whom(me)}" in mine:
        words = _("It says who does what, where and when, and how the work is paid.")
        if as_whom(me) in found.earlier:
            words = _("It has changed since you signed it. See what it says now.")
        return NextStep("pencil", _("Read and sign the training agreement"), words, "#agreement", _("Read and sign"))
    if "guardian" in mine:
        if me.is_student and found.guardian.of_student:
            return own_yes(placement)
        if said := home_says(found.guardian, me):
            return said
        if me.is_student:
            words = _("The school asks them by a letter or a slip. You can also print the training agreement and have it signed at home. Until then you and the employer meet by first name alone.")  # fmt: skip
            address = f"/placements/{placement.id}/agreement"
            return NextStep("user-check", _("A parent or guardian has to say yes"), words, address, _("To the page to print"))  # fmt: skip
        words = _("See below whom the school has asked. Print a slip, or write down a signature that you have seen.")
        return NextStep(
            "user-check", _("A parent or guardian has to say yes"), words, "#guardian", _("See how it stands")
        )
    if mine & {"staff", "supervisor", "dates"}:
        return NextStep("users", _("Name who looks after it, and the days"), _("Part of it is missing."), "#people", _("Look at it"))  # fmt: skip
    if "permit" in mine:
        return NextStep("ticket", _("The work permit is missing"), _("Write its number down as soon as it is there."), "#permit", _("Write it down"))  # fmt: skip
    return None


def home_says(guardian: Asked, me: Person) -> NextStep | None:
    """Where somebody at home has answered, and it is not yes."""
    if guardian.no and me.is_student:
        words = _("Nothing starts while that stands. Talk about it at home, or with your teacher: they can change their mind on the page of their link.")  # fmt: skip
        return NextStep("circle-x", _("A parent or guardian has said no"), words)
    if guardian.no:
        words = _("Talk to the family. It goes on once the same person says yes; if it stays no, it ends here.")
        return NextStep("circle-x", _("A parent or guardian has said no"), words, "#guardian", _("See how it stands"))
    if guardian.question and me.is_student:
        words = _("You need do nothing: the school gets in touch with them.")
        return NextStep("message-square", _("A parent or guardian wants to talk to the school first"), words)
    return None


def own_yes(placement: Placement) -> NextStep:
    words = _("What your family had agreed to is yours to decide from now on.")
    return NextStep("user-check", _("You are 18 now: say yes yourself"), words, f"/placements/{placement.id}/own-yes", _("Read and decide"))  # fmt: skip


def as_whom(me: Person) -> Party:
    if me.is_student:
        return Party.STUDENT
    return Party.EMPLOYER if me.is_employer else Party.TEACHER


def fill_in(title: str) -> NextStep:
    words = _("Fill in the days and hours, when and how it is paid, and whom to call. Then everybody can sign it.")
    return NextStep("pencil", title, words, "#agreement-terms", _("Fill it in"))


def while_it_waits(placement: Placement, me: Person) -> NextStep:
    guardian = look(placement).guardian
    if guardian.no and not guardian.of_student and not me.is_employer:
        return home_says(guardian, me)
    if me.is_teacher:
        words = _("Who, with whom, where and when stands below. Agree, or say why not: both sides wait for it.")
        return NextStep("handshake", _("This match waits for a teacher"), words)
    if me.is_employer and unfilled(look(placement).agreement, placement):
        return fill_in(_("While a teacher looks at the match: fill in the training agreement"))
    if me.is_employer:
        words = _("Once they agree you learn the first name, and everybody signs the training agreement.")
    else:
        words = _("Until they agree nobody there learns your name. You will hear from us either way.")
    return NextStep("hourglass", _("A teacher looks at the match now"), words)
