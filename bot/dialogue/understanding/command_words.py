"""The commands, in both languages, and other ways to ask for them."""

from bot.dialogue.understanding.intents import Intent
from bot.dialogue.understanding.phrases import phrases

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
OTHER_COMMANDS = frozenset(_OTHER_COMMANDS.split())
"""Real words that lie one slip away from a command."""

FREE = (
    phrases(
        Intent.STATUS,
        """
        (mein|my|der) (status|stand)
        (meine|my) (versprechen|pledges?|zusagen)
        wie (ist|steht|lautet) (der )?(aktuelle )?stand( (meiner|meines|von meinen|bei meinen) (versprechen|
        versprechens|zusagen))?
        wie (ist|steht) (es|der stand|mein stand)?( um| bei| mit)?( (mein|meine|meinem|meinen) (versprechen|
        zusagen?))?
        (zeig|zeige|zeigen|show|list) (sie )?(mir |me |bitte )*(meine?n?|my|den) (versprechen|stand|status|
        pledges?)( an)?
        (what is|what s) (my|the) status( of my pledges?)?
        """,
    ),
    phrases(
        Intent.NEW,
        """
        (ein |noch ein )?(neues|weiteres) versprechen( (eintragen|anlegen|abgeben|melden|registrieren|erfassen|
        hinzufuegen))?
        (ich )?(moechte|will|wuerde gerne?) (bitte )?(ein neues|noch ein|ein weiteres|
        ein) versprechen (eintragen|abgeben|registrieren|anlegen|melden|machen|erfassen|hinzufuegen)
        (a )?new pledge
        (i (want|would like|d like) to )?(add|make|register|create) (a |another )?(new )?pledge
        """,
    ),
    phrases(
        Intent.UPDATE,
        """
        (fortschritt|neuigkeiten|stand|zwischenstand) melden
        (report|post) (progress|an update)
        """,
    ),
    phrases(
        Intent.EDIT,
        """
        (ich )?(moechte|will|wuerde gerne?|kann ich)? ?(mein|das|den|meinen) (versprechen|datum|termin|text|
        zieldatum|frist) (aendern|bearbeiten|verschieben|anpassen)
        (versprechen|termin|datum|text|frist) (aendern|bearbeiten|verschieben)
        (change|edit) (my |the )?(pledge|date|text|deadline)
        """,
    ),
    phrases(
        Intent.HUMAN,
        """
        (ich )?(moechte|will|wuerde gerne?|kann ich|koennte ich|muss)? ?(bitte )?(gerne )?mit (einem |einer |
        nem |jemand|jemandem)? ?(echten |richtigen )?(menschen|mensch|mitarbeiter*|person|jemand|
        jemandem)? ?(vom team )?(sprechen|reden|telefonieren|schreiben)
        (ein )?(echter )?mensch
        einen (echten |richtigen )?menschen
        (i (want|would like|d like|need) to |can i |could i )?(talk|speak) (to|with) (a |an |some)?(real |
        actual )?(human|person|one|somebody|someone|human being)
        (um )?(einen )?rueckruf
        (ruf|rufen|ruft) (sie )?mich (bitte )?an
        (please )?call me
        (kann|koennte) (mich )?(bitte )?(jemand|wer) (mich )?(bitte )?anrufen
        """,
    ),
    phrases(
        Intent.PAUSE,
        """
        (eine )?pause (machen|einlegen)
        pausieren
        (take|have) a break
        ich brauche eine pause
        """,
    ),
    phrases(
        Intent.RESUME,
        """
        (es |wir )?(kann|koennen|geht|soll) (\\w+ )?weiter( ?gehen|machen)?
        (weitermachen|weiter geht s|weiter geht es|pause beenden|ich bin (wieder )?(zurueck|da)|bin wieder (da|
        zurueck))
        (i m back|carry on|go on|continue|end pause|resume please)
        """,
    ),
    phrases(
        Intent.DELETE,
        """
        (alle |alle meine |meine |meine ganzen |saemtliche )(persoenlichen |
        gespeicherten )?daten (bitte )?(loeschen|entfernen)
        (loesch|loesche|loeschen|loescht|entfernen|entfernt|entferne) (sie )?(bitte )?(alle |alles |alle von |
        saemtliche )?(meine[nrs]? |von mir|ueber mich|mich )?(persoenlichen )?(daten|konto|account|profil)
        (bitte )?(loesch|loesche|loeschen|loescht) (sie )?(bitte )?mein (konto|profil|account)
        alle(s)? (daten )?(ueber|von) mich loeschen
        alle(s)? (daten )?von mir loeschen
        (loesch|loesche|loeschen|loescht) (sie )?(bitte )?(mich|alles von mir|alles ueber mich)
        (mein |meinen )(konto|account|profil|benutzerkonto) loeschen
        ich (moechte|will) (dass )?(sie |ihr )?(alle )?meine daten (loeschen|geloescht haben|geloescht werden)
        (delete|erase|remove) (all )?(of )?(my|my personal) (data|account|profile|information)
        (delete|erase) (me|everything about me|all my personal data)
        i want (you to delete my data|my data deleted)
        """,
    ),
    phrases(
        Intent.MY_DATA,
        """
        meine daten( (anzeigen|zeigen|sehen|herunterladen|exportieren|ansehen|einsehen))?
        (zeig|zeigen|schick|schicken|show|send) (sie )?(mir |me )?(bitte )?(meine|my) (daten|data)
        welche daten (haben|speichern|habt|speichert|sind) (sie|ihr)? ?(von mir|ueber mich|
        zu mir)?( gespeichert)?
        was (speichern|wissen|speichert|wisst|habt|haben|weisst|hast) (sie|ihr|du) (alles )?(ueber mich|
        von mir)( gespeichert)?
        was ist (ueber mich|von mir) gespeichert
        (datenauskunft|auskunft ueber meine daten)
        what (data )?do you (know|store|have|keep) (about|on) me
        """,
    ),
    phrases(
        Intent.SETTINGS,
        """
        (meine |die )?einstellung(en)?( (aendern|oeffnen|anpassen))?
        (die )?sprache (aendern|wechseln|umstellen)
        change (the |my )?(language|settings)
        my settings
        """,
    ),
    phrases(
        Intent.SEARCH,
        """
        versprechen suchen
        (andere |nach )?versprechen (finden|durchsuchen)
        search pledges
        """,
    ),
    phrases(
        Intent.CALENDAR,
        """
        (mein )?kalender(datei|eintrag)?
        (termin|termine) in (den|meinen) kalender( eintragen)?
        add to (my )?calendar
        calendar file
        """,
    ),
    phrases(
        Intent.PARTNER,
        """
        (ich )?(moechte |will )?(eine |einen |unsere |meine )?partner(in|innen)? einladen
        (invite|add) (a |my )?partners?
        """,
    ),
    phrases(
        Intent.PRIVACY,
        """
        datenschutz(erklaerung|hinweise?|bestimmungen)?
        (privacy) (policy|notice)
        wie (steht|ist) es (um den|mit dem) datenschutz
        """,
    ),
)
"""Other ways to ask for a command, where no question is open: the whole message."""
