"""The desk's door for whoever sends and fetches attached files.

Every method blocks and belongs to that thread, never to the event loop's.
"""

import hashlib
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence

from console.desk.attachment_list import Named, heard_of, named_by
from console.desk.attachments import MACHINE_MOST
from console.desk.changes import Cause, Changes
from console.desk.errors import AttachmentQuota
from console.desk.file_drawer import FileDrawer
from console.desk.holdings import Holdings
from console.domain.case import Event
from console.media.kind import is_picture
from console.media.picture import PictureUnreadable, look_at
from console.models.files import LOOK, NOTHING, FileRow, Files

NEWS_S = 0.5  # how often the screens hear of one file's progress
DAMAGED = "damaged"
HEARD_MOST = 200
"""Files of other desks that are looked at unasked: after a long time away, the last ones."""


class FilesPort:
    """Made by `Desk`; one per desk."""

    def __init__(self, held: Holdings, drawer: FileDrawer) -> None:
        self._held, self._drawer = held, drawer
        self._told: dict[str, float] = {}
        self._bells: list[Callable[[str], None]] = []
        self._no_text = threading.Event()
        self._no_text.set()
        self._hurrying = False
        self._heard: deque[Named] = deque(maxlen=HEARD_MOST)
        held.on_wake.append(self._look_at_texts)
        held.on_heard.append(self._hear)

    def ring(self, sha256: str = "") -> None:
        """There is something to send or to fetch, this file at once; from any thread."""
        for bell in tuple(self._bells):
            bell(sha256)

    def on_bell(self, bell: Callable[[str], None]) -> None:
        """Call `bell` when there is something to do; with the file that somebody waits for, or ""."""
        self._bells.append(bell)

    # texts first

    def _look_at_texts(self) -> None:
        """On the database thread, after each change of the outbox."""
        if self._held.store.read("SELECT 1 FROM outbox WHERE state = 'waiting' LIMIT 1"):
            self._no_text.clear()
        else:
            self._no_text.set()

    def wait_for_texts(self, most_s: float) -> bool:
        """Return when no command waits to be sent, or after that long: one that cannot go stops nothing.
        Whether none waits."""
        return self._hurrying or self._no_text.wait(most_s)

    def hurry(self) -> None:
        """The program ends: wait for nothing more."""
        self._hurrying = True
        self._no_text.set()

    def _hear(self, events: Sequence[Event]) -> None:
        """On the wire thread, which waits for nothing here."""
        if named := [one for event in events if (one := named_by(event)) is not None]:
            self._heard.extend(named)
            self.ring()

    # outward

    def settle(self) -> None:
        """Files whose commands were given since, or whose drafts go to other desks, may go; those of other
        desks are to be looked at. Texts may wait from before the program began."""
        self._held.worker.wait(lambda: self._held.guarded(self._look_at_texts))
        heard = [self._heard.popleft() for _ in range(len(self._heard))]
        if heard:
            self._drawer.wait(lambda files: heard_of(files, heard, self._now()))
        kept = self._drawer.wait(Files.kept)
        if not kept:
            return
        held = self._held  # guarded: what a saved report still owes to the tables is written up first
        standing = held.worker.wait(lambda: held.guarded(lambda: held.attachments.standing(kept)))

        def give(files: Files) -> None:
            with files.transaction():
                for sha256, by_command in standing.items():
                    if by_command:
                        files.give(sha256)

        self._drawer.wait(give)

    def next_to_send(self, but: Sequence[str]) -> FileRow | None:
        """A file that the centre has not whole, apart from `but`."""
        return self._drawer.wait(lambda files: files.to_send(but))

    def piece(self, sha256: str, start: int, length: int) -> bytes:
        """Its bytes from `start`, at most `length`; b"" where it was taken out meanwhile."""
        return self._drawer.wait(lambda files: files.piece(sha256, start, length))

    def sent(self, sha256: str, offset: int, whole: bool) -> None:
        """So many of its bytes are at the centre; `whole`: it has checked them."""
        self._set(sha256, whole, sent=offset, there=int(whole))

    def trouble(self, sha256: str, code: str) -> None:
        """The centre does not take it, or has it no more."""
        self._set(sha256, True, trouble=code)

    # inward

    def next_to_fetch(self, but: Sequence[str]) -> FileRow | None:
        """A file of which something is wanted, apart from `but`."""
        return self._drawer.wait(lambda files: files.to_fetch(but))

    def is_there(self, sha256: str) -> None:
        """The centre has it whole."""
        self._set(sha256, True, there=1)

    def may_come(self, sha256: str) -> bool:
        """Whether the desk that a draft came from may not have begun to send it."""
        held = self._held
        return held.worker.wait(lambda: held.guarded(lambda: held.attachments.is_promised(sha256)))

    def looked_at(self, sha256: str, thumbnail: bytes | None) -> None:
        """All that was wanted for now: a small picture, where it has one."""

        def keep(files: Files) -> None:
            row = files.get(sha256)
            if row is not None:
                wanted = NOTHING if row.wanted <= LOOK else row.wanted
                files.set(sha256, self._now(), there=1, thumbnail=thumbnail or row.thumbnail, wanted=wanted)

        self._write(keep, sha256, True)

    def expect(self, sha256: str, total: int, digest: str) -> FileRow | None:
        """What is about to come; the row, with how much of it is here already. Makes room for it; raises
        AttachmentQuota where there is none."""

        def begin(files: Files) -> FileRow | None:
            with files.transaction():
                files.expect(sha256, total, digest)
                row = files.get(sha256)
                if row is not None and not row.there:
                    files.set(sha256, self._now(), there=1)
                most = MACHINE_MOST - (total - row.got if row is not None else 0)
                if files.make_room(most) > most:
                    raise AttachmentQuota
                return files.get(sha256)

        return self._drawer.wait(begin)

    def start_again(self, sha256: str) -> None:
        """What is here of it is not what the centre has."""
        self._write(lambda files: files.empty(sha256), sha256, True)

    def arrived(self, sha256: str, start: int, body: bytes) -> FileRow | None:
        """Bytes came; the row as it is now."""

        def append(files: Files) -> FileRow | None:
            with files.transaction():
                files.append(sha256, start, body)
            return files.get(sha256)

        row = self._drawer.wait(append)
        self._tell(sha256, False)
        return row

    def check(self, sha256: str) -> bool:
        """All bytes came: whether they are what they should be. If not, they are thrown away."""
        row, good = self._drawer.wait(lambda files: _checked(files, sha256))
        if row is None:
            return False
        if not good:
            self._write(lambda files: files.empty(sha256), sha256, True)
            return False
        self._set(sha256, True, there=1, wanted=NOTHING, **self._look(row))
        return True

    def _look(self, row: FileRow) -> dict[str, object]:
        """The small picture and the position, of the bytes themselves."""
        if not is_picture(row.media_type):
            return {}
        data = self._drawer.wait(lambda files: files.piece(row.sha256, 0, row.total))
        try:
            look = look_at(data)
        except PictureUnreadable:
            return {}
        if look.position is None:
            return {"thumbnail": look.thumbnail}
        return {"thumbnail": look.thumbnail, "lon": look.position.lon, "lat": look.position.lat}

    # telling

    def _now(self) -> int:
        return self._held.now_ms()

    def _set(self, sha256: str, news: bool, **values: object) -> None:
        self._write(lambda files: files.set(sha256, self._now(), **values), sha256, news)

    def _write(self, work: Callable[[Files], None], sha256: str, news: bool) -> None:
        def write(files: Files) -> None:
            with files.transaction():
                work(files)

        self._drawer.wait(write)
        self._tell(sha256, news)

    def _tell(self, sha256: str, news: bool) -> None:
        """Progress is told at most twice a second, news at once."""
        now = time.monotonic()
        if not news and now - self._told.get(sha256, 0.0) < NEWS_S:
            return
        self._told[sha256] = now
        if news:
            del self._told[sha256]
        self._held.feed.publish(Changes(cause=Cause.CENTRE, files=frozenset({sha256})))


def _checked(files: Files, sha256: str) -> tuple[FileRow | None, bool]:
    row = files.get(sha256)
    if row is None:
        return None, False
    body = files.piece(sha256, 0, row.total)
    return row, row.complete and hashlib.sha256(body).hexdigest() == row.digest
