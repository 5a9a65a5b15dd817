"""How Whoosh reaches the index's files: those that were compared with their digests."""

from pathlib import Path

from whoosh.filedb.filestore import FileStorage, RamStorage
from whoosh.filedb.structfile import BufferFile

from board.search.manifest import File


class ToRead(RamStorage):
    """The index while it is being opened: its files and no others. What a segment holds is read elsewhere (see flat)."""

    def __init__(self, files: dict[str, File]):
        super().__init__()
        self.files = files

    def open_file(self, name, **kwargs):
        if name not in self.files:
            raise NameError(name)
        return BufferFile(self.files[name].read(0), name=name)


class ToWrite(FileStorage):
    """The index for writing. Files are read piece by piece: a mapped one that is cut short would end the process."""

    def __init__(self, path: Path):
        super().__init__(str(path), supports_mmap=False)
