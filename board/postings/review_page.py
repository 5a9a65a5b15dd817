"""The page of one posting on the desk: what it shows, in whatever state the posting is."""

from datetime import date

from peewee import JOIN

from board import htmx, phrases
from board.access import school, who
from board.applications.answering import answering
from board.checks.results import Stage
from board.drawing import said, translate
from board.forms import Form
from board.moves import Step, TooLate
from board.people.model import Person
from board.placements.reminders import owing
from board.placements.standing import standing as rated
from board.postings import (
    again,
    canned,
    checking,
    claims,
    content,
    deciding,
    differences,
    earlier,
    history,
    keeping,
    queue,
    second,
)
from board.postings.case import Case, compared, first_there, standing, way
from board.postings.forms import ONE_OF
from board.postings.model import Comment, Posting, Section
from board.postings.review_agree import ask_for
from board.postings.review_forms import CommentForm, forms_for, section_field
from board.postings.rules import MOVES
from board.postings.vetted import in_the_way
from board.school.model import Field


def draw(case: Case, status: int = 200, forms: dict[str, Form] | None = None, tried: str = "",
         late: TooLate | None = None, refused: str = "", comment_form: Form | None = None, asking=()):  # fmt: skip
    """The page of one posting, also when something came in between."""
    posting = case.posting
    steps = history.of(posting)
    line = queue.place_of(posting, case.since) if case.waits else None
    found = checking.results(case.values, posting.employer, Stage.APPROVE, posting.id)
    blocks = [one for one in found if one.is_block and case.waits]
    forms = forms or forms_for()
    kept_off = keeping.kept(posting)
    open_now = [name for name in offered(case) if not (kept_off.hidden and name in ("approve", "put_back"))]
    if not tried and "ask_changes" in open_now:
        ask_for(blocks, forms["ask_changes"])
    person, needs_second = who(), case.waits and second.needs_second(case.values)
    first_yes = second.first_yes(posting, case.values) if needs_second else None
    holder, wrong = claims.holder(posting) if case.waits else None, unchecked(case)
    hindered = blocks or wrong or (holder and holder != person) or (first_yes and first_yes.person == person)
    lately = deciding.lately(person)
    kept = typed_words(forms[tried]) if late and tried in forms and tried not in open_now else []
    return htmx.page(
        "review/show.html", status=status, posting=posting, case=case, values=case.values,
        sections=content.SECTIONS, labels=differences.LABELS, section_field=section_field, **drawn_values(),
        compared=compared(case), checks=found, blocks=blocks, asking={one.mark for one in asking},
        holder=holder, needs_second=needs_second, first_yes=first_yes, unchecked=wrong,
        may_say_yes=not hindered and ("approve" in open_now or case.change),
        undoable=[one for one in lately if one.posting_id == posting.id] or lately[:1],
        earlier=earlier.like(posting) if case.waits else [], ready=canned.of(person, phrases.language()) if case.waits else [],
        steps=steps, words=step_words, standing=standing(posting), answering=answering(posting.employer_id),
        rated=rated(posting.employer_id, who()), line=line, way=way(posting),
        **talk_values(posting, comment_form or CommentForm(formdata=None)), viewers=open_by_others(posting),
        forms=forms, open_now=open_now, tried=tried, refused=refused, late=late, first=first_there(steps) if late else None,
        kept=kept, look_again=again.found_in(posting), on_hold=kept_off.hidden,
        owing=owing(posting.employer_id, school().today()),
    )  # fmt: skip


def unchecked(case: Case) -> str:
    """Who has to be checked before this can be approved, in words; "" for nobody. Of a new employer the page says it."""
    if not case.waits or not case.posting.employer.is_verified:
        return ""
    wrong = in_the_way(case.posting, school().today(), case.change.values if case.change else None)
    return said(wrong) if wrong else ""


def talk(posting: Posting, form: Form, status: int = 200):
    return htmx.piece("review/_talk.html", status=status, posting=posting, **talk_values(posting, form))


def talk_values(posting: Posting, form: Form) -> dict:
    person = who()
    return {
        "comments": comments(posting),
        "comment_form": form,
        "is_mine": lambda other: other and other.id == person.id,
        "section_labels": {str(section): section.label for section in Section},
    }


def drawn_values() -> dict:
    """What the template needs to say the values of a text in words."""
    return {
        "field_names": dict(Field.select(Field.slug, Field.name).tuples()),
        "choices": {key: {str(one): one.label for one in labels} for key, labels in ONE_OF.items()},
        "as_date": date.fromisoformat,
    }  # fmt: skip


def offered(case: Case) -> list[str]:
    """The moves this page offers: what you see is what you may do."""
    posting, person = case.posting, who()
    names = [name for name, move in MOVES.items() if move.allows(person, posting)]
    return names + (["approve_change", "return_change"] if case.change else [])


def comments(posting: Posting) -> list[Comment]:
    query = Comment.select(Comment, Person).join(Person, JOIN.LEFT_OUTER).where(Comment.posting == posting)
    return list(query.order_by(Comment.id))


def open_by_others(posting: Posting) -> list[Person]:
    return queue.open_by([posting.id], who()).get(posting.id, [])


def typed_words(form: Form) -> list[tuple[str, str]]:
    """What somebody wrote into a form that is no longer there, so that it is not lost: (about what, words)."""
    sections = {section_field(section): section.label for section in Section}
    return [
        (translate(sections[field.name]) if field.name in sections else str(field.label.text), field.data)
        for field in form
        if field.data and field.name != "kind"
    ]


def step_words(step: Step) -> str:
    return translate(history.words(step), **history.values(step))
