"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.scalerFactory = scalerFactory;
const clients_1 = require("./clients");
const handler_1 = require("./handler");
/**
 * The factory of the Lambda's handler: `callbackFactory` of aws.lambda.CallbackFunction, which serialises it. Clients are made
 * once per warm instance. It captures nothing but functions and plain data.
 */
function scalerFactory() {
    let aws;
    return async (event) => (0, handler_1.handle)(event, (aws ??= (0, clients_1.awsClients)()), {
        prefix: process.env["SLUICE_PREFIX"] ?? "",
        stack: process.env["SLUICE_STACK"] ?? "",
    });
}
