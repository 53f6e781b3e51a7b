"""What `/meine_daten` hands over: everything, and nothing of others."""

import json

from sqlalchemy import Engine, insert, select

from bot.domain.company import Part
from bot.service.exporting import NOBODYS, NOT_TOLD, SOMEBODY_ELSE, rows_of
from bot.store import belongings, companions
from bot.store.tables import metadata
from tests.service.looking import Dump
from tests.stage import Person, Stage


def told(person: Person) -> dict[str, object]:
    """The file that comes with `/my_data`."""
    person.says("/my_data")
    file = next(shown.message.attachment for shown in reversed(person.chat) if shown.message.attachment)
    data: dict[str, object] = json.loads(file.content)
    return data


def test_every_table_is_told_or_says_why_not() -> None:
    """Whoever adds a table meets this: it points at people, or it belongs into `NOBODYS` with a reason."""
    assert belongings.reachable() | set(NOBODYS) == set(metadata.tables)
    assert belongings.reachable() & set(NOBODYS) == set()
    assert all(column in metadata.tables[table].c for table, column in (name.split(".") for name in NOT_TOLD))


def test_every_column_of_every_row_is_told(stage: Stage, dump: Dump, engine: Engine) -> None:
    """With a single person everything that belongs to anybody is theirs."""
    anna = stage.maker("Anna", "Wir öffnen den Bahnhof")
    stage.until_asked()
    anna.taps("Stuck")
    anna.says("Das Landratsamt antwortet nicht")
    anna.taps("Yes, please help")
    with engine.begin() as tx:
        before = {name: tx.execute(select(metadata.tables[name])).mappings().all() for name in belongings.reachable()}
        rows = rows_of(tx, 1)
    assert set(rows) >= {"people", "accounts", "consents", "attendances", "pledges", "answers", "calls", "prompts"}
    for name, stored in before.items():
        assert len(rows.get(name, [])) == len(stored), name
        for given, row in zip(rows.get(name, []), stored, strict=True):
            assert set(given) | {told.partition(".")[2] for told in NOT_TOLD} >= set(row), name


def test_the_file_and_the_text_come_at_once(stage: Stage) -> None:
    anna = stage.maker("Anna", "Wir öffnen den <Bahnhof> & mehr")
    stage.until_asked()
    anna.taps("Stuck")
    anna.says("Das Landratsamt antwortet nicht")
    data = told(anna)
    text = anna.hears()[-1]
    for words in ("Wir öffnen den <Bahnhof> & mehr", "Das Landratsamt antwortet nicht", "1001", "Werkstatt Berlin"):
        assert words in text
        assert words in json.dumps(data, ensure_ascii=False)


def test_what_others_said_is_theirs(stage: Stage, engine: Engine) -> None:
    """The maker of a joint pledge is not told the partner's words or number, nor the other way round."""
    anna = stage.maker("Anna", "Wir öffnen den Bahnhof")
    bert = stage.maker("Bert", "Bert baut eine Brücke")
    with engine.begin() as tx:
        companions.add(tx, 1, 2, Part.PARTNER, stage.clock.now())
        at = stage.clock.now()
        tx.execute(insert(metadata.tables["answers"]), [
            {"pledge_id": 1, "person_id": 1, "at": at, "note": "Anna sagt dies"},
            {"pledge_id": 1, "person_id": 2, "at": at, "note": "Bert sagt das"},
        ])  # fmt: skip
    of_anna, of_bert = (json.dumps(told(person), ensure_ascii=False) for person in (anna, bert))
    assert "Anna sagt dies" in of_anna
    assert "Bert" not in of_anna
    assert "1002" not in of_anna
    assert "Bert sagt das" in of_bert
    assert "Anna" not in of_bert
    assert SOMEBODY_ELSE not in of_anna
    with engine.begin() as tx:
        assert [row["pledge_id"] for row in rows_of(tx, 2)["companions"]] == [1]
        assert "companions" not in rows_of(tx, 1)
