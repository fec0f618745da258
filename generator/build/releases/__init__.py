"""Versions of a playbook in one tree, and the places where readers find a tree or a site.

Takes a site asked for, a name for it, and a place: a folder, a branch, another computer. Gives what
changed there, or why nothing did; a place holds all of a change or nothing of it. Must not know how
a site is made: it asks for one, and reads what that says of itself.
"""
