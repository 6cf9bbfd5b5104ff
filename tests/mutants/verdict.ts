import type { EquivalentMutant, Reason } from "./equivalent";
import type { Mutant } from "./stryker";
import type { Part } from "./targets";

/** What is left of a mutant after the tests: the type checker refuses it, or it has a reason, or nothing noticed it. */
export interface Survivor extends Mutant {
  why?: string;
}

export interface FileScore {
  file: string;
  killed: number;
  /** Survived the tests, but isn't TypeScript that compiles: no mutant at all. */
  mistyped: number;
  survivors: Survivor[];
}

export interface Check {
  what: string;
  holds: boolean;
}

/** Mutants counted by file; survivors with their reasons. */
export function scoresOf(
  files: readonly string[],
  mutants: readonly Mutant[],
  reasons: readonly Reason[],
  mistyped: (mutant: Mutant) => boolean,
): FileScore[] {
  return files.map((file) => {
    const own = mutants.filter((mutant) => mutant.file === file);
    const survived = own.filter(({ outcome }) => outcome === "survived");
    const typed = survived.filter((mutant) => !mistyped(mutant));
    return {
      file,
      killed: own.length - survived.length,
      mistyped: survived.length - typed.length,
      survivors: typed.map((mutant) => ({ ...mutant, why: reasonOf(mutant, reasons) })),
    };
  });
}

const isSame = (a: EquivalentMutant, b: EquivalentMutant) => a.in === b.in && a.from === b.from && a.to === b.to;

function reasonOf(mutant: Mutant, reasons: readonly Reason[]): string | undefined {
  return reasons.find(({ file, mutants }) => file === mutant.file && mutants.some((one) => isSame(one, mutant)))?.why;
}

/** Killed mutants in percent of all that compile. `explained`: without the survivors that have a reason. */
export function percentOf(scores: readonly FileScore[], explained: boolean): number {
  const killed = scores.reduce((sum, score) => sum + score.killed, 0);
  const left = scores.flatMap(({ survivors }) => survivors).filter(({ why }) => !explained || why === undefined);
  return killed + left.length === 0 ? 100 : (100 * killed) / (killed + left.length);
}

/**
 * What a run asserts: each file's floor (equivalent mutants apart), each part's (every survivor counted) where the whole part was
 * mutated, and that each reason is still needed.
 */
export function checksOf(
  scores: readonly FileScore[],
  parts: readonly Part[],
  reasons: readonly Reason[],
  all: boolean,
): Check[] {
  const ofFile = (file: string) => scores.find((score) => score.file === file);
  const files = parts.flatMap(({ files: known, floor }) =>
    known.flatMap((file) => {
      const score = ofFile(file);
      if (!score) return [];
      const percent = percentOf([score], true);
      return { what: `${file}: ${percent.toFixed(1)} %, at least ${floor} %`, holds: percent >= floor };
    }),
  );
  const whole = parts.map(({ name, files: known, floor }) => {
    const percent = percentOf(
      known.flatMap((file) => ofFile(file) ?? []),
      false,
    );
    return { what: `${name}: ${percent.toFixed(1)} % of all mutants, at least ${floor} %`, holds: percent >= floor };
  });
  return [...files, ...(all ? whole : []), ...reasonChecks(scores, reasons, all)];
}

function reasonChecks(scores: readonly FileScore[], reasons: readonly Reason[], all: boolean): Check[] {
  return reasons.flatMap(({ file, mutants }) => {
    const score = scores.find((one) => one.file === file);
    if (!score && !all) return [];
    return mutants.map((mutant) => ({
      what: `${file}: "${mutant.from}" -> "${mutant.to}" in "${mutant.in}" survives, as equivalent.ts says`,
      holds: (score?.survivors ?? []).some((survivor) => isSame(survivor, mutant)),
    }));
  });
}
