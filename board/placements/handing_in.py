"""The part of a placement's page on which work is handed in, looked at, and sent back or accepted."""

from dataclasses import dataclass
from datetime import timedelta

from flask_babel import format_decimal
from flask_babel import gettext as _

from board.drawing import day
from board.home.steps import Step
from board.people.model import Person
from board.placements.handing_forms import AcceptForm, DeliverForm, FilesForm, LinkForm, SendBackForm
from board.placements.handing_rules import FILE_MOST, MB, may_be_closed
from board.placements.model import RUNNING, Attachment, Delivery, Placement, State
from board.placements.naming import Names
from board.school.model import today

SOON = timedelta(days=3)  # so near to its last day, handing in comes before hours


@dataclass(frozen=True)
class Work:
    """What is handed in, newest first, each with its `pieces`; and what is not yet."""

    versions: list[Delivery]
    loose: list[Attachment]

    @property
    def latest(self) -> Delivery | None:
        return self.versions[0] if self.versions else None

    @property
    def waits(self) -> Delivery | None:
        """The version that has no answer yet."""
        return self.latest if self.latest and self.latest.accepted is None else None

    @property
    def is_accepted(self) -> bool:
        return bool(self.latest and self.latest.accepted)


def work_of(placement: Placement) -> Work:
    """Asked once, however many parts of a page want to know."""
    if "work" not in placement.__dict__:
        rows = Attachment.select().where(Attachment.placement == placement).order_by(Attachment.id)
        pieces = list(rows)
        versions = Delivery.select(Delivery, Person).left_outer_join(Person, on=Delivery.answered_by)
        found = list(versions.where(Delivery.placement == placement).order_by(Delivery.number.desc()))
        for version in found:
            version.pieces = [piece for piece in pieces if piece.delivery_id == version.id]
        placement.__dict__["work"] = Work(found, [piece for piece in pieces if piece.delivery_id is None])
    return placement.__dict__["work"]


def part(placement: Placement, me: Person) -> dict | None:
    """From the start on. What is not handed in yet is not for the employer."""
    work = work_of(placement)
    runs = placement.state in RUNNING and not placement.held_at
    if placement.started_at is None or not (work.versions or placement.state in RUNNING):
        return None
    adds = me.is_student and placement.state == State.ACTIVE and runs
    answers = me.is_employer and placement.state == State.DELIVERED and runs and work.waits is not None
    number = work.latest.number if work.latest else 0
    return {
        "work": work, "loose": [] if me.is_employer else work.loose, "adds": adds, "answers": answers,
        "held": bool(placement.held_at) and placement.state in RUNNING, "most": FILE_MOST,
        "files_form": FilesForm(formdata=None), "link_form": LinkForm(formdata=None),
        "deliver_form": DeliverForm(formdata=None),
        "accept_form": AcceptForm(formdata=None, number=number), "send_back_form": SendBackForm(formdata=None, number=number),
        "late": placement.state == State.ACTIVE and placement.due_on is not None and placement.due_on < today(),
        "size": size, "may_be_closed": may_be_closed,
    }  # fmt: skip


def size(piece: Attachment) -> str:
    """How large a file is, as people say it."""
    if piece.size >= MB:
        return f"{format_decimal(piece.size / MB, '#,##0.0')} MB"
    return f"{format_decimal(max(1, round(piece.size / 1024)), '#,##0')} KB"


def next_step(placement: Placement, me: Person) -> Step | None:
    if placement.held_at or placement.state not in RUNNING or me.is_teacher:
        return None
    work, names = work_of(placement), Names(placement, me)
    if me.is_employer and work.waits and placement.state == State.DELIVERED:
        return Step(
            "inbox", _("Look at what %(student)s handed in", student=names.student),
            _("Accept it, or say what should be different."), "#handing_in", _("See the work"),
        )  # fmt: skip
    if not me.is_student or placement.state != State.ACTIVE:
        return None
    if work.latest:
        words = _("Read what should be different, then hand the next version in.")
        return Step("upload", _("It came back: have another go"), words, "#handing_in", _("Go to your work"))
    if work.loose:
        words = due(placement) + _("What you added waits here; nobody but the school sees it before you hand it in.")
        return Step("upload", _("Hand in your work"), words, "#handing_in", _("Go to your work"))
    if placement.due_on and placement.due_on <= today() + SOON:
        return in_the_end(placement, me)
    return None


def in_the_end(placement: Placement, me: Person) -> Step | None:
    """What a student at work does when nothing else waits."""
    if placement.held_at or placement.state != State.ACTIVE or not me.is_student:
        return None
    words = due(placement) + _("Add files or links here while you work. Hand it all in when you are done.")
    return Step("upload", _("Make it, then hand it in"), words, "#handing_in", _("Go to your work"))


def due(placement: Placement) -> str:
    return f"{_('Due on %(day)s.', day=day(placement.due_on))} " if placement.due_on else ""
