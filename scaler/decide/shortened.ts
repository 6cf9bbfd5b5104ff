/** SSM's standard parameters hold 4 KB: reasons are cut so that the state always fits. Bytes as written. */
const reasonBytes = 300;

/** Bytes of a text in a parameter: JSON, UTF-8, without its quotes. */
export function writtenBytes(text: string): number {
  return Buffer.byteLength(JSON.stringify(text)) - 2;
}

export function shortened(reason: string): string {
  if (writtenBytes(reason) <= reasonBytes) return reason;
  let end = Math.min(reason.length, reasonBytes);
  while (writtenBytes(reason.slice(0, end)) > reasonBytes - 3) end--;
  return `${reason.slice(0, end)}...`;
}
