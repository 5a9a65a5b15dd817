"""What time does to the school's checks: a reminder a month before the end, once, and the day after it a lapse;
for employers, and for each of their worksite supervisors."""

import json
from datetime import date

from board.db import database
from board.employers.model import Employer, State, Supervisor
from board.employers.rules import MOVES
from board.employers.vetting_model import SupervisorCheck
from board.employers.vetting_rules import REMIND_BEFORE
from board.moves import Step, TooLate, make, record, tell
from board.words import N_

DID = {
    "check_ends": N_("Employers whose check ends soon: %(num)s"),
    "supervisor_ends": N_("Supervisors whose check ends soon: %(num)s"),
    "lapse": N_("Employers whose check has lapsed: %(num)s"),
    "supervisor_lapse": N_("Supervisors whose check has ended: %(num)s"),
}


def daily(day: date) -> dict[str, int]:
    """What the timetable does once a day; run twice it does nothing more."""
    return {
        "lapse": lapse(day), "supervisor_lapse": lapse_of_supervisors(day), "check_ends": remind(day),
        "supervisor_ends": remind_of_supervisors(day),
    }  # fmt: skip


def lapse(day: date) -> int:
    """Employers whose last day has passed. What follows is in the nouns further on."""
    made = 0
    for employer in list(Employer.select().where(Employer.state == State.VERIFIED, Employer.verified_until < day)):
        try:
            make(MOVES["lapse"], employer, None)
        except TooLate:  # renewed or suspended in this very moment
            continue
        made += 1
    return made


def soon(day: date, column):
    return column.between(day, day + REMIND_BEFORE)


def remind(day: date) -> int:
    """Coordinators and the employer's own people, once for each end."""
    near = Employer.select().where(Employer.state == State.VERIFIED, soon(day, Employer.verified_until))
    return once("check_ends", [(one, {"day": one.verified_until.isoformat()}) for one in near.order_by(Employer.id)])


def remind_of_supervisors(day: date) -> int:
    """Coordinators and the employer's own people, who may name somebody else; once for each end."""
    return once("supervisor_ends", of_supervisors(soon(day, SupervisorCheck.vetted_until)))


def lapse_of_supervisors(day: date) -> int:
    """Supervisors whose last day has passed, once for each end. What follows is in the nouns further on."""
    return once("supervisor_lapse", of_supervisors(SupervisorCheck.vetted_until < day))


def of_supervisors(condition) -> list[tuple[Employer, dict]]:
    """Of employers that are trusted: where the employer's own check has ended, everything rests already."""
    rows = (
        SupervisorCheck.select(SupervisorCheck, Supervisor, Employer).join(Supervisor).join(Employer)
        .where(Employer.state == State.VERIFIED, condition).order_by(SupervisorCheck.id)
    )  # fmt: skip
    return [
        (row.supervisor.employer, {"day": row.vetted_until.isoformat(), "supervisor": row.supervisor_id})
        for row in rows
    ]


def once(move: str, due: list[tuple[Employer, dict]]) -> int:
    """Record what has not been said of the same end; whatever runs at the same time waits."""
    made = 0
    with database.atomic():
        ids = [employer.id for employer, _detail in due]
        steps = Step.select(Step.noun_id, Step.detail).where(
            Step.noun == "employer", Step.move == move, Step.noun_id.in_(ids)
        )
        said = {(number, detail) for number, detail in steps.tuples()}
        for employer, detail in due:
            if (employer.id, json.dumps(detail)) not in said:
                tell(employer, record(employer, move, None, employer.state, employer.state, detail=detail))
                made += 1
    return made
