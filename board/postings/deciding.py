"""A teacher's decision, and how it is taken back: for five minutes nobody is told of it."""

import json
from collections.abc import Callable
from datetime import timedelta

from peewee import SQL, Node, fn

from board.db import database, now
from board.moves import NotAllowed, Refused, Step, TooLate, make, record, told_later
from board.people.model import Person
from board.postings import claims, content
from board.postings.actions import show
from board.postings.case import Case
from board.postings.desk_model import Approval, Decision
from board.postings.model import Comment, Posting, Revision, RevisionState
from board.postings.rules import UNDO, UNDO_CHANGE
from board.statements import Statement
from board.words import N_

UNDO_FOR = timedelta(minutes=5)
MOVES_BACK = ("approve", "ask_changes", "decline", "approve_change", "return_change")
CHANGED = N_("It has changed since then, so this can't be undone any more.")


def decide(case: Case, move: str, person: Person, run: Callable[[], object]) -> None:
    """Run a decision so that it can be taken back: what was there is kept, and its Steps wait before they are told."""
    claims.must_be_free(case.posting, person)
    with database.atomic():
        before = as_it_was(case)
        last, at = newest_step(), now()
        with told_later(at + UNDO_FOR):
            run()
        claims.done(case.posting)
        made = newest_step()
        if made > last:
            Decision.create(
                posting=case.posting, person=person, move=move, first_step=last + 1, last_step=made,
                before=json.dumps(before), version=version_of(case.posting), made_at=at,
            )  # fmt: skip


def as_it_was(case: Case) -> dict:
    posting = case.posting
    revisions = Revision.select(fn.MAX(Revision.id)).where(Revision.posting == posting).scalar()
    first = Approval.get_or_none(Approval.posting == posting)
    comments = Comment.select(fn.MAX(Comment.id)).where(Comment.posting == posting).scalar()
    return {
        "opened_at": posting.opened_at.isoformat() if posting.opened_at else None,
        "revision": revisions or 0, "comment": comments or 0,
        "change": case.change.id if case.change else None, "text": case.now if case.change else None,
        "first": {"person": first.person_id, "mark": first.mark} if first else None,
    }  # fmt: skip


def newest_step() -> int:
    return Step.select(fn.MAX(Step.id)).scalar() or 0


def version_of(posting: Posting) -> int:
    return Posting.select(Posting.version).where(Posting.id == posting.id).scalar()


@Statement
def undoable(person: Node, since: Node):
    query = Decision.select(Decision.id, Decision.posting, Decision.move, Posting.id, Posting.title).join(Posting)
    query = query.where(Decision.person == person, Decision.undone_at.is_null(), Decision.made_at > since)
    return query.order_by(Decision.id.desc())


def lately(person: Person) -> list[Decision]:
    """What this teacher decided and can still take back, the newest first."""
    newest: dict[int, Decision] = {}
    for decision in undoable(person.id, now() - UNDO_FOR):
        newest.setdefault(decision.posting_id, decision)
    return list(newest.values())


def undo(posting: Posting, person: Person) -> Decision:
    """Take the last decision about a posting back, as if it had not been made. Raises Refused with what has come between."""
    with database.atomic():
        decision = Decision.select().where(Decision.posting == posting).order_by(Decision.id.desc()).first()
        if decision is None or decision.undone_at:
            raise TooLate(None)
        if person.id != decision.person_id:
            raise NotAllowed("undo")
        if decision.made_at <= now() - UNDO_FOR:
            raise Refused(N_("The five minutes are over: people have been told."))
        fresh = Posting.get_by_id(posting.id)
        if fresh.version != decision.version:
            raise Refused(CHANGED)
        if decision.move in ("approve", "approve_change") and applied_since(decision):
            raise Refused(N_("A student has applied in the meantime. Take it off the board with a reason instead."))
        try:
            (put_change_back if decision.was["change"] else put_posting_back)(fresh, decision, person)
        except TooLate:
            raise Refused(CHANGED) from None
        if decision.was["first"] and not Approval.select().where(Approval.posting == posting).exists():
            Approval.create(posting=posting, **decision.was["first"])
        never_tell(decision)
        Decision.update(undone_at=now()).where(Decision.id == decision.id).execute()
    return decision


def applied_since(decision: Decision) -> bool:
    """The table of applications is named, not imported: it lies further on."""
    sent = SQL("SELECT 1 FROM application WHERE posting_id = ? AND submitted_at >= ?",
               [decision.posting_id, str(decision.made_at)])  # fmt: skip
    return bool(database.execute_sql(sent.sql, sent.params).fetchone())


def put_posting_back(posting: Posting, decision: Decision, person: Person) -> None:
    was = decision.was
    opened = Posting.opened_at.python_value(was["opened_at"]) if was["opened_at"] else None
    make(UNDO, posting, person, opened_at=opened, version=Posting.version + 1)
    kept = (RevisionState.APPROVED, RevisionState.RETURNED)
    newer = Revision.posting == posting, Revision.id > was["revision"], Revision.state.in_(kept)
    Revision.delete().where(*newer).execute()
    asked = Comment.posting == posting, Comment.id > was["comment"], Comment.author == decision.person_id
    Comment.delete().where(*asked, Comment.section.is_null(False)).execute()
    show(posting)


def put_change_back(posting: Posting, decision: Decision, person: Person) -> None:
    was = decision.was
    revision = Revision.get_by_id(was["change"])
    if Revision.select().where(Revision.posting == posting, Revision.state == RevisionState.PROPOSED).exists():
        raise Refused(CHANGED)
    make(UNDO_CHANGE, revision, person, detail={"posting": posting.id})
    keys = content.changed(content.read(posting), was["text"])
    if keys:
        content.write(posting, {key: was["text"][key] for key in keys})
        record(posting, "undo", person, posting.state, posting.state)
        show(posting)


def never_tell(decision: Decision) -> None:
    """Its Steps stay as history, and nobody hears of them; what other nouns made of them never was."""
    made = Step.id.between(decision.first_step, decision.last_step) & Step.told_at.is_null()
    Step.delete().where(made, Step.noun.not_in(("posting", "revision"))).execute()
    Step.update(told_at=now()).where(made).execute()
