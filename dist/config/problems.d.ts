import type { Problem } from "../components/problem";
import { type Values } from "./keys";
/** Problems with the pipeline's arguments, said of the keys that they come from, in the keys' order. */
export declare function inKeys(problems: readonly Problem[], values: Values): Problem[];
