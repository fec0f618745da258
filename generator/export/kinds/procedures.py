"""Pages on how the work is done: procedures, plans, tools."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from generator.export.desk import Desk
from generator.export.kinds.facts import below, pair
from generator.export.sheets import columns, sheet
from generator.markdown.dialect import blocks, bullets, escape, strong, table
from generator.model.plan import Action, Plan
from generator.model.sop import Sop, Step
from generator.model.tool import Item, Tool


def sop(desk: Desk, data: Sop) -> Iterator[str]:
    """The flow as a table, then each step."""
    numbers = {step.id: number for number, step in enumerate(data.steps, 1)}
    titles = {step.id: step.title for step in data.steps}

    def to(step: str, key: str = "") -> str:
        number, title = numbers.get(step, ""), titles.get(step, step)
        words = desk.say(key, number=number, title=title) if key else escape(f"{number} {title}")
        return f"[{words}](#step-{step})"

    yield desk.part("flow", "sop.flow")
    head = ("export.step", "sop.who", "sop.time_box", "sop.next", "sop.failure")
    routes = [[to(data.steps[b].id) for a, b in data.routes if a == n] for n in range(len(numbers))]
    yield table(
        [desk.say(key) for key in head],
        (
            (
                to(step.id),
                desk.link(step.role),
                desk.amount(step.time_box),
                desk.say_between(routes[number]),
                to(step.failure.to, _way_back(step)) if step.failure else "",
            )
            for number, step in enumerate(data.steps)
        ),
    )
    yield desk.part("steps", "sop.steps")
    for step in data.steps:
        yield desk.heading(3, escape(f"{numbers[step.id]} {step.title}"), f"step-{step.id}")
        yield from _step(desk, step, to)


def _way_back(step: Step) -> str:
    return "sop.again" if step.failure and step.failure.to == step.id else "sop.back_to"


def _step(desk: Desk, step: Step, to: Callable[..., str]) -> Iterator[str]:
    facts = [pair(desk, "sop.who", desk.link(step.role))]
    if step.supporting:
        facts.append(pair(desk, "sop.with", desk.links(step.supporting)))
    facts.append(pair(desk, "sop.time_box", desk.amount(step.time_box)))
    yield bullets(facts)
    yield desk.prose(step.purpose)
    yield strong(desk.say("sop.entry"))
    yield desk.texts(step.entry)
    yield strong(desk.say("sop.exit"))
    yield desk.tasks(step.exit)
    if step.tools:
        yield pair(desk, "sop.tools", desk.links(step.tools))
    if step.next is not None:
        yield pair(desk, "sop.next", desk.say_between(map(to, step.next)))
    if step.failure:
        back = to(step.failure.to, _way_back(step))
        content = blocks((desk.prose(step.failure.when), back))
        yield desk.dialect.note("warning", desk.say("sop.failure"), content)


def tool(desk: Desk, data: Tool) -> Iterator[str]:
    """What it is for, then the sheet or the checklist, then warning rules."""
    if data.gate:
        content = f"{desk.say('tool.gate_text')} {desk.link(data.gate)}"
        yield desk.dialect.note("warning", desk.say("tool.gate"), content)
    yield desk.part("purpose", "tool.purpose")
    yield desk.prose(data.purpose)
    if data.when:
        yield desk.part("when", "tool.when")
        yield desk.texts(data.when)
    if data.sheet:
        yield desk.part("sheet", "tool.sheet")
        yield sheet(desk, data.sheet)
        yield desk.part("columns", "tool.columns")
        yield columns(desk, data.sheet)
    if data.checklist:
        yield desk.part("checklist", "tool.checklist")
        yield bullets(_check(desk, item) for item in data.checklist)
    if data.warnings:
        yield desk.part("warnings", "tool.warnings")
        names = {c.id: c.title for c in data.sheet.columns} if data.sheet else {}
        for warning in data.warnings:
            yield desk.heading(3, escape(warning.title))
            read = desk.say_between(escape(names.get(c, c)) for c in warning.columns)
            pairs = [
                pair(desk, "tool.warning_if", desk.prose(warning.when)),
                pair(desk, "tool.warning_then", desk.prose(warning.then)),
            ]
            yield bullets([*pairs, pair(desk, "tool.reads", read)] if names else pairs)


def _check(desk: Desk, item: Item) -> str:
    must = f" ({desk.say('tool.must')})" if item.must else ""
    line = desk.at(f"item-{item.id}", desk.task(strong(escape(item.title)) + must))
    return below(line, desk.prose(item.detail) if item.detail else "")


def plan(desk: Desk, data: Plan) -> Iterator[str]:
    """Each period with its actions."""
    yield desk.part("periods", "plan.periods")
    for period in data.periods:
        days = period.days
        yield desk.heading(3, escape(period.title), f"period-{period.id}")
        yield strong(
            desk.say("plan.day", day=days.from_)
            if days.from_ == days.to
            else desk.say("plan.from_to", start=days.from_, end=days.to)
        )
        yield desk.prose(period.goal)
        yield bullets(_action(desk, action) for action in period.actions)


def _action(desk: Desk, action: Action) -> str:
    facts = [pair(desk, "sop.who", desk.link(action.role))]
    if action.links:
        facts.append(pair(desk, "plan.needs", desk.links(action.links)))
    return below(desk.task(desk.prose(action.text)), " · ".join(facts))
