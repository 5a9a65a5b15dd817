"""Postings follow when the school changes the name of a field or a skill."""

import secrets

from peewee import Value

from board.db import database, now
from board.postings.model import IndexRepair, Need, Posting, PostingSkill, State
from board.school.actions import follows_words
from board.search import index

AT_ONCE = 400  # postings brought into the index within the request that changed them


@follows_words
def words_changed(fields: list[int], skills: list[int], merged_into: int | None) -> None:
    """A field or a skill has another name: postings that carry it count as changed, for cards and index alike."""
    carrying = PostingSkill.select(PostingSkill.posting).where(PostingSkill.skill.in_(skills))
    if merged_into:  # what was a must stays one
        musts = carrying.where(PostingSkill.need == Need.MUST)
        PostingSkill.update(need=Need.MUST).where(
            PostingSkill.skill == merged_into, PostingSkill.posting.in_(musts)
        ).execute()
    touched = Posting.field.in_(fields) | Posting.id.in_(carrying)
    Posting.update(version=Posting.version + 1).where(touched).execute()
    mark = secrets.token_hex(8)
    found = Posting.select(Posting.id, Value(mark), Value(now())).where(touched, Posting.state == State.OPEN)
    IndexRepair.delete().where(IndexRepair.posting_id.in_(found.select(Posting.id))).execute()
    IndexRepair.insert_from(found, [IndexRepair.posting_id, IndexRepair.mark, IndexRepair.created_at]).execute()
    ids = [number for (number,) in IndexRepair.select(IndexRepair.posting_id).where(IndexRepair.mark == mark).tuples()]
    if 0 < len(ids) <= AT_ONCE:  # more are left to the worker; searches read the repair list until then
        database.after_commit(lambda: index.refresh(ids))
