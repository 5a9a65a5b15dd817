"""The page of a parent's or guardian's link: what is asked, their answer, and from then on how it goes.

The address is the proof, as with a link that ends mail: there is no account and no session, so nothing a browser keeps
is asked for. Looking changes nothing, since mail scanners open every link.
"""

from flask import Blueprint, Response, g, make_response, redirect, request, url_for
from flask_babel import force_locale
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Answer

from board import htmx
from board.access import ANYONE, open_to, school, who
from board.drawing import said
from board.guardians import actions, text
from board.guardians.forms import AnswerForm, AskForm
from board.guardians.model import GuardianAsk, Word, is_minor
from board.guardians.news import changed_since
from board.guardians.shown import closed_on, project_of
from board.moves import Refused, TooLate
from board.people.model import LANGUAGES
from board.school.model import day_of, today
from board.security import csrf

guardians = Blueprint("guardians", __name__)

# whoever reads it leaves no copy behind, and tells nobody the address by following a link from it
HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}


@guardians.after_request
def alone(response: Response) -> Response:
    response.headers.update(HEADERS)
    return response


@guardians.get("/g/<token>")
@open_to(ANYONE)
def page(token: str):
    return draw(token, actions.find(token))


@guardians.post("/g/<token>")
@csrf.exempt
@open_to(ANYONE)
def answer(token: str):
    """Yes, no, or first a talk with the school: the button says which."""
    link = actions.find(token)
    word = request.form.get("answer", "")
    if link is None or is_their_own(link) or word not in set(Word):
        return draw(token, link, 404 if link is None else 422)
    with force_locale(language_of(link)):
        form, ask = AnswerForm(formdata=None), AskForm(formdata=None)
        if word == Word.QUESTION:
            ask = AskForm()
        else:
            form = AnswerForm()
        good = ask.validate() if word == Word.QUESTION else complete(form, word)
        if good:
            try:
                actions.answer(link, Word(word), form.name.data or "", language_of(link), ask.words.data or "")
            except TooLate:
                return draw(token, actions.find(token), 409)
            except actions.TooOften as problem:
                return draw(token, link, 429, problem=said(problem))
            except Refused as problem:
                form.name.errors = [said(problem)]
            else:
                return back(token, link)
        return draw(token, link, 422, form=form, ask=ask)


def complete(form: AnswerForm, word: str) -> bool:
    """A yes has a name and a tick; a no needs neither."""
    good = form.validate()
    if word == Word.YES and not form.name.data:
        form.name.errors, good = [_("Type your name: it stands for your signature.")], False
    if word == Word.YES and not form.sure.data:
        form.sure.errors, good = [_("Only a parent or legal guardian can say yes. Tick it if you are one.")], False
    return good


@guardians.post("/g/<token>/withdraw")
@csrf.exempt
@open_to(ANYONE)
def withdraw(token: str):
    link = actions.find(token)
    if link is None or is_their_own(link):
        return draw(token, link, 404 if link is None else 422)
    try:
        actions.withdraw(link)
    except TooLate:
        return draw(token, link, 409)
    return back(token, link)


def is_their_own(link: GuardianAsk) -> bool:
    """The student themself is signed in here: this page is not theirs to answer."""
    me = who()
    return me is not None and me.id == link.application.student_id


def language_of(link: GuardianAsk) -> str:
    asked = request.args.get("language", "")
    return asked if asked in LANGUAGES else link.language


def back(token: str, link: GuardianAsk) -> Answer:
    return redirect(url_for("guardians.page", token=token, language=request.args.get("language")), 303)


def draw(token: str, link: GuardianAsk | None, status: int = 200, problem: str = "", **forms):
    """The page as it stands, in the reader's language."""
    g.section = ""
    address = lambda code: url_for("guardians.page", token=token, language=code)  # noqa: E731
    languages = [(code, name, address(code)) for code, name in LANGUAGES.items()]
    if link is None:
        return make_response(htmx.page("guardians/gone.html", status=404, languages=languages, of_age=False))
    code = language_of(link)
    with force_locale(code):
        student = link.application.student
        if not is_minor(student, today()):
            return make_response(htmx.page("guardians/gone.html", status=410, languages=languages, of_age=True))
        closed = closed_on(link.application)
        if closed and closed <= today():
            return make_response(htmx.page("guardians/gone.html", status=410, languages=languages, over=True,
                                           report=url_for("home_reports.page", token=token, language=code)))  # fmt: skip
        if is_their_own(link):
            return make_response(htmx.page("guardians/own.html", status=status, languages=languages, student=student))
        return make_response(htmx.page("guardians/page.html", status=status, languages=languages, token=token,
                                       language=code, problem=problem, **values_of(link), **forms_of(link, forms)))  # fmt: skip


def forms_of(link: GuardianAsk, forms: dict) -> dict:
    """With the name they have typed before; on a slip, which goes through several hands, each types their own."""
    last = actions.said_by(link) if link.guardian_id else None
    return {"form": AnswerForm(formdata=None, name=last.name if last else ""), "ask": AskForm(formdata=None)} | forms


def values_of(link: GuardianAsk) -> dict:
    application = link.application
    project = project_of(application)
    placement = project.progress.placement if project.progress else None
    matched = day_of(placement.created_at) if placement else None
    mine = actions.said_by(link)
    agreed = mine.text_version if mine and mine.answer == Word.YES else None
    return {
        "link": link, "application": application, "student": application.student, "project": project,
        "posting": project.posting, "mine": mine, "terms": text.VERSIONS[agreed or text.CURRENT],
        "changed": changed_since(placement, mine.created_at) if placement and agreed else [],
        "new_terms": text.VERSIONS[text.CURRENT] if mine and mine.is_to_older_text else (),
        "consent": actions.consent_of(application, matched), "is_open": actions.is_open(application),
        "call": school().guardian_call or "",
    }  # fmt: skip
