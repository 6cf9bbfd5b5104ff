"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.longestCallMs = void 0;
exports.awsClients = awsClients;
/** Milliseconds after which a call is given up, its body read or not: a run has 55 s, API Gateway waits for 29 s. */
exports.longestCallMs = 8_000;
/**
 * The SDK's clients, made when first used and kept warm. No retries: the next minute tries again, and a refused update must not
 * become three.
 */
function awsClients(callMs = exports.longestCallMs) {
    const modules = {
        ssm: async () => ({ sdk: sdkModule(await Promise.resolve().then(() => require("@aws-sdk/client-ssm"))), client: "SSMClient" }),
        kinesis: async () => ({ sdk: sdkModule(await Promise.resolve().then(() => require("@aws-sdk/client-kinesis"))), client: "KinesisClient" }),
        kinesisanalytics: async () => ({
            sdk: sdkModule(await Promise.resolve().then(() => require("@aws-sdk/client-kinesis-analytics-v2"))),
            client: "KinesisAnalyticsV2Client",
        }),
        cloudwatch: async () => ({ sdk: sdkModule(await Promise.resolve().then(() => require("@aws-sdk/client-cloudwatch"))), client: "CloudWatchClient" }),
    };
    const opened = {};
    const open = async (service) => {
        const { sdk, client } = await modules[service]();
        return { sdk, client: construct(sdk, client, clientOptions()), calls: 0 };
    };
    return {
        async call(service, operation, input) {
            const opening = (opened[service] ??= open(service));
            const it = await opening;
            const command = construct(it.sdk, `${operation}Command`, input);
            it.calls++;
            try {
                const send = (abortSignal) => it.client.send(command, { abortSignal });
                // Kinesis' calls share a connection: the next one must not be sent down one that is dead.
                const late = () => void (opened[service] === opening && delete opened[service]);
                return (await inTime(callMs, `${service}:${operation}`, send, late));
            }
            finally {
                it.calls--;
                if (opened[service] !== opening && it.calls === 0)
                    it.client.destroy();
            }
        },
        pause: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    };
}
function clientOptions() {
    return { maxAttempts: 1, requestHandler: { connectionTimeout: 2_000 } };
}
/** The SDK's own timeouts don't do: `requestTimeout` only warns, and none of them ends a body that never ends. */
async function inTime(milliseconds, call, send, late) {
    const controller = new AbortController();
    let timer;
    const deadline = new Promise((_resolve, reject) => {
        timer = setTimeout(() => {
            late();
            reject(Object.assign(new Error(`no answer of ${call} within ${milliseconds / 1000} s`), { name: "TimeoutError" }));
            controller.abort();
        }, milliseconds);
    });
    try {
        return await Promise.race([send(controller.signal), deadline]);
    }
    finally {
        clearTimeout(timer);
    }
}
function sdkModule(module) {
    return module;
}
function construct(sdk, name, input) {
    const Constructor = sdk[name];
    if (!Constructor)
        throw Object.assign(new Error(`The AWS SDK of this runtime has no ${name}`), { name: "MissingCommand" });
    return new Constructor(input);
}
