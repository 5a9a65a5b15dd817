"""The yardstick of the search: Whoosh as it comes, on the same postings. Stemmed words, any of them, BM25F."""

from pathlib import Path

from whoosh import index
from whoosh.analysis import StemmingAnalyzer
from whoosh.fields import ID, TEXT, Schema
from whoosh.qparser import MultifieldParser, OrGroup

PARTS = ("title", "skills", "employer", "field", "description")


def build(path: Path) -> None:
    from board.postings.model import Posting, State
    from board.search.documents import texts

    if path.exists() and index.exists_in(path):
        return
    path.mkdir(exist_ok=True)
    schema = Schema(id=ID(stored=True), **{name: TEXT(analyzer=StemmingAnalyzer()) for name in PARTS})
    writer = index.create_in(path, schema).writer(limitmb=256)
    references = dict(Posting.select(Posting.id, Posting.reference).where(Posting.state == State.OPEN).tuples())
    for number, parts in texts():
        writer.add_document(id=references[number], **{name: parts[name] for name in PARTS})
    writer.commit()


class Plain:
    """References of the ten best, best first."""

    def __init__(self, path: Path):
        self.searcher = index.open_dir(path).searcher()
        self.parser = MultifieldParser(PARTS, self.searcher.schema, group=OrGroup)

    def __call__(self, q: str) -> list[str]:
        return [hit["id"] for hit in self.searcher.search(self.parser.parse(q), limit=10)]
