"""How Whoosh reaches the index's files: those that were compared with their digests."""

from pathlib import Path

from whoosh.codec.whoosh3 import W3Codec
from whoosh.filedb.filestore import FileStorage, RamStorage
from whoosh.filedb.structfile import BufferFile, StructFile

from board.search.manifest import File


class InParts(StructFile):
    """A segment is several files in one. Each is read when it is opened, but for the postings: these are read word by
    word later on, and only where they are is asked for here."""

    def __init__(self, content: File, name: str):
        super().__init__(content.file, name=name)
        self.content = content

    def subset(self, position, length, name=None):
        left_out = name and name.endswith(W3Codec.POSTS_EXT)
        return BufferFile(b"" if left_out else self.content.read(position, length), name=name)

    def close(self):
        """It stays open: see manifest."""


class ToRead(RamStorage):
    """The index while it is being opened: its files and no others."""

    def __init__(self, files: dict[str, File]):
        super().__init__()
        self.files = files

    def open_file(self, name, **kwargs):
        if name not in self.files:
            raise NameError(name)
        file = self.files[name]
        return InParts(file, name) if name.endswith(".seg") else BufferFile(file.read(0), name=name)


class ToWrite(FileStorage):
    """The index for writing. Files are read piece by piece: a mapped one that is cut short would end the process."""

    def __init__(self, path: Path):
        super().__init__(str(path), supports_mmap=False)
