"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.kpuKind = exports.shardKind = void 0;
exports.shardKind = {
    unit: "shards",
    description: "shards of the stream",
    // Accepted demand ends at 100 %, throttled demand counts once more.
    highestPercent: 200,
    // One UpdateShardCount at most doubles and at least halves.
    callPercent: { out: 100, in: 50 },
    thresholds: { targetPercent: 50, scaleInPercent: 30 },
};
exports.kpuKind = {
    unit: "KPUs",
    description: "KPUs of the application",
    // A backlog makes it larger than the rate alone.
    highestPercent: 1600,
    callPercent: { out: Infinity, in: Infinity },
    thresholds: { targetPercent: 60, scaleInPercent: 35 },
};
