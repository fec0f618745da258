"""All rules, in the order of their codes."""

from generator.problems import (
    house,
    links,
    output,
    prose,
    publishing,
    read,
    sense,
    shape,
    staleness,
    synonyms,
    translation,
)
from generator.problems.core import Rule


def _rules_of(module: object) -> list[Rule]:
    return [value for value in vars(module).values() if isinstance(value, Rule)]


RULES: tuple[Rule, ...] = tuple(
    sorted(
        (
            rule
            for room in (
                read,
                shape,
                sense,
                house,
                prose,
                synonyms,
                links,
                staleness,
                translation,
                output,
                publishing,
            )
            for rule in _rules_of(room)
        ),
        key=lambda rule: rule.code,
    )
)


def rule_by_code(code: str) -> Rule | None:
    """The rule with this code or name, in any letter case."""
    wanted = code.strip().casefold()
    return next((r for r in RULES if wanted in (r.code.casefold(), r.name)), None)
