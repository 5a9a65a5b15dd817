"""Before an application is sent: the draft, what it still lacks, and the teacher who reads it first.

Part of actions.py, which hands these on.
"""

from peewee import IntegrityError, fn

from board import contact
from board.applications.checking import barred_by_age
from board.applications.model import LIVE, Answer, Application, Evidence, EvidenceKind, Reading, Reason, State, new_code
from board.applications.rules import FINAL, WHY, bar, own
from board.db import database, now
from board.moves import NotAllowed, Refused, Step, record
from board.people.model import Person
from board.postings.model import Need, Posting, PostingSkill, Question
from board.school.model import School, Skill, today
from board.statements import Statement
from board.words import N_, Marked, Said

asked = Statement(
    lambda posting, student: Application.select().where(
        Application.posting == posting, Application.student == student, Application.state.in_(LIVE)
    )
)


def stopped():
    """The school stopped the project, and the board answered for that: the employer has said nothing."""
    released = (Step.move == "release") & (Application.reason == Reason.OTHER)
    own = Step.select(Step.id).where(Step.noun == "application", Step.noun_id == Application.id)
    return fn.EXISTS(own.where((Step.move == "revoke") | released))


def answers_given(student):
    """The postings whose employer has answered this student once and for all."""
    return (
        Application.select(Application.posting)
        .where(Application.student == student, Application.state.in_(FINAL), ~stopped())
        .tuples()
    )


answered = Statement(lambda posting, student: answers_given(student).where(Application.posting == posting))


def begin(posting: Posting, student: Person) -> Application:
    """A student's draft for a posting; the one they have already, if there is one. Raises Refused if barred."""
    existing = live(posting, student)
    if existing:
        return existing
    barred = barred_from(posting, student)
    if barred:
        raise Refused(barred.words, **barred.values)
    try:
        with database.atomic():
            application = Application.create(posting=posting, student=student, code=free_code(posting))
            record(application, "begin", student, State.DRAFT)
    except IntegrityError:  # a second click in the same moment
        return live(posting, student)
    return application


def barred_from(posting: Posting, student: Person) -> Said | None:
    """Why this student may not apply; what rules.bar says, and nobody asks an employer twice who has answered."""
    barred = bar(student, posting, today(), School.here().minimum_age)
    if not barred and answered(posting.id, student.id):
        return Said(N_("You have applied to this project before, and the employer has answered."))
    return barred or barred_by_age(posting, student)


def live(posting: Posting, student: Person) -> Application | None:
    return asked.first(posting.id, student.id)


def free_code(posting: Posting) -> str:
    taken = {code for (code,) in Application.select(Application.code).where(Application.posting == posting).tuples()}
    while (code := new_code()) in taken:
        pass
    return code


def save(
    application: Application, student: Person, why: str, answers: dict[int, str], evidence: dict[int, dict]
) -> None:
    """Keep a draft. `answers` by question position, `evidence` by skill id: {"kind", "words"}."""
    if not own(student, application):
        raise NotAllowed
    with database.atomic():
        changed = (
            Application.update(why=why, updated_at=now())
            .where(Application.id == application.id, Application.state == State.DRAFT)
            .execute()
        )
        if not changed:
            raise Refused(N_("This application has been sent; it can't be changed any more."))
        asked = {question.position: question for question in questions_of(application.posting_id)}
        needed = {skill.id for skill in must_skills(application.posting_id)}
        Answer.delete().where(Answer.application == application).execute()
        Evidence.delete().where(Evidence.application == application).execute()
        for position, question in sorted(asked.items()):
            Answer.create(application=application, question=question, position=position, asked=question.words,
                          words=answers.get(position, ""))  # fmt: skip
        for skill_id in needed & set(evidence):
            row = evidence[skill_id]
            kind = row.get("kind") if row.get("kind") in set(EvidenceKind) else None
            Evidence.create(application=application, skill=skill_id, kind=kind, words=row.get("words", ""))
        application.why = why


def questions_of(posting_id: int) -> list[Question]:
    return list(Question.select().where(Question.posting == posting_id).order_by(Question.position))


def must_skills(posting_id: int) -> list[Skill]:
    query = (
        Skill.select(Skill).join(PostingSkill).where(PostingSkill.posting == posting_id, PostingSkill.need == Need.MUST)
    )
    return list(query.order_by(PostingSkill.position))


def problems(application: Application, student: Person) -> list[tuple[str, str, dict]]:
    """What keeps a draft from being sent: (where on the page, marked sentence, values)."""
    found = []
    if len(application.why.strip()) < WHY[0]:
        found.append(("why", N_("Say in two or three sentences why you want to do this project."), {}))
    given = {row.position: row for row in application.answers}
    answers = {position: row.words for position, row in given.items()}
    for question in questions_of(application.posting_id):
        where, row = f"answer-{question.position}", given.get(question.position)
        if not row or not row.words.strip():
            found.append((where, N_("Answer the employer's question."), {}))
        elif row.asked != question.words:
            found.append((where, N_("The employer has changed this question. Read it again."), {}))
    evidence = {row.skill_id: row for row in application.evidence}
    for skill in must_skills(application.posting_id):
        row = evidence.get(skill.id)
        if not row or not row.words.strip() or not row.kind:
            found.append(
                (f"evidence-{skill.id}", N_("Say where you have shown %(skill)s, and in what."), {"skill": skill.name})
            )
    texts = [("why", application.why)]
    texts += [(f"answer-{position}", words) for position, words in answers.items()]
    texts += [(f"evidence-{skill_id}", row.words) for skill_id, row in evidence.items()]
    for where, text in texts:
        for kind, words in contact.found(text, student.name, student.username or ""):
            found.append((where, N_("Take out %(kind)s: “%(text)s”."),
                          {"kind": Marked(kind), "text": words}))  # fmt: skip
    return found


class NotReady(Exception):
    """The draft can't be sent yet; carries the list of problems."""

    def __init__(self, found):
        super().__init__(", ".join(where for where, _, _ in found))
        self.problems = found


# -- a teacher reads first


def ask_to_read(application: Application, student: Person, teacher: Person) -> Reading:
    if not own(student, application) or application.state != State.DRAFT or not teacher.is_teacher:
        raise NotAllowed
    with database.atomic():
        close_reading(application)
        reading = Reading.create(application=application, teacher=teacher)
        record(
            application, "ask_to_read", student, application.state, application.state, detail={"teacher": teacher.id}
        )
    return reading


def answer_reading(reading: Reading, teacher: Person, words: str) -> None:
    if reading.teacher_id != teacher.id or reading.answered_at:
        raise NotAllowed
    if not words.strip():
        raise Refused(N_("Write a sentence or two the student can use."))
    with database.atomic():
        still_asked = (Reading.id == reading.id) & Reading.answered_at.is_null()
        if not Reading.update(answered_at=now(), words=words.strip()).where(still_asked).execute():
            raise Refused(N_("The student has sent this application, or asked somebody else."))
        application = reading.application
        record(application, "read", teacher, application.state, application.state)


def close_reading(application: Application) -> None:
    """A request nobody has answered ends when the draft is sent, withdrawn, or given to another teacher."""
    Reading.delete().where(Reading.application == application, Reading.answered_at.is_null()).execute()
