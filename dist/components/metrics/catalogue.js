"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.catalogue = exports.streamScalerMetrics = exports.streamMetrics = exports.sourceMetrics = exports.resourceMetrics = exports.progressMetrics = exports.producerMetrics = exports.healthMetrics = exports.functionMetrics = exports.consumerMetrics = exports.applicationScalerMetrics = exports.statOf = exports.reportedAt = exports.generations = exports.flinkVersion = exports.emittedBy = void 0;
/**
 * The catalogue: every metric that the dashboard, the alarms and the policies read, once. Signals (metric math over these)
 * are in signals.ts.
 */
const application_1 = require("./application");
Object.defineProperty(exports, "healthMetrics", { enumerable: true, get: function () { return application_1.healthMetrics; } });
Object.defineProperty(exports, "progressMetrics", { enumerable: true, get: function () { return application_1.progressMetrics; } });
Object.defineProperty(exports, "resourceMetrics", { enumerable: true, get: function () { return application_1.resourceMetrics; } });
Object.defineProperty(exports, "sourceMetrics", { enumerable: true, get: function () { return application_1.sourceMetrics; } });
const producer_1 = require("./producer");
Object.defineProperty(exports, "producerMetrics", { enumerable: true, get: function () { return producer_1.producerMetrics; } });
const scaler_1 = require("./scaler");
Object.defineProperty(exports, "applicationScalerMetrics", { enumerable: true, get: function () { return scaler_1.applicationScalerMetrics; } });
Object.defineProperty(exports, "functionMetrics", { enumerable: true, get: function () { return scaler_1.functionMetrics; } });
Object.defineProperty(exports, "streamScalerMetrics", { enumerable: true, get: function () { return scaler_1.streamScalerMetrics; } });
const stream_1 = require("./stream");
Object.defineProperty(exports, "consumerMetrics", { enumerable: true, get: function () { return stream_1.consumerMetrics; } });
Object.defineProperty(exports, "streamMetrics", { enumerable: true, get: function () { return stream_1.streamMetrics; } });
var entry_1 = require("./entry");
Object.defineProperty(exports, "emittedBy", { enumerable: true, get: function () { return entry_1.emittedBy; } });
Object.defineProperty(exports, "flinkVersion", { enumerable: true, get: function () { return entry_1.flinkVersion; } });
Object.defineProperty(exports, "generations", { enumerable: true, get: function () { return entry_1.generations; } });
Object.defineProperty(exports, "reportedAt", { enumerable: true, get: function () { return entry_1.reportedAt; } });
Object.defineProperty(exports, "statOf", { enumerable: true, get: function () { return entry_1.statOf; } });
/** All entries, in the order of the dashboard's sections. */
exports.catalogue = [
    application_1.healthMetrics,
    application_1.resourceMetrics,
    application_1.progressMetrics,
    application_1.sourceMetrics,
    stream_1.streamMetrics,
    stream_1.consumerMetrics,
    producer_1.producerMetrics,
    scaler_1.streamScalerMetrics,
    scaler_1.applicationScalerMetrics,
    scaler_1.functionMetrics,
].flatMap((group) => Object.values(group));
