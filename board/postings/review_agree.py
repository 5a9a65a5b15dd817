"""What comes with a decision on the desk: reasons beside the checks, a second teacher, words kept ready, what blocks."""

from flask import request
from werkzeug.datastructures import MultiDict

from board.access import who
from board.checks.results import Result
from board.drawing import translate
from board.moves import Refused, Step
from board.people.model import Person
from board.postings import actions, canned, checking, claims, content, revisions, second
from board.postings.case import Case
from board.postings.review_forms import AskForm, section_field
from board.words import N_


def waits_for_second(case: Case, move: str) -> bool:
    """This yes would be the first of two."""
    asks = move in ("approve", "approve_change") and second.needs_second(case.values)
    return asks and case.waits and second.first_yes(case.posting, case.values) is None


def agree(case: Case, move: str, person: Person) -> Step:
    """A yes: the first of two, or the one that opens it."""
    reasons = {
        name.removeprefix("reason-"): words for name, words in request.form.items() if name.startswith("reason-")
    }
    remember = request.form.getlist("remember")
    if waits_for_second(case, move):
        claims.must_be_free(case.posting, person)
        if not case.posting.employer.is_verified:
            raise Refused(N_("The school has not checked this employer yet. A coordinator does that first."))
        checking.pass_for(case.posting, case.values, person, reasons, remember)
        claims.done(case.posting)
        return second.agree_first(case.posting, case.values, person)
    if move == "approve":
        return actions.approve(case.posting, person, reasons, remember)
    return revisions.approve_revision(case.must_have_change(), person, reasons, remember)


def with_ready(form: MultiDict) -> MultiDict:
    """What was typed, with the words kept ready that were chosen where there is no script: "ready-ID" names the field."""
    chosen = {
        name.removeprefix("ready-"): number for name, number in form.items() if name.startswith("ready-") and number
    }
    if not chosen:
        return form
    rows = {str(row.id): row.words for row in canned.of(who())}
    made = MultiDict(form)
    for field, number in chosen.items():
        if number in rows:
            made[field] = "\n".join(filter(None, [form.get(field, "").strip(), rows[number]]))
    return made


def ask_for(blocks: list[Result], form: AskForm) -> None:
    """What blocks stands in the words to its employer already, beside the section it is about."""
    for one in blocks:
        if one.key in content.SECTION_OF and not one.for_staff:
            field = form[section_field(content.SECTION_OF[one.key])]
            said_of_it = [translate(words, **one.values) for words in (one.words, one.change) if words]
            field.data = "\n".join(filter(None, [field.data, " ".join(said_of_it)]))
