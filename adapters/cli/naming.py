"""The bot's own name on each channel: links need it, and only the platform knows it."""

import asyncio
from collections.abc import Iterable

from adapters.cli.session import Session
from adapters.wiring import Unwired, lines
from bot.ports import Delivery, Sent
from bot.service.hosting import link
from bot.texts import Speaker
from scheduler.runner import Line

PATIENCE = 10.0
"""Seconds to wait for a platform; it can be asked again another time."""


def links(session: Session, code: str) -> tuple[dict[str, str | None], dict[str, str]]:
    """The address that hands `code` to the bot on each configured channel, None where there is none (yet), and why.

    What is known is not asked again.
    """
    config, hosting = session.config, session.hosting
    known = hosting.handles()
    unknown = [name for name in config.channels if not known.get(name, ("", ""))[1]]
    why = asyncio.run(_ask(session, unknown)) if unknown else {}
    known = hosting.handles()
    return {name: link(*known[name], code) if name in known else None for name in config.channels}, why


async def _ask(session: Session, names: Iterable[str]) -> dict[str, str]:
    """Ask these channels for the bot's name and keep the answers; gives the reason for each that did not answer."""
    try:
        asked = [line for line in lines(session.config) if line.channel.name in names]
    except Unwired as error:
        return dict.fromkeys(names, error.said(session.t))
    answers = await asyncio.gather(*(_name(line) for line in asked))
    why = {}
    for line, answer in zip(asked, answers, strict=True):
        name = line.channel.name
        if isinstance(answer, str):
            session.hosting.remember(name, session.config.channels[name].platform, answer)
        else:
            why[name] = reason(answer, session.t)
    return why


async def _name(line: Line) -> str | Delivery | None:
    try:
        async with asyncio.timeout(PATIENCE):
            return await line.channel.bot_name()
    except TimeoutError:
        return None
    finally:
        await line.close()


def reason(answer: Delivery | None, t: Speaker) -> str:
    """Why a platform did not answer; "" where it did not even say that. A platform's own words stay as they are."""
    said = "" if answer is None or isinstance(answer, Sent) else str(getattr(answer, "reason", ""))
    return ": ".join(part if "{" in part else t.plain(part) for part in said.split(": ") if part)


def without_link(channel: str, reason: str, t: Speaker) -> str:
    """That there is no link for a channel yet, and why (`reason`, "" where nobody knows)."""
    if reason:
        return t.plain("There is no link for {channel} yet: {reason}", channel=channel, reason=f"{reason.rstrip('.')}.")
    return t.plain(
        "There is no link for {channel} yet: the platform does not answer. Please try again later.", channel=channel
    )
