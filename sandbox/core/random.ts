import prand from "pure-rand";

/** Seeded randomness: the sandbox never asks the machine for any. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
  /** Uniform integer in [min, max], both included. */
  integer(min: number, max: number): number;
  /** A stream of its own for one purpose, so that one consumer's draws don't shift another's. */
  fork(label: string): Random;
}

export function seededRandom(seed: number): Random {
  const generator = prand.xoroshiro128plus(seed);
  const next = () => prand.unsafeUniformIntDistribution(0, 0x7fffffff, generator) / 0x80000000;
  return {
    next,
    integer: (min, max) => prand.unsafeUniformIntDistribution(min, max, generator),
    fork: (label) => seededRandom(hash(`${seed}/${label}`)),
  };
}

/** FNV-1a, 32 bit. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return value | 0;
}
