"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.PipelineDashboard = exports.extraWidgetProblems = exports.dashboardUrl = exports.sortedJson = exports.dashboardBody = void 0;
const aws = require("@pulumi/aws");
const pulumi = require("@pulumi/pulumi");
const body_1 = require("./body");
const place_1 = require("../place");
const console_1 = require("./console");
var body_2 = require("./body");
Object.defineProperty(exports, "dashboardBody", { enumerable: true, get: function () { return body_2.dashboardBody; } });
Object.defineProperty(exports, "sortedJson", { enumerable: true, get: function () { return body_2.sortedJson; } });
var console_2 = require("./console");
Object.defineProperty(exports, "dashboardUrl", { enumerable: true, get: function () { return console_2.dashboardUrl; } });
var extraWidgets_1 = require("./extraWidgets");
Object.defineProperty(exports, "extraWidgetProblems", { enumerable: true, get: function () { return extraWidgets_1.extraWidgetProblems; } });
/**
 * A CloudWatch dashboard of the whole pipeline: summary, application health, resource utilisation, Flink application progress,
 * Kinesis source and sink, scaling. It shows what the runtime and the metrics level report, and the signals as the alarms
 * evaluate them.
 */
class PipelineDashboard extends pulumi.ComponentResource {
    /** Name of the dashboard in CloudWatch. */
    dashboardName;
    /** ARN of the dashboard. */
    dashboardArn;
    /** Address of the dashboard in the CloudWatch console. */
    url;
    constructor(name, args, opts) {
        super("sluice:index:PipelineDashboard", name, args, opts);
        const { region } = (0, place_1.placeOf)(this);
        const model = pulumi.output({ ...args, region });
        const dashboard = new aws.cloudwatch.Dashboard(`${name}-dashboard`, {
            dashboardName: args.dashboardName,
            dashboardBody: model.apply((known) => (0, body_1.sortedJson)((0, body_1.dashboardBody)(known))),
        }, { parent: this });
        this.dashboardName = dashboard.dashboardName;
        this.dashboardArn = dashboard.dashboardArn;
        this.url = pulumi
            .all([region, dashboard.dashboardName])
            .apply(([where, dashboardName]) => (0, console_1.dashboardUrl)(where, dashboardName));
        this.registerOutputs({ dashboardName: this.dashboardName, dashboardArn: this.dashboardArn, url: this.url });
    }
}
exports.PipelineDashboard = PipelineDashboard;
