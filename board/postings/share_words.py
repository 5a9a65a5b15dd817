"""Ready-made words about what is open, for families: ParentSquare, Remind and the school's newsletter.

They say what strangers may read on an open board and nothing else: never where or with whom, nothing about a student.
Each function says them in the language of the moment; see sharing.py, which asks twice.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from flask_babel import ngettext

from board.drawing import day, money
from board.postings.model import Posting
from board.school.model import Field, School

REMIND = 140  # characters of one message on Remind's free plan


@dataclass(frozen=True)
class Several:
    """Open projects that belong together: of a field, of this week, or all of them."""

    field: Field | None
    is_new: bool
    count: int
    newest: list[Posting]  # some of them, with their employers
    pay: tuple[int, int] | None  # the least and the most for a whole project, in cents
    link: str


@dataclass(frozen=True)
class Words:
    """What to paste where, in one language."""

    parent_square: str
    remind: str
    newsletter: str


def of_posting(posting: Posting, link: str, school: School) -> Words:
    title, employer, pay, last = posting.title, posting.employer.name, money(posting.pay_cents), posting.apply_by
    facts = [_("Pay: %(pay)s for the whole project", pay=pay), _("Time: %(time)s", time=time_of(posting))]
    if posting.place:
        facts.append(_("Place: %(place)s", place=_(posting.place_label)))
    if last:
        facts.append(_("Last day to apply: %(when)s", when=day(last)))
    parent_square = [
        _("A paid project for students: %(title)s", title=title),
        "",
        " ".join(filter(None, [_("From %(employer)s:", employer=employer), posting.summary])),
        "",
        *(f"- {fact}" for fact in facts),
        "",
        _("A teacher of our school has read and approved it."),
        way_in(school),
        link,
    ]
    newsletter = [
        _("%(title)s, a paid project from %(employer)s", title=title, employer=employer),
        " ".join(filter(None, [posting.summary, *(f"{fact}." for fact in facts)])),
        way_in(school),
        link,
    ]
    remind = fitted(lambda name: _("Paid project: %(title)s, %(pay)s.", title=name, pay=pay), title, by(last), link)
    return Words("\n".join(parent_square), remind, "\n".join(newsletter))


def of_several(some: Several, link: str, school: School) -> Words:
    head = heading(some)
    count = ngettext("%(num)d paid project is open now.", "%(num)d paid projects are open now.", some.count)
    if some.is_new:
        count = ngettext("%(num)d paid project is new.", "%(num)d paid projects are new.", some.count)
    rows = ["- " + line(posting) for posting in some.newest]
    if some.count > len(some.newest):
        rows.append("- " + _("and %(num)d more", num=some.count - len(some.newest)))
    sure = _("A teacher of our school has read and approved every one.")
    parent_square = [head, "", count + " " + sure, "", *rows, "", way_in(school), link]
    pays = span(some.pay)
    among = _("Among them: %(titles)s.", titles="; ".join(posting.title for posting in some.newest[:3]))
    newsletter = [head, " ".join(filter(None, [count, pays, among, sure])), way_in(school), link]
    remind = fitted(lambda name: f"{name}: {count}", head, "", link)
    return Words("\n".join(parent_square), remind, "\n".join(newsletter))


def heading(some: Several) -> str:
    """What these are called, on top of the words and of a poster."""
    if some.field:
        return _("Paid projects for students: %(field)s", field=_(some.field.name))
    return _("New paid projects for students this week") if some.is_new else _("Paid projects for students")


def line(posting: Posting) -> str:
    """One project in one line."""
    about = f"{posting.title} ({posting.employer.name}): {money(posting.pay_cents)}, {time_of(posting)}"
    return f"{about}, " + _("apply by %(when)s", when=day(posting.apply_by)) if posting.apply_by else about


def time_of(posting: Posting) -> str:
    hours = ngettext("about %(num)d hour", "about %(num)d hours", posting.hours)
    if not posting.weeks:
        return hours
    return hours + " " + ngettext("over %(num)d week", "over %(num)d weeks", posting.weeks)


def by(last: date | None) -> str:
    return _("Apply by %(when)s", when=day(last)) if last else ""


def span(pay: tuple[int, int] | None) -> str:
    """What a whole project pays, from the least to the most."""
    if not pay:
        return ""
    low, high = money(pay[0]), money(pay[1])
    if low == high:
        return _("Each pays %(pay)s.", pay=low)
    return _("They pay from %(low)s to %(high)s.", low=low, high=high)


def price(pay: tuple[int, int] | None) -> str:
    """The same, large on a poster."""
    if not pay:
        return ""
    low, high = money(pay[0]), money(pay[1])
    return _("%(pay)s a project", pay=low if low == high else _("%(low)s to %(high)s", low=low, high=high))


def way_in(school: School) -> str:
    """What happens to who opens the link."""
    if school.open_to_visitors:
        return _("Everybody can read it here; students sign in to apply:")
    return _("Students sign in with their school account to see it and apply:")


def fitted(make: Callable[[str], str], title: str, last: str, link: str) -> str:
    """A message that is never longer than Remind takes: first without its last day, then with less of its title."""
    for rest in filter(None, (f"{last}: {link}" if last else "", link)):
        words = f"{make(title)} {rest}"
        if len(words) <= REMIND:
            return words
    room = REMIND - len(f"{make('…')} {link}")
    return f"{make(title[:room].rstrip() + '…')} {link}" if room > 0 else link
