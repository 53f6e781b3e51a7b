"""What others reach the bot by: Telegram's webhook, whether it is well, and its figures."""

import asyncio
import contextlib
import hmac
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol

import structlog
from aiohttp import web

from bot.config import Http

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  # the name of a header
LARGEST = 1024 * 1024
"""More bytes than this no update has."""
BIND_AGAIN = 10.0
"""Seconds until the next try to listen, while another program has the port."""

_log = structlog.get_logger()
Take = Callable[[Mapping[str, Any]], Awaitable[None]]


class Outlook(Protocol):
    """Looks at how the bot is."""

    async def health(self) -> Mapping[str, Any]:
        """Whether it is well, under "ok", and what is not."""
        ...

    async def figures(self) -> bytes:
        """The metrics in Prometheus' text format."""
        ...


@dataclass(frozen=True, slots=True)
class _Door:
    secret: str
    take: Take


class Doors:
    """The webhooks that are open; each leads to one channel and has a secret of its own."""

    def __init__(self, http: Http) -> None:
        self._http = http
        self._doors: dict[str, _Door] = {}

    @contextmanager
    def open(self, name: str, secret: str, take: Take) -> Iterator[str]:
        """Hand what comes for the channel `name` with `secret` to `take`; gives the address that leads there."""
        self._doors[name] = _Door(secret, take)
        try:
            yield address_of(self._http, name)
        finally:
            del self._doors[name]

    async def enter(self, request: web.Request) -> web.Response:
        """One call: 200 once it is committed. Everything else makes the platform try again later."""
        door = self._doors.get(request.match_info["name"])
        if door is None:  # not yet, or another process has the channel
            return web.Response(status=503)
        if not hmac.compare_digest(request.headers.get(SECRET_HEADER, "").encode(), door.secret.encode()):
            return web.Response(status=403)
        try:
            update = await request.json()
        except ValueError:
            return web.Response(status=400)
        if not isinstance(update, dict):
            return web.Response(status=400)
        try:
            await door.take(update)
        except Exception as problem:  # not committed: the platform keeps it
            _log.error("An update could not be stored; it comes again.", problem=type(problem).__name__)
            return web.Response(status=503)
        return web.Response()


def address_of(http: Http, channel: str) -> str:
    """Where a platform brings what is for a channel."""
    return f"{http.public_url}/telegram/{channel}"


async def serve(http: Http, doors: Doors, outlook: Outlook, stop: asyncio.Event) -> None:
    """Listen where `http` says until `stop` is set. While another program has the port, try again now and then."""
    app = web.Application(client_max_size=LARGEST)

    async def health(request: web.Request) -> web.Response:
        found = await outlook.health()
        return web.json_response(found, status=200 if found["ok"] else 503)

    async def metrics(request: web.Request) -> web.Response:
        return web.Response(body=await outlook.figures(), headers={"Content-Type": "text/plain; version=0.0.4"})

    app.add_routes(
        [web.post("/telegram/{name}", doors.enter), web.get("/health", health), web.get("/metrics", metrics)]
    )
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=2.0)
    await runner.setup()
    said = False
    try:
        while not stop.is_set():
            try:
                await web.TCPSite(runner, http.host, http.port).start()
            except OSError as problem:
                if not said:
                    _log.warning(
                        "Nothing can be served here; another program may have the port.",
                        listen=http.listen,
                        problem=problem.strerror,
                    )
                said = True
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(stop.wait(), BIND_AGAIN)
            else:
                _log.info("serving", listen=http.listen)
                await stop.wait()
    finally:
        await runner.cleanup()
