"""Who the bot is to others' clients: its device, kept over restarts, and the cross-signing keys that vouch for it."""

from collections.abc import Mapping
from typing import Any

import structlog

from adapters.matrix.client import API, Client, Refused
from adapters.matrix.signing import CrossSigning, is_signed, new_seeds
from adapters.matrix.vault import Device, Vault

_log = structlog.get_logger()
DEVICE_NAME = "Worthalten"
_NEW = "not yet uploaded"


class LoggedOut(Exception):
    """The homeserver accepts neither the token nor the password. The text says what to do."""


async def log_in(homeserver: str, user: str, password: str, vault: Vault) -> Client:
    """A client on the device that is kept, or on a new one where there is none or its keys are lost.

    Raises LoggedOut, `Refused` for anything else that the homeserver does not do (a 429), and `NO_NEWS`.
    """
    vault.open()
    client = await _known_device(homeserver, user, vault)
    return client or await _new_device(homeserver, user, password, vault)


async def _known_device(homeserver: str, user: str, vault: Vault) -> Client | None:
    device = vault.device()
    if device is None or device.user_id != user:
        return None
    client = Client(homeserver, user, str(vault.store), vault.pickle_key())
    try:
        if not vault.has_store(device) or not _opens(client, device):
            _log.warning("matrix_keys_lost", device=device.device_id, remedy="a new device is made and signed")
            await _log_out(client, device)
            await client.close()
            return None
        vault.close_store()
        await client.call("GET", f"{API}/account/whoami")
    except Refused as refused:
        await client.close()
        if refused.status != 401:
            raise
        _log.warning("matrix_login_revoked", device=device.device_id, remedy="a new device is made and signed")
        return None
    except BaseException:
        await client.close()
        raise
    return client


def _opens(client: Client, device: Device) -> bool:
    """Whether the device's keys can be read."""
    try:
        client.restore_login(device.user_id, device.device_id, device.access_token)
    except Exception as problem:  # SQLite's and vodozemac's errors share no base; all of them mean: no keys
        _log.warning("matrix_keys_unreadable", problem=type(problem).__name__)
        client.access_token = device.access_token
        return False
    return True


async def _log_out(client: Client, device: Device) -> None:
    """Take the dead device from the homeserver, so that nobody encrypts for it any more."""
    try:
        await client.call("POST", f"{API}/logout", {}, token=device.access_token)
    except Refused as refused:
        if refused.status != 401:
            raise


async def _new_device(homeserver: str, user: str, password: str, vault: Vault) -> Client:
    vault.drop_device()
    client = Client(homeserver, user, str(vault.store), vault.pickle_key())
    credentials = {
        "type": "m.login.password", "identifier": {"type": "m.id.user", "user": user}, "password": password,
        "initial_device_display_name": DEVICE_NAME,
    }  # fmt: skip
    try:
        answer = await client.call("POST", f"{API}/login", credentials)
        device = Device(str(answer["user_id"]), str(answer["device_id"]), str(answer["access_token"]))
        vault.keep_device(device)
        client.restore_login(device.user_id, device.device_id, device.access_token)
    except Refused as refused:
        await client.close()
        if refused.status in (400, 401, 403):
            raise LoggedOut(
                f"The homeserver does not accept `user` and `password` ({refused.code}): put the bot's own into the "
                "configuration"
            ) from None
        raise
    except BaseException:
        await client.close()
        raise
    vault.close_store()
    _log.info("matrix_device_made", device=device.device_id)
    return client


async def make_trusted(client: Client, password: str, vault: Vault) -> bool:
    """Upload the device's keys and have them signed by the account's own identity; gives whether they are.

    Where they are not, the log says why and what to do, and everything works as far as people's clients allow.
    Raises as `Client.call` does.
    """
    if client.should_upload_keys:
        await client.keys_upload()
    answer = await own_keys(client)
    try:
        identity = await _identity(client, password, vault, answer)
    except Refused as refused:
        if refused.status not in (400, 401, 403, 404):
            raise
        _log.error("matrix_unsigned", code=refused.code, remedy="the homeserver takes no cross-signing keys")
        return False
    if identity is None:
        return False
    answer = await own_keys(client)
    assert client.device_id
    if not is_signed(client.user_id, client.device_id, answer):
        device = answer["device_keys"][client.user_id][client.device_id]
        signed = identity.sign_device(device)
        signed.pop("unsigned", None)
        await client.call("POST", f"{API}/keys/signatures/upload", {client.user_id: {client.device_id: signed}})
        answer = await own_keys(client)
    trusted = is_signed(client.user_id, client.device_id, answer)
    _log.info("matrix_device_signed" if trusted else "matrix_unsigned", device=client.device_id)
    return trusted


async def own_keys(client: Client) -> dict[str, Any]:
    """What everybody sees of the account's keys."""
    return await client.call("POST", f"{API}/keys/query", {"device_keys": {client.user_id: []}})


async def _identity(client: Client, password: str, vault: Vault, answer: Mapping[str, Any]) -> CrossSigning | None:
    """The account's identity, made where there is none; None where it is not ours to use."""
    there = answer.get("master_keys", {}).get(client.user_id, {}).get("keys", {}).values()
    seeds = vault.seeds()
    if seeds is None and (not there or vault.may_begin_anew()):
        seeds = new_seeds()
        vault.keep_seeds(seeds | {_NEW: ""})  # kept before it is uploaded: lost in between it could not be mended
        await _upload(client, password, CrossSigning.from_seeds(client.user_id, seeds))
        vault.keep_seeds(seeds)
        return CrossSigning.from_seeds(client.user_id, seeds)
    identity = CrossSigning.from_seeds(client.user_id, seeds) if seeds else None
    if seeds and identity and identity.master not in there and (_NEW in seeds or not there):
        await _upload(client, password, identity)
    elif identity is None or identity.master not in there:
        _log.error(
            "matrix_identity_lost",
            what="The account's cross-signing identity is not the one whose seeds are kept here: clients warn of the"
            " bot's device, and some will not talk to it.",
            remedy=f"Put {vault.identity} back from a backup. Without one put an empty file in its place and start"
            " again: that makes a new identity, and people's clients tell them so once.",
        )
        return None
    if seeds and _NEW in seeds:
        vault.keep_seeds({name: seed for name, seed in seeds.items() if name != _NEW})
    return identity


async def _upload(client: Client, password: str, identity: CrossSigning) -> None:
    """Make the identity the account's. The homeserver may want to see the password for it."""
    keys: dict[str, Any] = identity.public_keys()
    path = f"{API}/keys/device_signing/upload"
    try:
        await client.call("POST", path, keys)
    except Refused as refused:
        if refused.status != 401 or "session" not in refused.body:
            raise
        proof = {
            "type": "m.login.password", "identifier": {"type": "m.id.user", "user": client.user_id},
            "password": password, "session": refused.body["session"],
        }  # fmt: skip
        await client.call("POST", path, keys | {"auth": proof})
