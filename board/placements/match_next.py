"""What a reader has to do before the start: part of match.py, which says who does it with whom."""

from flask_babel import gettext as _

from board.home.steps import Step as NextStep
from board.people.model import Person
from board.placements import before_start
from board.placements.agreement_rules import unfilled
from board.placements.guardian import Asked
from board.placements.match import look
from board.placements.model import OPEN, Party, Placement, State


def next_step(placement: Placement, me: Person) -> NextStep | None:
    """What this reader has to do before the start."""
    if placement.held_at:
        return None
    guardian = look(placement).guardian if placement.state in OPEN and me.is_student else None
    if guardian and guardian.of_student and guardian.yes is None and guardian.no is None:
        return own_yes(placement)
    if placement.state == State.PROPOSED:
        return while_it_waits(placement, me)
    if placement.state != State.AGREED:
        return None
    found = look(placement)
    mine = {item.name for item in before_start.items(placement, found) if item.is_turn_of(me)}
    if "terms" in mine and me.is_employer:
        return fill_in(_("The training agreement is not filled in yet"))
    if f"signed-{as_whom(me)}" in mine:
        words = _("It says who does what, where and when, and how the work is paid.")
        if as_whom(me) in found.earlier:
            words = _("It has changed since you signed it. See what it says now.")
        return NextStep("pencil", _("Read and sign the training agreement"), words, "#agreement", _("Read and sign"))
    if "guardian" in mine:
        if me.is_student and found.guardian.of_student:
            return own_yes(placement)
        if said := home_says(found.guardian, me):
            return said
        if me.is_student:
            words = _("The school asks them by a letter or a slip. You can also print the training agreement and have it signed at home. Until then you and the employer meet by first name alone.")  # fmt: skip
            address = f"/placements/{placement.id}/agreement"
            return NextStep("user-check", _("A parent or guardian has to say yes"), words, address, _("To the page to print"))  # fmt: skip
        words = _("See below whom the school has asked. Print a slip, or write down a signature that you have seen.")
        return NextStep(
            "user-check", _("A parent or guardian has to say yes"), words, "#guardian", _("See how it stands")
        )
    if mine & {"staff", "supervisor", "dates"}:
        return NextStep("users", _("Name who looks after it, and the days"), _("Part of it is missing."), "#people", _("Look at it"))  # fmt: skip
    if "permit" in mine:
        return NextStep("ticket", _("The work permit is missing"), _("Write its number down as soon as it is there."), "#permit", _("Write it down"))  # fmt: skip
    return None


def home_says(guardian: Asked, me: Person) -> NextStep | None:
    """Where somebody at home has answered, and it is not yes."""
    if guardian.no and me.is_student:
        words = _("Nothing starts while that stands. Talk about it at home, or with your teacher: they can change their mind on the page of their link.")  # fmt: skip
        return NextStep("circle-x", _("A parent or guardian has said no"), words)
    if guardian.no:
        words = _("Talk to the family. It goes on once the same person says yes; if it stays no, it ends here.")
        return NextStep("circle-x", _("A parent or guardian has said no"), words, "#guardian", _("See how it stands"))
    if guardian.question and me.is_student:
        words = _("You need do nothing: the school gets in touch with them.")
        return NextStep("message-square", _("A parent or guardian wants to talk to the school first"), words)
    return None


def own_yes(placement: Placement) -> NextStep:
    words = _("What your family had agreed to is yours to decide from now on.")
    return NextStep("user-check", _("You are 18 now: say yes yourself"), words, f"/placements/{placement.id}/own-yes", _("Read and decide"))  # fmt: skip


def as_whom(me: Person) -> Party:
    if me.is_student:
        return Party.STUDENT
    return Party.EMPLOYER if me.is_employer else Party.TEACHER


def fill_in(title: str) -> NextStep:
    words = _("Fill in the days and hours, when and how it is paid, and whom to call. Then everybody can sign it.")
    return NextStep("pencil", title, words, "#agreement-terms", _("Fill it in"))


def while_it_waits(placement: Placement, me: Person) -> NextStep:
    guardian = look(placement).guardian
    if guardian.no and not guardian.of_student and not me.is_employer:
        return home_says(guardian, me)
    if me.is_teacher:
        words = _("Who, with whom, where and when stands below. Agree, or say why not: both sides wait for it.")
        return NextStep("handshake", _("This match waits for a teacher"), words)
    if me.is_employer and unfilled(look(placement).agreement, placement):
        return fill_in(_("While a teacher looks at the match: fill in the training agreement"))
    if me.is_employer:
        words = _("Once they agree you learn the first name, and everybody signs the training agreement.")
    else:
        words = _("Until they agree nobody there learns your name. You will hear from us either way.")
    return NextStep("hourglass", _("A teacher looks at the match now"), words)
