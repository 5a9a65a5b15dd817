"""Adding files and links, handing in, the employer's answer; and the files themselves, always as a download."""

from flask import Blueprint, Response, abort, send_file
from flask_babel import gettext as _
from werkzeug.exceptions import RequestEntityTooLarge

from board import security
from board.access import open_to, who
from board.drawing import said
from board.forms import Form
from board.moves import Refused, TooLate
from board.people.model import Role
from board.placements import files, handing_actions, page
from board.placements.acting import does, wrong
from board.placements.handing_forms import AcceptForm, DeliverForm, FilesForm, LinkForm, SendBackForm
from board.placements.handing_rules import FILE_MOST, MB
from board.placements.model import Attachment

handing = Blueprint("handing", __name__)

AT = "handing_in"
BODY = FILE_MOST + MB  # bytes of one upload: a file of the most there may be, and what stands around it


@handing.post("/placements/<int:placement_id>/files")
@security.checks_its_form
@open_to(Role.STUDENT)
def add_files(placement_id: int):
    """The sender is known before a byte of what they send is read: what is too large never is."""
    try:
        security.check_form(BODY)
    except RequestEntityTooLarge:
        return too_large(placement_id)
    placement, form = page.load(placement_id), FilesForm()
    came = [file for file in form.files.data or [] if file and file.filename]
    added, problems = [], []
    try:
        for file in came:
            try:
                added.append(handing_actions.add_file(placement, who(), file.filename, file.stream).name)
            except Refused as refused:
                problems.append(said(refused))
    except TooLate as late:
        return page.draw(page.load(placement_id), 409, problem=said(late))
    if not came:
        problems = [_("Choose a file first.")]
    if problems:
        if added:
            problems.append(_("Added: %(names)s.", names=", ".join(added)))
        return wrong(placement_id, "files_form", form, "files", *problems)
    return page.answer(placement, _("Added: %(names)s.", names=", ".join(added)), AT)


def too_large(placement_id: int):
    words = _(
        "That is more than 25 MB at once, so nothing was added. Add files one by one; for a larger one, add a link to it."
    )
    return wrong(placement_id, "files_form", FilesForm(formdata=None), "files", words)


@handing.post("/placements/<int:placement_id>/links")
@open_to(Role.STUDENT)
def add_link(placement_id: int):
    placement, form = page.load(placement_id), LinkForm()
    return does(
        placement, "link_form", form, "address",
        lambda: handing_actions.add_link(placement, who(), form.address.data, form.name.data), _("The link is added."), AT,
    )  # fmt: skip


@handing.post("/placements/<int:placement_id>/attachments/<int:attachment_id>/remove")
@open_to(Role.STUDENT)
def remove(placement_id: int, attachment_id: int):
    placement = page.load(placement_id)
    try:
        handing_actions.remove(placement, who(), attachment_id)
    except (TooLate, Refused) as problem:
        return page.draw(page.load(placement_id), 409, problem=said(problem))
    return page.answer(placement, _("Removed."), AT)


@handing.post("/placements/<int:placement_id>/deliver")
@open_to(Role.STUDENT)
def deliver(placement_id: int):
    placement, form = page.load(placement_id), DeliverForm()
    return does(
        placement, "deliver_form", form, "words", lambda: handing_actions.deliver(placement, who(), form.words.data),
        _("Handed in. You will hear from us as soon as there is an answer."), AT,
    )  # fmt: skip


@handing.post("/placements/<int:placement_id>/accept")
@open_to(Role.EMPLOYER)
def accept(placement_id: int):
    placement, form = page.load(placement_id), AcceptForm()
    return does(
        placement, "accept_form", form, "words",
        lambda: handing_actions.accept(placement, who(), version(form), form.words.data),
        _("Accepted. The student reads it, and a teacher signs off."), AT,
    )  # fmt: skip


@handing.post("/placements/<int:placement_id>/send-back")
@open_to(Role.EMPLOYER)
def send_back(placement_id: int):
    placement, form = page.load(placement_id), SendBackForm()
    return does(
        placement, "send_back_form", form, "words",
        lambda: handing_actions.send_back(placement, who(), version(form), form.words.data),
        _("Sent back with your words."), AT,
    )  # fmt: skip


def version(form: Form) -> int:
    """The version that was looked at; none that there could be where the form was tampered with."""
    text = form["number"].data or ""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


@handing.get("/placements/<int:placement_id>/files/<int:attachment_id>/<name>")
@open_to(Role.STUDENT, Role.EMPLOYER, Role.TEACHER)
def download(placement_id: int, attachment_id: int, name: str) -> Response:
    """Whoever may see the placement; its employer what is handed in. Never shown in the browser: what is in it is not ours."""
    placement = page.load(placement_id)
    of_it = Attachment.id == attachment_id, Attachment.placement == placement, Attachment.name == name
    piece = Attachment.get_or_none(*of_it, Attachment.stored.is_null(False))
    if piece is None or (who().is_employer and piece.delivery_id is None):
        abort(404)
    path = files.path_of(piece.stored)
    if not path.is_file():
        abort(404)
    response = send_file(
        path, mimetype=piece.kind, as_attachment=True, download_name=piece.name, conditional=False, etag=False
    )
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
