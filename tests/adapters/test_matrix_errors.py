"""What a refused or unanswered call means for a delivery; and where a homeserver is."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
from aiohttp import web

from adapters.matrix.client import KeysNotShared, Refused
from adapters.matrix.discovery import NoHomeserver, discover
from adapters.matrix.errors import delivery_of
from bot.ports import Failed, Gone, RetryAfter, Unreachable

pytestmark = pytest.mark.asyncio


@pytest.mark.parametrize(
    ("status", "code", "expected"),
    [
        (403, "M_FORBIDDEN", Unreachable), (404, "M_NOT_FOUND", Unreachable), (401, "M_UNKNOWN_TOKEN", Gone),
        (403, "M_USER_DEACTIVATED", Gone), (413, "M_TOO_LARGE", Failed), (400, "M_BAD_JSON", Failed),
        (429, "M_LIMIT_EXCEEDED", RetryAfter), (502, "", RetryAfter), (500, "M_UNKNOWN", RetryAfter),
        (403, "M_RESOURCE_LIMIT_EXCEEDED", RetryAfter), (0, "", RetryAfter),
    ],
)  # fmt: skip
async def test_refusals(status: int, code: str, expected: type) -> None:
    assert isinstance(delivery_of(Refused(status, {"errcode": code})), expected)


async def test_how_long_to_wait() -> None:
    told = delivery_of(Refused(429, {"errcode": "M_LIMIT_EXCEEDED", "retry_after_ms": 4800}))
    assert isinstance(told, RetryAfter) and told.seconds == 4.8 and told.whole_channel
    for problem in (TimeoutError(), aiohttp.ClientConnectionError(), ConnectionResetError()):
        away = delivery_of(problem)
        assert isinstance(away, RetryAfter) and away.whole_channel
    alone = delivery_of(KeysNotShared())
    assert isinstance(alone, RetryAfter) and not alone.whole_channel


class Site:
    """A web site whose answers by path can be set; anything else is not found."""

    def __init__(self) -> None:
        self.answers: dict[str, Any] = {}
        self.url = ""

    async def answer(self, request: web.Request) -> web.Response:
        found = self.answers.get(request.path)
        if isinstance(found, int) or found is None:
            return web.Response(status=found or 404, text="<html>")
        return web.json_response(found)


@pytest_asyncio.fixture
async def site() -> AsyncIterator[Site]:
    site, app = Site(), web.Application()
    app.router.add_get("/{path:.*}", site.answer)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    site.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield site
    await runner.cleanup()


async def test_the_address_of_a_homeserver(site: Site) -> None:
    site.answers["/_matrix/client/versions"] = {"versions": ["v1.11"]}
    assert await discover(f"{site.url}/") == (site.url, ("v1.11",))


async def test_the_name_of_a_server_leads_to_its_homeserver(site: Site) -> None:
    site.answers["/.well-known/matrix/client"] = {"m.homeserver": {"base_url": f"{site.url}/hidden/"}}
    site.answers["/hidden/_matrix/client/versions"] = {"versions": ["v1.11"]}
    assert await discover(site.url) == (f"{site.url}/hidden", ("v1.11",))


@pytest.mark.parametrize("odd", [{}, {"m.homeserver": []}, {"m.homeserver": {"base_url": 5}}])
async def test_no_homeserver_there(site: Site, odd: dict[str, Any]) -> None:
    site.answers["/.well-known/matrix/client"] = odd
    with pytest.raises(NoHomeserver, match="homeserver"):
        await discover(site.url)


async def test_a_homeserver_that_is_ill_is_no_wrong_address(site: Site) -> None:
    site.answers["/_matrix/client/versions"] = 502
    with pytest.raises(ConnectionError):
        await discover(site.url)
