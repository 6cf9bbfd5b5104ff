import { partitionOf } from "../partition";

/** Addresses of AWS console pages. AWS documents none of their forms: one that changes still opens the service's start page. */

function consoleHost(region: string): string {
  const { name, consoleHost: host } = partitionOf(region);
  return name === "aws-us-gov" ? host : `${region}.${host}`;
}

function page(region: string, service: string, route: string): string {
  return `https://${consoleHost(region)}/${service}/home?region=${region}#${route}`;
}

export function dashboardUrl(region: string, name: string): string {
  return page(region, "cloudwatch", `dashboards/dashboard/${encodeURIComponent(name)}`);
}

/** The logs console encodes twice and writes % as $. */
export function logGroupUrl(region: string, name: string): string {
  const encoded = encodeURIComponent(encodeURIComponent(name)).replaceAll("%", "$");
  return page(region, "cloudwatch", `logsV2:log-groups/log-group/${encoded}`);
}

export function alarmsUrl(region: string): string {
  return page(region, "cloudwatch", "alarmsV2:");
}

export function streamUrl(region: string, name: string): string {
  return page(region, "kinesis", `/streams/details/${encodeURIComponent(name)}/monitoring`);
}

/** The application's page; its button opens the Flink dashboard, whose own address is signed and short-lived. */
export function applicationUrl(region: string, name: string): string {
  return page(region, "flink", `/applications/${encodeURIComponent(name)}`);
}
