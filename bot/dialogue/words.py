"""The words for what the domain only names: standings, outcomes, topics, windows."""

from markupsafe import Markup

from bot.dialogue.message import Choice, Platform
from bot.domain.pledge import Confidence, Lasting, Outcome, Pledge, Shown, Side, Stage, Standing, Topic, Visibility
from bot.domain.quiet_times import Window
from bot.domain.roles import Role
from bot.domain.tally import Verdict
from bot.texts import Speaker, mark

STANDINGS = {
    Standing.ON_TRACK: ("🟢", mark("On track")),
    Standing.SLOW: ("🟡", mark("Slower")),
    Standing.STUCK: ("🔴", mark("Stuck")),
    Standing.DONE: ("✅", mark("Done")),
}
OUTCOMES = {
    Outcome.KEPT: mark("Kept"),
    Outcome.PARTLY: mark("In part"),
    Outcome.DIFFERENTLY: mark("Solved differently"),
    Outcome.NOT_KEPT: mark("Not achieved"),
    Outcome.ONGOING: mark("Goes on"),
    Outcome.MOOT: mark("No longer needed"),
}
VERDICTS = {
    **{Verdict(outcome): label for outcome, label in OUTCOMES.items()},
    Verdict.RUNNING: mark("Running"),
    Verdict.BY_TEAM: mark("According to the team"),
    Verdict.WITHDRAWN: mark("Withdrawn"),
    Verdict.NO_ANSWER: mark("No answer"),
    Verdict.UNCLAIMED: mark("Not claimed yet"),
    Verdict.ERASED: mark("Erased"),
}
CONFIDENCES = {
    Confidence.HIGH: mark("Very"),
    Confidence.SOME: mark("Fairly"),
    Confidence.LOW: mark("Hardly"),
}
LASTINGS = {
    Lasting.ALL: mark("It is still there"),
    Lasting.SOME: mark("A part of it"),
    Lasting.NOTHING: mark("Nothing has lasted"),
}
SHOWN = {
    Shown.WITH_NAME: mark("Yes, with my name"),
    Shown.WITHOUT_NAME: mark("Yes, without a name"),
    Shown.NOT: mark("No"),
}
VISIBILITIES = {
    Visibility.TEAM: mark("Only the team"),
    Visibility.WORKSHOP: mark("My workshop"),
    Visibility.PUBLIC: mark("Everyone here"),
}
SIDES = {
    Side.MUNICIPALITY: mark("Municipality"),
    Side.CIVIL_SOCIETY: mark("Civil society"),
    Side.BUNDESTAG: mark("Bundestag"),
    Side.OTHER: mark("Another side"),
}
TOPICS = {
    Topic.ADMINISTRATION: mark("Administration"),
    Topic.HEALTH: mark("Health"),
    Topic.HOUSING: mark("Housing"),
    Topic.ENERGY: mark("Energy"),
    Topic.MOBILITY: mark("Mobility"),
    Topic.CLIMATE: mark("Local climate"),
    Topic.DIGITAL: mark("Digital"),
    Topic.OTHER: mark("Something else"),
}
ROLES = {
    Role.ADMINISTRATOR: mark("administration"),
    Role.ORGANISER: mark("organising the workshop"),
    Role.READER: mark("reading along"),
    Role.WRITER: mark("writing announcements"),
    Role.RELEASER: mark("releasing announcements"),
}
WINDOWS = {
    Window.MORNING: mark("Morning, 9 to 12"),
    Window.AFTERNOON: mark("Afternoon, 1.30 to 5"),
    Window.EVENING: mark("Evening, 6 to 8"),
}
WEEKDAYS = (mark("Monday"), mark("Tuesday"), mark("Wednesday"), mark("Thursday"), mark("Friday"))


def standing_label(t: Speaker, standing: Standing) -> str:
    """ "🟢 Läuft": colour never without its word."""
    sign, word = STANDINGS[standing]
    return f"{sign} {t.plain(word)}"


def state_of(t: Speaker, pledge: Pledge) -> Markup:
    """Where a pledge is, in a few words: its outcome, its standing, or that nothing is known yet."""
    if pledge.stage is Stage.WITHDRAWN:
        return t("withdrawn")
    if pledge.stage is Stage.CLOSED:
        return Markup.escape(t.plain(OUTCOMES[pledge.outcome])) if pledge.outcome else t("closed without an answer")
    if pledge.standing:
        return Markup.escape(standing_label(t, pledge.standing))
    return t("⚪ no answer yet")


def standing_choices(t: Speaker) -> tuple[Choice, ...]:
    """The four answers to a check-in."""
    return tuple(Choice(standing, standing_label(t, standing)) for standing in Standing)


def outcome_choices(t: Speaker, pledge: Pledge, *, own: bool = True) -> tuple[Choice, ...]:
    """The six answers at the end. Once extended, "goes on" offers no new date: it closes the pledge. A new date is for
    its maker (`own`) to set."""
    labels = OUTCOMES if pledge.extended else OUTCOMES | {Outcome.ONGOING: mark("Goes on (new date)")}
    return tuple(
        Choice(outcome, t.plain(label)) for outcome, label in labels.items()
        if own or pledge.extended or outcome is not Outcome.ONGOING
    )  # fmt: skip


def address_of(t: Speaker, platform: Platform) -> str:
    """What is stored of a person so that they can be written to."""
    return t.plain("your Matrix id") if platform is Platform.MATRIX else t.plain("the number of this chat")


def shorten(text: str, limit: int = 80) -> str:
    """The first words of a text that is only named, with an ellipsis where something is left out."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1].rsplit(" ", 1)[0].rstrip(",;:.–- ") + " …"
