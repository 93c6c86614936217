"""English."""

from matching.letters.grammar import Grammar

FUNCTION_WORDS = """
the of and to in a for is on that with be are from or must should we need you our your will have
has at by this their please her she who would could may not can them they an as all women within
one two three
"""

TABLE = """
must before: must; have to; has to; need to; needs to; it is essential; we require; requires;
  shall; mandatory; essential is
must after: of course; is required; are required; required; is essential; are essential; is a
  must; are a must; is mandatory; is indispensable; is necessary; are necessary; essential;
  indispensable; without exception; non negotiable; obligatory; naturally; a must
nice either: ideally; preferably; if possible; where possible; if at all possible; with luck; by
  preference
nice before: we'd prefer; we prefer; prefer; we would prefer; would prefer; we would like; would welcome; would appreciate;
  preference will be given to; preference for; we would be glad of; should preferably; nice to
  have; would be happy to have; bonus for; optionally; and perhaps; should ideally; desirable
  qualifications; would be great if; would be good if; would be nice if; so would; as would
nice after: would be an advantage; is an advantage; an advantage; an asset; would be an asset;
  is an asset; is encouraged; are encouraged; encouraged; especially welcome; is desirable; are desirable; desirable; would be desirable; a plus; is a plus;
  would be a plus; would be welcome; is welcome; are welcome; preferred; is preferred; would be
  helpful; would be useful; would be very useful; would be very helpful; very welcome; a real asset;
  a strong asset; would help; helpful; would be a bonus; a bonus; would be good; would
  be nice; is optional; optional
exclude before: isn't; aren't; doesn't; won't; nobody; no one; no-one; none of them; not; cannot; must not; should not; may
  not; no; never; except; excluding; other than; apart from; neither; nor; without; don't;
  anyone but; rule out; exclude; avoid; not be; do not propose; none; steer clear of
exclude after: is ruled out; are ruled out; would not be acceptable; not be acceptable; is not
  welcome; are not welcome; are excluded; is excluded; must be excluded; should be excluded; are not
  eligible; cannot be considered; is out; are out; not acceptable; are not acceptable; is not
  acceptable; will not be accepted
waive before: no need for; do not need; don't need; does not need; need not; not necessarily;
  instead of; we have enough; not only; no longer; no objection to
waive after: not essential; not a must; not indispensable; not mandatory; is not required; is not needed; are not required; not required; not needed; not
  necessary; is not necessary
contrast: but; however; whereas; while; although; though; yet; on the other hand; otherwise
and: and; or; nor; plus; as well as; and or; also
filler: a; an; the; of; in; with; from; any; either; both; at; to; also; some; level; women;
  for; other; by; minimum; min; at least
number 1: one
number 2: two; a couple of; a pair of
number 3: three
number 4: four
number 5: five
number 6: six; half a dozen
number 7: seven
number 8: eight
number 9: nine
number 10: ten
number 11: eleven
number 12: twelve; a dozen
number 13: thirteen
number 14: fourteen
number 15: fifteen
number 16: sixteen
number 17: seventeen
number 18: eighteen
number 19: nineteen
number 20: twenty
number 30: thirty
number 40: forty
number 50: fifty
number 60: sixty
number 70: seventy
number 80: eighty
number 90: ninety
article: a; an
the: the; our; your; his; its; their; this
person: mediator; mediators; co-mediators; adviser; advisers; advisor; advisors; expert;
  experts; facilitators; specialists; specialist; envoys; candidate mediators; peacebuilders;
  observers; trainers; colleagues; national; nationals
woman: woman; women; female; females
man: man; men; male; males
need: need; needs; seek; seeks; seeking; looking for; request; requests; require; propose; suggest; find us
team: team; delegation; panel; group; unit; secretariat; so far; at present; currently; present;
  already
month 1: january; jan
month 2: february; feb
month 3: march; mar
month 4: april; apr
month 5: may
auxiliary: may they; may she; may any; may you; may we; may i; may reside; may be; may have; may come; may hold; may work; may live; may also; may only; may need; may
  never; may still; may belong
month 6: june; jun
month 7: july; jul
month 8: august; aug
month 9: september; sep; sept
month 10: october; oct
month 11: november; nov
month 12: december; dec
weekday 0: monday
weekday 1: tuesday
weekday 2: wednesday
weekday 3: thursday
weekday 4: friday
weekday 5: saturday
weekday 6: sunday
unit H: hour; hours; hrs; h
unit D: day; days; d; working days
unit W: week; weeks
unit M: month; months
unit Y: year; years
unit 2W: fortnight
from: from; starting; starting on; starting in; starting from; as of; as from; beginning;
  beginning on; beginning in; since; not before; no earlier than; with effect from; start;
  starts; start date; available from; between; commencing; commencing on; after
until: until; till; to; through; up to; ending; ending on; and ends; end date; by the end of;
  ends; and
in: in; on; at; during; by; around
begins: begin; begins; start; starts; starting; open; opens; commence; commences; resume;
  resumes; kick off; deploy; arrive; join; convene; launch; launches
ends: end; ends; finish; finishes; close; closes; conclude; concludes
part 15: mid; middle of; the middle of
part 1: early; the beginning of; beginning of; start of; the start of; first week of
part 25: late
part 0: end of; the end of; end
next: next; coming; the coming; this coming
this_month: the month; this month; month
day 0: today; immediately; at once
day 1: tomorrow
day 30: next month
day 7: next week
quarter 1: first quarter; q1
quarter 2: second quarter; q2
quarter 3: third quarter; q3
quarter 4: fourth quarter; last quarter; q4
national: national of; nationals of; a national of; citizen of; citizens of; national;
  nationals; citizen; citizens; nationality; nationalities; passport; passports; passport of;
  passport holders; subjects of
from_there: from
resident: based in; resident in; residents of; resident of; living in; lives in; residing in;
  reside in; live in; be based in; located in; who lives in; who live in; residence in; home is
  in
office any: tied to; army; armed forces; military; government of; the government of; works for; work for; worked for; employed by;
  working for; officials of; official of; affiliated with; affiliated to; in the pay of; on the
  payroll of; the army of; member of the government of; members of the government of; served in;
  ties to; links to; connected to; linked to; close to; minister of; office in; employees of;
  public office in; government; ministry of foreign affairs of; held office in
office government: a government; any government; government officials; serving officials
office party: any political party; no political party; a political party; political parties;
  party to the conflict; any of the parties; one of the parties; the parties; either
  party; any party; either side
unaffiliated: not affiliated with anyone; not affiliated to anyone; affiliated with no one;
  affiliated to no one; affiliated with nobody; unaffiliated; not affiliated with anybody; no
  affiliation with anyone; no affiliations; no affiliation of any kind; not affiliated with any
  side
sender: embassy of; the embassy of; permanent mission of; permanent representation of; mission
  of; consulate of; ministry of foreign affairs of; government of; ambassador of; president of;
  kingdom of norway; foreign minister of; office of; funded by; funding from; hosted by; on
  behalf of
speaks: speak; speaks; spoken; speaking; speakers of; speaker of; fluent in; knowledge of;
  command of; language; languages; proficiency in; mother tongue; interpreters for; read; write;
  understand; proficient in; literate in; mastery of
speaker fra: francophone
speaker eng: anglophone
speaker ara: arabophone
speaker por: lusophone
speaker spa: hispanophone
speaker swa: swahiliphone
lasting: for; lasting; lasts; will last; would last; should last; is to last; can last; lasts for; for a period of; for an initial period of; over;
  during; duration; duration of; for about; for up to; for at least; assignment of; mission of;
  initially for; period of; contract of; last
renewable: renewable; extendable; assignment; contract; mission; deployment; engagement;
  posting; mandate; rotation; secondment; initially
notice: travel in; leave in; deploy in; depart in; notice is; notice will be; notice would be;
  notice period of; notice period is; within; in under; deployable in; deployable within; available within; at; notice of;
  notice; on; ready in; in less than; can travel in; ready to travel in; with
notice_after: notice; s notice; of notice
reply: interview; interviews; reply; respond; response; answer; let me know; let us know; revert; confirm by; get back;
  deadline; hear from you; send us; send me; your proposals; call me; come back to
experience: experience; of experience; ago; old; of age; of service; of war; of conflict; past;
  last
per_month: a month; per month; each month; every month; monthly; in a month; in each month; pm; month
percent: %; per cent; percent; pc
fraction 25: a quarter; one quarter; at least a quarter
fraction 33: a third of; one third; at least a third
fraction 50: half; half of; at least half
fraction 66: two thirds
fraction 75: three quarters
parity: gender parity; parity; half women; half of them women; fifty fifty; equal numbers of
  women and men; gender balance of half
young: young; younger; youth
under: under; below; below the age of; under the age of; younger than; aged under; less than;
  not older than; no older than
modality in_person: in person; in-person; face to face; on site; onsite
modality remote: remote; remotely; online; by video; virtual; virtually; from home
modality hybrid: hybrid; in person or remotely; partly remote; in person and remotely; partly in
  person
title: mr; mrs; ms; miss; dr; prof; professor; ambassador; dear; hi; hello; sir; madam; lady
address: street; avenue; road; square; lane; boulevard; building; house
phase: phase; stage
blocked: arab league; league of arab states; african union; european union; arab world; arab
  states; english translation; in plain english; new york; south asia desk; latin american desk;
  national holiday; peace talks about; mid level; security council; human rights council; office
  of the special envoy; office of the envoy; special envoy s office; on behalf of the special
  envoy; department of political and peacebuilding affairs; ministry of foreign affairs;
  embassy; united nations; world bank; international committee of the red cross; press and
  media; in the media; polish the; polish our; polish up; polish it; polish this; polish these;
  swahili coast; basque country; guinea pig; guinea pigs; guinea worm; gulf of guinea; new
  guinea; niger delta; river niger; niger river; niger basin; river jordan; jordan river; jordan
  valley; congo basin; congo river; river congo; atlanta georgia; state of georgia; columbia
  university; british columbia; district of columbia; new mexico; inner mongolia
people: communities; community; people; peoples; tribe; tribes; clan; clans; herders;
  pastoralists; farmers; militia; militias; fighters; rebels; elders; chiefs; leaders; minority;
  minorities; refugees; population; populations; ethnic group; ethnic groups; armed groups;
  region; county; province; coast; area; areas; countries; states; africa
homograph name: chad; georgia; jordan
between: between; and between
body: movement; front; army; forces; party; council; alliance; coalition; union; congress;
  group; authority; administration; command; committee
process: talks; process; parties; conflict; crisis; dialogue; negotiations; side; peace process;
  peace talks; file; context; delegations; factions
greeting: dear; hi; hello; excellency; good morning; good afternoon; dear colleagues; to whom it
  may concern; madam; sir
closing: best regards; kind regards; regards; warm regards; yours sincerely; sincerely;
  sincerely yours; yours faithfully; best wishes; best; many thanks; thanks; thank you; with
  thanks; cheers; yours; with best wishes; with kind regards; respectfully; all the best; thanks
  in advance; thank you in advance
header: from; to; cc; date; sent; tel; telephone; phone; fax; email; e-mail; ref; reference;
  address; po box; mobile; web; bcc
quote: original message; forwarded message; wrote; begin forwarded message
"""

ENGLISH = Grammar.make("en", FUNCTION_WORDS, TABLE)
