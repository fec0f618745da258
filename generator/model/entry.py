"""What every entry has, whatever its kind; and `Entry`, which stages hand to each other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, get_args

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from generator.markdown import Body, Link
from generator.model.fields import AnyRef, Model, OwnerRef, Prose, TagRef, Words
from generator.model.review import CadenceOverride, Claim, Review
from generator.problems import Fault
from generator.problems.core import Path

if TYPE_CHECKING:
    from generator.model.sheet import Sheet

TierName = Literal["weapon", "tactical", "strategic"]
TIERS: tuple[str, ...] = get_args(TierName)
Status = Literal["draft", "published", "retired"]


def _address(value: str) -> str:
    parts = value.split("/")
    if value.startswith("/") or any(part in ("", ".", "..") for part in parts) or "\\" in value:
        raise PydanticCustomError("address_form", "expected a former address such as sops/old-name")
    return value


Address = Annotated[str, Field(pattern=r"^[A-Za-z0-9._/-]+$"), AfterValidator(_address)]
"""The id that an entry once had; a page at that address sends readers on."""


class Content(Model):
    """The fields that entries of all kinds share."""

    needs_tier: ClassVar[bool] = False
    """Whether entries of the kind have to name their tier themselves."""

    title: Words
    """What the entry is called, in a few words."""
    summary: Prose
    """One or two sentences that say what a reader gets from it."""
    owner: OwnerRef
    """The person or group, from people.yml, who keeps it true."""
    tags: tuple[TagRef, ...] = ()
    """Ids of tags that playbook.yml names."""
    status: Status = "published"
    """draft: not shown yet; published; retired: kept for old links, shown as withdrawn."""
    tier: TierName | None = None
    """How soon it has to be reviewed again; without it the kind's default tier holds."""
    reviewed: Review | None = None
    """When somebody last checked that it is still true: a day, or the review in full."""
    cadence: CadenceOverride | None = None
    """How often it has to be reviewed, where that differs from its tier."""
    evergreen: Words | None = None
    """Why it never has to be reviewed."""
    claims: tuple[Claim, ...] = ()
    """Statements in it that go out of date by themselves."""
    depends_on: tuple[AnyRef, ...] = ()
    """Ids of entries that it builds on; when one of them changes, this one is looked at again."""
    aliases: tuple[Address, ...] = ()
    """Former addresses; readers who open one are sent here."""
    related: tuple[AnyRef, ...] = ()
    """Ids of entries worth reading next."""
    editor_note: Prose | None = None
    """Says what in here is this playbook's own detail and where it comes from."""

    @property
    def order(self) -> tuple[Any, ...]:
        """Sorts the entries of the kind as readers expect to find them."""
        return (self.title.casefold(),)

    @property
    def company(self) -> str | None:
        """Entries of a kind with the same company are drawn together; None: it stands alone."""
        return None

    @property
    def group(self) -> str:
        """The heading under which lists of the kind show the entry."""
        return ""

    def faults(self) -> Iterator[Fault]:
        """What is wrong beyond types, inside this entry alone."""
        yield from ()

    def places(self) -> Iterator[str]:
        """All places on the entry's page, besides its headings, that links may point to."""
        yield from (f"claim-{claim.id}" for claim in self.claims)
        yield from self.anchors()

    def anchors(self) -> Iterator[str]:
        """The places that its kind adds."""
        yield from ()

    @classmethod
    def faults_together(cls, entries: tuple[Entry, ...]) -> Iterator[tuple[Entry, Fault]]:
        """What is wrong between the entries of this kind."""
        yield from ()


@dataclass(frozen=True, slots=True)
class Reference:
    """A field that names another entry."""

    path: Path
    target: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry in one language. A translation shares everything but its texts with its source."""

    id: str
    """The path below `content/` without its extension, such as `sops/six-step`."""
    kind: str
    language: str
    """The language of the edition that this belongs to."""
    data: Content
    body: Body | None
    body_language: str
    path: str
    """The file, relative to the content folder, that holds the structure."""
    text_path: str
    """The file that holds the texts: the translation where there is one, else `path`."""
    references: tuple[Reference, ...]
    """The entries that its fields name."""
    links: tuple[Link, ...]
    """The links and images in all its texts, relative to the folder of `path`."""
    digest: str
    """Of the texts in the source language; a translation records it."""
    revision: str = ""
    """Of its whole content but for what it says of reviews; a review records it."""
    translated: bool = True
    """False where the edition shows this entry in the source language for want of a translation."""
    behind: bool = False
    """Whether the source text changed after it was translated."""
    incomplete: tuple[str, ...] = field(default=())
    """Dotted paths of texts that the translation leaves in the source language."""
    body_text: str = ""
    """The body as it stands in the file, in Markdown."""

    @property
    def title(self) -> Words:
        return self.data.title

    @property
    def sheet(self) -> Sheet | None:
        """The table of a kind that has one, which is offered as a file, too."""
        found: Sheet | None = getattr(self.data, "sheet", None) or getattr(self.data, "table", None)
        return found

    @property
    def anchors(self) -> frozenset[str]:
        """Every anchor that a link to its page may name."""
        return (self.body.anchors if self.body else frozenset()).union(self.data.places())

    def part_at(self, path: Path) -> tuple[Words, str] | None:
        """The title and the anchor ("" without one) of the item that holds the value at `path`."""
        if len(path) < 2 or not isinstance(path[1], int):
            return None
        items = getattr(self.data, str(path[0]), ())
        item = items[path[1]] if path[1] < len(items) else None
        if not isinstance(item, Model) or not isinstance(
            title := getattr(item, "title", None), Words
        ):
            return None
        own = getattr(item, "id", None)
        anchors = (a for a in self.data.anchors() if a.partition("-")[2] == own)
        return title, next(anchors, "")
