"""playbook.yml: the settings, which are content like any other."""

from __future__ import annotations

import zoneinfo
from collections.abc import Iterator
from dataclasses import replace
from typing import Annotated, Any, Literal, get_args

from babel import Locale, UnknownLocaleError
from pydantic import AfterValidator, Field, field_validator, model_validator
from pydantic_core import PydanticCustomError

from generator.model.cadence import Cadence, Leeway
from generator.model.entry import TierName
from generator.model.fields import AnyRef, Model, Prose, Slug, SopRef, Words
from generator.problems import Fault
from generator.problems.house import DEFAULT_TIER, LANGUAGE_TWICE
from generator.problems.staleness import LEEWAY_TOO_LONG


def _time_zone(name: str) -> str:
    if name not in zoneinfo.available_timezones():
        raise PydanticCustomError("time_zone", "expected a time zone such as Asia/Shanghai")
    return name


def _locale(tag: str) -> str:
    try:
        Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        raise PydanticCustomError(
            "language_tag", "expected a language tag such as zh-Hans"
        ) from None
    return tag


def _web_address(address: str) -> str:
    return address.rstrip("/")


WebAddress = Annotated[
    str, Field(pattern=r"^https?://[^\s\"'<>\\]+$"), AfterValidator(_web_address)
]


class Language(Model):
    """A language of the playbook."""

    code: Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]+)*$"), AfterValidator(_locale)]
    """As it stands in file names and addresses: `zh` in six-step.zh.md and zh/index.html."""
    tag: Annotated[str, AfterValidator(_locale)] | None = None
    """The language tag that pages carry, such as zh-Hans; by default the code."""


Evidence = Literal["full", "note", "digest"]


def _none() -> Leeway:
    return Leeway(0, "days")


class Tier(Model):
    """How soon content of a tier has to be reviewed again, and what a review has to show."""

    cadence: Cadence
    notice: Leeway = Field(default_factory=_none)
    """From how long before the due date on a review is due soon; by default what fits."""
    grace: Leeway = Field(default_factory=_none)
    """How long after the due date a review is due and not yet overdue; by default what fits."""
    evidence: tuple[Evidence, ...] = ()
    """What a review must have to count: full, with who and outcome; a note; a digest."""

    @model_validator(mode="before")
    @classmethod
    def _leeways(cls, value: Any) -> Any:
        """Notice and grace fit the cadence where nobody sets them."""
        if not isinstance(value, dict):
            return value
        try:
            leeway = Cadence.parse(value.get("cadence")).leeway
        except PydanticCustomError:
            leeway = _none()
        return {"notice": leeway, "grace": leeway, **value}

    def faults(self) -> Iterator[Fault]:
        """What is wrong beyond types, inside the tier alone."""
        for name, effect in _EFFECTS.items():
            leeway: Leeway = getattr(self, name)
            if leeway.days >= self.cadence.days:
                yield LEEWAY_TOO_LONG.fault(
                    (name,),
                    f"a {name} of {leeway} is as long as the cadence {self.cadence.text}: {effect}",
                    f"make it shorter, such as {self.cadence.leeway}, or leave it out",
                )


_EFFECTS = {
    "notice": "a review would be due soon from its own day on",
    "grace": "a review would have expired before it is overdue",
}
"""What leeways do that are as long as a cadence."""


def _tier(cadence: str, *evidence: Evidence) -> Tier:
    return Tier.model_validate({"cadence": cadence, "evidence": evidence})


_WEAPON_EVIDENCE: tuple[Evidence, ...] = ("full", "note", "digest")


class Tiers(Model):
    """The three tiers of knowledge."""

    weapon: Tier = _tier("weekly", *_WEAPON_EVIDENCE)
    tactical: Tier = _tier("monthly")
    strategic: Tier = _tier("quarterly")

    @field_validator("weapon", mode="before")
    @classmethod
    def _weapon_evidence(cls, value: Any) -> Any:
        """Weapons ask for evidence unless the settings say otherwise."""
        return {"evidence": _WEAPON_EVIDENCE, **value} if isinstance(value, dict) else value

    def faults(self) -> Iterator[Fault]:
        """What is wrong beyond types, inside each tier."""
        for name in get_args(TierName):
            for fault in getattr(self, name).faults():
                yield replace(fault, path=("tiers", name, *fault.path))


class Stamping(Model):
    """What looks like dates that were set without looking."""

    entries: Annotated[int, Field(ge=2)] = 10
    """So many entries re-dated by one commit, or by one person in a day, are pointed out."""
    dates_only: Annotated[int, Field(ge=2)] = 4
    """So many reviews of an entry in a row that changed nothing but the date are pointed out."""


class Repository(Model):
    """Where the sources live."""

    url: WebAddress
    edit: WebAddress
    """The address that edits a file; `{path}` stands for its path in `content/`."""


class Need(Model):
    """One answer to "what do you need now?" on the home page."""

    id: Slug
    title: Words
    text: Prose | None = None
    links: Annotated[tuple[AnyRef, ...], Field(min_length=1)]


class Home(Model):
    """What the home page shows."""

    sop: SopRef | None = None
    """The procedure that is shown as a strip of steps."""
    needs: tuple[Need, ...] = ()


class Settings(Model):
    """playbook.yml."""

    title: Words
    description: Prose
    languages: Annotated[tuple[Language, ...], Field(min_length=1)]
    """The first is the source language."""
    time_zone: Annotated[str, AfterValidator(_time_zone)] = "Asia/Shanghai"
    tiers: Tiers = Tiers()
    default_tiers: dict[str, TierName] = Field(default_factory=dict)
    """The tier of entries that name none, by kind."""
    stamping: Stamping = Stamping()
    tags: dict[Slug, Words] = Field(default_factory=dict)
    """The tags that entries may carry, with their names."""
    address: WebAddress | None = None
    """Where the site is published; sitemap and error page need it."""
    repository: Repository | None = None
    home: Home = Home()

    def tier_of(self, name: str | None) -> Tier | None:
        """The tier with this name; None without a name."""
        return getattr(self.tiers, name) if name else None

    def faults(self, kinds: tuple[str, ...]) -> Iterator[Fault]:
        """What is wrong beyond types; `kinds` are the names of the content kinds."""
        yield from self.tiers.faults()
        seen: set[str] = set()
        for index, language in enumerate(self.languages):
            if language.code in seen:
                yield LANGUAGE_TWICE.fault(
                    ("languages", index, "code"),
                    f'language "{language.code}" is listed twice',
                    "remove one of them",
                )
            seen.add(language.code)
        for kind in self.default_tiers:
            if kind not in kinds:
                yield DEFAULT_TIER.fault(
                    ("default_tiers", kind),
                    f'"{kind}" is no kind of content',
                    "kinds: " + ", ".join(kinds),
                    key=True,
                )
