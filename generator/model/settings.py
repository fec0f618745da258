"""playbook.yml: the settings, which are content like any other."""

from __future__ import annotations

import zoneinfo
from collections.abc import Iterator
from typing import Annotated, Literal

from babel import Locale, UnknownLocaleError
from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from generator.model.entry import TierName
from generator.model.fields import AnyRef, Model, Prose, Slug, SopRef, Words
from generator.problems import Fault
from generator.problems.sense import DEFAULT_TIER, LANGUAGE_TWICE

Cadence = Literal["weekly", "monthly", "quarterly", "yearly"]


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


class Tier(Model):
    """How soon content of a tier has to be reviewed again."""

    cadence: Cadence


class Tiers(Model):
    """The three tiers of knowledge."""

    weapon: Tier = Tier(cadence="weekly")
    tactical: Tier = Tier(cadence="monthly")
    strategic: Tier = Tier(cadence="quarterly")


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
    tags: dict[Slug, Words] = Field(default_factory=dict)
    """The tags that entries may carry, with their names."""
    address: WebAddress | None = None
    """Where the site is published; sitemap and error page need it."""
    repository: Repository | None = None
    home: Home = Home()

    def cadence_of(self, tier: str | None) -> Cadence | None:
        """How often content of `tier` has to be reviewed; None without a tier."""
        return getattr(self.tiers, tier).cadence if tier else None

    def faults(self, kinds: tuple[str, ...]) -> Iterator[Fault]:
        """What is wrong beyond types; `kinds` are the names of the content kinds."""
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
