"""What can be asked for in every state, in words."""

from bot.dialogue.understanding.intents import Intent
from bot.dialogue.understanding.phrases import one_of, phrases

POLITE = one_of(
    """
    (bitte|danke|please|thanks|thank you|hallo|hi|hey|guten tag|guten morgen|guten abend|moin|servus|hello|
    vielen dank|dankeschoen)
    (danke schoen|lg|mfg|vg|bg|viele gruesse|liebe gruesse|mit freundlichen gruessen|sorry|so|
    (jetzt )?(ist )?schluss(?! mit)( jetzt| damit)?|(es|das) reicht|genug|(?<!nicht )jetzt(?! nicht)|mal|endlich|
    sofort|ab sofort|ach|kein interesse( mehr)?|no longer interested)
    """
)
"""What may stand around a request without changing it."""

ANYTIME = (
    phrases(
        Intent.STOP,
        """
        stop( stop)*
        (i |we )?(want|would like|d like|wish) to (unsubscribe|opt out)
        (stoppen|aufhoeren|abmelden|abbestellen|austragen|unsubscribe|stop it|opt out)
        (ich |wir )?(moechte|will|wuensche|moechten|wollen|bitte)? ?(keine|keinerlei) (weiteren? |
        solchen? )?(nachrichten|mitteilungen|meldungen|erinnerungen|benachrichtigungen|anfragen|
        mails)( mehr)?( (bitte|schicken|senden|schreiben|bekommen|erhalten|haben|kriegen|an mich|von (euch|ihnen|
        dir)))*
        (bitte )?(schicken|senden|schickt|sendet|schick|send) (sie |ihr )?(mir |uns )?(bitte )?(keine|nie wieder|
        nichts) ?(weiteren )?(nachrichten|erinnerungen)?( mehr)?
        (bitte )?(schreib|schreibt|schreiben|kontaktiere|kontaktieren|kontaktiert|belaestigen) (sie |ihr )?(mir |
        mich |uns )?(bitte )?(nicht mehr|nie wieder|nichts mehr|nie mehr)( an)?
        (bitte )?(mir |mich |uns )?(bitte )?(nicht mehr|nie wieder|nie mehr) (anschreiben|schreiben|kontaktieren|
        benachrichtigen|belaestigen|erinnern)
        (hoer|hoert|hoeren) (sie |bitte |endlich |doch |mal |jetzt )*auf( damit)?( (mir|mich|
        uns))?( \\w+)?( (zu (schreiben|nerven|belaestigen|fragen|erinnern)|anzuschreiben|nachrichten zu (schicken|
        senden)))?
        (koennten|koennen|wuerden|koenntet|koennt) (sie |ihr )(bitte )?(damit )?aufhoeren( (mir|mich|
        uns))?( (zu (schreiben|nerven|belaestigen|fragen|erinnern)|anzuschreiben))?
        lass(t|en)? (sie )?(das|es) (bitte |endlich )?mit (den|diesen) (nachrichten|erinnerungen)
        lass(t|en)? (sie |ihr )?(mich|uns) (bitte |endlich |einfach )*(in|zu)f?r? ?(ruhe|frieden)
        (ich )?(moechte|will|wuerde) (mich )?(bitte |gerne? )?(abmelden|austragen|abbestellen|(bitte )?nicht (mehr|
        laenger|
        weiter) (von (euch|ihnen|dir|diesem bot) )?(angeschrieben|kontaktiert|gefragt|erinnert|benachrichtigt|
        belaestigt) werden)
        (meld|melde|melden|trag|trage|tragen) (sie )?mich (bitte )?(ab|aus)
        (stop|stoppt|stoppen sie|beende|beenden sie|beendet) (bitte )?(das|dies|diesen (dienst|chat|bot))( bitte)?
        (nehmt|nehmen sie|nimm|streicht|streichen sie) mich (bitte )?(aus|von) (dem|der|eurem|ihrem|eurer|
        ihrer) (verteiler|liste|mailingliste)( (raus|heraus))?
        aus (dem )?verteiler (nehmen|streichen|loeschen)
        (ich |wir )?(moechte|will|moechten|wollen) (bitte )?(nichts|nie) (mehr|wieder) (von (euch|ihnen|
        dir) )?(etwas )?(hoeren|lesen|bekommen|erhalten)( von (euch|ihnen|dir))?
        schluss mit (den |diesen )?(nachrichten|erinnerungen)
        (nerv|nerve|nerven|nervt|stoer|stoere|stoeren|stoert|belaestige\\w*) (sie )?(mich|uns) (bitte )?nicht (mehr|
        laenger|weiter)
        (meld|melde|melden|meldet) (sie )?(sich|dich|euch) (bitte )?(nicht mehr|nie wieder|nie mehr)( bei (mir|
        uns))?
        (ich )?(moechte|will|wuerde) mich (bitte |gerne )*(vom|von diesem|von dem|aus dem|hier|von eurem|
        von ihrem) ?(bot|dienst|chat|verteiler|newsletter)? ?(abmelden|austragen)
        ich melde mich (hiermit |jetzt )?ab
        nachrichten (stoppen|abbestellen|einstellen|abschalten|beenden)
        stop\\w* (sie )?(bitte )?(die|alle|diese) (nachrichten|erinnerungen)
        (alle |diese )(nachrichten|erinnerungen) (stoppen|abbestellen|einstellen)
        leave (me|us) alone
        unsubscribe me
        (stop|quit) (messaging|texting|writing|contacting|bothering|sending|spamming|emailing)( to)?( me|
        us)?( messages| any ?more)*
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
        (doch nicht|lieber doch nicht|lassen wir (das|es)|lass gut sein|cancel please)
        (vergiss|vergesst|vergessen sie) (es|das)
        (never ?mind|forget it)
        (doch |lieber |ach )?nicht (vergiss|vergesst|vergessen sie|lassen wir|lass) (es|das|gut sein)
        (ich )?(moechte|will|wuerde gerne) (das |den vorgang )?(hier )?abbrechen
        (brich|brechen sie|brecht) (das |es |hier )*ab
        doch nicht abbrechen
        (vorgang|eingabe|dialog|das|alles) (hier )?abbrechen
        """,
    ),
    phrases(
        Intent.HELP,
        """
        (hilfe|help|help me|hilf mir|helft mir|helfen sie mir|xsos)
        (ich|wir) (brauche?n?|braeuchten?|benoetigen?|haetten? gerne) ((?!kein|nicht)\\w+ ){0,2}(hilfe|
        unterstuetzung)( (beim|bei|
        mit|von) (\\w+ ){0,2}\\w+)?
        (koennen|koennten|koennt|koenntet|wuerden|kannst|koenntest) (sie|ihr|du) ((uns|mir|da|bitte|hier|vielleicht|
        dabei|damit|weiter) )*(unterstuetzen|helfen|weiterhelfen)( (beim|bei|mit) (\\w+ ){0,2}\\w+)?
        (kann|koennte|kennt) ((uns|mir|da|hier|bitte|vielleicht|dabei) )*(jemand|wer|einer) ((uns|mir|da|dabei|
        bitte) )*((beim|bei|mit) (\\w+ ){1,3})?(
        helfen|weiterhelfen|unterstuetzen)
        (i|we) (need|could use) (some |your )?(help|support)( with (\\w+ ){0,2}\\w+)?
        (ich )?komm* (hier |damit |da )*nicht (klar|zurecht|weiter)
        (ich )?(kenne?|blicke?|finde?|steige?|sehe?) (mich |hier |da |das |damit |noch )*(nicht|nichts) (mehr )?(aus|
        durch|zurecht)
        (ich )?(kenne?|blicke?|finde?|steige?) (mich |hier |da |das )*(nicht )(mehr )?(aus|durch|zurecht)
        (bin |ich |hier |gerade |total |etwas |voellig )*(ueberfordert|ratlos|verwirrt)
        was kann (ich|man) (hier |alles |jetzt )*(tun|machen|schreiben|sagen|antworten|eingeben)
        (erklaer|erklaere|erklaeren|erklaert) (sie )?(mir |uns )?(bitte |mal |kurz )*(wie )?(das|es|den bot|alles|
        die bedienung)( hier)?( geht| funktioniert)?( hier)?
        wie (benutze|benutzt|bediene|nutze|nutzt) (ich|man) (das|dich|den bot|diesen bot)( hier)?
        was kann (der|dieser|so ein) bot( alles| so)*
        was (kannst du|koennen sie|kann der bot|kann man hier)( (hier|alles|denn|eigentlich|so))*
        what can (you|this bot|it) do
        wie (funktionierst|arbeitest|gehst|tickst) du
        wie (kann|soll|muss|darf) (ich|man) (\\w+ ){0,2}(antworten|schreiben|machen|vorgehen|bedienen|benutzen|nutzen)
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
        (vielleicht |lieber |erst |etwas |ein bisschen |mach ich |mache ich |antworte |ich antworte |gerne |komme |
        maybe |ein wenig |bissel |bisschen )*spaeter( (nochmal|noch ?mal|noch einmal|gerne|vielleicht|wieder|
        erinnern|fragen|nachfragen|melden|antworten|dazu|lieber|am tag|heute))*
        ((spaeter|morgen|naechste woche|demnaechst|heute abend|nachher) mehr|mehr (spaeter|morgen|dazu spaeter)|
        more later)( dazu)?
        (later|maybe later|later on|later today|a bit later|another time|some other time)
        (gerade |grad |jetzt |heute |leider |mir |ist |es |passt |momentan )+(unpassend|ungelegen|ganz schlecht|
        schlecht|
        ungeschickt|ungut)
        (das |es )?(sage|sag|beantworte|schreibe|schreib|klaere|entscheide|erledige|mache|mach|weiss|
        berichte) ich (\\w+ ){0,3}(morgen|spaeter|nachher|naechste woche|uebermorgen|am \\w+tag|heute abend)( \\w+)?
        (morgen|uebermorgen|naechste woche|am \\w+tag|spaeter) weiss ich mehr
        (heute abend|morgen|nachher|am wochenende|spaeter) (habe|haben) (ich|wir) (mehr )?zeit
        (ich )?(komm|komme) (\\w+ )?(spaeter |nachher |morgen )?(darauf|drauf) zurueck
        (bin |bei mir ist |hier ist )?(gerade |heute |jetzt |momentan )*(viel los|land unter|im stress|kein kopf dafuer|
        beschaeftigt|eingespannt|verhindert|ausgelastet)
        (habe |hab )(gerade |jetzt |heute |den |keinen )*kopf (dafuer|voll)( nicht)?
        kann (gerade|jetzt|momentan|im moment|grad|heute) nicht( \\w+)?
        (geht|passt) (es )?(auch )?(spaeter|morgen|nachher)
        (gib|gebt|geben) (sie )?(mir|uns) (noch )?(\\w+ ){0,2}(zeit|tage|woche|wochen|stunden|bis \\w+)
        heute nicht mehr
        spaeter (gerne?|dann gerne?)
        (nicht jetzt|jetzt nicht|heute nicht|gerade nicht|momentan nicht|im moment nicht|im augenblick nicht|
        not now|not right now|not today|ein andermal|ein anderes mal)
        (ich |wir )?(habe |hab |haben )?(gerade |jetzt |im moment |momentan |grad |leider |
        heute )*keine zeit( (gerade|jetzt|im moment|momentan|heute))*
        (no time|i have no time|don t have time|i m busy|busy)( right| now| today| at the moment)*
        (passt|geht) (gerade|jetzt|grad|mir gerade|heute|mir jetzt) (nicht|schlecht)( so gut)?
        (bin |sitze |stecke )?(gerade |grad )?(noch )?(beim |auf |im |am |in einem |in einer |in der |bei der |
        auf einer |auf )(termin|sitzung|
        besprechung|meeting|auto|zug|urlaub|einsatz|dienst|gemeinderat|ratssitzung|kreistag|stadtrat|gespraech|telefonat|
        unterricht|arbeit|arbeiten|schicht|stau|arzt|fahren|probe|uebung|flughafen|buergersprechstunde|konferenz|
        telefonkonferenz|essen|feuerwehrdienst|steuer|sport|kochen)
        (ich )?(antworte|schreibe|sage|klaere|pruefe) (\\w+ ){0,3}(morgen|spaeter|nachher|naechste woche|
        uebermorgen|am \\w+tag)
        (ich )?(melde|meld) mich(?! ab)( (?!ab\\b)\\w+){0,6}
        i ll (get back|come back|answer|reply|let you know)( \\w+){0,5}
        (das |es )?(muss|kann|werde|will|moechte) ich (das |es |erst |leider )*(spaeter|nachher|morgen|
        heute abend)( (beantworten|antworten|machen|sagen|ausfuellen|erledigen|schreiben))?
        (mach|mache|antworte|beantworte|schreibe|sage|sag|schreib) (ich )?(das |es |ihnen |euch |dir )*(spaeter|
        nachher|morgen|heute abend)
        (nachher|ein andermal|gleich|in einer stunde)
        (bin |wir sind )(gerade |noch |derzeit |momentan )*(auf dienstreise|unterwegs|im urlaub|krank|
        nicht im buero|nicht da)
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
    {when} … (sagen|antworten|beantworten|mitteilen|berichten)
    {when} (habe|haben) (ich|wir) (mehr |wieder )?(zeit|luft)
    {when} … (nochmal|noch mal|noch einmal|wieder|again)
    ^(erst |lieber |dann )*{when}( woche| monat)?( (bitte|lieber|nochmal|dann|gerne?))+$
    (lieber|erst|besser|rather|bitte|please) (wieder )?{when}
    """,
    when="""spaeter|nochmal|noch mal|noch einmal|naechst*|morgen|uebermorgen|in \\w+ (tag|tagen|woche|wochen|
    stunde|stunden|monat|monaten)|am \\w+tag|montag|dienstag|mittwoch|donnerstag|freitag|later|again|tomorrow|next|
    in (a|an|\\w+) (day|week|hour|month)s?|monday|tuesday|wednesday|thursday|friday|heute abend|nachmittag|
    nach dem urlaub""",
)
"""Somebody asks to be asked another time."""
