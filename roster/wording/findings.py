"""What was found, criterion by criterion, in words: "French C1", "7 days", "covers your dates"."""

from collections.abc import Callable

from matching.evidence import Verdict
from roster.wording.known import GRADES, Known
from roster.wording.messages import N_

HOURS_OF_A_DAY = 24
SHORTEST_NOTICE_DAYS = 3


def find_freshness(known: Known) -> str:
    whys = {
        "never_stated": N_("never stated: unknown"),
        "import": N_("only in a list: unknown until she says so"),
        "unknown_status": N_("unknown"),
        "expired": N_("expired, now unknown"),
    }
    why = known.code("why")
    if known.evidence.verdict in (Verdict.UNKNOWN, Verdict.FAIL) or why in whys:
        return known.say(whys.get(why, N_("unknown")))
    return known.wording.term("availability_status", known.code("status")) or known.say(
        N_("available")
    )


def find_window(known: Known) -> str:
    if known.evidence.verdict >= Verdict.PASS:
        return known.say(N_("covers your dates"))
    if known.evidence.verdict == Verdict.UNKNOWN:
        return known.say(N_("not said for these dates"))
    if known.code("why") == "status":
        return known.say(N_("not available in these dates"))
    stay, days = known.number("stay"), known.number("days")
    if known.code("why") == "stay" and stay is not None:
        return known.wording.ngettext(
            "stays %(num)d day at most", "stays %(num)d days at most", stay
        )
    if not days:
        return known.say(N_("does not cover your dates"))
    return known.wording.ngettext("%(num)d day not covered", "%(num)d days not covered", days)


def find_notice(known: Known) -> str:
    found = known.number("found")
    if found is None:
        return known.say(N_("unknown"))
    if 0 < found <= SHORTEST_NOTICE_DAYS:
        hours = found * HOURS_OF_A_DAY
        return known.wording.ngettext("%(num)d hour", "%(num)d hours", hours)
    return known.wording.days(found)


def find_days_per_month(known: Known) -> str:
    found = known.number("found")
    if found is None:
        return known.say(N_("unknown"))
    gives = known.wording.ngettext("%(num)d day a month", "%(num)d days a month", found)
    needed, month = known.number("days_asked"), known.day("month")
    if needed is None or month is None or found >= needed:
        return gives
    return known.say(
        N_("%(gives)s, and %(month)s needs %(days)s"),
        gives=gives,
        month=known.wording.month(month),
        days=known.wording.days(needed),
    )


def find_modality(known: Known) -> str:
    found = known.names("modality", "found")
    return known.wording.list_or(found) if found else known.say(N_("unknown"))


def find_place(known: Known) -> str:
    words = {
        Verdict.FAIL: N_("does not go there"),
        Verdict.UNKNOWN: N_("unknown"),
    }
    return known.say(words.get(known.evidence.verdict, N_("not refused")))


def find_rhythm(known: Known) -> str:
    found = known.wording.list_and(known.codes("found"))
    if known.evidence.verdict == Verdict.FLAG:
        return known.say(N_("a clash: %(days)s"), days=found) if found else known.say(N_("a clash"))
    return known.say(N_("no clash"))


def find_accreditation(known: Known) -> str:
    state, day = known.code("state"), known.day("on")
    if known.evidence.code == "V2":
        return known.say(N_("lapsed"))
    if not state:
        return known.say(N_("not accredited"))
    name = known.wording.term("accreditation_state", state)
    if day is None or known.evidence.verdict < Verdict.PASS:
        return name
    return known.say(N_("%(state)s since %(year)s"), state=name, year=day.year)


def find_skill(kind: str) -> Callable[[Known], str]:
    """Names of what she has, with the year of the last time where it is known."""

    def find(known: Known) -> str:
        found, year = known.all_of(known.names(kind, "found")), known.year("last_year")
        if not year or not known.codes("found"):
            return found
        return known.say(N_("%(found)s, last in %(year)s"), found=found, year=year)

    return find


def find_region(known: Known) -> str:
    found, year = known.all_of(known.places("found")), known.year("last_year")
    if not year or not known.codes("found"):
        return found
    return known.say(N_("%(found)s, last in %(year)s"), found=found, year=year)


def find_theme(known: Known) -> str:
    found, depth = known.all_of(known.names("theme", "found")), known.depth("depth")
    if not depth or not known.codes("found"):
        return found
    return known.say(N_("%(themes)s: %(depth)s"), themes=found, depth=depth)


def find_role_evidence(known: Known) -> str:
    grade = GRADES.get(known.code("grade"))
    if not known.codes("found") or grade is None:
        return known.all_of(known.names("role", "found"))
    return known.say(grade)


def find_mediated(known: Known) -> str:
    found = known.names("language", "found")
    return known.wording.list_and(found) if found else known.say(N_("not stated"))


def find_confirmation(known: Known) -> str:
    day = known.day("confirmed_at")
    return known.say(N_("unknown")) if day is None else known.wording.month(day)


def find_language(known: Known) -> str:
    codes, level = known.names("language", "found"), known.level("level_found")
    entered = known.code("as_entered")
    if not codes:
        return known.say(N_("none recorded"))
    name = known.wording.list_and(codes)
    if not level:
        return word_unmapped(known, name, entered)
    if entered.upper().startswith("UN"):
        values = {
            "language": name,
            "entered": known.wording.isolate(entered.replace("-", " ")),
            "level": level,
        }
        return known.say(N_("%(language)s %(entered)s, taken as %(level)s"), **values)
    return known.say(N_("%(language)s %(level)s"), language=name, level=level)


def word_unmapped(known: Known, name: str, entered: str) -> str:
    """A language whose level is a free word, or was not given at all."""
    if not entered:
        return known.say(N_("%(language)s, level unknown"), language=name)
    values = {"language": name, "word": known.wording.isolate(entered)}
    return known.say(N_("%(language)s: “%(word)s”, not a level yet"), **values)


def find_seniority(known: Known) -> str:
    found = known.names("seniority", "found")
    return known.wording.list_and(found) if found else known.say(N_("unknown"))


def find_training(known: Known) -> str:
    day = known.day("valid_on")
    if known.evidence.verdict == Verdict.FAIL:
        return known.say(N_("absent or lapsed"))
    if known.evidence.verdict == Verdict.FLAG and day is not None:
        return known.say(N_("lapses on %(date)s"), date=known.wording.date(day))
    return known.say(N_("done"))


def find_conflict(known: Known) -> str:
    """The verdict word of the rule; the ground is her own network's to explain."""
    words = {
        Verdict.PASS: N_("clear"),
        Verdict.FLAG: N_("flag, not a bar"),
        Verdict.UNKNOWN: N_("not declared"),
        Verdict.FAIL: N_("barred by the rule"),
    }
    if known.evidence.code == "C5" and known.evidence.verdict == Verdict.FAIL:
        return known.say(N_("held for her network"))
    return known.say(words[known.evidence.verdict])


def find_origin(known: Known) -> str:
    words = {"insider": N_("insider"), "outsider": N_("outsider")}
    return known.say(words.get(known.code("found"), N_("unknown")))


def find_plain(known: Known) -> str:
    """For gates of which only the verdict may be said."""
    words = {
        Verdict.PASS: N_("yes"),
        Verdict.FLAG: N_("yes, with a remark"),
        Verdict.UNKNOWN: N_("unknown"),
        Verdict.FAIL: N_("no"),
    }
    return known.say(words[known.evidence.verdict])


FINDINGS: dict[str, Callable[[Known], str]] = {
    "freshness": find_freshness,
    "window": find_window,
    "notice": find_notice,
    "days_per_month": find_days_per_month,
    "modality": find_modality,
    "place": find_place,
    "rhythm": find_rhythm,
    "accreditation": find_accreditation,
    "role": find_skill("role"),
    "track": find_skill("track"),
    "phase": find_skill("phase"),
    "region": find_region,
    "theme": find_theme,
    "language": find_language,
    "seniority": find_seniority,
    "training": find_training,
    "declaration": find_conflict,
    "nationality": find_conflict,
    "residence": find_conflict,
    "office": find_conflict,
    "held_interest": find_conflict,
    "public_statement": find_conflict,
    "origin": find_origin,
    "theme_depth": find_theme,
    "role_evidence": find_role_evidence,
    "role_recency": find_skill("role"),
    "mediated_in": find_mediated,
    "notice_margin": find_notice,
    "seniority_above": find_seniority,
    "freshness_margin": find_confirmation,
}


def word_finding(known: Known, criterion: str) -> str:
    """What was found for a criterion, never empty."""
    return FINDINGS.get(criterion, find_plain)(known) or known.say(N_("unknown"))
