"""Spanish."""

from matching.letters.grammar import Grammar

FUNCTION_WORDS = """
el la los las de del y en un una para es que con por se al su sus lo como más o no nos le son
debe deben hola buscamos necesitamos desde hasta dos meses e ni esta este a estimada saludos
gracias sean sería
"""

TABLE = """
must before: debe; deben; deberá; deberán; tiene que; tienen que; se exige; se requiere;
  exigimos; requerimos; ha de; han de; hace falta
must after: es imprescindible; es indispensable; es esencial; es necesario; es obligatorio;
  imprescindible; por supuesto; desde luego; claro; imprescindibles; obligatorio; obligatoria;
  es requisito; es obligatoria; requerido; requerida; indispensable; sin falta; son
  imprescindibles
nice either: preferiblemente; de preferencia; preferentemente; si es posible; de ser posible; a
  ser posible; idealmente; si fuera posible; en lo posible; eventualmente
nice before: preferimos; preferiríamos; nos gustaría; se desea; se dará preferencia; se
  agradecería; desearíamos; se apreciará; sería bueno; sería ideal; estaría bien; valoraremos
nice after: se valorará; se valora; sería deseable; deseable; sería una ventaja; es una ventaja;
  una ventaja; serían una ventaja; sería un plus; es un plus; un plus; es deseable; deseables;
  sería útil; sería muy útil; muy útil; será valorado; será valorada; sería bienvenido; sería bienvenida; es opcional;
  opcional; son bienvenidas; bienvenida; bienvenidas; constituye una ventaja; se alienta; se anima; son alentadas
exclude before: nadie; no sean; no sea; no; ni; excepto; salvo; menos; se excluye; se excluyen;
  excluyendo; ninguna; ningún; nunca; exceptuando; con excepción de; a excepción de; sin; que
  no; no pueden ser; no puede ser; no deben; no debe; fuera de; evitar; tampoco
exclude after: queda excluida; quedan excluidas; están excluidas; serán excluidas; quedan
  excluidos; no se aceptan; no son aceptables; no serán admitidas; excluidas
waive after: no hace falta; no es necesario; no es imprescindible; no es obligatorio; no se
  requiere; no es indispensable
waive before: no necesitamos; no necesariamente; en lugar de; no solo; no sólo
contrast: pero; sin embargo; no obstante; mientras que; aunque; en cambio; sino
and: y; e; o; u; ni; así como; además de; también; más
filler: el; la; los; las; lo; de; del; un; una; en; a; al; con; nivel; para; otro; otra; por;
  sean; sea; también; mínimo; como mínimo; al menos
number 1: un; uno; una
number 2: dos; un par de
number 3: tres
number 4: cuatro
number 5: cinco
number 6: seis
number 7: siete
number 8: ocho
number 9: nueve
number 10: diez; una decena de
number 11: once
number 12: doce; una docena de
number 13: trece
number 14: catorce
number 15: quince
number 16: dieciséis
number 17: diecisiete
number 18: dieciocho
number 19: diecinueve
number 20: veinte
number 30: treinta
number 40: cuarenta
number 50: cincuenta
number 60: sesenta
number 70: setenta
article: un; una
the: el; la; los; las; del; al; nuestra; nuestro; su; sus; esta; este
person: mediadora; mediadoras; mediadores; experta; expertas; expertos; asesora; asesoras;
  facilitadoras; especialistas; especialista; observadoras; formadoras; colegas; ciudadana;
  ciudadanas; nacional; nacionales
woman: mujer; mujeres
man: hombre; hombres; varón; varones
need: necesitamos; buscamos; queremos; solicita; solicitamos; requerimos; se requiere; se busca; proponer; pedimos
team: equipo; delegación; grupo; secretaría técnica; actualmente; ya
month 1: enero
month 2: febrero
month 3: marzo
month 4: abril
month 5: mayo
month 6: junio
month 7: julio
month 8: agosto
month 9: septiembre; setiembre
month 10: octubre
month 11: noviembre
month 12: diciembre
weekday 0: lunes
weekday 1: martes
weekday 2: miércoles
weekday 3: jueves
weekday 4: viernes
weekday 5: sábado
weekday 6: domingo
unit H: hora; horas; h
unit D: día; días; días hábiles
unit W: semana; semanas
unit M: mes; meses
unit Y: año; años
unit 2W: quincena
from: desde; desde el; a partir del; a partir de; a contar de; a contar del; del; de; entre el;
  no antes del; no antes de; con inicio el; fecha de inicio; entre; comenzando el; con inicio
  en; inicio
until: hasta; hasta el; al; a; y el; fecha de fin; y; hasta la
in: en; el; durante; para
begins: comienza; comienzan; comenzará; comenzarán; empieza; empezará; empiezan; empezarán;
  inicia; inician; iniciará; se inicia; se iniciarán; se iniciará; arranca; arranque; se abre;
  incorporarse; inicio; se reanudan; incorporación; se reanudarán
ends: termina; terminará; terminan; finaliza; finalizará; finalizarán; concluye; concluirá;
  acaba
part 15: mediados de; a mediados de
part 1: principios de; a principios de; comienzos de; inicios de
part 0: finales de; fines de; fin de; final de; el final de
next: próximo; próxima; que viene
this_month: mes; este mes; del mes
day 0: hoy; de inmediato; inmediatamente
day 1: mañana
day 7: la próxima semana
day 30: el próximo mes
quarter 1: primer trimestre
quarter 2: segundo trimestre
quarter 3: tercer trimestre
quarter 4: cuarto trimestre; último trimestre
national: nacional de; nacionales de; nacional; nacionales; ciudadana; ciudadanas; ciudadana de;
  ciudadanas de; ciudadano; ciudadanos; de nacionalidad; nacionalidad; pasaporte; pasaportes
from_there: de; del; procedente de; procedentes de; originaria de; originarias de
resident: residir en; residiendo en; vivir en; viviendo en; residente en; residentes en; residan en; resida en; que vivan en; que viva en; con
  sede en; radicada en; radicadas en; vive en; viven en; reside en; residen en; residencia en;
  basada en; basadas en; domiciliadas en; residente; residentes
office any: gobierno de; gobierno del; gobierno; trabajen para; trabaje para; trabajan para;
  trabaja para; trabajado para; empleadas por; empleada por; funcionarias de; funcionaria de;
  funcionarias del; al servicio de; afiliadas a; afiliada a; afiliadas; afiliada; vinculadas a;
  vinculada a; vinculadas al; vinculada con; vinculadas con; ministra de; ejército de; cargos
  en; cargo en; a sueldo de
office government: un gobierno; ningún gobierno; algún gobierno
office party: ningún partido; un partido; partido político; ningún partido político; partidos
  políticos; las partes; ninguna de las partes; alguna de las partes; una de las partes; parte
  en el conflicto
unaffiliated: afiliadas a nadie; afiliada a nadie; vinculadas a nadie; vinculada a nadie; sin
  afiliación; sin afiliación alguna; sin vínculos; sin ninguna afiliación
sender: embajada de; embajada del; embajada de la; misión permanente de; misión permanente del;
  misión permanente de la; ministerio de relaciones exteriores de; ministerio de asuntos
  exteriores de; gobierno de; gobierno del; gobierno de la; consulado de; embajador de;
  presidente de; en nombre de; financiado por
speaks: hablar; habla; hablan; hable; hablen; hablante; hablantes; idioma; idiomas; lengua;
  lenguas; dominio; dominar; domine; dominen; conocimiento; conocimientos; fluidez; entender;
  leer; escribir; manejo; maneje; manejen
speaker fra: francófona; francófonas; francófono; francohablante; francohablantes
speaker eng: anglófona; anglófonas; angloparlante; angloparlantes
speaker ara: arabófona; arabófonas; arabohablante; arabohablantes
speaker por: lusófona; lusófonas
speaker spa: hispanohablante; hispanohablantes
speaker que: quechuahablante; quechuahablantes
lasting: por; durante; por un período de; por un periodo de; duración de; duración; durará; duraría; durarán; dure; se prolongará; se extenderá por;
  dura; con una duración de; contrato de; misión de; por un plazo de; período de; periodo de
renewable: renovable; renovables; prorrogable; prorrogables
notice: preaviso; viajar en; partir en; salir en; el preaviso es de; el preaviso será de; el preaviso sería de;
  preaviso es de; preaviso será de; preaviso sería de; en un plazo de; en el plazo de; dentro de; preaviso de; con un preaviso de; aviso de; en
  menos de; plazo de; con; desplegable en; desplegables en; disponible en; disponibles en; con
  solo
notice_after: de antelación; de preaviso; de anticipación; de aviso
reply: responder; respuesta; contestar; respondan; responda; su respuesta; fecha límite; enviar;
  envíen; envíe; confirmar; confirme; propuestas antes; contestación; agradeceríamos recibir
experience: experiencia; de experiencia; hace; de edad; de trayectoria; últimos; de conflicto;
  de guerra
per_month: al mes; por mes; cada mes; mensuales; mensual; mes
percent: %; por ciento; porciento
fraction 25: un cuarto; una cuarta parte
fraction 33: un tercio; una tercera parte
fraction 50: mitad; la mitad
fraction 66: dos tercios; dos terceras partes
fraction 75: tres cuartos; tres cuartas partes
parity: paridad; la paridad; mitad de mujeres; paridad de género
young: joven; jóvenes
under: menor de; menores de; menos de; de menos de
modality remote: a distancia; en línea; virtual; virtuales; remoto; remota; en remoto; por
  videoconferencia; teletrabajo
modality in_person: presencial; presenciales; presencialmente; en persona; sobre el terreno
modality hybrid: híbrida; híbrido; mixta; semipresencial; modalidad mixta
title: sr; sra; señor; señora; dr; dra; don; doña; embajador; embajadora; estimada; estimado;
  hola; querida; querido
address: calle; avenida; plaza; paseo; avenida de; calle de
phase: fase; etapa
blocked: liga árabe; liga de los estados árabes; unión africana; unión europea; mundo árabe;
  países árabes; naciones unidas; oficina del enviado especial; oficina de la enviada especial;
  oficina del representante especial; consejo de seguridad; ministerio de relaciones exteriores;
  banco mundial; cruz roja; medios de comunicación; embajada; en buen español; cuenca del congo;
  río congo; río níger; delta del níger; golfo de guinea; país vasco; costa suajili; costa
  swahili; conejillo de indias; nuevo méxico; san salvador; salvador de bahía; universidad de
  granada; ciudad de granada
people: comunidad; comunidades; pueblo; pueblos; tribu; tribus; clanes; ganaderos; agricultores;
  pastores; milicia; milicias; combatientes; rebeldes; jefes; líderes; lideresas; minoría;
  minorías; refugiados; población; poblaciones; etnia; etnias; grupos armados; región;
  provincia; costa; país; países; zona; zonas; territorio; territorios
homograph: mauricio; israel; salvador; jordan; dominica
homograph name: georgia
between: entre; y entre
body: movimiento; frente; ejército; fuerzas; partido; consejo; alianza; coalición; unión;
  congreso; grupo; autoridad; administración; comité; guerrilla; clan
process: proceso; conversaciones; diálogos; diálogo; conflicto; crisis; partes; negociaciones;
  contexto; mesa
greeting: hola; estimada; estimado; estimadas; estimados; querida; querido; excelencia;
  excelentísima señora; excelentísimo señor; buenos días; muy señora mía; distinguida señora;
  buenas tardes; señora; señor
closing: un saludo; saludos; saludos cordiales; cordialmente; atentamente; muy atentamente; un
  abrazo; gracias; muchas gracias; con un cordial saludo; reciba un cordial saludo; abrazos; le
  saluda atentamente; quedo atento; gracias de antemano; cordiales saludos; sin otro particular
header: de; para; cc; fecha; enviado; tel; teléfono; fax; correo; ref; referencia; dirección;
  móvil; apartado; email
quote: mensaje original; mensaje reenviado; escribió
"""

SPANISH = Grammar.make("es", FUNCTION_WORDS, TABLE)
