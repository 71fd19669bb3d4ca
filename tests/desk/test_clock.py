"""The desk's time is the centre's, whatever this machine's clock says."""

from datetime import timedelta

from console.desk.clock import Clock
from console.desk.connection import Connection, Net
from tests.desk.conftest import Office
from tests.desk.people import MONDAY, Wall


class Machine:
    """A wall clock that can be set, and a monotonic one that cannot."""

    def __init__(self) -> None:
        self.wall, self.ticks = MONDAY, 100.0

    def clock(self, offset_s: float = 0.0) -> Clock:
        return Clock(offset_s, wall=lambda: self.wall, monotonic=lambda: self.ticks)


def test_it_runs_with_the_monotonic_clock_from_the_offset() -> None:
    machine = Machine()
    clock = machine.clock(90.0)
    assert clock.now() == MONDAY + timedelta(seconds=90)
    machine.ticks += 5
    assert clock.now() == MONDAY + timedelta(seconds=95)


def test_setting_the_wall_clock_moves_nothing() -> None:
    machine = Machine()
    clock = machine.clock()
    machine.wall += timedelta(hours=7)
    assert clock.now() == MONDAY


def test_a_new_measurement_counts_from_the_wall_clock_as_it_stands() -> None:
    machine = Machine()
    clock = machine.clock()
    machine.wall += timedelta(hours=7)
    clock.set_offset(-7 * 3600 + 2)
    assert clock.now() == MONDAY + timedelta(seconds=2)


def test_a_world_of_its_own_starts_where_it_is_told() -> None:
    clock = Clock(starts_at=MONDAY - timedelta(days=700), wall=lambda: MONDAY, monotonic=lambda: 0.0)
    assert clock.now() == MONDAY - timedelta(days=700)
    assert clock.offset_s == -700 * 86400


def test_the_offset_is_remembered_from_run_to_run(office: Office) -> None:
    desk = office.open()
    desk.sync_port.set_connection(Connection(net=Net.ONLINE, since=MONDAY, clock_offset_s=-120.0))
    desk.close()
    again = office.open(clock=None)
    assert again.clock.offset_s == -120.0


def test_in_practice_time_goes_on_from_the_last_moment_known(office: Office) -> None:
    desk = office.open(practice=True)
    office.wall.pass_(hours=2)
    desk.sync_port.set_connection(Connection(net=Net.ONLINE, since=MONDAY, clock_offset_s=0.25))
    desk.close()
    again = office.open(practice=True, clock=None)
    behind = again.clock.now() - (MONDAY + timedelta(hours=2))
    assert timedelta(0) <= behind < timedelta(minutes=2)


def test_an_offset_not_measured_yet_is_no_offset(office: Office) -> None:
    desk = office.open()
    desk.clock.set_offset(30.0)
    desk.sync_port.set_connection(Connection(net=Net.OFFLINE, since=MONDAY))
    assert desk.clock.offset_s == 30.0


def test_walls_of_the_tests_move_when_told() -> None:
    wall = Wall(MONDAY)
    before = wall.monotonic()
    wall.pass_(seconds=3)
    assert (wall() - MONDAY, wall.monotonic() - before) == (timedelta(seconds=3), 3.0)
