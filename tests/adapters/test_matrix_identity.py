"""Who the bot is to others' clients: one device over restarts, vouched for by an identity of its own."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from pydantic import SecretStr
from structlog.testing import capture_logs

from adapters.matrix import inspect
from adapters.matrix.identity import own_keys
from adapters.matrix.signing import CrossSigning, is_signed, new_seeds
from bot.config import Matrix
from tests.homeserver import Homeserver, Person
from tests.homeserver.accounts import Account

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def homeserver() -> AsyncIterator[Homeserver]:
    async with Homeserver() as homeserver:
        yield homeserver


@pytest_asyncio.fixture(loop_scope="module")
async def bot(homeserver: Homeserver, tmp_path: Path) -> Account:
    return Account(homeserver, await homeserver.register("bot"), tmp_path)


@pytest_asyncio.fixture(loop_scope="module")
async def anna(homeserver: Homeserver) -> Person:
    return await homeserver.person("anna")


async def seen(bot: Account) -> tuple[str, str, bool, int]:
    """What others see of the bot: its master key, its device, whether that is signed, how many devices there are."""
    client = bot.session.client
    assert client.device_id
    keys = await own_keys(client)
    master = next(iter(keys["master_keys"][bot.user]["keys"].values()))
    signed = is_signed(bot.user, client.device_id, keys)
    return master, client.device_id, signed, len(keys["device_keys"][bot.user])


async def talks(bot: Account, anna: Person, text: str) -> None:
    """Anna and the bot can read each other."""
    await anna.says(text)
    await bot.hears(text)


async def test_the_device_is_signed_and_kept(bot: Account, anna: Person) -> None:
    async with bot.listening():
        before = await seen(bot)
        await anna.invites(bot.user)
        await talks(bot, anna, "eins")
    async with bot.listening():
        await talks(bot, anna, "zwei")
        assert await seen(bot) == before
    assert before[2:] == (True, 1)


async def test_its_files_are_closed_to_others(bot: Account) -> None:
    async with bot.listening():
        places = list(bot.session.vault.directory.rglob("*"))
    assert {place.stat().st_mode & 0o777 for place in places if place.is_file()} == {0o600}
    assert {place.stat().st_mode & 0o777 for place in (*places, places[0].parent) if place.is_dir()} == {0o700}
    store = next(place for place in places if place.suffix == ".db").read_bytes()
    assert b"DEFAULT_KEY" not in store


@pytest.mark.parametrize("lost", ["store", "store/pickle.key", "device.json"])
async def test_a_lost_store_makes_a_new_device_that_is_trusted_at_once(bot: Account, anna: Person, lost: str) -> None:
    async with bot.listening():
        await anna.invites(bot.user)
        await talks(bot, anna, "eins")
        master, device, _, _ = await seen(bot)
    path = bot.session.vault.directory / lost
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    async with bot.listening() as channel:
        await talks(bot, anna, "zwei")
        now = await seen(bot)
        assert now[0] == master and now[1] != device and now[2]
        assert now[3] == (2 if lost == "device.json" else 1)
        assert channel.name == "matrix"


async def test_a_broken_store(bot: Account, anna: Person) -> None:
    async with bot.listening():
        await anna.invites(bot.user)
    for file in bot.session.vault.store.glob("*.db"):
        file.write_bytes(b"nonsense" * 1000)
    async with bot.listening():
        await talks(bot, anna, "zwei")
        assert (await seen(bot))[2:] == (True, 1)


async def test_lost_seeds_are_told_and_a_new_identity_needs_a_word(bot: Account, anna: Person) -> None:
    async with bot.listening():
        await anna.invites(bot.user)
        master = (await seen(bot))[0]
    vault = bot.session.vault
    vault.identity.unlink()
    vault.drop_device()
    with capture_logs() as logs:
        async with bot.listening():
            await talks(bot, anna, "ohne Unterschrift")
            assert (await seen(bot))[0::2] == (master, False)
    told = next(log for log in logs if log["event"] == "matrix_identity_lost")
    assert str(vault.identity) in told["remedy"]
    vault.identity.touch()
    async with bot.listening():
        await talks(bot, anna, "mit neuer Unterschrift")
        now = await seen(bot)
        assert now[0] != master and now[2]


async def test_an_identity_that_was_not_uploaded_to_the_end(bot: Account) -> None:
    seeds = new_seeds()
    async with bot.listening():
        pass
    bot.session.vault.keep_seeds(seeds | {"not yet uploaded": ""})
    async with bot.listening():
        assert (await seen(bot))[0::2] == (CrossSigning.from_seeds(bot.user, seeds).master, True)
    assert bot.session.vault.seeds() == seeds


async def test_somebody_elses_seeds_change_nothing(bot: Account) -> None:
    async with bot.listening():
        before = await seen(bot)
    bot.session.vault.keep_seeds(new_seeds())
    with capture_logs() as logs:
        async with bot.listening():
            assert await seen(bot) == before
    assert any(log["event"] == "matrix_identity_lost" for log in logs)


async def claim(bot: Account, anna: Person, count: int) -> list[dict[str, Any]]:
    """So many of the bot's one-time keys are taken; gives them."""
    device = bot.session.vault.device()
    assert device
    asked = {"one_time_keys": {bot.user: {device.device_id: "signed_curve25519"}}}
    token = anna.client.access_token
    taken = []
    for _ in range(count):
        answer = await bot.homeserver.call("POST", "/_matrix/client/v3/keys/claim", asked, token)
        taken.append(next(iter(answer["one_time_keys"][bot.user][device.device_id].values())))
    return taken


async def test_new_people_reach_it_when_all_one_time_keys_are_used_up(
    bot: Account, anna: Person, homeserver: Homeserver
) -> None:
    async with bot.listening():
        pass
    taken = await claim(bot, anna, 55)
    assert [bool(key.get("fallback")) for key in (taken[0], taken[-1])] == [False, True]
    await anna.invites(bot.user, joined=False)
    await anna.says("von Anna")
    bert = await homeserver.person("bert")
    await bert.invites(bot.user, joined=False)
    await bert.says("von Bert")
    async with bot.listening():
        await bot.hears("von Anna")
        await bot.hears("von Bert")
        await talks(bot, anna, "noch einmal")
    again = await claim(bot, anna, 1)
    assert not again[0].get("fallback")
    assert (await claim(bot, anna, 60))[-1]["key"] != taken[-1]["key"]


def settings(url: str, user: str) -> Matrix:
    return Matrix(platform="matrix", homeserver=url, user=user, password=SecretStr("geheim"))


async def test_what_can_be_said_from_outside(bot: Account, anna: Person, homeserver: Homeserver) -> None:
    facts = await inspect("matrix", settings(homeserver.url, bot.user), bot.directory)
    assert facts.versions and not facts.device and "not logged in" in facts.problem
    async with bot.listening():
        await anna.invites(bot.user)
        await talks(bot, anna, "hallo")
    await anna.invites(bot.user, joined=False)
    facts = await inspect("matrix", settings(homeserver.url, bot.user), bot.directory)
    assert (facts.accepted, facts.signed, facts.fallback_key, facts.problem) == (True, True, True, "")
    assert facts.one_time_keys > 40 and facts.invitations == 1
    await homeserver.log_out_everywhere(bot.user)
    facts = await inspect("matrix", settings(homeserver.url, bot.user), bot.directory)
    assert not facts.accepted and "401" in facts.problem
    facts = await inspect("matrix", settings("http://127.0.0.1:9", bot.user), bot.directory)
    assert "does not answer" in facts.problem
