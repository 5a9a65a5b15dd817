"""The public page for employers, and the letter that asks whether an address is theirs."""

from flask import g, redirect, request, url_for
from flask_babel import gettext as _

from board import access, htmx
from board.access import ANYONE, open_to, safe_next, school, who
from board.doors import numbers
from board.doors.asking import asker, mark
from board.doors.forms import AddressForm, JoinForm
from board.doors.letters import letter_again
from board.doors.views import doors, no_way
from board.drawing import said
from board.employers.domains import Mailbox, mailbox
from board.employers.views import employers
from board.moves import Refused
from board.people import accounts, links
from board.people.links import TooOften
from board.people.model import MailLink, MailLinkKind, Person, Role
from board.postings import joining, starters
from board.postings.joining import TooManyJoins
from board.postings.model import Posting, State
from board.postings.starters import Starter
from board.school.model import Field


@employers.route("/join", methods=["GET", "POST"])
@open_to(ANYONE)
def join():
    """Why and how, and the form: organization, person and first draft in one go. In at once; the address is confirmed
    before anything is sent to the school."""
    g.section = "join"
    if who() and request.method == "POST":
        return redirect(url_for("home.front"), 303)
    form = JoinForm()
    if request.method == "GET":
        chosen = Starter.named(request.args.get("starter"))
        if chosen:
            form.starter.data, form.need.data = chosen.slug, chosen.title
        return show_join(form, chosen)
    chosen = Starter.named(form.starter.data)
    if not form.validate():
        return show_join(form, chosen)
    organization = {"name": form.organization.data, "website": form.website.data, "offer": form.need.data}
    draft = (starters.content(chosen, school(), school().today()) if chosen else empty_draft()) | {
        "title": form.need.data
    }
    begun_with = chosen.slug if chosen else ""
    try:
        person, posting = joining.join(organization, form.name.data, form.email.data, draft, asker(), begun_with)
    except (TooManyJoins, TooOften) as problem:
        return show_join(form, chosen, 429, said(problem))
    access.sign_in(person)
    words = _("Welcome, %(name)s. Your draft is kept. We have mailed a link to %(email)s: open it before you send the draft to the school.", name=person.first_name, email=person.claimed_email)  # fmt: skip
    if mailbox(form.email.data) == Mailbox.DISPOSABLE:  # no refusal: such lists err, and the school looks anyway
        words += " " + _("This looks like a disposable mail address. The school will ask about it, so please use one you will keep.")  # fmt: skip
    return htmx.go(url_for("desk.edit", posting_id=posting.id) + ("#three-things" if chosen else ""), words)


def empty_draft() -> dict:
    return {"seats": 1, "minimum_age": school().minimum_age}


def show_join(form: JoinForm, chosen: Starter | None, status: int = 0, words: str = ""):
    return htmx.page(
        "employers/join.html", status=status or (422 if form.errors else 200), form=form, words=words,
        numbers=numbers.flattering(), fields=list(Field.shown()), chosen=chosen and with_values(chosen),
        offered=by_field() if who() is None else [],
    )  # fmt: skip


def by_field() -> list[dict]:
    """What there is to begin with: (starter, its values) under each field."""
    found: dict[int, dict] = {}
    for starter in Starter.offered():
        group = found.setdefault(starter.field_id, {"field": starter.field, "rows": []})
        group["rows"].append(with_values(starter))
    return list(found.values())


def with_values(starter: Starter) -> tuple[Starter, dict]:
    return starter, starters.fitting(starter.values, school())


# -- is this your address?


@doors.route("/confirm/<token>", methods=["GET", "POST"])
@open_to(ANYONE)
def confirm(token: str):
    """Looking changes nothing; the buttons do. It signs nobody in but in the browser that asked: whoever typed the
    address there may be somebody else than its owner."""
    link = links.find(MailLinkKind.CONFIRM, token)
    if link is None or links.gone(link):
        return already(link) if link and link.used_at and is_done(link) else no_way(link)
    wanted = request.form.get("do") if request.method == "POST" else None
    owner = joining.owner_of(link.email)
    draft = first_draft(link.person) if link.person.is_newcomer else None
    to_owner = bool(link.person.is_newcomer and owner and owner.is_employer and not owner.ended_at)
    try:
        if wanted == "confirm" and owner is None:
            return confirmed(link, joining.confirm(link), draft)
        if wanted == "take" and to_owner:
            return taken(*joining.hand_over(link))
        if wanted == "deny":
            joining.deny(link)
            return htmx.page("doors/denied.html", email=link.email)
    except Refused:
        return no_way(links.find(MailLinkKind.CONFIRM, token))
    return htmx.page(
        "doors/confirm.html", link=link, person=link.person, owner=owner, here=links.is_from(link, mark()),
        draft=draft, to_owner=to_owner,
    )  # fmt: skip


def is_done(link: MailLink) -> bool:
    return link.person.email == link.email and link.person.claimed_email is None


def already(link: MailLink):
    """The button was pressed before, perhaps in another browser: all is well."""
    return htmx.page("doors/confirmed.html", link=link, person=link.person, mine=is_me(link.person), draft=None)


def is_me(person: Person) -> bool:
    me = who()
    return me is not None and me.id == person.id


def confirmed(link: MailLink, person: Person, draft: Posting | None):
    if not is_me(person) and who() is None and links.is_from(link, mark()):
        # from now on it is the account of whoever reads the mail, and of nobody else
        accounts.end_other_sessions(person, None)
        access.sign_in(person)
    if is_me(person):
        if draft is None:
            return htmx.go(url_for("account.account"), _("Your address is confirmed."))
        words = _("Your address is confirmed. You can send your draft to the school when it is ready.")
        return htmx.go(url_for("desk.edit", posting_id=draft.id), words)
    return htmx.page("doors/confirmed.html", link=link, person=person, mine=False, draft=draft)


def taken(owner: Person, drafts: list[Posting]):
    """The owner of the address has come by their own link: in, and to what was written."""
    access.sign_in(owner)
    if not drafts:
        return htmx.go(url_for("home.front"), _("You are signed in, %(name)s.", name=owner.first_name))
    words = _("You are signed in, %(name)s, and the draft is yours.", name=owner.first_name)
    return htmx.go(url_for("desk.edit", posting_id=drafts[0].id), words)


def first_draft(person: Person) -> Posting | None:
    drafts = Posting.select().where(Posting.employer == person.employer_id, Posting.state == State.DRAFT)
    return drafts.order_by(Posting.id).first()


@doors.post("/join/again")
@open_to(Role.EMPLOYER)
def again():
    """The letter once more."""
    back = safe_next(request.form.get("next"))
    return htmx.go(back, *letter_again(who()))


@doors.route("/join/address", methods=["GET", "POST"])
@open_to(Role.EMPLOYER)
def address():
    """A typo in the address, or another one after all; only until it is confirmed. Later it is on the account page."""
    person = who()
    if not person.is_newcomer:
        return htmx.go(url_for("account.account"))
    form = AddressForm(email=person.claimed_email)
    if form.validate_on_submit():
        try:
            joining.send_again(person, asker(), form.email.data)
            return htmx.go(
                safe_next(request.args.get("next")), _("A link is on its way to %(email)s.", email=person.claimed_email)
            )
        except TooOften as problem:
            form.email.errors = [said(problem)]
    return htmx.page("doors/address.html", status=422 if form.errors else 200, form=form)
