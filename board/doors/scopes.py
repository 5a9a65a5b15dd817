"""What a sign-in through a link in a mail opens: the thing at hand and what belongs to it, nothing else.

A scope is a word and the number of a posting, as in "applicants 12", or of a placement, as in "placement 7". Outside of it whoever holds it is a visitor:
a mail is forwarded, printed and scanned, and must not give away an account. `access` asks here, in one place.
"""

import re
from collections.abc import Callable, Mapping

from board.applications.model import Application
from board.placements.model import Message
from board.words import N_

NAMES = {
    "applicants": N_("the applicants of one posting"),
    "posting": N_("one posting"),
    "placement": N_("the page of one student’s project"),
}
# what is done about a posting from a mail: what the school waits for, not what ends or doubles it
MOVES = ("submit", "take_back", "take_back_change", "comment")


def of_path(args: Mapping, form: Mapping) -> int | None:
    return args.get("posting_id")


def of_application(args: Mapping, form: Mapping) -> int | None:
    number = args.get("application_id", 0)
    return Application.select(Application.posting).where(Application.id == number).scalar()


def of_move(args: Mapping, form: Mapping) -> int | None:
    return args.get("posting_id") if args.get("name") in MOVES else None


def of_draft(args: Mapping, form: Mapping) -> int | None:
    typed = form.get("draft", "")
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 16 else None


def of_report(*abouts: str) -> Callable[[Mapping, Mapping], int | None]:
    """What a report is about, where its button stands on a page of the scope: nobody who meets something wrong in a
    mail has to sign in before they say so."""

    def find(args: Mapping, form: Mapping) -> int | None:
        about, number = args.get("about"), args.get("number", 0)
        if about not in abouts or number >= 2**31:
            return None
        if about == "application":
            return of_application({"application_id": number}, form)
        if about == "message":
            return Message.select(Message.placement).where(Message.id == number).scalar()
        return number

    return find


REPORT = "reports.new"
in_placement = of_report("placement", "message")

# by scope: the endpoints it opens, and how each says which posting it is about; None: it is about none
OPENS: dict[str, dict[str, Callable | None]] = {
    "applicants": {
        "applicants.of": of_path, "applicants.show": of_application, "applicants.make_move": of_application,
        REPORT: of_report("posting", "application"),
    },
    "posting": {
        "desk.edit": of_path, "desk.preview": of_path, "desk.move": of_move, "desk.save": of_draft,
        "desk.hourly": None, "desk.markdown": None, "skills.suggest": None,
        REPORT: of_report("posting", "thread"),
    },
}  # fmt: skip

# of a placement a mail opens every route that takes its number, so that a new part of its page cannot be forgotten
# (who may use it is asked by `access` as of anybody), but for what ends it early: said by the words of its name
ENDS = re.compile(r"(?:^|[._])(?:end|ends|ending|early)(?:$|[._])")

PLACES = (
    (re.compile(r"/employer/postings/(\d{1,15})/applicants"), "applicants", lambda number: number),
    (re.compile(r"/employer/applicants/(\d{1,15})"), "applicants", lambda number: of_application({"application_id": number}, {})),
    (re.compile(r"/employer/postings/(\d{1,15})"), "posting", lambda number: number),
    (re.compile(r"/placements/(\d{1,15})"), "placement", lambda number: number),
)  # fmt: skip


def allows(scope: str, endpoint: str | None, args: Mapping | None, form: Mapping) -> bool:
    """May a sign-in of this scope use this route with these values?"""
    word, _space, number = scope.partition(" ")
    if word == "placement":
        ends = ENDS.search(endpoint or "")
        about = in_placement(args or {}, form) if endpoint == REPORT else (args or {}).get("placement_id")
        return bool(endpoint) and not ends and str(about) == number
    opens = OPENS.get(word, {})
    if endpoint not in opens:
        return False
    about = opens[endpoint]
    return about is None or str(about(args or {}, form)) == number


def report_of(scope: str) -> tuple[str, int]:
    """What somebody in this scope says something about from the foot of any page: its kind and its number."""
    word, _space, number = scope.partition(" ")
    return "placement" if word == "placement" else "posting", int(number)


def scope_of(path: str) -> str:
    """The scope in which this page can be used; "" where only a whole sign-in opens it."""
    bare = re.split("[?#]", path, maxsplit=1)[0]
    for shape, word, posting_of in PLACES:
        found = shape.fullmatch(bare)
        if found:
            number = posting_of(int(found[1]))
            return f"{word} {number}" if number else ""
    return ""
