"""Where a homeserver really is: many servers' names are not the address of their homeserver."""

import aiohttp

from adapters.matrix.client import NO_NEWS, Client, Refused

VERSIONS = "/_matrix/client/versions"
WELL_KNOWN = "/.well-known/matrix/client"


class NoHomeserver(Exception):
    """There is no homeserver at this address, nor does the address tell where it is. The text says what to do."""


async def discover(address: str) -> tuple[str, tuple[str, ...]]:
    """The address of the homeserver and the versions of Matrix that it speaks, from its address or its server's name.

    Raises NoHomeserver when something answers that is none, and what is in `NO_NEWS` when nothing does.
    """
    address = address.rstrip("/") if "://" in address else f"https://{address.rstrip('/')}"
    problem: Exception | None = None
    try:
        if versions := await _versions(address):
            return address, versions
    except aiohttp.ClientConnectorError as unreachable:
        problem = unreachable
    real = await _well_known(address, problem)
    if versions := await _versions(real):
        return real, versions
    raise NoHomeserver(
        f"There is no Matrix homeserver at {address}: put the address that your homeserver's documentation names "
        "into `homeserver`."
    )


async def _versions(address: str) -> tuple[str, ...]:
    found = await _get(address, VERSIONS)
    versions = found.get("versions")
    return tuple(str(version) for version in versions) if isinstance(versions, list) else ()


async def _well_known(address: str, problem: Exception | None) -> str:
    try:
        found = await _get(address, WELL_KNOWN)
    except NO_NEWS:
        if problem:
            raise problem from None
        raise
    place = found.get("m.homeserver")
    real = place.get("base_url") if isinstance(place, dict) else None
    return str(real).rstrip("/") if isinstance(real, str) and real.startswith("http") else address


async def _get(address: str, path: str) -> dict[str, object]:
    """The answer; {} where it is none of a homeserver's. A homeserver that is ill (5xx, 429) raises ConnectionError."""
    client = Client(address, "")
    try:
        return await client.call("GET", path)
    except Refused as refused:
        if refused.status >= 500 or refused.status == 429:
            raise ConnectionError(f"{refused.status}") from None
        return {}
    finally:
        await client.close()
