"""Writing in a thread, letting pass what was held; and all of a person's threads on one page."""

from flask import Blueprint, abort, g, request, url_for
from flask_babel import gettext as _

from board import htmx
from board.access import open_to, who
from board.drawing import said
from board.moves import Refused, TooLate
from board.people.model import Role
from board.placements import messages_actions as actions
from board.placements import page, threads
from board.placements.messages import MessageForm, StopForm, looks
from board.placements.model import Message

messages = Blueprint("messages", __name__)


@messages.get("/messages")
@open_to(Role.STUDENT, Role.TEACHER, Role.EMPLOYER)
def mine():
    """Every thread this person is in, the newest first, with what they have not read."""
    g.section = "messages"
    number = request.args.get("page", 1, int)
    number = number if 1 <= number <= 10_000 else 1
    rows, total = threads.of(who(), number)
    return htmx.page(
        "placements/threads.html", rows=rows, total=total, page=number, pages=-(-total // threads.PER_PAGE),
        address=lambda to: url_for("messages.mine", page=to),
    )  # fmt: skip


@messages.post("/placements/<int:placement_id>/messages")
@open_to(Role.STUDENT, Role.TEACHER, Role.EMPLOYER)
def write(placement_id: int):
    placement, form = page.load(placement_id), MessageForm()
    if placement.agreed_at is None:
        abort(404)
    if not form.validate():
        return page.draw(placement, 422, message=form)
    try:
        message = actions.write(placement, who(), form.words.data)
    except TooLate as late:
        return page.draw(page.load(placement_id), 409, said(late), message=form)
    except Refused as refused:
        form.words.errors = [*form.words.errors, said(refused)]
        return page.draw(placement, 422, message=form)
    if message.state == "held":
        words = _("Your message is held until %(name)s has looked at it.", name=looks(placement))
        return page.answer(placement, words, at="messages", kind="wait")
    return page.answer(placement, _("Your message is sent."), at="messages")


@messages.post("/placements/<int:placement_id>/messages/<int:message_id>/pass")
@open_to(Role.TEACHER)
def let_pass(placement_id: int, message_id: int):
    placement = page.load(placement_id)
    find(placement_id, message_id)
    try:
        actions.let_pass(placement, message_id, who())
    except (TooLate, Refused) as problem:
        return page.draw(page.load(placement_id), 409, said(problem))
    return page.answer(placement, _("The message is passed on."), at="messages")


@messages.post("/placements/<int:placement_id>/messages/<int:message_id>/stop")
@open_to(Role.TEACHER)
def stop(placement_id: int, message_id: int):
    placement, form = page.load(placement_id), StopForm(prefix=f"stop{message_id}-")
    find(placement_id, message_id)
    if not form.validate():
        return page.draw(placement, 422, stop=form, stop_of=message_id)
    try:
        actions.stop(placement, message_id, who(), form.words.data)
    except (TooLate, Refused) as problem:
        return page.draw(page.load(placement_id), 409, said(problem))
    return page.answer(placement, _("The message is not passed on. Who wrote it reads why."), at="messages")


def find(placement_id: int, message_id: int) -> Message:
    return Message.get_or_none(Message.id == message_id, Message.placement == placement_id) or abort(404)
