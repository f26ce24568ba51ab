"""What is wrong with the parameters of a search: every fault at once, each with its reason."""

from __future__ import annotations

from dataclasses import dataclass

from directory.core.errors import DirectoryError


@dataclass(frozen=True, slots=True)
class ParameterFault:
    """A parameter that cannot be used: the value as given, and the end of "<name> …"."""

    parameter: str
    value: str
    reason: str


class ParametersError(DirectoryError):
    """Parameters that cannot be used; `faults` are in the order of the table."""

    def __init__(self, faults: tuple[ParameterFault, ...]) -> None:
        super().__init__(" ".join(f"{fault.parameter} {fault.reason}." for fault in faults))
        self.faults = faults
