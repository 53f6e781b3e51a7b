"""People on two platforms, one process: a maker on Telegram with a partner on Matrix, and one person on both."""

import re
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from bot.domain.land import Land
from bot.store import workshops
from bot.store.tables import accounts, answers, companions
from scheduler.clock import SystemClock
from tests.homeserver import PASSWORD, Homeserver
from tests.system.processes import Bot, configure
from tests.telegram_server import TelegramServer

CODE = "ABCD2345"
HANDED = re.compile(r"\b[2-9A-HJ-NP-Z]{8}\b")


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
async def test_a_maker_on_telegram_and_a_partner_on_matrix(database: str, engine: Engine, tmp_path: Path) -> None:
    now = SystemClock().now()
    with engine.begin() as tx:
        workshops.add(
            tx, letters="BER", name="Werkstatt Berlin", day=now.date(), land=Land.BE, code=CODE, created_at=now
        )
    async with TelegramServer() as telegram, Homeserver() as homeserver:
        account = await homeserver.register("bot")
        config = configure(tmp_path, database, telegram)
        config.write_text(
            f'{config.read_text()}\n[channels.matrix]\nplatform = "matrix"\nhomeserver = "{homeserver.url}"\n'
            f'user = "{account}"\npassword = "{PASSWORD}"\n'
        )
        bot = await Bot.start("bot", "run", "--config", config, log=tmp_path / "log")
        await bot.is_polling(telegram)
        bert = await homeserver.person("bert")
        await bert.invites(account)
        await bert.hears("code")  # Matrix runs: from here on the bot knows its names on both platforms

        anna = telegram.person("Anna", "en")
        anna.says(f"/start {CODE}")
        await anna.hears("Do you agree?")
        anna.taps("Yes, I agree")
        await anna.hears("What have you set out to do?")
        anna.says("We open a citizens' office")
        await anna.hears("BER-001")
        anna.says("/partner Bauhof")
        await anna.hears("This is the invitation for Bauhof")
        forward = await anna.hears("carry this pledge together")
        assert f"matrix.to/#/{account}" in forward.text
        handed = HANDED.findall(forward.text)[-1]
        assert f"start={handed}" in forward.text

        await bert.says(handed)
        consent = await bert.hears("carry this pledge together")
        assert "We open a citizens' office" in consent.text
        await bert.reacts(1, consent)
        await bert.hears("Good that you are in on BER-001")
        await bert.says("!update")
        await bert.reacts(2, await bert.hears("How is BER-001 getting on?"))
        await bert.hears("Noted: BER-001 🟡 Slower")
        anna.says("/status 1")
        assert "Bauhof: 🟡 Slower" in (await anna.hears("Bauhof on BER-001: 🟡 Slower")).text

        anna.says("/settings")
        await anna.hears("This is how I write to you")
        anna.taps("Connect accounts")
        await anna.hears("These are your accounts")
        anna.taps("Connect an account")
        code = HANDED.findall((await anna.hears("Please send me this code")).text)[0]
        also_anna = await homeserver.person("anna")
        await also_anna.invites(account)
        await also_anna.hears("code")
        await also_anna.says(code)
        await also_anna.reacts(1, await also_anna.hears("connected with your account on Telegram"))
        await also_anna.hears("confirm it on Telegram")
        assert also_anna.user in (await anna.hears("Was that you?")).text
        anna.taps("Yes, that was me")
        await also_anna.hears("The accounts belong together now")
        await also_anna.says("!update on it")
        question = await also_anna.hears("How is BER-001 getting on?")
        await also_anna.reacts(1, question)
        await also_anna.hears("Noted: BER-001 🟢 On track")

        assert await bot.terminate() == 0, bot.tail()
        assert "Traceback" not in bot.tail()
        assert telegram.violations == []
    with engine.begin() as tx:
        assert tx.execute(select(accounts.c.person_id, accounts.c.channel).order_by(accounts.c.id)).all() == [
            (1, "telegram"), (2, "matrix"), (1, "matrix"),
        ]  # fmt: skip
        assert tx.execute(select(companions.c.person_id)).scalars().all() == [2]
        said = select(answers.c.person_id, answers.c.standing).order_by(answers.c.id)
        assert tx.execute(said).all() == [(2, "slow"), (1, "on_track")]
