"""What happens to applications: each function is one transaction and one Step."""

from collections.abc import Callable
from datetime import date
from itertools import count

from board import contact
from board.applications import checking
from board.applications.drafts import NotReady as NotReady
from board.applications.drafts import answer_reading as answer_reading
from board.applications.drafts import ask_to_read as ask_to_read
from board.applications.drafts import barred_from, close_reading, problems
from board.applications.drafts import begin as begin
from board.applications.drafts import live as live
from board.applications.drafts import must_skills as must_skills
from board.applications.drafts import questions_of as questions_of
from board.applications.drafts import save as save
from board.applications.model import CHOSEN_BY_EMPLOYER, WAITING, Application, Reason, State
from board.applications.rules import GRACE, MOVES, UNDATED_DECISION, offer_window, own
from board.db import database, now
from board.employers.model import Employer
from board.moves import Refused, Step, TooLate, follows, make
from board.people.model import Person
from board.postings import actions as postings
from board.postings.model import APPROVED, Posting
from board.postings.model import State as PostingState
from board.school.model import today
from board.words import N_, Said


def submit(application: Application, student: Person) -> Step:
    """Send a draft. Raises Refused if barred, NotReady with what it lacks or what would give the student away."""
    with database.atomic():  # what is checked is what goes, whatever another tab saves or the employer closes
        posting = Posting.get_by_id(application.posting_id)
        barred = barred_from(posting, student)
        if barred:
            raise Refused(barred.words, **barred.values)
        application.why = Application.select(Application.why).where(Application.id == application.id).scalar()
        found = problems(application, student)
        if found:
            raise NotReady(found)
        step = make(MOVES["submit"], application, student, submitted_at=now())
        checking.keep(application, posting, student)
        close_reading(application)
    return step


def withdraw(application: Application, student: Person, words: str = "") -> Step:
    with database.atomic():
        step = make(MOVES["withdraw"], application, student, words, seat=None)
        close_reading(application)
    return step


# -- the employer's answers


def must_stand(application: Application) -> Posting:
    """Its posting as it stands. While the school is looking at that, nobody answers: words to a student are messages."""
    posting = Posting.get_by_id(application.posting_id)
    if posting.held_at:
        raise Refused(N_("The school is looking at this project. You can answer as soon as it is back."))
    return posting


def shortlist(application: Application, person: Person) -> Step:
    with database.atomic():
        must_stand(application)
        return make(MOVES["shortlist"], application, person)


def offer(application: Application, person: Person, answer_by: date) -> Step:
    """Offer one of the seats, to be answered by a day. Raises Refused when all are offered or taken."""
    if not application.posting.employer.is_verified:
        raise Refused(N_("The school has to check your organization before you can offer a project."))
    first, last = offer_window(today())
    if not first <= answer_by <= last:
        raise Refused(N_("Give the student at least a day and at most two weeks to answer."))
    with database.atomic():
        posting = must_stand(application)
        if posting.state not in (PostingState.OPEN, PostingState.PAUSED):
            raise Refused(N_("This project takes no more students."))
        seat = free_seat(posting)
        if seat is None:
            raise Refused(N_("All the places are offered or taken. Wait for an answer, or take an offer back."))
        return make(MOVES["offer"], application, person, seat=seat, answer_by=answer_by)


def free_seat(posting: Posting) -> int | None:
    """The lowest number nobody has, or None when all the places are taken. Who lost the place after the yes keeps the
    number, and places may have become fewer than numbers given out: so a number may be higher than there are places."""
    if seats_taken(posting) >= posting.seats:
        return None
    given = {
        seat for (seat,) in Application.select(Application.seat)
        .where(Application.posting == posting, Application.seat.is_null(False)).tuples()
    }  # fmt: skip
    return next(seat for seat in count(1) if seat not in given)


def seats_taken(posting: Posting) -> int:
    return Application.seated(posting).count()


def check_words(words: str) -> None:
    """An employer's words to a student hold no way to meet outside of the board."""
    hit = next(iter(contact.found(words)), None)
    if hit:
        raise Refused(N_("Take out “%(text)s”: you learn how to reach each other once a teacher has agreed."), text=hit[1])  # fmt: skip


def take_offer_back(application: Application, person: Person, words: str) -> Step:
    check_words(words)
    with database.atomic():
        must_stand(application)
        return make(MOVES["take_offer_back"], application, person, words, seat=None)


def not_select(application: Application, person: Person, reason: Reason | str, words: str = "") -> Step:
    """Not this time, with a reason the student can live with."""
    if reason not in CHOSEN_BY_EMPLOYER:
        raise Refused(N_("Choose a reason: the student reads it."))
    check_words(words)
    with database.atomic():
        must_stand(application)
        return make(
            MOVES["not_select"], application, person, words, detail={"kind": str(reason)}, columns={"reason": reason}
        )


# -- the student's answer


# what nouns further on know that keeps a student from saying yes: None, or a sentence for the student
obstacles: list[Callable[[Application], Said | None]] = []


def obstacle(application: Application) -> Said | None:
    """Why the student may not say yes to this offer now, though it stands. Nothing of it is the employer's to know."""
    return next((found for ask in obstacles if (found := ask(application))), None)


def accept(application: Application, student: Person) -> Step:
    """The student says yes: a placement is proposed (see placements), and with the last seat the posting is filled."""
    if own(student, application) and application.state == State.OFFERED and application.answer_by < today():
        make(MOVES["lapse"], application, None, seat=None)  # the timetable was not here yet; accepting is too late
    with database.atomic():
        posting = must_stand(application)
        if said := obstacle(application):
            raise Refused(said.words, **said.values)
        step = make(MOVES["accept"], application, student)
        fill_or_free(posting)
    return step


def fill_or_free(posting: Posting) -> None:
    """With every place accepted a posting is filled; with one more place than that it is open again."""
    accepted = Application.seated(posting).where(Application.state == State.ACCEPTED).count()
    if accepted >= posting.seats and posting.state in (PostingState.OPEN, PostingState.PAUSED):
        postings.fill(posting)
    elif accepted < posting.seats and posting.state == PostingState.FILLED:
        postings.free_seat(posting)


def turn_down(application: Application, student: Person, words: str = "") -> Step:
    return make(MOVES["turn_down"], application, student, words, seat=None)


# -- the board answers for itself


@follows("posting", "adjust", "revise")
def keep_seats(posting: Posting, step: Step) -> None:
    """Another number of places, in the same transaction: never fewer than are offered or accepted."""
    if "seats" not in step.facts.get("changed", ()):
        return
    taken = seats_taken(posting)
    if posting.seats < taken:
        raise Refused(N_("Places already offered or taken: %(taken)s."), taken=taken)
    fill_or_free(posting)


@follows("posting", "fill")
def answer_when_filled(posting: Posting, step: Step) -> None:
    release(posting, Reason.FILLED)


@follows("posting", "close")
def answer_when_closed(posting: Posting, step: Step) -> None:
    release(posting, Reason.CLOSED)
    revoke(posting)


@follows("employer", "suspend")
def answer_when_suspended(employer: Employer, step: Step) -> None:
    """Everybody who waits has a kind answer now, and offers end: neither comes back. No word of why."""
    for posting in list(Posting.select().where(Posting.employer == employer, Posting.state.in_(APPROVED))):
        release(posting, Reason.OTHER)
        revoke(posting)


def answered_since(step: Step):
    """Ids of the applications that this has ended: asked in the transaction of a suspension, by whoever follows it
    later."""
    answers = Step.move.in_(("release", "revoke"))
    return Step.select(Step.noun_id).where(Step.noun == "application", answers, Step.id > step.id)


def revoke(posting: Posting) -> None:
    """Offers that nobody has answered end with the project."""
    offered = Application.select().where(Application.posting == posting, Application.state == State.OFFERED)
    for application in list(offered):
        make(MOVES["revoke"], application, None, seat=None)


def release(posting: Posting, reason: Reason) -> int:
    """Tell everybody still waiting that they were not chosen; returns how many."""
    waiting = list(Application.select().where(Application.posting == posting, Application.state.in_(WAITING)))
    for application in waiting:
        make(MOVES["release"], application, None, detail={"kind": str(reason)}, columns={"reason": reason})
    return len(waiting)


def lapse_offers(day: date) -> int:
    """Offers whose last day has passed; not while the school holds the project, since the student can't answer
    then. Returns how many lapsed."""
    late = (
        Application.select().join(Posting)
        .where(Application.state == State.OFFERED, Application.answer_by < day, Posting.held_at.is_null())
    )  # fmt: skip
    lapsed = 0
    for application in list(late):
        try:
            make(MOVES["lapse"], application, None, seat=None)
        except TooLate:  # answered in this very moment
            continue
        lapsed += 1
    return lapsed


def answer_overdue(day: date) -> int:
    """Everybody left waiting past a posting's decide-by date and the days of grace gets an answer, with the reason
    (see rules.answers_itself_on). Returns how many."""
    last = day - GRACE
    undated = Posting.decide_by.is_null() & (Posting.apply_by < last - UNDATED_DECISION)
    waiting = Application.select(Application.posting).where(Application.state.in_(WAITING))
    late = Posting.select().where(Posting.id.in_(waiting), (Posting.decide_by < last) | undated)
    total = 0
    for posting in list(late):
        with database.atomic():
            total += release(posting, Reason.NO_DECISION)
    return total


def daily(day: date) -> dict[str, int]:
    """What the timetable does once a day: {"lapsed": offers, "answered": applications}."""
    return {"lapsed": lapse_offers(day), "answered": answer_overdue(day)}
