"""Something felt wrong to a parent or guardian: said on a page of the link they hold. They have no account, and the
address is the proof, as on the page it belongs to."""

from flask import Blueprint, make_response, redirect, request, url_for
from flask_babel import force_locale

from board import htmx
from board.access import ANYONE, open_to
from board.drawing import said
from board.guardians import actions as homes
from board.guardians.model import GuardianAsk
from board.guardians.views import alone, is_their_own, language_of
from board.moves import Refused
from board.people.model import LANGUAGES, Person
from board.placements.model import Placement
from board.reports import actions, line, targets
from board.reports.forms import ReportForm
from board.reports.views import answers_to
from board.security import csrf

home_reports = Blueprint("home_reports", __name__)
home_reports.after_request(alone)


@home_reports.get("/g/<token>/report")
@open_to(ANYONE)
def page(token: str):
    return draw(token, homes.find(token))


@home_reports.post("/g/<token>/report")
@csrf.exempt
@open_to(ANYONE)
def tell(token: str):
    """One press is enough: words, danger and names may come with it."""
    link = homes.find(token)
    if link is None or is_their_own(link):
        return draw(token, link, 404)
    with force_locale(language_of(link)):
        form = ReportForm(staff_of(link))
        if form.validate():
            try:
                actions.report_by_guardian(
                    thing_of(link), link.guardian_id, form.words.data or "", form.in_danger.data, form.named.data
                )
                sent = None if link.guardian_id else 1
                address = url_for("home_reports.page", token=token, language=language_of(link), sent=sent)
                return redirect(address, 303)
            except Refused as refused:
                form.words.errors = [said(refused)]
        return draw(token, link, 422, form)


def thing_of(link: GuardianAsk):
    """What it is about: the work once there is a match, before that the application."""
    return Placement.get_or_none(Placement.application == link.application_id) or link.application


def staff_of(link: GuardianAsk) -> list[Person]:
    """Whom of the school it may be about."""
    thing = thing_of(link)
    return line.could_read(targets.staff_of(thing if isinstance(thing, Placement) else None))


def draw(token: str, link: GuardianAsk | None, status: int = 200, form: ReportForm | None = None):
    address = lambda code: url_for("home_reports.page", token=token, language=code)  # noqa: E731
    languages = [(code, name, address(code)) for code, name in LANGUAGES.items()]
    if link is None or is_their_own(link):
        return make_response(htmx.page("guardians/gone.html", status=404, languages=languages, of_age=False))
    code = language_of(link)
    with force_locale(code):
        # a slip goes through several hands: whoever holds it later does not read that there is a case
        last = actions.of_guardian(link.application_id, link.guardian_id) if link.guardian_id else None
        return make_response(htmx.page(
            "reports/home.html", status=status, languages=languages, said=last, has_arrived="sent" in request.args, report_form=form or ReportForm(staff_of(link), formdata=None),
            report_address=url_for("home_reports.tell", token=token, language=code), contact=line.contact(),
            said_answers=answers_to([last]).get(last.id, []) if last else [],
            back=url_for("guardians.page", token=token, language=code),
        ))  # fmt: skip
