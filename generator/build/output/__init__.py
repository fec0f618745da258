"""The output, filled page by page and part by part.

Takes pages, what they are made of, the parts that are made in one piece of the whole playbook, and
what is known of the former site. Gives the files and why each was made: what is the same is taken
over, everything else is made anew. Must not know how the playbook came about, nor the command that
asks for it: it is handed a library that was checked, judged and linked.
"""
