"""Steps become notices: one row for each person who should hear of it, made by the worker.

HEARS says who hears of what, and in which words. A notice keeps no words of its own: they are drawn from the Step
when it is read, in the reader's language. No message, reason or report is repeated in one, and an employer meets
a student by code alone.
"""

from collections.abc import Callable
from dataclasses import dataclass

from peewee import JOIN, ForeignKeyField

from board.db import Moment, Table, database, now
from board.hearers import (
    all_coordinators,
    all_once_agreed,
    all_placed,
    all_teachers,
    applicants,
    asked_teacher,
    both_sides,
    colleagues_and_inviter,
    employer_and_leads,
    employer_and_those_who_wait_to_apply,
    employer_of_application,
    employer_of_posting,
    employer_of_revision,
    employer_unless_placed,
    employer_when_staff_acts,
    handed_over,
    home_has_answered,
    its_people,
    keeper,
    leads,
    leads_and_coordinators,
    message_writer,
    nudged_side,
    other_side,
    other_side_of_sealed,
    people_and_coordinators,
    placed_employer,
    placed_sides,
    placed_student,
    reader_of_feedback,
    school_of_home,
    side_of_step,
    spoken_to,
    student,
    student_and_leads,
    student_and_school,
    suggester,
    told_of_case,
    who_asked,
    who_hears_of_hold,
    who_may_start,
    who_stays,
)  # fmt: skip
from board.moves import Step
from board.people.model import Person
from board.words import N_, Labelled

BATCH = 100  # steps told in one transaction


class Kind(Labelled):
    """What a notice is about: what people choose by how soon they want to hear of it by mail (see mail/rules.py)."""

    POSTING = "posting"
    APPLICATION = "application"
    PLACEMENT = "placement"
    SEARCH = "search"
    REPORT = "report"
    EMPLOYER = "employer"
    OTHER = "other"


KIND_OF = {
    "posting": Kind.POSTING, "revision": Kind.POSTING, "application": Kind.APPLICATION, "report": Kind.REPORT,
    "saved_search": Kind.SEARCH, "placement": Kind.PLACEMENT, "employer": Kind.EMPLOYER, "person": Kind.EMPLOYER,
}  # fmt: skip


class Notice(Table):
    """Something that happened and concerns this person; its words are drawn from the Step when read."""

    person = ForeignKeyField(Person, on_delete="CASCADE", backref="notices")
    step = ForeignKeyField(Step, on_delete="CASCADE")
    read_at = Moment(null=True)
    created_at = Moment()

    class Meta:
        indexes = [(("person", "step"), True), (("person", "read_at"), False)]


@dataclass(frozen=True)
class News:
    """Who hears of a kind of step, and the sentence they read.

    Sentences may name %(title)s of the posting, %(employer)s, %(code)s of the application, and %(who)s for who acted:
    never on the way from a student to an employer. %(search)s is the reader's own, with the %(count)s it found. Of a
    reminder, %(day)s is the day it is about and %(count)s how many wait. %(to)s is whom postings, perhaps %(count)s of
    them, were handed over to. %(organization)s is what a student suggested.
    """

    hears: Callable[[Step], list[int]]
    words: str
    icon: str
    one: str = ""  # the sentence where it is about one alone
    kind: Kind | None = None  # where the noun of the step does not say it
    once: bool = False  # nobody hears the same sentence of the same thing again before they have read the first


HEARS: dict[tuple[str, str], News] = {
    ("posting", "submit"): News(all_teachers, N_("%(employer)s sent in “%(title)s”. It waits for a teacher."), "clipboard-list"),
    ("posting", "approve"): News(employer_of_posting, N_("“%(title)s” was approved. Students can find it now."), "circle-check"),
    ("posting", "ask_changes"): News(employer_of_posting, N_("The school asks for changes to “%(title)s”."), "message-square"),
    ("posting", "decline"): News(employer_of_posting, N_("“%(title)s” was declined. The reason is on its page."), "circle-x"),
    ("posting", "pull"): News(employer_of_posting, N_("The school took “%(title)s” off the board. The reason is on its page."), "pause"),
    ("posting", "put_back"): News(employer_unless_placed, N_("“%(title)s” is back on the board."), "circle-check"),
    ("posting", "hold"): News(employer_unless_placed, N_("The school has paused “%(title)s” for now. You need not do anything."), "pause"),
    ("posting", "lift"): News(employer_unless_placed, N_("“%(title)s” is no longer paused by the school."), "circle-check"),
    ("posting", "look_again"): News(employer_of_posting, N_("“%(title)s” is off the board: something in it does not fit the rules as they are now. Its page says what to change."), "pause"),
    ("posting", "close"): News(employer_when_staff_acts, N_("The school closed “%(title)s”."), "lock"),
    ("posting", "late"): News(all_coordinators, N_("“%(title)s” has waited for a teacher for three school days."), "clock"),
    ("posting", "first_yes"): News(all_teachers, N_("“%(title)s” waits for a second teacher."), "hourglass"),
    ("posting", "comment"): News(other_side, N_("%(who)s wrote about “%(title)s”."), "message-square"),
    ("posting", "hand_over"): News(handed_over, N_("“%(title)s” was handed over: its contact is now %(to)s."), "users"),
    ("posting", "revise"): News(applicants, N_("“%(title)s” has changed. Check whether it still suits you."), "refresh-cw", kind=Kind.APPLICATION),
    ("posting", "closing_soon"): News(employer_and_those_who_wait_to_apply, N_("“%(title)s” closes soon: the last day to apply is %(day)s."), "calendar-clock"),
    ("posting", "expired"): News(employer_of_posting, N_("The last day to apply for “%(title)s” has passed. Set a later one, or close it."), "clock"),
    ("posting", "decide_due"): News(
        employer_of_posting, N_("%(count)s applicants for “%(title)s” wait for your answer, until %(day)s."), "calendar-clock",
        N_("An applicant for “%(title)s” waits for your answer, until %(day)s."),
    ),
    ("posting", "decide_late"): News(
        employer_of_posting, N_("%(count)s applicants for “%(title)s” have waited longer than you said. On %(day)s the board answers them for you."), "triangle-alert",
        N_("An applicant for “%(title)s” has waited longer than you said. On %(day)s the board answers for you."),
    ),
    ("revision", "propose"): News(all_teachers, N_("%(employer)s asks to change “%(title)s”."), "refresh-cw"),
    ("revision", "approve"): News(employer_of_revision, N_("Your change to “%(title)s” was approved."), "circle-check"),
    ("revision", "return"): News(employer_of_revision, N_("Your change to “%(title)s” was returned. The reason is on its page."), "undo-2"),
    ("application", "submit"): News(employer_of_application, N_("Student %(code)s applied for “%(title)s”."), "inbox"),
    ("application", "accept"): News(employer_of_application, N_("Student %(code)s said yes to “%(title)s”."), "handshake"),
    ("application", "turn_down"): News(employer_of_application, N_("Student %(code)s turned down “%(title)s”. The place is free again."), "undo-2"),
    ("application", "withdraw"): News(employer_of_application, N_("Student %(code)s withdrew from “%(title)s”."), "undo-2"),
    ("application", "shortlist"): News(student, N_("You are on the shortlist for “%(title)s”."), "star"),
    ("application", "offer"): News(student, N_("%(employer)s offers you “%(title)s”. Answer in time."), "sparkles"),
    ("application", "not_select"): News(student, N_("You were not chosen for “%(title)s” this time. Thank you for applying: it was worth it."), "heart"),
    ("application", "release"): News(student, N_("“%(title)s” ended without a place for you. That says nothing about you or what you wrote."), "heart"),
    ("application", "revoke"): News(student, N_("The offer for “%(title)s” has ended, since the project was closed."), "circle-x"),
    ("application", "take_offer_back"): News(student, N_("%(employer)s took the offer for “%(title)s” back. The reason is on its page."), "undo-2"),
    ("application", "lapse"): News(both_sides, N_("The offer for “%(title)s” has lapsed: its last day has passed."), "clock"),
    ("application", "offer_due"): News(student, N_("Your offer for “%(title)s” ends on %(day)s. Say yes or no before that."), "clock"),
    ("application", "ask_to_read"): News(asked_teacher, N_("%(who)s asks you to read a draft for “%(title)s”."), "book-open"),
    ("application", "read"): News(student, N_("%(who)s has read your draft for “%(title)s”."), "book-open"),
    ("placement", "propose"): News(leads, N_("A match for “%(title)s” waits for a teacher."), "handshake"),
    ("placement", "agree"): News(placed_sides, N_("A teacher agreed to the match for “%(title)s”. See what comes before the start."), "handshake"),
    ("placement", "not_agree"): News(placed_sides, N_("A teacher did not agree to the match for “%(title)s”. The reason is on its page."), "circle-x"),
    ("placement", "name_staff"): News(leads, N_("“%(title)s” has a lead teacher and a cover: you are one of them."), "user-check"),
    ("placement", "lose_teacher"): News(all_coordinators, N_("A teacher named for “%(title)s” has left. Name somebody else on its page."), "triangle-alert"),
    ("placement", "guardian_yes"): News(home_has_answered, N_("A parent or guardian has said yes to “%(title)s”."), "user-check"),
    ("placement", "guardian_no"): News(all_once_agreed, N_("A parent or guardian has taken their yes to “%(title)s” back. Contact is no longer shared."), "triangle-alert"),
    ("placement", "change_agreement"): News(all_once_agreed, N_("The training agreement for “%(title)s” has changed. Read it and sign it again."), "file-text"),
    ("placement", "ready"): News(who_may_start, N_("Nothing is missing for “%(title)s” any more: it can start."), "list-checks"),
    ("placement", "start"): News(all_placed, N_("“%(title)s” has started."), "circle-check"),
    ("placement", "deliver"): News(placed_employer, N_("The work for “%(title)s” is handed in. Have a look."), "inbox"),
    ("placement", "send_back"): News(placed_student, N_("%(employer)s asks for changes to what you handed in for “%(title)s”."), "undo-2"),
    ("placement", "accept_work"): News(student_and_leads, N_("%(employer)s accepted what was handed in for “%(title)s”."), "circle-check"),
    ("placement", "work_due"): News(placed_student, N_("“%(title)s” is due on %(day)s. Hand in what you have, or tell them in time."), "calendar-clock"),
    ("placement", "work_late"): News(placed_student, N_("“%(title)s” was due on %(day)s. Hand it in, or write how far along you are: most people only want to know."), "clock"),
    ("placement", "work_very_late"): News(student_and_leads, N_("“%(title)s” was due on %(day)s, a week ago. Talk about what is possible still."), "triangle-alert"),
    ("placement", "answer_due"): News(placed_employer, N_("The work for “%(title)s” has been waiting for your answer since %(day)s."), "calendar-clock"),
    ("placement", "answer_late"): News(employer_and_leads, N_("The work for “%(title)s” has been waiting for an answer since %(day)s, for a week now."), "triangle-alert"),
    ("placement", "say_paid"): News(placed_student, N_("%(employer)s says that your pay for “%(title)s” is paid. Look, and say when it came."), "dollar-sign"),
    ("placement", "unpay"): News(placed_student, N_("%(employer)s no longer says that your pay for “%(title)s” has been paid."), "dollar-sign"),
    ("placement", "say_received"): News(placed_employer, N_("The student says that the pay for “%(title)s” has come."), "dollar-sign"),
    ("placement", "unreceive"): News(placed_employer, N_("The student says that the pay for “%(title)s” has not come after all."), "dollar-sign"),
    ("placement", "change_pay"): News(all_placed, N_("The pay for “%(title)s” is another sum now. The reason is on its page."), "dollar-sign"),
    ("placement", "settle_pay"): News(all_placed, N_("What is owed for “%(title)s” is written down, with the reason."), "dollar-sign"),
    ("placement", "pay_late"): News(all_placed, N_("The pay for “%(title)s” was due on %(day)s, and nobody has said that it is paid."), "triangle-alert"),
    ("placement", "pay_unconfirmed"): News(all_placed, N_("The pay for “%(title)s” was paid on %(day)s, says the employer; the student has not confirmed it."), "triangle-alert"),
    ("placement", "complete"): News(placed_sides, N_("“%(title)s” is completed. Well done."), "circle-check"),
    ("placement", "end_early"): News(all_placed, N_("“%(title)s” ended early. What is left to settle is on its page."), "circle-x"),
    ("placement", "keep"): News(placed_student, N_("Your experience from “%(title)s” is ready: verified, with lines for your résumé and a certificate."), "award"),
    ("placement", "sharing_yes"): News(placed_student, N_("A parent’s or guardian’s yes has arrived: you can share your experience from “%(title)s” now."), "globe"),
    ("placement", "sharing_no"): News(placed_student, N_("The public page of your experience from “%(title)s” is gone: a parent or guardian no longer agrees to it."), "eye-off"),
    ("placement", "change_plan"): News(all_placed, N_("The plan of “%(title)s” has changed. Check whether it suits you."), "list-checks"),
    ("placement", "move_dates"): News(placed_sides, N_("Days in the plan of “%(title)s” were moved."), "calendar-clock"),
    ("placement", "move_hand_in"): News(all_placed, N_("“%(title)s” is to be handed in on another day now."), "calendar-clock"),
    ("placement", "milestone_done"): News(placed_employer, N_("A milestone of “%(title)s” is done. Have a look."), "list-checks"),
    ("placement", "milestone_accepted"): News(placed_student, N_("%(employer)s accepted a milestone of “%(title)s”."), "circle-check"),
    ("placement", "query_hours"): News(placed_student, N_("%(employer)s asks about hours you logged for “%(title)s”."), "message-square"),
    ("placement", "answer_hours"): News(placed_employer, N_("The hours you asked about for “%(title)s” were looked at again."), "clock"),
    ("placement", "confirm_hours"): News(placed_student, N_("%(employer)s confirmed hours you logged for “%(title)s”."), "circle-check"),
    ("placement", "hours_wait"): News(placed_employer, N_("Hours of “%(title)s” wait for you to confirm them."), "clock"),
    ("placement", "hours_over"): News(all_placed, N_("“%(title)s” takes a quarter longer than planned. Please talk about it."), "triangle-alert"),
    ("placement", "pay_low"): News(all_placed, N_("For the hours “%(title)s” really takes, its pay is below the lowest allowed here. Please talk about it."), "dollar-sign"),
    ("placement", "hours_law"): News(employer_and_leads, N_("Hours logged for “%(title)s” are more or later than the law allows at the student's age. Please look at them."), "triangle-alert"),
    ("placement", "check_in_due"): News(placed_sides, N_("Is all well with “%(title)s”? One click says so."), "hand-heart"),
    ("placement", "check_in_nudge"): News(nudged_side, N_("“%(title)s” waits for your check-in. One click is enough."), "hand-heart"),
    ("placement", "check_in_help"): News(leads, N_("Somebody needs help with “%(title)s”."), "hand-heart"),
    ("placement", "check_in_settle"): News(nudged_side, N_("A teacher has looked after your call for help with “%(title)s”."), "hand-heart"),
    ("placement", "message"): News(spoken_to, N_("A new message about “%(title)s”."), "message-square", once=True),
    ("placement", "pass_message"): News(spoken_to, N_("A new message about “%(title)s”."), "message-square", once=True),
    ("placement", "hold_message"): News(leads, N_("A message for “%(title)s” waits for you to look at it."), "message-square", once=True),
    ("placement", "stop_message"): News(message_writer, N_("Your message about “%(title)s” was not passed on. The reason is beside it."), "message-square"),
    ("placement", "give_feedback"): News(other_side_of_sealed, N_("There is feedback on “%(title)s”. It opens once you have given yours too, or after seven days."), "message-square"),
    ("placement", "open_feedback"): News(reader_of_feedback, N_("The feedback on “%(title)s” is open: read what %(employer)s says."), "message-square"),
    ("placement", "feedback_due"): News(side_of_step, N_("“%(title)s” is completed. How was it? Your feedback is still missing."), "message-square"),
    ("placement", "nudge"): News(side_of_step, N_("%(who)s asks you to look at “%(title)s”: something there waits for you."), "clock"),
    ("placement", "student_left"): News(leads_and_coordinators, N_("The account of the student of “%(title)s” is closed. Decide how it goes on."), "triangle-alert"),
    ("placement", "employer_suspended"): News(leads_and_coordinators, N_("%(employer)s is suspended while “%(title)s” is not finished. Decide how it goes on."), "triangle-alert"),
    ("placement", "guardian_refused"): News(student_and_school, N_("A parent or guardian has said no to “%(title)s”. Talk about it: nothing is shared and nothing starts."), "circle-x"),
    ("placement", "guardian_question"): News(school_of_home, N_("A parent or guardian wants to talk to the school about “%(title)s” before they answer."), "message-square"),
    ("placement", "of_age"): News(placed_student, N_("You are 18 now, so what your family had agreed to is yours to decide. Say yes yourself to “%(title)s”."), "user-check"),
    ("placement", "own_no"): News(school_of_home, N_("The student of “%(title)s” is 18 now and does not want contact shared any more."), "triangle-alert"),
    ("application", "guardian_no"): News(school_of_home, N_("A parent or guardian has taken their yes to “%(title)s” back."), "triangle-alert"),
    ("application", "guardian_refused"): News(student_and_school, N_("A parent or guardian has said no to “%(title)s”. Talk about it: nothing is shared and nothing starts."), "circle-x"),
    ("application", "guardian_question"): News(school_of_home, N_("A parent or guardian wants to talk to the school about “%(title)s” before they answer."), "message-square"),
    ("placement", "hold"): News(who_hears_of_hold, N_("The school has paused “%(title)s” for now. You need not do anything."), "pause"),
    ("placement", "lift"): News(all_placed, N_("“%(title)s” goes on."), "play"),
    ("report", "report"): News(told_of_case, N_("Student safety: something on the board waits for you. Open it today."), "flag"),
    ("report", "add"): News(told_of_case, N_("Student safety: there is something new on the board for you."), "flag", once=True),
    ("report", "pass_on"): News(told_of_case, N_("Student safety: something on the board waits for you. Open it today."), "flag"),
    ("report", "still"): News(told_of_case, N_("Student safety: something on the board still waits for you. Open it today."), "flag"),
    ("report", "answer"): News(told_of_case, N_("The school has an answer for you on the board."), "message-square"),
    ("saved_search", "find"): News(
        keeper, N_("%(count)s new projects for %(search)s."), "search", N_("A new project for %(search)s."),
    ),
    ("suggestion", "suggest"): News(all_coordinators, N_("A student suggests an employer: %(organization)s."), "megaphone", kind=Kind.EMPLOYER),
    ("suggestion", "invite"): News(suggester, N_("The school has invited %(organization)s, as you suggested."), "mail"),
    ("suggestion", "pass_on"): News(suggester, N_("Your suggestion is with %(organization)s now."), "send"),
    ("suggestion", "decline"): News(suggester, N_("The school said no to %(organization)s, which you suggested, this time. The reason is beside it."), "heart"),
    ("suggestion", "come"): News(suggester, N_("%(organization)s, which you suggested, has come to the board."), "user-check"),
    ("suggestion", "open"): News(suggester, N_("%(organization)s, which you suggested, has opened a project. Have a look."), "sparkles"),
    ("correction", "ask"): News(all_coordinators, N_("Somebody says that something the board keeps about them is wrong."), "pencil", kind=Kind.OTHER),
    ("correction", "answer"): News(who_asked, N_("The school has answered your request to correct something about you."), "pencil", kind=Kind.OTHER),
    ("posting", "pitch"): News(employer_of_posting, N_("A student of the school has an idea for you: “%(title)s”. It is a draft of yours now."), "sparkles"),
    ("employer", "wish"): News(its_people, N_("A student of the school would like a project from %(employer)s. Is there something small to do?"), "sparkles"),
    ("employer", "join"): News(all_coordinators, N_("%(employer)s asks to join the board."), "building-2"),
    ("employer", "verify"): News(its_people, N_("The school has checked %(employer)s. Your postings can open now."), "shield-check"),
    ("employer", "refuse"): News(its_people, N_("The school could not take %(employer)s on. The reason is on its page."), "circle-x"),
    ("employer", "alert"): News(all_coordinators, N_("%(employer)s sent in a posting that reads like a scam. Look at it before a teacher says yes."), "triangle-alert"),
    ("employer", "suspend"): News(people_and_coordinators, N_("The school has suspended %(employer)s. The reason is on its page."), "triangle-alert"),
    ("employer", "hand_over"): News(
        handed_over, N_("%(count)s postings of %(employer)s were handed over: their contact is now %(to)s."), "users",
        N_("A posting of %(employer)s was handed over: its contact is now %(to)s."),
    ),
    ("employer", "leave"): News(who_stays, N_("%(who)s has left %(employer)s."), "log-out"),
    ("person", "arrive"): News(colleagues_and_inviter, N_("%(who)s has come to the board."), "user-check"),
    ("employer", "lapse"): News(
        people_and_coordinators, N_("The school's check of %(employer)s has lapsed: its open projects pause until it is renewed."), "clock",
    ),
    ("employer", "renew"): News(its_people, N_("The school has renewed its check of %(employer)s."), "shield-check"),
    ("employer", "check_ends"): News(people_and_coordinators, N_("The school's check of %(employer)s ends on %(day)s and has to be renewed."), "calendar-clock"),
    ("employer", "supervisor_ends"): News(people_and_coordinators, N_("The check of a worksite supervisor of %(employer)s ends on %(day)s."), "calendar-clock"),
    ("employer", "supervisor_lapse"): News(people_and_coordinators, N_("The check of a worksite supervisor of %(employer)s has ended: projects on site with them pause until it is renewed, or somebody else is named."), "clock"),
    ("employer", "tell_school"): News(told_of_case, N_("%(employer)s is suspended. Students you look after work there or had applied: work is on hold, applications have ended."), "triangle-alert"),
    ("employer", "vet_supervisor"): News(its_people, N_("The school has checked a worksite supervisor of %(employer)s: students can work with them."), "user-check"),
    ("employer", "drop_supervisor"): News(its_people, N_("A worksite supervisor of %(employer)s has to be checked again. You may name somebody else."), "user"),
    ("placement", "supervisor_lapsed"): News(leads, N_("The school's check of the worksite supervisor of “%(title)s” has ended while it goes on. A coordinator looks at it."), "clock"),
    ("placement", "employer_lapsed"): News(leads, N_("The school's check of %(employer)s has lapsed while “%(title)s” goes on. A coordinator looks at it."), "clock"),
}  # fmt: skip


def kind_of(step: Step) -> Kind:
    news = HEARS.get((step.noun, step.move))
    return (news and news.kind) or KIND_OF.get(step.noun, Kind.OTHER)


# run in the transaction that makes notices, with the ids of their steps: how mail follows
followers: list[Callable[[list[int]], None]] = []

# -- the worker


def deliver() -> int:
    """Tell everybody concerned of every step that is not told yet; returns how many notices were made.

    Rows and marks go in one transaction, and a person has at most one notice of a step: after a crash between two
    batches, or with two workers at once, nobody hears twice and nobody is left out.
    """
    made = 0
    while True:
        told, notices = deliver_batch()
        made += notices
        if told < BATCH:
            return made


def deliver_batch() -> tuple[int, int]:
    """Steps told and notices made."""
    with database.atomic():
        steps = list(
            Step.select(Step, Person)
            .join(Person, JOIN.LEFT_OUTER)
            .where(Step.told_at.is_null(), Step.tell_at.is_null() | (Step.tell_at <= now()))
            .order_by(Step.id)
            .limit(BATCH)
        )
        told_of = [(step, person) for step in steps for person in dict.fromkeys(hearers(step))]
        rows = [{"person": person, "step": step.id, "created_at": step.at} for step, person in not_said_again(told_of)]
        if rows:
            Notice.insert_many(rows).on_conflict_ignore().execute()
        if steps:
            told = [step.id for step in steps]
            for follow in followers:
                follow(told)
            Step.update(told_at=now()).where(Step.id.in_(told)).execute()
    return len(steps), len(rows)


def not_said_again(told_of: list[tuple[Step, int]]) -> list[tuple[Step, int]]:
    """Without those who have not read the same sentence of the same thing yet: ten messages are one notice."""
    some = [step for step, _person in told_of if HEARS[step.noun, step.move].once]
    known = set()
    if some:
        unread = Notice.select(Notice.person, Step.noun, Step.noun_id, Step.move).join(Step)
        unread = unread.where(Notice.read_at.is_null(), Notice.person.in_({person for _step, person in told_of}))
        unread = unread.where(Step.noun.in_({s.noun for s in some}), Step.noun_id.in_({s.noun_id for s in some}))
        known = {(person, said_of(*which)) for person, *which in unread.tuples()}
    kept = []
    for step, person in told_of:
        key = person, said_of(step.noun, step.noun_id, step.move)
        if not (HEARS[step.noun, step.move].once and key in known):
            kept.append((step, person))
            known.add(key)
    return kept


def said_of(noun: str, number: int, move: str) -> tuple[str, int, str]:
    news = HEARS.get((noun, move))
    return noun, number, news.words if news else ""


def hearers(step: Step) -> list[int]:
    """Who hears of a step: never the person who made it."""
    news = HEARS.get((step.noun, step.move))
    return [person for person in news.hears(step) if person != step.person_id] if news else []
