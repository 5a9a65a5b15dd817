"""Settings: the audit trail, for coordinators. Searched, taken out, and whether it holds."""

from flask import Blueprint, Response, request, stream_with_context, url_for
from flask_babel import gettext as _
from peewee import fn

from board import access, htmx, tasks
from board.access import open_to, who
from board.audit import chain, export, search, watch
from board.audit.lines import lines
from board.audit.model import Entry, Kind
from board.audit.phrases import THINGS
from board.audit.search import MOST_COUNTED, PAGE, Wanted
from board.forms import whole
from board.people.model import Role
from board.school.model import day_of, today
from board.school.views import proposed_count
from board.worker.health import health
from board.worker.timetable import BY_NAME

audit = Blueprint("audit", __name__)

JOB = "audit"


@audit.get("/settings/audit", endpoint="trail")
@open_to(Role.COORDINATOR)
def trail():
    """Newest first."""
    wanted = Wanted.of(request.args)
    query = search.entries(wanted, access.school())
    total = search.count(query)
    pages = max(1, -(-min(total, MOST_COUNTED) // PAGE))
    number = min(max(whole(request.args.get("page")) or 1, 1), pages)
    rows = lines(query.order_by(Entry.id.desc()).paginate(number, PAGE), who())
    return htmx.page(
        "audit/trail.html", "results", rows=rows, total=total, most=MOST_COUNTED, page=number, pages=pages, wanted=wanted,
        kinds=list(Kind), things=THINGS, part="audit", proposed=proposed_count(), state=state(), in_table=export.MOST_IN_TABLE,
        address=lambda to: url_for("audit.trail", **wanted.asked, page=to if to > 1 else None),
    )  # fmt: skip


def state() -> dict:
    """How far the chain is known to hold; asked of what the last check remembered, not of the chain."""
    found = chain.checked()
    return {
        "upto": found.upto if found else 0, "at": found and found.at, "is_today": bool(found) and day_of(found.at) == today(),
        "broken_at": found and found.broken_at, "wrong": chain.WRONG.get(found.wrong, "") if found else "",
        "seal": found.hash if found else "", "newest": Entry.select(fn.MAX(Entry.id)).scalar() or 0,
    }  # fmt: skip


@audit.get("/settings/audit/export")
@open_to(Role.COORDINATOR)
def take_out():
    """What is searched for, whole: as a table for people, or (`format=jsonl`) as lines to check the chain with."""
    form = "jsonl" if request.args.get("format") == "jsonl" else "csv"
    wanted = Wanted.of(request.args)
    query = search.entries(wanted, access.school())
    if form == "jsonl" and not wanted.asked:
        query = Entry.select()  # the whole chain, or it could not be followed
    upto = Entry.select(fn.MAX(Entry.id)).scalar() or 0
    # what was searched for, but for the words
    asked = {key: wanted.asked[key] for key in ("kind", "number") if key in wanted.asked}
    asked |= {"noun": wanted.noun} if wanted.noun in THINGS else {}
    watch.is_of("", None, upto=upto, form=form, **asked)
    made = export.table(query, upto, who()) if form == "csv" else export.as_lines(query, upto)
    answer = Response(stream_with_context(made), mimetype="text/csv" if form == "csv" else "application/x-ndjson")
    answer.headers["Content-Disposition"] = f'attachment; filename="audit-trail-{today().isoformat()}.{form}"'
    return answer


@audit.post("/settings/audit/check")
@open_to(Role.COORDINATOR)
def check():
    """Have the worker follow the chain now."""
    tasks.ask_for(BY_NAME[JOB])
    if health().is_alive:
        return htmx.go(url_for("audit.trail"), _("The worker follows the chain next. Look again in a moment."))
    words = _("The worker is not running, so nothing happens now. It checks the chain as soon as it is started.")
    return htmx.go(url_for("audit.trail"), words, "stop")
