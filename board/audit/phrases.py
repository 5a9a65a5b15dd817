"""The words of the audit trail for what the history of a thing has none of its own for."""

from board.words import N_

THINGS = {
    "person": N_("Person"), "posting": N_("Posting"), "revision": N_("Change to a posting"), "application": N_("Application"),
    "placement": N_("Placement"), "experience": N_("Experience"), "portfolio": N_("Portfolio"), "employer": N_("Employer"),
    "suggestion": N_("Suggestion"), "school": N_("School"), "field": N_("Field"), "skill": N_("Skill"),
    "starter": N_("Starter"), "synonym": N_("Search words"), "period": N_("Days of the school year"),
    "saved_search": N_("Saved search"), "sign_in": N_("Sign-in"),
}  # fmt: skip
WAYS = {
    "people.sign_in": N_("signed in with a password"), "people.first_password": N_("signed in with a code"),
    "people.welcome": N_("signed in by an invitation"), "people.set_up": N_("signed in by the set-up address"),
    "doors.come_in": N_("signed in by a link in a mail"), "doors.act": N_("came in by a link in a mail, for one thing only"),
    "doors.confirm": N_("signed in by confirming an address"), "employers.join": N_("joined by the public page"),
}  # fmt: skip
TAKEN = {
    "audit.take_out": N_("took the audit trail out"), "portfolio.export": N_("took a student’s experiences out as a file"),
    "calendar.feed": N_("fetched the days of %(name)s with a calendar program"),
    "public.credential": N_("fetched a signed credential"), "handing.download": N_("downloaded what was handed in"),
    "backup": N_("made a backup"),
}  # fmt: skip
KEYS = {
    "set_up": N_("made an address for setting up the board"), "mail_sign-in": N_("asked for a link to sign in, mailed to %(name)s"),
    "mail_confirm": N_("asked for a link to confirm an address, mailed to %(name)s"),
    "new_code": N_("made a sign-in code for %(name)s"), "invite": N_("made an invitation link for %(name)s"),
}  # fmt: skip
CHANGED = {
    "name": N_("name"), "state": N_("state"), "time_zone": N_("time zone"), "minimum_age": N_("minimum age"),
    "minimum_pay_cents": N_("minimum pay"), "open_to_visitors": N_("open to visitors"),
    "teachers_by_mail": N_("teachers sign in by mail"), "contact_passes": N_("ways to be reached pass"),
    "guardian_not_asked": N_("parents or guardians are asked"),
}  # fmt: skip
# moves that no history tells, for they are the board's own, or the thing has none
MOVES = {
    ("application", "lapse"): N_("let an offer lapse: its last day to answer had passed"),
    ("application", "release"): N_("gave the place free again"), ("application", "revoke"): N_("took an accepted offer back"),
    ("application", "offer_due"): N_("reminded the student of the last day to answer"),
    ("employer", "lapse"): N_("let the check of an employer lapse"),
    ("employer", "supervisor_lapse"): N_("let the check of a worksite supervisor lapse"),
    ("employer", "tell_school"): N_("told teachers that an employer is suspended"),
    ("placement", "answer_due"): N_("reminded the employer to look at the work"),
    ("placement", "answer_late"): N_("said that the work waits too long for an answer"),
    ("placement", "check_in_due"): N_("asked whether all is well"),
    ("placement", "check_in_nudge"): N_("asked once more whether all is well"),
    ("placement", "feedback_due"): N_("reminded people of feedback that is missing"),
    ("placement", "hours_wait"): N_("reminded the employer of hours to confirm"),
    ("placement", "pay_unconfirmed"): N_("asked the student whether the pay has come"),
    ("placement", "work_due"): N_("reminded the student of the day to hand in"),
    ("placement", "work_late"): N_("said that the work is late"),
    ("placement", "work_very_late"): N_("told the teachers that the work is very late"),
    ("saved_search", "find"): N_("found projects for a saved search"),
    ("suggestion", "come"): N_("saw that a suggested employer has come"),
    ("suggestion", "open"): N_("saw that a suggested employer has opened a project"),
}  # fmt: skip
# of whatever a coordinator sets up
SET_UP = {
    "add": N_("added it"), "change": N_("changed it"), "remove": N_("removed it"), "hide": N_("hid it"),
    "show": N_("showed it again"), "move": N_("changed its place"), "import": N_("brought it in from a list"),
    "imported": N_("brought it in from a list"),
}  # fmt: skip
