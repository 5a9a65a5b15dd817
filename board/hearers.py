"""Who hears of a step: functions of a Step that give the ids of people. Only those whose account is open."""

from board.applications.model import WAITING, Application
from board.applications.model import State as ApplicationState
from board.moves import Step
from board.people.model import STAFF, Person, Role
from board.placements.model import EmployerFeedback, Message, MessageRead, Party, Placement, StudentFeedback
from board.postings.model import Posting, PostingHelper, Revision, Saved, SavedSearch
from board.privacy.model import Correction
from board.suggestions.model import Suggestion


def people_of(employer_id: int) -> list[int]:
    return ids(Person.active().where(Person.employer == employer_id))


def teachers() -> list[int]:
    return ids(Person.active().where(Person.role.in_(STAFF)))


def coordinators() -> list[int]:
    return ids(Person.active().where(Person.role == Role.COORDINATOR))


def ids(query) -> list[int]:
    return [number for (number,) in query.select(Person.id).tuples()]


def all_teachers(step: Step) -> list[int]:
    return teachers()


def all_coordinators(step: Step) -> list[int]:
    return coordinators()


def in_charge(posting: Posting) -> list[int]:
    """The contact of a posting and who helps with it; with none of them there any more, everybody of its employer."""
    helpers = PostingHelper.select(PostingHelper.person).where(PostingHelper.posting == posting)
    theirs = Person.active().where(Person.employer == posting.employer_id)
    some = (Person.id == posting.contact_id) | Person.id.in_(helpers)
    return ids(theirs.where(some)) or people_of(posting.employer_id)


def employer_of_posting(step: Step) -> list[int]:
    posting = Posting.get_or_none(Posting.id == step.noun_id)
    return in_charge(posting) if posting else []


def employer_unless_placed(step: Step) -> list[int]:
    """Of a posting that stops or goes on with a placement of its own: who hears it of that one is not told again."""
    beside = Placement.get_or_none(Placement.id == step.facts.get("beside", 0))
    told = employer_of(beside) if beside else []
    return [number for number in employer_of_posting(step) if number not in told]


def handed_over(step: Step) -> list[int]:
    """Who has it now, and who had it."""
    both = [step.facts.get("to"), step.facts.get("from")]
    return ids(Person.active().where(Person.id.in_([number for number in both if number])))


def who_stays(step: Step) -> list[int]:
    """Colleagues of somebody who left; with nobody left, the coordinators."""
    return [number for number in its_people(step) if number != step.person_id] or coordinators()


def colleagues_and_inviter(step: Step) -> list[int]:
    """Of somebody who has come to the board: the people of their employer, and who invited them last."""
    person = Person.get_or_none(Person.id == step.noun_id)
    invited = Step.select(Step.person).where(Step.noun == "person", Step.noun_id == step.noun_id, Step.move == "invite")
    last = invited.order_by(Step.id.desc()).limit(1)
    theirs = people_of(person.employer_id) if person and person.employer_id else []
    return theirs + ids(Person.active().where(Person.id.in_(last)))


def employer_when_staff_acts(step: Step) -> list[int]:
    """What an employer's own people do, their colleagues see for themselves."""
    return employer_of_posting(step) if step.person and step.person.is_teacher else []


def other_side(step: Step) -> list[int]:
    """Of a message: the employer's people hear the school; the teachers who took part hear the employer."""
    if step.person and step.person.is_teacher:
        return employer_of_posting(step)
    part = (
        Step.select(Step.person)
        .join(Person)
        .where(Step.noun == "posting", Step.noun_id == step.noun_id, Person.role.in_(STAFF), Person.ended_at.is_null())
        .distinct()
    )
    return [number for (number,) in part.tuples()] or teachers()


def employer_of_revision(step: Step) -> list[int]:
    revision = Revision.select(Revision, Posting).join(Posting).where(Revision.id == step.noun_id).first()
    return in_charge(revision.posting) if revision else []


def applicants(step: Step) -> list[int]:
    """Everybody an employer still has to answer, or has made an offer to."""
    states = (*WAITING, ApplicationState.OFFERED)
    query = Application.select(Application.student).join(Person, on=Application.student)
    query = query.where(Application.posting == step.noun_id, Application.state.in_(states), Person.ended_at.is_null())
    return [number for (number,) in query.tuples()]


def employer_and_those_who_wait_to_apply(step: Step) -> list[int]:
    """Its employer, and students who have saved the project or begun to write and have not sent anything."""
    asked = Application.select(Application.student).where(Application.posting == step.noun_id)
    saved = Saved.select(Saved.student).where(Saved.posting == step.noun_id, Saved.student.not_in(asked))
    writing = asked.where(Application.state == ApplicationState.DRAFT)
    students = Person.active().where(Person.id.in_(saved) | Person.id.in_(writing))
    return employer_of_posting(step) + ids(students)


def application_of(step: Step) -> Application | None:
    query = Application.select(Application, Posting, Person).join(Posting)
    return query.switch(Application).join(Person).where(Application.id == step.noun_id).first()


def student(step: Step) -> list[int]:
    application = application_of(step)
    return [application.student_id] if application and not application.student.ended_at else []


def both_sides(step: Step) -> list[int]:
    return student(step) + employer_of_application(step)


def employer_of_application(step: Step) -> list[int]:
    """Of what was sent to them; a draft that is withdrawn was never theirs."""
    application = application_of(step)
    if application is None or application.student.not_shown:
        return []
    return in_charge(application.posting) if application.submitted_at else []


def asked_teacher(step: Step) -> list[int]:
    return ids(Person.active().where(Person.id == step.facts.get("teacher", 0)))


def told_of_case(step: Step) -> list[int]:
    """Whom a case of student safety has just reached, or whoever said it; the Step names them, and nothing else."""
    return ids(Person.active().where(Person.id.in_(step.facts.get("to", ()))))


def keeper(step: Step) -> list[int]:
    """Whoever saved the search that found something."""
    kept = SavedSearch.select(SavedSearch.student).where(SavedSearch.id == step.noun_id)
    return ids(Person.active().where(Person.id.in_(kept)))


def suggester(step: Step) -> list[int]:
    made = Suggestion.select(Suggestion.student).where(Suggestion.id == step.noun_id)
    return ids(Person.active().where(Person.id.in_(made)))


def who_asked(step: Step) -> list[int]:
    """Whoever said that something is wrong about them."""
    asked = Correction.select(Correction.person).where(Correction.id == step.noun_id)
    return ids(Person.active().where(Person.id.in_(asked)))


def its_people(step: Step) -> list[int]:
    return people_of(step.noun_id)


def people_and_coordinators(step: Step) -> list[int]:
    return its_people(step) + coordinators()


# -- placements


def placement_of(step: Step) -> Placement | None:
    query = Placement.select(Placement, Application, Posting, Person).join(Application).join(Posting)
    query = query.switch(Application).join(Person, on=Application.student)
    return query.where(Placement.id == step.noun_id).first()


def placed_student(step: Step) -> list[int]:
    placement = placement_of(step)
    return ids(Person.active().where(Person.id == placement.application.student_id)) if placement else []


def placed_employer(step: Step) -> list[int]:
    placement = placement_of(step)
    return employer_of(placement) if placement else []


def employer_of(placement: Placement) -> list[int]:
    return [] if placement.student.not_shown else in_charge(placement.posting)


def leads(step: Step) -> list[int]:
    """The teacher who looks after a placement, and who covers for them; before there is one, all teachers."""
    placement = placement_of(step)
    if placement is None:
        return []
    named = [number for number in (placement.lead_id, placement.cover_id) if number]
    return ids(Person.active().where(Person.id.in_(named))) or teachers()


def student_and_leads(step: Step) -> list[int]:
    return placed_student(step) + leads(step)


def employer_and_leads(step: Step) -> list[int]:
    return placed_employer(step) + leads(step)


def all_placed(step: Step) -> list[int]:
    return placed_student(step) + placed_employer(step) + leads(step)


def placed_sides(step: Step) -> list[int]:
    return placed_student(step) + placed_employer(step)


def other_placed(step: Step) -> list[int]:
    """Of what one side does: the other side."""
    return placed_employer(step) if step.person and step.person.is_student else placed_student(step)


def nudged_side(step: Step) -> list[int]:
    """The side that the detail of a Step names."""
    return placed_student(step) if step.facts.get("party") == "student" else placed_employer(step)


def spoken_to(step: Step) -> list[int]:
    """Of a message: the side that did not write it, or both when the school did; not who has read it in the meantime."""
    sides = {Role.STUDENT: placed_employer, Role.EMPLOYER: placed_student}
    hear = sides.get(step.facts.get("by"), placed_sides)(step)
    read = MessageRead.select(MessageRead.person).where(MessageRead.placement == step.noun_id)
    met = {number for (number,) in read.where(MessageRead.upto >= step.facts.get("message", 0)).tuples()}
    return [number for number in hear if number not in met]


def message_writer(step: Step) -> list[int]:
    wrote = Message.select(Message.writer).where(Message.id == step.facts.get("message", 0))
    return ids(Person.active().where(Person.id.in_(wrote)))


def sides_once_agreed(step: Step) -> list[int]:
    """Before a teacher has agreed, what happens at home is not the employer's, and nobody has signed anything."""
    placement = placement_of(step)
    if placement is None or placement.agreed_at is None:
        return []
    return placed_sides(step)


def all_once_agreed(step: Step) -> list[int]:
    sides = sides_once_agreed(step)
    return sides + leads(step) if sides else []


def home_has_answered(step: Step) -> list[int]:
    """Both sides once agreed; by a link nobody of the school was there, so whoever looks after it hears it as well."""
    return sides_once_agreed(step) + (who_looks_after(step) if step.person is None else [])


def who_looks_after(step: Step) -> list[int]:
    """Of a match or an application: the lead and the cover, else the student's adviser, else the coordinators."""
    placement = placement_of(step) if step.noun == "placement" else None
    named = [number for number in (placement.lead_id, placement.cover_id) if number] if placement else []
    application = placement.application if placement else application_of(step)
    if not named and application:
        named = [application.student.adviser_id] if application.student.adviser_id else []
    return ids(Person.active().where(Person.id.in_(named))) or coordinators()


def school_of_home(step: Step) -> list[int]:
    """What somebody at home asks or refuses: who looks after it, and the coordinators."""
    return [*dict.fromkeys(who_looks_after(step) + coordinators())]


def student_and_school(step: Step) -> list[int]:
    learns = placed_student if step.noun == "placement" else student
    return learns(step) + school_of_home(step)


def who_may_start(step: Step) -> list[int]:
    return placed_employer(step) + leads(step)


def who_hears_of_hold(step: Step) -> list[int]:
    """Everybody in it, and the coordinators; of a suspension the school hears by itself, as something to decide. Of a
    hold that no coordinator lifts and whose reason is not for all of them, those alone whose pages stand still."""
    if step.facts.get("why") == "suspended":
        return placed_sides(step)
    if step.person_id is None and "why" not in step.facts:
        return all_placed(step)
    return all_placed(step) + coordinators()


def leads_and_coordinators(step: Step) -> list[int]:
    return leads(step) + coordinators()


def other_side_of_sealed(step: Step) -> list[int]:
    """Of feedback that was given: the other side, unless they have given theirs and it is open."""
    both = [one.select().where(one.placement == step.noun_id).exists() for one in (StudentFeedback, EmployerFeedback)]
    return [] if all(both) else other_placed(step)


def reader_of_feedback(step: Step) -> list[int]:
    """Who reads something once feedback is open: the student, if the employer gave any."""
    given = EmployerFeedback.select().where(EmployerFeedback.placement == step.noun_id).exists()
    return placed_student(step) if given else []


def side_of_step(step: Step) -> list[int]:
    return placed_student(step) if step.facts.get("side") == Party.STUDENT else placed_employer(step)
