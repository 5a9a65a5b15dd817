"""What has to be done before a project starts: asked by the page, which shows it, and by the action, which refuses."""

from dataclasses import dataclass, field

from board.checks.results import Result
from board.moves import Step
from board.people.model import Person, Role
from board.placements import checking, terms
from board.placements.actions import note
from board.placements.agreement_rules import SIGNERS, unfilled
from board.placements.dates import summer_on
from board.placements.guardian import Asked, asked
from board.placements.match_rules import is_there, needs_supervisor
from board.placements.model import Agreement, Party, Placement, Signature, State
from board.school.model import Period, today
from board.words import N_, Said


@dataclass(frozen=True)
class Look:
    """Everything about a match that is asked of the database, as it stands now."""

    agreement: Agreement
    signatures: dict[Party, Signature]  # of the version that holds
    earlier: dict[Party, Signature]  # the last one of those who have signed an older version
    guardian: Asked
    summer: Period | None
    law: list[Result] = field(default_factory=list)  # what the checks say of this student on these days

    def signed(self, party: Party) -> bool:
        return party in self.signatures


def look(placement: Placement) -> Look:
    agreement = terms.of(placement)
    rows = list(
        Signature.select(Signature, Person)
        .left_outer_join(Person, on=Signature.person)
        .where(Signature.placement == placement)
        .order_by(Signature.version, Signature.id)
    )
    by_party = {Party(row.party): row for row in rows}
    guardian, waits = asked(placement), placement.started_at is None
    return Look(
        agreement,
        {party: row for party, row in by_party.items() if row.version == agreement.version},
        {party: row for party, row in by_party.items() if row.version < agreement.version},
        guardian, summer_of(placement) if waits else None,
        checking.at_start(placement, bool(agreement.permit_number), not guardian.is_missing) if waits else [],
    )  # fmt: skip


def summer_of(placement: Placement) -> Period | None:
    """The summer break it would start in: today's, or that of its first day where this lies ahead."""
    day = today()
    ahead = placement.starts_on if placement.starts_on and placement.starts_on > day else None
    return summer_on(day) or summer_on(ahead)


@dataclass(frozen=True)
class Item:
    """One thing before the start: what it is, whether it is done, else what is missing and whose turn it is."""

    name: str
    title: str  # marked words
    missing: Said | None
    turn: tuple[Role, ...]

    @property
    def done(self) -> bool:
        return self.missing is None

    def is_turn_of(self, person: Person) -> bool:
        role = Role.TEACHER if person.is_teacher else Role(person.role)
        return not self.done and role in self.turn


STUDENT, EMPLOYER, STAFF = (Role.STUDENT,), (Role.EMPLOYER,), (Role.TEACHER,)
SIGNING = {
    Party.STUDENT: (N_("The student has signed the training agreement"), N_("The student has not signed the training agreement as it stands now."), STUDENT),
    Party.EMPLOYER: (N_("The employer has signed the training agreement"), N_("The employer has not signed the training agreement as it stands now."), EMPLOYER),
    Party.TEACHER: (N_("A teacher has signed the training agreement"), N_("No teacher has signed the training agreement as it stands now."), STAFF),
}  # fmt: skip


def missing(placement: Placement, found: Look | None = None) -> list[Said]:
    """What keeps a placement from starting, each in a sentence; nothing when it can."""
    return [item.missing for item in items(placement, found or look(placement)) if item.missing]


def tell_if_ready(placement: Placement) -> None:
    """Once nothing is missing any more, whoever may start it hears of it: once for each version of the agreement."""
    found = look(placement)
    number = found.agreement.version
    told = (step.facts.get("version") for step in Step.of(placement).where(Step.move == "ready"))
    if all(item.done for item in items(placement, found)) and number not in told:
        note(placement, "ready", None, version=number)


def items(placement: Placement, found: Look) -> list[Item]:
    """Everything before the start, in the order in which it is done."""
    return [item for item in every_item(placement, found) if item]


def every_item(placement: Placement, found: Look):
    agreed = placement.state == State.AGREED
    yield Item("agreed", N_("A teacher has agreed to the match"),
               None if agreed else Said(N_("This match is not one that waits for its start.")), STAFF)  # fmt: skip
    whole = not unfilled(found.agreement, placement)
    yield Item("terms", N_("The training agreement is filled in"),
               None if whole else Said(N_("The training agreement is not filled in yet.")), EMPLOYER)  # fmt: skip
    for party in SIGNERS:
        title, words, turn = SIGNING[party]
        # nobody can sign before it is whole: until then it is the turn of whoever fills it in
        yield Item(f"signed-{party}", title, None if found.signed(party) else Said(words), turn if whole else ())
    if found.guardian.needed:
        yield guardian_item(found.guardian, whole)
    yield staff_item(placement)
    if needs_supervisor(placement):
        yield Item("supervisor", N_("A worksite supervisor is named"),
                   None if placement.supervisor_id else Said(N_("No worksite supervisor is named.")), STAFF)  # fmt: skip
    yield dates_item(placement)
    if law := checking.law_of(found.law):
        yield Item(
            "law", N_("Days and hours fit the age of the student"), Said(law.words, **law.values), (*EMPLOYER, *STAFF)
        )
    yield from gone_items(placement, found.law)
    if found.agreement.permit_needed or checking.permit_of(found.law):
        yield Item("permit", N_("The work permit is there"),
                   None if found.agreement.permit_number else Said(N_("The number of the work permit is missing.")), STAFF)  # fmt: skip
    if found.summer:
        yield Item("summer", N_("School is in session"),
                   Said(N_("It is summer break until %(last)s: nobody at school looks after it, so nothing starts."), last=found.summer.last_on), STAFF)  # fmt: skip


def guardian_item(guardian: Asked, whole: bool) -> Item:
    """Once the agreement is whole the student has a paper to take home."""
    if guardian.of_student:
        said = Said(N_("The student is 18 now and has not said yes themself."))
        return Item("guardian", N_("The student, who is 18, has said yes"), said if guardian.is_missing else None, STUDENT)  # fmt: skip
    said = Said(N_("The yes of a parent or guardian is missing. They answer by the link the school sends home, or on paper."))  # fmt: skip
    if guardian.no:
        said = Said(N_("A parent or guardian has said no, or taken their yes back. It stays so until the same person says yes."))  # fmt: skip
    elif guardian.question:
        said = Said(N_("A parent or guardian wants to talk to the school before they answer."))
    return Item("guardian", N_("A parent or guardian has said yes"), said if guardian.is_missing else None, (*STAFF, *STUDENT) if whole else STAFF)  # fmt: skip


def staff_item(placement: Placement) -> Item:
    title, lead, cover = N_("A lead teacher and a cover are named"), placement.lead, placement.cover
    gone = next((one for one in (lead, cover) if one and not is_there(one)), None)
    said = None
    if gone:
        said = Said(N_("The account of %(name)s is closed. The school names somebody else."), name=gone.name)
    elif lead is None or cover is None or lead.id == cover.id:
        said = Said(N_("The school names a lead teacher and a cover. Without both nothing starts."))
    return Item("staff", title, said, STAFF)


def gone_items(placement: Placement, law: list[Result]):
    """What may have changed since a teacher agreed, and keeps it from starting."""
    unchecked = checking.supervisor_in(law) if law else not checking.supervisor_holds(placement)
    if placement.started_at is None and unchecked:
        yield Item("supervisor-checked", N_("The school's check of the worksite supervisor stands"),
                   Said(N_("The school's check of %(name)s, the worksite supervisor, does not stand. A coordinator looks at it first."), name=placement.supervisor.name), STAFF)  # fmt: skip
    if placement.started_at is None and not placement.posting.employer.is_verified:
        yield Item("employer", N_("The school's check of this employer is valid"),
                   Said(N_("The school's check of this employer is no longer valid. A coordinator has to look at it first.")), STAFF)  # fmt: skip
    if placement.started_at is None and placement.student.ended_at:
        yield Item("student", N_("The account of the student is open"),
                   Said(N_("The account of the student is closed. The school decides how it goes on.")), STAFF)  # fmt: skip


def dates_item(placement: Placement) -> Item:
    said = None
    if placement.starts_on is None or placement.due_on is None:
        said = Said(N_("The first day or the last day is missing."))
    elif placement.due_on < today():
        said = Said(N_("The day to hand in has passed. Set a later one in the plan."))
    return Item("dates", N_("The first and the last day are set"), said, (*EMPLOYER, *STAFF))
