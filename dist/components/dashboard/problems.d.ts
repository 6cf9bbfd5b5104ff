export interface WidgetProblem {
    /** Such as `dashboardExtraWidgets[0].properties.view`. */
    path: string;
    /** The value there, as JSON, cut at 60 characters. */
    got: string;
    reason: string;
}
export declare function widgetProblems(widgets: unknown, path: string): WidgetProblem[];
export declare function bodyProblems(body: unknown): WidgetProblem[];
/** Identifiers outside string arguments that no row defines. Functions and keywords are upper case; Metrics Insights has no ids. */
export declare function unknownIds(expression: string, known: ReadonlySet<string>): string[];
