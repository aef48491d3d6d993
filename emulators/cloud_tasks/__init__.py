"""A Cloud Tasks v2 emulator that speaks to the official client.

Facts come from the public reference and quota pages of Cloud Tasks. The texts of errors and the
dispatch headers are those that the real service was recorded to answer.
"""
