"""Settings > Privacy: how long what is kept, with a look ahead; and the list that is needed after a breach."""

import csv
import io
from datetime import UTC, datetime, time, timedelta

from flask import Blueprint, Response, request, url_for
from flask_babel import gettext as _

from board import htmx, tasks
from board.access import open_to, school, who
from board.drawing import translate
from board.people.model import Role
from board.privacy import breach as breaches
from board.privacy import retention as keeping
from board.privacy.forms import BreachForm, RetentionForm
from board.privacy.rules import TERMS, days_kept
from board.school.actions import change_settings
from board.school.model import today, zone
from board.worker.timetable import BY_NAME

retention = Blueprint("retention", __name__)
breach = Blueprint("breach", __name__)

AHEAD = timedelta(days=30)
SHOWN = 100  # students on the page; the file has all


@retention.route("/settings/retention", methods=["GET", "POST"])
@open_to(Role.COORDINATOR)
def settings():
    form = RetentionForm(data=days_kept(school()))
    if form.validate_on_submit():
        change_settings(school(), who(), {term.column: form[name].data for name, term in TERMS.items()})
        return htmx.go(url_for("retention.settings"), _("The times are saved. They hold from tonight."))
    day = today()
    now_due, later = keeping.counts(day), keeping.counts(day + AHEAD)
    names: dict[str, list[str]] = {}
    for kind in keeping.KINDS:
        names.setdefault(kind.words, []).append(kind.name)
    rows = [(words, *[sum(due[name] for name in same) for due in (now_due, later)]) for words, same in names.items()]
    return htmx.page(
        "privacy/retention.html", status=422 if form.errors else 200, form=form, terms=TERMS,
        rows=[row for row in rows if row[2]], part="privacy", any_now=any(row[1] for row in rows),
    )  # fmt: skip


@retention.post("/settings/retention/now")
@open_to(Role.COORDINATOR)
def run():
    """The worker does it, not this request."""
    tasks.ask_for(BY_NAME["tidy"])
    return htmx.go(
        url_for("retention.settings"), _("The worker does this next; what it did stands under “Background work”.")
    )


# -- after a breach


@breach.get("/settings/privacy/breach")
@open_to(Role.COORDINATOR)
def helper():
    form = BreachForm(request.args)
    found, account = look(form)
    return htmx.page(
        "privacy/breach.html", status=422 if form.errors else 200, form=form, found=found, account=account, most=SHOWN,
        categories=breaches.CATEGORIES, any_contacts=any(row.guardians for row in found or ()), part="privacy", days=(form.first.data, form.last.data),
        address=url_for("breach.file", **{name: request.args.get(name) for name in ("first", "last", "account")}),
    )  # fmt: skip


@breach.get("/settings/privacy/breach.csv")
@open_to(Role.COORDINATOR)
def file():
    """All of them, for letters to families; cells that look like formulas are made harmless."""
    form = BreachForm(request.args)
    found, _account = look(form)
    if found is None:
        return htmx.go(url_for("breach.helper", **request.args))
    made = io.StringIO()
    writer = csv.writer(made)
    writer.writerow(
        [
            _("Name"),
            _("Grade"),
            _("Adviser"),
            _("E-mail"),
            _("Parents and guardians"),
            *map(translate, breaches.CATEGORIES.values()),
        ]
    )
    for row in found:
        one = row.student
        cells = [one.name, one.grade, row.adviser, one.email or one.username, "; ".join(row.guardians)]
        writer.writerow(
            [breaches.safe(cell) for cell in cells] + [row.counts.get(name, 0) for name in breaches.CATEGORIES]
        )
    headers = {"Content-Disposition": 'attachment; filename="affected.csv"', "Cache-Control": "no-store"}
    return Response(made.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8", headers=headers)


def look(form: BreachForm):
    """Who is affected, once somebody has asked; (None, None) before that, or with something to mend."""
    if not request.args or not form.validate():
        if not request.args:
            form.process(None)
        return None, None
    if form.last.data < form.first.data:
        form.last.errors = [_("This is before the first day. Give that day or a later one.")]
        return None, None
    account = None
    if form.account.data:
        account = breaches.account_named(form.account.data)
        if account is None:
            form.account.errors = [_("No account has this address, username or number.")]
            return None, None
    return breaches.affected(moment(form.first.data), moment(form.last.data + timedelta(days=1)), account), account


def moment(day) -> datetime:
    """The first moment of a day at the school, in UTC."""
    here = school()
    local = datetime.combine(day, time(), zone(here.time_zone if here else "America/New_York"))
    return local.astimezone(UTC).replace(tzinfo=None)
