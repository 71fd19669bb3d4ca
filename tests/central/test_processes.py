"""Two server processes on one database answer as one; a process that is stopped leaves nothing undecided."""

import threading
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import psutil
import pytest
import requests
from sqlalchemy import Engine, text

from console.central.database import connect
from console.central.sitting import hold
from console.domain.command import AddNote, Command
from console.domain.identity import new_id
from console.protocol.wire import PresenceRequest
from tests.central.processes import Process, at, processes
from tests.central.reports import accepted, changes, report
from tests.central.test_stream import listening
from tests.central.test_verdicts import verdict_bytes
from tests.support.central import Client, Cluster


@pytest.fixture
def database(cluster: Cluster) -> str:
    return cluster.database()


@pytest.fixture
def engine(database: str) -> Iterator[Engine]:
    made = connect(database)
    yield made
    made.dispose()


@pytest.fixture
def pair(database: str) -> Iterator[list[Process]]:
    with processes(database, (), ()) as made:
        yield made


def test_a_desk_sent_to_either_process_by_turns_notices_nothing(pair: list[Process]) -> None:
    first = pair[0].client("03", "op03")
    desks = [first, at(first, pair[1])]
    new = first.command(report(first))
    chain: list[Command] = [new] + [first.command(AddNote(text=f"Ghi chú {n}"), new.case) for n in range(7)]
    given = [verdict_bytes(desks[turn % 2], command)[0] for turn, command in enumerate(chain)]
    for turn, (command, verdict) in enumerate(zip(chain, given, strict=True)):
        assert verdict_bytes(desks[(turn + 1) % 2], command) == [verdict]
    cursor, seen = 0, list[int]()
    for turn in range(len(chain)):
        answer = changes(desks[turn % 2], cursor, limit=1)
        seen += [
            event.seq for record in answer.records for event in record.events if event.seq <= answer.cursor
        ]
        cursor = answer.cursor
    assert seen == list(range(1, len(chain) + 1))
    bodies = [desk.raw("GET", "/changes?after=0").json() for desk in desks]
    assert bodies[0]["records"] == bodies[1]["records"]


def test_hints_and_presence_cross_from_process_to_process(pair: list[Process]) -> None:
    here, there = pair[0].client("03", "op03"), pair[1].client("05", "op05")
    with listening(there) as listener:
        accepted(here, here.command(report(here)))
        assert listener.next() == ("changed", {"cursor": 1})
        case = new_id()
        here.post("/presence", PresenceRequest(case=case, typing=True), list[Any])
        name, data = listener.next()
        assert (name, data["user"], data["case"], data["typing"]) == ("presence", "op03", case, True)


def test_a_process_killed_with_a_command_in_hand_leaves_it_to_the_other(
    pair: list[Process], engine: Engine
) -> None:
    here = pair[0].client("03", "op03")
    there = at(here, pair[1])
    command = here.command(report(here))
    with engine.connect() as outside:
        hold(outside)
        lost = in_hand(here, command)
        wait_until_one_waits(engine, lost)
        pair[0].popen.kill()
        lost.join()
        outside.rollback()
    assert lost.outcome == "no answer"
    verdict = verdict_bytes(there, command)
    assert b'"accepted":true' in verdict[0]
    assert changes(there).cursor == 1


class Sent(threading.Thread):
    """A request on its way: what became of it."""

    def __init__(self, desk: Client, command: Command) -> None:
        super().__init__()
        self._desk, self._command = desk, command
        self.outcome: Any = None

    def run(self) -> None:
        own = Client.__new__(Client)
        own.__dict__.update(self._desk.__dict__)
        own.session = requests.Session()
        own.session.headers.update(self._desk.session.headers)
        try:
            self.outcome = verdict_bytes(own, self._command)
        except requests.ConnectionError:
            self.outcome = "no answer"
        own.session.close()


def in_hand(desk: Client, command: Command) -> Sent:
    sent = Sent(desk, command)
    sent.start()
    return sent


def wait_until_one_waits(engine: Engine, sent: Sent) -> None:
    """For the ledger, which a test holds."""
    query = text(
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE wait_event_type = 'Lock' AND datname = current_database()"
    )
    waiting = 0
    while not waiting:
        assert sent.is_alive()
        with engine.connect() as connection:
            waiting = int(connection.scalar(query) or 0)


def test_a_process_told_to_stop_answers_what_it_has_begun_and_takes_no_more(
    pair: list[Process], engine: Engine
) -> None:
    here = pair[0].client("03", "op03")
    there = at(here, pair[1])
    begun = [here.command(report(here)) for _ in range(12)]
    with listening(here) as listener, engine.connect() as outside:
        hold(outside)
        sent = [in_hand(here, command) for command in begun]
        wait_until_one_waits(engine, sent[0])
        wait_until_all_arrived(pair[0], len(sent) + 2)
        pair[0].terminate()
        assert listener.until("bye")[-1] == ("bye", {})
        wait_until_closed(pair[0])
        outside.rollback()
        for one in sent:
            one.join()
    assert pair[0].popen.wait(60) == 0
    answered = [one.outcome for one in sent]
    assert [b'"accepted":true' in outcome[0] for outcome in answered] == [True] * len(begun)
    assert [verdict_bytes(there, command) for command in begun] == answered
    assert changes(there).cursor == len(begun)


def wait_until_all_arrived(process: Process, count: int) -> None:
    """So many connections are open at the process."""
    port = int(process.url.rsplit(":", 1)[1])
    inner = psutil.Process(process.popen.pid)
    while count > sum(
        c.status == psutil.CONN_ESTABLISHED and c.laddr.port == port for c in inner.net_connections("tcp")
    ):
        assert process.popen.poll() is None


def wait_until_closed(process: Process) -> None:
    """It takes no new connections."""
    while True:
        try:
            requests.get(process.url, timeout=10).close()
        except requests.ConnectionError:
            return
        assert process.popen.poll() is None


def test_stopped_under_load_each_command_is_decided_once_and_its_verdict_stays(
    pair: list[Process], engine: Engine
) -> None:
    here = pair[0].client("03", "op03")
    there = at(here, pair[1])
    first = here.command(report(here))
    accepted(here, first)
    gate, told = threading.Semaphore(0), list[tuple[Command, Any]]()

    def load(number: int) -> None:
        outcome: Any = None
        while outcome != "no answer":
            command = here.command(AddNote(text=f"Ghi chú {number}"), first.case)
            sent = Sent(here, command)
            sent.run()
            outcome = sent.outcome
            told.append((command, outcome))
            gate.release()

    loads = [threading.Thread(target=load, args=(number,)) for number in range(6)]
    for one in loads:
        one.start()
    for _ in range(60):
        gate.acquire()
    pair[0].terminate()
    for one in loads:
        one.join()
    assert pair[0].popen.wait(60) == 0
    with engine.connect() as connection:
        stored = {str(row[0]) for row in connection.execute(text("SELECT id FROM commands"))}
    answered = {command.id: outcome for command, outcome in told if outcome != "no answer"}
    unanswered = {command.id for command, outcome in told if outcome == "no answer"}
    assert stored - {first.id} == set(answered)  # whatever was committed was answered
    assert not stored & unanswered
    again = {command.id: verdict_bytes(there, command) for command, _ in told}
    assert {id_: again[id_] for id_ in answered} == answered
    assert len(changes(there).records[0].events) == len(told) + 1


def test_workers_share_a_port_and_one_that_dies_is_replaced(database: str, engine: Engine) -> None:
    with processes(database, ("--workers", "2")) as (server,):
        parent = psutil.Process(server.popen.pid)
        before = {child.pid for child in working(parent)}
        assert len(before) == 2
        desk = server.client("03", "op03")
        accepted(desk, desk.command(report(desk)))
        psutil.Process(min(before)).kill()
        while len(now := {child.pid for child in working(parent)} - {min(before)}) < 2:
            assert server.popen.poll() is None
        desk.session.close()  # its connection may have been the dead one's
        accepted(desk, desk.command(report(desk)))
        server.terminate()
        assert server.popen.wait(60) == 0
        assert not [pid for pid in now if psutil.pid_exists(pid)]


def working(parent: psutil.Process) -> list[psutil.Process]:
    """Those that live, without multiprocessing's own tracker of resources."""
    found = list[psutil.Process]()
    for child in parent.children():
        with suppress(psutil.NoSuchProcess):  # a zombie among them
            if "spawn_main" in " ".join(child.cmdline()):
                found.append(child)
    return found
