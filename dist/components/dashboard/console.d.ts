export declare function dashboardUrl(region: string, name: string): string;
/** The logs console encodes twice and writes % as $. */
export declare function logGroupUrl(region: string, name: string): string;
export declare function alarmsUrl(region: string): string;
export declare function streamUrl(region: string, name: string): string;
/** The application's page; its button opens the Flink dashboard, whose own address is signed and short-lived. */
export declare function applicationUrl(region: string, name: string): string;
