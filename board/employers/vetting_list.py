"""Which employers a coordinator should look at, and why: for the list, its filters, and the numbers on the home page."""

from datetime import date

from board.employers.model import Employer, State, Supervisor
from board.employers.vetting import in_the_way
from board.employers.vetting_actions import on_site
from board.employers.vetting_model import SupervisorCheck, Vetting, VettingItem
from board.employers.vetting_rules import REMIND_BEFORE, is_renewal, missing
from board.school.model import BackgroundAsked, School
from board.words import N_

# "no-" and an item: of employers whose check is being made
LOOKS = {
    "ends": N_("Check ends soon"),
    "supervisor": N_("Supervisor to check"),
    "no-exists": N_("Existence"),
    "no-domain": N_("Domains"),
    "no-address": N_("Address"),
    "no-references": N_("References"),
    "no-rules": N_("School rules"),
    "no-insurance": N_("Insurance"),
    "no-visit": N_("Visit"),
}


def ready_to_look(day: date) -> dict[str, set[int]]:
    """Employers' ids by what has to be looked at, in the order of LOOKS; a fixed number of queries."""
    found: dict[str, set[int]] = {key: set() for key in LOOKS}
    found["ends"] = {number for (number,) in ending(day).select(Employer.id).tuples()}
    found["supervisor"] = set(unchecked(day).values())
    for number, items in lacking(day).items():
        for item in items:
            found[f"no-{item}"].add(number)
    return found


def looked(query, ids: set[int]):
    """Only these of a query of employers; a school has some hundred of them at most."""
    return query.where(Employer.id.in_(sorted(ids)))


def ending(day: date):
    """Verified ones whose check ends within a month, or has no known end."""
    soon = Employer.verified_until.is_null() | (Employer.verified_until <= day + REMIND_BEFORE)
    return Employer.select().where(Employer.state == State.VERIFIED, soon)


def unchecked(day: date) -> dict[int, int]:
    """{supervisor: employer} of those who stand in a posting on site that waits or goes on, and can't be worked with."""
    school = School.here()
    asked = school is None or school.asks_background != BackgroundAsked.NEVER
    named = Supervisor.select(Supervisor, Employer).join(Employer).where(
        Supervisor.id.in_(on_site("supervisor_id")), Employer.state.in_((State.UNVERIFIED, State.VERIFIED, State.LAPSED)),
    )  # fmt: skip
    rows = list(named)
    checks = {row.supervisor_id: row for row in SupervisorCheck.select()}
    wanting = [row for row in rows if in_the_way(row.name, checks.get(row.id), day, asked)]
    return {row.id: row.employer_id for row in wanting}


def lacking(day: date) -> dict[int, list[str]]:
    """What is missing of each employer whose check is being made: new ones, and those that are due again."""
    live = Employer.arrived().where(Employer.state.in_((State.UNVERIFIED, State.LAPSED, State.VERIFIED)))
    due = [one for one in live if one.state == State.UNVERIFIED or is_renewal(one, day)]
    # of a check that is due again, only a round that has been begun counts
    begun = VettingItem.select(VettingItem, Vetting).join(Vetting).where(Vetting.ended_at.is_null())
    items: dict[int, dict[str, VettingItem]] = {}
    for row in begun:
        items.setdefault(row.vetting.employer_id, {})[row.item] = row
    there = {one for (one,) in Employer.select(Employer.id).where(Employer.id.in_(on_site("employer_id"))).tuples()}
    return {one.id: [str(m.item) for m in missing(items.get(one.id, {}), one.id in there)] for one in due}
