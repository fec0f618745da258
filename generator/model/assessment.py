"""An assessment: dimensions to score, rules that turn scores into a verdict, worked examples."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from generator.model.entry import Content
from generator.model.fields import Model, Prose, Slug, Words
from generator.problems import Fault
from generator.problems.sense import (
    EXAMPLE_SCORES,
    EXAMPLE_TOTAL,
    EXAMPLE_VERDICT,
    RED_LINE,
    SPAN,
    THRESHOLDS,
)

Band = Annotated[str, Field(pattern=r"^\d{1,4}(-\d{1,4})?$")]
"""A score or a range of scores, such as `3` or `0-8`."""


class Dimension(Model):
    """Something that is scored in whole points."""

    id: Slug
    title: Words
    """What is scored here."""
    question: Prose
    """What the assessor asks."""
    minimum: int = Field(default=0, ge=0, le=1000)
    maximum: int = Field(ge=1, le=1000, examples=[5])
    """The highest score."""
    anchors: Annotated[
        dict[Band, Prose],
        Field(min_length=1, examples=[{"0-2": "By chance.", "3-5": "Every time."}]),
    ]
    """What a score, or a range of scores, looks like in practice."""


class Verdict(Model):
    """What a total means."""

    id: Slug
    title: Words
    """What the verdict is called."""
    from_: int = Field(alias="from", ge=0, examples=[0])
    """The lowest total."""
    to: int = Field(ge=0, examples=[5])
    """The highest total."""
    action: Prose
    """What follows from it."""


class RedLine(Model):
    """A rule that decides whatever the total says: `count` dimensions under `below`."""

    id: Slug
    title: Words
    below: int
    count: int = Field(ge=1)
    verdict: Slug


class Example(Model):
    """A scored example; its total and verdict are computed and must come out as stated."""

    id: Slug
    title: Words
    scores: dict[Slug, int]
    notes: dict[Slug, Prose] = Field(default_factory=dict)
    """Why a dimension got its score, by the dimension's id."""
    total: int
    verdict: Slug


class Assessment(Content):
    """An assessment."""

    dimensions: Annotated[tuple[Dimension, ...], Field(min_length=1)]
    """What is scored."""
    verdicts: Annotated[tuple[Verdict, ...], Field(min_length=1)]
    """What totals mean."""
    red_lines: tuple[RedLine, ...] = ()
    examples: tuple[Example, ...] = ()

    @property
    def lowest(self) -> int:
        return sum(dimension.minimum for dimension in self.dimensions)

    @property
    def highest(self) -> int:
        return sum(dimension.maximum for dimension in self.dimensions)

    def verdict_of(self, scores: dict[str, int]) -> str:
        """The id of the verdict on `scores`; red lines go before totals; "" where none fits."""
        for line in self.red_lines:
            if sum(score < line.below for score in scores.values()) >= line.count:
                return line.verdict
        total = sum(scores.values())
        return next((v.id for v in self.verdicts if v.from_ <= total <= v.to), "")

    def anchors(self) -> Iterator[str]:
        return (f"dimension-{dimension.id}" for dimension in self.dimensions)

    def faults(self) -> Iterator[Fault]:
        for index, dimension in enumerate(self.dimensions):
            yield from _dimension_faults(index, dimension)
        yield from self._threshold_faults()
        known = {verdict.id for verdict in self.verdicts}
        for index, line in enumerate(self.red_lines):
            if line.verdict not in known:
                yield RED_LINE.fault(
                    ("red_lines", index, "verdict"),
                    f'red line "{line.id}" leads to an unknown verdict "{line.verdict}"',
                    "verdicts: " + ", ".join(sorted(known)),
                )
        for index, example in enumerate(self.examples):
            yield from self._example_faults(index, example)

    def _threshold_faults(self) -> Iterator[Fault]:
        if backwards := list(_backward_verdicts(self.verdicts)):
            yield from backwards
            return
        expected = self.lowest
        order = sorted(range(len(self.verdicts)), key=lambda i: self.verdicts[i].from_)
        for index in order:
            verdict = self.verdicts[index]
            if verdict.from_ != expected:
                what = "overlap" if verdict.from_ < expected else "leave a gap"
                yield THRESHOLDS.fault(
                    ("verdicts", index, "from"),
                    f'the totals {what}: "{verdict.id}" begins at {verdict.from_}, '
                    f"expected {expected}",
                    f"every total from {self.lowest} to {self.highest} needs exactly one verdict",
                )
            expected = max(expected, verdict.to + 1)
        if expected != self.highest + 1:
            yield THRESHOLDS.fault(
                ("verdicts", order[-1], "to"),
                f"the verdicts end at {expected - 1}, the highest total is {self.highest}",
                f"every total from {self.lowest} to {self.highest} needs exactly one verdict",
            )

    def _example_faults(self, index: int, example: Example) -> Iterator[Fault]:
        at = ("examples", index)
        if misfits := list(self._score_faults((*at, "scores"), example)):
            yield from misfits
            return
        total = sum(example.scores.values())
        if total != example.total:
            sum_text = " + ".join(str(score) for score in example.scores.values())
            yield EXAMPLE_TOTAL.fault(
                (*at, "total"),
                f'example "{example.id}" states {example.total}, but {sum_text} = {total}',
                "correct the total or a score",
            )
        verdict = self.verdict_of(example.scores)
        if verdict != example.verdict:
            yield EXAMPLE_VERDICT.fault(
                (*at, "verdict"),
                f'example "{example.id}" states "{example.verdict}", '
                f'but the rules give "{verdict or "no verdict"}"',
                "correct the stated verdict, the scores or the rules",
            )

    def _score_faults(self, at: tuple[str | int, ...], example: Example) -> Iterator[Fault]:
        dimensions = {dimension.id: dimension for dimension in self.dimensions}
        for name in dimensions.keys() - example.scores.keys():
            yield EXAMPLE_SCORES.fault(
                at, f'example "{example.id}" has no score for "{name}"', "score every dimension"
            )
        for name, score in example.scores.items():
            dimension = dimensions.get(name)
            if dimension is None:
                yield EXAMPLE_SCORES.fault(
                    (*at, name),
                    f'example "{example.id}" scores an unknown dimension "{name}"',
                    "dimensions: " + ", ".join(dimensions),
                    key=True,
                )
            elif not dimension.minimum <= score <= dimension.maximum:
                yield EXAMPLE_SCORES.fault(
                    (*at, name),
                    f"score {score} is outside {dimension.minimum} to {dimension.maximum}",
                    f'stay inside the range of "{name}"',
                )


def _backward_verdicts(verdicts: tuple[Verdict, ...]) -> Iterator[Fault]:
    for index, verdict in enumerate(verdicts):
        if verdict.to < verdict.from_:
            yield SPAN.fault(
                ("verdicts", index, "to"),
                f'"{verdict.id}" ends at {verdict.to}, before it begins at {verdict.from_}',
                "`to` must not be less than `from`",
            )


def _dimension_faults(index: int, dimension: Dimension) -> Iterator[Fault]:
    if dimension.minimum >= dimension.maximum:
        yield SPAN.fault(
            ("dimensions", index, "maximum"),
            f'"{dimension.id}" has maximum {dimension.maximum}, '
            f"not above its minimum {dimension.minimum}",
            "the maximum must be greater than the minimum",
        )
    for band in dimension.anchors:
        low, _, high = band.partition("-")
        at = ("dimensions", index, "anchors", band)
        if int(high or low) < int(low):
            yield SPAN.fault(
                at, f'anchor "{band}" ends before it begins', "put the lower score first", key=True
            )
        elif int(low) < dimension.minimum or int(high or low) > dimension.maximum:
            yield SPAN.fault(
                at,
                f'anchor "{band}" is outside {dimension.minimum} to {dimension.maximum}',
                "anchors describe scores that can be given",
                key=True,
            )
