"""A workshop's evening and its half-year: people on Telegram and on Matrix at once, and two who look after them.

A live rehearsal is `worthalten run` with a calendar that can be moved on. The evening goes at the speed of life; then
the same rehearsal goes on from one thing that is due to the next.
"""

import asyncio
import re
from collections import Counter
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select

from bot.store.engine import open_engine
from bot.store.tables import asked
from tests.homeserver import Homeserver
from tests.system.evening_cast import Organiser, guests
from tests.system.guests import Guest
from tests.system.half_year import BERLIN, calendar, command, compare, judge, rehearse, workshop, write_transcripts
from tests.system.phones import OnMatrix, OnTelegram, Phone
from tests.system.processes import Bot, configure_both
from tests.telegram_server import TelegramServer

TEN_MINUTES = timedelta(minutes=10)
OVER = "Geprobt bis"
REUNION = "Wir sehen uns am 20. November um 18 Uhr im Rathaus wieder."
PHOTOS = "Bitte schicken Sie uns bis Ende Oktober ein Foto."
CORRECTED = "Bitte schicken Sie uns bis Mitte November ein Foto."
ANNOUNCED = {date(2025, 9, 1): (REUNION, "31.10.2025", ""), date(2025, 9, 15): (PHOTOS, "31.12.2025", CORRECTED)}
"""On which day of the calendar Olga announces what, until when it is of use, and what it is corrected to."""
VERDICT = re.compile(r"(\d+) von (\d+) haben geantwortet")


@pytest.mark.long  # even the small one takes a minute and a half; its way is that of the live rehearsal's
@pytest.mark.timeout(3600)
@pytest.mark.parametrize(
    ("people", "until", "arriving", "patience"), [(6, " bis Ende September", 2.0, 0.2), (60, "", 60.0, 1.0)]
)
async def test_an_evening_and_what_follows(
    people: int, until: str, arriving: float, patience: float, tmp_path: Path
) -> None:
    log = tmp_path / "log"
    async with TelegramServer() as telegram, Homeserver(message_limit=True) as homeserver:
        account = await homeserver.register("versprechen")
        await homeserver.unlimit(account)
        config = configure_both(tmp_path, f"sqlite:///{tmp_path / 'worthalten.db'}", telegram, (homeserver, account))
        phones = [
            OnTelegram(f"Gast {number}", telegram)
            if number % 4
            else await OnMatrix.register(f"Gast {number}", homeserver)
            for number in range(people)
        ]  # fmt: skip
        everyone = guests(phones, until)
        olga, otto = OnTelegram("Olga", telegram), await OnMatrix.register("Otto", homeserver)

        bot = await rehearse(config, patience, log, speed=1)
        while log.read_text().count("Worthalten läuft") < 2:
            assert bot.is_running, bot.tail()
            await asyncio.sleep(0.1)
        invited = workshop(config)
        team = _team(everyone, olga, otto)
        await asyncio.gather(*(_joins_the_team(organiser, config, invited) for organiser in team))
        engine = open_engine(f"sqlite:///{tmp_path / 'worthalten-rehearsal.db'}")
        await _evening(team[0], everyone, invited, arriving)
        assert calendar(engine) - datetime.combine(date(2025, 7, 9), time(14), BERLIN) < TEN_MINUTES
        assert await bot.terminate() == 0, bot.tail()

        over = asyncio.Event()
        bot = await rehearse(config, patience, log)
        living = asyncio.gather(*(one.lives(over) for one in everyone), *(one.works(over) for one in team))
        await _half_a_year(bot, engine, team[0], living)
        over.set()
        await living
        report = await team[0].after("bericht", "haben geantwortet")
        assert await bot.terminate() == 0, bot.tail()

        chats = {phone.name: phone.entries() for phone in (*phones, olga, otto)}
        write_transcripts(engine, chats, tmp_path / "transcripts")
        assert telegram.violations == []
        assert "Traceback" not in log.read_text(errors="replace")
        judge(engine)
        compare(engine, telegram)
        _everyone_is_asked(engine, everyone)
        _every_week_begins_with_a_digest([olga, otto])
        _whoever_asked_for_help_heard_from_the_team(everyone, team)
        _announcements_came_once_and_right(everyone)
        _the_report_says_what_people_said(report.text, everyone)
        engine.dispose()


def _team(everyone: list[Guest], olga: Phone, otto: Phone) -> list[Organiser]:
    """Each of the two takes the calls from the other's messenger."""

    def calls_from(platform: str) -> set[str]:
        return {guest.reference for guest in everyone if guest.phone.platform == platform}

    return [
        Organiser(olga, lambda reference: reference in calls_from("matrix")),
        Organiser(otto, lambda reference: reference in calls_from("telegram")),
    ]


async def _joins_the_team(organiser: Organiser, config: Path, invited: dict[str, Any]) -> None:
    """Whoever runs the bot invites them with a one-time code."""
    made = await asyncio.to_thread(command, config, "organiser", "invite", "--workshop", invited["letters"])
    await organiser.joins(made["links"], made["code"])


async def _evening(olga: Organiser, everyone: list[Guest], invited: dict[str, object], arriving: float) -> None:
    """All come within minutes, and the count in Olga's chat tells how it fills up, in one message."""
    code, links = str(invited["code"]), invited["links"]
    assert isinstance(links, dict)
    counter = await olga.opens_the_count()
    seen: list[int] = []

    async def watches() -> None:
        while not seen or seen[-1] < len(everyone):
            [counted] = olga.phone.told(counter.id)[:1]
            found = re.match(r"(\d+) (?:Mensch|Person)", counted.text)
            if found and seen[-1:] != [int(found[1])]:
                seen.append(int(found[1]))
            await asyncio.sleep(0.05)

    async with asyncio.timeout(arriving + 120):
        await asyncio.gather(watches(), *(guest.comes(links, code, arriving) for guest in everyone))
        await olga.phone.hears(f"{len(everyone)} Versprechen", counter.id)
    assert seen == sorted(seen) and len(olga.phone.told(counter.id)) == 1
    assert len({guest.reference for guest in everyone}) == len(everyone)


async def _half_a_year(bot: Bot, engine: Engine, olga: Organiser, living: "asyncio.Future[list[None]]") -> None:
    """Until nothing is to come; Olga announces on her days. Whoever fails ends it."""
    to_come = dict(ANNOUNCED)
    while OVER not in bot.log.read_text(errors="replace").rpartition("Worthalten ist beendet")[2]:
        assert bot.is_running, bot.tail()
        if living.done():
            await living
        for day in [day for day in to_come if day <= calendar(engine).date()]:
            olga.wishes.append(to_come.pop(day))
        await asyncio.sleep(0.05)
    assert not to_come and not olga.wishes


def _everyone_is_asked(engine: Engine, everyone: list[Guest]) -> None:
    """How it stands, and in the end what came of it, unless they said so before or wanted no more messages."""
    with engine.begin() as tx:
        kinds = {kind for (kind,) in tx.execute(select(asked.c.kind).distinct())}
    assert {"first_step", "check_in", "nudge", "last_call", "outcome", "reminder"} <= kinds
    for guest in everyone:
        told = [one.text for one in guest.phone.told()]
        assert any(f"Wie steht es um {guest.reference}" in text for text in told), guest.phone.name
        ended = guest.outcome or any("ich schreibe Ihnen nicht mehr" in text for text in told)
        assert ended or any(f"Was ist aus {guest.reference} geworden?" in text for text in told), guest.phone.name


def _whoever_asked_for_help_heard_from_the_team(everyone: list[Guest], team: list[Organiser]) -> None:
    """From the other messenger, by name, and was asked whether it helped."""
    olga, otto = team
    called = {guest.phone.platform for guest in everyone if guest.asked_for_help}
    assert called == {"telegram", "matrix"}
    for guest in everyone:
        if guest.asked_for_help:
            helper = olga if guest.phone.platform == "matrix" else otto
            told = [one.text for one in guest.phone.told()]
            assert guest.reference in helper.helped
            assert sum(f"Team: Guten Tag, hier ist {helper.phone.name} vom Team." in text for text in told) == 1
            assert sum("Hat es Ihnen geholfen?" in text for text in told) == 1


def _every_week_begins_with_a_digest(team: list[Phone]) -> None:
    """Five lines on a Monday, to both of them; the calls of the week are counted in them."""
    for phone in team:
        digests = [one.text for one in phone.told() if "Ihre Woche" in one.text]
        assert len(digests) > 4
        assert any("Neue Hilferufe: 0" not in text for text in digests)


def _announcements_came_once_and_right(everyone: list[Guest]) -> None:
    """Whoever wants messages has each of them once; what was corrected shows the new words only."""
    for guest in everyone:
        texts = [one.text for one in guest.phone.told()]
        stopped = any("ich schreibe Ihnen nicht mehr" in text for text in texts)
        counts = [sum(words in text for text in texts) for words in (REUNION, CORRECTED, PHOTOS)]
        assert counts == ([0, 0, 0] if stopped else [1, 1, 0]), (guest.phone.name, counts)


def _the_report_says_what_people_said(report: str, everyone: list[Guest]) -> None:
    """Every outcome that the bot has confirmed to somebody is counted, as often."""
    said = Counter(guest.outcome for guest in everyone if guest.outcome)
    [(answered, total)] = VERDICT.findall(report)
    assert int(total) == len(everyone)
    classes = next(line for line in report.splitlines() if " · " in line)
    counts = {label: int(count) for label, _, count in (one.rpartition(" ") for one in classes.split(" · "))}
    assert {label: counts.get(label, 0) for label in said} == dict(said)
    assert int(answered) >= said.total()
