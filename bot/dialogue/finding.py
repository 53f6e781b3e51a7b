"""Where things stand: the overview, one pledge in detail, and what can be done here."""

from dataclasses import replace

from markupsafe import Markup

from bot.dialogue import proposing
from bot.dialogue.accompanying import roll
from bot.dialogue.concluding import ShowingJoint
from bot.dialogue.message import Choice, Say, Turn
from bot.dialogue.picking import named
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
    """All pledges of the person at a glance."""
    t = scene.t
    pledges = (*scene.facts.pledges(), *scene.facts.beside())
    if not pledges:
        return Turn((Say(t("You have no pledge here yet. Register one with /new.")),), keep=True)
    lines = [_line(scene, pledge) for pledge in pledges]
    if any(pledge.is_open for pledge in pledges):
        lines.append(t("Tell me what is new at any time with /update."))
    return Turn((Say(Markup("\n\n").join(lines)),), keep=True)


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
    """`/hilfe`: what can be done here, in a few lines."""
    t = scene.t
    if scene.person is None:
        return explain(scene)
    return Turn((
        Say(t(
            "I ask about your pledge from time to time; one tap is an answer.\n\n"
            "/status – where things stand\n"
            "/update – tell me what is new\n"
            "/new – register another pledge\n"
            "/edit – change text or date, withdraw\n"
            "/partner – carry it together with others\n"
            "/pause – be left alone for a while\n"
            "/settings – language, weekday and time\n"
            "/human – talk to a person\n"
            "/stop – end all messages",
        )),
    ), keep=True)  # fmt: skip
