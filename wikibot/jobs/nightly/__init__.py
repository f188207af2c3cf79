"""nightly: the configured jobs, one after the other, unattended.

`planning` says which parts a night has, `running` goes through them, each apart from the failures
of the others, `room` holds what they share, and a module each does them.
"""
