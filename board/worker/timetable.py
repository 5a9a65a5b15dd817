"""The timetable: every job the worker does by itself, in one place. A new one is one more line.

A job says what it is in plain words, when it is due, and what it runs: a function without arguments that gives how
many of what it did, as {name: number}, and `did` has the words for each. It can be run twice without harm: what a
killed worker began is begun again.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import time

from board import notices
from board.applications import actions as applications
from board.applications import reminders
from board.audit import chain
from board.db import weigh
from board.employers import vetting_days
from board.experience import actions as experience
from board.guardians import actions as guardians
from board.mail import actions as mail
from board.mail import sending
from board.placements import check_in_actions, feedback_days, files
from board.placements import reminders as placement_reminders
from board.postings import again, ahead, joining, late, watch
from board.privacy import cleaning, disclosures, retention
from board.reports import case_actions
from board.school.model import today
from board.search import index
from board.words import N_
from board.worker.times import Daily, Every


@dataclass(frozen=True)
class Job:
    name: str
    words: str  # what it does
    when: Every | Daily
    run: Callable[[], dict[str, int] | None]
    did: dict[str, str]  # marked words with a %(num)s
    before_set_up: bool = False  # also on a board that has no school yet
    apart: bool = False  # in a thread of its own: it may be slow, as somebody it talks to is


def forget_letters() -> dict[str, int]:
    sending.forget_files()
    return {"letters": mail.forget()}


JOBS = (
    Job("notices", N_("Tell people what happened"), Every(1), lambda: {"notices": notices.deliver()},
        {"notices": N_("Notices made: %(num)s")}, before_set_up=True),
    Job("index", N_("Keep the search up to date"), Every(1), lambda: {"postings": index.repair()},
        {"postings": N_("Postings brought up to date: %(num)s")}, before_set_up=True),
    Job("searches", N_("Look for what saved searches find"), Every(1), lambda: {"found": watch.watch()},
        {"found": N_("Projects found: %(num)s")}),
    Job("digests", N_("Write the letters that gather what happened"), Every(1), lambda: {"letters": mail.gather()},
        {"letters": N_("Letters written: %(num)s")}),
    Job("mail", N_("Send mail"), Every(1), sending.send_round,
        {"sent": N_("Letters sent: %(num)s"), "failed": N_("Letters that could not be sent: %(num)s")}, apart=True),
    Job("pages", N_("Draw the pages of projects before somebody asks for them"), Every(1), ahead.run,
        {"drawn": N_("Pages drawn: %(num)s")}, apart=True),
    Job("dates", N_("End offers whose last day has passed, and answer for employers who did not"), Daily(time(0, 5)),
        lambda: applications.daily(today()),
        {"lapsed": N_("Offers ended: %(num)s"), "answered": N_("Applicants answered: %(num)s")}),
    Job("reminders", N_("Remind people of days that come close"), Daily(time(7)), lambda: reminders.remind(today()),
        reminders.DID),
    Job("experience", N_("Put feedback that has opened into experiences"), Daily(time(0, 15)),
        lambda: {"taken": experience.daily()}, {"taken": N_("Experiences brought up to date: %(num)s")}),
    Job("work and pay", N_("Remind people of work that is due, of answers and of pay"), Daily(time(7, 5)),
        lambda: placement_reminders.remind(today()), placement_reminders.DID),
    Job("files", N_("Remove files that belong to nothing"), Daily(time(3, 20)), lambda: {"files": files.sweep()},
        {"files": N_("Files removed: %(num)s")}),
    Job("check-ins", N_("Ask whether all is well, remind who has not answered, and of hours to confirm"), Daily(time(7, 5)),
        lambda: check_in_actions.daily(today()), check_in_actions.DID),
    Job("feedback", N_("Open feedback after a week, and ask for what is missing"), Daily(time(7, 10)),
        lambda: feedback_days.daily(today()), feedback_days.DID),
    Job("look again", N_("Look at open projects again when the rules or the calendar have changed, and every day"), Every(5), again.look,
        {"looked": N_("Projects looked at: %(num)s"), "hidden": N_("Projects hidden until a teacher has looked: %(num)s")}),
    Job("late postings", N_("Tell coordinators what has waited for a teacher for three school days"), Daily(time(7, 15)),
        late.pass_on, {"late": N_("Postings passed on: %(num)s")}),
    Job("old letters", N_("Forget letters that were sent some weeks ago"), Daily(time(3)), forget_letters,
        {"letters": N_("Letters forgotten: %(num)s")}),
    Job("newcomers", N_("Forget who asked to join and never confirmed a mail address"), Daily(time(3, 10)),
        lambda: {"forgotten": joining.forget_newcomers()}, {"forgotten": N_("Forgotten: %(num)s")}),
    Job("audit", N_("Follow the chain of the audit trail"), Daily(time(2, 50)), chain.nightly,
        {"entries": N_("Entries that hold: %(num)s")}, before_set_up=True),
    Job("vetting", N_("Let checks of employers lapse on their day, and remind people a month before"), Daily(time(0, 10)),
        lambda: vetting_days.daily(today()), vetting_days.DID),
    Job("guardians", N_("Remind parents and guardians once, and ask students who turn 18 themselves"), Daily(time(8)),
        lambda: guardians.daily(today()),
        {"reminded": N_("Reminders written: %(num)s"), "of_age": N_("Students asked who turned 18: %(num)s")}),
    Job("safety", N_("Pass on cases of student safety that nobody opened in time"), Every(10), case_actions.move_on_unseen, {}),
    Job("tidy", N_("Let go of what was kept long enough"), Daily(time(2, 10)), retention.tidy, retention.DID),
    Job("clean", N_("Take people who were erased off the disk"), Every(1), lambda: {"cleaned": cleaning.clean()},
        {"cleaned": N_("People taken off the disk: %(num)s")}),
    Job("shown", N_("Complete the log of what employers were shown"), Daily(time(2, 40)),
        lambda: {"lines": disclosures.catch_up()}, {"lines": N_("Lines added: %(num)s")}),
    Job("weigh", N_("Let the database count what it holds, so that it stays quick"), Every(60), weigh, {},
        before_set_up=True),
)  # fmt: skip
BY_NAME = {job.name: job for job in JOBS}
