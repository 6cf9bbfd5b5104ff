import * as pulumi from "@pulumi/pulumi";
import type { SharedScaler } from "./scalerArgs";
import { type ApplicationDimension, type StreamDimension } from "./scalerDimension";
/** A pipeline as its scaler knows it. */
export interface ScaledPipeline {
    /** Its dimensions take turns. */
    pipeline: string;
    /** act or observe. */
    mode: string;
    stream: StreamDimension;
    application: ApplicationDimension;
}
/**
 * Makes a pipeline known to its scaler: the three parameters of each dimension, and what the scaler's role may do with stream and
 * application. Gives the scaler's url, known when all that is there: registering a scalable target calls it.
 */
export declare function scaledPipeline(name: string, scaler: SharedScaler, { stream, application, ...shared }: ScaledPipeline, parent: pulumi.Resource): pulumi.Output<string>;
