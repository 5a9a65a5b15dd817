"""What parents and guardians answer by their link, and take back. Part of actions.py, which hands these on."""

from datetime import timedelta

from board.applications.model import Application
from board.db import database, now
from board.guardians import text
from board.guardians.asking import happened, waiting
from board.guardians.model import WORDS, GuardianAnswer, GuardianAsk, How, Word, is_minor
from board.guardians.rules import ANSWERS_AN_HOUR
from board.moves import Refused, TooLate
from board.school.model import today
from board.words import N_


class TooOften(Refused):
    """More answers within the hour than anybody needs to make up their mind."""


def answer(link: GuardianAsk, word: Word, name: str, language: str, words: str = "") -> GuardianAnswer:
    """By the link. It takes the place of what the same person said before. Raises Refused, TooLate, TooOften."""
    if word == Word.YES and not name:
        raise Refused(N_("Type your name: it stands for your signature."))
    with database.atomic():
        application = must_be_open(link)
        must_be_calm(link)
        agreed = {"text_version": text.CURRENT, "text_digest": text.digest(text.CURRENT)} if word == Word.YES else {}
        made = keep(
            application,
            word,
            How.LINK,
            guardian=link.guardian,
            name=name,
            why=words[:WORDS],
            language=language,
            **agreed,
        )
        happened(application, MOVE_OF[word], None, answer=made.id)
    return made


MOVE_OF = {Word.YES: "guardian_yes", Word.QUESTION: "guardian_question", Word.NO: "guardian_refused"}


def must_be_open(link: GuardianAsk) -> Application:
    """The application as it stands in this transaction: there is still something to say yes to."""
    application = waiting().where(Application.id == link.application_id).first()
    if application is None or not is_minor(application.student, today()):
        raise TooLate(None)
    return application


def must_be_calm(link: GuardianAsk) -> None:
    """Counted for each person: how often one of them answers keeps nobody else from saying no."""
    recent = by_link(link).where(GuardianAnswer.created_at > now() - timedelta(hours=1))
    if recent.count() >= ANSWERS_AN_HOUR:
        raise TooOften(
            N_("Too many answers came in this past hour, so this one was not saved. Please call the school.")
        )


def keep(application: Application, word: Word, how: How, **values) -> GuardianAnswer:
    return GuardianAnswer.create(
        application=application, answer=word, how=how, **{"signed_on": today(), **values}
    )  # fmt: skip


def said_by(link: GuardianAsk) -> GuardianAnswer | None:
    """What whoever holds this link has answered last: the guardian it was sent to, or whoever is at home."""
    if link.guardian_id is None:
        return by_link(link).order_by(GuardianAnswer.id.desc()).first()
    mine = GuardianAnswer.guardian == link.guardian_id
    query = GuardianAnswer.select().where(GuardianAnswer.application == link.application_id, mine)
    return query.order_by(GuardianAnswer.id.desc()).first()


def by_link(link: GuardianAsk):
    """What was answered about this application by links of the same person, or by slips for whoever is at home."""
    mine = GuardianAnswer.guardian == link.guardian_id if link.guardian_id else GuardianAnswer.guardian.is_null()
    about = GuardianAnswer.application == link.application_id
    return GuardianAnswer.select().where(about, GuardianAnswer.how == How.LINK, mine)


def withdraw(link: GuardianAsk) -> None:
    """Whoever holds the link takes their own yes back, whatever it was given on. Raises TooLate when there is none."""
    with database.atomic():
        must_be_open(link)
        last = said_by(link)
        if last is None or last.answer != Word.YES or last.withdrawn_at:
            raise TooLate(None)
        GuardianAnswer.update(withdrawn_at=now()).where(GuardianAnswer.id == last.id).execute()
        happened(Application.get_by_id(link.application_id), "guardian_no", None, answer=last.id)
