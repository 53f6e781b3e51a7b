"""How somebody wants to be asked: language, weekday, time; a pause; and no messages at all."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import ClassVar

from bot.dialogue import linking
from bot.dialogue.concluding import UNDO_FOR
from bot.dialogue.dating import ask_which_day, read_days
from bot.dialogue.effects import Pause, Prefer, Stop
from bot.dialogue.message import Choice, Say, Turn
from bot.dialogue.scene import Scene
from bot.dialogue.state import State
from bot.dialogue.understanding import Context
from bot.dialogue.words import WEEKDAYS, WINDOWS
from bot.domain.quiet_times import Window
from bot.domain.words import fold
from bot.texts import LANGUAGES, speaker

LANGUAGE_WORDS = {
    "deutsch": "de", "german": "de", "sie": "de", "siezen": "de", "per sie": "de",
    "du": "de@du", "duzen": "de@du", "per du": "de@du", "englisch": "en",
}  # fmt: skip
"""What people also write for a language; how they wish to be addressed counts as one."""
LONGEST_PAUSE = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class AskingPause(State):
    """Until when shall I leave you alone?"""

    context: ClassVar = Context.DATE
    takes_text: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class AskingSetting(State):
    """What would you like to change?"""


@dataclass(frozen=True, slots=True)
class AskingLanguage(State):
    """In which language, and how addressed?"""

    takes_text: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class AskingWeekday(State):
    """On which weekday?"""


@dataclass(frozen=True, slots=True)
class AskingWindow(State):
    """At which time of day?"""


@dataclass(frozen=True, slots=True)
class Stopped(State):
    """All messages have ended; for a minute there is a way back."""

    undo_before: str
    optional: ClassVar[bool] = True


def stop(scene: Scene, text: str = "") -> Turn:
    """`/stop`: at once, with the way back."""
    t = scene.t
    said = t(
        "Good, I will not write any more. Your pledge stays as it is.\n"
        "If you change your mind, write /start. /delete erases everything."
    )
    asks = Stopped((scene.now + UNDO_FOR).isoformat())
    return Turn((Say(said, (Choice("undo", t.plain("Undo")),), asks),), (Stop(True),))


def unstop(state: Stopped, scene: Scene) -> Turn | None:
    """Taken back within the minute."""
    if scene.choice != "undo":
        return None
    if scene.now > datetime.fromisoformat(state.undo_before):
        return Turn((Say(scene.t("The minute is over. Write /start and I will go on asking.")),))
    return Turn((Say(scene.t("Taken back. I will go on asking.")),), (Stop(False),))


def pause(scene: Scene, text: str = "") -> Turn:
    """`/pause`, with the day or without."""
    if text:
        return paused(AskingPause(), replace(scene, message=replace(scene.message, text=text), choice=""))
    return Turn(
        (
            Say(
                scene.t("Until when shall I leave you alone? For example “in two weeks” or “15 November”."),
                asks=AskingPause(),
            ),
        )
    )


def paused(state: AskingPause, scene: Scene) -> Turn:
    """The day until which nothing is asked, typed or picked from two readings."""
    t = scene.t
    days = [day for day in read_days(scene) if scene.today < day <= scene.today + LONGEST_PAUSE]
    if not days:
        return Turn((Say(t("Please name a day within the next year, for example “in two weeks”."), asks=state),))
    if len(days) > 1:
        return Turn((ask_which_day(scene, days, state),))
    said = t("Good, I will leave you alone until {day}. With /resume I go on earlier.", day=t.day(days[0], scene.today))
    return Turn((Say(said),), (Pause(days[0]),))


def resume(scene: Scene, text: str = "") -> Turn:
    """`/weiter`."""
    assert scene.person is not None
    if scene.person.paused_until is None and not scene.person.stopped:
        return Turn((Say(scene.t("There is no pause at the moment. I ask as planned.")),), keep=True)
    return Turn((Say(scene.t("Good, I will go on asking.")),), (Pause(None), Stop(False)), keep=True)


def settings(scene: Scene, text: str = "") -> Turn:
    """`/einstellungen`."""
    t, person = scene.t, scene.person
    assert person is not None
    said = t(
        "This is how I write to you:\nLanguage: {language}\nWeekday: {weekday}\nTime of day: {window}\n\n"
        "What would you like to change?",
        language=LANGUAGES[t.language], weekday=t(WEEKDAYS[person.weekday]), window=t(WINDOWS[person.window]),
    )  # fmt: skip
    choices = (
        Choice("language", t.plain("Language")),
        Choice("weekday", t.plain("Weekday")),
        Choice("window", t.plain("Time of day")),
        Choice("accounts", t.plain("Connect accounts")),
        Choice("done", t.plain("Leave it as it is")),
    )
    return Turn((Say(said, choices, AskingSetting()),))


def setting(state: AskingSetting, scene: Scene) -> Turn | None:
    """What shall be different was chosen."""
    t = scene.t
    match scene.choice:
        case "language":
            languages = tuple(Choice(code, name) for code, name in LANGUAGES.items())
            return Turn((Say(t("In which language?"), languages, AskingLanguage()),))
        case "weekday":
            return Turn((ask_weekday(scene),))
        case "window":
            return Turn((ask_window(scene),))
        case "accounts":
            return linking.accounts(scene)
        case "done":
            return Turn((Say(t("Good, then it stays."), quiet=True),))
    return None


def ask_weekday(scene: Scene) -> Say:
    """On which weekday."""
    weekdays = tuple(Choice(str(number), scene.t.plain(name)) for number, name in enumerate(WEEKDAYS))
    return Say(scene.t("On which weekday shall I ask?"), weekdays, AskingWeekday())


def ask_window(scene: Scene) -> Say:
    """At which time of day."""
    windows = tuple(Choice(window, scene.t.plain(name)) for window, name in WINDOWS.items())
    return Say(scene.t("At which time of day?"), windows, AskingWindow())


def language(state: AskingLanguage, scene: Scene) -> Turn | None:
    """The language was chosen; the answer is in it already."""
    chosen = scene.choice or LANGUAGE_WORDS.get(fold(scene.text), "")
    if chosen not in LANGUAGES:
        return None
    t = speaker(chosen)
    said = Say(t("Good, from now on in English."))
    return Turn((said,), (Prefer(language=chosen),), chosen=LANGUAGES[chosen])


def weekday(state: AskingWeekday, scene: Scene) -> Turn | None:
    """The weekday was chosen."""
    if not scene.choice:
        return None
    number = int(scene.choice)
    return Turn((Say(scene.t("Good, I will ask on: {weekday}.", weekday=scene.label)),), (Prefer(weekday=number),))


def window(state: AskingWindow, scene: Scene) -> Turn | None:
    """The time of day was chosen."""
    if scene.choice not in set(Window):
        return None
    said = scene.t("Good, I will ask at this time: {window}.", window=scene.label)
    return Turn((Say(said),), (Prefer(window=Window(scene.choice)),))
