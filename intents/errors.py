"""Every error that leaves this package, each a sentence that says what, which, and what to do."""


class IntentsError(Exception):
    """Base of all errors raised by `intents`."""


class PackError(IntentsError):
    """Raised when a pack cannot be used as written."""

    def __init__(
        self, file: str, line: int | None, problem: str, remedy: str, column: int | None = None
    ) -> None:
        """Carry the place and the mend; `line` is 1-based, None when the whole file is meant.

        `column` is 1-based, too, where it is known: where a text cannot be read at all.
        """
        self.file = file
        self.line = line
        self.column = column
        self.problem = problem
        self.remedy = remedy
        place = file if line is None else f"{file}, line {line}"
        place = place if column is None else f"{place}, column {column}"
        super().__init__(f"{place}: {problem} {remedy}")


class WeightsError(IntentsError):
    """Raised when weights are absent or do not match their recorded hash."""


class UnderstandingError(IntentsError):
    """Raised when a text could not be read in time, or at all."""
