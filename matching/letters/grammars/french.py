"""French."""

from matching.letters.grammar import Grammar

FUNCTION_WORDS = """
le la les des du de et en un une pour est que qui dans sur par avec au aux nous vous il elle
elles ils ne pas ou ce cette ses son leur l d sont doit doivent être si possible mois bonjour
cherchons besoin merci à s qu une dont
"""

TABLE = """
must before: doit; doivent; devra; devront; il faut; il faudra; il est indispensable; il est
  essentiel; il est impératif; exigeons; nous exigeons; obligatoirement; impérativement;
  requiert; il est exigé; est exigée une
must after: bien entendu; bien sûr; évidemment; naturellement; est requis; est requise; sont
  requis; sont requises; requis; requise; exigé; exigée; est exigé; est exigée; est
  indispensable; sont indispensables; indispensable; indispensables; est obligatoire;
  obligatoire; obligatoires; est nécessaire; est impérative; impératif; est essentielle; est
  essentiel; essentielle; de rigueur; sans faute
nice either: si possible; de préférence; idéalement; dans la mesure du possible; éventuellement;
  dans l'idéal
nice before: nous préférerions; nous aimerions; nous souhaiterions; souhaiterait; une préférence
  pour; préférence pour; nous apprécierions; préférence sera donnée; la préférence sera donnée;
  priorité aux; ce serait bien; l'idéal serait; on privilégiera; nous privilégions; voire
nice after: serait un atout; est un atout; un atout; constitue un atout; constituerait un atout;
  serait un plus; est un plus; un plus; serait apprécié; serait appréciée; seraient appréciées;
  appréciées; appréciée; apprécié; appréciés; est souhaitable; serait souhaitable; souhaitable;
  souhaitables; souhaité; souhaitée; est souhaité; est souhaitée; serait utile; serait très utile; serait fort utile; serait un vrai atout; serait un réel atout;
  seraient utiles;
  bienvenu; bienvenue; bienvenues; serait bienvenu; serait bienvenue; serait un avantage; un
  avantage; facultatif; préféré; est encouragée; est encouragé; sont encouragées; encouragée; encouragées
exclude before: personne; ne soient pas; ne soit pas; pas; non; sauf; excepté; hormis; à
  l'exception de; à l'exclusion de; à l'exclusion des; ni; aucune; aucun; jamais; ne peuvent
  être; ne peut être; exclure; ne sauraient être; ne doivent pas; ne doit pas; ne pourra; ne
  pourront; ne sont; autre que; autres que; en dehors de; hors; sans; éviter; ne soient
exclude after: sont exclues; sont exclus; est exclue; est exclu; seront exclues; seront exclus;
  exclues; exclus; ne seront pas retenues; sont à exclure; n'est pas acceptable; ne sont pas
  acceptées
waive before: pas besoin de; pas besoin du; plus besoin de; il n'est pas nécessaire; pas
  nécessairement; au lieu de; non seulement; pas seulement
waive after: n'est pas requis; n'est pas requise; n'est pas nécessaire; n'est pas indispensable;
  n'est pas exigé; n'est pas exigée; n'est pas obligatoire; ne sont pas requises
contrast: mais; cependant; toutefois; en revanche; tandis que; alors que; néanmoins; par contre
and: et; ou; ni; ainsi que; et ou; également; voire; plus
filler: le; la; les; l; de; du; des; d; un; une; en; à; au; aux; avec; dans; niveau; toute;
  tout; soit; par; pour; celle; celui; ressortissantes; également; aussi; autre; minimum; au minimum
number 1: un; une
number 2: deux
number 3: trois
number 4: quatre
number 5: cinq
number 6: six
number 7: sept
number 8: huit
number 9: neuf
number 10: dix; une dizaine de
number 11: onze
number 12: douze; une douzaine de; douzaine de
number 13: treize
number 14: quatorze
number 15: quinze; une quinzaine de
number 16: seize
number 17: dix-sept
number 18: dix-huit
number 19: dix-neuf
number 20: vingt
number 30: trente
number 40: quarante
number 50: cinquante
number 60: soixante
number 80: quatre vingt
number 70: soixante dix
article: un; une
the: le; la; les; l; du; au; aux; notre; nos; votre; vos; son; sa; ses; leur; leurs; cette; ce;
  cet
person: médiatrice; médiatrices; médiateurs; experte; expertes; experts; conseillère;
  conseillères; spécialistes; spécialiste; facilitatrices; observatrices; formatrices;
  collègues; ressortissante; ressortissantes
woman: femme; femmes
man: homme; hommes
need: besoin; cherchons; recherchons; il nous faut; il faut; sollicite; sollicitons; demandons; souhaitons; proposer
team: équipe; délégation; groupe; cellule; secrétariat; actuellement; déjà; à ce jour; à présent
month 1: janvier
month 2: février
month 3: mars
month 4: avril
month 5: mai
month 6: juin
month 7: juillet
month 8: août
month 9: septembre
month 10: octobre
month 11: novembre
month 12: décembre
weekday 0: lundi
weekday 1: mardi
weekday 2: mercredi
weekday 3: jeudi
weekday 4: vendredi
weekday 5: samedi
weekday 6: dimanche
unit H: heure; heures; h
unit D: jour; jours; j; jours ouvrables
unit W: semaine; semaines
unit M: mois
unit Y: an; ans; année; années
unit 2W: quinzaine
from: à partir du; à partir de; à partir d; à compter du; à compter de; dès; dès le; depuis;
  depuis le; du; de; début; entre le; entre; pas avant le; pas avant; date de début; à dater du;
  commençant le; débutant le; au plus tôt le
until: jusqu'au; jusqu'à; jusqu'en; au; à; et le; et; jusque; date de fin; jusqu'à la; se
  terminant le; fin le
in: en; le; au cours de; courant; dans le; au; vers le; vers
begins: débutera; débute; débuteront; commence; commencera; commencent; commenceront; s'ouvre;
  s'ouvrira; s'ouvriront; démarre; démarrera; démarrage; début; reprennent; reprendront; ouvriront; prise
  de fonctions; entrer en fonctions; rejoindre
ends: prend fin; prendra fin; prendront fin; s'achève; s'achèvera; se termine; se terminera;
  finit; finira; terminera
part 15: mi; la mi; milieu; au milieu du mois de
part 1: début; le début; début du mois de; le début du mois de; courant
part 0: fin; la fin; fin du mois de; la fin du mois de; la fin de; fin de
next: prochain; prochaine
this_month: du mois; ce mois; mois; du mois en cours
day 0: aujourd'hui; immédiatement; tout de suite
day 1: demain
day 7: la semaine prochaine
day 30: le mois prochain
quarter 1: premier trimestre; 1er trimestre; t1
quarter 2: deuxième trimestre; second trimestre; 2e trimestre; t2
quarter 3: troisième trimestre; 3e trimestre; t3
quarter 4: quatrième trimestre; dernier trimestre; 4e trimestre; t4
national: ressortissante; ressortissantes; ressortissant; ressortissants; de nationalité;
  nationalité; nationalités; citoyenne; citoyennes; citoyens; nationales; passeport; passeports
from_there: venant de; venant du; venant d; originaire de; originaires de; originaires du;
  originaire du; originaires d; originaire d; de; du; d; des
resident: résider à; résider au; résider aux; résider en; vivre à; vivre au; vivre en; basée à; basée au; basée en; basées à; basées au; basées en; résidant à; résidant au;
  résidant aux; résidant en; résidente; résidentes; résidentes au; résident; résidents;
  habitant; vivant à; vivant au; vivant en; vit à; vivent au; vivent en; domiciliée;
  domiciliées; installée; installées; établies; résident au; résident en; résidence
office any: gouvernement de; gouvernement du; gouvernement d; gouvernement de la; gouvernement
  des; gouvernement; travaille pour; travaillent pour; travaillé pour; travaillant pour;
  employée par; employées par; au service de; au service du; fonctionnaire de; fonctionnaires
  de; fonctionnaires du; affiliée; affiliées; affiliée à; affiliées à; liée à; liées à; liées
  au; proches du; proche du; rémunérée par; rémunérées par; armée; ministre de; ministres du;
  fonctions officielles au; autorités; occupé des fonctions
office government: un gouvernement; aucun gouvernement
office party: aucun parti; un parti; parti politique; aucun parti politique; un parti politique;
  partis politiques; les parties; l'une des parties; une des parties; aucune des parties; aucune partie; parties au
  conflit; une partie au conflit
unaffiliated: affiliées à personne; affiliée à personne; affiliés à personne; liées à personne;
  sans affiliation; sans aucune affiliation; sans attaches; affiliées à qui que ce soit;
  affiliée à qui que ce soit; liée à personne
sender: ambassade de; ambassade du; ambassade d; ambassade des; ambassade de la; mission
  permanente de; mission permanente du; mission permanente de la; mission permanente d;
  représentation permanente de; ministère des affaires étrangères de; ministère des affaires
  étrangères du; ministère des affaires étrangères de la; gouvernement de; gouvernement du;
  gouvernement de la; gouvernement; consulat de; ambassadeur de; président du; au nom de;
  financé par; royaume de
speaks: parler; parle; parlent; parlant; parlé; langue; langues; maîtrise; maîtriser;
  maîtrisent; connaissance; locutrice; locutrices; couramment; comprendre; comprend; pratique;
  pratiquer; lire; écrire; s'exprimer
speaker fra: francophone; francophones
speaker eng: anglophone; anglophones
speaker ara: arabophone; arabophones
speaker por: lusophone; lusophones
speaker spa: hispanophone; hispanophones
speaker swa: swahiliphone
speaker rus: russophone
speaker hau: haoussaphone
lasting: pour; pendant; durant; durée; durée de; pour une durée de; d'une durée de; durera;
  dure; pour une période de; période de; mission de; contrat de; sur; pour environ; durée d;
  durée initiale de; durerait; dureront; se prolongera; devrait durer; doit durer
renewable: renouvelable; renouvelables; prolongeable; prolongeables; reconductible
notice: partir en; partir sous; partir dans; disponibles sous; prêtes à partir en; le préavis est de;
  le préavis sera de; le préavis serait de; préavis est de; préavis sera de; préavis serait de; sous; préavis de; préavis d; avec un préavis de; préavis; dans un délai de; dans un
  délai d; dans les; délai de; en moins de; mobilisable en; mobilisables en; mobilisables sous;
  prête à partir en; disponible sous
notice_after: de préavis
reply: répondre; réponse; votre réponse; retour; revenir vers; nous faire parvenir; faire
  parvenir; date limite; nous transmettre; confirmer; vos propositions; rappeler; votre retour
experience: expérience; d'expérience; il y a; âgée; ancienneté; de conflit; derniers; dernières;
  de guerre
per_month: par mois; mensuels; chaque mois; mensuelle; le mois; au mois; mois
percent: %; pour cent; pourcent
fraction 25: un quart
fraction 33: un tiers
fraction 50: moitié; la moitié
fraction 66: deux tiers
fraction 75: trois quarts
parity: parité; la parité; moitié de femmes; autant de femmes que d'hommes
young: jeune; jeunes
under: moins de; de moins de; âgées de moins de; âgée de moins de; en dessous de
modality remote: à distance; en ligne; par visioconférence; en visioconférence; télétravail;
  virtuel; virtuellement; distanciel
modality in_person: en présentiel; présentiel; présentielle; en présence; sur place; en personne
modality hybrid: hybride; mixte; en présence et à distance; partiellement à distance
title: m; mme; mlle; monsieur; madame; dr; pr; professeur; ambassadeur; bonjour; chère; cher
address: rue; avenue; boulevard; place; avenue du; rue du; rue de; avenue de; boulevard de;
  avenue des; immeuble
phase: phase; étape; stade
blocked: ligue arabe; ligue des états arabes; union africaine; union européenne; monde arabe;
  pays arabes; nations unies; bureau de l'envoyé spécial; bureau de l'envoyée spéciale; bureau
  du représentant spécial; conseil de sécurité; ministère des affaires étrangères; banque
  mondiale; croix rouge; réunion; réunions; en bon français; ambassade; bassin du congo; fleuve
  congo; fleuve niger; delta du niger; boucle du niger; golfe de guinée; pays basque; côte
  swahilie; vallée du jourdain
people: communauté; communautés; peuple; peuples; tribu; tribus; clan; clans; éleveurs;
  agriculteurs; pasteurs; milice; milices; combattants; rebelles; chefs; notables; leaders;
  minorité; minorités; réfugiés; population; populations; ethnie; ethnies; groupes armés;
  région; province; côte; pays; zone; zones; afrique
homograph: dominique; jordan; georgia
homograph name: chad
between: entre; et entre
body: mouvement; front; armée; forces; parti; conseil; alliance; coalition; union; congrès;
  groupe; autorité; administration; comité; cadre; coordination
process: processus; pourparlers; parties; conflit; crise; dialogue; négociations; dossier;
  contexte; factions
greeting: bonjour; madame; monsieur; cher; chère; chers; chères; excellence; mesdames; chers
  collègues
closing: cordialement; bien cordialement; bien à vous; veuillez agréer; je vous prie d'agréer;
  je vous prie de croire; salutations distinguées; merci; merci d'avance; meilleures
  salutations; avec mes remerciements; amitiés; bien à toi; respectueusement; sincères
  salutations; amicalement; nous vous prions d'agréer; dans l'attente de votre réponse
header: de; à; cc; date; envoyé; tél; téléphone; fax; courriel; réf; référence; adresse; bp;
  mobile; n réf; nos réf; email
quote: message d'origine; message transféré; a écrit; message original
"""

FRENCH = Grammar.make("fr", FUNCTION_WORDS, TABLE)
