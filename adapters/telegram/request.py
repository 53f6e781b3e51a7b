"""The HTTP client under the SDK, on aiohttp: a fraction of the work of the SDK's own, and it says what never left."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

_NO_BACKEND = (502, 504)
_NEVER_LEFT = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError)


@dataclass(frozen=True, slots=True)
class Timeouts:
    """How long to wait for Telegram, in seconds; `pool` is the wait for a free connection of our own."""

    connect: float = 5.0
    read: float = 15.0
    write: float = 10.0
    upload: float = 60.0
    pool: float = 2.0


class GatewayError(NetworkError):
    """A gateway answered 502 or 504, or somebody with a web page: the call did not get through to Telegram."""


class NoConnection(NetworkError):
    """There was no connection to send the call on."""


class Busy(NetworkError):
    """All connections of our own were in use; the call was not sent."""


class Request(BaseRequest):
    """Calls over at most so many `connections` at once. No error names an address: there is a token in it."""

    def __init__(self, connections: int, timeouts: Timeouts) -> None:
        self._timeouts = timeouts
        self._free = asyncio.Semaphore(connections)
        self._session: aiohttp.ClientSession | None = None
        self._proxy: str | None = None

    @property
    def read_timeout(self) -> float:
        """How long to wait for an answer, in seconds."""
        return self._timeouts.read

    async def initialize(self) -> None:
        """Nothing: the session begins with the first call."""

    async def shutdown(self) -> None:
        """Close all connections."""
        if self._session:
            await self._session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Status and body of the answer. Only `read_timeout` can be told for one call.

        Raises Busy, NoConnection and GatewayError where nothing was sent; TimedOut and NetworkError where nobody knows.
        """
        ours, files = self._timeouts, request_data.multipart_data if request_data else None
        read = ours.read if read_timeout is BaseRequest.DEFAULT_NONE else read_timeout
        write = ours.upload if files else ours.write
        timeout = aiohttp.ClientTimeout(total=write + read, sock_connect=ours.connect, sock_read=read)
        body: Any = request_data.json_parameters if request_data else None
        if files:
            body = aiohttp.FormData(body)
            for name, (filename, content, mime) in files.items():
                body.add_field(name, content, filename=filename, content_type=mime)
        async with self._connection():
            try:
                call = self._opened(url).request(
                    method, url, data=body, timeout=timeout, proxy=self._proxy, allow_redirects=False
                )
                async with call as answer:
                    status, payload = answer.status, await answer.read()
            except _NEVER_LEFT as problem:
                raise NoConnection(type(problem).__name__) from problem
            except TimeoutError as problem:
                raise TimedOut from problem
            except (aiohttp.ClientError, OSError) as problem:
                raise NetworkError(type(problem).__name__) from problem
        if status in _NO_BACKEND:
            raise GatewayError(f"gateway answered {status}")
        if payload.lstrip()[:1] == b"<":  # the Bot API answers in JSON, whatever happens
            raise GatewayError("a web page instead of an answer")
        return status, payload

    @contextlib.asynccontextmanager
    async def _connection(self) -> AsyncIterator[None]:
        """One of our connections."""
        try:
            async with asyncio.timeout(self._timeouts.pool):
                await self._free.acquire()
        except TimeoutError:
            raise Busy("all connections are in use") from None
        try:
            yield
        finally:
            self._free.release()

    def _opened(self, url: str) -> aiohttp.ClientSession:
        """The session, which needs a running loop to begin; the proxy is the environment's."""
        if self._session is None:
            address = urlsplit(url)
            if not proxy_bypass(address.hostname or ""):
                self._proxy = getproxies().get(address.scheme)
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=0), cookie_jar=aiohttp.DummyCookieJar()
            )
        return self._session

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The answer as JSON. Raises TelegramError when it is none, without a word of it."""
        try:
            answer = json.loads(payload)
        except ValueError:
            answer = None
        if not isinstance(answer, dict) or ("result" not in answer and "error_code" not in answer):
            raise TelegramError("Invalid server response")
        return answer
