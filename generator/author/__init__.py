"""What helps an author: files to start from, files put in order, entries that move.

Takes sources and what is asked for, gives texts and what stands in the way. It works on the texts
of files, so that nothing of them is lost, and reads every result again before it is handed on.
Prints nothing, asks nothing, and knows neither the clock nor the working folder.
"""
