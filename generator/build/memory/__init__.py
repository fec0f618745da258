"""What one build leaves for the next: on disk, or in the process.

Takes what a build found out and made, gives it back where it still holds, or nothing. Must not know
who builds and why, and nothing of how pages are made: whatever is in here may be missing, and a
build without it comes out the same.
"""
