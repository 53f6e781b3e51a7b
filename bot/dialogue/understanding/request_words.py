"""The commands, and what else can be asked for, in words."""

from bot.dialogue.understanding.intents import Intent
from bot.dialogue.understanding.phrases import one_of, phrases

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
    Intent.DELETE: "loeschen delete",
    Intent.MY_DATA: "meine_daten my_data meinedaten mydata",
    Intent.SETTINGS: "einstellungen settings",
    Intent.SEARCH: "suche search",
    Intent.CALENDAR: "kalender calendar",
    Intent.PARTNER: "partner",
    Intent.CANCEL: "abbrechen cancel",
    Intent.PRIVACY: "datenschutz privacy",
}
"""The commands in both languages, folded: after "/" or "!", and alone as a bare word."""

OTHER_COMMANDS = set(
    [
        "wetter",
        "weite",
        "weitere",
        "weiten",
        "heiter",
        "leiter",
        "sache",
        "sachen",
        "kueche",
        "statut",
        "statue",
        "statur",
        "pausen",
        "hilfen",
        "partei",
        "partnern",
        "bause",
        "kalendern",
        "suchen",
        "suchte",
        "weider",
        "aenderung",
    ]
)
"""Real words that lie one slip away from a command."""

POLITE = one_of(
    """
    (bitte|danke|please|thanks|thank you|hallo|hi|hey|guten tag|guten morgen|guten abend|moin|servus|hello|vielen dank|dankeschoen)
    (danke schoen|lg|mfg|vg|bg|viele gruesse|liebe gruesse|mit freundlichen gruessen|sorry|so|jetzt|mal|endlich|sofort|ab sofort|kein interesse( mehr)?|no longer interested)
    """
)
"""What may stand around a request without changing it."""

ANYTIME = (
    phrases(
        Intent.STOP,
        """
        stop( stop)*
        (stoppen|aufhoeren|abmelden|abbestellen|austragen|unsubscribe|stop it|opt out)
        (ich |wir )?(moechte|will|wuensche|moechten|wollen|bitte)? ?(keine|keinerlei) (weiteren? |solchen? )?(nachrichten|mitteilungen|meldungen|erinnerungen|benachrichtigungen|anfragen|mails)( mehr)?( (bitte|schicken|senden|schreiben|bekommen|erhalten|haben|kriegen|an mich|von (euch|ihnen|dir)))*
        (bitte )?(schicken|senden|schickt|sendet|schick|send) (sie |ihr )?(mir |uns )?(bitte )?(keine|nie wieder|nichts) ?(weiteren )?(nachrichten|erinnerungen)?( mehr)?
        (bitte )?(schreib|schreibt|schreiben|kontaktiere|kontaktieren|kontaktiert|belaestigen) (sie |ihr )?(mir |mich |uns )?(bitte )?(nicht mehr|nie wieder|nichts mehr|nie mehr)( an)?
        (bitte )?(mir |mich |uns )?(bitte )?(nicht mehr|nie wieder|nie mehr) (anschreiben|schreiben|kontaktieren|benachrichtigen|belaestigen|erinnern)
        (hoer|hoert|hoeren) (sie )?(bitte |endlich )*auf( damit)?( (mir|mich|uns) (\\w+ )?(zu schreiben|anzuschreiben|zu nerven|zu belaestigen|nachrichten zu schicken))?
        lass(t|en)? (sie |ihr )?(mich|uns) (bitte |endlich |einfach )*(in|zu)f?r? ?(ruhe|frieden)
        (ich )?(moechte|will|wuerde) (mich )?(bitte |gerne? )?(abmelden|nicht mehr (angeschrieben|kontaktiert|erinnert|benachrichtigt) werden)
        (meld|melde|melden|trag|trage|tragen) (sie )?mich (bitte )?(ab|aus)
        schluss mit (den |diesen )?(nachrichten|erinnerungen)
        nachrichten (stoppen|abbestellen|einstellen|abschalten|beenden)
        stop\\w* (sie )?(bitte )?(die|alle|diese) (nachrichten|erinnerungen)
        (alle |diese )(nachrichten|erinnerungen) (stoppen|abbestellen|einstellen)
        leave (me|us) alone
        unsubscribe me
        (stop|quit) (messaging|texting|writing|contacting|bothering|sending|spamming|emailing)( to)?( me| us)?( messages| any ?more)*
        (stop|no more|no further) (all |the |these |your |sending )*(messages|reminders|notifications)
        (don t|do not|never) (message|text|write|contact|bother)( to)? ?(me|us) (any ?more|again|ever again)
        i (don t|do not) want (any )?(more |further )?(messages|reminders)( any ?more| from you)*
        """,
    ),
    phrases(
        Intent.CANCEL,
        """
        (abbrechen|abbruch|cancel|abort)
        cancel (that|this|it)
        (vergiss|vergesst|vergessen sie) (es|das)
        (never ?mind|forget it)
        (ich )?(moechte|will|wuerde gerne) (das |den vorgang )?(hier )?abbrechen
        (brich|brechen sie|brecht) (das |es |hier )*ab
        (vorgang|eingabe|dialog|das|alles) (hier )?abbrechen
        """,
    ),
    phrases(
        Intent.HELP,
        """
        (hilfe|help|help me|hilf mir|helft mir|helfen sie mir|xsos)
        (ich|wir) (brauche|braeuchte|benoetige|brauchen) (\\w+ )?hilfe
        i need (some )?help
        was kann (ich|man) (hier |alles |jetzt )*(tun|machen|schreiben|sagen|antworten|eingeben)
        was (kannst du|koennen sie|kann der bot|kann man hier)( alles)?
        wie (geht|funktioniert|bedient man) (das|es|dies|der bot|dieser bot)( hier| jetzt)*
        was (soll|muss) ich (hier |jetzt |da |denn )*(tun|machen|schreiben|antworten|sagen|eingeben)
        (ich |das )?(versteh\\w*|kapier\\w*) (ich )?(das |es |die frage )?(hier )?nicht
        (what|how) (can|do|should|must) i (\\w+ )?(do|say|write|answer|reply|use this)( here| now)*
        how does (this|it|that) work
        (i don t|don t) (understand|get it)( this| that| the question)?
        welche (befehle|moeglichkeiten|kommandos) (gibt es|habe ich)( hier)?
        (kannst du|koennen sie|koennt ihr|can you) (mir |bitte )*help?(helfen)?( me)?
        """,
    ),
    phrases(
        Intent.LATER,
        """
        (vielleicht |lieber |erst |etwas |ein bisschen |mach ich |mache ich |antworte |ich antworte |gerne |komme |maybe |ein wenig |bissel |bisschen )*spaeter( (nochmal|noch ?mal|noch einmal|gerne|wieder|erinnern|fragen|nachfragen|melden|antworten|dazu|lieber|am tag|heute))*
        (later|maybe later|later on|later today|a bit later|another time|some other time)
        (nicht jetzt|jetzt nicht|heute nicht|gerade nicht|momentan nicht|im moment nicht|im augenblick nicht|not now|not right now|not today|ein andermal|ein anderes mal)
        (ich |wir )?(habe |hab |haben )?(gerade |jetzt |im moment |momentan |grad |leider |heute )*keine zeit( (gerade|jetzt|im moment|momentan|heute))*
        (no time|i have no time|don t have time|i m busy|busy)( right| now| today| at the moment)*
        (passt|geht) (gerade|jetzt|grad|mir gerade|heute|mir jetzt) (nicht|schlecht)( so gut)?
        (bin |sitze |stecke )?(gerade |grad )?(noch )?(im|in einem|in einer|in der) (termin|sitzung|besprechung|meeting|auto|zug|urlaub)
        (ich )?(melde|meld) mich( \\w+){0,6}
        i ll (get back|come back|answer|reply|let you know)( \\w+){0,5}
        xclock
        """,
    ),
)
"""What is understood in every state: the whole message, or each of its clauses."""

REMIND = one_of(
    """
    (erinner*|frag|frage|fragen|fragt|remind|ask|check back|get back|try) … {when}
    (erinner*|frag|frage|fragen|fragt|remind|ask|check back|get back|try) \\w+ \\w+ \\w+ \\w+ {when}
    (melden sie sich|meld dich|melde dich|meldet euch|kommen sie|komm|versuch*) … {when}
    {when} … (erinnern|fragen|melden|nachfragen|anfragen|probieren|versuchen)
    {when} … (nochmal|noch mal|noch einmal|wieder|again)
    (lieber|erst|besser|rather) (wieder )?{when}
    """,
    when="spaeter|nochmal|noch mal|noch einmal|naechst*|morgen|uebermorgen|in \\w+ (tag|tagen|woche|wochen|stunde|stunden|monat|monaten)|am \\w+tag|montag|dienstag|mittwoch|donnerstag|freitag|later|again|tomorrow|next|in (a|an|\\w+) (day|week|hour|month)s?|monday|tuesday|wednesday|thursday|friday|heute abend|nachmittag|nach dem urlaub",
)
"""Somebody asks to be asked another time."""

FREE = (
    phrases(
        Intent.STATUS,
        """
        (mein|my|der) (status|stand)
        (meine|my) (versprechen|pledges?|zusagen)
        wie (ist|steht) (es|der stand|mein stand)?( um| bei| mit)?( (mein|meine|meinem|meinen) (versprechen|zusagen?))?
        (zeig|zeige|zeigen|show|list) (sie )?(mir |me |bitte )*(meine?n?|my|den) (versprechen|stand|status|pledges?)( an)?
        (what is|what s) (my|the) status( of my pledges?)?
        """,
    ),
    phrases(
        Intent.NEW,
        """
        (ein |noch ein )?(neues|weiteres) versprechen( (eintragen|anlegen|abgeben|melden|registrieren|erfassen|hinzufuegen))?
        (ich )?(moechte|will|wuerde gerne?) (bitte )?(ein neues|noch ein|ein weiteres|ein) versprechen (eintragen|abgeben|registrieren|anlegen|melden|machen|erfassen|hinzufuegen)
        (a )?new pledge
        (i (want|would like|d like) to )?(add|make|register|create) (a |another )?(new )?pledge
        """,
    ),
    phrases(Intent.UPDATE, "(fortschritt|neuigkeiten|stand|zwischenstand) melden\n(report|post) (progress|an update)"),
    phrases(
        Intent.EDIT,
        """
        (ich )?(moechte|will|wuerde gerne?|kann ich)? ?(mein|das|den|meinen) (versprechen|datum|termin|text|zieldatum|frist) (aendern|bearbeiten|verschieben|anpassen)
        (versprechen|termin|datum|text|frist) (aendern|bearbeiten|verschieben)
        (change|edit) (my |the )?(pledge|date|text|deadline)
        """,
    ),
    phrases(
        Intent.HUMAN,
        """
        (ich )?(moechte|will|wuerde gerne?|kann ich|koennte ich|muss)? ?(bitte )?(gerne )?mit (einem |einer |nem |jemand|jemandem)? ?(echten |richtigen )?(menschen|mensch|mitarbeiter*|person|jemand|jemandem)? ?(vom team )?(sprechen|reden|telefonieren|schreiben)
        (ein )?(echter )?mensch
        einen (echten |richtigen )?menschen
        (i (want|would like|d like|need) to |can i |could i )?(talk|speak) (to|with) (a |an |some)?(real |actual )?(human|person|one|somebody|someone|human being)
        (um )?(einen )?rueckruf
        (ruf|rufen|ruft) (sie )?mich (bitte )?an
        (please )?call me
        (kann|koennte) (mich )?(bitte )?(jemand|wer) (mich )?(bitte )?anrufen
        """,
    ),
    phrases(Intent.PAUSE, "(eine )?pause (machen|einlegen)\npausieren\n(take|have) a break\nich brauche eine pause"),
    phrases(
        Intent.RESUME,
        """
        (es |wir )?(kann|koennen|geht|soll) (\\w+ )?weiter( ?gehen|machen)?
        (weitermachen|weiter geht s|weiter geht es|pause beenden|ich bin (wieder )?(zurueck|da)|bin wieder (da|zurueck))
        (i m back|carry on|go on|continue|end pause|resume please)
        """,
    ),
    phrases(
        Intent.DELETE,
        """
        (alle |alle meine |meine |meine ganzen |saemtliche )(persoenlichen |gespeicherten )?daten (bitte )?(loeschen|entfernen)
        (loesch|loesche|loeschen|loescht|entfernen|entfernt|entferne) (sie )?(bitte )?(alle |alles |alle von |saemtliche )?(meine[nrs]? |von mir|ueber mich|mich )?(persoenlichen )?(daten|konto|account|profil)
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
        welche daten (haben|speichern|habt|speichert|sind) (sie|ihr)? ?(von mir|ueber mich|zu mir)?( gespeichert)?
        was (speichern|wissen|speichert|wisst|habt|haben|weisst|hast) (sie|ihr|du) (alles )?(ueber mich|von mir)( gespeichert)?
        was ist (ueber mich|von mir) gespeichert
        (datenauskunft|auskunft ueber meine daten)
        what (data )?do you (know|store|have|keep) (about|on) me
        """,
    ),
    phrases(
        Intent.SETTINGS,
        "(meine |die )?einstellung(en)?( (aendern|oeffnen|anpassen))?\n(die )?sprache (aendern|wechseln|umstellen)\nchange (the |my )?(language|settings)\nmy settings",
    ),
    phrases(Intent.SEARCH, "versprechen suchen\n(andere |nach )?versprechen (finden|durchsuchen)\nsearch pledges"),
    phrases(
        Intent.CALENDAR,
        "(mein )?kalender(datei|eintrag)?\n(termin|termine) in (den|meinen) kalender( eintragen)?\nadd to (my )?calendar\ncalendar file",
    ),
    phrases(
        Intent.PARTNER,
        "(ich )?(moechte |will )?(eine |einen |unsere |meine )?partner(in|innen)? einladen\n(invite|add) (a |my )?partners?",
    ),
    phrases(
        Intent.PRIVACY,
        "datenschutz(erklaerung|hinweise?|bestimmungen)?\n(privacy) (policy|notice)\nwie (steht|ist) es (um den|mit dem) datenschutz",
    ),
)
"""Other ways to ask for a command, where no question is open: the whole message."""
