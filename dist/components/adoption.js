"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.adoptOrCreate = adoptOrCreate;
const fields_1 = require("./fields");
/** A stream or an application is created or adopted, never both. @param problems what is wrong with each argument by itself. */
function adoptOrCreate(args, problems, at) {
    if (!args.name || !args.existing || !(0, fields_1.areRight)(problems, at, ["name", "existing"]))
        return [];
    const existing = typeof args.existing === "string" ? ` ("${args.existing}")` : "";
    const text = `\`${at}name\` creates, \`${at}existing\`${existing} adopts; allowed is one of them. Remove the other`;
    return [{ path: `${at}name`, value: args.name, text }];
}
