"""`python -m generator` is the command `playbook`."""

from generator.cli import run

run()
