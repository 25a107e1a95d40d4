"""Every error that the pipeline raises on purpose.

    PipelineError
    ├── ConfigError     a source file, a setting or an argument is wrong; trying again cannot help
    ├── FetchError      the wire did not answer; trying again may help
    ├── StorageError    the lake or the warehouse could not be read or written
    ├── BatchRejected   every item of a batch was refused: the source or its settings are broken
    └── Rejected        one item is unusable; it becomes a row of `rejects`, the batch goes on

A message says what was seen, what is allowed and what to do. Anything else that escapes is a bug.
"""


class PipelineError(Exception):
    """Base of all; the command line prints its message as one line and exits with 1."""


class ConfigError(PipelineError):
    """A source file, a setting or an argument is wrong."""


class FetchError(PipelineError):
    """The wire did not answer."""


class StorageError(PipelineError):
    """The lake or the warehouse could not be read or written."""


class BatchRejected(PipelineError):
    """Every item of a batch was refused."""


class Rejected(PipelineError):
    """One item cannot be used. `reason` is a short code for counting, the message says what was seen."""

    def __init__(self, reason: str, message: str) -> None:
        """`reason` is lower-case words joined by hyphens, as in `not-xml`."""
        super().__init__(message)
        self.reason = reason
