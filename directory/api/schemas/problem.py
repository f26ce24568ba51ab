"""The shape of every refusal (RFC 9457)."""

from __future__ import annotations

from typing import Annotated, NotRequired, TypedDict

from directory.api.schemas.about import About, day


class Fault(TypedDict):
    """A parameter that was refused, with its value and the reason."""

    parameter: Annotated[str, About("The parameter's name.")]
    value: Annotated[str, About("The value given, at most 80 characters of it.")]
    reason: Annotated[str, About("Why it was refused.")]


class Problem(TypedDict):
    """A refusal (RFC 9457)."""

    type: Annotated[str, About("about:blank: the status says what kind of refusal it is.")]
    title: Annotated[str, About("The name of the status.")]
    status: Annotated[int, About("The HTTP status.", least=400, most=599)]
    detail: Annotated[str, About("What is wrong and what to do, in a sentence.")]
    instance: Annotated[str, About("The path asked for, without parameters.")]
    parameters: NotRequired[
        Annotated[list[str], About("The names of all parameters that were refused.")]
    ]
    faults: NotRequired[
        Annotated[list[Fault], About("Each refused parameter with its value and the reason.")]
    ]
    closed_on: NotRequired[Annotated[str, day("The day a listing closed.")]]
