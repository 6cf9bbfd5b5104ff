import type { Problem } from "./problem";
/**
 * What tells a pipeline or a scaler from others in the account and region: the component's name and the stack's, or its name alone
 * where that ends in the stack's already. It is part of parameters' paths, metrics' dimensions and the dashboard's name.
 */
export declare function identityOf(name: string): string;
/** What is wrong with an identity; [] when it is fine. */
export declare function identityProblems(identity: string): Problem[];
