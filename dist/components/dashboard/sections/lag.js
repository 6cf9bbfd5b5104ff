"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.lagSecondsRow = lagSecondsRow;
const widgets_1 = require("../widgets");
/** millisBehindLatest is -1 until it is known: drawn as 0. `of` is the id of the row in milliseconds. */
function lagSecondsRow(id, of, label, options = {}) {
    return (0, widgets_1.expressionRow)(id, `IF(${of} > 0, ${of}, 0) / 1000`, label, options);
}
