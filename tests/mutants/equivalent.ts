/** A mutant that no test can notice. It is found by its text: the line that it begins in, what it replaces, and what with. */
export interface EquivalentMutant {
  in: string;
  from: string;
  to: string;
}

/** Mutants of a file that behave as the file does, and why. */
export interface Reason {
  file: string;
  why: string;
  mutants: EquivalentMutant[];
}

/** Survivors that stay, each with its reason. A run fails where one of them is killed or exists no more. */
export const reasons: readonly Reason[] = [];
