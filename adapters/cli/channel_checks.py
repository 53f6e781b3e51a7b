"""`worthalten check`, the channels: whether each platform knows the bot, and whether people reach it."""

import asyncio
from collections.abc import Collection, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import aiohttp

from adapters.cli.checks import Check
from adapters.cli.naming import PATIENCE, reason
from adapters.cli.session import Session
from adapters.cli.telegram_checks import telegram
from adapters.matrix import Facts, inspect
from adapters.matrix.vault import Vault
from adapters.telegram.channel import TelegramChannel
from adapters.wiring import Unwired, lines
from bot.config import Matrix
from scheduler.runner import Line

CLOCK_WRONG = timedelta(seconds=60)


def channels(session: Session, *, usable: bool, running: Collection[str]) -> Iterator[Check]:
    """What is to be said of all configured channels. `usable`: the database can keep the bot's names; `running` are
    the channels that the bot is at work on."""
    try:
        found = lines(session.config)
    except Unwired as error:
        yield Check("channels", False, session.t.plain("The bot has no channel to run on."), error.said(session.t))
        return
    for checks in asyncio.run(_ask(found, session, usable=usable, running=running)):
        yield from checks


async def _ask(found: list[Line], session: Session, *, usable: bool, running: Collection[str]) -> list[list[Check]]:
    channels = (_channel(line, session, usable=usable, running=line.channel.name in running) for line in found)
    return [[await _clock(session)], *await asyncio.gather(*channels)]


async def _clock(session: Session) -> Check:
    """This machine's clock beside that of a platform."""
    t, settings = session.t, next(iter(session.config.channels.values()))
    url = settings.homeserver if isinstance(settings, Matrix) else settings.api_url
    url = url if "://" in url else f"https://{url}"
    try:
        async with (
            aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(PATIENCE)) as client,
            client.head(url) as answer,
        ):
            theirs = parsedate_to_datetime(answer.headers["Date"])
    except (aiohttp.ClientError, TimeoutError, LookupError, ValueError):
        return Check("clock", True, t.plain("The clock could not be compared: {url} does not say the time.", url=url))
    wrong = datetime.now(UTC) - theirs
    if abs(wrong) < CLOCK_WRONG:
        return Check("clock", True, t.plain("The clock is right."))
    remedy = t.plain("Please let this machine set its clock by the network: timedatectl set-ntp true")
    seconds = round(abs(wrong).total_seconds())
    return Check("clock", False, t.plain("The clock is wrong by {seconds} seconds.", seconds=seconds), remedy)


async def _channel(line: Line, session: Session, *, usable: bool, running: bool) -> list[Check]:
    """Whether the platform knows the bot, and whether messages come to us."""
    t, channel = session.t, line.channel
    settings = session.config.channels[channel.name]
    remedy = t.plain("Please check the token and the way to the platform (network, `api_url`).")
    if isinstance(settings, Matrix):
        remedy = t.plain("Please check `homeserver` and the way to it.")
    nothing = Check(f"channel {channel.name}", False, t.plain("The platform does not answer."), remedy)
    try:
        async with asyncio.timeout(PATIENCE):
            answer = await channel.bot_name()
            if not isinstance(answer, str):
                return [Check(nothing.name, False, reason(answer, t) or nothing.detail, remedy)]
            if usable:
                session.hosting.remember(channel.name, settings.platform, answer)
            if isinstance(settings, Matrix):
                facts = await inspect(channel.name, settings, session.config.bot.keys_dir)
                return list(_account(channel.name, facts, session))
            assert isinstance(channel, TelegramChannel)
            checks = await telegram(channel, session, running=running)
            return [Check(nothing.name, True, f"@{answer}"), *checks]
    except TimeoutError:
        return [nothing]
    finally:
        await line.close()


def _account(name: str, facts: Facts, session: Session) -> Iterator[Check]:
    """An account on Matrix: its homeserver, its device, and what others need to write to it encrypted."""
    t = session.t
    settings = session.config.channels[name]
    assert isinstance(settings, Matrix)
    if not facts.homeserver:
        remedy = t.plain("Please check `homeserver` and the way to it.")
        yield Check(f"homeserver {name}", False, facts.problem, remedy)
        return
    latest = facts.versions[-1] if facts.versions else ""
    yield Check(f"homeserver {name}", True, f"{facts.homeserver}, Matrix {latest}")
    if not facts.device:
        detail = t.plain("{user} logs in when the bot runs for the first time.", user=settings.user)
        yield Check(f"channel {name}", True, detail)
        return
    if not facts.accepted:
        remedy = t.plain(
            "Please start the bot again: worthalten run. It logs in anew with the password in the configuration."
        )
        yield Check(f"channel {name}", False, facts.problem, remedy)
        return
    yield Check(f"channel {name}", True, t.plain("{user}, device {id}", user=settings.user, id=facts.device))
    yield _signature(name, facts, session)
    yield _keys(name, facts, session)
    waiting = t.plural(
        "{count} invitation waits; the bot answers it when it runs.",
        "{count} invitations wait; the bot answers them when it runs.",
        facts.invitations,
    )
    yield Check(f"invitations {name}", True, str(waiting) if facts.invitations else t.plain("None waits."))


def _signature(name: str, facts: Facts, session: Session) -> Check:
    t = session.t
    if facts.signed:
        return Check(f"encryption {name}", True, t.plain("The device is signed: people's clients trust it."))
    remedy = t.plain(
        "Please put {file} back from a backup and start the bot again. Without a backup put an empty file in its "
        "place: that makes a new identity, and people's clients tell them so once.",
        file=Vault(session.config.bot.keys_dir, name).identity,
    )
    return Check(f"encryption {name}", False, t.plain("The device is not signed: clients warn of it."), remedy)


def _keys(name: str, facts: Facts, session: Session) -> Check:
    t = session.t
    if facts.one_time_keys or facts.fallback_key:
        detail = t.plain("{count} one-time keys are in stock.", count=facts.one_time_keys)
        return Check(f"keys {name}", True, detail)
    remedy = t.plain("Please start the bot: worthalten run. It refills them by itself.")
    return Check(f"keys {name}", False, t.plain("No keys are left for new people to write with."), remedy)
