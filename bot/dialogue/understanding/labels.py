"""A message that is nearly one of the expected words: one slip of the finger, wherever it is."""

from rapidfuzz.distance import OSA

from bot.dialogue.understanding.intents import Context, Intent

_ANYTIME = {
    "später": Intent.LATER,
    "hilfe": Intent.HELP,
    "abbrechen": Intent.CANCEL,
}
_LABELS: dict[Context, dict[str, Intent]] = {
    Context.CHECKIN: {
        "läuft": Intent.ON_TRACK,
        "läuft gut": Intent.ON_TRACK,
        "im plan": Intent.ON_TRACK,
        "on track": Intent.ON_TRACK,
        "langsam": Intent.SLOW,
        "langsamer": Intent.SLOW,
        "slower": Intent.SLOW,
        "hängt": Intent.STUCK,
        "hängt fest": Intent.STUCK,
        "läuft nicht": Intent.STUCK,
        "stuck": Intent.STUCK,
        "geschafft": Intent.DONE,
        "fertig": Intent.DONE,
        "erledigt": Intent.DONE,
        "finished": Intent.DONE,
    },
    Context.YESNO: {
        "gerne": Intent.YES,
        "ja gerne": Intent.YES,
        "ja bitte": Intent.YES,
        "natürlich": Intent.YES,
        "einverstanden": Intent.YES,
        "nein": Intent.NO,
        "nein danke": Intent.NO,
        "noch nicht": Intent.NO,
    },
    Context.OUTCOME: {
        "erfüllt": Intent.KEPT,
        "geschafft": Intent.KEPT,
        "zum teil": Intent.PARTLY,
        "teilweise": Intent.PARTLY,
        "teilweise erfüllt": Intent.PARTLY,
        "anders gelöst": Intent.DIFFERENTLY,
        "nicht geschafft": Intent.NOT_KEPT,
        "nicht erfüllt": Intent.NOT_KEPT,
        "läuft weiter": Intent.ONGOING,
        "neuer termin": Intent.ONGOING,
        "hinfällig": Intent.MOOT,
    },
}
_OTHER_WORDS = """
    lauf luft säuft rauft tauft kauft läufe läufer läuse läutet lauter laute hängst fängt drängt hält längt hinkt
    beschafft geschaffen verschafft langsame lange seltsam jein jain nen mein dein sein kein fein rein wein bein neun
    ein hein gerade gene ferne gerte sterne gern hilfen gilde hilft wilde spätes späte stück struck stunk flower lower
    slowed stock snack vertig wertig ferkel anfällig auffällig
"""
_OTHERS = frozenset(_OTHER_WORDS.split())


def nearly(text: str, context: Context) -> Intent | None:
    """The intent of the one label that `text` as a whole misses by a letter: left out, added, doubled, swapped or hit
    beside; None otherwise, and for real words that happen to lie so near."""
    typed = " ".join(text.casefold().strip(" .!,").split())
    if not 4 <= len(typed) <= 20 or typed in _OTHERS or typed[0].isdigit():
        return None
    labels = _ANYTIME | _LABELS.get(context, {})
    meant = {intent for label, intent in labels.items() if OSA.distance(typed, label, score_cutoff=1) <= 1}
    return meant.pop() if len(meant) == 1 else None
