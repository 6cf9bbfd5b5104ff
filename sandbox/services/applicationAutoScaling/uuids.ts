import type { Random } from "../../core/random";

/** Version-4 UUIDs from seeded randomness: the same seed gives the same ARNs. */
export function uuids(random: Random): () => string {
  const word = () => random.integer(0, 0x7fffffff).toString(16).padStart(8, "0");
  return () => {
    const [a, b, c, d] = [word(), word(), word(), word()];
    return `${a}-${b.slice(0, 4)}-4${b.slice(5)}-a${c.slice(1, 4)}-${c.slice(4)}${d}`;
  };
}
