"""Judges calls of AWS by botocore's service models: what is required, known, typed, bounded, matched and enumerated.

stdin: [{"service", "operation", "input"}]; stdout: [{"at", "text"}]
"""

import json
import sys

import botocore.session
import regex

KINDS = {
    "string": str,
    "blob": str,
    "timestamp": (str, int, float),
    "integer": int,
    "long": int,
    "float": (int, float),
    "double": (int, float),
    "boolean": bool,
    "structure": dict,
    "map": dict,
    "list": list,
}


def problems(shape, value, at):
    kind = KINDS[shape.type_name]
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        yield at, f"{type(value).__name__} where {shape.type_name} is expected"
        return
    yield from bounds(shape, value, at)
    if shape.type_name == "structure":
        yield from members(shape, value, at)
    elif shape.type_name == "list":
        for inner in value:
            yield from problems(shape.member, inner, f"{at}[]")
    elif shape.type_name == "map":
        for key, inner in value.items():
            yield from problems(shape.key, key, f"{at} key")
            yield from problems(shape.value, inner, f"{at}.{key}")


def members(shape, value, at):
    for name in shape.required_members:
        if value.get(name) is None:
            yield at, f"{name} is required"
    for name, inner in value.items():
        if name in shape.members:
            yield from problems(shape.members[name], inner, f"{at} {name}" if " " not in at else f"{at}.{name}")
        else:
            yield at, f"no member {name}"
    if shape.is_tagged_union and len(value) != 1:
        yield at, "exactly one member of a union is expected"


def bounds(shape, value, at):
    limits = shape.metadata
    size = value if isinstance(value, (int, float)) else len(value)
    if "min" in limits and size < float(limits["min"]):
        yield at, f"{size} is less than {limits['min']}"
    if "max" in limits and size > float(limits["max"]):
        yield at, f"{size} is more than {limits['max']}"
    if not isinstance(value, str):
        return
    if "pattern" in limits:
        yield from unmatched(limits["pattern"], value, at)
    if getattr(shape, "enum", None) and value not in shape.enum:
        yield at, f"{value!r} is none of {shape.enum}"


def unmatched(pattern, value, at):
    # The models' patterns are Java's, which writes what lies beyond the first plane in surrogates.
    if not regex.fullmatch(pattern.replace(r"\uD800\uDC00-\uDBFF\uDFFF", r"\U00010000-\U0010FFFF"), value):
        yield at, f"{value!r} doesn't match {pattern}"


def main():
    session = botocore.session.get_session()
    models = {}
    found = []
    for call in json.load(sys.stdin):
        service = {"kinesisanalytics": "kinesisanalyticsv2"}.get(call["service"], call["service"])
        model = models.setdefault(service, session.get_service_model(service))
        at = f"{call['service']}:{call['operation']}"
        if call["operation"] not in model.operation_names:
            found.append((at, "no such operation"))
            continue
        found.extend(problems(model.operation_model(call["operation"]).input_shape, call["input"], at))
    json.dump([{"at": at, "text": text} for at, text in sorted(set(found))], sys.stdout)


main()
