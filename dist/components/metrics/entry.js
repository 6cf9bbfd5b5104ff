"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.flinkVersion = flinkVersion;
exports.emittedBy = emittedBy;
exports.generations = generations;
exports.reportedAt = reportedAt;
exports.statOf = statOf;
/** 1.20 is 120, 2.2 is 202: so that versions compare as numbers. */
function versionNumber(version) {
    const [major, minor] = version.split(".").map(Number);
    return (major ?? 0) * 100 + (minor ?? 0);
}
/**
 * Version of a Managed Flink runtime environment: "FLINK-1_20" gives "1.20".
 * @throws {RangeError} If the runtime is not FLINK-<major>_<minor>.
 */
function flinkVersion(runtime) {
    const match = /^FLINK-(\d+)_(\d+)$/.exec(runtime);
    if (!match)
        throw new RangeError(`runtime "${runtime}" is not a Flink runtime; give FLINK-<major>_<minor>, such as FLINK-1_20.`);
    return `${match[1]}.${match[2]}`;
}
/** Whether an application on this runtime emits the metric at all. */
function emittedBy(entry, runtime) {
    const version = versionNumber(flinkVersion(runtime));
    const { from, before } = entry.flink ?? {};
    return (from === undefined || version >= versionNumber(from)) && (before === undefined || version < versionNumber(before));
}
/** The generations of Flink that emit the metric: of 1.x, 2.x or both. */
function generations(entry) {
    const { from, before } = entry.flink ?? {};
    const first = from === undefined || versionNumber(from) < 200 ? ["1.x"] : [];
    const second = before === undefined || versionNumber(before) > 200 ? ["2.x"] : [];
    return [...first, ...second];
}
const flinkLevels = ["Application", "Task", "Operator", "Parallelism"];
/** Whether a metrics level (APPLICATION | TASK | OPERATOR | PARALLELISM) reports the metric by `level`; a lower one includes the upper. */
function reportedAt(entry, metricsLevel, level) {
    const reach = flinkLevels.findIndex((known) => known.toUpperCase() === metricsLevel);
    return entry.levels.includes(level) && flinkLevels.indexOf(level) <= reach;
}
/** The metric of this pipeline, ready for an alarm or a dashboard; `stat` replaces the catalogue's. */
function statOf(entry, names, stat = entry.stat) {
    return {
        namespace: entry.namespace,
        metricName: entry.name,
        dimensions: entry.dimensions(names),
        stat,
        period: entry.period,
    };
}
