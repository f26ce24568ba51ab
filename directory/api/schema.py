"""JSON Schema (draft 2020-12) of the answers' typed shapes, and of the table of parameters.

Pure: from `schemas/` and `search/parameters` to plain mappings. Called by `openapi.py`.
"""

from __future__ import annotations

import types
from inspect import cleandoc
from typing import (
    TYPE_CHECKING,
    Annotated,
    Any,
    NotRequired,
    get_args,
    get_origin,
    get_type_hints,
    is_typeddict,
)

from directory.search.parameters import Value, choices_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from directory.api.schemas import About
    from directory.search.parameters import Parameter
    from directory.vocabulary.queries import Vocabulary

Schema = dict[str, Any]

REFERENCE = "#/components/schemas/"
NAMES = {str: "string", int: "integer", float: "number", bool: "boolean"}


def schema_of(hint: Any, components: dict[str, Schema]) -> Schema:  # noqa: ANN401 - a type as a value has no type
    """Give the schema of a type; typed dictionaries are put into `components` by name.

    Raises `TypeError` for a type the answers have no use for.
    """
    if get_origin(hint) is Annotated:
        inner, about = get_args(hint)[:2]
        return _described(schema_of(inner, components), about)
    if is_typeddict(hint):
        return _reference(hint, components)
    if get_origin(hint) is types.UnionType:
        (inner,) = (part for part in get_args(hint) if part is not types.NoneType)
        return _or_null(schema_of(inner, components))
    if get_origin(hint) in {list, dict}:
        return _of_many(hint, components)
    if hint is Any:
        return {}
    if hint not in NAMES:
        raise TypeError(f"no schema for {hint}")
    return {"type": NAMES[hint]}


def schema_of_parameter(parameter: Parameter, vocabulary: Vocabulary) -> Schema:
    """Give the schema of one value of a parameter; its list when it may be repeated."""
    schema = _schema_of_value(parameter, vocabulary)
    if parameter.default is not None:
        schema["default"] = (
            int(parameter.default) if parameter.value is Value.WHOLE else parameter.default
        )
    return {"type": "array", "items": schema} if parameter.repeatable else schema


def _schema_of_value(parameter: Parameter, vocabulary: Vocabulary) -> Schema:
    if parameter.value is Value.TEXT:
        return {"type": "string", "maxLength": parameter.most}
    if parameter.value is Value.SWITCH:
        return {"type": "string", "enum": ["0", "1"]}
    if parameter.value is Value.CHOICE:
        return {"type": "string", "enum": list(choices_of(parameter, vocabulary))}
    kind = "integer" if parameter.value is Value.WHOLE else "number"
    return {"type": kind, "minimum": parameter.least, "maximum": parameter.most}


def _of_many(hint: Any, components: dict[str, Schema]) -> Schema:  # noqa: ANN401 - as above
    inner = schema_of(get_args(hint)[-1], components)
    if get_origin(hint) is list:
        return {"type": "array", "items": inner}
    return {"type": "object", "additionalProperties": inner}


def _reference(shape: Any, components: dict[str, Schema]) -> Schema:  # noqa: ANN401 - as above
    name = shape.__name__
    if name not in components:
        components[name] = {}
        components[name].update(_object(shape, components))
    return {"$ref": f"{REFERENCE}{name}"}


def _object(shape: Any, components: dict[str, Schema]) -> Schema:  # noqa: ANN401 - as above
    properties: dict[str, Schema] = {}
    required: list[str] = []
    for name, hint in get_type_hints(shape, include_extras=True).items():
        may_be_missing = get_origin(hint) is NotRequired
        properties[name] = schema_of(get_args(hint)[0] if may_be_missing else hint, components)
        if not may_be_missing:
            required.append(name)
    return {
        "type": "object",
        "description": cleandoc(shape.__doc__ or ""),
        "properties": properties,
        "required": required,
    }


def _or_null(schema: Schema) -> Schema:
    if set(schema) == {"type"}:
        return {"type": [schema["type"], "null"]}
    return {"anyOf": [schema, {"type": "null"}]}


def _described(schema: Schema, about: About) -> Schema:
    values = None if about.values is None else _with_null(schema, about.values)
    known: Mapping[str, Any] = {
        "description": about.meaning,
        "enum": values,
        "format": about.form,
        "pattern": about.pattern,
        "minimum": about.least,
        "maximum": about.most,
        "maxItems": about.most_items,
    }
    return {**schema, **{key: value for key, value in known.items() if value is not None}}


def _with_null(schema: Schema, values: tuple[str, ...]) -> list[str | None]:
    """Give the only values of a field, null among them where it may be null."""
    return [*values, None] if isinstance(schema["type"], list) else list(values)
