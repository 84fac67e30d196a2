"""Outgoing webhooks: what happens here, told to other systems, signed and tried again."""
