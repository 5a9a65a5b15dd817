"""Error pages that help and give nothing away, and the refusals of the domain as answers."""

import logging

from flask import Flask, render_template, request
from flask_babel import lazy_gettext as _l
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, SecurityError

from board.audit import watch
from board.drawing import said
from board.moves import NotAllowed, Refused, TooLate
from board.people.actions import SlowDown

log = logging.getLogger(__name__)

PAGES = {
    400: (_l("That did not come through"), _l("The form was too old or not complete. Go back, reload the page and try again; what you typed may still be there.")),
    403: (_l("This page is not for you"), _l("Your account can't open this page. If you think it should, ask your work-based learning coordinator.")),
    404: (_l("Nothing is here"), _l("The address may have a typo, or what was here is no longer shown.")),
    405: (_l("That did not come through"), _l("This address takes another kind of request. Go back and use the button on the page.")),
    409: (_l("Somebody was first"), _l("This has changed in the meantime.")),
    413: (_l("That is too much at once"), _l("What you sent is larger than this board takes (1 MB). Send it in smaller parts.")),
    422: (_l("Something has to be changed first"), _l("Go back and look at what you typed.")),
    429: (_l("Please wait a little"), _l("Too many tries in a short time. Wait a few minutes and try again.")),
    500: (_l("Something broke on our side"), _l("It has been written down. Try again in a moment; if it happens again, tell your coordinator what you were doing.")),
}  # fmt: skip


def show(code: int, words: str = ""):
    code = code if code in PAGES else (500 if code >= 500 else 400)
    title, help_words = PAGES[code]
    return render_template("errors/error.html", code=code, title=title, words=words or help_words), code


def init_app(app: Flask) -> None:
    @app.errorhandler(HTTPException)
    def http(error: HTTPException):
        if error.code and error.code < 400:
            return error
        if error.code == 403:
            watch.refused()
        if error.code == 404:
            watch.unseen()
        return show(error.code or 500)

    @app.errorhandler(SecurityError)
    def foreign_host(error):
        # asked for by a name that is not ours: no page of ours is drawn for it, no link made from it
        return "This is not the address of the board.", 400, {"Content-Type": "text/plain; charset=utf-8"}

    @app.errorhandler(CSRFError)
    def csrf(error):
        return show(400)

    @app.errorhandler(NotAllowed)
    def not_allowed(error):
        watch.refused()
        return show(403)

    @app.errorhandler(TooLate)
    def too_late(error):
        return show(409, said(error))

    @app.errorhandler(Refused)
    def refused(error):
        return show(422, said(error))

    @app.errorhandler(SlowDown)
    def slow_down(error):
        return show(429)

    @app.errorhandler(Exception)
    def broken(error):
        log.exception("%s %s failed", request.method, request.endpoint)
        return show(500)
