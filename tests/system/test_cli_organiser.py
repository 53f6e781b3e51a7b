"""Teams, as an administrator at the terminal has them."""

from datetime import date, timedelta

import pytest

from tests.system.commands import CommandLine
from tests.system.test_cli_workshops import BERLIN, NOBODY


@pytest.fixture
def berlin(worthalten: CommandLine) -> CommandLine:
    """With one workshop and no channel."""
    worthalten.configure()
    assert worthalten("workshop", "new", *BERLIN).code == 0
    return worthalten


def test_an_invitation_is_a_code_with_its_links(worthalten: CommandLine, telegram: str) -> None:
    worthalten.configure(telegram)
    worthalten("workshop", "new", *BERLIN)
    made = worthalten("organiser", "invite", "--workshop", "BER", "--role", "writer", "--json")
    assert made.code == 0
    code, until = made.json["code"], made.json["until"]
    assert made.json == {
        "workshop": 1, "role": "writer", "code": code, "until": until,
        "links": {"telegram": f"https://t.me/worthalten_bot?start={code}"},
    }  # fmt: skip
    assert date.fromisoformat(until) >= date.today() + timedelta(days=59)  # noqa: DTZ011  # the machine's own day
    worthalten.configure(NOBODY)
    told = worthalten("organiser", "invite", "--workshop", "ber")
    assert "organiser of Werkstatt der Mutigen Berlin" in told.out
    assert "https://t.me/worthalten_bot?start=" in told.out


def test_a_team_without_anybody(berlin: CommandLine) -> None:
    listed = berlin("organiser", "list", "--workshop", "BER")
    assert (listed.code, listed.out.startswith("Nobody belongs to the team yet.")) == (0, True)
    assert berlin("organiser", "list", "--workshop", "BER", "--json").json == []
    removed = berlin("organiser", "remove", "7", "--workshop", "BER")
    assert removed.code == 1
    assert "Nobody with the number 7" in removed.err


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("--workshop", "XYZ"), 1, "There is no workshop “XYZ”"),
        (("--workshop", "BER", "--role", "king"), 2, "“king” is no role"),
        (("--workshop", "BER", "--role", "administrator"), 2, "“administrator” is no role"),
        ((), 2, "--workshop is missing"),
    ],
)
def test_what_cannot_be_invited(berlin: CommandLine, arguments: tuple[str, ...], code: int, said: str) -> None:
    result = berlin("organiser", "invite", *arguments)
    assert result.code == code
    assert said in result.err
    assert result.err.count("\n") == 1
