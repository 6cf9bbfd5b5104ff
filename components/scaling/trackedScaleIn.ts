/** Share of the target below which target tracking scales in ("usually more than 10 % lower", its user guide). */
export const trackedScaleIn = 0.9;
