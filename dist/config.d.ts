import { type PipelineArgs } from "./components/pipelineArgs";
/**
 * The pipeline's arguments from the stack's keys, given with or without "sluice:". Values may be typed or the text that Pulumi stores
 * (numbers, booleans and JSON as text).
 * @throws an Error named ConfigError whose message lists every problem: key, value, what is allowed, what to do.
 */
export declare function validateConfig(raw: Record<string, unknown>, stack: string, region: string): PipelineArgs;
/** The current stack's pipeline. @throws pulumi.RunError with the text of validateConfig's error. */
export declare function readConfig(): PipelineArgs;
