"""How Whoosh reaches the index's files: those that were checked, from memory."""

from pathlib import Path

from whoosh.filedb.filestore import FileStorage, RamStorage
from whoosh.filedb.structfile import BufferFile

from board.search.manifest import Content


class InMemory(BufferFile):
    def __init__(self, name: str, content: Content):
        super().__init__(content.data, name=name)
        self.content = content

    def subset(self, position, length, name=None):
        whole, parts = self.content
        if (position, length) not in parts:
            parts[position, length] = whole[position : position + length]
        return BufferFile(parts[position, length], name=name)


class ToRead(RamStorage):
    """The index for reading: its files and no others, from memory."""

    def __init__(self, files: dict[str, Content]):
        super().__init__()
        self.files = files

    def open_file(self, name, **kwargs):
        if name not in self.files:
            raise NameError(name)
        return InMemory(name, self.files[name])


class ToWrite(FileStorage):
    """The index for writing: what is there is read from memory, what is new goes to the disk."""

    def __init__(self, path: Path, files: dict[str, Content]):
        super().__init__(str(path), supports_mmap=False)
        self.files = files

    def open_file(self, name, **kwargs):
        if name in self.files:
            return InMemory(name, self.files[name])
        return super().open_file(name, **kwargs)
