"""What is kept of a placement on the day it was completed: copies, so that nothing that changes later changes them."""

import re
from datetime import UTC, date, datetime

from peewee import JOIN, fn

from board.db import now
from board.employers.model import Employer, Supervisor
from board.placements.model import HoursEntry, HoursState, Placement
from board.postings.model import Place, Posting, PostingSkill
from board.school.model import Field, School, Skill, SkillState
from board.words import one_line

REMOTE = "Remote"  # as a place; drawn in the reader's language
SENTENCE = 280  # characters of what was delivered
MARK = re.compile(r"^\s*(?:[-*•]|\d+[.)])\s+")


def facts_of(placement: Placement) -> dict:
    """The columns of an experience that never change again."""
    posting = posting_of(placement)
    began = on_day(placement.started_at) if placement.started_at else placement.starts_on
    ended = on_day(placement.ended_at or now())
    supervisor = placement.supervisor or posting.supervisor
    return {
        "title": title_of(posting),
        "organization": posting.employer.name,
        "place": place_of(posting),
        "began_on": min(began or ended, ended),
        "ended_on": ended,
        "minutes": confirmed_minutes(placement),
        "supervisor": supervisor.name if supervisor else "",
        "supervisor_title": supervisor.title if supervisor else "",
        "delivered": sentence(posting.deliverable),
    }


def posting_of(placement: Placement) -> Posting:
    query = Posting.select(Posting, Employer, Field, Supervisor).join(Employer).switch(Posting)
    query = query.join(Field, JOIN.LEFT_OUTER).switch(Posting).join(Supervisor, JOIN.LEFT_OUTER, on=Posting.supervisor)
    return query.where(Posting.id == placement.application.posting_id).get()


def title_of(posting: Posting) -> str:
    """As a résumé calls it: what the employer said, else what the field is called there."""
    field_title = posting.field.title if posting.field_id else ""
    return one_line(posting.resume_title or field_title or posting.title)[:120]


def place_of(posting: Posting) -> str:
    """The town; never the address."""
    if posting.place == Place.REMOTE:
        return REMOTE
    return one_line(posting.location or posting.employer.place)


def confirmed_minutes(placement: Placement) -> int:
    minutes = HoursEntry.select(fn.SUM(HoursEntry.minutes)).where(
        HoursEntry.placement == placement, HoursEntry.state == HoursState.CONFIRMED
    )
    return minutes.scalar() or 0


def skills_of(placement: Placement) -> list[str]:
    """The skills of the posting, as they are called now and in its order."""
    query = PostingSkill.select(Skill.name).join(Skill).where(Skill.state != SkillState.REFUSED)
    query = query.where(PostingSkill.posting == placement.application.posting_id)
    return list(dict.fromkeys(name for (name,) in query.order_by(PostingSkill.need, PostingSkill.position).tuples()))


def on_day(at: datetime) -> date:
    """The school's day of a moment."""
    school = School.here()
    return at.replace(tzinfo=UTC).astimezone(school.zone).date() if school else at.date()


def sentence(text: str) -> str:
    """The first paragraph in one line, cut at a word; a list becomes its items with commas between them."""
    paragraphs = [part for part in re.split(r"\n\s*\n", text.strip()) if part.strip()]
    first = (
        "\n".join(paragraphs[:2]) if paragraphs and paragraphs[0].rstrip().endswith(":") else "".join(paragraphs[:1])
    )
    said = ""
    before = False
    for line in first.splitlines():
        is_item = MARK.match(line) is not None
        words = one_line(MARK.sub("", line))
        if words:
            said += (", " if is_item and before and said[-1] not in ":,;." else " " if said else "") + words
        before = is_item
    if len(said) <= SENTENCE:
        return said
    cut = said[:SENTENCE].rsplit(" ", 1)[0] if " " in said[:SENTENCE] else said[:SENTENCE]
    return cut.rstrip(" ,;:.-–—") + "…"
