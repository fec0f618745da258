"""The command and its subcommands."""

from __future__ import annotations

import click

from generator import __version__
from generator.cli import terminal
from generator.cli.building import build
from generator.cli.checking import check, explain, rules
from generator.cli.comparing import diff
from generator.cli.exporting import export
from generator.cli.holidaying import holidays
from generator.cli.importing import import_documents
from generator.cli.posting import post
from generator.cli.publishing import publish
from generator.cli.releasing import release, version, versions
from generator.cli.reviewing import review
from generator.cli.searching import search
from generator.cli.serving import serve
from generator.cli.staleness import stale
from generator.cli.starting import init, schema
from generator.cli.translating import translated
from generator.cli.verifying import verify
from generator.cli.writing import fmt, new, rename


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="playbook")
def main() -> None:
    """Builds a sales playbook: typed YAML and Markdown in, a validated, bilingual site out."""
    terminal.collect_seldom()


for command in (
    init,
    new,
    check,
    build,
    release,
    versions,
    version,
    publish,
    verify,
    export,
    serve,
    search,
    fmt,
    rename,
    diff,
    import_documents,
    translated,
    review,
    holidays,
    stale,
    post,
    schema,
    explain,
    rules,
):
    main.add_command(command)
