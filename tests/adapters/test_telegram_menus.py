"""The menus of the team: there as long as somebody has a role, in their language."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from adapters.telegram import TelegramChannel
from adapters.telegram.menus import REST_SECONDS, TeamMenus
from bot.domain.roles import Role
from bot.service.appointing import Appointing
from bot.service.menus import Menus
from bot.store import workshops
from scheduler.database import Database
from tests.stage import Person, Stage
from tests.telegram_server import Fault, TelegramServer

pytestmark = [pytest.mark.asyncio, pytest.mark.parametrize("backend", ["sqlite"], indirect=True)]


class World:
    """A stage whose people have chats on a Telegram, and the menus there."""

    def __init__(self, stage: Stage, server: TelegramServer, channel: TelegramChannel) -> None:
        self.stage, self.server, self.now = stage, server, 0.0
        self.database = Database()
        self.channel = channel
        self.follow()

    def follow(self) -> None:
        """With the administrators that the configuration names now."""
        self.menus = TeamMenus(self.channel, Menus(self.stage.installation), self.database, lambda: self.now)

    def joins(self, name: str, role: Role, language: str = "de") -> Person:
        """Somebody who is of the team, and has a chat."""
        self.server.person(name).says("/start")
        self.stage.team_code("TEAM2345", role)
        person = self.stage.person(name, language)
        assert person.address == str(self.server.person(name).id)
        person.says("TEAM2345")
        person.taps(0)
        return person

    def of(self, person: Person) -> list[str] | None:
        """The commands of the person's own menu; None where they see everybody's."""
        menu = self.server.commands.get(("chat", int(person.address), ""))
        return None if menu is None else [entry["command"] for entry in menu]

    @property
    def changes(self) -> int:
        return sum(call.method in ("setMyCommands", "deleteMyCommands") for call in self.server.calls)


@pytest_asyncio.fixture
async def world(stage: Stage) -> AsyncIterator[World]:
    async with TelegramServer() as server:
        channel = TelegramChannel("telegram", server.token, server.url)
        world = World(stage, server, channel)
        yield world
        await channel.close()
        world.database.close()
    assert server.violations == []


async def test_it_comes_with_a_role_and_goes_with_it(world: World, stage: Stage) -> None:
    await world.menus.refresh()
    assert world.changes == 0
    olga = world.joins("Olga", Role.ORGANISER)
    await world.menus.refresh()
    shown = world.of(olga)
    assert shown is not None
    assert shown[:6] == ["werkstatt", "ansage", "hilferufe", "antwort", "bericht", "offen"]
    assert shown[6:8] == ["update", "status"]
    assert world.server.commands["chat", int(olga.address), ""][1]["description"] == "allen etwas sagen"
    before = world.changes
    await world.menus.refresh()
    assert world.changes == before
    with stage.installation.engine.begin() as tx:
        workshop = workshops.existing(tx, 1)
    Appointing(stage.installation).dismiss(workshop, 1)
    await world.menus.refresh()
    assert world.of(olga) is None


async def test_it_shows_what_the_role_allows_in_their_language(world: World) -> None:
    rita = world.joins("Rita", Role.READER, "en")
    await world.menus.refresh()
    assert (world.of(rita) or [])[:4] == ["workshop", "report", "open", "update"]
    rita.says("/settings")
    rita.taps("Language")
    rita.taps("Deutsch (Sie)")
    await world.menus.refresh()
    assert (world.of(rita) or [])[:4] == ["werkstatt", "bericht", "offen", "update"]


async def test_nothing_of_it_stays_after_an_erasure(world: World, stage: Stage) -> None:
    olga = world.joins("Olga", Role.ORGANISER, "en")
    await world.menus.refresh()
    olga.says("/delete")
    olga.taps("Yes, erase everything")
    await world.menus.refresh()
    assert world.of(olga) is None
    assert Menus(stage.installation).wrong("telegram") == []


async def test_administrators_have_one_as_soon_as_they_have_a_chat(world: World, stage: Stage) -> None:
    udo = stage.appoint("Udo")
    world.server.person("Udo")  # has not written yet
    world.follow()
    await world.menus.refresh()
    assert world.of(udo) is None
    tried = len(world.server.calls)
    await world.menus.refresh()
    assert len(world.server.calls) == tried
    world.server.person("Udo").says("/start")
    world.now += REST_SECONDS
    await world.menus.refresh()
    assert (world.of(udo) or [])[0] == "werkstatt"


async def test_what_fails_is_tried_again(world: World) -> None:
    olga = world.joins("Olga", Role.ORGANISER)
    world.server.fail(Fault.ERROR_BEFORE, "getMyCommands", status=502)
    await world.menus.refresh()
    assert world.of(olga) is None
    world.now += REST_SECONDS
    await world.menus.refresh()
    assert world.of(olga) is not None
