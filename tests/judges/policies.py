"""Judges policies by parliament and by policy_sentry's tables of AWS's service authorization reference.

stdin: [{"at", "policy"}], each policy a JSON text; stdout: [{"at", "text"}]
"""

import fnmatch
import functools
import json
import re
import sys

import parliament
from policy_sentry.querying.actions import get_action_data
from policy_sentry.shared.iam_data import get_service_prefix_data


def listed(value):
    return value if isinstance(value, list) else [value]


def by_parliament(text):
    document = json.loads(text)
    for statement in document["Statement"]:
        # A trust policy's resource is its role, and isn't named.
        if "Principal" in statement:
            statement.setdefault("Resource", "arn:aws:iam::123456789012:role/this")
    for finding in parliament.analyze_policy_string(json.dumps(document)).findings:
        yield f"parliament: {finding.issue} {finding.detail or finding.title}"


def by_policy_sentry(text):
    for statement in json.loads(text)["Statement"]:
        keys = [key for operator in statement.get("Condition", {}).values() for key in operator]
        for action in listed(statement["Action"]):
            yield from action_problems(action, listed(statement.get("Resource", [])), keys)


def action_problems(action, resources, keys):
    service, name = action.split(":")
    rows = matching(service, name)
    if not rows:
        yield f"policy_sentry: no action {action}"
        return
    for resource in resources:
        if resource != "*" and not any(overlaps(resource, pattern(row["resource_arn_format"])) for row in rows):
            yield f"policy_sentry: {action} has no resource type like {resource}"
    known = [pattern(key) for row in rows for key in row["condition_keys"]]
    for key in keys:
        if not key.startswith("aws:") and not any(fnmatch.fnmatchcase(key, one) for one in known):
            yield f"policy_sentry: {action} has no condition key {key}"


def matching(service, name):
    privileges = get_service_prefix_data(service).get("privileges", {})
    names = [one for one in privileges if fnmatch.fnmatchcase(one.lower(), name.lower())]
    return [row for one in names for row in get_action_data(service, one)[service]]


def pattern(form):
    """arn:${Partition}:kinesis:... as a pattern; actions without a resource type have "*" there, which names none."""
    return "" if form == "*" else re.sub(r"\$\{\w+\}", "*", form)


@functools.cache
def overlaps(one, other):
    """Whether two patterns with * have a text in common."""
    if not one or not other:
        return set(one + other) <= {"*"}
    if one[0] == "*":
        return overlaps(one[1:], other) or overlaps(one, other[1:])
    if other[0] == "*":
        return overlaps(other, one)
    return one[0] == other[0] and overlaps(one[1:], other[1:])


def main():
    found = set()
    for given in json.load(sys.stdin):
        for text in (*by_parliament(given["policy"]), *by_policy_sentry(given["policy"])):
            found.add((given["at"], text))
    json.dump([{"at": at, "text": text} for at, text in sorted(found)], sys.stdout)


main()
