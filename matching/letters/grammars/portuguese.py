"""Portuguese, of Africa, Brazil and Portugal."""

from matching.letters.grammar import Grammar

FUNCTION_WORDS = """
o a os as de do da dos das e em um uma para é que com por se ao no na nos nas não mais ou sua
seu são deve devem precisamos procuramos meses pela pelo à às olá cara obrigada obrigado desde
até nem ser mediadoras seja sejam
"""

TABLE = """
must before: deve; devem; deverá; deverão; tem de; têm de; tem que; têm que; exige-se; exigimos;
  requer-se; é preciso
must after: é imprescindível; é indispensável; é essencial; é obrigatório; é necessário;
  obrigatório; é claro; claro; naturalmente; com certeza; obrigatória; obrigatórios; é
  obrigatória; imprescindível; indispensável; são essenciais; é requisito; exigido; exigida; é
  exigido; são indispensáveis
nice either: de preferência; preferencialmente; se possível; idealmente; se for possível; na
  medida do possível; eventualmente
nice before: preferimos; preferíamos; gostaríamos; deseja-se; valoriza-se; dar-se-á preferência;
  será dada preferência; seria bom; seria ótimo; seria ideal; daremos preferência; preferência por
nice after: seria desejável; seria uma vantagem; é uma vantagem; uma vantagem; constitui uma
  vantagem; seria uma mais-valia; é uma mais-valia; uma mais-valia; é desejável; desejável;
  desejáveis; seria útil; seria muito útil; muito útil; será valorizado; será valorizada; são bem-vindas; bem-vindo;
  bem-vinda; bem-vindas; seria bem-vindo; seria bem-vinda; é opcional; opcional; seria um plus;
  um plus; é um plus; é incentivada; são incentivadas; é encorajada; são encorajadas; seria um diferencial; um diferencial
exclude before: ninguém; não sejam; não seja; não podem ser; não pode ser; não; nem; exceto;
  excepto; salvo; menos; excluem-se; exclui-se; excluindo; nenhuma; nenhum; nunca; à exceção de;
  com exceção de; sem; não devem; não deve; à excepção de; evitar; tampouco
exclude after: estão excluídas; ficam excluídas; são excluídas; serão excluídas; fica excluída;
  estão excluídos; não são aceites; não serão aceites; não serão aceitas; excluídas
waive before: não precisamos; não necessariamente; em vez de; não só; não apenas
waive after: não é necessário; não é preciso; não é obrigatório; não é exigido; não é
  indispensável; não é necessária; não é obrigatória
contrast: mas; porém; contudo; no entanto; todavia; enquanto; embora; entretanto
and: e; ou; nem; bem como; assim como; também; mais; além de
filler: o; a; os; as; de; do; da; dos; das; um; uma; em; no; na; nos; nas; ao; à; com; nível;
  para; outro; outra; por; também; mínimo; no mínimo; pelo menos
number 1: um; uma
number 2: dois; duas
number 3: três
number 4: quatro
number 5: cinco
number 6: seis
number 7: sete
number 8: oito
number 9: nove
number 10: dez; uma dezena de
number 11: onze
number 12: doze; uma dúzia de
number 13: treze
number 14: catorze; quatorze
number 15: quinze
number 16: dezasseis; dezesseis
number 17: dezassete; dezessete
number 18: dezoito
number 19: dezanove; dezenove
number 20: vinte
number 30: trinta
number 40: quarenta
number 50: cinquenta
number 60: sessenta
number 70: setenta
article: um; uma
the: o; a; os; as; do; da; dos; das; ao; à; nossa; nosso; sua; seu; esta; este
person: mediadora; mediadoras; mediadores; perita; peritas; especialista; especialistas;
  assessora; assessoras; conselheira; conselheiras; facilitadoras; observadoras; formadoras;
  colegas; cidadã; cidadãs; nacional; nacionais
woman: mulher; mulheres
man: homem; homens
need: precisamos; procuramos; solicita; solicitamos; preciso; pretende-se; queremos; pedimos; propor
team: equipa; equipe; delegação; grupo; secretariado; atualmente; já; actualmente
month 1: janeiro
month 2: fevereiro
month 3: março
month 4: abril
month 5: maio
month 6: junho
month 7: julho
month 8: agosto
month 9: setembro
month 10: outubro
month 11: novembro
month 12: dezembro
weekday 0: segunda-feira
weekday 1: terça-feira
weekday 2: quarta-feira
weekday 3: quinta-feira
weekday 4: sexta-feira
weekday 5: sábado
weekday 6: domingo
unit H: hora; horas; h
unit D: dia; dias; dias úteis
unit W: semana; semanas
unit M: mês; meses
unit Y: ano; anos
unit 2W: quinzena
from: a partir da; desde a; a partir de; a partir do; a partir do dia; desde; desde o; a contar
  de; de; do; entre; entre o; não antes de; com início em; com início a; data de início; início;
  início em; do dia; o mais tardar em
until: até; até ao; até o; a; ao; e; data de fim; até à; até ao dia; termo em; até aos
in: em; no; na; durante; a; para
begins: começa; começam; começará; começarão; inicia; inicia-se; iniciará; terá início; têm
  início; terão início; tem início; arranca; arranque; abre; abrem; início; inicia se; retomam; serão
  retomadas; iniciam
ends: termina; terminará; terminam; acaba; conclui; concluirá; finaliza; encerra
part 15: meados de; meio de
part 1: princípios de; princípio de; início de; inícios de; começo de
part 0: final de; finais de; fim de; fins de; o final de; o fim de
next: próxima; próximo; que vem
this_month: mês; do mês; deste mês
day 0: hoje; de imediato; imediatamente
day 1: amanhã
day 7: na próxima semana
day 30: no próximo mês
quarter 1: primeiro trimestre; 1 trimestre
quarter 2: segundo trimestre; 2 trimestre
quarter 3: terceiro trimestre
quarter 4: quarto trimestre; último trimestre
national: nacional de; nacional; nacionais; nacionais de; nacionais do; nacionais da; cidadã;
  cidadãs; cidadã de; cidadãs de; cidadão; cidadãos; de nacionalidade; nacionalidade;
  nacionalidades; passaporte; passaportes; naturais de
from_there: de; do; da; dos; das; proveniente de; provenientes de; oriunda de; oriundas de;
  oriundas do; oriundas da
resident: residir em; residir no; residir na; residir nos; residir nas; viver em; viver no; viver na;
  morar em; morar no; morar na; residindo em; residindo no; residindo na; residente em; residentes em; residente no; residentes no; residente na; residentes na;
  residam em; residam no; residam na; que vivam em; que vivam no; que vivam na; com sede em;
  baseada em; baseadas em; baseada no; baseadas no; baseada na; vive em; vivem em; vivem no;
  vivem na; residente; residentes; a viver em; radicadas em; radicada em; sediada em; sediadas
  em
office any: governo de; governo do; governo da; governo; trabalhem para; trabalhe para;
  trabalham para; trabalha para; trabalhado para; trabalharam para; empregadas por; empregada
  por; funcionárias de; funcionárias do; funcionárias da; funcionária de; ao serviço de; ao
  serviço do; ao serviço da; filiadas; filiada; filiadas a; afiliadas a; afiliada a; afiliadas;
  afiliada; ligadas a; ligada a; ligadas ao; ligada ao; ligadas à; vinculadas a; vinculada a;
  ministra de; ministra da; exército de; cargos em; cargo em; cargos no; cargos na
office government: um governo; nenhum governo; algum governo
office party: nenhum partido; um partido; partido político; nenhum partido político; partidos
  políticos; as partes; nenhuma das partes; alguma das partes; uma das partes; qualquer das
  partes
unaffiliated: afiliadas a ninguém; afiliada a ninguém; filiadas a ninguém; ligadas a ninguém;
  ligada a ninguém; sem filiação; sem afiliação; sem ligações; sem qualquer filiação; sem
  qualquer afiliação
sender: embaixada de; embaixada do; embaixada da; missão permanente de; missão permanente do;
  missão permanente da; ministério dos negócios estrangeiros de; ministério das relações
  exteriores do; governo de; governo do; governo da; consulado de; embaixador de; presidente de;
  em nome de; financiado por; república de
speaks: falar; fala; falam; falem; fale; falante; falantes; falada; idioma; idiomas; língua;
  línguas; domínio; dominar; domine; dominem; conhecimento; conhecimentos; fluência;
  compreender; ler; escrever
speaker fra: francófona; francófonas
speaker eng: anglófona; anglófonas
speaker ara: arabófona; arabófonas
speaker por: lusófona; lusófonas
speaker spa: hispanófona; hispanófonas
lasting: por; durante; por um período de; duração de; duração; durará; duraria; durarão; dure; prolongar-se-á por; dura; com a duração de;
  com duração de; contrato de; missão de; período de; por um prazo de
renewable: renovável; renováveis; prorrogável; prorrogáveis
notice: pré-aviso; aviso prévio; viajar em; partir em; sair em; o pré-aviso é de; o pré-aviso será de; o pré-aviso seria de;
  pré-aviso é de; pré-aviso será de; pré-aviso seria de; em; no prazo de; num prazo de; dentro de; pré-aviso de; com um pré-aviso de; aviso
  prévio de; aviso de; em menos de; prazo de; com; disponíveis em; disponível em
notice_after: de antecedência; de pré-aviso; de aviso prévio
reply: responder; resposta; respondam; responda; a sua resposta; data limite; enviar; enviem;
  envie; confirmar; confirme; prazo de resposta; aguardamos; agradecíamos receber
experience: experiência; de experiência; há; de idade; de carreira; últimos; de conflito; de
  guerra
per_month: por mês; ao mês; mensais; mensal; cada mês; mês
percent: %; por cento
fraction 25: um quarto; uma quarta parte
fraction 33: um terço; uma terça parte
fraction 50: metade; a metade
fraction 66: dois terços
fraction 75: três quartos
parity: paridade; a paridade; metade de mulheres; paridade de género
young: jovem; jovens
under: menor de; menores de; menos de; com menos de; de menos de
modality remote: à distância; em linha; online; virtual; virtuais; remoto; remota; remotamente;
  por videoconferência; teletrabalho
modality in_person: presencial; presenciais; presencialmente; no terreno; em pessoa
modality hybrid: híbrida; híbrido; mista; semipresencial; misto
title: sr; sra; senhor; senhora; dr; dra; dona; embaixador; embaixadora; exma; exmo; cara; caro;
  olá
address: rua; avenida; praça; travessa; rua de; avenida de; rua do; rua da
phase: fase; etapa
blocked: liga árabe; liga dos estados árabes; união africana; união europeia; mundo árabe;
  países árabes; nações unidas; gabinete do enviado especial; gabinete da enviada especial;
  gabinete do representante especial; conselho de segurança; ministério dos negócios
  estrangeiros; ministério das relações exteriores; banco mundial; cruz vermelha; meios de
  comunicação; embaixada; bacia do congo; rio congo; rio níger; delta do níger; golfo da guiné;
  país basco; costa suaíli; porquinho da índia; salvador da bahia; são salvador; novo méxico
people: comunidade; comunidades; povo; povos; tribo; tribos; clã; clãs; pastores; agricultores;
  criadores; milícia; milícias; combatentes; rebeldes; chefes; líderes; minoria; minorias;
  refugiados; população; populações; etnia; etnias; grupos armados; região; província; costa;
  país; países; zona; zonas
homograph: mauricio; israel; salvador; jordan
homograph name: georgia
between: entre; e entre
body: movimento; frente; exército; forças; partido; conselho; aliança; coligação; coalizão;
  união; congresso; grupo; autoridade; administração; comité; comitê; junta
process: processo; conversações; diálogo; diálogos; conflito; crise; partes; negociações;
  contexto
greeting: olá; cara; caro; caras; caros; prezada; prezado; exma senhora; exmo senhor;
  excelência; senhora; senhor; bom dia; boa tarde; estimada
closing: com os melhores cumprimentos; melhores cumprimentos; cumprimentos; atenciosamente;
  cordialmente; obrigada; obrigado; muito obrigada; muito obrigado; um abraço; abraço; abraços;
  saudações; com estima; desde já obrigado; respeitosamente; saudações cordiais
header: de; para; cc; data; enviado; tel; telefone; fax; correio; ref; referência; endereço;
  telemóvel; apartado; email
quote: mensagem original; mensagem reencaminhada; escreveu; mensagem encaminhada
"""

PORTUGUESE = Grammar.make("pt", FUNCTION_WORDS, TABLE)
