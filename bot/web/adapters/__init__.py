"""Channels of other kinds: one small file for each way somebody else signs and says things."""
