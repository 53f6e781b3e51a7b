"""Ways to ask for what concerns pledges: to see, register, report, change, share, find and date them."""

from bot.dialogue.understanding.intents import Intent
from bot.dialogue.understanding.phrases import phrases, words

_MINE = words("mein meine meinen meinem meines meiner unser unsere unseren unserem unseres unserer my our")
_PLEDGE = words(
    "versprechen versprechens zusage zusagen vorhaben vorhabens projekt projekts pledge pledges promise promises"
)

PLEDGE_REQUESTS = (
    phrases(
        Intent.STATUS,
        """
        wie (weit )?(steht|ist|laeuft|geht|sind|stehen) (s |es |der stand )?(um |mit |bei )?{mine} {pledge}
        wie (ist|lautet|steht) (der|mein|unser|die) (aktuelle |derzeitige )?(stand|lage)( bei (mir|uns))?
        wie (ist|steht) es( um)?$
        wie sieht es (\\w+ )?(bei|mit) {mine} {pledge} aus
        ((was|wie|what|how) (ist?|s|lautet|waere) )?{mine} (\\w+ )?(stand|status|uebersicht)
        (was|what) (habe|hatte|hab|hatten|haben|did|have) (ich|wir|i|we) (\\w+ ){0,3}(versprochen|zugesagt|
        vorgenommen|promised?|pledged?)
        welche {pledge} (hab|habe|haben|hatte|sind|laufen)( ich| wir)?( \\w+)?( offen| abgegeben| gemacht| gegeben|
         eingetragen)?
        was (ist|steht) (bei (mir|uns) )?(\\w+ )?(noch )?(offen|an|aus)$
        wo steh(e|en) (ich|wir)( gerade| eigentlich| aktuell| jetzt)*( (mit|bei) ({mine} )?({pledge}|
        [a-z]{2,4} \\d{1,4}))?
        (stand|status) ({mine}|von|zu) {pledge}
        wie weit (bin|sind) (ich|wir)
        (how ist?|how are|how s|what ist?|what s|what about) {mine} {pledge}( doing| going)?
        (what ist?|what s|how ist?) (my|the|our) (current )?(status|state)
        where do (i|we) stand
        ^(meine|unsere|my|our) (offenen |aktuellen )?{pledge}( (zeigen|anzeigen|ansehen|sehen|auflisten))?$
        """,
        mine=_MINE,
        pledge=_PLEDGE,
    ),
    phrases(
        Intent.NEW,
        """
        (neue[ns]?|weitere[ns]?|zweite[ns]?|noch ein|noch eins|another|new|second)( neues)?( {pledge})( (eintragen|
        anlegen|abgeben|melden|registrieren|erfassen|hinzufuegen|machen|geben|starten))?
        ein versprechen (eintragen|anlegen|abgeben|registrieren|erfassen|hinzufuegen|machen)
        (et)?was (versprechen|zusagen)
        (add|make|register|create) (a |another )?(new )?(pledge|promise)
        """,
        pledge=_PLEDGE,
    ),
    phrases(
        Intent.UPDATE,
        """
        (neuigkeiten|neues|update|zwischenstand|fortschritt|fortschritte|zwischenbericht|news) (zu |ueber |von |
        aus |from |on |about )((dem |der |den |our |the |my |{mine} )?(?!mir|ihnen|euch)\\w+( \\w+)?)( (melden|
        berichten))?
        (gute |tolle |kurze[rs]? |kleine[rs]? |kleines |wichtige |some |good |an |a |quick )*(neuigkeiten|update|
        zwischenstand|zwischenbericht|news)( (melden|mitteilen|berichten|geben|loswerden|fuer (euch|sie|dich)|
        for you|zu berichten|to share|to report))?
        (gute|tolle|schoene|good|great) (nachrichten|news)
        (fortschritt|fortschritte|stand) (melden|mitteilen|berichten|durchgeben)
        (es )?gibt (ein paar |viel |so einiges |was |etwas )*(neues|neuigkeiten)( (zu berichten|von uns|hier))?
        (et)?was (neues|zu berichten|berichten|mitteilen|zu erzaehlen|zu vermelden)( zu (berichten|erzaehlen))?
        (berichten|erzaehlen)$
        einiges (passiert|getan|zu berichten)
        (report|post|share) (some |our |my )?(progress|an update|news)
        """,
        mine=_MINE,
    ),
    phrases(
        Intent.EDIT,
        """
        (ziehe|zieh|ziehen) ((sie|wir|ich|hiermit|bitte) )*({mine} |das |die )?{pledge} ((hiermit|leider|
        bitte) )*zurueck
        {pledge} (leider |hiermit |bitte )*(zuruecknehmen|zurueckziehen)
        (zurueckziehen|zuruecknehmen)
        (eine )?(frist|termin)?verlaengerung( (beantragen|um( \\w+){1,3}))?
        (an extension|more time)
        (koennen|kann|duerfen|darf|moechte|moechten|wuerde|wuerden|muessen|muss) (wir|ich) (\\w+ ){0,2}(verlaengern|
        verschieben|schieben)
        (wir|ich) (brauche|brauchen|braeuchten|braeuchte|benoetigen|bitte um|bitten um) (\\w+ )?(mehr zeit|aufschub|
        verlaengerung|fristverlaengerung|terminverlaengerung|einen anderen termin)
        (text|datum|termin|frist|name|ort|nummer|thema|versprechen) (\\w+ ){0,4}(stimmt (so )?nicht( mehr)?|
        ist (so )?(falsch|
        verkehrt|nicht richtig)|passt (so )?nicht( mehr)?)
        (falsches|falsche|falscher) (datum|termin|text|frist|ort|name)( \\w+)?
        (anderen|neuen|spaeteren) termin
        (tipp)?fehler (im|in meinem) (text|versprechen)
        im text (ist|sind|war) (\\w+ )?(tipp)?fehler
        (korrigiere|korrigieren)
        ({mine} )?(stellvertret\\w*|stellvertreterin|vertretung|nachfolger\\w*|nachfolge|deputy|
        successor) (\\w+ ){0,3}(uebernehmen|uebernimmt|eintragen|benennen|nennen|angeben|name|einsetzen|
        festlegen)( (das|mein|unser) {pledge})?
        (name|add|appoint) (a |my )?(deputy|successor)
        {pledge} (\\w+ )?(uebergeben|abgeben an|uebertragen)
        """,
        mine=_MINE,
        pledge=_PLEDGE,
    ),
    phrases(
        Intent.PARTNER,
        """
        (eine |einen |unsere |unseren |meine |meinen |neue |neuen |weitere |weiteren |
        another )*{partner} (\\w+ ){0,3}(einladen|hinzufuegen|dazuholen|aufnehmen|eintragen|dazunehmen|angeben|
        nennen|ergaenzen|mitnehmen)
        (lade|laden|hole|nehme|fuege|hol) (ich |wir )?(\\w+ )?(\\w+ )?{partner} (\\w+ )?(ein|dazu|hinzu|auf)
        (\\w+ ){1,3}als partner(in|innen)? (\\w+ )?(einladen|hinzufuegen|dazuholen|aufnehmen|eintragen|dazunehmen|
        dabei haben)
        (moechte|moechten|will|wollen|kann ich|koennen wir) ((die|den|das|noch|gerne?|{mine}) )*(?!sie|euch|dich|
        ihnen)\\w+ einladen
        (jemanden|wen|noch wen|noch jemanden) (dazuholen|einladen|dazunehmen|mitnehmen|hinzufuegen|reinholen)
        (invite|add|bring in) (a |my |our |new )*(\\w+ as )?partners?
        """,
        mine=_MINE,
        partner=r"partner|partnerin|partnerinnen|partners|mitstreiter\w*",
    ),
    phrases(
        Intent.SEARCH,
        """
        (suche|such|suchen|finde|finden|zeig|zeige|zeigen|find|search|show me|look for|gibt es|welche|
        are there)( (sie|ich|nach|for|es|schon|noch|mir|bitte|any|auch))*( (andere|weitere|aehnliche|other|similar|
        more))? ({things})( (gibt es|sind|laufen))?( (zu|zum|zur|ueber|in|aus|mit|im|bei|fuer|rund um|about|on|from|
        for|near|with)( \\w+){1,5})
        (andere|weitere|aehnliche|other|similar) ({things})( (suchen|finden|ansehen|anschauen|sehen|durchsuchen))?
        (nach )?versprechen (suchen|finden|durchsuchen)
        (suche|such|suchen|search|find|look for) (pledges|(nach|for) \\w+( \\w+)?)
        wer (macht|arbeitet|kuemmert sich|hat|beschaeftigt sich|engagiert sich)( (noch|sonst|auch|was|et?was|schon|
        um|an|mit|zu|zum|zur|am|im|bei|in|fuer|thema|dem|der|den|die))+( \\w+){1,3}
        (hat|haben|macht|gibt es) ((noch|schon|sonst|auch) )*(jemand|wer|andere) (et)?was (mit|zu|zum|in|im|fuer|
        ueber) (\\w+ ){1,3}(gemacht|vor|versprochen)
        ^(suche|such|suchen|finde|search|find)( nach| for)? (?!nach )[a-z]{4,}( [a-z]+)?$
        (gibt es|hat) ((noch|schon|sonst|auch|hier) )*(jemand\\w*|wen|welche|andere\\w*)( (die|der|mit|zu|zum|zur|
        beim|am|im|in|dem|der|thema|was|etwas|schon))+( \\w+){1,3}
        was (machen|planen|tun|haben) (denn |so )?(die )?andere[n]?( leute| gemeinden| staedte| kommunen|
         orte)? (so )?(in|aus|
        zu|zum|zur|bei|beim) (\\w+ ){0,2}\\w+
        who else (ist? |works? |does )(\\w+ ){0,3}\\w+
        """,
        things=words(_PLEDGE, "projekte projekten initiativen gemeinden kommunen projects initiatives"),
    ),
    phrases(
        Intent.CALENDAR,
        """
        ics( datei| file)?
        (termin |termine |frist |als |mein |meinen |den |my |a )*(kalender|kalenderdatei|kalendereintrag|
        kalendertermin|calendar|calendar file)
        (termin|termine|it|das|alles) (\\w+ )?(in|im|to) (den|meinen|my|the)? ?(kalender|calendar)( (eintragen|
        uebernehmen|speichern|importieren|haben))?
        (bis )?wann (ist|war|laeuft|endet|muss|soll|sind|waere|muessen|sollen|kommt|steht|faellt)( (ich|wir|nochmal|
        noch mal|denn|eigentlich|das|es|die|der|den|naechste[rn]?|mein\\w*|unser\\w*|an))* ({due})( (ab|an|faellig|
        sein|dran|enden))*
        (wie lange|wie viel zeit|wieviel zeit) (habe|haben) (ich|wir) (noch )?(zeit)?
        (bis )?wann (fragst|fragt|fragen|werde|werden|meldest|meldet|melden|schreibst|schreibt|kommt|hoere|
        hoeren)( (du|ihr|sie|
        der bot|dich|euch|sich|mich|uns|ich|wir|von|das|die))*( (wieder|naechste mal|naechsten mal|naechste|
        naechstes mal|frage|gefragt|befragt|erinnert|angeschrieben|dran))+
        (bis wann|wie lange) (habe|haben) (ich|wir) (noch )?zeit
        (termin|termine|frist) (fuer|in) (den|meinen) kalender
        (welche|meine|naechste) (termine|fristen|frist)( (habe ich|stehen an|gibt es))?
        when (ist?|s|does|do|will|are)( (my|our|the|you|i|we|next|have))* ({due_en})( (due|end|me|again|us|to|be|
        done))*
        """,
        due=words(
            "termin zieltermin frist stichtag abgabe deadline zieldatum ende schluss fertig faellig abgabetermin frage "
            "versprechen"
        ),
        due_en=words("deadline due date question ask done finish check in"),
    ),
)
