"""The browser that asks for a letter: known again by a random value in its cookie."""

import secrets

from flask import request, session

from board.access import browser_name
from board.drawing import language
from board.people.links import Asker


def asker() -> Asker:
    """This browser; it keeps its mark, also when it is closed, as long as its cookie lasts."""
    session.setdefault("browser", secrets.token_urlsafe(16))
    session.permanent = True
    return Asker(session["browser"], browser_name(request.user_agent.string), language())


def mark() -> str:
    """The mark this browser has, if it has asked for anything."""
    return session.get("browser", "")
