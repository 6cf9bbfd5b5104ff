import { oneOf } from "./fields";

/** What a scaler does with what is asked for. */
export const Mode = { Act: "act", Observe: "observe" } as const;

export const modeField = oneOf(Object.values(Mode), Mode.Act);
