"""Given and fathers' names that are one name in several languages; a line each, any script.

Only forms that one woman bears herself in different papers (Fatima, Fatoumata, فاطمة; Elena,
Yelena, Елена). Names of one root that sisters bear side by side (Maria and Mariam) are not listed.
"""

from matching.terms import normalise

_GROUPS = """
fatima fatma fatoumata fatimata fatimah fatimetou fatou fadhma fatna fathma fatime فاطمة فاطمه فطومة фатима
aisha aicha aissatou aishatu aissata ayesha aishah ayse asha aichatou aichetou aissa عائشة عايشة айша
khadija khadidja kadiatou khadijah hadija khady kadidia kadija hatice khadidiatou kadidiatou خديجة خديجه хадижа
mariam maryam mariama meryem miriam myriam maryama meriem mariyam مريم марьям
zainab zeinab zeynep zeinabou zaynab zineb zenab zainabu زينب зейнаб
amina aminah aminata emine aminatou aminatu أمينة امينه
hawa hawwa awa haoua havva حواء
rukia ruqayya rokia roukaya ruqaya rokaya rokhaya rukiya رقية
halima halimatou halimah halimatu haleema حليمة халима
maimuna maimouna maymuna maimounatou mamouna ميمونة
sakina sakinatou sakinah sekina سكينة
salma selma salmah سلمى سلمي
layla leila leyla laila leïla lejla ليلى ليلي лейла
huda hoda houda هدى هدي
noura nura nora nourah نورة
nour nur noor نور
sara sarah sarra سارة сара
jamila djamila cemile jamilah gamila جميلة
yasmin yasmine yasmina jasmine yasemin jasmin ياسمين ясмин
samira sameera samirah سميرة
karima kareema karimah كريمة
latifa lateefa latifah latife لطيفة
naima naeema neima naimah نعيمة
rachida rashida rasheeda rachidatou رشيدة
safia safiya safiyya safiatou safiyatou saphia صفية
souad suad soad سعاد
zahra zahrah zohra zara zehra zahara زهراء زهرة
hanan hanane hanaan حنان
wafa wafaa وفاء
asma asmaa esma asmae أسماء
hiba heba هبة
rim reem rym ريم
rania raniya ranya رانيا
nadia nadya nadja نادية ناديا надя
amal amel aml أمل
iman eman imane imaan إيمان
amira ameera amirah أميرة
salima saleema salimah سليمة
kamila kameela kamilah camila كاملة كميلة
samia samiya samiah سامية
najwa nagwa nedjwa najoua nadjoua نجوى
hana hanaa هناء
hind hend hinda هند
rana ranah رنا
lina leena lena لينا
mona mouna muna منى
lubna lobna loubna لبنى
maha mahaa مها
sawsan sawsen saoussen saoussan سوسن
sabah sabeh صباح
ibtisam ebtisam ibtissam ibtissem ابتسام
intisar entesar intissar انتصار
elham ilham elhem إلهام
khawla khaoula hawla خولة
ghada ghadah غادة
tawakkol tawakul توكل
helen helena helene elena yelena olena jelena eleni ellen елена олена ελενη
catherine katherine katharina katarina ekaterina kateryna catarina caterina katerina екатерина катерина
anna ana anne hanna anya анна ганна αννα
mary maria marie мария марія μαρια
elizabeth elisabeth elisabet elizaveta isabel elisabetta yelyzaveta елизавета
natalia natalya nathalie natalie nataliya наталья наталия наталія
sophia sofia sophie zofia sofiya софия софья
joan joanna jeanne juana joana ioanna johanna jovana иоанна
theresa teresa therese terezia tereza тереза
christine kristina cristina christina kristine khrystyna кристина христина
julia julie giulia yulia juliya iulia yuliya юлия юлія
alexandra aleksandra oleksandra alessandra александра олександра
irene irina iryna irini ирина ірина ειρηνη
tatiana tetiana tatyana tatjana татьяна тетяна
olga olha ольга
svetlana svitlana светлана світлана
galina halyna галина
lyudmila ludmila liudmyla ljudmila людмила
oksana oxana оксана
victoria viktoria viktoriya victoire vitoria виктория вікторія
esther ester hester esteri эстер
rachel raquel rahel rachael rachele рахиль
rebecca rebekah rebeca rebeka
susan suzanne susana susanna zuzana
martha marta marthe марта
veronica veronique veronika вероника
monica monique monika
barbara varvara варвара
margaret marguerite margarita margarida margareta маргарита
agnes ines agnieszka inez
cecilia cecile caecilia cecilie
lucia lucie lucy luzia lucija
francoise francesca francisca frances franziska
josephine josefina giuseppina josefa
bridget brigitte birgit brigida
mohamed mohammed muhammad mohamad mohammad mahamat mouhamed muhammed mehmet محمد
ahmed ahmad ahmet achmed أحمد
osman ousmane othman uthman usman عثمان
yusuf youssef yousif youssouf yusuff يوسف
ibrahim brahim ebrahim ibrahima إبراهيم
omar umar oumar عمر
hasan hassan hassane hassen حسن
hussein hussain houssein hossein husain حسين
ismail ismael ismaila إسماعيل
musa moussa mousa موسى
mahmud mahmoud mahmood محمود
said saeed saïd saeid سعيد
"""


def _read_groups(text: str) -> dict[str, int]:
    groups: dict[str, int] = {}
    for number, line in enumerate(text.split("\n")):
        for word in line.split():
            groups.setdefault(normalise(word), number)
    return groups


VARIANTS = _read_groups(_GROUPS.strip())
"""Normalised spelling -> number of the given name."""


def are_two_names(one: str, other: str) -> bool:
    """Two normalised words are known names, and not forms of one: "Amina", "Amira"."""
    return (
        VARIANTS.get(one, -1) != VARIANTS.get(other, -1) and one in VARIANTS and other in VARIANTS
    )


def is_variant(one: str, other: str) -> bool:
    """Two normalised words are forms of one given name."""
    return one in VARIANTS and VARIANTS[one] == VARIANTS.get(other)
