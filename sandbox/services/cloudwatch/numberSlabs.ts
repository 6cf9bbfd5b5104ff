/** Gives an array of `length` numbers, all NaN. */
export type NumberSlabs = (length: number) => Float64Array;

/** Numbers in a slab: 1 MB. */
const slabLength = 1 << 17;

/**
 * Cuts arrays from larger ones. A buffer of its own costs the garbage collector more than an array's numbers are worth: a hundred
 * pipelines have over half a million of them. A slab goes with the last of its arrays: give one kind of them, of which those that were
 * taken together end together.
 */
export function numberSlabs(): NumberSlabs {
  let slab = new Float64Array(0);
  let used = 0;
  return (length) => {
    if (slab.length - used < length) {
      slab = new Float64Array(Math.max(slabLength, length));
      used = 0;
    }
    used += length;
    return new Float64Array(slab.buffer, (used - length) * Float64Array.BYTES_PER_ELEMENT, length).fill(Number.NaN);
  };
}
