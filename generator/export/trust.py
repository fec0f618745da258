"""How far to trust an entry, as a note in its head, and its claims with theirs.

A page that nobody builds again cannot work its state out anew, so the note says on which day it
held and until when.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from generator.export.desk import Desk
from generator.markdown.dialect import blocks, bullets, escape
from generator.model import Entry
from generator.model.cadence import Cadence
from generator.staleness import Item, State, Verdict

_KINDS = {
    State.EXPIRED: "danger",
    State.NEVER: "danger",
    State.OVERDUE: "danger",
    State.CHANGED: "warning",
    State.DEPENDENCY: "warning",
    State.DUE: "warning",
    State.SOON: "note",
    State.RETIRED: "danger",
    State.DRAFT: "warning",
}
"""What sort of note a state is shown by; `note` for the others."""
_LOUD = (State.EXPIRED, State.NEVER, State.OVERDUE, State.CHANGED, State.DEPENDENCY)


def trust_note(desk: Desk, entry: Entry, item: Item) -> str:
    """The state of the review, why it is so, and who answers for the entry."""
    verdict = item.verdict
    as_of = desk.say("as_of.entry", date=desk.volume.strings.date(desk.volume.judge.today))
    title = f"{desk.say(f'state.{verdict.state}')} · {as_of}"
    content = blocks((*_why(desk, entry, verdict), bullets(_facts(desk, entry, item))))
    return desk.dialect.note(_KINDS.get(verdict.state, "note"), title, content)


def _why(desk: Desk, entry: Entry, verdict: Verdict) -> Iterator[str]:
    """Why the state is what it is and what follows from it: what both would say is said once."""
    if verdict.state is not State.CHANGED:
        yield reason(desk, entry, verdict)
    yield desk.say("export.fits") if verdict.state is State.DEPENDENCY else _banner(desk, verdict)


def _banner(desk: Desk, verdict: Verdict) -> str:
    if verdict.state is State.RETIRED:
        return desk.say("notice.retired")
    if verdict.state not in _LOUD:
        return ""
    return desk.say(
        f"banner.{verdict.state}",
        due=_day(desk, verdict.due),
        reviewed=_day(desk, verdict.reviewed),
    )


def _facts(desk: Desk, entry: Entry, item: Item) -> Iterator[str]:
    verdict, review = item.verdict, entry.data.reviewed
    between = desk.volume.strings.say("export.fact")

    def fact(key: str, value: str) -> str:
        return f"{desk.say(key)}{between}{value}"

    yield fact("review.owner", desk.owner(entry.data.owner))
    every = desk.say("review.every", cadence=_cadence(desk, verdict.cadence)) if (
        verdict.cadence) else ""  # fmt: skip
    if verdict.tier or every:
        tier = desk.say(f"tier.{verdict.tier}") if verdict.tier else ""
        yield fact("review.tier", " · ".join(filter(None, (tier, every))))
    day = desk.date(verdict.reviewed) if verdict.reviewed else desk.say("review.never")
    by = desk.owner(review.by) if review and review.by else ""
    outcome = desk.say(f"outcome.{review.outcome}") if review and review.outcome else ""
    yield fact("review.reviewed", " · ".join(filter(None, (day, by, outcome))))
    if verdict.state.checked:
        due = desk.date(verdict.due) if verdict.due else desk.say("review.none")
        yield fact("review.due", due)
    if item.changed:
        yield fact(
            "review.changed", f"{desk.date(item.changed.day)} · {escape(item.changed.author)}"
        )
    if review and review.note:
        yield fact("review.note", escape(review.note))
    names = desk.volume.edition.settings.tags
    if entry.data.tags:
        tags = (escape(names.get(tag, tag)) for tag in entry.data.tags)
        yield fact("entry.tags", desk.say_between(tags))


def reason(desk: Desk, entry: Entry, verdict: Verdict) -> str:
    """One sentence on why the verdict is what it is."""
    values = verdict.cause.values
    of_claim = verdict.cause.name in ("bad-date", "ahead") and "claim" in values
    lacking = (desk.volume.strings.say(f"evidence.{w}") for w in values.get("lacking", "").split())
    due = datetime.date.fromisoformat(values["due"]) if "due" in values else verdict.due
    day = datetime.date.fromisoformat(values["date"]) if "date" in values else None
    person = desk.volume.edition.owners.get(values.get("person", ""))
    return desk.say_around(
        f"why.{verdict.cause.name}{'-claim' if of_claim else ''}",
        _reason_link(desk, entry, verdict),
        reviewed=_day(desk, verdict.reviewed),
        due=_day(desk, due),
        cadence=_cadence(desk, verdict.cadence),
        date=_day(desk, day),
        text=values.get("text", ""),
        codes=values.get("codes", ""),
        person=person.name if person else values.get("person", ""),
        lacking=desk.volume.strings.say("list.between").join(lacking),
    )


def _reason_link(desk: Desk, entry: Entry, verdict: Verdict) -> str:
    """What the reason names: claims of the entry, entries that it builds on."""
    values = verdict.cause.values
    if verdict.cause.name == "evergreen":
        return escape(entry.data.evergreen or "")
    if "names" in values:
        return desk.links(tuple(values["names"].split(", ")))
    for claim in entry.data.claims:
        if claim.id == values.get("claim"):
            return f"[{escape(claim.statement.body.plain)}](#claim-{claim.id})"
    return ""


def claims(desk: Desk, entry: Entry) -> Iterator[str]:
    """Statements that go out of date by themselves."""
    if not entry.data.claims:
        return
    states = desk.volume.claim_states(entry)
    yield desk.part("claims", "claims.title")
    yield desk.say("claims.text")
    items = []
    for claim in entry.data.claims:
        day = claim.checked.day
        when = f"{desk.say('claims.checked')} {desk.date(day)}" if day else (
            desk.say("claims.unchecked"))  # fmt: skip
        facts = [desk.say(f"state_short.{states[claim.id]}"), when, escape(claim.source)]
        if claim.cadence:
            facts.insert(2, escape(_cadence(desk, claim.cadence.every)))
        text = desk.at(f"claim-{claim.id}", desk.prose(claim.statement))
        items.append(text + ("\n\n" if "\n" in text else "<br>") + " · ".join(facts))
    yield bullets(items)


def _day(desk: Desk, day: datetime.date | None) -> str:
    return desk.volume.strings.date(day) if day else ""


def _cadence(desk: Desk, cadence: Cadence | None) -> str:
    say = desk.volume.strings.say
    if cadence is None:
        return ""
    if cadence.window:
        return say(f"cadence.{cadence.text}")
    if cadence.amount == 1:
        return say(f"cadence_single.{cadence.unit}")
    return say(f"cadence.{cadence.unit}", count=cadence.amount)
