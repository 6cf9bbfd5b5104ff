"""A pipeline from an inline program of Python's Automation API: up, a preview without changes, destroy. Prints the outputs as JSON."""

import json
import os
import sys

import pulumi
from pulumi import automation


class Pipeline(pulumi.ComponentResource):
    """The component as a program names it that has no SDK generated for it. What it is to read of the component stands there as None."""

    def __init__(self, name, application):
        outputs = {"streamName": None, "applicationName": None}
        super().__init__("sluice:index:Pipeline", name, {"application": application, **outputs}, remote=True)


def program():
    jar = os.path.join(os.getcwd(), "orders.jar")
    orders = Pipeline("orders", {"codeJar": jar, "recordsPerKpuPerMinute": 30_000})
    pulumi.export("streamName", orders.streamName)
    pulumi.export("applicationName", orders.applicationName)


stack = automation.create_or_select_stack(
    "test", "shop", program, opts=automation.LocalWorkspaceOptions(work_dir=os.getcwd())
)
stack.set_config("aws:region", automation.ConfigValue("us-east-1"))
if sys.argv[1] == "up":
    outputs = stack.up().outputs
    stack.preview(expect_no_changes=True)
    print(json.dumps({name: output.value for name, output in outputs.items()}))
else:
    stack.destroy()
