"""What the privacy tables themselves hold of people."""

from board.privacy.held import GONE, STUDENT, About, Element, Held, Keep, Seen
from board.words import N_

PRIVACY: dict[str, Held] = {
    "disclosure": Held(
        N_("Shown to an employer"),
        (Element(N_("What of a student was shown to which employer, when, on whose word"), ("student_id", "employer_id", "application_id", "placement_id", "what", "word", "person_id", "at"), N_("The law asks the school to keep this log (34 CFR 99.32)"), (Seen.STUDENT, Seen.TEACHERS, Seen.COORDINATORS), Keep.ACCOUNT),),
        of=(STUDENT,), gone=True,
    ),
    "access": Held(
        N_("Opened by somebody of the school"),
        (
            Element(N_("Who of the school opened the record of a student they do not look after"), ("student_id", "page", "day", "at"), N_("So that nobody looks without a reason"), (Seen.OWN, Seen.COORDINATORS), Keep.LOGS),
            Element(N_("The same, of who opened it"), ("staff_id",), N_("So that nobody looks without a reason"), (Seen.COORDINATORS,), Keep.LOGS, About.STAFF),
        ),
        of=(STUDENT, ("staff",)), gone=True,
    ),
    "correction": Held(
        N_("Correction asked for"),
        (Element(N_("What somebody says is wrong about them, and the answer"), ("person_id", "state", "words", "answer", "answered_by_id", "answered_at", "created_at"), N_("Everybody may ask for what is held of them to be put right"), (Seen.OWN, Seen.COORDINATORS), Keep.ACCOUNT, About.EVERYBODY),),
        of=(("person",),), blank={"words": GONE, "answer": ""}, wrote={"answered_by": ("answer",)},
    ),
    "erasure": Held(
        N_("Erased"),
        (Element(N_("That an account was erased, when and by whom; nothing else of it"), ("person_id", "by_id", "at", "cleaned_at", "rows", "in_index"), N_("To be able to say that it was done"), (Seen.COORDINATORS,), Keep.BOARD, About.EVERYBODY),),
        of=(("person",),),
    ),
    "home_erasure": Held(
        N_("Parent or guardian erased"),
        (Element(N_("That a parent or guardian was erased, when and by whom; nothing else of them"), ("guardian_id", "student_id", "by_id", "at", "cleaned_at", "rows"), N_("To be able to say that it was done"), (Seen.COORDINATORS,), Keep.BOARD, About.GUARDIAN),),
        of=(STUDENT,),
    ),
}  # fmt: skip
