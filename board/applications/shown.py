"""An application as it is read: without the student's name, so that no page of an employer can hold it."""

from dataclasses import dataclass
from datetime import date, datetime

from board.applications.model import Answer, Application, Evidence, EvidenceKind, State
from board.applications.rules import grade_band
from board.school.model import Skill


@dataclass(frozen=True)
class Shown:
    """What an employer learns of an application. A withdrawn one has lost its words."""

    id: int
    code: str
    band: str  # marked words
    state: str
    state_label: str
    reason_label: str
    submitted_at: datetime | None
    answer_by: date | None
    name: str = ""  # the first name, once a teacher has agreed to the match
    why: str = ""
    answers: tuple[tuple[str, str], ...] = ()  # question, words
    evidence: tuple[tuple[str, str, str], ...] = ()  # skill, kind as marked words, words

    @property
    def withdrawn(self) -> bool:
        return self.state == State.WITHDRAWN


def shown(application: Application, whole: bool = True, name: str = "") -> Shown:
    """`whole`: with answers and evidence (two queries more). `name`: the first name, where an employer may know it."""
    plain = {"name": name} | {
        name: getattr(application, name)
        for name in ("id", "code", "state", "state_label", "reason_label", "submitted_at", "answer_by")
    }
    band = grade_band(application.student.grade)
    if application.state == State.WITHDRAWN:
        return Shown(band=band, **plain)
    words = {"answers": answers_of(application), "evidence": evidence_of(application)} if whole else {}
    return Shown(band=band, why=application.why, **plain, **words)


def answers_of(application: Application) -> tuple:
    rows = Answer.select(Answer.asked, Answer.words).where(Answer.application == application).order_by(Answer.position)
    return tuple(rows.tuples())


def evidence_of(application: Application) -> tuple:
    rows = (
        Evidence.select(Skill.name, Evidence.kind, Evidence.words)
        .join(Skill)
        .where(Evidence.application == application)
        .order_by(Evidence.id)
        .tuples()
    )
    return tuple((skill, EvidenceKind(kind).label if kind else "", words) for skill, kind, words in rows)
