/** Widgets and rows of a dashboard body. Source: "Dashboard Body Structure and Syntax". */
import type * as pulumi from "@pulumi/pulumi";
import type { MetricStat } from "../metrics/metricQuery";
/** A widget without its place; layout.ts gives it one. */
export interface Widget {
    type: string;
    width: number;
    height: number;
    properties: Record<string, unknown>;
}
export interface PlacedWidget extends Widget {
    x: number;
    y: number;
}
export interface RowOptions {
    id?: string;
    label?: string;
    visible?: boolean;
    yAxis?: "left" | "right";
    color?: string;
}
/** One entry of `metrics`: namespace, name, dimension, value, ..., options; or the options of an expression alone. */
export type MetricRow = readonly (pulumi.Input<string> | Record<string, unknown>)[];
export interface HorizontalAnnotation {
    value: number;
    label: string;
    color: string;
    fill?: "above" | "below";
    yAxis?: "right";
}
interface Axis {
    label?: string;
    min?: number;
    max?: number;
}
/** Every metric here has one datapoint a minute; the alarms' expressions hold for that period. */
export declare const minute = 60;
export declare const colors: {
    readonly bad: "#d13212";
    readonly good: "#1d8102";
    readonly info: "#0073bb";
    readonly muted: "#687078";
    readonly warn: "#ff9900";
};
export declare function metricRow(metric: MetricStat, options?: RowOptions): MetricRow;
export declare function expressionRow(id: string, expression: string, label: string, options?: RowOptions): MetricRow;
export interface GraphArgs {
    title: string;
    width: number;
    height?: number;
    region: string;
    metrics: readonly MetricRow[];
    left?: Axis;
    right?: Axis;
    thresholds?: readonly HorizontalAnnotation[];
}
/** A figure without its unit says nothing: each axis of a graph has a label. */
type GraphAxis = Axis & {
    label: string;
};
export declare function graph(args: GraphArgs & {
    left: GraphAxis;
    right?: GraphAxis;
}): Widget;
/** The latest value of each row; with a curve of the time before it. */
export declare function singleValue(args: GraphArgs): Widget;
/** CloudWatch requires both ends of a gauge's scale. */
export declare function gauge(args: GraphArgs & {
    left: {
        min: number;
        max: number;
    };
}): Widget;
export declare function text(markdown: string, height?: number, width?: number): Widget;
export declare function alarmStates(title: string, alarms: readonly string[], height: number): Widget;
export declare function logTable(title: string, region: string, query: string, height: number): Widget;
export {};
