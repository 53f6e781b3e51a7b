"""Ways to ask for what concerns the person who writes: a human, peace, their data, their settings."""

from bot.dialogue.understanding.intents import Intent
from bot.dialogue.understanding.phrases import one_of, phrases, words

_MINE = words("mein meine meinen meinem meines meiner unser unsere unseren unserem unseres unserer my our")
_DATA = words("daten angaben informationen data information")
_SOMEBODY = (
    r"(?:(?:einem|einer|einen|a|an|some) )?(?:(?:echten|richtigen|echter|real|actual) )?"
    r"(?:mensch|menschen|mitarbeiter\w*|person|jemand|jemandem|wem|kolleg\w+|human|human being|someone"
    r"|somebody)"
    r"(?: (?:vom|aus dem|from the) (?:team|organisationsteam))?"
)
_DAY = (
    r"(?:zum |nach |den |dem |der |die |das |ende |anfang |mitte |the |end |of |naechste\w* |kommende\w* |next )*"
    r"(?:\d+(?: \d+)*|\w+tag|mittwoch|\w+day|woche\w*|monat\w*|jahr\w*|week|month|year|januar|februar|maerz|april"
    r"|mai|juni|juli|august|\w+ember|oktober|january|february|march|may|june|july|october|\w*urlaub|\w*ferien|weihnachten"
    r"|ostern|pfingsten|silvester|neujahr|fruehjahr|sommer|herbst|christmas|easter|auf weiteres)(?: \d+)*"
)

PERSONAL_REQUESTS = (
    phrases(
        Intent.HUMAN,
        """
        (einen |ein |echter |echten )*(?<!^)(mensch|menschen) sprechen
        (ein )?(echter )?mensch$
        (einen |echten )+menschen$
        (real|actual) (person|human)
        (ist|sitzt|antwortet|is) (da|hier|dort|there) (auch )?{somebody}
        (einen |mein\\w* |unser\\w* )?(ansprechpartner\\w*|ansprechperson|kontaktperson)
        wer (ist )?(\\w+ ){0,2}(zustaendig|verantwortlich)
        wen (kann|darf|koennte) ich (\\w+ )?(anrufen|fragen|kontaktieren|ansprechen)
        (um )?(einen )?rueckruf
        telefonieren$
        (keinen|kein|statt|nicht mit (einem|einer|dem|der)) (bot|computer|maschine|automat|roboter|programm)
        (jemand|jemanden|einen|wen) (der|die|zum) (\\w+ )?(hilft|helfen|weiterhilft|sich auskennt|reden|sprechen|
        anrufen|weiss|telefonieren)
        (persoenlich|direkt) (\\w+ )?(sprechen|reden|telefonieren|gesprochen|betreut|beraten)( werden)?
        (persoenlichen|telefonischen|direkten) (kontakt|ansprechpartner|gespraech)
        (an|mit) (wen|wem) (kann|koennen|darf|muss|wende) (ich|wir) (\\w+ )?(mich|uns|wenden|sprechen|reden)?( \\w+)?
        (telefonisch|persoenlich) (erreichen|erreichbar|sprechen|zu sprechen)
        ist da (wer|jemand)( \\w+)?
        (echte|richtige|reale|lebende|lebendige) (leute|menschen|personen|ansprechpartner)
        (ruf|rufen|ruft) ((sie|mich|uns|bitte|mal|doch) )+(an|zurueck)
        ({somebody} )?(mich )?(\\w+ )?({somebody} )?(anrufen|zurueckrufen)
        (call|phone|ring) me( back)?
        (eine |ihre |eure )?telefonnummer
        """,
        somebody=_SOMEBODY,
    ),
    phrases(
        Intent.PAUSE,
        """
        (eine |kurze |laengere |a )*(pause|auszeit|sendepause|break)( (machen|einlegen|haben|have|nehmen|
        einrichten))?
        (mach|macht|machen) ((?!keine)\\w+ ){0,2}(eine )?pause( (mit|bei|von) (den |euren |ihren )?(nachrichten|
        fragen|erinnerungen))?
        (pause|auszeit|sendepause) (mit|bei|von) (den |euren |ihren |diesen )?(nachrichten|fragen|erinnerungen)
        (take|have) a break
        (pausieren|pausiere|pausier)
        """,
    ),
    phrases(
        Intent.RESUME,
        """
        (es |wir |das )?(kann|koennen|geht|soll|darf) (\\w+ )?(weiter|weitergehen|weitermachen|wieder losgehen|
        losgehen)
        (weitermachen|weiter geht s|weiter geht es|los geht s wieder)
        (bin|sind) (wieder|jetzt|ab heute|aus dem urlaub)? ?(zurueck|da|im dienst|erreichbar|im buero|
        gesund)( aus (dem|der) \\w+)?
        pause (ist |bitte )?(vorbei|beenden|zu ende|aufheben|aus|rum)
        (beende|beenden|hebe|heb) (\\w+ )?(pause)( auf)?
        (mich |uns |mir )?(jetzt |ab jetzt |ab sofort )?wieder (fragen|erinnern|schreiben|anschreiben|nachfragen)
        (frag|fragt|fragen|erinner\\w*|schreib\\w*) ((sie|mich|uns|mir|bitte|gerne?|jetzt|ruhig) )*wieder
        (ich |wir )*(bin|sind) ((jetzt|nun|endlich|seit \\w+) )*wieder (da|zurueck|fit|gesund|erreichbar|im dienst|
        im amt|
        im buero|einsatzbereit|am start|verfuegbar|dabei|an bord)( \\w+)?
        (urlaub|kur|pause|elternzeit|krankheit|wahlkampf) (ist |sind )?(jetzt |nun )?(vorbei|zu ende|rum|ueberstanden)
        (es )?(darf|kann|koennen|koennt|kannst|duerfen|duerft) (\\w+ )?(wieder|weiter) (\\w+ )?(losgehen|schreiben|
        fragen|
        nachrichten schicken|weitergehen|erinnern|nachfragen|machen)
        (wieder|weiterhin) nachrichten (bekommen|erhalten|schicken|haben)
        (pause|stop|stopp) (aufheben|beenden|zuruecknehmen|rueckgaengig)( machen)?
        (es )?geht (jetzt )?wieder( los)?$
        (i m back|we re back|carry on|go on|continue|(end|stop|cancel) (the |my )?pause|resume( please)?)
        """,
    ),
    phrases(
        Intent.DELETE,
        """
        (will|moechte|moechten|wollen) (\\w+ )?geloescht werden
        ^(die |alle )*(daten|konto|account|profil|benutzerkonto) (bitte )?loeschen$
        (alles|alle daten) {erase} (was|die) (sie|ihr|du) (ueber|von|zu) (mich|mir) (habt|haben|hast|wisst|
        gespeichert\\w*)( habt| haben| hast)?
        (will|moechte|moechten|wuensche|verlange|bitte) (bitte |gerne |darum )*(dass )?(sie |
        ihr )?{all} geloescht (werden|wird|haben)
        loeschung (\\w+ ){0,4}dsgvo
        recht auf (loeschung|vergessenwerden|vergessen)( \\w+ \\w+)?
        (want|would like) (you to )?(have )?{all} (deleted|erased|removed)
        """,
        all="""(alle|alles|saemtliche|all|all of|komplett|everything|any) )*({mine} (ganzen |gesamten |
        personenbezogenen |persoenlichen |gespeicherten |personal )*({data}|konto|account|profil|profile|
        benutzerkonto|eintraege)|mich|(alle|saemtliche) {data} (ueber|von|zu) (mich|mir)|(alle |alles |
        alles was sie |was ihr )(ueber|von) (mich|mir)( (haben|habt|gespeichert haben|wissen|wisst))?|
        (all )?everything you (have|know|store) (about|on) (me|us)|everything about me|me""",
        erase="loesch|loesche|loeschen|loescht|entfernen|entfernt|entferne|delete|erase|remove",
        mine=_MINE,
        data=_DATA,
    ),
    phrases(
        Intent.MY_DATA,
        """
        (datenauskunft|selbstauskunft|datenkopie)
        auskunft (\\w+ ){0,3}dsgvo
        auskunft ueber (\\w+ ){0,2}(daten|gespeicherten|gespeichertes)( daten)?
        (was|wieviel|wie viel|alles was) (wisst|wissen|weisst|speichert|speichern|habt|haben|hast) (ihr|sie|
        du) (\\w+ )?(ueber|von|zu) (mir|mich|uns)( \\w+)?
        {mine} {data}( (anzeigen|zeigen|sehen|herunterladen|exportieren|ansehen|einsehen|bekommen|haben|export\\w*|
        download))?$
        (welche|was fuer) {data} (haben|speichern|habt|speichert|sind|liegen|hast|speicherst|gibt es|wurden)( (sie|
        ihr|du|es|hier|da|denn|alle|von|ueber|zu|mir|mich|gespeichert|vor))*
        (schick|schicke|schicken|gib|geben|zeig|zeige|zeigen|send) ((sie|mir|me|bitte|mal) )*(alles|
        everything) (was )?(sie|ihr|du|you) (ueber|von|zu|have on|have about|know about) (mich|mir|me)( (haben|habt|
        hast|wissen|wisst|gespeichert))*
        was (ist|steht|speichern|wissen|speichert|wisst|habt|haben|weisst|hast|speicherst|wird|weiss)( (sie|ihr|du|
        alles|eigentlich|hier|denn|so|der bot))* (ueber|von|zu) (mich|mir)( (gespeichert|alles|drin))*
        what (data |information )?(do|have) you (know|store|have|keep|got|stored|saved|hold) (about|on) (me|us)
        """,
        mine=_MINE,
        data=_DATA,
    ),
    phrases(
        Intent.SETTINGS,
        """
        (meine |die )?einstellung(en)?( (aendern|oeffnen|anpassen))?
        (my |the )?settings
        ((auf|in|to|into|zu) )(die )?(deutsch|englisch|english|german)(e)?( (sprache|umstellen|wechseln|schreiben|
        stellen|antworten|sprechen|umschalten))?
        (switch|change|write|speak|talk|answer)( to| in)? (english|german|englisch|deutsch)
        (deutsch|englisch|english|german)( (bitte|please|sprechen|reden|schreiben))?
        ((die|the|my|meine) )?(sprache|language)( (aendern|wechseln|umstellen|um|change))?
        (aendern|aendere|stelle|wechsle|wechseln|change|switch) (ich )?(die |the |my )?(sprache|language)( um)?
        (duzen|siezen|(zu )?mir du|du zu (mir|uns)|(mich|uns) (bitte )?(duzen|siezen)|per (du|sie)|beim (du|
        sie)( bleiben)?)
        (lieber |immer |nur |besser |bitte )*({when}) (lieber |immer |nur |bitte )*(gefragt|erinnert|angeschrieben|
        fragen|erinnern|anschreiben|nachfragen|schreiben|melden)( werden)?
        (frag|frage|fragen|erinner\\w*|schreib\\w*) ((sie|mich|uns|mir|bitte|lieber|immer|nur|besser) )*{when}
        (geduzt|gesiezt) werden
        (duzt|duze|duz|siezt|sieze|siez) (mich|uns)( (bitte|gerne|ruhig|lieber))*
        (du|sie) (ist|waere) (mir |uns )?(\\w+ )?(lieber|recht|okay|genehmer|in ordnung)
        (sag|sagen|sagt) ((sie|ruhig|doch|bitte|einfach|gerne) )*(du|sie)( zu (mir|uns))?
        (per|beim) (du|sie)
        (schreib\\w*|frag\\w*|erinner\\w*|meld\\w*) ((sie|mich|uns|mir|bitte|lieber|immer|nur|besser|sich|euch|
        dich) )*(vor|nach|ab|um|zwischen) \\d+( uhr)?( und \\d+ uhr)?
        (nur |lieber |immer |erst )+(vor|nach|ab|um|zwischen) \\d+( uhr)?( \\w+)?
        (nicht |nie |keinesfalls )(vor|nach|am|an) (\\d+ uhr|wochenende|wochenenden)( \\w+)?
        (einen |eine |zu einer |an einem )?ander(er|en|e|es) (wochentag|tag|uhrzeit|zeit|zeitfenster|
        sprache)
        (wochentag|uhrzeit|zeitfenster) (\\w+ )?(aendern|wechseln|einstellen|umstellen)
        """,
        when="""(am |in der )?(nachmittags?|vormittags?|abends?|morgens|frueh|mittags|montags|dienstags|mittwochs|
        donnerstags|freitags|montag|dienstag|mittwoch|donnerstag|freitag|(am )?\\w+tag(vor|nach)?mittag|tagsueber|
        werktags|
        unter der woche|nach feierabend|zu einer anderen (uhrzeit|zeit)|an einem anderen (wochen)?tag)""",
    ),
    phrases(
        Intent.PRIVACY,
        """
        datenschutz(erklaerung|hinweise?|bestimmungen)?
        privacy( (policy|notice))?
        (wie (steht|ist) es (um den|mit dem)|was ist mit( dem)?) datenschutz
        wie lange( (werden|bleiben|speichern|speichert|behalten|behaltet|hebt|wird|sind|speicherst|behaelst|sie|ihr|
        du|meine|die|unsere|das|alles|hier|denn|{data}|gespeichert|aufgehoben|aufbewahrt|auf))+
        wer( (kann|darf|koennte|alles|hier|eigentlich|denn|noch))* (sieht|liest|bekommt|erfaehrt|sehen|lesen)( (das|
        alles|hier|eigentlich|mit|diese|{mine}|{data}|antwort|antworten|nachrichten|eintraege|versprechen|das|was|
        ich|schreibe|hier|denn|eintrage|mitlesen))*
        wer( (kann|darf|hat|alles|hier|eigentlich|denn|noch|zugriff|auf|{mine}|{data}|die|antwort|antworten|
        nachrichten|das|was|ich|schreibe|eintrage))+ (sehen|lesen|mitlesen|einsehen|zugriff|sieht|{data})
        (was|wie) (passiert|geschieht|macht|machen|machst|umgegangen)( (sie|ihr|du|eigentlich|denn|
        hier))* mit ({mine}|den|diesen) ({data}|antworten)
        (sind|ist|werden|wird|wie sicher sind|bleiben|bleibt)( (das|{mine}|die|diese|alles|hier|was ich schreibe|
        eigentlich))+( {data}| antworten|nachrichten| chat| antwort| versprechen)?( (hier|bei euch|bei ihnen|
        eigentlich|auch|denn))*( (oeffentlich|sicher|verschluesselt|vertraulich|geschuetzt|weitergegeben|anonym|
        geheim|privat))?
        wo (werden|liegen|sind|speichert|speichern) ({mine}|die|diese|sie|ihr|alle)( (die|alle|
        {mine}))* {data}( gespeichert)?
        (bekommt|sieht|liest|erfaehrt|bekommen|sehen|lesen) (die|der|das|andere|alle) (\\w+ )?(das|es|davon|
        meine\\w* \\w+)( zu sehen| zu lesen)?
        (geht|gehen|gehst) (ihr|sie|du|der bot) (\\w+ )?mit {mine} {data} um
        who (can |could )?(see|sees|read|reads|gets|has access to)( (this|it|that|my|our|what|i|we|write|answers?|
        messages?|data))+
        how long (do|will|ist?|are)( (you|my|the|our|be|data|information|keep|store|stored|kept|it|this))+
        (what (happens|do you do) (to|with)|how safe ist?|ist?) (my|the|our) (data|information|answers)( (safe|
        public|encrypted|secure|private))?
        """,
        mine=_MINE,
        data=_DATA,
    ),
)

AWAY = one_of(
    """
    (bis|until|till|ueber|fuer|for|waehrend|ab|from|nach|vom|im|after|in) (einschliesslich |zum |zur |ca )*{day}
    {day}
    ((bis|fuer|for) )?(ein|eine|zwei|drei|vier|sechs|acht|paar|two|three|four|six|\\d+) (tage|wochen|monate|days|
    weeks|months)
    (bin|sind|werde) … (im|in|auf|on|krank|verreist|krankgeschrieben|weg|nicht da|away|im ausland|
    in kur)( (\\w*urlaub|elternzeit|mutterschutz|krankenhaus|reha|kur|dienstreise|reisen|ferien|holiday|vacation|
    leave|krankgeschrieben))?
    (im|in|auf|on|i m) (\\w*urlaub|elternzeit|mutterschutz|reha|kur|dienstreise|reisen|ferien|holiday|vacation|
    parental leave)
    (mache|machen|habe|haben) (\\w+ )?urlaub
    (krank|krankgeschrieben|verreist|weg|away)
    """,
    day=_DAY,
)
"""Until when, or why: with such words `QUIET` asks for a pause."""

QUIET = phrases(
    Intent.PAUSE,
    """
    (eine |kurze |laengere |a )*(pause|auszeit|sendepause|break)
    (pausieren|pausiere|pausier)
    (bis dahin |so lange |solange |derweil |erst mal |erstmal |vorerst |in der zeit |jetzt )*((mich|mir|uns|
    bitte) )*(in ruhe lassen|keine (nachrichten|erinnerungen|fragen)|nicht (mehr )?(schreiben|fragen|stoeren|
    erinnern|anschreiben|kontaktieren|melden|nachfragen))
    (lass|lasst|lassen) ((mich|uns|sie|bitte) )*in (ruhe|frieden)
    ((mich|uns|bitte) )*in (ruhe|frieden) (lassen|gelassen)( werden)?
    (schreib|schreibt|schreiben|frag|fragt|fragen|erinner\\w*|stoer\\w*|melde|melden) ((mich|mir|uns|sie|bitte|
    sich) )*nicht( mehr)?
    (don t|do not|no) (message|text|write|ask|bother|contact|messages|reminders)( (me|us|to me))?
    erst (\\w+ )?wieder (melden|schreiben|fragen|erinnern|nachfragen|anschreiben)
    leave (me|us) alone
    """,
)
