"""Looking at an employer item by item, verifying it, its supervisors as persons, and what becomes of it with time."""

from datetime import date

from peewee import SQL

from board.db import database, now
from board.employers.model import Employer, State, Supervisor
from board.employers.rules import MOVES
from board.employers.vetting_model import (
    ANSWERED,
    Background,
    Item,
    Outcome,
    SupervisorCheck,
    Vetting,
    VettingItem,
)
from board.employers.vetting_rules import (
    Missing,
    background_needed,
    fits,
    is_renewal,
    may_be_vetted,
    missing,
    wrong_with_background,
    years_from,
)
from board.moves import NotAllowed, Refused, Step, make, record, tell
from board.people.model import Person
from board.school.model import School, today
from board.words import N_

# postings an employer has at its own place, or partly; the table is named, not imported: it lies further on
ON_SITE = "SELECT {} FROM posting WHERE place IN ('on-site', 'hybrid') AND state NOT IN ('draft', 'declined', 'closed')"


def offers_on_site(employer: Employer) -> bool:
    """Whether students come to them: it asks for more."""
    return Employer.select().where(Employer.id == employer.id, Employer.id.in_(on_site("employer_id"))).exists()


def on_site(column: str):
    """A column of the postings that are on site, for a condition."""
    return SQL(f"({ON_SITE.format(column)})")


# -- rounds


def rounds(employer: Employer) -> tuple[Vetting | None, Vetting | None]:
    """The round that what is looked at now belongs to, and the one before it, to lie beside."""
    last = list(Vetting.select().where(Vetting.employer == employer).order_by(Vetting.id.desc()).limit(2))
    if last and last[0].ended_at and is_renewal(employer, today()):
        return None, last[0]
    return (last[0] if last else None), (last[1] if len(last) > 1 else None)


def found(vetting: Vetting | None) -> dict[str, VettingItem]:
    """What was looked at in a round, by item, with who did."""
    if vetting is None:
        return {}
    rows = VettingItem.select(VettingItem, Person).left_outer_join(Person).where(VettingItem.vetting == vetting)
    return {row.item: row for row in rows}


def still_missing(employer: Employer) -> list[Missing]:
    return missing(found(rounds(employer)[0]), offers_on_site(employer))


def check(employer: Employer, by: Person, item: str, outcome: str, words: str) -> VettingItem:
    """Write down what came of one item, in the round that goes on; the last word about an item counts."""
    must_coordinate(by)
    if item not in set(Item) or outcome not in set(Outcome):
        raise Refused(N_("Choose what came of it."))
    if not words.strip():
        raise Refused(N_("Say how you know, in a sentence: next year somebody else reads it."))
    with database.atomic():
        employer = Employer.get_by_id(employer.id)
        vetting = rounds(employer)[0] or Vetting.create(employer=employer)
        row = {"outcome": str(outcome), "words": words.strip(), "person": by.id, "checked_at": now()}
        VettingItem.insert(vetting=vetting, item=str(item), **row).on_conflict(
            conflict_target=[VettingItem.vetting, VettingItem.item], update=row
        ).execute()
        record(employer, "vet_item", by, employer.state, employer.state, detail={"item": str(item), "outcome": str(outcome)})  # fmt: skip
        return VettingItem.get(VettingItem.vetting == vetting, VettingItem.item == str(item))


def verify(employer: Employer, by: Person, until: date | None = None, words: str = "", renewal: bool = False) -> Step:
    """Trust an employer, or renew that (`renewal`), until a day (as long as the school lets a check hold).

    What is asked and missing needs a written reason, and so does taking back a suspension. Raises Refused.
    """
    must_coordinate(by)
    until, move = chosen(until), MOVES["renew" if renewal else "verify"]
    with database.atomic():
        fresh = Employer.get_by_id(employer.id)
        if fresh.state not in move.start:
            make(move, employer, by)  # says who was first
        if renewal and not is_renewal(fresh, today()):
            raise Refused(N_("Its check is good until %(day)s; it is renewed in the two months before."), day=fresh.verified_until)  # fmt: skip
        if fresh.state == State.SUSPENDED and not words.strip():
            raise Refused(N_("Say in a sentence why they may work with students again."))
        if still_missing(fresh) and not words.strip():
            raise Refused(N_("Not everything is looked at. Look at it first, or say why you verify them without it."))
        vetting = rounds(fresh)[0] or Vetting.create(employer=fresh)
        step = make(move, employer, by, words, {"until": until.isoformat()}, verified_until=until)
        Vetting.update(ended_at=now(), until=until, lacking=words.strip()).where(Vetting.id == vetting.id).execute()
    return step


# -- supervisors


def check_supervisor(
    supervisor: Supervisor, by: Person, background: str, background_on: date | None = None, background_by: str = "",
    contact_seen_on: date | None = None,
) -> SupervisorCheck:  # fmt: skip
    """Keep how far the check of a person has come: the status and the day, never the report. With an answer that is
    not clear they are not trusted any more, and whatever they stand in for stops (see the nouns that follow)."""
    must_coordinate(by)
    if background not in set(Background):
        raise Refused(N_("Choose how the background check stands."))
    wrong = wrong_with_background(background, background_on, today())
    if wrong:
        raise Refused(wrong)
    if contact_seen_on and contact_seen_on > today():
        raise Refused(N_("That day has not come yet."))
    answered = background in ANSWERED
    row = {
        "background": str(background), "background_on": background_on if answered else None,
        "background_by": " ".join(background_by.split())[:120], "contact_seen_on": contact_seen_on,
        "person": by.id, "updated_at": now(),
    }  # fmt: skip
    falls = background == Background.NOT_CLEAR or contact_seen_on is None
    with database.atomic():
        before = SupervisorCheck.get_or_none(SupervisorCheck.supervisor == supervisor)
        lost = falls and before is not None and before.vetted_until is not None
        row["vetted_until"] = None if falls else (before.vetted_until if before else None)
        SupervisorCheck.insert(supervisor=supervisor, **row).on_conflict(
            conflict_target=[SupervisorCheck.supervisor], update=row
        ).execute()
        employer = Employer.get_by_id(supervisor.employer_id)
        detail = {"supervisor": supervisor.id}  # what came of it stands in one place, where it can be erased
        record(employer, "check_supervisor", by, employer.state, employer.state, detail=detail)
        if lost or background == Background.NOT_CLEAR:
            drop(employer, supervisor, by)
        return SupervisorCheck.get(SupervisorCheck.supervisor == supervisor)


def drop(employer: Employer, supervisor: Supervisor, by: Person) -> None:
    """Nobody works with this person from now on."""
    tell(employer, record(employer, "drop_supervisor", by, employer.state, employer.state, detail={"supervisor": supervisor.id}))  # fmt: skip


def vet(supervisor: Supervisor, by: Person, until: date | None = None) -> SupervisorCheck:
    """Students may work with this person until a day. Raises Refused with what is missing."""
    must_coordinate(by)
    school, until = School.here(), chosen(until)
    with database.atomic():
        row = SupervisorCheck.get_or_none(SupervisorCheck.supervisor == supervisor) or SupervisorCheck()
        # who is on site is asked of the school as a whole: whoever is vetted here may be named for any project
        needed = background_needed(school.asks_background, on_site=True)
        wrong = may_be_vetted(row.background, row.contact_seen_on, needed)
        if wrong:
            raise Refused(wrong)
        SupervisorCheck.update(vetted_until=until, person=by, updated_at=now()).where(
            SupervisorCheck.supervisor == supervisor
        ).execute()
        employer = Employer.get_by_id(supervisor.employer_id)
        detail = {"supervisor": supervisor.id, "until": until.isoformat()}
        tell(employer, record(employer, "vet_supervisor", by, employer.state, employer.state, detail=detail))
        return SupervisorCheck.get(SupervisorCheck.supervisor == supervisor)


def chosen(until: date | None) -> date:
    """The last day of a check: as typed, if the school lets it hold so long, else as long as it may."""
    last = years_from(today(), School.here().vetted_for)
    if until and not fits(until, today(), School.here().vetted_for):
        raise Refused(N_("Give a day from today to %(last)s: that is as long as a check holds here."), last=last)
    return until or last


def must_coordinate(person: Person) -> None:
    if not person.is_coordinator or person.ended_at:
        raise NotAllowed("vet")
