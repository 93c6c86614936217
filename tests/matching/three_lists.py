"""Invented women in three networks' lists, in English, French and Arabic spelling, and who is who.

One woman a line: English | French | Arabic | year of birth | nationality | telephone; "-" where she
is not on that list. The English list gives no telephone, the Arabic one every third year of birth
only; a "!" after the year marks a slip in the French list. Look-alikes stand beside each other:
sisters, mothers and daughters, women of one name. The first half served to tune; the second was held
out until it showed that words were joined wrongly; the third was written knowing what had been
mended, and is no measure of lists that nobody here wrote.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from matching.likeness import Identity

TUNED = """
Fatima Zahra Bennani | BENNANI Fatima-Zohra | فاطمة الزهراء بناني | 1968 | MAR | 0611000101
Samira Bennani | BENNANI Samira | - | 1971 | MAR | 0611000101
Khadija El Mansouri | EL MANSOURI Khadidja | خديجة المنصوري | 1959 | MAR | 0611000102
Nadia Mansouri | - | نادية المنصوري | 1985 | MAR | 0611000103
Aisha Ould Sidi | Aïchatou OULD SIDI | عائشة ولد سيدي | 1975 | MRT | 0611000104
Mariem Mint Ahmed | MINT AHMED Mariem | مريم منت أحمد | 1980 | MRT | 0611000105
Mariem Mint Ahmed | - | - | 1958 | MRT | 0611000106
Kawthar Jelassi | Kaouther JELASSI | كوثر الجلاصي | 1972 | TUN | 0611000107
Ibtissem Gharbi | Ibtissam GHARBI | ابتسام الغربي | 1979 | TUN | 0611000108
Rim Ben Ammar | BENAMMAR Rym | ريم بن عمار | 1983 | TUN | 0611000109
Hanan Ben Ammar | BEN AMMAR Hanène | - | 1981 | TUN | 0611000109
Souad Khelifi | Souad KHELIFI | سعاد خليفي | 1963! | DZA | 0611000110
Djamila Bouziane Saadi | SAADI Djamila | جميلة سعدي | 1957 | DZA | 0611000111
Yasmine Haddad | Yasmina HADDAD | ياسمين حداد | 1978 | LBN | 0611000112
Yasmine Haddad | - | ياسمين حداد | 1991 | JOR | 0611000113
Leila Khoury | KHOURY Layla | ليلى خوري | 1966 | LBN | 0611000114
Lina Khoury | KHOURY Lina | لينا خوري | 1969 | LBN | 0611000114
Huda Al-Sayed | Hoda EL SAYED | هدى السيد | 1961 | EGY | 0611000115
Mona Abdel Rahman | ABDELRAHMAN Mouna | منى عبد الرحمن | 1970 | EGY | 0611000116
Dr. Ghada Hegazy | HIGAZI Ghada | غادة حجازي | 1974 | EGY | 0611000117
Amal Hegazy | - | أمل حجازي | 1977 | EGY | 0611000118
Zaynab Hussein | Zeinab HUSSEIN | زينب حسين | 1982 | IRQ | 0611000119
Zahra Hussein | Zahra HUSSEIN | - | 1984 | IRQ | 0611000119
Abeer Al-Khafaji | Abir KHAFAJI | عبير الخفاجي | 1976 | IRQ | 0611000120
Nour Darwish | DARWICH Nour | نور درويش | 1990 | SYR | 0611000121
Rasha Darwish | - | رشا درويش | 1988 | SYR | 0611000122
Hawa Abdallah Ibrahim | Haoua ABDALLAH IBRAHIM | حواء عبد الله إبراهيم | 1965 | SDN | 0611000123
Amna Osman | Amna OUSMANE | آمنة عثمان | 1969 | SDN | 0611000124
Fatoumata Traore | TRAORÉ Fatoumata | فاطمة تراوري | 1973 | MLI | 0611000125
Aminata Traore | TRAORÉ Aminata | - | 1976 | MLI | 0611000125
Oumou Sanogo | SANOGO Oumou | - | 1967 | MLI | 0611000126
Kadiatou Diallo | DIALLO Kadiatou | خديجة ديالو | 1960 | GIN | 0611000127
Kadiatou Diallo | - | - | 1987 | GIN | 0611000128
Clarisse Mbuyi | MBUYI ILUNGA Clarisse épouse Kalala | - | 1971 | COD | 0611000129
Grace Achieng | - | - | 1980 | KEN | 0611000130
Gladys Achieng | - | - | 1980 | KEN | 0611000130
"""
HELD_OUT = """
Latifa El Fassi | EL FASSI Latifa | لطيفة الفاسي | 1964 | MAR | 0622000101
Naima El Fassi | EL FASSI Naïma | - | 1966 | MAR | 0622000101
Zineb Alaoui | ALAOUI Zainab | زينب العلوي | 1977 | MAR | 0622000102
Rokia Sy | Roukaya SY | رقية سي | 1972 | MRT | 0622000103
Salma Trabelsi | TRABELSI Selma | سلمى الطرابلسي | 1986 | TUN | 0622000104
Salma Trabelsi | - | - | 1958 | TUN | 0622000105
Hayet Mejri | MEJRI Hayet | حياة الماجري | 1962 | TUN | 0622000106
Wafa Mejri | - | وفاء الماجري | 1989 | TUN | 0622000107
Houria Belkacem | BELKACEM Houria | حورية بلقاسم | 1955 | DZA | 0622000108
Karima Belkacem | BELKACEM Karima | - | 1982 | DZA | 0622000108
Rania Fakhoury | FAKHOURI Rania | رانيا فاخوري | 1979 | JOR | 0622000109
Iman Qasim | Imane KASSEM | إيمان قاسم | 1973! | LBN | 0622000110
Heba Qasim | Hiba KASSEM | هبة قاسم | 1975 | LBN | 0622000110
Suad Barghouti | Souad BARGHOUTHI | سعاد البرغوثي | 1961 | PSE | 0622000111
Maha Barghouti | - | مها البرغوثي | 1984 | PSE | 0622000112
Prof. Elham Maneh | MANEH Ilham | إلهام مانع | 1966 | YEM | 0622000113
Bushra Al-Haddari | Bouchra HADDARI | بشرى الهداري | 1979 | YEM | 0622000114
Jamila Ghalib | GHALEB Djamila | جميلة غالب | 1970 | YEM | 0622000115
Intisar Shennib | CHENNIB Intissar | انتصار شنيب | 1968 | LBY | 0622000116
Asma Shennib | - | أسماء شنيب | 1992 | LBY | 0622000117
Halima Warsame | WARSAMÉ Halima | حليمة ورسمي | 1974 | SOM | 0622000118
Safiya Warsame | - | - | 1974 | SOM | 0622000118
Maimuna Issa | Maïmouna ISSA | ميمونة عيسى | 1963 | TCD | 0622000119
Hadija Mahamat Nour | MAHAMAT NOUR Khadidja | خديجة محمد نور | 1971 | TCD | 0622000120
Amina Mahamat Nour | MAHAMAT NOUR Amina | أمينة محمد نور | 1974 | TCD | 0622000120
Amira Mahamat Nour | MAHAMAT NOUR Amira | - | 1978 | TCD | 0622000120
Sakina Coulibaly | COULIBALY Sekina | سكينة كوليبالي | 1981 | MLI | 0622000121
Mariam Coulibaly | COULIBALY Mariama | مريم كوليبالي | 1959 | MLI | 0622000122
Mariam Coulibaly | - | - | 1988 | CIV | 0622000123
Bineta Sarr | SARR Bineta | بينتا سار | 1957 | SEN | 0622000124
Bintou Sarr | SARR Bintou | - | 1983 | SEN | 0622000125
Astou Diouf-Ba | DIOUF BA Astou | - | 1960 | SEN | 0622000126
Rachida Ahmed Ali | AHMED ALI Rachida | رشيدة أحمد علي | 1976 | DJI | 0622000127
Samia Soilihi | - | سامية صويلحي | 1965 | COM | 0622000128
Esther Banda | - | - | 1970 | ZMB | 0622000129
Hester Bandawe | - | - | 1971 | MWI | 0622000130
"""
LAST = """
Wided Chaabouni | CHAABOUNI Ouided | وداد شعبوني | 1961 | TUN | 0633147201
Lobna Gueddich | GUEDDICHE Loubna | لبنى قديش | 1973 | TUN | 0671558202
Maya Gueddich | - | مية قديش | 1960 | TUN | 0619913203
Salwa Qarqum | GARGOUM Saloua | سلوى قرقوم | 1963 | LBY | 0687720204
Iman Qarqum | GARGOUM Imane | إيمان قرقوم | 1967 | LBY | 0687720204
Taqwa Shamsan | CHAMSANE Taqoua | تقوى شمسان | 1979 | YEM | 0650416205
Nadwa Dhubhani | AL DHOUBHANI Nadoua | ندوى الذبحاني | 1975 | YEM | 0622294206
Amat Alkarim Alsharafi | ALCHARAFI Amat Al Karim | أمة الكريم الشرفي | 1958 | YEM | 0644802207
Fawzia Noorzai | NOURZAÏ Faouzia | فوزية نورزي | 1975 | AFG | 0660017208
Maryam Noorzai | - | - | 1979 | AFG | 0660017208
Hind Qabbani | KABBANI Hind | هند قباني | 1974 | SYR | 0698133209
Bassma Qudsi | KOUDSI Basma | بسمة قدسي | 1958 | SYR | 0612675210
Khadidiatou Thiam | THIAM Kadiatou | خديجة تيام | 1969 | SEN | 0655291211
Khady Thiam | - | - | 1990 | SEN | 0677346212
Alaa Idriss | IDRISS Alaa | آلاء إدريس | 1996 | SDN | 0689510213
Ihsan Bagadi | BAGADI Ihsane | إحسان بقادي | 1955 | SDN | 0631868214
Asha Hirsi Guled | HIRSI GOULED Asha | عائشة حرسي جوليد | 1962 | SOM | 0624439215
Ilham Rooble | - | إلهام روبلي | 1989 | SOM | 0640082216
Fatima Sherzad | CHERZAD Fatima | فاطمة شيرزاد | 1954 | AFG | 0613377217
Fatma Sherzad | - | - | 1986 | AFG | 0675590218
"""


@dataclass(frozen=True)
class Entry:
    """One line of one list: who she is in truth, and what the list says of her."""

    woman: int
    language: str
    identity: Identity


def read_lists(text: str) -> list[Entry]:
    """The entries of the three lists, one list after the other."""
    rows = [[cell.strip() for cell in line.split("|")] for line in text.strip().split("\n")]
    return [
        Entry(woman, ["en", "fr", "ar"][place], _identify(row, place, woman))
        for place in range(3)
        for woman, row in enumerate(rows)
        if row[place] != "-"
    ]


def _identify(row: Sequence[str], place: int, woman: int) -> Identity:
    year = int(row[3].rstrip("!")) + (9 if row[3].endswith("!") and place == 1 else 0)
    is_said = place < 2 or woman % 3 == 0
    return Identity(
        names=(row[place],),
        birth_year=year if is_said else None,
        nationalities=(row[4],),
        phone=row[5] if place else None,
    )


def list_true_pairs(entries: Sequence[Entry]) -> set[tuple[int, int]]:
    """Places of two entries that are one woman."""
    return {
        (one, other)
        for one in range(len(entries))
        for other in range(one + 1, len(entries))
        if entries[one].woman == entries[other].woman
    }
