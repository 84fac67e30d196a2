"""Every error that leaves this package, each a sentence that says what, which, and what to do."""


class EscalationError(Exception):
    """Base of all errors raised by `escalation`."""


class StoreUnavailable(EscalationError):
    """Raised when Redis is away, loading, failing over or out of memory; nothing was written."""


class PolicyError(EscalationError):
    """Raised when a policy cannot be used as written; `path` names the field, dotted."""

    def __init__(self, path: str, problem: str) -> None:
        """Carry the dotted path so that a caller can name the line."""
        self.path = path
        self.problem = problem
        super().__init__(f"policy {path}: {problem}")


class TicketGone(EscalationError):
    """Raised when a ticket does not exist or is no longer open."""


class TicketTaken(EscalationError):
    """Raised when another agent holds the ticket; `agent` says who."""

    def __init__(self, ticket_id: str, agent: str) -> None:
        """Carry who holds it."""
        self.ticket_id = ticket_id
        self.agent = agent
        super().__init__(f"Ticket {ticket_id} is already taken by {agent}; open it to read along.")


class StaleToken(EscalationError):
    """Raised when an action carries a fencing token that a newer claim has overtaken."""


class AgentFull(EscalationError):
    """Raised when an agent who takes the next one holds as many as they take at once."""

    def __init__(self, load: int) -> None:
        """Say how many they hold."""
        self.load = load
        super().__init__(
            f"You hold {load} conversations, as many as you take at once. "
            "Close one first, or take one from the list by hand."
        )


class OfferGone(EscalationError):
    """Raised when an offer ran out, was declined, or was for somebody else."""
