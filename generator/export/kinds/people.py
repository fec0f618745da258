"""Pages on who does the work and how they learn it: roles, stages of the roadmap."""

from __future__ import annotations

from collections.abc import Iterator

from generator.export.desk import Desk
from generator.export.kinds.facts import pair
from generator.markdown.dialect import bullets, escape, numbered, table
from generator.model.outline import companies
from generator.model.role import Role
from generator.model.stage import Stage


def role(desk: Desk, data: Role) -> Iterator[str]:
    """What the role answers for, does, and has to be able to do."""
    yield pair(desk, "role.mission", desk.prose(data.mission))
    yield desk.part("responsibilities", "role.responsibilities")
    yield desk.texts(data.responsibilities)
    if data.team:
        yield desk.part("team", "role.team")
        yield desk.link(data.team)
        yield bullets(_shares(desk, data.team))
    yield desk.part("dimensions", "role.dimensions")
    yield desk.say("role.scale")
    yield table(
        [desk.say("assessment.dimension"), desk.say("assessment.score"), desk.say("export.shows")],
        (
            (escape(d.title), desk.number(d.rating), desk.line(d.description))
            for d in data.dimensions
        ),
        right=(1,),
    )
    when = desk.say("role.alarm_when", threshold=data.alarm.threshold)
    title = f"{desk.say('role.alarm')} · {when}"
    yield desk.dialect.note("danger", title, desk.prose(data.alarm.consequence))


def _shares(desk: Desk, team: str) -> Iterator[str]:
    """The roles of a team, in its order, each with its share."""
    groups = companies(desk.volume.library.outlines)
    for identity in (each for group in groups for each in group):
        entry = desk.volume.entries.get(identity)
        if entry and isinstance(entry.data, Role) and entry.data.team == team:
            yield f"{entry.data.share} · {desk.link(identity)}"


def stage(desk: Desk, data: Stage) -> Iterator[str]:
    """The course, the kit, the exam and what comes of it."""
    yield desk.part("line", "roadmap.line")
    stages = desk.volume.by_kind.get("stage", ())
    yield bullets(
        f"{desk.say('roadmap.months', start=s.data.months.from_, end=s.data.months.to)} · "
        f"{desk.link(s.id)}"
        for s in stages
        if isinstance(s.data, Stage)
    )
    yield desk.part("course", "roadmap.course")
    yield f"{escape(data.course.title)} · {desk.say('unit.hours', count=data.course.hours)}"
    yield numbered(desk.prose(text) for text in data.course.modules.values())
    yield desk.part("kit", "roadmap.kit")
    yield bullets(map(desk.link, data.tools))
    yield desk.part("exam", "roadmap.exam")
    yield desk.prose(data.exam.task)
    yield desk.heading(3, desk.say("roadmap.criteria"))
    yield desk.texts(data.exam.criteria)
    yield desk.heading(3, desk.say("roadmap.evidence"))
    yield desk.tasks(data.exam.evidence)
    yield desk.part("outcomes", "roadmap.outcomes")
    yield desk.texts(data.outcomes)
