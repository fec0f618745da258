"""The command `playbook`: the only room that prints, exits, and reads the clock, the environment
and the working folder."""

from generator.cli.main import main, run

__all__ = ["main", "run"]
