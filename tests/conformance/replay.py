"""Replays AWS calls with boto3 against an endpoint.

usage: replay.py ENDPOINT REGION [PROTOCOL] < calls.json > results.json

PROTOCOL, e.g. smithy-rpc-v2-cbor, is what all clients must speak; without it botocore chooses.

calls.json is a list of {"client", "operation", "input"}; dates are {"$date": epoch seconds}, blobs {"$blob": base64}.
Each result is {"output"} or {"error", "message"}; a call that botocore's service model refuses has the error ParamValidation.
"""

import base64
import datetime
import json
import sys

import boto3
import botocore.config
import botocore.exceptions
import botocore.model


def decode(value):
    if isinstance(value, list):
        return [decode(item) for item in value]
    if not isinstance(value, dict):
        return value
    if set(value) == {"$date"}:
        return datetime.datetime.fromtimestamp(value["$date"], datetime.timezone.utc)
    if set(value) == {"$blob"}:
        return base64.b64decode(value["$blob"])
    return {key: decode(item) for key, item in value.items()}


def encode(value):
    if isinstance(value, datetime.datetime):
        return {"$date": value.timestamp()}
    if isinstance(value, (bytes, bytearray)):
        return {"$blob": base64.b64encode(value).decode()}
    if hasattr(value, "read"):
        return {"$blob": base64.b64encode(value.read()).decode()}
    raise TypeError(f"can't encode {type(value)}")


def run(client, operation, parameters):
    try:
        output = client._make_api_call(operation, parameters)
        output.pop("ResponseMetadata", None)
        return {"output": output}
    except botocore.exceptions.ParamValidationError as error:
        return {"error": "ParamValidation", "message": str(error)}
    except botocore.exceptions.ClientError as error:
        return {
            "error": error.response["Error"].get("Code", ""),
            "message": error.response["Error"].get("Message", ""),
            "status": error.response["ResponseMetadata"]["HTTPStatusCode"],
            "exception": type(error).__name__,
        }


def main():
    endpoint, region = sys.argv[1:3]
    botocore.model.PRIORITY_ORDERED_SUPPORTED_PROTOCOLS = (
        *sys.argv[3:],
        *botocore.model.PRIORITY_ORDERED_SUPPORTED_PROTOCOLS,
    )
    clients = {}
    config = botocore.config.Config(retries={"total_max_attempts": 1}, connect_timeout=5, read_timeout=60)
    results = []
    for call in json.load(sys.stdin):
        name = call["client"]
        if name not in clients:
            clients[name] = boto3.client(name, region_name=region, endpoint_url=endpoint, config=config)
            model = clients[name].meta.service_model
            for protocol in sys.argv[3:]:
                assert model.resolved_protocol == protocol, f"{name} speaks {model.metadata.get('protocols')}"
        results.append(run(clients[name], call["operation"], decode(call["input"])))
    json.dump(results, sys.stdout, default=encode)


main()
