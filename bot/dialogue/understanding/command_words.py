"""The commands, in both languages."""

from bot.dialogue.understanding.intents import Intent

COMMANDS: dict[Intent, str] = {
    Intent.STATUS: "status stand uebersicht overview",
    Intent.NEW: "neu new",
    Intent.UPDATE: "update",
    Intent.EDIT: "aendern edit bearbeiten",
    Intent.HELP: "hilfe help",
    Intent.HUMAN: "mensch human",
    Intent.PAUSE: "pause",
    Intent.RESUME: "weiter resume fortsetzen",
    Intent.STOP: "stop stopp",
    Intent.DELETE: "loeschen loschen delete",
    Intent.MY_DATA: "meine_daten my_data meinedaten mydata",
    Intent.SETTINGS: "einstellungen settings",
    Intent.SEARCH: "suche search",
    Intent.CALENDAR: "kalender calendar",
    Intent.PARTNER: "partner",
    Intent.CANCEL: "abbrechen cancel",
    Intent.PRIVACY: "datenschutz privacy",
}
"""The commands in both languages, folded: after "/" or "!", and alone as a bare word."""

_OTHER_COMMANDS = """
    wetter weite weitere weiten heiter leiter sache sachen kueche statut statue statur pausen hilfen partei
    partnern bause kalendern suchen suchte weider aenderung
"""
OTHER_COMMANDS = frozenset((*_OTHER_COMMANDS.split(), "weiter so"))
"""Real words that lie one slip away from a command, and a cheer that begins with one."""
