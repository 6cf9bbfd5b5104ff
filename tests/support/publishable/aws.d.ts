/** Stands in for @pulumi/aws, whose thousands of types the schema doesn't contain: arguments and outputs are the components' own. */
declare const aws: never;
export = aws;
