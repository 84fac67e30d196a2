"""Every error that leaves this package, each a sentence that says what, which, and what to do."""


class BotError(Exception):
    """Base of all errors raised by `bot`."""


class EventReused(BotError):
    """Raised when an event id comes again with another body."""


class TooManyWaiting(BotError):
    """Raised when a conversation has more unanswered messages than it may hold."""


class TurnPending(BotError):
    """Raised when a message is safely stored but its Turn is not ready in time; ask again."""


class ConversationGone(BotError):
    """Raised when a conversation does not exist, or is not yours to see."""


class ConversationChanged(BotError):
    """Raised when a conversation changed hands between reading it and writing to it."""


class DraftConflict(BotError):
    """Raised when a draft was changed by somebody else since it was opened."""


class NewerData(BotError):
    """Raised when the data was written by a newer Attune than this one."""


class SetupError(BotError):
    """Raised when something this machine lacks keeps Attune from starting; says what to install."""
