"""The playbook generator: typed sources in, a validated, bilingual, static site out."""

__version__ = "0.1.0"
