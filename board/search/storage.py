"""How Whoosh reaches the index's files: those that were compared with their digests."""

from pathlib import Path

from whoosh.filedb.filestore import FileStorage, RamStorage
from whoosh.filedb.structfile import BufferFile

from board.search.manifest import File


class InMemory(BufferFile):
    """A segment is several files in one."""

    def __init__(self, data: bytes, name: str):
        super().__init__(data, name=name)
        self.data = data

    def subset(self, position, length, name=None):
        return BufferFile(self.data[position : position + length], name=name)


class ToRead(RamStorage):
    """The index while it is being opened: its files and no others, in memory."""

    def __init__(self, files: dict[str, File]):
        super().__init__()
        self.files = files

    def open_file(self, name, **kwargs):
        if name not in self.files:
            raise NameError(name)
        return InMemory(self.files[name].whole(), name)


class ToWrite(FileStorage):
    """The index for writing. Files are read piece by piece: a mapped one that is cut short would end the process."""

    def __init__(self, path: Path):
        super().__init__(str(path), supports_mmap=False)
