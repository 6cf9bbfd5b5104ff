/** Times are ms since the epoch and come from events; Date only gives them another form. */
declare function isoTime(time: number): string;
/** The SDK's form of a time. */
declare function sdkTime(time: number): Date;
/** Minutes since the epoch. */
declare function minuteOf(time: number): number;
declare function minuteStart(time: number): number;
export { isoTime, minuteOf, minuteStart, sdkTime };
