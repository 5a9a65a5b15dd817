"""The training agreement on the placement's page, and the lines its printed page is made of."""

from dataclasses import dataclass

from flask_babel import gettext as _

from board.people.model import Person
from board.placements import before_start
from board.placements.agreement_actions import CHANGEABLE, SIGNABLE
from board.placements.agreement_rules import NAMES, SIGNERS, party_of, unfilled
from board.placements.guardian import shares_contact
from board.placements.match import look
from board.placements.match_forms import PaperForm, PermitForm, TermsForm
from board.placements.model import Party, Placement, Signature, State
from board.placements.naming import Names
from board.placements.rules import runs


@dataclass(frozen=True)
class Signer:
    """One line below the agreement: who has signed, and which version."""

    party: Party
    name: str
    signature: Signature | None = None
    who: str = ""
    seen_by: str = ""
    earlier: int | None = None  # the older version they have signed


def part(placement: Placement, me: Person) -> dict | None:
    if placement.state == State.NOT_AGREED or (placement.agreed_at is None and placement.state != State.PROPOSED):
        return None
    found = look(placement)
    agreement, may_act = found.agreement, runs(me, placement)
    missing = unfilled(agreement, placement)
    signing = may_act and placement.state in SIGNABLE
    may_sign = signing and not found.signed(party_of(me)) and (me.is_teacher or not missing)
    made = {
        "agreement": agreement,
        "unfilled": [_(NAMES[key]) for key in missing],
        "whole": may_sign or placement.started_at is None,  # later its own page is enough
        "signers": signers(placement, me, found) if placement.agreed_at else [],
        "unsigned": sum(not found.signed(party) for party in SIGNERS),
        "yes": found.guardian.yes,
        "knows_call": not me.is_student or shares_contact(placement, found.guardian),
        "may_sign": may_sign,
        "form": None, "permit": None, "paper": None,
    }  # fmt: skip
    if may_act and not me.is_student and placement.state in CHANGEABLE:
        made["form"] = TermsForm(formdata=None, obj=agreement)
    if may_act and me.is_teacher and placement.state in CHANGEABLE:
        made["permit"] = PermitForm(formdata=None, obj=agreement)
        left = [party for party in lines_for(found) if not found.signed(party)]
        if signing and left:
            made["paper"] = PaperForm(formdata=None).offer(left)
    return made


def is_settled(placement: Placement) -> bool:
    return placement.started_at is not None


def lines_for(found: before_start.Look) -> list[Party]:
    """Who has a line below the agreement: a parent or guardian where one is asked, or has signed."""
    guardian = found.guardian.needed or Party.GUARDIAN in found.signatures or Party.GUARDIAN in found.earlier
    return [*SIGNERS, *([Party.GUARDIAN] if guardian else [])]


def signers(placement: Placement, me: Person, found: before_start.Look) -> list[Signer]:
    names = Names(placement, me)
    called = {
        Party.STUDENT: names.student, Party.EMPLOYER: names.employer,
        Party.TEACHER: placement.lead.name if placement.lead else _("The school"), Party.GUARDIAN: "",
    }  # fmt: skip
    made = []
    for party in lines_for(found):
        row, old = found.signatures.get(party), found.earlier.get(party)
        who = (me.name if row.person_id == me.id else names.of(row.person)) if row and row.person_id else ""
        seen_by = row.recorded_by.name if row and row.recorded_by else ""
        made.append(Signer(party, called[party], row, who, seen_by, old.version if old and not row else None))
    return made
