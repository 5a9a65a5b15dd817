"""What the trail is told of by requests: who was refused, and what data was taken out."""

import logging

from flask import Flask, Response, g, request
from peewee import PeeweeException

from board import access
from board.audit import trail
from board.audit.model import Kind
from board.people.model import Person

log = logging.getLogger(__name__)

# answers of these kinds are data in a form to be kept, whoever draws them; so is whatever comes as an attachment
DATA = frozenset({
    "text/csv", "application/json", "application/x-ndjson", "application/zip", "application/pdf", "text/calendar",
    "application/vc+jwt",
})  # fmt: skip
OF_NOBODY = frozenset({"issuer.profile", "issuer.all_keys", "issuer.one_key"})  # the school's own, for machines
# asked for by programs every hour, or again and again by somebody who reads: once a day for each thing
DAILY = frozenset({"calendar.feed", "public.credential", "handing.download"})


def init_app(app: Flask) -> None:
    @app.after_request
    def taken_out(response: Response) -> Response:
        if request.method == "GET" and response.status_code == 200 and is_data(response):
            exported()
        return response


def is_data(response: Response) -> bool:
    if response.mimetype == "text/html" or request.endpoint in OF_NOBODY or request.endpoint == "static":
        return False
    return response.mimetype in DATA or "attachment" in response.headers.get("Content-Disposition", "")


def is_of(noun: str, number: int | None, /, **ids) -> None:
    """Whose data this answer is, where the address does not say so; and more numbers and codes that belong to it."""
    g.taken_out = (noun, number, ids)


def exported() -> None:
    """An entry before the data leaves: where it can't be written, none goes."""
    person = access.who()
    person_id, endpoint = person.id if person else None, request.endpoint or ""
    noun, number, ids = g.get("taken_out") or (*thing_of(request.view_args), {})
    if endpoint in DAILY:
        trail.once(trail.DAY, Kind.EXPORT, person_id, noun, number, endpoint)
    else:
        trail.note(Kind.EXPORT, person_id, noun, number, what=endpoint, **ids)


def refused() -> None:
    """Somebody may not do what they asked for: the route and its numbers."""
    pressed(Kind.REFUSED, access.who(), numbers_of(request.view_args))


def unseen() -> None:
    """Somebody with an account asked by its number for what is not theirs to see, or not there: to both the board gives
    the same answer, so the trail tells no difference either. Visitors are not written down: search engines would fill it."""
    person, numbers = access.who(), numbers_of(request.view_args)
    if person and numbers:
        pressed(Kind.UNSEEN, person, numbers)


def pressed(kind: Kind, person: Person | None, numbers: dict[str, int]) -> None:
    """Of an address no word is kept, for anybody may have typed it. Never in the way of the answer that says no."""
    try:
        trail.press(kind, person and person.id, what=request.endpoint or "", **numbers)
    except PeeweeException:
        log.exception("a refusal could not be written into the audit trail")


def numbers_of(arguments: dict | None) -> dict[str, int]:
    return {key: value for key, value in (arguments or {}).items() if isinstance(value, int)}


def thing_of(arguments: dict | None) -> tuple[str, int | None]:
    """What an address is about: its first number that says of what it is one."""
    for key, value in (arguments or {}).items():
        if isinstance(value, int) and key.endswith("_id"):
            return {"student": "person"}.get(key[:-3], key[:-3]), value
    return "", None
