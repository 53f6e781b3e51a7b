"""One person with several accounts: both sides confirm, nothing is lost, nobody is asked twice."""

import random
import re
from collections import Counter
from datetime import date, timedelta

import pytest

from bot.domain.quiet_times import Window
from bot.service.housekeeping import Housekeeping
from bot.service.linking import Mending, NobodyThere
from bot.store.tables import metadata, people
from tests.service.looking import Change, Dump, Look
from tests.service.test_partnering import CODE, invitation, joins
from tests.stage import Person, Stage


def link_code(person: Person) -> str:
    """The code that somebody gets to connect another account."""
    person.hears()
    person.says("/settings")
    person.taps("Connect accounts")
    person.taps("Connect an account")
    found = CODE.search(person.hears()[-1])
    assert found
    return found[0]


def connect(first: Person, second: Person) -> None:
    """Connect the second account, which is a person's already, with the first."""
    second.says(link_code(first))
    second.taps("Yes, connect them")
    first.taps("Yes, that was me")
    first.hears()
    second.hears()


def test_a_new_chat_becomes_an_account(stage: Stage, look: Look) -> None:
    anna, other = stage.maker("Anna"), stage.person("Anna on Matrix", "en", on="matrix")
    other.says(link_code(anna))
    assert "connected with your account on Telegram" in other.hears()[-1]
    other.taps("Yes, I agree")
    assert look("accounts", "channel") == ["telegram"]  # not yet: the other side has to confirm
    assert "Was that you?" in anna.hears()[-1]
    anna.taps("Yes, that was me")
    assert "The accounts belong together now" in other.hears()[-1]
    assert look("people", "id") == [1]
    assert look("accounts", "person_id", "channel", "preferred") == [(1, "telegram", True), (1, "matrix", False)]
    assert len(look("consents", "account_id")) == 2
    other.says("/status")
    assert "BER-001" in other.hears()[-1]
    assert look("codes", "code") == []


@pytest.mark.parametrize("who", ["new", "known"])
def test_no_from_the_other_side_connects_nothing(stage: Stage, look: Look, dump: Dump, who: str) -> None:
    anna = stage.maker("Anna")
    mallory = stage.maker("Mallory", "Mine") if who == "known" else stage.person("Mallory", "en")
    code = link_code(anna)
    before = {table: rows for table, rows in dump().items() if table in ("people", "accounts", "pledges", "consents")}
    mallory.says(code)
    mallory.taps("Yes")
    anna.taps("No, not me")
    mallory.hears()
    mallory.says("/status")
    assert "BER-001" not in mallory.hears()[-1]
    after = dump()
    assert {table: after[table] for table in before} == before
    assert look("codes", "code") == []
    mallory.says(code)
    assert "expired" in mallory.hears()[-1]
    if who == "new":
        assert [
            row for table, rows in dump().items() if table != "inbox" for row in rows if mallory.address in row
        ] == []


def test_the_confirmation_has_fifteen_minutes(stage: Stage, look: Look) -> None:
    anna, bert = stage.maker("Anna"), stage.maker("Bert", "Mine")
    bert.says(link_code(anna))
    bert.taps("Yes, connect them")
    stage.sleeps(hours=0.3)
    anna.taps("Yes, that was me")
    assert "That took too long" in anna.hears()[-1]
    assert look("people", "id") == [1, 2]
    stage.sleeps(days=2)
    Housekeeping(stage.installation).tidy()
    assert look("codes", "code") == []


def test_a_newer_code_replaces_the_one_before(stage: Stage) -> None:
    anna, bert = stage.maker("Anna"), stage.maker("Bert", "Mine")
    old, new = link_code(anna), link_code(anna)
    bert.says(old)
    assert "expired" in bert.hears()[-1]
    bert.says(new)
    assert "belong together" in bert.hears()[-1]


def test_nobody_links_with_themselves(stage: Stage) -> None:
    anna = stage.maker("Anna")
    anna.says(link_code(anna))
    assert "is yours already" in anna.hears()[-1]


def test_the_stricter_setting_wins_and_pauses_unite(stage: Stage, look: Look) -> None:
    anna, bert = stage.maker("Anna"), stage.maker("Bert", "Mine")
    anna.says("/pause 1 August")
    bert.says("/pause 20 August")
    bert.says("/stop")
    connect(anna, bert)
    assert look("people", "paused_until", "stopped") == [(date(2025, 8, 20), True)]
    stage.jump(days=100)
    assert [*anna.hears(), *bert.hears()] == []


def test_what_one_side_was_to_the_pledge_of_the_other(stage: Stage, look: Look) -> None:
    """Nobody is their own partner, and the question that they were asked as one is answered with their own."""
    anna = stage.maker("Anna")
    bert = joins(stage, anna)
    bert.says("/update")
    bert.taps("Stuck")
    connect(anna, bert)
    assert look("companions", "person_id") == []
    assert look("news", "person_id") == []
    assert look("answers", "person_id") == [1]
    bert.says("/status 1")
    assert "🔴 Stuck" in bert.hears()[-1]


def test_two_partners_who_are_one(stage: Stage, look: Look) -> None:
    anna = stage.maker("Anna")
    bert = joins(stage, anna)
    stage.clock.advance(timedelta(days=1))
    cora = joins(stage, anna, "Cora")
    connect(cora, bert)
    assert look("companions", "person_id", "name") == [(3, "Bert")]  # the one who was there longest


def test_the_other_accounts_buttons_say_answered_already(stage: Stage) -> None:
    anna, bert = stage.maker("Anna"), stage.maker("Bert", "Mine")
    connect(anna, bert)
    stage.until_asked()
    asked = anna.newest
    assert bert.hears() == []
    bert.says("all on track")
    assert "Noted" in bert.hears()[-1]
    assert "Answered already" in anna.taps(0, on=asked)


def test_blocked_is_a_matter_of_the_account(stage: Stage) -> None:
    anna, other = stage.maker("Anna"), stage.maker("Other", "Mine")
    connect(anna, other)
    anna.blocks()
    stage.until_asked()
    assert "your pledges" in other.hears()[-1]


def test_a_block_that_is_noticed_while_sending_uses_the_other_account(stage: Stage, look: Look) -> None:
    anna, other = stage.maker("Anna"), stage.maker("Other", "Mine")
    connect(anna, other)
    anna.platform.refuse(anna.address)
    stage.jump(days=60)
    assert "your pledges" in " ".join(other.hears())
    assert Counter(look("outbox", "state"))["unreachable"] == 1


def test_where_the_bot_writes_can_be_chosen(stage: Stage) -> None:
    anna, other = stage.maker("Anna"), stage.maker("Other", "Mine")
    connect(anna, other)
    anna.says("/settings")
    anna.taps("Connect accounts")
    anna.taps("Where I write")
    anna.taps(other.address)
    anna.hears()
    stage.until_asked()
    assert anna.hears() == []
    assert "your pledges" in other.hears()[-1]


def test_unlinking_forgets_the_chat_and_keeps_the_person(stage: Stage, dump: Dump, look: Look) -> None:
    anna, other = stage.maker("Anna"), stage.maker("Other", "Mine")
    connect(anna, other)
    other.says("/settings")
    other.taps("Connect accounts")
    other.taps("Part an account")
    other.taps(other.address)
    other.taps("Yes, part it")
    assert "is not connected any more" in other.hears()[-1]
    traces = [row for table, rows in dump().items() if table != "inbox" for row in rows if f"'{other.address}'" in row]
    assert traces == []
    other.says("/status")
    assert "I have not stored anything about you" in other.hears()[-1]
    anna.says("/status")
    assert "Mine" in anna.hears()[-1]
    assert look("accounts", "preferred") == [True]


def test_the_last_account_cannot_be_parted(stage: Stage) -> None:
    anna = stage.maker("Anna")
    anna.says("/settings")
    anna.taps("Connect accounts")
    assert anna.newest.labels == ["Connect an account", "Leave it as it is"]


def test_an_organisers_code_restores_a_lost_account(stage: Stage, look: Look) -> None:
    stage.maker("Anna")
    new = stage.person("New telephone", "en")
    mending = Mending(stage.installation)
    with pytest.raises(NobodyThere):
        mending.account_code(77)
    new.says(mending.account_code(1))
    new.taps("Yes, I agree")
    assert "this chat is yours now" in new.hears()[-1]
    assert look("accounts", "person_id", "preferred") == [(1, False), (1, True)]
    new.says("/status")
    assert "BER-001" in new.hears()[-1]
    stage.until_asked()
    assert "How is BER-001" in new.hears()[-1]


def test_an_organisers_code_unites_somebody_who_had_begun_anew(stage: Stage, look: Look) -> None:
    stage.maker("Anna")
    anew = stage.maker("Anna again", "The same once more")
    anew.says(Mending(stage.installation).account_code(1))
    anew.taps("Yes, connect them")
    assert look("people", "id") == [1]
    anew.hears()
    anew.says("/status")
    assert "BER-001" in anew.newest.text
    assert "BER-002" in anew.newest.text


def lives(stage: Stage, person: Person, chance: random.Random) -> None:
    """A few of the things that people do."""
    for _ in range(chance.randrange(3, 9)):
        match chance.randrange(8):
            case 0:
                person.says("/new Another pledge")
            case 1 | 2:
                person.says("/update")
                if any("BER-" in label for label in person.newest.labels):
                    person.taps(0)
                if "🔴 Stuck" in person.newest.labels:
                    person.taps(chance.choice(["On track", "Slower"]))
            case 3:
                person.says("/human Please call me")
            case 4:
                person.says(f"/pause {chance.randrange(1, 28)} August")
            case 5:
                person.says("/human")
            case 6:
                stage.jump(days=chance.randrange(1, 40))
            case 7:
                person.says("/status")


@pytest.mark.parametrize("seed", range(8))
def test_nothing_is_lost_and_nobody_is_asked_twice(stage: Stage, look: Look, seed: int) -> None:
    """Whatever two accounts have done before, all of it is there afterwards, and belongs to one."""
    chance = random.Random(seed)
    anna, bert, cora = stage.maker("Anna"), stage.maker("Bert", "Mine"), stage.maker("Cora", "Hers")
    for person in (anna, bert):
        person.says(invitation(cora, f"{person.name} of Cora"))
        person.taps("Yes")
    bert.says(invitation(anna, "Bert of Anna"))
    bert.taps("Yes")
    for person in (anna, bert, anna, bert):
        lives(stage, person, chance)
    counts = {name: len(look(name, *_key(name))) for name in metadata.tables}
    connect(anna, bert)
    for name in ("pledges", "answers", "calls", "asked", "consents", "accounts", "occasions"):
        assert len(look(name, *_key(name))) == counts[name], name
    for table in metadata.tables.values():
        for column in table.columns:
            if any(key.column is people.c.id for key in column.foreign_keys):
                assert 2 not in look(table.name, column.name), (table.name, column.name)
    assert look("people", "id") == [1, 3]
    assert look("companions", "person_id") == [1]  # beside Cora, once

    anna.hears(), bert.hears()
    before = {person.name: len(person.platform.told(person.address)) for person in (anna, bert)}
    days: Counter[date] = Counter()
    while (due := stage.asking.next_due()) and due < stage.clock.now() + timedelta(days=250):
        stage.clock.set(due)
        stage.ask()
        days[due.date()] += len(anna.hears()) + len(bert.hears())
    assert len(bert.platform.told(bert.address)) == before["Bert"]  # asked in one place only
    assert days and max(days.values()) <= 1
    assert re.search(r"BER-00\d", anna.newest.first)


def _key(name: str) -> list[str]:
    return [column.name for column in metadata.tables[name].primary_key.columns]


def test_the_window_of_the_kept_account_stays(stage: Stage, look: Look, change: Change) -> None:
    anna, bert = stage.maker("Anna"), stage.maker("Bert", "Mine")
    change("UPDATE people SET \"window\" = 'evening' WHERE id = 1")
    connect(anna, bert)
    assert look("people", "window") == [Window.EVENING]
