"""Changes to an approved posting: what goes at once, what waits for a teacher, and how it ends."""

import json
from collections.abc import Collection, Mapping

from board.db import database
from board.moves import Refused, Step, make, record, tell
from board.people.model import Person
from board.postings import checking, content, hands, second, trusted
from board.postings.actions import must_be, show
from board.postings.keeping import must_be_free
from board.postings.model import APPROVED, Posting, Revision, RevisionState
from board.postings.rules import REVISION_MOVES, NotReady, Problem, goes_at_once, may_write
from board.postings.texts import keep_approved, proposed_for
from board.postings.vetted import in_the_way
from board.school.model import School, today
from board.words import N_


def propose(posting: Posting, person: Person, values: dict, taken: int = 0) -> Revision | None:
    """Change an approved posting; returns the revision that waits, if any.

    Fewer seats and a later last day go at once, the rest waits as a revision while the approved text stays. A
    change that still waits is taken back for the new one, so that no teacher approves what they have not read. Of an
    employer who is trusted, all of it goes at once if no check minds.
    `taken`: seats offered or accepted.
    """
    must_be(may_write(person, posting))
    with database.atomic():
        posting = Posting.get_by_id(posting.id)
        must_be_free(posting)
        if posting.state not in APPROVED:
            raise Refused(N_("This posting can't be changed any more. Copy it to post it again."))
        old = content.read(posting)
        new = old | values
        waiting = proposed_for(posting)
        if waiting and not content.changed(waiting.values, new):
            return waiting
        keys = content.changed(old, new)
        if "seats" in keys and new["seats"] < taken:
            raise NotReady([Problem("seats", N_("Places already offered or taken: %(taken)s."), {"taken": taken})])
        if keys:
            check_ready(new, posting)
        if waiting:
            make(REVISION_MOVES["take_back"], waiting, person, detail={"posting": posting.id})
        at_once = [key for key in keys if goes_at_once(key, old, new)]
        soon = old | {key: new[key] for key in at_once}
        if len(at_once) < len(keys) and found_in(soon, posting):
            at_once = []  # makes sense only together with what a teacher has to read
        if at_once:
            content.write(posting, {key: new[key] for key in at_once})
            keep_approved(posting, person)
            step = record(posting, "adjust", person, posting.state, posting.state, detail={"changed": at_once})
            show(posting)
            tell(posting, step)
        later = [key for key in keys if key not in at_once]
        if not later:
            return None
        if "supervisor" in later:
            content.supervisor_of(posting.employer_id, new["supervisor"])  # so that the school can check them first
        revision = Revision.create(posting=posting, author=person, content=json.dumps(new))
        record(revision, "propose", person, RevisionState.PROPOSED, detail={"changed": later, "posting": posting.id})
        hands.take_part(posting, person)
        if trusted.needs_no_teacher(posting, new):
            make(REVISION_MOVES["pass_unread"], revision, None, detail={"posting": posting.id, "changed": later})
            put_on_board(posting, revision, later, None)
            return None
        return revision


def check_ready(values: dict, posting: Posting) -> None:
    found = found_in(values, posting)
    if found:
        raise NotReady(found)


def found_in(values: dict, posting: Posting) -> list[Problem]:
    """Problems of a changed text. A last day that had passed before is no new mistake."""
    here = School.here().today()
    return checking.problems(values, posting.employer, min(here, posting.apply_by or here), posting.id)


def approve_revision(
    revision: Revision, person: Person, reasons: Mapping[str, str] | None = None, remember: Collection[str] = ()
) -> Step:
    """As `actions.approve`: it raises Refused where something blocks, checking.NeedsReason where a reason is missing."""
    with database.atomic():
        must_be(person.is_teacher)
        posting = Posting.get_by_id(revision.posting_id)
        must_be_free(posting)
        old = content.read(posting)
        keys = content.changed(old, revision.values)
        elsewhere = bool({"place", "supervisor"} & set(keys))
        if elsewhere:
            wrong = in_the_way(posting, today(), revision.values)
            if wrong:
                raise Refused(wrong.words, **wrong.values)
        if Revision.select().where(Revision.id == revision.id, Revision.state == RevisionState.PROPOSED).exists():
            checking.pass_for(posting, old | revision.values, person, reasons or {}, remember, elsewhere)
            second.must_have_agreed(posting, old | revision.values, person)
        step = make(REVISION_MOVES["approve"], revision, person)
        put_on_board(posting, revision, keys, person)
    return step


def put_on_board(posting: Posting, revision: Revision, keys: list[str], person: Person | None) -> None:
    """In the transaction of the yes; `person` is None where the board itself says it."""
    content.write(posting, {key: revision.values[key] for key in keys}, by=revision.author)
    revised = record(posting, "revise", person, posting.state, posting.state, detail={"changed": keys})
    show(posting)
    tell(posting, revised)


def return_revision(revision: Revision, person: Person, words: str) -> Step:
    return make(REVISION_MOVES["return"], revision, person, words)


def take_back_revision(revision: Revision, person: Person) -> Step:
    return make(REVISION_MOVES["take_back"], revision, person)
