"""check and workshop with an account on Matrix, as whoever runs an installation has them."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from tests.homeserver import PASSWORD, Homeserver
from tests.system.commands import CommandLine

# The homeserver is a process: while a command runs, nothing here has to.


@pytest_asyncio.fixture
async def homeserver() -> AsyncIterator[Homeserver]:
    async with Homeserver() as homeserver:
        yield homeserver


def configure(worthalten: CommandLine, homeserver: str, user: str, password: str = PASSWORD) -> None:
    (worthalten.directory / "config.toml").write_text(
        f'[bot]\nresponsible = "Stadt Musterhausen"\n[channels.matrix]\nplatform = "matrix"\n'
        f'homeserver = "{homeserver}"\nuser = "{user}"\npassword = "{password}"\n'
    )


def checks(worthalten: CommandLine) -> dict[str, tuple[bool, str, str]]:
    """What `check` says of the account, by name: whether it is in order, detail and remedy."""
    found = worthalten("check", "--json").json["checks"]
    assert all(bool(check["remedy"]) is not check["ok"] for check in found)
    known = {check["name"]: (check["ok"], check["detail"], check["remedy"]) for check in found}
    return {name.removesuffix(" matrix"): check for name, check in known.items() if name.endswith(" matrix")}


async def test_check_before_and_after_the_first_run(worthalten: CommandLine, homeserver: Homeserver) -> None:
    user = await homeserver.register("bot")
    configure(worthalten, homeserver.url, user)
    before = checks(worthalten)
    assert list(before) == ["homeserver", "channel"] and all(check[0] for check in before.values())
    assert homeserver.url in before["homeserver"][1] and "first time" in before["channel"][1]
    anna = await homeserver.person("anna")
    with worthalten.running("run") as bot:
        await anna.invites(user)
        await anna.hears("code")
        bot.terminate()
        assert bot.wait(timeout=30) == 0
    await anna.invites(user, joined=False)
    after = checks(worthalten)
    assert list(after) == ["homeserver", "channel", "encryption", "keys", "invitations"]
    assert all(check[0] for check in after.values())
    assert "signed" in after["encryption"][1] and "1 invitation waits" in after["invitations"][1]
    identity = worthalten.directory / "data" / "matrix" / "matrix" / "identity.json"
    assert [identity.stat().st_mode & 0o777, identity.parents[2].stat().st_mode & 0o777] == [0o600, 0o700]
    await homeserver.log_out_everywhere(user)
    revoked = checks(worthalten)
    assert not revoked["channel"][0] and "worthalten run" in revoked["channel"][2]


async def test_a_homeserver_that_is_none(worthalten: CommandLine) -> None:
    configure(worthalten, "http://127.0.0.1:9", "@bot:example.org")
    assert checks(worthalten)["homeserver"][0] is False
    assert worthalten("check").code == 1


async def test_a_wrong_password_is_named(worthalten: CommandLine, homeserver: Homeserver) -> None:
    configure(worthalten, homeserver.url, await homeserver.register("bot"), "falsch")
    with worthalten.running("run") as bot:
        assert bot.stderr
        said = next(line for line in bot.stderr if "channel_stopped" in line)
        bot.terminate()
        assert bot.wait(timeout=30) == 0
        rest = bot.stderr.read()
    assert "The homeserver does not accept `user` and `password`" in said
    assert "falsch" not in said + rest and "Traceback" not in said + rest


async def test_links_and_the_code_beside_them(worthalten: CommandLine, tmp_path: Path) -> None:
    configure(worthalten, "http://127.0.0.1:9", "@versprechen:example.org")
    made = worthalten("workshop", "new", "--name", "Berlin", "--date", "2025-07-09", "--land", "BE", "--json")
    assert made.json["links"] == {"matrix": "https://matrix.to/#/@versprechen:example.org"}
    shown = worthalten("workshop", "new", "--name", "Köln", "--date", "2025-07-09", "--land", "NW")
    assert "people write it as their first message" in shown.out
