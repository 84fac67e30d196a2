"""Every error that leaves this package, each a sentence that says what, which, and what to do."""


class IntentsError(Exception):
    """Base of all errors raised by `intents`."""


class PackError(IntentsError):
    """Raised when a pack cannot be used as written."""

    def __init__(self, file: str, line: int | None, problem: str, remedy: str) -> None:
        """Carry the place and the mend; `line` is 1-based, None when the whole file is meant."""
        self.file = file
        self.line = line
        self.problem = problem
        self.remedy = remedy
        place = file if line is None else f"{file}, line {line}"
        super().__init__(f"{place}: {problem} {remedy}")


class WeightsError(IntentsError):
    """Raised when weights are absent or do not match their recorded hash."""


class UnderstandingError(IntentsError):
    """Raised when a text could not be read in time, or at all."""
