"""Where things stand: the overview, one pledge in detail, and what can be done here."""

from dataclasses import replace

from markupsafe import Markup

from bot.dialogue import proposing
from bot.dialogue.accompanying import roll
from bot.dialogue.message import Attachment, Choice, Say, Turn
from bot.dialogue.picking import named
from bot.dialogue.proposing import ShowingJoint
from bot.dialogue.registering import card
from bot.dialogue.scene import Scene
from bot.dialogue.telling import speaker_of
from bot.dialogue.words import OUTCOMES, TOPICS, shorten, standing_label, state_of
from bot.domain.company import Voice
from bot.domain.pledge import Pledge, Stage


def status(scene: Scene, text: str = "") -> Turn:
    """`/status`, or `/status 42`. It leaves an open dialogue where it is."""
    if not text:
        return overview(scene)
    pledge = named((*scene.facts.pledges(), *scene.facts.beside()), text)
    if pledge is None:
        nothing = scene.t("I find no pledge of yours under “{text}”.", text=shorten(text, 40))
        return Turn((Say(nothing), *overview(scene).says), keep=True)
    return Turn((detail(scene, pledge),), keep=True)


def overview(scene: Scene) -> Turn:
    """All pledges of the person at a glance: one in three lines, several in a line each."""
    t = scene.t
    pledges = (*scene.facts.pledges(), *scene.facts.beside())
    if not pledges:
        return Turn((Say(t("You have no pledge here yet. Register one with /new.")),), keep=True)
    running = [pledge for pledge in pledges if pledge.is_open]
    if len(pledges) == 1:
        lines = [_line(scene, pledges[0])]
    else:
        lines = [Markup("\n").join(_short_line(scene, pledge) for pledge in running)] if running else []
        if ended := [pledge.reference for pledge in pledges if not pledge.is_open]:
            lines.append(t("Ended: {references}", references=", ".join(ended)))
    if len(pledges) > 1:
        lines.append(t("One of them in detail: /status {number}", number=pledges[-1].reference))
    elif running:
        lines.append(t("Tell me what is new at any time with /update."))
    return Turn((Say(Markup("\n\n").join(lines)),), keep=True)


def _short_line(scene: Scene, pledge: Pledge) -> Markup:
    return scene.t(
        "<b>{reference}</b> {state} · until {day} · {text}", reference=pledge.reference,
        state=state_of(scene.t, pledge), day=scene.t.short_day(pledge.due), text=shorten(pledge.text, 40),
    )  # fmt: skip


def _line(scene: Scene, pledge: Pledge) -> Markup:
    t = scene.t
    lines = [t("<b>{reference}</b> {text}", reference=pledge.reference, text=shorten(pledge.text)), state_of(t, pledge)]
    if pledge.is_open:
        own = scene.facts.pledge(pledge.reference)
        lines[1] += t(" · until {day}", day=t.day(pledge.due, scene.today))
        if own and (question := scene.facts.next_question(pledge)):
            asked = t.day(scene.facts.day_of(question.at), scene.today)
            lines.append(t("next question: {day}", day=asked))
    return Markup("\n").join(lines)


def detail(scene: Scene, pledge: Pledge) -> Say:
    """Everything about one pledge; while it runs, with what can be done to it."""
    t = scene.t
    own = scene.facts.pledge(pledge.reference) is not None
    place = ", ".join(filter(None, (pledge.place, pledge.land.label if pledge.land else "")))
    lines = [state_of(t, pledge)]
    voices = scene.facts.voices(pledge.reference)
    if len(voices) > 1 or any(not voice.mine for voice in voices):
        lines += [_voice(scene, voice) for voice in voices]
    elif pledge.standing_at:
        lines.append(t("Last answer: {day}", day=t.day(scene.facts.day_of(pledge.standing_at), scene.today)))
    if people := roll(scene, pledge, scene.facts.company(pledge.reference)):
        lines.append(people)
    if pledge.partners:
        lines.append(t("Partners: {value}", value=pledge.partners))
    if pledge.first_step:
        lines.append(t("First step: {value}", value=pledge.first_step))
        if pledge.first_step_day:
            lines[-1] += t(", by {day}", day=t.day(pledge.first_step_day, scene.today))
    if place:
        lines.append(t("Place: {value}", value=place))
    if pledge.topic:
        lines.append(t("Topic: {value}", value=t(TOPICS[pledge.topic])))
    if pledge.outcome_note and own:
        lines.append(t("“{note}”", note=pledge.outcome_note))
    lines += proposing.lines(scene, pledge)
    shown = card(scene, pledge, details=Markup("\n").join(lines), asked=own)
    more = proposing.choices(scene, pledge)
    if pledge.is_open and own:
        return replace(shown, choices=(*shown.choices, *more))
    if pledge.stage is Stage.CLOSED and scene.facts.is_joint(pledge.reference):
        more += (Choice("answer", t.plain("Give your own answer")),)
    return Say(shown.text, more, ShowingJoint(pledge.reference)) if more else Say(shown.text)


def _voice(scene: Scene, voice: Voice) -> Markup:
    """What one of several said last, with the day; side by side where they differ."""
    t = scene.t
    said = t.plain(OUTCOMES[voice.outcome]) if voice.outcome else ""
    if voice.standing and not voice.outcome:
        said = standing_label(t, voice.standing)
    day = t.day(scene.facts.day_of(voice.at), scene.today)
    line = t("{who}: {standing} ({day})", who=speaker_of(t, voice), standing=said, day=day)
    return line + t(" – “{note}”", note=shorten(voice.note, 200)) if voice.note else line


def explain(scene: Scene) -> Turn:
    """Who this is, to somebody without a code. Nothing is kept of them."""
    t = scene.t
    text = t(
        "Hello, this is <b>Worthalten</b>. I ask people how their pledge is getting on: kindly, and not too often.\n\n"
        "To take part you need the code of your workshop. Please send it to me, for example "
        "<code>/start ABCD2345</code>. You will find it on your card, or your organisers will give it to you.\n\n"
        "I have not stored anything about you."
    )
    return Turn((Say(text),))


def help_(scene: Scene) -> Turn:
    """`/hilfe`: what can be done here and now, then what can be done at any time."""
    t = scene.t
    if scene.person is None:
        return explain(scene)
    commands = t(
        "/status – where things stand\n"
        "/update – tell me what is new\n"
        "/new – register another pledge\n"
        "/edit – change text or date, withdraw\n"
        "/partner – carry it together with others\n"
        "/search – what others have set out to do\n"
        "/calendar – your dates for the calendar\n"
        "/pause – be left alone for a while\n"
        "/settings – language, weekday and time\n"
        "/human – talk to a person\n"
        "/stop – end all messages",
    )
    return Turn((Say(Markup("{}\n\n{}").format(_here(scene), commands)),), keep=True)


def greet(scene: Scene) -> Turn:
    """Somebody says hello: where they were, and nothing lost of it."""
    return Turn((Say(scene.t("Hello.") + " " + _here(scene)),), keep=True)


def still_open(scene: Scene) -> Markup | None:
    """What waits for an answer, to somebody who comes back; None where nothing does."""
    return _here(scene) if any(not asked.state.optional for asked in scene.waiting) else None


def _here(scene: Scene) -> Markup:
    """What matters most at this moment."""
    t, person = scene.t, scene.person
    assert person is not None
    if asked := next((asked for asked in scene.waiting if not asked.state.optional), None):
        if asked.choices:
            answers = " · ".join(choice.label for choice in asked.choices)
            return t("Open is: {question}\nPossible answers: {answers}. A tap, a word or the number is enough; "
                     "/cancel leaves it.", question=asked.headline, answers=answers)  # fmt: skip
        return t("Open is: {question}\nOne sentence is enough; /cancel leaves it.", question=asked.headline)
    if person.stopped:
        return t("I am not writing to you at the moment. /start begins again.")
    if person.paused_until:
        return t("I leave you alone until {day}. /resume ends the pause.",
                 day=t.day(person.paused_until, scene.today))  # fmt: skip
    if scene.facts.workshops() and not any(pledge.is_open for pledge in scene.facts.pledges()):
        return t("You have no running pledge at the moment. /new registers one.")
    return t("I ask about your pledge from time to time; one tap is an answer.")


def calendar(scene: Scene, text: str = "") -> Turn:
    """`/kalender`: all dates as one file, for the calendar on the phone."""
    t = scene.t
    content = scene.facts.calendar(t)
    if not content:
        return Turn((Say(t("You have no running pledge, so there is nothing for the calendar.")),), keep=True)
    file = Attachment(t.plain("worthalten") + ".ics", "text/calendar", content)
    said = t(
        "Your dates for the calendar: open the file and confirm. When something has changed, "
        "/calendar gives you a new one, and your calendar replaces the old entries."
    )
    return Turn((Say(said, attachment=file),), keep=True)
