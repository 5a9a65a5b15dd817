"""The steps of a posting and of its changes, told in words."""

from board.moves import Step
from board.people.model import Person
from board.postings.model import Posting, Revision
from board.words import N_

WORDS = {
    ("posting", "begin"): N_("began the draft"),
    ("posting", "import"): N_("brought it in from a list"),
    ("posting", "imported"): N_("brought it in from a list"),
    ("posting", "submit"): N_("sent it in"),
    ("posting", "take_back"): N_("took it back"),
    ("posting", "approve"): N_("approved it"),
    ("posting", "ask_changes"): N_("asked for changes"),
    ("posting", "decline"): N_("declined it"),
    ("posting", "pause"): N_("paused it"),
    ("posting", "resume"): N_("reopened it"),
    ("posting", "pull"): N_("took it off the board"),
    ("posting", "put_back"): N_("put it back on the board"),
    ("posting", "rest"): N_("paused it until the school’s check holds again"),
    ("posting", "look_again"): N_("hid it: something in it does not fit the rules as they are now"),
    ("posting", "hold"): N_("paused it for now"),
    ("posting", "lift"): N_("let it go on"),
    ("posting", "close"): N_("closed it"),
    ("posting", "fill"): N_("filled it: all places are taken"),
    ("posting", "free_seat"): N_("opened it again: a place came free"),
    ("posting", "adjust"): N_("made a small change that needs no teacher"),
    ("posting", "revise"): N_("put an approved change on the board"),
    ("posting", "pitch"): N_("passed the idea of a student on"),
    ("posting", "hand_over"): N_("handed it over to %(name)s"),
    ("posting", "hand_over_all"): N_("handed it over to %(name)s, with others"),
    ("posting", "undo"): N_("took the decision back before anybody was told"),
    ("posting", "first_yes"): N_("agreed as the first of two teachers"),
    ("posting", "take_yes_back"): N_("took back the first of two yeses"),
    ("posting", "late"): N_("told the coordinators that it has waited three school days"),
    ("posting", "comment"): N_("wrote in the conversation"),
    ("posting", "closing_soon"): N_("reminded people that its last day to apply is near"),
    ("posting", "expired"): N_("told its employer that the last day to apply has passed"),
    ("posting", "decide_due"): N_("reminded its employer of the day to decide"),
    ("posting", "decide_late"): N_("told its employer that applicants wait too long"),
    ("revision", "propose"): N_("asked to change the approved text"),
    ("revision", "approve"): N_("approved the change"),
    ("revision", "return"): N_("returned the change"),
    ("revision", "undo"): N_("took the decision on the change back before anybody was told"),
    ("revision", "pass_unread"): N_("let the change of a trusted employer pass: every check is fine"),
    ("revision", "take_back"): N_("took the change back"),
}
AGAIN = N_("sent it in again")
PITCHED = N_("was given the idea of a student as a draft")


def of(posting: Posting) -> list[Step]:
    """Everything that happened to a posting, oldest first. What was written is in the conversation."""
    changes = Revision.select(Revision.id).where(Revision.posting == posting)
    own = (Step.noun == "posting") & (Step.noun_id == posting.id)
    of_changes = (Step.noun == "revision") & Step.noun_id.in_(changes)
    query = Step.select(Step, Person).left_outer_join(Person).where(own | of_changes, Step.move != "comment")
    return list(query.order_by(Step.id))


def values(step: Step) -> dict[str, str]:
    """What goes into the phrase of a step."""
    return {"name": step.facts.get("name", "")} if step.move in ("hand_over", "hand_over_all") else {}


def words(step: Step) -> str:
    """What somebody did, as a marked phrase after their name; `values` go into it."""
    if step.noun == "posting" and step.move == "submit" and step.from_state == "changes_requested":
        return AGAIN
    if step.noun == "posting" and step.move == "begin" and step.facts.get("pitched"):
        return PITCHED
    return WORDS.get((step.noun, step.move), "")
