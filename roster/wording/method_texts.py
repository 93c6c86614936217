"""What each criterion asks and decides, and what earns points: the paragraphs of the engine's own page.

They are the docstrings of the criteria, word for word; ``method`` puts them on the page.
"""

from roster.wording.messages import N_

PARAGRAPHS: tuple[str, ...] = (
    N_(
        "Order of decision: who may be part of the run; then **gates**, each passed, failed "
        "or unknown, and unknown is not passed; then **conflict of interest** per party; then "
        "**preferences**, scored on published weights. No score buys back a failed gate. Who "
        "does not pass exactly one criterion, and could cure it, is a *near miss*. Ties go to "
        "the woman longest not proposed, never proposed first, then by a lot drawn from the "
        "request's code; never by name."
    ),
    N_(
        "Never asked and never scored: refusals, silence, degrees, family, faith, ethnicity, "
        "health, disability, needs. Track III counts as any other track."
    ),
    N_(
        "Has she agreed to be matched and to be shown as a card, and is she not hidden? "
        "Passes with both consents in force at this instant. P1 without; also for whoever is "
        "hidden, withdrawn, deceased or merged. She is then in no list and in counts only."
    ),
    N_(
        "May this requester see her card, by the safety class she chose? Class 0 passes for "
        "everybody, class 1 for verified requesters, class 2 for verified requesters with a "
        "submitted request who do not serve a party to the conflict, class 3 besides only if "
        "her own coordinator put her forward for this request. Else P2. Guarantors, "
        "facilitators and sponsors are no parties here."
    ),
    N_(
        "Does a network of hers put her forward for this request? P5 where all her networks "
        "keep her for requests that ask them, and this one asks none of them. One network that "
        "shares her is enough. She is then in no list and in counts only."
    ),
    N_(
        "Is she suspended by any network? V3 if so: a suspension by one network bars her "
        "everywhere until it is lifted."
    ),
    N_(
        "Is there an upheld integrity finding? G1 if so: she is held for her network and "
        "shown to nobody else."
    ),
    N_(
        "Does a dated statement on her availability count at this instant? Passes with a "
        "statement by herself or her coordinator that is still in force; *partly available* "
        "passes and is said. Unknown (A1) from `valid_until` on, whether or not any job has "
        "marked it, without a statement, with the status *unknown*, and for whatever a "
        "spreadsheet says. A1 is one criterion: what an expired statement said of dates, "
        "notice or place is not judged as well."
    ),
    N_(
        "Does her window cover the whole assignment, from the first to the last day? Passes "
        "where it does; a window without first or last day is open at that end. A2 where days "
        "are missing, where the assignment on the spot is longer than her longest stay, and "
        "where she says unavailable or on assignment for those dates. Unknown (A2) for dates "
        "outside the window of such a *no*: being back is not yet being available. How far: "
        "the days missing. Where any dates will do, her window must hold as many days in a row, "
        "from today on."
    ),
    N_(
        "Can she be there within the days of notice that the request gives? Passes if she "
        "needs no more. A3 if she needs more (how far: the days more), unknown (A3) if she "
        "has not said. Not asked where the request gives no notice."
    ),
    N_(
        "Can she give the days per month that the work takes? A month needs as many, or all "
        "days of the assignment that fall in it where they are fewer, as in a first or last "
        "month. Passes if she gives what the fullest month needs, or more. A4 if fewer (how far: "
        "the days lacking in that month), unknown (A4) if she has not said. Not asked where the "
        "request names no number."
    ),
    N_(
        "Does she work in the way that is asked: in person, remote or hybrid? In person is "
        "met by *in person*, and by *home country only* where the work is in her country of "
        "residence; remote by *remote* or *hybrid*; hybrid by *hybrid*, or by *in person* and "
        "*remote* together, or at home as before. Else A5; unknown (A5) if she has not said, "
        "or if *home country only* meets an unknown residence. Not asked where any way of "
        "working will do."
    ),
    N_(
        "Would she go to the place of the work? A5 if she refuses the country or a region (UN "
        "M49) in which it lies. Not asked of remote work or without a place."
    ),
    N_(
        "Does the work fall on weekdays, seasons or observances that she keeps free? A6 is a "
        "flag: it passes, and the clash is said."
    ),
    N_(
        "Has one of the networks asked accredited her, up to the floor of the request? The "
        "floor is *accredited* unless the request sets a lower one; any network's word counts "
        "unless the request names networks. From the day on which it lapses an accreditation "
        "no longer counts: V2, a near miss for 12 months. Below the floor V1, a near miss "
        "where it is under way (from self-declared on). Below the floor *accredited* a lapse "
        "does not matter. Of several the one that lasts longest counts; a renewal comes "
        "before what is under way."
    ),
    N_(
        "Has she held the role (one of them, if the post names several)? Passes with evidence "
        "of at least the grade asked, *confirmed* unless set. With less it is unknown (R1), a "
        "near miss: ask to confirm. R1 if there is none. A mentee needs the role *sought*, "
        "which is hers to state."
    ),
    N_(
        "Has she worked on the track (one of them, if the post names several)? Passes with "
        "evidence of at least the grade asked: *confirmed* for Track I and I.5, *stated* for "
        "II and III unless set. With less it is unknown (K1), a near miss. K1 if there is "
        "none."
    ),
    N_(
        "Has she worked in the phase of a peace process (one of them, if the post names "
        "several)? Passes with evidence of at least the grade asked, *stated* unless set. "
        "With less it is unknown (K1), a near miss. K1 if there is none. Phases are not "
        "ordered in time."
    ),
    N_(
        "Has she worked on one of these countries or regions (UN M49), since the year asked? "
        "Work counts, not origin. Passes with evidence of at least the grade asked, *stated* "
        "unless set; with less it is unknown (K1), a near miss. Unknown (K1) if the years are "
        "not known and a year is asked. K1 if there is none, or none since that year."
    ),
    N_(
        "Does she know the theme (one of them, if several are named) as deeply as asked? "
        "Depths are practitioner, specialist, authority. Passes with evidence of at least the "
        "grade asked, *stated* unless set; with less it is unknown (T1), a near miss. T1 if "
        "the theme is absent or less deep."
    ),
    N_(
        "Has she the language (one of them, if several are named) in the skill and to the "
        "level asked? Levels are floors on one published scale, A1 = 1 … C2 = 6, native = 7; "
        "UN II counts as B2, III as C1, IV as C2. Passes at or above the floor with a grade "
        "of at least *confirmed* unless set. Unknown (L3), a near miss, if the level is "
        "unconfirmed, not known for this skill or a word of no scale. L2 below the floor, a "
        "near miss if by one level. L1 if the language is absent. An individual language is "
        "met by itself only; a macrolanguage by its standard form, Arabic in speaking and "
        "listening by all its varieties, if the request allows. Source of codes: ISO 639-3."
    ),
    N_(
        "Is she at least as senior as asked: emerging, mid, senior, eminent? R2 if below, "
        "unknown (R2) if her seniority is not known."
    ),
    N_(
        "Has she the required training, still valid on the first day of the assignment? S1 if "
        "it is absent or has lapsed by then; a flag (S1) if it lapses before the last day. "
        "The last valid day is the one on the certificate; without one it does not lapse."
    ),
    N_(
        "Is she the insider, or the outsider, that the post firmly asks for? Insider to a "
        "request is a current or former national of a country of the process, dual nationals "
        "included, who lives there for five years or more, or declared for this request a "
        "community of the process; any one of these is enough. Everybody else is outsider. I1 "
        "if the wish is not met, unknown (I1) if nationality or residence is not known and "
        "nothing else decides."
    ),
    N_(
        "Has she declared, for this one request, the community that the post firmly asks for? "
        "I2 if not. Nothing is ever inferred from name, language or place of birth."
    ),
    N_(
        "Has she declared all that the rules on conflicts of interest need to know? Passes "
        "with a declaration at most 12 months old that covers every party, by its code or its "
        "state, and every excluded office, and with all that an exclusion asks known: "
        "nationalities, the year a former one ended, residence, the country or party of each "
        "office and tie. Else not declared (N0), one criterion whatever is missing, a near "
        "miss: she would fit if she declares. Guarantors, facilitators and sponsors need not "
        "be covered."
    ),
    N_(
        "Is she a national of an excluded state, or of a party's state in a mediating role? "
        "C1 bars any current nationality of an excluded state, a second passport too unless "
        "the request says *flag only*, and former ones ended within the years the request "
        "names. Without an exclusion a national of a party's state is barred from leading, "
        "co-mediating, deputising, facilitating and shuttling at Track I and I.5, and from "
        "nothing else. C2 flags a former nationality outside the years asked, and a second "
        "passport under *flag only*. Residence is not nationality."
    ),
    N_(
        "Does she live in an excluded country? C3 if so. An unknown or undisclosed residence "
        "is *not declared* (N0). Nationality is not residence."
    ),
    N_(
        "Has she held an office, party post, uniform or government job with a party? C4 bars "
        "what is held today, or ended within the look-back of the request (5 years unless "
        "set), with a party or with an office-giver that the request excludes. Before the "
        "look-back it is a flag (C4), and so is any such office with a guarantor, facilitator "
        "or sponsor."
    ),
    N_(
        "Has she kin in office, funding, business or a future job with a party? C5 holds her "
        "for her network's vetter, listed nowhere and shown to nobody else, until cleared for "
        "this request; then it is a flag. With a guarantor, facilitator or sponsor, or ended "
        "before the look-back, it is a flag (C5)."
    ),
    N_(
        "Did a party to this conflict refuse her before? C6 if so; her own network alone "
        "knows, everybody else reads that she is not proposed."
    ),
    N_(
        "Has she spoken publicly for or against one of the parties? C7 is a flag with its "
        "date: it passes."
    ),
    N_(
        "May she be the same person as one who already stands in the answer? Asked last, of "
        "those only who would be listed or near misses. Of two who may be one, a listed one "
        "stays before a near miss; else the one with the fresher availability of her own, "
        "then the fresher by her coordinator, then by lot. The other has X2 and is told "
        "nothing of the first."
    ),
    N_(
        "Themes the envoy would like: all with the depth and grade asked, half with a lesser grade."
    ),
    N_(
        "Work in the M49 sub-region of a country of the process: the card says no more than "
        "that. Who needs a country itself names it as a wish."
    ),
    N_(
        "The role held in the present span of five years or the one before earns all, in the "
        "one before those half; older or unknown years nothing. The spans are those of the "
        "card (2021-2025)."
    ),
    N_(
        "A statement of this calendar month (UTC) earns all, of the month before two thirds, "
        "of the one before that a third, older nothing; a coordinator's entry half of it. The "
        "month is what the card shows, so that points tell no day."
    ),
)
