"""What can be said of a Matrix account from outside, for `check`: nothing is changed, and no device is made."""

from dataclasses import dataclass
from pathlib import Path

from adapters.matrix.client import API, NO_NEWS, Client, Refused
from adapters.matrix.discovery import NoHomeserver, discover
from adapters.matrix.keys import ALGORITHM
from adapters.matrix.signing import is_signed
from adapters.matrix.timeline import only_invitations
from adapters.matrix.vault import Vault
from bot.config import Matrix


@dataclass(frozen=True, slots=True)
class Facts:
    """What was found, as far as it could be looked at; `problem` says where it ended, "" when all was seen.

    Without a `device` the bot has not run yet. `signed` says whether others' clients can trust the device;
    `one_time_keys` and `fallback_key` whether new people can write to it while it is away.
    """

    homeserver: str = ""
    versions: tuple[str, ...] = ()
    device: str = ""
    accepted: bool = False
    signed: bool = False
    one_time_keys: int = 0
    fallback_key: bool = False
    invitations: int = 0
    problem: str = ""


async def inspect(name: str, settings: Matrix, data_dir: Path) -> Facts:
    """Look at the account of the channel `name`. Never raises: what cannot be reached is told in the facts."""
    try:
        address, versions = await discover(settings.homeserver)
    except NoHomeserver as problem:
        return Facts(problem=str(problem))
    except NO_NEWS as problem:
        return Facts(problem=f"{settings.homeserver} does not answer ({type(problem).__name__})")
    device = Vault(data_dir, name).device()
    if device is None:
        return Facts(address, versions, problem="the bot has not logged in yet: it does so when it runs")
    client = Client(address, device.user_id)
    client.access_token = device.access_token
    try:
        await client.call("GET", f"{API}/account/whoami")
        keys = await client.call("POST", f"{API}/keys/query", {"device_keys": {device.user_id: []}})
        news = await client.fetch_sync(0, filter=only_invitations())
        # The first sync of a device may still know of no keys; an upload of nothing tells the number that there are.
        stock = await client.call("POST", f"{API}/keys/upload", {})
    except Refused as refused:
        return Facts(address, versions, device.device_id, problem=f"the homeserver refuses the login ({refused})")
    except NO_NEWS as problem:
        return Facts(address, versions, device.device_id, problem=f"no answer ({type(problem).__name__})")
    finally:
        await client.close()
    return Facts(
        address, versions, device.device_id, accepted=True, signed=is_signed(device.user_id, device.device_id, keys),
        one_time_keys=stock.get("one_time_key_counts", {}).get(ALGORITHM, 0),
        fallback_key=ALGORITHM in news.get("device_unused_fallback_key_types", []),
        invitations=len(news.get("rooms", {}).get("invite", {})),
    )  # fmt: skip
