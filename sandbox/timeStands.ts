/** In the header of the AWS endpoint's answers while virtual time stands still: who waits for a change should know. */
export const timeStandsHeader = "x-sandbox-time-stands";
