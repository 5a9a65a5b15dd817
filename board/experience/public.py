"""What strangers read, by an address nobody can guess: one experience, or a whole portfolio.

Whether they may is asked anew each time. A page that was withdrawn and one that never was answer alike.
"""

from datetime import date

from flask import Blueprint, Response, current_app, g, make_response, request, url_for
from flask_babel import force_locale

from board import htmx
from board.access import ANYONE, open_to, school
from board.audit import watch
from board.drawing import local
from board.experience import badge
from board.experience.actions import has_yes
from board.experience.model import Experience, ExperienceSkill, Portfolio
from board.experience.portfolio import agreed_of, for_strangers, in_portfolio
from board.experience.rules import may_share, name_for_strangers
from board.experience.shown import Shown, shown_to_strangers
from board.experience.views import newest_first, skills_of
from board.people.model import LANGUAGES, Person
from board.school.model import today

public = Blueprint("public", __name__)

# whoever reads it leaves no copy behind, and tells nobody the address by following a link from it
HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}


@public.after_request
def alone(response: Response) -> Response:
    response.headers.update(HEADERS)
    return response


@public.get("/verify/<token>")
@open_to(ANYONE)
def verify(token: str):
    """One experience as its student shows it."""
    found = verified(token)
    if found is None:
        return gone()
    return answer("experience/verify.html", shown=found, token=token)


@public.get("/verify/<token>/badge")
@open_to(ANYONE)
def credential(token: str):
    """The same, signed by the school, for programs that check it offline (Open Badges 3.0 as VC-JWT)."""
    found = verified(token)
    if found is None:
        return gone()
    facts = badge.facts_of(found, f"/verify/{token}")
    signed = badge.signed(facts, school().name, current_app.config["SETTINGS"].base_url.rstrip("/"))
    name = {"Content-Disposition": f'attachment; filename="{found.number}.jwt"'}
    return Response(signed, mimetype="application/vc+jwt", headers=name)


def verified(token: str) -> Shown | None:
    """What stands at an address, or None: withdrawn, not allowed any more, or never there."""
    query = Experience.select(Experience, Person).join(Person, on=Experience.student)
    found = query.where(Experience.token == token).first()
    if found is None or not may_share(found.student, today(), has_yes(found)):
        return None
    watch.is_of("experience", found.id)
    return shown_to_strangers(found, skills_of(found), found.student, local(found.shared_at).date(), today())


@public.get("/portfolio/<token>")
@open_to(ANYONE)
def portfolio(token: str):
    """All that a student shows."""
    found = Portfolio.select(Portfolio, Person).join(Person).where(Portfolio.token == token).first()
    shown = shown_of(found, today()) if found else []
    if not shown:
        return gone()
    name = name_for_strangers(found.student, local(found.shared_at).date(), today())
    return answer("experience/portfolio_public.html", portfolio=found, name=name, rows=shown)


def shown_of(found: Portfolio, day: date) -> list[Shown]:
    """A fixed number of queries."""
    student, agreed = found.student, agreed_of(found.student)
    rows = for_strangers(student, list(newest_first(in_portfolio(student))), agreed, day)
    shared_on = local(found.shared_at).date() if found.shared_at else day
    return [shown_to_strangers(row, skills, student, shared_on, day) for row, skills in with_skills(rows)]


def with_skills(rows: list[Experience]) -> list[tuple[Experience, list[ExperienceSkill]]]:
    found: dict[int, list[ExperienceSkill]] = {row.id: [] for row in rows}
    for skill in (
        ExperienceSkill.select().where(ExperienceSkill.experience.in_(list(found))).order_by(ExperienceSkill.id)
    ):
        found[skill.experience_id].append(skill)
    return [(row, found[row.id]) for row in rows]


def gone():
    return answer("experience/gone.html", 404)


def answer(template: str, status: int = 200, **values):
    """In the language a reader asks for with ?language=: the page has no form to keep that in a session."""
    code = request.args.get("language")
    others = [(code, name, url_for(request.endpoint, **(request.view_args or {}), language=code)) for code, name in LANGUAGES.items()]  # fmt: skip
    g.section = ""
    if code not in LANGUAGES:
        return make_response(htmx.page(template, status=status, languages=others, **values))
    with force_locale(code):
        return make_response(htmx.page(template, status=status, languages=others, **values))
