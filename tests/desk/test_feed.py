"""News reaches whoever listens, on the loop's thread, and nobody after they left."""

import asyncio
import threading

from console.desk.changes import Cause, Changes
from console.desk.connection import Connection, Net
from console.desk.feed import ConnectionState, Feed
from tests.desk.people import MONDAY

NEWS = Changes(cause=Cause.HERE, drafts=True)


def test_from_any_thread_to_the_loops() -> None:
    async def story() -> list[int]:
        feed, heard = Feed(asyncio.get_running_loop()), list[int]()
        told = asyncio.Event()

        def listen(_: Changes) -> None:
            heard.append(threading.get_ident())
            told.set()

        feed.subscribe(listen)
        await asyncio.to_thread(feed.publish, NEWS)
        await told.wait()
        return [*heard, threading.get_ident()]

    heard, here = asyncio.run(story())
    assert heard == here


def test_one_who_left_during_the_news_hears_no_more() -> None:
    async def story() -> list[str]:
        feed, heard = Feed(asyncio.get_running_loop()), list[str]()
        end_second = lambda: None  # noqa: E731

        def first(_: Changes) -> None:
            heard.append("first")
            end_second()

        feed.subscribe(first)
        end_second = feed.subscribe(lambda _: heard.append("second"))
        feed.publish(NEWS)
        await asyncio.sleep(0)
        end_second()
        return heard

    assert asyncio.run(story()) == ["first"]


def test_a_loop_that_has_ended_hears_nothing() -> None:
    loop = asyncio.new_event_loop()
    feed, heard = Feed(loop), list[Changes]()
    feed.subscribe(heard.append)
    loop.close()
    feed.publish(NEWS)
    assert heard == []


def test_the_same_connection_is_told_once() -> None:
    async def story() -> list[Connection]:
        first = Connection(net=Net.STARTING, since=MONDAY)
        state, heard = ConnectionState(asyncio.get_running_loop(), first), list[Connection]()
        state.subscribe(heard.append)
        online = Connection(net=Net.ONLINE, since=MONDAY)
        for following in (first, online, online):
            state.update(lambda _, f=following: f)  # type: ignore[misc]
        await asyncio.sleep(0)
        assert state.current == online
        return heard

    assert asyncio.run(story()) == [Connection(net=Net.ONLINE, since=MONDAY)]
