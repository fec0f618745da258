"""Pages on what is measured and judged: cases, assessments, metrics."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.export.desk import Desk
from generator.export.kinds.facts import pair
from generator.markdown.dialect import bullets, escape, numbered, strong, table
from generator.model.assessment import Assessment, Example
from generator.model.case import Case, Result
from generator.model.metric import Metric


def case(desk: Desk, data: Case) -> Iterator[str]:
    """Figures, what was, what was done, what to take from it."""
    yield desk.part("figures", "case.figures")
    names = ("before", "after", "change")
    shown = [name for name in names if any(getattr(r, name) for r in data.metrics)]
    yield table(
        [desk.say("export.figure"), *(desk.say(f"case.{name}") for name in shown)],
        ([_named(desk, r), *(_figure(desk, r, name) for name in shown)] for r in data.metrics),
        right=range(1, len(shown) + 1),
    )
    yield desk.part("before", "case.situation")
    yield desk.prose(data.before)
    yield desk.part("actions", "case.actions")
    yield numbered(desk.prose(text) for text in data.actions.values())
    yield desk.part("pattern", "case.pattern")
    yield desk.prose(data.pattern)


def _named(desk: Desk, result: Result) -> str:
    if result.period is None:
        return escape(result.name)
    strings = desk.volume.strings
    period = strings.amount(result.period.amount, result.period.unit)
    return f"{escape(result.name)} ({desk.say('case.within', duration=period)})"


def _figure(desk: Desk, result: Result, name: str) -> str:
    value = getattr(result, name)
    return desk.amount(value, name == "change") if value else ""


def assessment(desk: Desk, data: Assessment) -> Iterator[str]:
    """Red lines, verdicts, dimensions, scored examples."""
    titles = {verdict.id: verdict.title for verdict in data.verdicts}
    if data.red_lines:
        lines = bullets(
            f"{strong(escape(line.title))} "
            + desk.say(
                "assessment.red_line",
                count=line.count,
                below=line.below,
                verdict=titles.get(line.verdict, line.verdict),
            )
            for line in data.red_lines
        )
        yield desk.dialect.note("danger", desk.say("assessment.red_lines"), lines)
    yield desk.part("verdicts", "assessment.verdicts")
    yield table(
        [desk.say(f"assessment.{name}") for name in ("total", "verdict", "action")],
        (
            (
                desk.say("assessment.totals", low=v.from_, high=v.to),
                escape(v.title),
                desk.line(v.action),
            )
            for v in data.verdicts
        ),
    )
    yield desk.part("dimensions", "assessment.dimensions")
    for d in data.dimensions:
        yield desk.heading(3, escape(d.title), f"dimension-{d.id}")
        yield desk.say("assessment.range", low=d.minimum, high=d.maximum)
        yield desk.prose(d.question)
        yield bullets(
            f"{strong(band.replace('-', '–'))} · {desk.prose(text)}"
            for band, text in d.anchors.items()
        )
    if data.examples:
        yield desk.part("examples", "assessment.examples")
        for example in data.examples:
            yield from _example(desk, data, example, titles)


def _example(
    desk: Desk, data: Assessment, example: Example, titles: Mapping[str, str]
) -> Iterator[str]:
    yield desk.heading(3, escape(example.title))
    total = desk.say("assessment.out_of", value=example.total, maximum=data.highest)
    verdict = strong(escape(titles.get(example.verdict, example.verdict)))
    yield pair(desk, "assessment.total", f"{total} · {verdict}")
    rows = []
    for d in data.dimensions:
        note = example.notes.get(d.id)
        title = f"[{escape(d.title)}](#dimension-{d.id})"
        score = desk.say(
            "assessment.out_of", value=example.scores.get(d.id, "–"), maximum=d.maximum
        )
        rows.append((f"{title}<br>{desk.line(note)}" if note else title, score))
    yield table([desk.say("assessment.dimension"), desk.say("assessment.score")], rows, right=(1,))


def metric(desk: Desk, data: Metric) -> Iterator[str]:
    """The target, and the facts of the metric."""
    yield pair(desk, "metric.target", desk.prose(data.target))
    yield desk.part("facts", "metric.facts")
    facts = [
        pair(desk, "metric.definition", desk.prose(data.definition)),
        pair(desk, "metric.formula", desk.prose(data.formula)),
        pair(desk, "metric.unit", escape(data.unit)),
        pair(desk, "metric.measured_in", desk.prose(data.measured_in)),
    ]
    if data.tools:
        facts.append(pair(desk, "metric.tools", desk.links(data.tools)))
    yield bullets(facts)
