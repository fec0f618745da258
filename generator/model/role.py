"""A role in the team: what it is for, what it answers for, and what it must be able to do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field, WithJsonSchema

from generator.model.entry import Content
from generator.model.fields import Model, PageRef, Prose, Slug, Texts, Words
from generator.problems import Fault
from generator.problems.sense import SCALE, STAFFING_SHARE

SCALE_TOP = 10


class Dimension(Model):
    """A capability, rated 0 to 10."""

    id: Slug
    title: Words
    """The name of the capability."""
    description: Prose
    """What someone who has the capability does."""
    rating: float = Field(allow_inf_nan=False, examples=[6])
    """The rating, 0 to 10, that the role expects."""


class Alarm(Model):
    """The rating under which the team is out of balance, and what that costs."""

    threshold: float = Field(allow_inf_nan=False, examples=[4])
    """A rating on the scale 0 to 10; anything under it raises the alarm."""
    consequence: Prose
    """What it costs when a rating is under the threshold."""


class Role(Content):
    """A role in the team."""

    mission: Prose
    """The one result that the role answers for."""
    responsibilities: Annotated[Texts, Field(min_length=1)]
    """What the role answers for."""
    team: PageRef | None = None
    """The page of the team model that the role belongs to."""
    staffing_share: Annotated[str, WithJsonSchema({"type": "integer", "minimum": 1})] | None = None
    """The role's part in the team model's staffing ratio: a whole number."""
    dimensions: Annotated[tuple[Dimension, ...], Field(min_length=1)]
    """The capabilities that the role is rated in."""
    alarm: Alarm

    @property
    def share(self) -> int:
        """The staffing share as a number; 0 where the role belongs to no team model."""
        return int(self.staffing_share or 0)

    @property
    def company(self) -> str | None:
        return self.team

    def faults(self) -> Iterator[Fault]:
        share = self.staffing_share
        if share is not None and not (share.isascii() and share.isdigit() and int(share) > 0):
            yield STAFFING_SHARE.fault(
                ("staffing_share",),
                f'staffing share "{share}" is not a whole number',
                "state shares as a ratio of whole numbers, such as 3 of 3 : 5 : 2",
            )
        if (self.team is None) != (share is None):
            yield STAFFING_SHARE.fault(
                ("team",) if share is None else ("staffing_share",),
                "a team and a staffing share go together",
                "give both or neither",
            )
        if not 0 < self.alarm.threshold <= SCALE_TOP:
            yield SCALE.fault(
                ("alarm", "threshold"),
                f"an alarm threshold of {self.alarm.threshold:g} would "
                f"{'never' if self.alarm.threshold <= 0 else 'always'} ring "
                f"on the scale 0 to {SCALE_TOP}",
                f"choose a rating above 0, up to {SCALE_TOP}",
            )
        for index, dimension in enumerate(self.dimensions):
            if not 0 <= dimension.rating <= SCALE_TOP:
                yield SCALE.fault(
                    ("dimensions", index, "rating"),
                    f"rating {dimension.rating:g} is outside the scale 0 to {SCALE_TOP}",
                    "rate from 0 (cannot) to 10 (teaches others)",
                )
