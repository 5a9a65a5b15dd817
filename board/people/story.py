"""What a person did and what was done to their account, in words. The same number of queries for any length."""

from dataclasses import dataclass

from board.applications.model import Application
from board.employers.model import Employer
from board.moves import Step
from board.people.class_list import LABELS
from board.people.model import Person, Role
from board.placements.history import SAID as placement_words
from board.placements.model import Placement
from board.postings import history
from board.postings.model import Posting, Revision
from board.suggestions.model import Suggestion
from board.words import N_

LENGTH = 50  # the newest of them

ACCOUNT = {
    "add": N_("added %(about)s"),
    "invite": N_("made an invitation link for %(about)s"),
    "new_code": N_("made a sign-in code for %(about)s"),
    "set_password": N_("chose a new password"),
    "set_up": N_("set up this board"),
    "arrive": N_("came to the board"),
    "change": N_("changed the details of %(about)s: %(changed)s"),
    "change_role": N_("changed the role of %(about)s to: %(state)s"),
    "end_sessions": N_("signed %(about)s out of every browser"),
    "end_account": N_("closed the account of %(about)s"),
    "erase": N_("erased a person"),
    "reopen_account": N_("opened the account of %(about)s again"),
    "make_calendar": N_("made a calendar address"),
    "end_calendar": N_("ended the calendar address"),
    "add_guardian": N_("wrote down a parent or guardian of %(about)s"),
    "remove_guardian": N_("took a parent or guardian of %(about)s off the list"),
    "erase_guardian": N_("erased a parent or guardian of %(about)s"),
    "not_shown": N_("wrote down that %(about)s is not to be shown to employers"),
    "shown": N_("let %(about)s be shown to employers again"),
}
DID = {
    ("application", "begin"): N_("began an application"), ("application", "submit"): N_("sent an application"),
    ("application", "withdraw"): N_("withdrew an application"), ("application", "ask_to_read"): N_("asked a teacher to read a draft"),
    ("application", "read"): N_("read a draft"),
    ("application", "guardian_told"): N_("wrote to a parent or guardian how it stands with this project"),
    ("application", "guardian_asked"): N_("wrote to a parent or guardian"), ("application", "guardian_slip"): N_("printed a slip for a parent or guardian"),
    ("application", "guardian_yes"): N_("passed on a parent’s or guardian’s yes"), ("application", "guardian_no"): N_("passed on that a parent or guardian took the yes back"),
    ("application", "guardian_refused"): N_("passed on that a parent or guardian says no"), ("application", "guardian_talked"): N_("has talked to a parent or guardian"),
    ("application", "guardian_question"): N_("passed on that a parent or guardian wants to talk to the school first"), ("application", "shortlist"): N_("shortlisted an application"),
    ("application", "offer"): N_("made an offer"), ("application", "take_offer_back"): N_("took an offer back"),
    ("application", "not_select"): N_("did not select an application"), ("application", "accept"): N_("accepted the offer"),
    ("application", "turn_down"): N_("turned the offer down"), ("placement", "message"): N_("wrote a message"),
    ("placement", "log_hours"): N_("logged hours"), ("placement", "change_hours"): N_("changed an entry of hours"),
    ("placement", "remove_hours"): N_("removed an entry of hours"), ("placement", "answer_hours"): N_("answered a question about hours"),
    ("placement", "own_goal"): N_("set a goal of their own"), ("placement", "attach"): N_("added a file or a link"),
    ("placement", "detach"): N_("removed a file or a link"), ("placement", "check_in_well"): N_("said that all is well"),
    ("placement", "check_in_help"): N_("asked for help"), ("placement", "check_in_settle"): N_("looked after a call for help"),
    ("placement", "nudge"): N_("sent a reminder"), ("placement", "vouch"): N_("vouched for skills"),
    ("placement", "share"): N_("made an experience public"), ("placement", "stop_sharing"): N_("withdrew a public page"),
    ("placement", "sharing_yes"): N_("saw a parent’s or guardian’s yes to sharing"),
    ("placement", "sharing_no"): N_("wrote down that a parent or guardian no longer agrees to sharing"),
    ("portfolio", "say"): N_("changed what stands above the portfolio"),
    ("portfolio", "share"): N_("made the portfolio public"), ("portfolio", "stop_sharing"): N_("withdrew the public portfolio"),
    ("employer", "ask"): N_("joined by the public page"), ("employer", "join"): N_("added an employer"), ("employer", "change"): N_("changed what an employer says of itself"),
    ("employer", "verify"): N_("verified an employer"), ("employer", "refuse"): N_("refused an employer"),
    ("employer", "suspend"): N_("suspended an employer"), ("employer", "invite_colleague"): N_("invited a colleague"),
    ("employer", "hand_over"): N_("handed postings over"), ("employer", "leave"): N_("left"),
    ("employer", "renew"): N_("renewed the check of an employer"), ("employer", "vet_item"): N_("looked at an employer"),
    ("employer", "check_supervisor"): N_("wrote down how the check of a supervisor stands"),
    ("employer", "vet_supervisor"): N_("checked a worksite supervisor"),
    ("employer", "drop_supervisor"): N_("took the check of a worksite supervisor back"),
    ("school", "change_settings"): N_("changed the settings"), ("field", "add"): N_("added a field"),
    ("field", "change"): N_("changed a field"), ("field", "hide"): N_("hid a field"), ("field", "show"): N_("showed a field again"),
    ("field", "move"): N_("changed the order of the fields"), ("skill", "add"): N_("added a skill"),
    ("skill", "approve"): N_("approved a skill"), ("skill", "refuse"): N_("refused a skill"),
    ("skill", "rename"): N_("renamed a skill"), ("skill", "merge"): N_("merged two skills"),
    ("suggestion", "suggest"): N_("suggested an employer"), ("suggestion", "take_back"): N_("took a suggestion back"),
    ("suggestion", "invite"): N_("invited an employer a student suggested"), ("suggestion", "decline"): N_("declined a suggestion"),
    ("suggestion", "pass_on"): N_("passed a suggestion on"), ("employer", "wish"): N_("passed the wish of a student on"),
    ("correction", "ask"): N_("asked for a correction"), ("correction", "answer"): N_("answered a request for a correction"),
    ("school", "tidy"): N_("let go of what was kept long enough"),
}  # fmt: skip


@dataclass
class Line:
    """One step: `words` is a marked sentence for `t`, filled with `values`; `thing` is what it was about."""

    step: Step
    words: str
    values: dict
    thing: str = ""


def of(person: Person) -> list[Line]:
    """The newest steps by and about a person, newest first."""
    return lines((Step.person == person) | ((Step.noun == "person") & (Step.noun_id == person.id)))


def whole(student: Person) -> list[Line]:
    """The same of a student, with what employers and teachers did in their projects. What the board only notes for
    itself (whom it has reminded of what) is no news to people."""
    mine = Application.select(Application.id).where(Application.student == student)
    sent = mine.where(Application.submitted_at.is_null(False))
    placements = Placement.select(Placement.id).where(Placement.application.in_(mine))
    moves = {move for noun, move in DID if noun == "application"}, {move for noun, move in DID if noun == "placement"}
    return lines(
        (Step.person == student)
        | ((Step.noun == "person") & (Step.noun_id == student.id))
        | ((Step.noun == "application") & Step.move.in_(moves[0]) & Step.noun_id.in_(sent))
        | ((Step.noun == "placement") & Step.move.in_(moves[1] | set(placement_words)) & Step.noun_id.in_(placements))
    )


def lines(which) -> list[Line]:
    which &= Step.noun != "report"  # what somebody does for student safety stands in its case alone
    steps = list(Step.select(Step, Person).left_outer_join(Person).where(which).order_by(Step.id.desc()).limit(LENGTH))
    names = names_of(steps)
    return [line(step, names) for step in steps]


def names_of(steps: list[Step]) -> dict[tuple[str, int], str]:
    """What the things of these steps are called, by (noun, id); one query a noun."""
    ids: dict[str, set[int]] = {}
    for step in steps:
        ids.setdefault(step.noun, set()).add(step.noun_id)
    queries = {
        "person": Person.select(Person.id, Person.name),
        "employer": Employer.select(Employer.id, Employer.name),
        "posting": Posting.select(Posting.id, Posting.title),
        "suggestion": Suggestion.select(Suggestion.id, Suggestion.organization),
        "application": Application.select(Application.id, Posting.title).join(Posting),
        "placement": Placement.select(Placement.id, Posting.title).join(Application).join(Posting),
        "revision": Revision.select(Revision.id, Posting.title).join(Posting),
    }
    names = {}
    for noun, query in queries.items():
        model = query.model
        for number, name in query.where(model.id.in_(ids.get(noun, {0}))).tuples():
            names[noun, number] = name
    return names


def line(step: Step, names: dict) -> Line:
    thing = names.get((step.noun, step.noun_id), "")
    if step.noun == "person":
        values = {
            "about": thing,
            "changed": [LABELS.get(key, key) for key in step.facts.get("changed", ())],
            "state": Role(step.to_state).label if step.move == "change_role" else "",
        }
        return Line(step, ACCOUNT.get(step.move, step.move.replace("_", " ")), values)
    if step.noun == "placement" and step.move in placement_words:
        return Line(step, "%(said)s", {"said": placement_words[step.move](step.facts)}, thing)
    words = DID.get((step.noun, step.move)) or history.words(step) or step.move.replace("_", " ")
    return Line(step, words, history.values(step), thing)
