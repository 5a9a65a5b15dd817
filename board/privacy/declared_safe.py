"""What the checks, the check of employers, parents and guardians, student safety and the audit trail hold of people."""

from board.privacy.held import APPLIED, GONE, STUDENT, About, Element, Held, Keep, Seen
from board.words import N_

STAFF = (Seen.TEACHERS, Seen.COORDINATORS)
LAW = N_("So that the school can show what was checked before it said yes")
DESK = N_("So that postings are read in time, and each by one teacher")
VETTED = N_("So that students work with adults the school has checked")
HOME = N_("So that a parent or guardian can say yes or no")
SAFETY = N_("So that whoever looks after student safety can act, and show what was done")
TRAIL = N_("So that it can be shown who did what, and that nobody changed it since")

SAFE: dict[str, Held] = {
    # -- checks of projects
    "rule": Held(
        N_("Rule of the school"),
        (Element(N_("Who looked up a rule, and when"), ("reviewed_on", "reviewed_by_id"), N_("So that rules are looked up again in time"), (Seen.COORDINATORS,), Keep.BOARD, About.STAFF),),
        plain=("key", "state", "value", "source", "address", "created_at"), acted=("reviewed_by",),
    ),
    "checked": Held(
        N_("Checks of a project"),
        (Element(N_("What was checked, by which rules, and what was found; of a student their age on the days, no birth date"), ("noun", "noun_id", "stage", "person_id", "rules", "inputs", "results", "at"), LAW, STAFF, Keep.BOARD, About.STAFF),),
        plain=("blocking",), acted=("person",),
    ),
    "harmless": Held(
        N_("Judged harmless"),
        (Element(N_("Which teacher judged a word in a project harmless, and why"), ("employer_id", "mark", "reason", "person_id", "posting_id", "once", "created_at"), N_("So that the same is not asked again"), STAFF, Keep.TAKES_PART, About.STAFF),),
        wrote={"person": ("reason",)}, blank_by={"person": {"reason": GONE}},
    ),
    # -- the review desk
    "review_field": Held(
        N_("Field that a teacher reviews"),
        (Element(N_("Which teacher reviews which fields"), ("person_id", "field_id"), DESK, STAFF, Keep.ACCOUNT, About.STAFF),),
        of=(("person",),), gone=True,
    ),
    "claim": Held(
        N_("Project a teacher has taken"),
        (Element(N_("Which teacher has taken a project to review"), ("posting_id", "person_id", "at"), DESK, (Seen.TEACHERS, Seen.COORDINATORS), Keep.LOGS, About.STAFF),),
        of=(("person",),), gone=True,
    ),
    "canned": Held(
        N_("Words kept ready"),
        (Element(N_("Words a teacher keeps ready for employers"), ("person_id", "section", "words", "language", "created_at"), DESK, (Seen.OWN,), Keep.ACCOUNT, About.STAFF),),
        of=(("person",),), gone=True,
    ),
    "approval": Held(
        N_("First of two yeses"),
        (Element(N_("Which teacher agreed first, where two have to"), ("posting_id", "person_id", "mark", "made_at"), DESK, STAFF, Keep.LOGS, About.STAFF),),
        of=(("person",),), gone=True,
    ),
    "decision": Held(
        N_("Decision that could be taken back"),
        (Element(N_("Which teacher decided what about a project, and whether they took it back within minutes"), ("posting_id", "person_id", "move", "before", "made_at", "undone_at"), DESK, STAFF, Keep.LOGS, About.STAFF),),
        of=(("person",),), plain=("first_step", "last_step", "version"), gone=True,
    ),
    # -- checks of employers
    "vetting": Held(
        N_("Check of an employer"),
        (Element(N_("When an employer was checked, until when, and what was lacking"), ("employer_id", "began_at", "ended_at", "until", "lacking"), VETTED, (Seen.COORDINATORS,), Keep.TAKES_PART, About.EMPLOYER),),
    ),
    "vetting_item": Held(
        N_("Part of a check of an employer"),
        (Element(N_("What a coordinator found about an employer, and when"), ("vetting_id", "item", "outcome", "words", "person_id", "checked_at"), VETTED, (Seen.COORDINATORS,), Keep.TAKES_PART, About.EMPLOYER),),
        wrote={"person": ("words",)},
    ),
    "supervisor_check": Held(
        N_("Check of a worksite supervisor"),
        (Element(N_("Whether a worksite supervisor was reached and checked, how, when and until when; never a report"), ("supervisor_id", "background", "background_on", "background_by", "contact_seen_on", "vetted_until", "person_id", "updated_at"), VETTED, (Seen.COORDINATORS,), Keep.TAKES_PART, About.EMPLOYER),),
        acted=("person",),
    ),
    # -- at home
    "guardian": Held(
        N_("Parent or guardian"),
        (Element(N_("Name, mail address, language, and what they are to the student; from the school, never from the student"), ("student_id", "name", "email", "language", "relation", "source", "added_by_id", "created_at", "gone_at"), HOME, STAFF, Keep.ACCOUNT, About.GUARDIAN),),
        of=(STUDENT,), gone=True,
    ),
    "guardian_ask": Held(
        N_("Link for a parent or guardian"),
        (
            Element(N_("When a parent or guardian was asked about which project, and how"), ("application_id", "guardian_id", "way", "language", "asked_by_id", "created_at", "ended_at"), HOME, STAFF, Keep.ACCOUNT, About.GUARDIAN),
            Element(N_("A fingerprint of the link"), ("secret_hash",), N_("So that the link opens that page alone"), (Seen.NOBODY,), Keep.ACCOUNT, About.TECHNICAL, masked=True),
        ),
        of=(APPLIED,), gone=True,
    ),
    "guardian_answer": Held(
        N_("Answer of a parent or guardian"),
        (
            Element(N_("What a parent or guardian answered, by link or on paper, to which text, when, and whether they took it back"), ("application_id", "answer", "how", "text_version", "text_digest", "language", "recorded_by_id", "signed_on", "created_at", "withdrawn_at", "settled_at"), N_("Under 18 nothing starts without it"), (Seen.STUDENT, *STAFF), Keep.ACCOUNT, About.GUARDIAN),
            Element(N_("The name under their answer, and what they would like to talk to the school about"), ("guardian_id", "name", "why"), HOME, STAFF, Keep.ACCOUNT, About.GUARDIAN),
        ),
        of=(APPLIED,), gone=True,
    ),
    # -- student safety
    "report": Held(
        N_("Something felt wrong"),
        (Element(N_("What felt wrong to somebody, about what and whom, and what was done"), ("about", "number", "posting_id", "application_id", "placement_id", "message_id", "employer_id", "subject_id", "person_id", "guardian_id", "by", "words", "in_danger", "state", "outcome", "opened_at", "due_at", "closed_at", "created_at"), SAFETY, (Seen.OWN, Seen.SAFETY), Keep.SAFETY, About.EVERYBODY),),
        plain=("holds_posting", "holds_placement", "holds_messages", "posting_held_before", "placement_held_before"),
        wrote={"person": ("words",)}, acted=("subject",),
    ),
    "report_about": Held(
        N_("Named in a case of student safety"),
        (Element(N_("Whom a case is about: they never read it"), ("report_id", "person_id", "named"), SAFETY, (Seen.SAFETY,), Keep.SAFETY, About.EVERYBODY),),
        secret=True,
    ),
    "report_reader": Held(
        N_("Reads a case of student safety"),
        (Element(N_("Whom a case has reached, and when they opened it"), ("report_id", "person_id", "stage", "since", "opened_at"), SAFETY, (Seen.SAFETY,), Keep.SAFETY, About.STAFF),),
        secret=True,
    ),
    "report_entry": Held(
        N_("Log of a case of student safety"),
        (Element(N_("Notes and steps of a case"), ("report_id", "person_id", "to_id", "kind", "words", "done_on", "at"), SAFETY, (Seen.SAFETY,), Keep.SAFETY, About.STAFF),),
        secret=True,
    ),
    # -- the audit trail: numbers and codes alone, and nothing is ever changed in it
    "audit_entry": Held(
        N_("Entry of the audit trail"),
        (Element(N_("Who did what to which thing, when: numbers and codes, no words and no names"), ("at", "kind", "what", "person_id", "noun", "noun_id", "step_id", "from_state", "to_state", "detail"), TRAIL, (Seen.COORDINATORS,), Keep.BOARD, About.EVERYBODY),),
        plain=("previous", "hash"),
    ),
    "audit_tally": Held(
        N_("Tries to sign in, counted"),
        (Element(N_("How often somebody tried in vain, while it goes on"), ("key", "kind", "person_id", "noun", "noun_id", "number", "held", "written_at", "last_at"), TRAIL, (Seen.COORDINATORS,), Keep.LOGS, About.EVERYBODY),),
    ),
}  # fmt: skip
