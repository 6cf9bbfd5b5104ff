"use strict";
/** Names and ARNs as the services' API references give them. */
Object.defineProperty(exports, "__esModule", { value: true });
exports.nameWords = exports.namePattern = void 0;
exports.nameOrArn = nameOrArn;
/** A stream's, an application's and a consumer's name. */
exports.namePattern = /^[a-zA-Z0-9_.-]{1,128}$/;
exports.nameWords = "a name of 1 to 128 letters, digits, _ . -";
function nameOrArn(arn) {
    return new RegExp(`${exports.namePattern.source}|${arn.source}`);
}
