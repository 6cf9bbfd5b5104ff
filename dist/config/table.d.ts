/** One key of a stack's configuration. What is allowed, and the default, are those of the argument that it goes to. */
export interface Row {
    /** Arguments of the Pipeline that the key is. */
    to: readonly string[];
    /** The default in Pulumi.yaml, of the key's type: the argument's own, or what leaves the argument out. */
    fallback: unknown;
    /** What is allowed, as the end of "allowed is ...". */
    allowed: string;
    /** For Pulumi.yaml and docs/configuration.md. */
    description: string;
}
/** The keys by the sections of Pulumi.yaml and docs/configuration.md, in their order. */
export declare const sections: readonly [title: string, rows: Readonly<Record<string, Row>>][];
/** Every key, in that order. */
export declare const table: Readonly<Record<string, Row>>;
