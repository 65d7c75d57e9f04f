"""Which functions an answer may or must call, in today's spelling and in that of 2023."""

from __future__ import annotations

from collections.abc import Sequence

from sightline.api.calls import PLAIN, CallForm
from sightline.api.schema_rules import root_fault, schema_fault
from sightline.api.wire import ChatRequestIn, FunctionIn, NamedToolIn
from sightline.errors import InvalidRequest
from sightline.types import Calling, Tool

NO_PARAMETERS = {"type": "object", "properties": {}, "additionalProperties": False}
BOTH_FORMS = "Setting 'tools' and 'functions' at the same time is not supported."
CHOICE_WITHOUT_TOOLS = "Invalid value for '{choice}': '{choice}' is only allowed when '{tools}' are specified."


def to_calling(wire: ChatRequestIn) -> tuple[Calling | None, CallForm]:
    """Return what may be called, and how the reply spells it.

    Raises:
        InvalidRequest: For a schema that cannot be kept, or a choice that names no function.
    """
    if wire.tools is not None and wire.functions is not None:
        raise InvalidRequest(BOTH_FORMS, param="tools", code="invalid_parameter_combination")
    legacy = wire.functions is not None or (wire.tools is None and wire.function_call is not None)
    choice = wire.function_call if legacy else wire.tool_choice
    names = ("function_call", "functions") if legacy else ("tool_choice", "tools")
    tools = _tools(wire)
    if not tools:
        if choice not in (None, "none", "auto"):
            raise InvalidRequest(CHOICE_WITHOUT_TOOLS.format(choice=names[0], tools=names[1]), param=names[0])
        return None, PLAIN
    if choice == "none":
        return None, PLAIN
    parallel = not legacy and wire.parallel_tool_calls is not False
    if choice is None or isinstance(choice, str):
        must = choice == "required"
        return Calling(tools, must, parallel), CallForm(legacy, must_call=must)
    wanted = choice.function if isinstance(choice, NamedToolIn) else choice
    named = named_tool(wanted.name, tools, *names)
    return Calling((named,), must=True, parallel=False), CallForm(legacy, is_named=True, must_call=True)


def _tools(wire: ChatRequestIn) -> tuple[Tool, ...]:
    if wire.functions is not None:
        return tuple(to_tool(each, f"functions[{at}]") for at, each in enumerate(wire.functions))
    return tuple(to_tool(each.function, f"tools[{at}].function") for at, each in enumerate(wire.tools or ()))


def to_tool(wire: FunctionIn, path: str) -> Tool:
    """Return the function at `path` of a request.

    Raises:
        InvalidRequest: If its schema cannot be kept.
    """
    if not wire.parameters:
        return Tool(wire.name, wire.description or "", NO_PARAMETERS)
    fault = root_fault(wire.parameters) or schema_fault(wire.parameters, strict=bool(wire.strict))
    if fault is not None:
        message = f"Invalid schema for function '{wire.name}': {fault}"
        raise InvalidRequest(message, param=f"{path}.parameters", code="invalid_function_parameters")
    return Tool(wire.name, wire.description or "", wire.parameters)


def named_tool(name: str, tools: Sequence[Tool], param: str, among: str) -> Tool:
    """Return the one of `tools` that a choice names.

    Raises:
        InvalidRequest: If none has the name.
    """
    for tool in tools:
        if tool.name == name:
            return tool
    raise InvalidRequest(f"Tool choice '{name}' not found in '{among}' parameter.", param=param, code="invalid_value")
