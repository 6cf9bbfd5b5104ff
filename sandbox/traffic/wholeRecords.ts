/** Records of a minute from its mean rate, in whole ones: the fraction goes on to the next minute. */
export function wholeRecords(): (recordsPerSecond: number) => number {
  let fraction = 0;
  return (recordsPerSecond) => {
    const exact = recordsPerSecond * 60 + fraction;
    // The margin keeps a sum such as 59.99999999 from losing a record to rounding.
    const whole = Math.floor(exact + 1e-6);
    fraction = Math.max(0, exact - whole);
    return whole;
  };
}
