"""Ways to ask for a person in Pidgin, Singlish and other tongues than English."""

from __future__ import annotations

from escalation.text import words_of

PIDGIN = words_of(
    r"make ~2 (?:person|somebody|human|pesin|pipo|oga|manager) ~2 (?:answer|"
    r"call|talk|help|attend|come|reply|hear)",
    r"wan ~1 (?:talk|yarn|speak|follow|see) ~3 (?:person|pesin|human|somebody|pipo|manager|oga)",
    r"(?:give|gimme|carry|find|bring|show|connect) ?(?:me)? (?:one )?(?:person|pesin|"
    r"human|oga|real pesin)",
    r"na (?:person|pesin|human being|human) i (?:wan|want|need|dey find)",
    r"no (?:wan|want|fit) (?:talk|yarn|follow|dey talk) ~3 (?:machine|bot|robot|computer)",
    r"(?:una|you) no get (?:person|pesin|human|customer care)",
    r"(?:pesin|person|human being|somebody) dey (?:there|here|ground|una side|inside)",
    r"(?:got|have) (?:real )?(?:person|human) (?:anot|or not|mah)",
    r"(?:want|wan) (?:talk|speak) (?:to )?(?:human|person)",
)
SPANISH = words_of(
    r"(?:hablar|hable|hablo|contactar|comunicar(?:me)?|chatear|conversar|atienda|"
    r"trate) (?:con|a|directamente "
    r"con) ~3 (?:persona|personas|humano|humana|alguien|agente|operador|operadora|asesora?|"
    r"representante|encargad[oa]|responsable|gerente|supervisora?|jef[ea]|ejecutiv[oa]|servicio)",
    r"(?:quiero|necesito|quisiera|ponme|pongame|paseme|pasame|comuniqueme|comunicame|transfierame|"
    r"transfiereme|me pasas?|me pone|puede pasar|prefiero) ~4 (?:persona|humano|agente|"
    r"operador|operadora|"
    r"asesora?|representante|encargad[oa]|gerente|supervisora?)",
    r"persona (?:real|de verdad|humana|de carne)",
    r"(?:hay|esta) alguien (?:ahi|aqui|real|que|humano|disponible)",
    r"no quiero ~4 (?:robots?|maquinas?|bots?)",
    r"(?:que|alguien) (?:me )?(?:llame|llamen|puede llamar|atienda)(?:me)?",
    r"(?:llamenme|llameme|llamame|pueden llamarme|me pueden llamar|me puede llamar)",
    r"atencion humana",
)
FRENCH = words_of(
    r"(?:parler|discuter|echanger|contacter|joindre|communiquer|avoir) ~4 (?:quelqu'?un|personne|"
    r"humain|conseill(?:er|ere)|agent|operateur|responsable|service client|etre humain|vrai|vraie|"
    r"superieur|manager)",
    r"(?:passez|passe|mettez|transferez|connectez|passer|transferer) ?(?:moi|"
    r"me) ~4 (?:quelqu'?un|humain|"
    r"conseiller|agent|personne|responsable|service)",
    r"(?:je veux|je voudrais|j'aimerais|il me faut|besoin d'un|besoin d'une|"
    r"besoin de) ~3 (?:humain|"
    r"conseill(?:er|ere)|vraie personne|agent|responsable)",
    r"vraie? (?:personne|humain|etre humain)",
    r"(?:y a ?t ?il|il y a|ya) ~1 quelqu'?un",
    r"pas ~4 (?:avec|a) (?:un |une )?(?:robot|bot|machine)",
    r"(?:rappelez|appelez|rappelle) moi",
    r"(?:me|m') ?(?:rappeler|appeler)",
)
GERMAN = words_of(
    r"jemand ~2 (?:zuruckrufen|anrufen|zuruckruft|anruft)",
    r"(?:mit|zu) ~4 (?:menschen|mensch|person|mitarbeitern?|mitarbeiterin|kundenberater|berater|"
    r"jemandem|jemand|vorgesetzten|chef|kundenservice|kundendienst|ansprechpartner|agenten) ~3 "
    r"(?:sprechen|reden|verbinden|verbunden|chatten|telefonieren|schreiben)",
    r"(?:sprechen|reden|spreche|rede|verbinden) ~2 mit ~3 (?:menschen|mensch|person|mitarbeiter|"
    r"berater|jemandem|jemand|chef|vorgesetzten)",
    r"(?:verbinden|verbinde|verbindet) (?:sie )?mich",
    r"echte[nrsm]? (?:mensch|menschen|person|mitarbeiter)",
    r"(?:will|mochte|moechte|brauche|wunsche|hatte gern) ~3 (?:menschen|mitarbeiter|berater|"
    r"ansprechpartner)",
    r"ist (?:da|hier|dort) (?:uberhaupt |denn )?(?:jemand|wer)",
    r"(?:rufen|ruft|ruf) ~2 mich ~2 (?:an|zuruck)",
    r"(?:keinen|nicht mit) ~2 (?:bot|chatbot|roboter|automaten|maschine|computer)",
)
ITALIAN = words_of(
    r"(?:parlare|parlo|contattare|chattare|comunicare) (?:con|"
    r"direttamente con) ~3 (?:persona|operatore|"
    r"operatrice|umano|qualcuno|responsabile|essere|consulente|addetto|assistenza|servizio)",
    r"(?:passatemi|mi passi|mi passa|mi passate|mettetemi|vorrei|voglio|serve|ho bisogno di) ~4 "
    r"(?:operatore|operatrice|persona vera|umano|responsabile)",
    r"persona (?:vera|reale|umana|in carne)",
    r"c'e (?:qualcuno|un operatore|una persona)",
    r"non voglio ~4 (?:robot|macchina|bot)",
    r"(?:richiamatemi|chiamatemi|mi chiami|mi chiamate|mi richiamate|mi richiami)",
)
PORTUGUESE = words_of(
    r"(?:falar|falo|conversar|contato|contactar|contatar) (?:com|"
    r"diretamente com) ~3 (?:pessoa|humano|"
    r"humana|alguem|atendente|agente|operadora?|gerente|responsavel|funcionario|"
    r"supervisora?|suporte)",
    r"(?:quero|preciso|gostaria|queria|passa|passe|transfere|transfira|me passa|me passe|"
    r"me transfere|"
    r"me coloca) ~5 (?:humano|atendente|operadora?|pessoa real|gerente|atendimento humano)",
    r"pessoa (?:real|de verdade|humana|de carne)",
    r"(?:tem|ha|existe) alguem (?:ai|aqui|real|que)",
    r"nao quero ~4 (?:robo|maquina|bot)",
    r"(?:me (?:liga|ligue|liguem)|(?:podem|pode) me ligar|liguem? me|atendimento humano)",
)
DUTCH = words_of(
    r"(?:met|een) ~2 (?:mens|medewerker|iemand|persoon) ~2 (?:spreken|praten|chatten)",
    r"echt (?:mens|persoon)",
)
PHRASES = (PIDGIN, SPANISH, FRENCH, GERMAN, ITALIAN, PORTUGUESE, DUTCH)
