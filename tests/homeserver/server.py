"""Synapse as a process of its own on loopback, with SQLite in a temporary directory."""

import asyncio
import base64
import hashlib
import hmac
import json
import os
import secrets
import shutil
import signal
import socket
import sys
import tempfile
from asyncio.subprocess import Process
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import aiohttp

from tests.homeserver.people import Person

DOMAIN = "example.org"
PASSWORD = "geheim"
"""Of every account, unless a test says otherwise."""
START_SECONDS = 30.0
_LIMITS = (
    "rc_message", "rc_registration", "rc_joins.local", "rc_joins.remote", "rc_joins_per_room", "rc_login.address",
    "rc_login.account", "rc_login.failed_attempts", "rc_invites.per_room", "rc_invites.per_user",
    "rc_invites.per_issuer", "rc_room_creation", "rc_key_requests", "rc_media_create", "rc_profile",
)  # fmt: skip
_OPEN = {"per_second": 100_000, "burst_count": 100_000}


class Homeserver:
    """One homeserver, without federation. `open_limits` False: with Synapse's own rate limits; `message_limit`: with
    its own for messages only.

    Stopped, killed and started again it keeps its address and its data.
    """

    def __init__(self, open_limits: bool = True, message_limit: bool = False) -> None:
        self.domain = DOMAIN
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.people: list[Person] = []
        self._names: Counter[str] = Counter()
        self._directory = Path(tempfile.mkdtemp(prefix="homeserver-"))
        self._secret = secrets.token_hex()
        self._process: Process | None = None
        self._session: aiohttp.ClientSession | None = None
        self._administrator = ""
        limits = () if not open_limits else _LIMITS[1:] if message_limit else _LIMITS
        self._write_configuration(limits)

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for person in self.people:
            await person.close()
        await self.kill()
        if self._session:
            await self._session.close()
        shutil.rmtree(self._directory, ignore_errors=True)

    async def start(self) -> None:
        """Start it and wait until it answers. Raises AssertionError with its log when it does not."""
        with (self._directory / "output").open("ab") as output:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "synapse.app.homeserver", "-c", str(self._directory / "homeserver.json"),
                cwd=self._directory, stdout=output, stderr=output, env=os.environ | {"PYTHONWARNINGS": "ignore"},
            )  # fmt: skip
        async with asyncio.timeout(START_SECONDS):
            while not await self._answers():
                if self._process.returncode is not None:
                    raise AssertionError((self._directory / "output").read_text())
                await asyncio.sleep(0.05)

    async def log_out_everywhere(self, user: str) -> None:
        """Revoke all logins of this account, as a new password does."""
        await self._as_administrator("POST", f"/_synapse/admin/v1/reset_password/{user}", {
            "new_password": PASSWORD, "logout_devices": True,
        })  # fmt: skip

    async def stop(self) -> None:
        """Let it end in order."""
        await self._end(signal.SIGTERM)

    async def kill(self) -> None:
        """End it in the middle of whatever it does."""
        await self._end(signal.SIGKILL)

    async def register(self, name: str, password: str = PASSWORD, *, admin: bool = False) -> str:
        """A new account; gives its user id, with a number in it where the name is taken."""
        self._names[name] += 1
        name = name if self._names[name] == 1 else f"{name}{self._names[name]}"
        path = "/_synapse/admin/v1/register"
        nonce = (await self.call("GET", path))["nonce"]
        parts = (nonce, name, password, "admin" if admin else "notadmin")
        mac = hmac.new(self._secret.encode(), "\0".join(parts).encode(), hashlib.sha1).hexdigest()
        data = {"nonce": nonce, "username": name, "password": password, "admin": admin, "mac": mac}
        answer = await self.call("POST", path, data)
        if admin:
            self._administrator = answer["access_token"]
        return str(answer["user_id"])

    async def person(self, name: str, *, encrypted: bool = True, of: Person | None = None) -> Person:
        """A new account with somebody who uses it, logged in and listening; or another device `of` somebody."""
        user = of.user if of else await self.register(name)
        person = Person(self, name, user, encrypted=encrypted)
        await person.arrives(PASSWORD)
        self.people.append(person)
        return person

    async def unlimit(self, user: str) -> None:
        """Lift the rate limit of messages for this account, as administrators do for bots."""
        path = f"/_synapse/admin/v1/users/{user}/override_ratelimit"
        await self._as_administrator("POST", path, {"messages_per_second": 0, "burst_count": 0})

    async def call(self, method: str, path: str, data: Any = None, token: str = "") -> Any:
        """Call the homeserver's API. Raises AssertionError when it does not agree."""
        if self._session is None:
            self._session = aiohttp.ClientSession()
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        async with self._session.request(method, self.url + path, json=data, headers=headers) as answer:
            body = await answer.json()
            assert answer.status == 200, f"{method} {path}: {answer.status} {body}"
            return body

    async def _as_administrator(self, method: str, path: str, data: Any) -> None:
        if not self._administrator:
            await self.register("administrator", admin=True)
        await self.call(method, path, data, self._administrator)

    async def _answers(self) -> bool:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", self.port)
        except OSError:
            return False
        writer.close()
        return True

    async def _end(self, how: signal.Signals) -> None:
        if self._process and self._process.returncode is None:
            self._process.send_signal(how)
            await self._process.wait()

    def _write_configuration(self, opened: Sequence[str]) -> None:
        directory = self._directory
        configuration: dict[str, Any] = {
            "server_name": self.domain,
            "public_baseurl": self.url,
            "listeners": [
                {
                    "port": self.port,
                    "type": "http",
                    "bind_addresses": ["127.0.0.1"],
                    "resources": [{"names": ["client", "media"]}],
                }
            ],
            "database": {"name": "sqlite3", "args": {"database": str(directory / "homeserver.db")}},
            "signing_key_path": str(directory / "signing.key"),
            "media_store_path": str(directory / "media"),
            "log_config": str(directory / "log.json"),
            "registration_shared_secret": self._secret,
            "macaroon_secret_key": secrets.token_hex(),
            "form_secret": secrets.token_hex(),
            "report_stats": False,
            "presence": {"enabled": False},
            "trusted_key_servers": [],
            "suppress_key_server_warning": True,
            "federation_domain_whitelist": [],
            "bcrypt_rounds": 4,
            "max_upload_size": "20M",
        }
        for name in opened:
            outer, _, inner = name.partition(".")
            configuration[outer] = configuration.get(outer, {}) | ({inner: _OPEN} if inner else _OPEN)
        log = {
            "version": 1,
            "disable_existing_loggers": False,
            "handlers": {"console": {"class": "logging.StreamHandler"}},
            "root": {"level": "WARNING", "handlers": ["console"]},
        }
        (directory / "homeserver.json").write_text(json.dumps(configuration))
        (directory / "log.json").write_text(json.dumps(log))
        seed = base64.b64encode(secrets.token_bytes(32)).decode().rstrip("=")
        (directory / "signing.key").write_text(f"ed25519 a_test {seed}\n")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
