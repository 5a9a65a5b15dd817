""" "Is this a micro-internship?": four questions, and what to change where the answer is no."""

from dataclasses import dataclass

from board.words import N_


@dataclass(frozen=True)
class FitQuestion:
    words: str
    hint: str
    if_no: str


QUESTIONS = {
    "thing": FitQuestion(
        N_("Is there one thing at the end that you can hold, open or use?"),
        N_("A price list, a photo set, a cleaned spreadsheet, a bench, a short film."),
        N_("Name one thing the student hands over. “Help with our website” becomes “five product pages, written and "
           "with photos”. If there are two things, post two projects."),
    ),
    "short": FitQuestion(
        N_("Can it be done in 80 hours at most, within eight weeks?"),
        N_("Most projects here take 8 to 30 hours, beside school."),
        N_("Make it smaller: the first part that is useful by itself makes a good project. Post the next part later."),
    ),
    "doable": FitQuestion(
        N_("Could a high school student do it after an hour of explaining?"),
        N_("Somebody who is 15 or 16 and eager, who brings a class or a hobby, and who can ask questions."),
        N_("Take out the part that needs years of training, or do it together on the first day. Say in the posting who "
           "answers questions."),
    ),
    "fair": FitQuestion(
        N_("Is it paid, and not a shift that somebody else is paid for?"),
        N_("A fixed amount for the project. Not the register, the phone or the floor on Saturday."),
        N_("Set a fixed pay for the whole project. Work that somebody on your payroll would do otherwise is a job: post "
           "it as one, elsewhere. What is left undone because nobody gets to it is a project."),
    ),
}  # fmt: skip


def advice(answers: dict[str, str]) -> list[str]:
    """What to change, one sentence or two for each no. Nothing to change: it is one."""
    return [question.if_no for key, question in QUESTIONS.items() if answers.get(key) != "yes"]
