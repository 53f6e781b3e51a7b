"""One Matrix account in use: its client, its rooms, and whether it is ready to talk."""

import asyncio
from dataclasses import dataclass, field
from pathlib import Path

import structlog

from adapters.matrix import identity
from adapters.matrix.client import Client
from adapters.matrix.discovery import discover
from adapters.matrix.reading import Me
from adapters.matrix.rooms import Rooms
from adapters.matrix.vault import Vault

_log = structlog.get_logger()


@dataclass
class Session:
    """What sending and listening share. `ready` is set once the rooms are known; before it nothing can be sent."""

    name: str
    homeserver: str
    user: str
    password: str = field(repr=False)
    data_dir: Path
    invite_allow: tuple[str, ...] = ()
    ready: asyncio.Event = field(default_factory=asyncio.Event)
    _client: Client | None = None

    def __post_init__(self) -> None:
        self.vault = Vault(self.data_dir, self.name)
        self.me = Me(self.user)

    @property
    def client(self) -> Client:
        """The client, once connected."""
        assert self._client
        return self._client

    @property
    def rooms(self) -> Rooms:
        """The account's rooms, once connected."""
        return self._rooms

    async def connect(self) -> None:
        """Find the homeserver, log in and be trusted. Raises NoHomeserver, LoggedOut, `Refused` and `NO_NEWS`."""
        address, _ = await discover(self.homeserver)
        await self.close()
        self._client = client = await identity.log_in(address, self.user, self.password, self.vault)
        await identity.make_trusted(client, self.password, self.vault)
        self._rooms = Rooms(client)
        await self._rooms.load()

    async def close(self) -> None:
        """Close all connections and the key store."""
        self.ready.clear()
        if self._client:
            await self._client.close()
            if self._client.store:
                self._client.store.database.close()
