"""What happens to postings: each function is one transaction and one Step."""

import secrets
from collections.abc import Collection, Mapping

from board.audit import trail
from board.audit.model import Kind
from board.checks.results import Stage
from board.db import database, now
from board.employers.model import Employer
from board.moves import NotAllowed, Refused, Step, follows, make, record
from board.people.model import Person
from board.postings import checking, content, hands, keeping, second
from board.postings.model import (
    EDITABLE,
    Comment,
    IndexRepair,
    Posting,
    Revision,
    RevisionState,
    Saved,
    Section,
    State,
    Viewing,
)  # fmt: skip
from board.postings.rules import (
    MOVES,
    SHUT_OUT,
    NotReady,
    Problem,
    has_arrived,
    may_write,
    own,
    own_or_staff,
)  # fmt: skip
from board.postings.texts import keep_approved, keep_text
from board.postings.vetted import in_the_way
from board.school.model import School, today
from board.search import index
from board.words import N_


def begin(
    employer,
    person: Person,
    values: dict | None = None,
    copy_of: int | None = None,
    starter: str = "",
    pitched: bool = False,
) -> Posting:
    """A new draft; its Step remembers what it was begun with: another posting, a starter by its slug, or the idea of a
    student of the school; of which one, nobody here knows."""
    must_be(Employer.get_by_id(getattr(employer, "id", employer)).state not in SHUT_OUT)
    with database.atomic():
        posting = Posting.create(employer=employer, contact=person)
        if values:
            content.write(posting, values, by=person)
        origin = (("copy_of", copy_of), ("starter", starter), ("pitched", pitched))
        record(posting, "begin", person, State.DRAFT, detail={key: one for key, one in origin if one})
    return posting


def save_draft(posting: Posting, person: Person, values: dict) -> None:
    """Keep what was typed; nothing has to be complete. No Step: drafts are nobody's business yet."""
    must_be(may_write(person, posting))
    with database.atomic():
        current = Posting.get_by_id(posting.id)
        keeping.must_be_free(current)
        if current.state == State.SUBMITTED:
            raise Refused(N_("This posting is with the school now. Take it back to change it."))
        if current.state not in EDITABLE:
            raise Refused(N_("This posting is no longer a draft. Reload the page to see where it stands."))
        keys = content.changed(content.read(current), values)
        if keys:
            content.write(current, {key: values[key] for key in keys}, by=person)


def copy(posting: Posting, person: Person) -> Posting:
    """A new draft with an old posting's text, without its dates. Its teacher sees what differs from the old one."""
    must_be(may_write(person, posting))
    values = content.read(posting) | dict.fromkeys(content.DATES)
    return begin(posting.employer_id, person, values, copy_of=posting.id)


def delete_draft(posting: Posting, person: Person) -> None:
    must_be(own(person, posting))
    with database.atomic():
        keeping.must_be_free(posting)
        gone = Posting.delete().where(
            Posting.id == posting.id, Posting.state == State.DRAFT, Posting.opened_at.is_null()
        )
        if not gone.execute():
            raise Refused(N_("Only a draft can be deleted. Close the posting instead."))
        Step.delete().where(Step.noun == "posting", Step.noun_id == posting.id).execute()
        trail.note(Kind.REMOVED, person.id, "posting", posting.id)


class AddressFirst(Refused):
    """This person has not confirmed their mail address yet."""


def submit(posting: Posting, person: Person) -> Step:
    """Send to the school. Raises NotReady with what is missing, then AddressFirst."""
    found = missing(posting)
    if found:
        raise NotReady(found)
    must_have_arrived(person)
    with database.atomic():
        step = make(MOVES["submit"], posting, person, submitted_at=now())
        hands.take_part(posting, person)
        values, employer = checking.read(posting), posting.employer
        found = checking.results(values, employer, Stage.SUBMIT, posting.id)
        checking.keep(posting.id, values, employer, Stage.SUBMIT, person, found)
    return step


def missing(posting: Posting) -> list[Problem]:
    """What keeps a posting, as it is stored, from being sent today."""
    return checking.problems(checking.read(posting), posting.employer, School.here().today(), posting.id)


def take_back(posting: Posting, person: Person) -> Step:
    return make(MOVES["take_back"], posting, person)


def approve(
    posting: Posting, person: Person, reasons: Mapping[str, str] | None = None, remember: Collection[str] = ()
) -> Step:
    """Open to students; the text as approved is kept to compare later changes with, and what was checked.

    `reasons`: why a check that asks for a reason is all right, by its mark; those in `remember` hold for this employer
    from now on. Raises Refused where something blocks, checking.NeedsReason where a reason is missing.
    """
    must_be_checked(posting)
    with database.atomic():
        keeping.must_not_be_hidden(posting)
        must_be(person.is_teacher)
        if Posting.select().where(Posting.id == posting.id, Posting.state == State.SUBMITTED).exists():
            values = checking.read(posting)
            checking.pass_for(posting, values, person, reasons or {}, remember)
            second.must_have_agreed(posting, values, person)
        step = make(
            MOVES["approve"], posting, person, opened_at=posting.opened_at or now(), version=Posting.version + 1
        )
        keep_approved(posting, person)
        show(posting)
    return step


def ask_changes(posting: Posting, person: Person, sections: dict[str, str], words: str = "") -> Step:
    """Back to the employer with a reason beside each section. At least one reason is needed.

    The text as it was read is kept, so that the next reading begins with what has changed.
    """
    reasons = {Section(name): text.strip() for name, text in sections.items() if text.strip()}
    if not reasons and not words.strip():
        raise Refused(N_("Say what should change, beside the section it is about."))
    with database.atomic():
        step = make(MOVES["ask_changes"], posting, person, words, detail={"sections": [str(name) for name in reasons]})
        for name, text in reasons.items():
            Comment.create(posting=posting, author=person, section=name, words=text)
        keep_text(posting, posting.contact_id, RevisionState.RETURNED)
    return step


def decline(posting: Posting, person: Person, kind: str, words: str) -> Step:
    return make(MOVES["decline"], posting, person, words, detail={"kind": str(kind)})


def pause(posting: Posting, person: Person) -> Step:
    return shown_after("pause", posting, person)


def resume(posting: Posting, person: Person) -> Step:
    must_be_checked(posting, person)
    return shown_after("resume", posting, person)


def pull(posting: Posting, person: Person, words: str) -> Step:
    """A teacher takes a posting off the board; its employer cannot put it back alone."""
    return shown_after("pull", posting, person, words, held_at=now())


def put_back(posting: Posting, person: Person, words: str = "", beside: int | None = None) -> Step:
    """A teacher returns a posting to the board. Not one that is kept off it: see keeping.py. Raises Refused where
    something in it blocks by now: its employer changes it first. `beside`: see lift."""
    must_be_checked(posting, person)
    if posting.tasks:  # what nobody was asked can't be held against it
        values = checking.read(posting)
        blocks = [one for one in checking.results(values, None, Stage.AGAIN, posting.id) if one.is_block]
        if blocks:
            raise Refused(blocks[0].words, **blocks[0].values)
    with database.atomic():
        keeping.must_not_be_hidden(posting)
        return shown_after("put_back", posting, person, words, {"beside": beside} if beside else None, held_at=None)


def hold(posting: Posting, beside: int | None = None) -> Step:
    """Hidden by the board itself, for a reason that only few may know; keeping.py says for how long.

    One that was paused or filled keeps its state, with the mark: its employer can't reopen it alone. `beside`: the
    placement of it that stops for the same reason, so that nobody is told twice.
    """
    detail = {"beside": beside} if beside else None
    if posting.state == State.OPEN:
        return shown_after("hold", posting, None, detail=detail, held_at=now())
    return marked_after("hold", posting, None, detail=detail, held_at=now())


def look_again(posting: Posting) -> Step:
    """The rules or the calendar have changed, and something in it blocks now: hidden until a teacher has looked."""
    return shown_after("look_again", posting, None, held_at=now())


def lift(posting: Posting, person: Person, words: str = "", beside: int | None = None) -> Step:
    """Back to how it stood before it was held or pulled. `beside`: the placement of it that goes on in the same stroke."""
    last = Step.of(posting).where(Step.move.in_(("hold", "pull", "look_again"))).order_by(Step.id.desc()).first()
    opens = posting.state == State.PAUSED and (last is None or last.from_state == State.OPEN)
    if opens and in_the_way(posting, today()) is None:
        return put_back(posting, person, words, beside)
    return marked_after("lift", posting, person, words, {"beside": beside} if beside else None, held_at=None)


def close(posting: Posting, person: Person, words: str = "") -> Step:
    """The end of a posting; a change that waited for a teacher ends with it."""
    with database.atomic():
        step = shown_after("close", posting, person, words)
        waiting = Revision.posting == posting, Revision.state == RevisionState.PROPOSED
        Revision.update(state=RevisionState.TAKEN_BACK).where(*waiting).execute()
    return step


def fill(posting: Posting) -> Step:
    return shown_after("fill", posting, None)


def free_seat(posting: Posting) -> Step:
    """Open again for one more; not while the check of its employer or of its supervisor does not hold."""
    with database.atomic():
        step = shown_after("free_seat", posting, None)
        if in_the_way(posting, today()):
            shut_out = Employer.get_by_id(posting.employer_id).state in SHUT_OUT
            rest(posting, held_at=now() if shut_out else posting.held_at)
    return step


def rest(posting: Posting, **columns) -> Step:
    """The board pauses it while a check of the school's does not hold."""
    return shown_after("rest", posting, None, **columns)


def shown_after(name: str, posting: Posting, person: Person | None, words: str = "", detail=None, **columns) -> Step:
    """A move after which the posting is, or is no longer, found."""
    with database.atomic():
        step = make(MOVES[name], posting, person, words, detail, version=Posting.version + 1, **columns)
        show(posting)
    return step


def marked_after(name: str, posting: Posting, person: Person | None, words: str = "", detail=None, **columns) -> Step:
    """A Step that leaves the state as it is and changes who sees the posting."""
    with database.atomic():
        Posting.update(version=Posting.version + 1, **columns).where(Posting.id == posting.id).execute()
        for key, value in columns.items():
            setattr(posting, key, value)
        step = record(posting, name, person, posting.state, posting.state, words.strip(), detail)
        show(posting)
    return step


# -- talk, looking, saving


def comment(posting: Posting, person: Person, words: str) -> Comment:
    """Words between teachers and employer. A Step, so that the other side hears of it."""
    must_be(own_or_staff(person, posting))
    must_have_arrived(person)
    if not words.strip():
        raise Refused(N_("Write something first."))
    with database.atomic():
        made = Comment.create(posting=posting, author=person, words=words.strip())
        record(posting, "comment", person, posting.state, posting.state)
        hands.take_part(posting, person)
    return made


def look(posting: Posting, person: Person) -> None:
    """Remember that this teacher has the posting open."""
    Viewing.insert(posting=posting, person=person, seen_at=now()).on_conflict(
        conflict_target=[Viewing.posting, Viewing.person], update={Viewing.seen_at: now()}
    ).execute()


def save(posting: Posting, student: Person) -> None:
    Saved.insert(posting=posting, student=student).on_conflict_ignore().execute()


def unsave(posting: Posting, student: Person) -> None:
    Saved.delete().where(Saved.posting == posting, Saved.student == student).execute()


# -- when an employer changes (what its check does to postings stands in followed.py)


@follows("employer", "change")
def show_all(employer: Employer, step: Step) -> None:
    """Their name stands on each of their postings."""
    if "name" in step.facts.get("changed", ()):
        Posting.update(version=Posting.version + 1).where(Posting.employer == employer).execute()
        show(*Posting.select().where(Posting.employer == employer, Posting.state == State.OPEN))


# -- the index


def show(*postings: Posting) -> None:
    """Bring the index in step: on the repair list within the transaction, into the index after it."""
    ids = [posting.id for posting in postings]
    for posting_id in ids:
        IndexRepair.replace(posting_id=posting_id, mark=secrets.token_hex(8), created_at=now()).execute()
    if ids:
        database.after_commit(lambda: index.refresh(ids))


def must_have_arrived(person: Person) -> None:
    if not has_arrived(person):
        raise AddressFirst(N_("Confirm your mail address first: open the link in the mail we sent you."))


def must_be_checked(posting: Posting, person: Person | None = None) -> None:
    """Its employer and, on site, its supervisor. Of `person` a move asks for itself whether the employer is."""
    wrong = in_the_way(posting, today())
    if wrong and (person is None or posting.employer.is_verified):
        raise Refused(wrong.words, **wrong.values)


def must_be(allowed: bool) -> None:
    if not allowed:
        raise NotAllowed
