"""nio's client, made discreet, prompt and whole: no words of people in the log, no endless waiting inside the library,
and its key store never half written."""

import json
import logging
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from copy import deepcopy
from typing import Any, TypeVar
from urllib.parse import quote, urlencode

import aiohttp
from nio import Api, AsyncClient, AsyncClientConfig, ErrorResponse, Response, SyncResponse
from nio.responses import (
    JoinedMembersResponse,
    KeysClaimResponse,
    KeysQueryResponse,
    KeysUploadResponse,
    ShareGroupSessionResponse,
)
from nio.store import SqliteStore

for _logger in ("nio", "peewee"):  # at lower levels they log what people write
    logging.getLogger(_logger).setLevel(logging.CRITICAL)

T = TypeVar("T")
API = "/_matrix/client/v3"
REQUEST_SECONDS = 30.0
SYNC_MARGIN = 30.0
"""How many seconds longer than asked for a sync may take."""
NO_NEWS = (aiohttp.ClientError, TimeoutError, OSError)
"""What a call raises when there is no answer: nobody can know whether the homeserver has taken it in."""


class Refused(Exception):
    """The homeserver answered, and not with what was asked for. `code` is Matrix's errcode, "" where it gave none;
    `retry_after` is in seconds."""

    def __init__(self, status: int, body: Mapping[str, Any]) -> None:
        self.status = status
        self.code = str(body.get("errcode") or "")
        self.body = body
        pause = body.get("retry_after_ms")
        self.retry_after = pause / 1000 if isinstance(pause, int | float) else None
        super().__init__(f"{status} {self.code}".strip())


class KeysNotShared(Exception):
    """Not every device of the room has got the key of what would be sent."""


class Client(AsyncClient):  # type: ignore[misc]  # nio has no types
    """One device of one account."""

    def __init__(self, homeserver: str, user: str, store_path: str = "", pickle_key: str = "") -> None:
        config = AsyncClientConfig(
            store=SqliteStore, encryption_enabled=True, store_sync_tokens=False, pickle_key=pickle_key,
            max_limit_exceeded=0, max_timeouts=0, request_timeout=REQUEST_SECONDS,
        )  # fmt: skip
        super().__init__(homeserver, user, store_path=store_path, config=config)

    async def call(
        self, method: str, path: str, data: Any = None, *, token: str | None = None, seconds: float | None = None
    ) -> dict[str, Any]:
        """Call the homeserver's API; `path` begins with a slash and is quoted; `seconds` is how long to
        wait. Gives the answer.

        Raises `Refused`, and what is in `NO_NEWS`.
        """
        headers = {"Content-Type": "application/json"}
        if bearer := self.access_token if token is None else token:
            headers["Authorization"] = f"Bearer {bearer}"
        body = None if data is None else json.dumps(data)
        answer = await self.send(method, path, body, headers, timeout=seconds)
        async with answer:
            try:
                parsed = await answer.json(content_type=None)
            except ValueError:
                parsed = None
            if answer.status != 200 or not isinstance(parsed, dict):
                raise Refused(answer.status, parsed if isinstance(parsed, dict) else {})
            return parsed

    async def fetch_sync(self, wait: float, since: str | None = None, **query: Any) -> dict[str, Any]:
        """What is new since that position, waiting at most so many seconds for it; raises as `call` does."""
        asked = {"timeout": str(int(wait * 1000)), "set_presence": "offline"} | query
        if since is not None:
            asked["since"] = since
        return await self.call("GET", f"{API}/sync?{urlencode(asked)}", seconds=wait + SYNC_MARGIN)

    async def take_in(self, raw: dict[str, Any]) -> SyncResponse:
        """Let the keys and the rooms of a sync have their effect; gives it with everything decrypted that can be.

        Raises `Refused` where the answer is no sync at all.
        """
        response = SyncResponse.from_dict(deepcopy(raw))  # nio takes events apart while it reads them
        if not isinstance(response, SyncResponse):
            raise Refused(200, {})
        self.next_batch = ""  # nio passes over a position that it has seen; we know better
        await self.receive_response(response)
        return response

    async def receive_response(self, response: Response) -> None:
        """As in nio, but the key store takes all of it in or nothing: a key and the ratchet that it was encrypted
        with must not part when the process dies between the two."""
        with self._transaction():
            await super().receive_response(response)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        if self.store is None:
            yield
            return
        with self.store.database.atomic():  # nothing in here waits, so that no other task can come in between
            yield

    async def joined_members(self, room_id: str) -> JoinedMembersResponse:
        """As in nio, but raises `Refused`: without knowing who is there, keys would go to nobody."""
        return _sure(await super().joined_members(room_id))

    async def keys_upload(self) -> KeysUploadResponse:
        """As in nio, but the private halves are on the disk before the public ones are with the homeserver, and it
        raises `Refused`."""
        assert self.olm
        content = self.olm.share_keys()
        self.olm.save_account()
        method, path, data = Api.keys_upload(self.access_token, content)
        return _sure(await self._send(KeysUploadResponse, method, path, data))

    async def keys_query(self) -> KeysQueryResponse:
        """As in nio, but raises `Refused`: without knowing the devices, keys would go to none."""
        return _sure(await super().keys_query())

    async def keys_claim(self, user_set: dict[str, Iterable[str]]) -> KeysClaimResponse:
        """As in nio, but raises `Refused`: without a session a device would be passed over."""
        return _sure(await super().keys_claim(user_set))

    async def share_group_session(
        self, room_id: str, ignore_unverified_devices: bool = False
    ) -> ShareGroupSessionResponse:
        """As in nio, but it does not take for shared what did not arrive, and blocks nobody when it fails.

        Raises KeysNotShared, to be tried again.
        """
        try:
            answer = _sure(await super().share_group_session(room_id, ignore_unverified_devices))
        finally:
            if waiting := self.sharing_session.pop(room_id, None):
                waiting.set()
        assert self.olm
        session = self.olm.outbound_group_sessions[room_id]
        for user in self.rooms[room_id].users:
            for device in self.device_store.active_user_devices(user):
                has_it = (user, device.id) in session.users_shared_with | session.users_ignored
                if not has_it and self.olm.session_store.get(device.curve25519):
                    session.shared = False
                    raise KeysNotShared(room_id)
        return answer


def refusal_of(problem: ErrorResponse) -> Refused:
    """The same as nio tells it."""
    answer = problem.transport_response
    body = {"errcode": problem.status_code, "retry_after_ms": problem.retry_after_ms}
    return Refused(answer.status if answer else 0, body)


def _sure(answer: T | ErrorResponse) -> T:
    if isinstance(answer, ErrorResponse):
        raise refusal_of(answer)
    return answer


def segment(text: str) -> str:
    """`text` as one segment of a path."""
    return quote(text, safe="")
