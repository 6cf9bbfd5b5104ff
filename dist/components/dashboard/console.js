"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.dashboardUrl = dashboardUrl;
exports.logGroupUrl = logGroupUrl;
exports.alarmsUrl = alarmsUrl;
exports.streamUrl = streamUrl;
exports.applicationUrl = applicationUrl;
const partition_1 = require("../partition");
/** Addresses of AWS console pages. AWS documents none of their forms: one that changes still opens the service's start page. */
function consoleHost(region) {
    const { name, consoleHost: host } = (0, partition_1.partitionOf)(region);
    return name === "aws-us-gov" ? host : `${region}.${host}`;
}
function page(region, service, route) {
    return `https://${consoleHost(region)}/${service}/home?region=${region}#${route}`;
}
function dashboardUrl(region, name) {
    return page(region, "cloudwatch", `dashboards/dashboard/${encodeURIComponent(name)}`);
}
/** The logs console encodes twice and writes % as $. */
function logGroupUrl(region, name) {
    const encoded = encodeURIComponent(encodeURIComponent(name)).replaceAll("%", "$");
    return page(region, "cloudwatch", `logsV2:log-groups/log-group/${encoded}`);
}
function alarmsUrl(region) {
    return page(region, "cloudwatch", "alarmsV2:");
}
function streamUrl(region, name) {
    return page(region, "kinesis", `/streams/details/${encodeURIComponent(name)}/monitoring`);
}
/** The application's page; its button opens the Flink dashboard, whose own address is signed and short-lived. */
function applicationUrl(region, name) {
    return page(region, "flink", `/applications/${encodeURIComponent(name)}`);
}
