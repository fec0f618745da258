"""A standard operating procedure: ordered steps, each with a way in, a way out and a way back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from generator.model.entry import Content
from generator.model.fields import Duration, Model, Prose, RoleRef, Slug, Texts, ToolRef, Words
from generator.problems import Fault
from generator.problems.sense import EXIT_CRITERIA, FAILURE_PATH, NEXT_STEP, UNREACHABLE_STEP


class Failure(Model):
    """Where the work goes back to when a step fails."""

    to: Slug
    """The id of an earlier step, or of the same one."""
    when: Prose
    """The sign that it has failed."""


class Step(Model):
    """One step of a procedure."""

    id: Slug
    title: Words
    """The name of the step."""
    purpose: Prose
    """What the step is for."""
    role: RoleRef
    """Who is responsible."""
    supporting: tuple[RoleRef, ...] = ()
    time_box: Duration
    """The longest that the step may take."""
    entry: Annotated[Texts, Field(min_length=1)]
    """What must hold before the step begins."""
    exit: Texts
    """What must hold before the step counts as done."""
    tools: tuple[ToolRef, ...] = ()
    failure: Failure | None = None
    next: tuple[Slug, ...] | None = None
    """Ids of the steps that may follow; without it the one below follows."""


class Sop(Content):
    """A standard operating procedure."""

    steps: Annotated[tuple[Step, ...], Field(min_length=1)]
    """The steps, in the order in which they begin."""

    def anchors(self) -> Iterator[str]:
        return (f"step-{step.id}" for step in self.steps)

    @property
    def routes(self) -> tuple[tuple[int, int], ...]:
        """The ways forward as pairs of step positions."""
        return tuple(_routes(self.steps))

    @property
    def returns(self) -> tuple[tuple[int, int], ...]:
        """The failure paths as pairs of step positions."""
        at = {step.id: index for index, step in enumerate(self.steps)}
        return tuple((i, at[s.failure.to]) for i, s in enumerate(self.steps) if s.failure)

    def faults(self) -> Iterator[Fault]:
        ids = [step.id for step in self.steps]
        for index, step in enumerate(self.steps):
            yield from _step_faults(index, step, ids)
        reached = _reached(self.steps)
        for index, step in enumerate(self.steps):
            if index not in reached:
                yield UNREACHABLE_STEP.fault(
                    ("steps", index, "id"),
                    f'no way leads to step "{step.id}"',
                    "name it under `next` of an earlier step, or remove it",
                )


def _step_faults(index: int, step: Step, ids: list[str]) -> Iterator[Fault]:
    if not step.exit:
        yield EXIT_CRITERIA.fault(
            ("steps", index, "exit"),
            f'step "{step.id}" has no exit criteria',
            "say what must be true before the step counts as done",
        )
    for position, follower in enumerate(step.next or ()):
        if follower not in ids[index + 1 :]:
            yield NEXT_STEP.fault(
                ("steps", index, "next", position),
                f'step "{step.id}" goes on to "{follower}", which is no later step',
                "`next` names steps below this one; ways back are failure paths",
            )
    if step.failure and step.failure.to not in ids[: index + 1]:
        yield FAILURE_PATH.fault(
            ("steps", index, "failure", "to"),
            f'the failure path of "{step.id}" goes to "{step.failure.to}", '
            "which is no earlier step",
            "a failure path returns to the step itself or to one above it",
        )


def _routes(steps: tuple[Step, ...]) -> Iterator[tuple[int, int]]:
    at = {step.id: index for index, step in enumerate(steps)}
    for index, step in enumerate(steps):
        if step.next is not None:
            yield from ((index, at[follower]) for follower in step.next if follower in at)
        elif index + 1 < len(steps):
            yield (index, index + 1)


def _reached(steps: tuple[Step, ...]) -> set[int]:
    reached = {0}
    for start, end in _routes(steps):  # routes only lead forward, so one pass in order suffices
        if start in reached:
            reached.add(end)
    return reached
