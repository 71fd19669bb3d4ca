"""Desks in a network namespace of their own, on a cable that can be pulled: packets are then lost without a
word, as behind a dead switch. Takes root."""

import os
import subprocess
from types import TracebackType

NET = 203  # 10.203.x.0/30, x by the process


class Island:
    """From `with` to its end. `prefix`: what a command line begins with to run there; `host`: this machine,
    as it is seen from there."""

    def __init__(self) -> None:
        self._name = f"ioc-{os.getpid()}"
        self._near, self._far = f"ioc{os.getpid()}n", f"ioc{os.getpid()}f"
        self._subnet = f"10.{NET}.{os.getpid() % 256}"
        self.host = f"{self._subnet}.1"
        self.prefix = ("ip", "netns", "exec", self._name)

    def __enter__(self) -> "Island":
        _ip("netns", "add", self._name)
        _ip("link", "add", self._near, "type", "veth", "peer", "name", self._far, "netns", self._name)
        _ip("addr", "add", f"{self.host}/30", "dev", self._near)
        _ip("link", "set", self._near, "up")
        _ip("-n", self._name, "addr", "add", f"{self._subnet}.2/30", "dev", self._far)
        _ip("-n", self._name, "link", "set", self._far, "up")
        _ip("-n", self._name, "link", "set", "lo", "up")
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        _ip("netns", "delete", self._name)

    def pull(self) -> None:
        """Nothing arrives any more, and nobody is told."""
        _ip("link", "set", self._near, "down")

    def plug(self) -> None:
        """Packets go again."""
        _ip("link", "set", self._near, "up")


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True)
