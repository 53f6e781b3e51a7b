"""The keys that others need to begin an encrypted conversation with the bot, kept in stock.

nio uploads one-time keys, but takes a count of none for an unknown count and then never makes more; of fallback keys,
which serve when all one-time keys are used up while the bot is away, it knows nothing.
"""

from typing import Any

from adapters.matrix.client import API, Client
from adapters.matrix.signing import with_signature

ALGORITHM = "signed_curve25519"


async def tend(client: Client, sync: dict[str, Any]) -> None:
    """Do what the sync asks for: refill one-time keys, renew the fallback key, look up devices, claim keys, and send
    what nio has to tell other devices. Raises as `Client.call` does."""
    assert client.olm
    if sync.get("device_one_time_keys_count", {}).get(ALGORITHM, 0) == 0:
        client.olm.uploaded_key_count = 0
    if client.should_upload_keys:
        await client.keys_upload()
    if ALGORITHM not in sync.get("device_unused_fallback_key_types", []):
        await upload_fallback_key(client)
    if client.should_query_keys:
        await client.keys_query()
    if client.should_claim_keys:
        await client.keys_claim(client.get_users_for_key_claiming())
    await client.send_to_device_messages()


async def upload_fallback_key(client: Client) -> None:
    """Make and upload a new fallback key; the one before still opens what is on its way."""
    assert client.olm and client.device_id
    account = client.olm.account._account
    account.generate_fallback_key()
    client.olm.save_account()
    keys = {}
    for name, public in account.fallback_key.items():
        content = {"key": public.to_base64(), "fallback": True}
        signature = client.olm.sign_json(content)
        keys[f"{ALGORITHM}:{name}"] = with_signature(content, client.user_id, f"ed25519:{client.device_id}", signature)
    await client.call("POST", f"{API}/keys/upload", {"fallback_keys": keys})
    account.mark_keys_as_published()
    client.olm.save_account()
