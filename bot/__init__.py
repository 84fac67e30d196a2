"""Everything that meets HTTP, conversations, replies, pages and the command line."""

__version__ = "0.1.0"
