"""Phrases of the vocabulary that in a letter mean something else more often; as keys, without spaces."""

from collections.abc import Mapping

#: Kind: keys that are not read as that kind; "*" = as no kind.
TABLE = """
*: arab arabi global lareunion monde mondial mondo mundo reunion world worldwide عالم
role: aprendiz collegamento comediation docente drafter enlace envoy envoyee esperta facilitacao
  facilitacion facilitation garant garante guarantor interpretation joint lecturer liaison
  ligacao mentorat mentored mentoria mentoring monitor recorder reporter shadowing stagiaire
  trainee tutora تيسير
theme: agua apoioamediacao apoyoalamediacion appuialamediation detention dialogue digital eau
  economics economy femmes formacao formacion formation garantias garanties guarantee guarantees
  implementation jeunes jeunesse jovenes jovens juventud land leadership localmediation media
  mediationsupport mujeres mulheres police politicaldialogue reconstruction religion reparation
  soutienalamediation terra terre training water women young youngpeople youngwomen youth ارض
  تحقق تدريب جندر دعمالوساطه دعموساطه رصد شابات شباب مياه نساء
phase: accorddepaix aplicacao aplicacion application cpa extension negociacao negociacion
  negociaciones negociacoes negociation negociations negotiation negotiations negoziati
  negoziato posconflicto posconflito postconflict postconflit prevencao prevencion prevention
  proroga prorogation prorroga prorrogacao renewal renouvellement renovacao renovacion rinnovo
  تجديد تفاوض تمديد تنفيذ مفاوضات وقايه
track: 1 1.0 1.5 11/2 2 2.0 3 3.0 basecomunitaria communautaire communitylevel comunitaria
  comunitario deux dibase dois dos duas due governmental grassroots grassrootstrack i.v level1
  level1.5 level2 level3 livello1 livello2 livello3 niveau1 niveau1.5 niveau2 niveau3 nivel1
  nivel1.5 nivel2 nivel3 official officiel officielle oficial one oneandahalf primo secondo
  terzo three tre tres trois two um uma umaemeia umemeio un una unaymedia une uneetdemie
  unetdemi uno unofficial unoymedio volet1 volet2 volet3 اثنان اول اولونصف ثالث ثان ثاني ثلاثه
  واحد واحدونصف
language: arab base bench car creek esclave even hindustani mina more nous sena slave
country: america jersey man maurice
seniority: altolivello altonivel ancienneministre beginner confirmee dealtolivello dealtonivel
  debutante dehautniveau exministra experienced experiente experimentada experimentee
  formerheadofstate formerminister haut hautniveau highlevel intermedia intermediaire
  intermediate media mid niveauintermediaire nivelmedio principiante youngprofessional رفيعه
  رفيعهمستوى كبيره مبتدئه متوسطه وزيرهسابقه
level_word: alta alto autonome average base bases bem bien boa bom bon bonne bora buena bueno
  business commande competent completo confirme conversation corrente fair falado full
  functional good hablada hablado high higher highest juu limited little mahas media medio
  medium moderate moyen moyenne notions2 ok operational parle parlee passive poor pratique pro
  profesional professional professionnel professionnelle profissional regular school some strong
  suficiente superior understands upper well بسيط تام حسن سوء شيء عملي قليل محادثه مقبول مهني
  وسط
"""


def _read(table: str) -> dict[str, frozenset[str]]:
    rows = (line.partition(":") for line in table.replace("\n  ", " ").strip().splitlines())
    return {kind: frozenset(keys.split()) for kind, _, keys in rows}


STOP_KEYS: Mapping[str, frozenset[str]] = _read(TABLE)
#: Abbreviations of up to three letters that are no words of any of the languages.
SHORT_KEYS = frozenset(
    [
        "a1",
        "a2",
        "b1",
        "b2",
        "c1",
        "c2",
        "cve",
        "ddr",
        "drc",
        "ihl",
        "nwm",
        "pve",
        "rca",
        "rdc",
        "ssr",
        "uae",
        "uk",
        "usa",
        "wmc",
    ]
)
