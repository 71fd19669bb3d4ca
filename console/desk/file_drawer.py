"""The thread and the encrypted file of attachments, apart from the desk's: a photo never delays a text."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from console.desk.worker import Worker
from console.models.files import Files, open_files

T = TypeVar("T")
Standing = Callable[[Sequence[str]], dict[str, bool]]
"""Of digests, those that some case or draft has, and whether a command for them was given."""


class FileDrawer:
    """Opened by the first who needs it, on its own thread. `standing` may block: it asks the case store."""

    def __init__(self, folder: Path, key: bytes, standing: Standing) -> None:
        self._folder, self._key, self._standing = folder, key, standing
        self._worker = Worker("files")
        self._files: Files | None = None

    async def call(self, work: Callable[[Files], T]) -> T:
        """Run it there and come home with the answer. Raises StoreFailure, DeskClosed."""
        return await self._worker.call(lambda: work(self._opened()))

    async def run(self, work: Callable[[], T]) -> T:
        """The same for what needs no file of ours: reading a chosen one, looking at a picture."""
        return await self._worker.call(work)

    def wait(self, work: Callable[[Files], T]) -> T:
        """The same, blocking: for other threads, behind whatever somebody waits for."""
        return self._worker.wait(lambda: work(self._opened()))

    def close(self) -> None:
        """Finish what waits and close the file. Blocks; safe to call twice."""
        self._worker.close(self._shut)

    def _shut(self) -> None:
        if self._files is not None:
            self._files.close()
            self._files = None

    def _opened(self) -> Files:
        if self._files is None:
            files = open_files(self._folder, self._key)
            try:
                self._tidy(files)
            except BaseException:
                files.close()
                raise
            self._files = files
        return self._files

    def _tidy(self, files: Files) -> None:
        """The program may have ended between the bytes and the words about them; drafts may be gone."""
        if not (kept := files.kept()):
            return
        standing = self._standing(kept)
        with files.transaction():
            for sha256 in kept:
                if sha256 not in standing:
                    files.forget(sha256)
