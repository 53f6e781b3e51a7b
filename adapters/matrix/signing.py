"""The account's own cross-signing identity: three Ed25519 keys that vouch for its devices.

Without it clients warn of the bot's device, and strict ones give it no keys at all (MSC4153). nio knows nothing of it;
the format is the one of the Matrix specification, "Cross-signing" under end-to-end encryption.
"""

import base64
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from Crypto.PublicKey import ECC
from Crypto.Signature import eddsa
from nio import Api

MASTER, SELF_SIGNING, USER_SIGNING = "master", "self_signing", "user_signing"
NAMES = (MASTER, SELF_SIGNING, USER_SIGNING)


class SigningKey:
    """An Ed25519 key made from a seed of 32 bytes."""

    def __init__(self, seed: bytes) -> None:
        self._key = ECC.construct(curve="Ed25519", seed=seed)
        self.public = _text(self._key.public_key().export_key(format="raw"))
        self.id = f"ed25519:{self.public}"

    def sign(self, user: str, content: Mapping[str, Any]) -> dict[str, Any]:
        """`content` with the signature of this key added to those that it has."""
        return with_signature(content, user, self.id, _text(eddsa.new(self._key, "rfc8032").sign(_signed(content))))


@dataclass(frozen=True)
class CrossSigning:
    """The three keys of `user`."""

    user: str
    keys: Mapping[str, SigningKey]

    @classmethod
    def from_seeds(cls, user: str, seeds: Mapping[str, str]) -> "CrossSigning":
        """The identity with these seeds. Raises ValueError or KeyError where they are no seeds."""
        return cls(user, {name: SigningKey(_bytes(seeds[name])) for name in NAMES})

    @property
    def master(self) -> str:
        """The public master key: what the identity is known by."""
        return self.keys[MASTER].public

    def public_keys(self) -> dict[str, dict[str, Any]]:
        """The public halves as they are uploaded, the other two signed by the master key."""
        found = {}
        for name in NAMES:
            key = self.keys[name]
            content: dict[str, Any] = {"user_id": self.user, "usage": [name], "keys": {key.id: key.public}}
            found[f"{name}_key"] = content if name == MASTER else self.keys[MASTER].sign(self.user, content)
        return found

    def sign_device(self, device: Mapping[str, Any]) -> dict[str, Any]:
        """The device's keys, signed."""
        return self.keys[SELF_SIGNING].sign(self.user, device)


def new_seeds() -> dict[str, str]:
    """Three new seeds by name, in unpadded base64."""
    return {name: _text(secrets.token_bytes(32)) for name in NAMES}


def with_signature(content: Mapping[str, Any], user: str, key_id: str, signature: str) -> dict[str, Any]:
    """`content` with one signature more."""
    before = content.get("signatures", {})
    return {**content, "signatures": {**before, user: {**before.get(user, {}), key_id: signature}}}


def is_signed(user: str, device_id: str, answer: Mapping[str, Any]) -> bool:
    """Whether an answer to /keys/query shows this device signed, by a key that the master key has signed."""
    master, self_signing = (_only_key(_of(answer, f"{name}_keys", user)) for name in (MASTER, SELF_SIGNING))
    device = _of(answer, "device_keys", user).get(device_id, {})
    vouched = _verified(master, _of(answer, "self_signing_keys", user), user)
    return vouched and _verified(self_signing, device, user)


def _verified(key: str, content: Mapping[str, Any], user: str) -> bool:
    signature = content.get("signatures", {}).get(user, {}).get(f"ed25519:{key}")
    if not key or not signature:
        return False
    public = eddsa.import_public_key(_bytes(key))
    try:
        eddsa.new(public, "rfc8032").verify(_signed(content), _bytes(signature))
    except ValueError:
        return False
    return True


def _only_key(content: Mapping[str, Any]) -> str:
    return next(iter(content.get("keys", {}).values()), "")


def _of(answer: Mapping[str, Any], part: str, user: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = answer.get(part, {}).get(user, {})
    return found


def _signed(content: Mapping[str, Any]) -> bytes:
    bare = {key: value for key, value in content.items() if key not in ("signatures", "unsigned")}
    return bytes(Api.to_canonical_json(bare).encode())


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4))
