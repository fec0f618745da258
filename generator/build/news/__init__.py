"""What is new since a former playbook, and what a site says of itself so that it can be compared.

Takes the library and whatever somebody means by a former playbook: a version, a file, a folder, a
commit. Gives snapshots of both, what changed between them, and the files that tell of it. Must not
know pages or the output folder: `changes` puts news into words, and pages show them.
"""
