/** One thing that is wrong with a component's arguments. */
export interface Problem {
    /** The argument, as the caller wrote it: `stream.scaling.targetPercent`. */
    path: string;
    /** What it is. */
    value: unknown;
    /** What is allowed and what to do, without a full stop. Other arguments stand in it by their paths, in backticks. */
    text: string;
}
/** The text of an error: a heading, every problem on a line of its own, advice. Problems with equal lines are one. */
export declare function problemText(of: string, problems: readonly Problem[], advice?: string): string;
/**
 * The arguments themselves, when nothing is wrong with them.
 * @throws pulumi.RunError with every problem: what, got, allowed, what to do. Pulumi prints it without a stack.
 */
export declare function checked<T>(args: T, of: string, problems: readonly Problem[]): T;
