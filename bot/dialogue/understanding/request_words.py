"""What can be asked for in words, where no question is open."""

from bot.dialogue.understanding.intents import Intent
from bot.dialogue.understanding.personal_requests import PERSONAL_REQUESTS
from bot.dialogue.understanding.phrases import Ideas, Phrases, ideas
from bot.dialogue.understanding.pledge_requests import PLEDGE_REQUESTS

_PLEDGES = "(versprechen*|zusage*|projekt*|vorhaben*|pledge*|promises?|[a-z]{3} \\d{3})"
_STORED = "(ganzen|gesamten|personenbezogenen|persoenlichen|gespeicherten|personal)"
_DATA = "(daten|angaben|data|information*)"

_IN_ANY_ORDER = (
    ideas(
        Intent.STATUS,
        """
        (zeig*|anzeigen|auflisten|sehen|ansehen|show|list|see|view|nennen|nenne)
        wie sieht (s|es)( aus)?
        (wie|was|how) (ist?|steht|stehts|laeuft|geht s?|s|are|macht|lautet)
        what (did|have|had|ist?|s|was)
        """,
        f"{_PLEDGES}\n(stand|status|uebersicht|ueberblick|overview|state)",
    ),
    ideas(
        Intent.EDIT,
        """
        (aender*|bearbeit*|verschieb*|schieb|schiebe|schieben|vertag*|ausweit*|anpass*|korrigier*|verlaenger*|umformulier*|verleg*|edit|change|move|postpone|
        extend|correct|update|withdraw|zurueckzieh*|zuruecknehm*)
        (neu formulieren|stimmt nicht( mehr)?|ist falsch|nach hinten schieben|zurueck ?(ziehen|nehmen))
        """,
        """
        (text|fehler|tippfehler|wortlaut|formulierung|wording|termin*|enddatum|datum|zieldatum|frist|stichtag|
        abgabefrist|date|deadline|name*|partner*|ort|thema|sichtbarkeit)
        (versprechen*|zusage|pledge|promise)
        (um|auf|bis|to|by|until) (?!deutsch|englisch|english|german|mich|mir)(\\w+ )?\\w+(?= *$)
        """,
    ),
    ideas(
        Intent.HUMAN,
        "(sprechen|sprich|reden|rede|unterhalten|kontakt|quatschen|schreiben|telefonieren|talk|talking|speak|speaking|chat|erreichen|verbind*)",
        """
        ((echten|richtigen|real|actual) )*(mensch*|person|jemand*|wem|team|mitarbeiter*|human|somebody|someone|
        organisator*|ansprechpartner*)
        """,
    ),
    ideas(
        Intent.CALENDAR,
        "(termin|termine|frist|fristen|datum|tag|das|es|it|date|dates|deadline|erinnerung*)",
        "(outlook|google|apple|handy|meinen?|den|unseren?|my|the|our)? ?(\\w*kalender|calendar|outlook)",
        "(in|im|ins|to|into|kalenderdatei|fuer)",
    ),
    ideas(
        Intent.PARTNER,
        "(einlad*|lade|laden|ladet|hinzufueg*|dazuhol*|mitmach*|mitzumachen|beteiligen|invite|join|add|dazunehm*|beitreten)",
        "(jemand*|wen|andere|anderen|weitere|leute|partner*|mitstreiter*|verein*|kolleg*|nachbar*|somebody|someone|others|"
        "people|feuerwehr|gemeinde*|stadt|buergermeister*)",
    ),
    ideas(
        Intent.UPDATE,
        "(gibt|habe|haben|hab|have|got|there)",
        "(neuigkeit*|neues|update|news|fortschritte?|zwischenstand|was neues|etwas neues)",
        "(zu berichten|berichten|melden|von uns|bei uns|von unserem|aus unserem|zu unserem|for you|erzaehlen|"
        "versprechen|projekt|vorhaben)",
    ),
    ideas(
        Intent.NEW,
        "(versprechen|vornehmen|zusagen|vorgenommen|versprochen|promise|pledge)",
        "(noch (et)?was|noch eins|noch ein|noch eines|was neues|etwas neues|zusaetzlich*|weitere[sn]?|neue[sn]?|"
        "another)",
        "(moechte*|wollen|will|wuerde*|haben|kann|koennen|want|like|geben|abgeben|eintragen|machen)",
    ),
    ideas(
        Intent.DELETE,
        "(loesch|loesche|loeschen|loescht|loeschung|entferne?|entfernen|entfernt|entfernung|delete|erase|remove|deletion)",
        f"""
        (mein|meine|meiner|meines|meinen|unsere|unserer|my|our|all my) ({_STORED} )?({_DATA}|konto*|account*|
        profil*|profile)( (und|and) ((alle|saemtliche|meine|die|all|my) )*({_DATA}|konto|account|profil|profile))?
        {_DATA} (von|ueber|zu) (mir|mich|uns)
        (alles |alle |everything )?(was (sie|ihr|du) )?(ueber|von|about) (mich|mir|me)( (habt|haben|hast|wisst|
        wissen|gespeichert haben))?
        everything you (have|know|store) (about|on) (me|us)
        (mich|me)( aus (der|dem|ihrer|ihrem|eurer|eurem|deiner) (datenbank|system|kartei|datei|speicher))?
        """,
    ),
    ideas(
        Intent.MY_DATA,
        "(kopie|auskunft|copy|zeig*|sehen|einsehen|schick*|export*|download*|herunterladen|show|see|send|bekommen|auszug)",
        f"(mein|meine|meiner|meinen|unsere|my|our) ({_STORED} )?{_DATA}\n{_DATA} (von|ueber|zu) (mir|mich)",
    ),
    ideas(
        Intent.SEARCH,
        "(gibt|welche|welches|suche*|such|find|finde|finden|search|any|are there|zeig*|show)",
        "(versprechen|projekte|projekten|zusagen|initiativen|vorhaben|pledges|projects|promises)",
        "(zu|zum|zur|ueber|in|aus|mit|im|bei|fuer|rund um|about|on|from|for|near) (?!mir|mich|meine?\\b)"
        "(\\w+ ){0,3}\\w+",
    ),
    ideas(
        Intent.RESUME,
        "wieder",
        "(loslegen|losgehen|fragen|fragt|frag|melden|meldet|schreiben|schreibt|schreib|erinnern|nachfragen|anfangen|starten)",
        "(ihr|sie|du|bitte|gerne|kannst|koennt|koennen)",
    ),
    ideas(
        Intent.PRIVACY,
        """
        (oeffentlich|verschluesselt|vertraulich|sicher|geschuetzt|weitergegeben|anonym|gespeichert|aufbewahrt|
        geheim|privat|einsehen|mitlesen|lesen|sehen|zugriff|sieht|liest|verwendet|genutzt|read|see|public|stored|
        encrypted|private|shared)
        """,
        "(wer|wem|ist?|sind|werden|wird|wie (lange|sicher)|wo|wofuer|bleib*|who|are|how long|where|jeder|jemand)",
        f"""
        ({_DATA}|antwort*|nachrichten|eingaben|eintraege|das|alles|hier|versprechen|this|answers?|messages?|it)
        was (ich|wir) (hier )?(schreibe*|eintrage*|antworte*)
        """,
    ),
)
"""Requests whose parts may stand in any order."""

REQUESTS: tuple[Phrases | Ideas, ...] = (*PLEDGE_REQUESTS, *PERSONAL_REQUESTS, *_IN_ANY_ORDER)
"""Ways to ask for a command: beside them a request has only words of `ASKING`."""

_ASKING = """
    im ich wir mir mich uns sie ihr du euch ihnen ihrem eurem es man das die den der dem des ein eine einen einem einer
    bitte gerne gern mal doch noch schon auch jetzt hier eigentlich denn kurz einfach nochmal dringend sofort
    komplett vollstaendig alle alles moechte moechten will wollen wollte wollten wuerde wuerden haette haetten hab
    habe haben kann kannst koennen koennt koennte koennten koenntest darf duerfen brauche brauchen braeuchte
    braeuchten muss muessen soll sollen verlange bitten wie wo gibt geht dass um hallo hi hey moin guten tag morgen
    abend danke vielen dank liebes liebe team dazu dafuer leider aber also und oh ach ja okay von es nun ab als mit
    kriegen bekommen erhalten haette braeuchte interessiert wuesste wissen lieber direkt persoenlich richtig richtigen
    echt echten man nun gar eure euren ihre ihren unserem projekt vorhaben dsgvo mag ja wo geht s ans am werden
    so solange lange weile mit bezueglich wegen betreffs zeitlich
    nennen nenne mitteilen take make kommen laesst lassen
    all
    damit daran dabei hiermit unverzueglich umgehend schnellstmoeglich bald wenn moeglich der die selbst
    mein meine meinen meinem meiner meines unser unsere unseren schick schicke schicken sende senden trag trage
    tragen gib geben mach macht machen sprich sag sagen anderen anderes andere ueber vom from bin i we you can could
    would d ll like to want need the a my our for me us just how do have please thanks again there get of is ist da
"""
ASKING = frozenset(_ASKING.split())
"""Words around a request that change nothing about it. There is no "nicht" among them."""
