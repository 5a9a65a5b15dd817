"""Keeps what was checked: at which stage, with which rules, looking at what, and what was found. In the transaction of
what it is evidence for."""

import json
from dataclasses import replace
from datetime import date
from hashlib import sha256

from board.checks.engine import ages_of
from board.checks.facts import Project, Worker
from board.checks.model import Checked
from board.checks.plan import plan_of
from board.checks.results import Level, Result, Stage, told
from board.checks.rulebook import Rulebook
from board.people.model import Person


def keep(
    noun: str, noun_id: int, stage: Stage, person: Person | None, rules: Rulebook, inputs: dict, found: list[Result]
) -> Checked:
    """`inputs` holds no name, no birth date and no address."""
    return Checked.create(
        noun=noun, noun_id=noun_id, stage=stage, person=person, rules=rules.version, inputs=json.dumps(inputs),
        results=json.dumps([told(one) for one in found]), blocking=sum(one.level == Level.BLOCKS for one in found),
    )  # fmt: skip


def inputs_of(project: Project, rules: Rulebook, worker: Worker | None = None) -> dict:
    """What was looked at. Texts, the address and the supervisor only as whether they are there, or as a digest."""
    values = {
        "employer": project.employer_id, "stands": project.employer_stands, "hours": project.hours,
        "weeks": project.weeks, "starts_on": iso(project.starts_on), "due_on": iso(project.due_on),
        "sessions": [[one.day, one.starts, one.ends] for one in project.sessions],
        "tasks": list(project.tasks) if project.tasks else None, "pay_cents": project.pay_cents,
        "worker_kind": project.worker_kind, "place": project.place, "address": bool(project.address),
        "supervisor": bool(project.supervisor), "supervisor_stands": project.supervisor_stands,
        "premises": project.premises, "alone": project.alone, "minimum_age": project.minimum_age,
        "passed": project.passed,
    }  # fmt: skip
    if project.texts:
        values["texts"] = sha256(json.dumps(dict(project.texts), sort_keys=True).encode()).hexdigest()[:16]
    if worker:
        plan = plan_of(project)
        age, _label, age_on = ages_of(project, rules, worker, plan)
        values |= {"age": age, "age_at_end": age_on(plan.last) if plan else age}
        values |= {"minutes_elsewhere": sum(minutes for _employer, _day, minutes in worker.others)}
        values |= {"permit": worker.has_permit, "guardian": worker.guardian_stands}
        values |= {"began": iso(worker.began)}
    return values


def iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def without_texts(project: Project) -> Project:
    """The same without its words: they do not change with the rules."""
    return replace(project, texts={})
