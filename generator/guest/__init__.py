"""The playbook as a guest in a site that somebody else's generator makes.

An edge like `cli`: it is where a host's settings, clock and log meet the pipeline.
"""
