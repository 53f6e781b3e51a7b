"""Yes and no, in words; denials and particular phrases first."""

from bot.dialogue.understanding.intents import Intent
from bot.dialogue.understanding.phrases import one_of, phrases

WELCOME = one_of(
    """
    (ja |au ja |oh ja |ja bitte )*(das |es )?waere (\\w+ )?(super|nett|toll|schoen|gut|prima|klasse|hilfreich|lieb|
    grossartig|wunderbar|fein|spitze)( ja| danke| von ihnen| von euch| von dir| vielen dank)*
    (yes )?(that|it) (would|d) be (\\w+ )?(great|nice|good|lovely|helpful|fine)( thanks| thank you)?
    """
)
"""As the whole answer it is a yes, for all its "wäre"."""

YESNO = (
    phrases(
        None,
        """
        na ja
        (ja|nein) mei
        (nicht|kein) (nein|ja)
        nicht dass
        ja lass
        na und
        (noch )?nicht (unbedingt|sicher|schlecht|zwingend|immer|ganz|nur)
        """,
    ),
    phrases(
        Intent.YES,
        """
        (kein|no) (problem|ding|thema|worries)
        (warum|why) (eigentlich |denn |auch )?(nicht|not)
        (warum|why) denn nicht
        (na|aber|ach|ja doch|ja) (gut|klar|sicher|gerne?|natuerlich|logo|logisch)
        (spricht|habe|hab|haben) (\\w+ ){0,2}nichts dagegen
        nichts dagegen
        auf jeden( fall)?
        (keine|ohne) (einwaende|einwendungen|bedenken|einwand|gegenrede|vorbehalte)
        (nichts|kein wort) (dagegen )?einzuwenden
        (habe|haben|hab|gibt|sehe|sehen) … (keine|nichts) (\\w+ )?(einwaende|bedenken|dagegen|einzuwenden|auszusetzen)
        ^(so )?(machen|koennen) (wir|sie|ihr) (das |es |so |gerne? |ruhig )*(machen|tun)?$
        ^(tun|machen|mach|macht|nehmen|zeigen|zeigt) (sie |ihr )?(das|es) (\\w+ )?(ruhig|gerne?|bitte|so)?$
        von (meiner|unserer) seite (aus )?(ja|okay|gerne?|in ordnung)
        (wurde|ist|haben wir|habe ich) (\\w+ )?(schon |bereits |laengst )(\\w+ )?(durch|abgehakt|umgesetzt|passiert)
        (haben|habe|hab) (wir|ich) (\\w+ )?(hinter uns|hinter mir|durchgezogen|abgehakt|in der tasche|im sack)
        (schritt|das|es|er) (\\w+ )?ist (\\w+ )?(durch|abgehakt|vollzogen|vollbracht)
        (of course|for sure|by all means)
        (unbedingt|liebend gerne?|sehr gerne?|gerne?|herzlich gern)
        ^(das |es |ja )*(duerfen|duerft|darfst|koennen|koennt|kannst|kann) (sie|ihr|du|man|ich)( das| es| ruhig|
        machen| tun)*$
        (duerfen|duerft|darfst|koennen|koennt|kannst) … (gerne?|zeigen|veroeffentlichen|machen|fragen|nennen)
        """,
    ),
    phrases(
        Intent.NO,
        """
        ^(aktuell|derzeit|zurzeit|vorerst|im augenblick|erst ?mal) nicht$
        (noch |immer noch |bisher |leider |noch lange )*nicht (\\w+ )?(getan|gemacht|erledigt|passiert|geschehen|
        geschafft|begonnen|angefangen|done|happened)
        auf (gar )?keinen fall
        (kommt )?nicht in ?frage
        (muss|musst|muesst|muessen) (\\w+ )?nicht( sein)?
        (lass|lassen|lasst) wir$
        (lass|lassen|lasst) (\\w+ )?(mal|es|das|lieber|stecken|sein|bleiben)( \\w+)?
        (ungern|davon absehen|absehen)
        (verzichte|verzichten|nichts da|vergiss es|no chance|untersteh*)
        (nichts|gar nichts) (davon|dergleichen)
        (keinesfalls|keineswegs|mitnichten)
        (nein|nee|noe|ne)( danke)?( das)? passt( schon| so)?
        (halte|halten) (ich |wir )?(davon )?nichts( davon)?
        nein (danke|lass mal|lieber nicht)
        danke nein
        (no|no way|not) (thanks|thank you|way)
        (lieber|besser|bloss|bitte|eher|leider|noch|bisher|bislang|immer noch|wirklich|ganz sicher|auch|nein|
        sicher) (noch )?nicht
        (kein|keine) (interesse|lust|bedarf|wunsch|zustimmung)
        nicht (noetig|einverstanden|gewuenscht|erwuenscht|notwendig|erforderlich|wirklich|bereit|gut|passend|recht|
        lieb|angenehm|oeffentlich|so weit|soweit|dafuer)
        (moechte|will|mag|brauche?n?|wollen|moechten|stimmt|stimme|geht|habe|haben|hab|kann|koennen|darf|duerfen|
        ist|sind) … nicht
        (rather|please|certainly|absolutely|definitely|probably) (don t|not)
        (i |we )?(don t|do not|won t|wouldn t) (want|like|agree|think so|need|wish)( (that|it|to))?
        not (really|yet|needed|necessary|interested|at all)
        (bin |sind )?(ich |wir )?(eher |ganz |klar |strikt |absolut )*dagegen
        (unter )?keinen umstaenden
        (bloss|um himmels willen|um gottes willen|ums verrecken|nie im leben|im leben) (nicht|nein)
        (kein|keinen) (plan|wert|anlass|grund)$
        (steht|ist) (\\w+ )?(noch )(aus|offen|ausstehend)$
        (passiert|kommt|machen wir|folgt|geschieht|mache ich) (\\w+ )?erst( noch)?( \\w+){0,3}
        (das |da |es )?wird (\\w+ )?nichts( mehr)?
        (lieber|besser|bitte) ohne( \\w+){0,2}
        (bin|waere) (ich |wir )?nicht (einverstanden|dafuer|dabei)
        (braucht|brauchen|brauche) (es |das |ich |wir )*nicht
        (ist|waere|das|mir) … (nicht recht|unrecht|unangenehm)
        (ablehn*|lehne* … ab)
        leider nein
        (xdown|xcross)
        """,
    ),
    phrases(
        Intent.YES,
        """
        (ja|jo|joa|jau|jep|jepp|jup|jupp|jap|japp|jawohl|jawoll|jou|joo|yes|yep|yeah|yup|yess|ya|joah|joo|yo|jawoi|
        hajo|ha ja|aye|si|oui|^da$|yea)
        (sure|klar|klaro|sicher|natuerlich|selbstverstaendlich|selbstredend|logisch|freilich|okay|einverstanden|
        logo|gewiss|bestimmt|doch|safe|fix|okidoki|oki|roger|aber hallo|und ob|nur zu|bejahe|bitte ja|positiv|
        zustimmung|genehmigt|freigabe|freigegeben|bingo|bet|totally|sounds great|that works|works for me)
        (passt|passt schon|passt mir|geht klar|abgemacht|deal|in ordnung|geht in ordnung)
        (mach|mache|machen|macht) (\\w+ )?(wir|ich|das|es|sie|mal)
        (stimmt|richtig|genau|korrekt|definitiv|absolut|exakt|jederzeit|sowieso|absolutely|definitely|correct|
        exactly|agreed|certainly|indeed)
        (go ahead|please do|sounds good|i agree|i do|fine|alright|all right|gladly|happy to|that s right)
        (meinetwegen|von mir aus|bin dabei|sind dabei|bin dafuer|dafuer)
        (zustimm*|stimme (\\w+ )?zu|stimmen (\\w+ )?zu)
        (ist|haben|habe|hab|schon|laengst|bereits|wurde) … (getan|gemacht|erledigt|passiert|geschehen|geschafft)
        (erledigt|geschafft|gemacht|getan|done)
        (xup|xtick)
        """,
    ),
    phrases(
        Intent.NO,
        """
        ohne mich
        (nie nimmer|nie im leben|im leben nicht)
        (nein|nee|noe|nope|nah|no|naa|nae|naeae|niemals|never|negativ|^nicht$|nicht mehr)
        """,
    ),
)
