"""`python -m generator` is the command `playbook`."""

from generator.cli import main

main(prog_name="playbook")
