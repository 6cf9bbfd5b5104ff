/** Names and ARNs as the services' API references give them. */
/** A stream's, an application's and a consumer's name. */
export declare const namePattern: RegExp;
export declare const nameWords = "a name of 1 to 128 letters, digits, _ . -";
export declare function nameOrArn(arn: RegExp): RegExp;
