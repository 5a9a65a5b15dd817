"""What the tables of employers, projects, applications, placements and experience hold of people."""

from board.privacy.held import APPLIED, GONE, PLACED, STUDENT, About, Element, Held, Keep, Seen
from board.words import N_

STAFF = (Seen.TEACHERS, Seen.COORDINATORS)
BOTH = (Seen.STUDENT, Seen.AGREED, *STAFF)
SENT = (Seen.STUDENT, Seen.EMPLOYER, *STAFF)
FIRM = (Seen.THEIRS, *STAFF)

TO_APPLY = N_("So that an employer can choose without knowing the name")
TO_WORK = N_("So that student, employer and school know what was agreed and done")
SAFE = N_("So that a teacher can look after the student")

WORK: dict[str, Held] = {
    # -- employers
    "employer": Held(
        N_("Employer"),
        (Element(N_("The organization: name, place, website, what it says of itself"), ("name", "place", "website", "about", "offer", "size"), N_("So that students know for whom they work"), (Seen.READERS,), Keep.TAKES_PART, About.EMPLOYER),),
        plain=("state", "verified_until", "trusted_at", "unconfirmed_at", "created_at"),
    ),
    "supervisor": Held(
        N_("Worksite supervisor"),
        (Element(N_("Worksite supervisors: name and job title"), ("name", "title"), N_("A student works with a named adult whom the school has checked"), BOTH, Keep.TAKES_PART, About.EMPLOYER),),
        plain=("employer_id", "created_at"),
    ),
    "posting": Held(
        N_("Project offered"),
        (
            Element(N_("Who at the employer looks after a project"), ("contact_id",), N_("So that somebody answers"), FIRM, Keep.TAKES_PART, About.EMPLOYER),
            Element(N_("Where, when and how to get there"), ("location", "address", "times", "getting_there", "supervisor_id"), N_("So that a student knows where they would go; not for strangers"), (Seen.STUDENT, *FIRM), Keep.TAKES_PART, About.EMPLOYER),
        ),
        of=(("contact",),), blank={"contact": None},
        plain=(
            "employer_id", "state", "held_at", "reference", "version", "title", "summary", "description", "deliverable", "field_id",
            "hours", "weeks", "rhythm", "starts_on", "due_on", "seats", "pay_cents", "paid_how", "place", "resume_title", "minimum_age",
            "minimum_grade", "first_project_welcome", "ai_tools", "ai_note", "apply_by", "decide_by", "created_at", "updated_at",
            "submitted_at", "opened_at", "tasks", "sessions", "worker_kind", "premises", "alone",
        ),
    ),
    "posting_helper": Held(
        N_("Helps with a project"),
        (Element(N_("Who else helps with a project"), ("person_id", "posting_id", "created_at"), N_("So that they are told"), FIRM, Keep.TAKES_PART, About.EMPLOYER),),
        of=(("person",),), gone=True,
    ),
    "revision": Held(
        N_("Change to a project"),
        (Element(N_("Who asked for which change to a project"), ("author_id", "content", "created_at"), N_("So that a teacher can see what changed"), FIRM, Keep.TAKES_PART, About.EMPLOYER),),
        plain=("posting_id", "state"), wrote={"author": ("content",)},
    ),
    "comment": Held(
        N_("Words about a project"),
        (Element(N_("What teachers and employers write about a project"), ("author_id", "section", "words", "created_at"), N_("To make a project ready for students"), FIRM, Keep.TAKES_PART, About.EMPLOYER),),
        plain=("posting_id",), wrote={"author": ("words",)}, blank_by={"author": {"words": GONE}},
    ),
    "viewing": Held(
        N_("Reads a project"),
        (Element(N_("Which teacher has a project open"), ("person_id", "posting_id", "seen_at"), N_("So that two do not read the same"), (Seen.TEACHERS,), Keep.LOGS, About.STAFF),),
        of=(("person",),), gone=True,
    ),
    "skill": Held(
        N_("Skill proposed"),
        (Element(N_("Who proposed a skill"), ("proposed_by_id",), N_("So that the school can ask back"), (Seen.COORDINATORS,), Keep.BOARD, About.EVERYBODY),),
        plain=("slug", "name", "folded", "field_id", "state", "created_at"), wrote={"proposed_by": ("name",)},
    ),
    "suggestion": Held(
        N_("Employer a student suggested"),
        (
            Element(N_("Employers students suggest, why, and how they know them"), ("student_id", "organization", "place", "why", "known", "title", "make", "hours", "created_at"), N_("So that the school can invite them"), (Seen.STUDENT, Seen.COORDINATORS), Keep.ACCOUNT),
            Element(N_("Who was invited for it"), ("person_id",), N_("So that the student hears of it"), (Seen.COORDINATORS,), Keep.ACCOUNT, About.EMPLOYER),
        ),
        of=(STUDENT,), plain=("state", "employer_id", "posting_id"), gone=True,
    ),
    # -- applications
    "application": Held(
        N_("Application"),
        (
            Element(N_("What a student asked to do, and what became of it"), ("posting_id", "student_id", "state", "code", "seat", "answer_by", "reason", "created_at", "updated_at", "submitted_at"), TO_APPLY, SENT, Keep.APPLICATION),
            Element(N_("Why they would like to do it"), ("why",), TO_APPLY, SENT, Keep.APPLICATION),
        ),
        of=(STUDENT,), blank={"why": ""},
    ),
    "answer": Held(
        N_("Answer to an employer’s question"),
        (Element(N_("Answers to the questions of an employer"), ("application_id", "question_id", "position", "asked", "words"), TO_APPLY, SENT, Keep.APPLICATION),),
        of=(APPLIED,), gone=True,
    ),
    "evidence": Held(
        N_("Where they show a skill"),
        (Element(N_("Where a student shows a skill"), ("application_id", "skill_id", "kind", "words"), TO_APPLY, SENT, Keep.APPLICATION),),
        of=(APPLIED,), gone=True,
    ),
    "reading": Held(
        N_("Draft a teacher was asked to read"),
        (Element(N_("Drafts students ask teachers to read, and what they say"), ("application_id", "teacher_id", "asked_at", "answered_at", "words"), N_("To help before it is sent"), (Seen.STUDENT, Seen.TEACHERS), Keep.APPLICATION),),
        of=(APPLIED,), gone=True, wrote={"teacher": ("words",)},
    ),
    # -- placements
    "placement": Held(
        N_("Project done"),
        (
            Element(N_("Who does which project, from when to when, for what pay"), ("application_id", "state", "hours", "pay_cents", "starts_on", "due_on", "agreed_at", "started_at", "ended_at", "end_reason", "held_at", "own_goal_minutes", "created_at"), TO_WORK, BOTH, Keep.BOARD),
            Element(N_("Which teachers and which supervisor look after it"), ("lead_id", "cover_id", "supervisor_id"), SAFE, BOTH, Keep.BOARD, About.STAFF),
        ),
        of=(APPLIED,),
    ),
    "guardian_yes": Held(
        N_("Yes of a parent or guardian"),
        (Element(N_("That a parent or guardian has signed, when, and who at school saw the paper; not their name"), ("placement_id", "about", "signed_on", "recorded_by_id", "created_at", "withdrawn_at"), N_("Under 18 nothing starts without it"), (Seen.STUDENT, *STAFF), Keep.ACCOUNT, About.GUARDIAN),),
        of=(PLACED,), gone=True,
    ),
    "agreement": Held(
        N_("Training agreement"),
        (
            Element(N_("What was agreed: work, place, times, pay, insurance"), ("placement_id", "version", "what", "place", "times", "pay_by", "pay_how", "insurance", "worker_kind", "updated_at"), TO_WORK, BOTH, Keep.BOARD),
            Element(N_("Whom to call at work"), ("call",), N_("So that the school and the student can reach somebody"), (Seen.STUDENT, *FIRM), Keep.BOARD, About.EMPLOYER),
            Element(N_("Work permit: number and date"), ("permit_needed", "permit_number", "permit_on"), N_("Some states ask for one before 18"), BOTH, Keep.ACCOUNT),
        ),
        of=(PLACED,), blank={"permit_number": "", "permit_on": None},
    ),
    "signature": Held(
        N_("Signature under a training agreement"),
        (Element(N_("Who signed the training agreement, and when"), ("placement_id", "party", "version", "person_id", "recorded_by_id", "signed_on", "created_at"), TO_WORK, BOTH, Keep.BOARD),),
        of=(PLACED,),
    ),
    "placement_milestone": Held(
        N_("Part of the work"),
        (Element(N_("Parts of the work, and when they were done"), ("placement_id", "position", "title", "due_on", "done_at", "accepted_at"), TO_WORK, BOTH, Keep.BOARD),),
        of=(PLACED,),
    ),
    "hours_entry": Held(
        N_("Hours worked"),
        (Element(N_("Hours worked, on which day, at what"), ("placement_id", "state", "worked_on", "starts_at", "ends_at", "minutes", "did", "skill_id", "query", "confirmed_at", "confirmed_by_id", "created_at"), N_("To keep to the hours the law allows, and for the student's own record"), BOTH, Keep.BOARD),),
        of=(PLACED,), blank={"did": GONE, "query": ""},
    ),
    "check_in": Held(
        N_("Check-in"),
        (Element(N_("Whether all is well, from both sides"), ("placement_id", "due_on", "party", "well", "words", "answered_at", "settled_at"), SAFE, (Seen.OWN, *STAFF), Keep.MESSAGES),),
        of=(PLACED,), blank={"words": ""},
    ),
    "delivery": Held(
        N_("Handed in"),
        (Element(N_("What was handed in, and what the employer said"), ("placement_id", "number", "words", "delivered_at", "accepted", "answer", "answered_at", "answered_by_id"), TO_WORK, BOTH, Keep.MESSAGES),),
        of=(PLACED,), blank={"words": ""}, wrote={"answered_by": ("answer",)},
    ),
    "attachment": Held(
        N_("File or link"),
        (Element(N_("Files and links a student hands in"), ("placement_id", "delivery_id", "person_id", "name", "address", "stored", "kind", "size", "digest", "created_at"), TO_WORK, BOTH, Keep.ACCOUNT),),
        of=(PLACED, ("person",)), gone=True,
    ),
    "message": Held(
        N_("Message"),
        (Element(N_("Messages of a project; a teacher can read all of them"), ("placement_id", "writer_id", "words", "created_at", "held_at", "passed_at", "stopped_at", "decided_by_id"), N_("So that student and employer talk where the school can see it"), BOTH, Keep.MESSAGES, About.EVERYBODY),),
        of=(PLACED,), wrote={"writer": ("words",)}, blank_by={"writer": {"words": GONE}},
    ),
    "message_read": Held(
        N_("How far they read"),
        (Element(N_("How far somebody has read the messages"), ("placement_id", "person_id", "upto"), N_("To show what is new"), (Seen.OWN,), Keep.MESSAGES, About.EVERYBODY),),
        of=(("person",),), gone=True,
    ),
    "payment": Held(
        N_("Pay"),
        (Element(N_("What is owed, and what each side says of it; no bank data"), ("placement_id", "cents", "due_on", "how", "why", "paid_on", "received_on", "created_at"), N_("So that every student is paid"), BOTH, Keep.BOARD),),
        of=(PLACED,),
    ),
    "employer_feedback": Held(
        N_("Feedback of the employer"),
        (Element(N_("How the work was, from the employer"), ("placement_id", "person_id", "quality", "reliability", "communication", "independence", "learning", "quote", "may_name_reference", "given_at"), N_("So that the student can show it"), BOTH, Keep.ACCOUNT),),
        of=(PLACED,), wrote={"person": ("quote",)},
        blank={"quality": None, "reliability": None, "communication": None, "independence": None, "learning": None, "quote": ""},
    ),
    "skill_rating": Held(
        N_("How well a skill was shown"),
        (Element(N_("How well a skill of the project was shown"), ("placement_id", "skill_id", "level", "words"), N_("So that the student can show it"), BOTH, Keep.ACCOUNT),),
        of=(PLACED,), gone=True,
    ),
    "student_feedback": Held(
        N_("Feedback of the student"),
        (Element(N_("How the employer was, from the student; employers read averages of three and more"), ("placement_id", "clear_task", "answers", "respect", "learning", "again", "reflection", "given_at"), N_("So that the next student knows"), (Seen.STUDENT, *STAFF), Keep.BOARD),),
        of=(PLACED,), blank={"reflection": ""},
    ),
    # -- what the student keeps
    "experience": Held(
        N_("Verified experience"),
        (
            Element(N_("What a student did, for whom, when, how long, and what the employer said"), ("placement_id", "student_id", "title", "organization", "place", "began_on", "ended_on", "minutes", "delivered", "quote", "may_name_reference", "created_at"), N_("For their résumé"), (Seen.STUDENT, *STAFF, Seen.LINK), Keep.ACCOUNT),
            Element(N_("Who supervised it"), ("supervisor", "supervisor_title"), N_("So that it can be verified"), (Seen.STUDENT, *STAFF, Seen.LINK), Keep.ACCOUNT, About.EMPLOYER),
            Element(N_("What the student lets others see, and since when it is public"), ("shows_hours", "shows_supervisor", "shows_delivered", "shows_skills", "shows_quote", "in_portfolio", "shared_at"), N_("So that the student decides"), (Seen.STUDENT, *STAFF), Keep.ACCOUNT),
            Element(N_("The address of a public page"), ("token",), N_("So that only who has the link finds it"), (Seen.STUDENT, Seen.LINK), Keep.ACCOUNT, About.TECHNICAL, masked=True),
        ),
        of=(STUDENT,), gone=True,
    ),
    "experience_skill": Held(
        N_("Skill used"),
        (Element(N_("Skills that were used, and who vouched for them"), ("experience_id", "name", "level", "vouched_by", "shown"), N_("For their résumé"), (Seen.STUDENT, *STAFF, Seen.LINK), Keep.ACCOUNT),),
        of=(("experience", "student"),), gone=True,
    ),
}  # fmt: skip
