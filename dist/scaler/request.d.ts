/** The capacity that PATCH asks for, or what is wrong with its body and what to send instead. */
export declare function parseDesiredCapacity(event: {
    body?: string | null;
    isBase64Encoded?: boolean;
}): number | string;
