"""Letters in words: drawn by the worker from templates, in the language of whoever gets them, with no request near.

Notices keep their own words (see home/lines.py), so that a letter says what the board says.
"""

import re
from dataclasses import dataclass

from flask import Flask
from flask_babel import force_locale, gettext
from peewee import JOIN

from board.home.lines import lines
from board.mail import links, rules, sending
from board.mail.model import Mail, MailChoice, MailNotice, Pace
from board.moves import Step
from board.notices import Notice
from board.people.model import Person
from board.school.model import School

MOST_LINES = 30  # of one digest; the rest is on the board
BLANK_LINES = re.compile(r"\n{3,}")


@dataclass(frozen=True)
class Drawn:
    """A letter in words. `off`: the address that ends mail of its kind."""

    subject: str
    text: str
    html: str
    school: str
    thread: str = ""
    off: str = ""


def init_app(app: Flask) -> None:
    def draw_outside(mail: Mail) -> Drawn | None:
        with app.app_context():
            return draw(app, mail)

    sending.draw_with(draw_outside)


def draw(app: Flask, mail: Mail, values: dict | None = None) -> Drawn | None:
    """The letter in words, from its own values or these; None when there is nothing left to tell."""
    school = School.here()
    with force_locale(mail.language):
        values = dict(mail.values if values is None else values)
        if mail.letter == "notices":
            told = notices_of(mail)
            if not told:
                return None
            values |= told
        values |= frame(mail, school.name if school else gettext("Project board"))
        return in_words(app, mail, values)


def frame(mail: Mail, school_name: str) -> dict:
    """What stands around every letter."""
    found = {
        "language": mail.language, "school_name": school_name, "board_address": links.base_url,
        "choices_address": links.to(mail.person, "/account/mail"), "off_address": "",
    }  # fmt: skip
    if mail.kind and mail.person:
        found["off_address"] = links.off(mail.person, mail.kind)
        found["off_label"] = gettext(rules.label(mail.person.role, mail.kind))
    return found


def in_words(app: Flask, mail: Mail, values: dict) -> Drawn:
    """Without the application's context processors: they ask who is looking."""
    text = app.jinja_env.get_template(f"mail/{mail.letter}.txt")
    subject = "".join(text.blocks["subject"](text.new_context(values))).strip()
    values["subject"] = subject
    return Drawn(
        subject=subject, text=BLANK_LINES.sub("\n\n", text.render(values)).strip() + "\n",
        html=app.jinja_env.get_template(f"mail/{mail.letter}.html").render(values),
        school=values["school_name"], thread=mail.thread or values.get("thread", ""), off=values["off_address"],
    )  # fmt: skip


def notices_of(mail: Mail) -> dict:
    """The sentences a letter of notices tells: those its reader still wants, and has not met on the board yet."""
    off = MailChoice.select(MailChoice.kind).where(MailChoice.person == mail.person, MailChoice.pace == Pace.OFF)
    query = (
        Notice.select(Notice, Step, Person)
        .join(MailNotice)
        .switch(Notice)
        .join(Step)
        .join(Person, JOIN.LEFT_OUTER, on=Step.person)
        .where(MailNotice.mail == mail, Notice.read_at.is_null(), MailNotice.kind.not_in(off))
        .order_by(Notice.step)
    )
    rows = list(query)
    shown = lines(rows[:MOST_LINES], mail.person)
    if not shown:
        return {}
    for line in shown:
        line.link = links.to(mail.person, line.address)
    return {
        "lines": shown, "more": len(rows[MOST_LINES:]), "name": mail.person.first_name,
        "notices_address": links.to(mail.person, "/notices"), "thread": shown[0].thread if len(rows) == 1 else "",
    }  # fmt: skip
