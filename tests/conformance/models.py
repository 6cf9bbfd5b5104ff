"""Prints the inputs of AWS's services as botocore's models have them.

usage: models.py SERVICE... > models.json

{service: {operation: {member: members or null}}}: lists are their elements' members, what has no members is null.
"""

import json
import sys

import botocore.session


def members(shape, seen=()):
    if shape is None:
        return {}
    if shape.type_name == "list":
        return members(shape.member, seen)
    if shape.type_name != "structure" or shape.name in seen:
        return None
    return {name: members(member, (*seen, shape.name)) for name, member in shape.members.items()}


def main():
    session = botocore.session.get_session()
    models = {name: session.get_service_model(name) for name in sys.argv[1:]}
    json.dump(
        {
            name: {operation: members(model.operation_model(operation).input_shape) for operation in model.operation_names}
            for name, model in models.items()
        },
        sys.stdout,
    )


main()
