"""The page that says what is held of people, for everybody."""

from flask import Blueprint

from board import htmx
from board.access import ANYONE, open_to
from board.mail.model import MailSettings
from board.privacy.declaration import NOT_DONE, NOT_HELD, by_category, lasts

privacy = Blueprint("privacy", __name__)


@privacy.get("/privacy")
@open_to(ANYONE)
def notice():
    """Made from the declaration: a school can hand its address to whoever asks for the list of data elements."""
    return htmx.page(
        "privacy/notice.html", sections=by_category(), lasts=lasts(), not_held=NOT_HELD, not_done=NOT_DONE,
        ask=MailSettings.here().reply_to,
    )  # fmt: skip
