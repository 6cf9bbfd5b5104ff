"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.dimensionFields = void 0;
const fields_1 = require("../fields");
/** Arguments that both dimensions' scaling has. */
exports.dimensionFields = {
    endpoint: (0, fields_1.required)((0, fields_1.anything)("the url of a Scaler")),
    names: (0, fields_1.required)((0, fields_1.anything)("the pipeline's names")),
    scaling: (0, fields_1.anything)(),
    suspended: (0, fields_1.anything)(),
};
