"""A student's own portfolio: what stands in it, printing it, sharing it, and all of it as a file."""

import json

from flask import Blueprint, Response, g, url_for
from flask_babel import gettext as _

from board import htmx
from board.access import open_to, school, who
from board.audit import watch
from board.db import now
from board.drawing import local, said
from board.experience import portfolio as actions
from board.experience import rules
from board.experience.forms import AboutForm
from board.experience.model import Experience
from board.experience.public import with_skills
from board.experience.shown import LEVELS, on_own_paper
from board.experience.views import newest_first
from board.moves import Refused
from board.people.model import Role
from board.postings.sharing import absolute
from board.school.model import today

portfolio = Blueprint("portfolio", __name__, url_prefix="/experience")


@portfolio.before_request
def mark_section():
    g.section = "experience"


@portfolio.route("/portfolio", methods=["GET", "POST"])
@open_to(Role.STUDENT)
def mine():
    """POST keeps what the student says of themself."""
    found = actions.portfolio_of(who())
    form = AboutForm(who(), data={"about": found.about})
    if form.validate_on_submit():
        actions.say_about(who(), form.about.data)
        return back(_("Saved."))
    return draw(found, form, 422 if form.errors else 200)


def draw(found, form: AboutForm, status: int = 200, problem: str = ""):
    me, day = who(), today()
    agreed = actions.agreed_of(me)
    rows = list(newest_first(Experience.seen_by(me)))
    listed = [row for row in rows if row.in_portfolio]
    public = actions.for_strangers(me, listed, agreed, day)
    obstacle = rules.obstacle(me, day, bool(public))
    shared_on = local(found.shared_at).date() if found.shared_at else day
    return htmx.page(
        "experience/portfolio.html", status=status, portfolio=found, form=form, problem=problem,
        rows=[(row, on_own_paper(row, skills, me)) for row, skills in with_skills(listed)],
        left_out=[row for row in rows if not row.in_portfolio], public=[row.id for row in public], obstacle=obstacle,
        address=absolute(f"/portfolio/{found.token}") if found.token and public else "",
        name=rules.name_for_strangers(me, shared_on, day), in_full=rules.in_full(me, shared_on, day),
        is_minor=rules.is_minor(me, day),
    )  # fmt: skip


def back(words: str):
    return htmx.go(url_for("portfolio.mine"), words)


@portfolio.post("/portfolio/share")
@open_to(Role.STUDENT)
def share():
    try:
        actions.share_portfolio(who())
    except Refused as problem:
        found = actions.portfolio_of(who())
        return draw(found, AboutForm(who(), formdata=None, data={"about": found.about}), 422, said(problem))
    return back(_("Your portfolio has a public page now. Copy its address and give it to whoever you like."))


@portfolio.post("/portfolio/stop-sharing")
@open_to(Role.STUDENT)
def stop_sharing():
    actions.stop_sharing_portfolio(who())
    return back(_("The public page is gone. Its address leads nowhere from now on."))


@portfolio.get("/export.json")
@open_to(Role.STUDENT)
def export():
    """Everything that is kept of the student's experiences, and what shows of it; for them to take along."""
    me, found = who(), actions.portfolio_of(who())
    watch.is_of("person", me.id)
    rows = with_skills(list(newest_first(Experience.seen_by(me))))
    kept = {
        "school": school().name, "student": me.name, "exported_at": f"{now().isoformat()}Z", "about": found.about,
        "portfolio_address": absolute(f"/portfolio/{found.token}") if found.token else None,
        "levels": {str(level): words for level, words in LEVELS.items()},
        "experiences": [as_data(row, skills) for row, skills in rows],
    }  # fmt: skip
    text = json.dumps(kept, ensure_ascii=False, indent=2)
    return Response(
        text, mimetype="application/json", headers={"Content-Disposition": 'attachment; filename="experience.json"'}
    )


def as_data(row: Experience, skills: list) -> dict:
    return {
        "title": row.title, "kind": "micro-internship", "organization": row.organization, "place": row.place,
        "began_on": row.began_on.isoformat(), "ended_on": row.ended_on.isoformat(), "confirmed_minutes": row.minutes,
        "supervisor": row.supervisor, "supervisor_title": row.supervisor_title, "delivered": row.delivered,
        "quote": row.quote, "may_name_reference": row.may_name_reference,
        "skills": [
            {"name": one.name, "level": one.level, "vouched_by": one.vouched_by, "shown": one.shown} for one in skills
        ],
        "shows": {
            "hours": row.shows_hours, "supervisor": row.shows_supervisor, "delivered": row.shows_delivered,
            "skills": row.shows_skills, "quote": row.shows_quote, "in_portfolio": row.in_portfolio,
        },
        "public_address": absolute(f"/verify/{row.token}") if row.token else None,
        "shared_at": f"{row.shared_at.isoformat()}Z" if row.shared_at else None,
    }  # fmt: skip
