"""What comes by mail, for everybody; how mail goes out, for coordinators; and the way out that stands in each letter."""

from flask import Blueprint, Flask, abort, current_app, request, url_for
from flask_babel import get_locale
from flask_babel import gettext as _

from board import htmx
from board.access import ANYONE, open_to, who
from board.mail import actions, envelope, letters, links, rules, sending, standing
from board.mail.forms import MailSettingsForm, choices_form
from board.mail.model import Mail, MailSettings
from board.mail.post_office import Bounced, Later, Smtp, Unreachable
from board.people.model import Person, Role
from board.school.views import proposed_count
from board.security import csrf

mail = Blueprint("mail", __name__)

PAGE = 25  # failed letters
PATIENCE = 8.0  # seconds for each answer of the server while somebody waits for the page


@mail.record
def tell_templates(state) -> None:
    app: Flask = state.app
    app.jinja_env.globals.update(mail_choices=lambda: choices_form(who(), formdata=None), mail_goes_out=goes_out)


def goes_out() -> bool:
    return bool(current_app.config["SETTINGS"].mail_url)


# -- what somebody wants by mail


@mail.route("/account/mail", methods=["GET", "POST"])
@open_to(*Role)
def choices():
    person = who()
    form = choices_form(person)
    if form.validate_on_submit():
        actions.choose(person, {field.short_name: field.data for field in form})
        return htmx.go(url_for("account.account") + "#by-mail", _("Your choice is saved."))
    return htmx.page("mail/choices.html", status=422 if form.errors else 200, form=form, person=person)


@mail.route("/mail/off/<token>", methods=["GET", "POST"])
@csrf.exempt
@open_to(ANYONE)
def off(token: str):
    """No more mail of one kind, without signing in: the signed address is the proof, as RFC 8058 wants it.

    Looking changes nothing, since mail scanners open every link. The page names nobody: letters are passed on.
    """
    found = links.read_off(token) or abort(404)
    person = Person.active().where(Person.id == found[0]).first() or abort(404)
    done = request.method == "POST"
    if done:
        actions.turn_off(person, found[1])
    return htmx.page("mail/off.html", what=rules.label(person.role, found[1]), done=done, address=request.path)


# -- how mail goes out


@mail.route("/settings/mail", methods=["GET", "POST"])
@open_to(Role.COORDINATOR)
def settings():
    form = MailSettingsForm(obj=MailSettings.here())
    if form.validate_on_submit():
        actions.change_settings(who(), {name: form[name].data for name in actions.SETTINGS})
        return htmx.go(url_for("mail.settings"), _("The settings are saved."))
    return draw(422 if form.errors else 200, form)


def draw(status: int = 200, form: MailSettingsForm | None = None, trouble: str = ""):
    here = MailSettings.here()
    total = Mail.failed().count()
    pages = max(1, -(-total // PAGE))
    number = min(max(request.args.get("page", 1, int), 1), pages)
    office = sending.office()
    return htmx.page(
        "mail/settings.html", status=status, part="mail", proposed=proposed_count(), trouble=trouble,
        form=form or MailSettingsForm(formdata=None, obj=here), standing=standing.look(), own=envelope.own_address(),
        server=office.place if isinstance(office, Smtp) else "", folder=getattr(office, "folder", ""),
        sender=envelope.sender_of(here), failed=failed(number), total=total, page=number, pages=pages,
        address=lambda to: url_for("mail.settings", page=to if to > 1 else None), kept=rules.SENT_KEPT.days,
    )  # fmt: skip


def failed(number: int) -> list[Mail]:
    return list(Mail.failed().order_by(Mail.id.desc()).paginate(number, PAGE))


@mail.post("/settings/mail/test")
@open_to(Role.COORDINATOR)
def test():
    """A letter to whoever asks, at once: the one place where somebody waits for the mail server."""
    person = who()
    if not person.email:
        return draw(422, trouble=_("You have no mail address on this board. Give one under your account first."))
    here, office = MailSettings.here(), sending.office(PATIENCE)
    letter = Mail(
        person=None, address=person.email, letter="test", language=get_locale().language,
        message_id=actions.new_message_id(),
    )  # fmt: skip
    message = envelope.build(letter, letters.draw(current_app, letter, {"who": person.name}), here)
    try:
        answer = office.send(message, envelope.sender_of(here), person.email)
    except (Bounced, Later, Unreachable) as error:
        return draw(422, trouble=_(str(error)))
    finally:
        office.close()
    words = _("The mail server has taken a letter to %(address)s: “%(answer)s”", address=person.email, answer=answer)
    if not goes_out():
        words = _("A letter lies in the folder: %(file)s", file=answer)
    return htmx.go(url_for("mail.settings"), words)


@mail.post("/settings/mail/again")
@open_to(Role.COORDINATOR)
def all_again():
    actions.all_again()
    return htmx.go(url_for("mail.settings"), _("They are on their way again."))


@mail.post("/settings/mail/<int:number>/<move>")
@open_to(Role.COORDINATOR)
def decide(number: int, move: str):
    if move not in ("again", "give-up"):
        abort(404)
    letter = Mail.get_or_none(Mail.id == number) or abort(404)
    if move == "again":
        changed, words = actions.again(letter), _("It is on its way again.")
    else:
        changed, words = actions.give_up(letter), _("It is let go.")
    if not changed:
        return htmx.go(
            url_for("mail.settings"), _("This has changed in the meantime. Here is how it stands now."), "look"
        )
    return htmx.go(url_for("mail.settings"), words)
