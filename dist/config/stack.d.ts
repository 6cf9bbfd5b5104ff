import type { Problem } from "../components/problem";
import type { Values } from "./keys";
/** What is wrong with the stack's name and region, and with ARNs of another region. */
export declare function stackProblems(values: Values, stack: string, region: string): Problem[];
