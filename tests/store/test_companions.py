from datetime import timedelta

from sqlalchemy import Connection

from bot.domain.company import Companion, Part
from bot.store import companions
from tests.store.rows import NOW, Rows


def test_the_longest_companion_comes_first_and_everybody_can_leave(tx: Connection, rows: Rows) -> None:
    workshop = rows.workshop()
    petra, anna, bert = rows.person("1"), rows.person("2"), rows.person("3")
    pledge, other = rows.pledge("BER-001", workshop, petra), rows.pledge("BER-002", workshop, petra)
    later = NOW + timedelta(days=1)
    companions.add(tx, pledge, bert, Part.PARTNER, later)
    companions.add(tx, pledge, anna, Part.DEPUTY, NOW)
    companions.add(tx, other, anna, Part.PARTNER, NOW)
    first, second = Companion(anna, Part.DEPUTY, NOW), Companion(bert, Part.PARTNER, later)
    assert companions.of_pledges(tx, [pledge]) == {pledge: (first, second)}
    assert companions.pledges_of(tx, [anna, bert]) == {anna: {pledge, other}, bert: {pledge}}
    companions.leave(tx, pledge, anna)
    assert companions.of_pledges(tx, [pledge, other]) == {
        pledge: (second,),
        other: (Companion(anna, Part.PARTNER, NOW),),
    }


def test_a_companion_takes_another_part(tx: Connection, rows: Rows) -> None:
    pledge = rows.pledge("BER-001", rows.workshop(), rows.person("1"))
    anna = rows.person("2")
    companions.add(tx, pledge, anna, Part.PARTNER, NOW)
    companions.add(tx, pledge, anna, Part.DEPUTY, NOW)
    assert companions.of_pledges(tx, [pledge]) == {pledge: (Companion(anna, Part.DEPUTY, NOW),)}
