"""What buyers call things otherwise than a catalogue does, by language.

A line has what is typed, ":", and what it means; "|" between several things. Forms that Snowball's
rules know need no line of their own. Both directions have to be said.
"""
