/** Share of the target below which target tracking scales in ("usually more than 10 % lower", its user guide). */
export const trackedScaleIn = 0.9;

/** Minutes for which its alarms' values must be beyond the target ("Target tracking scaling policies for Application Auto Scaling"). */
export const trackedMinutes = { out: 3, in: 15 };
