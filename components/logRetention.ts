import { z } from "zod";
import type { Defaulted } from "./fields";

/** "PutRetentionPolicy" in the CloudWatch Logs API reference. */
const retentions = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653];

/** Days that a log is kept. */
export const logRetentionDays: Defaulted<number> = {
  schema: z.number().refine((days) => retentions.includes(days)),
  allowed: `one of CloudWatch Logs' retentions: ${retentions.join(", ")}`,
  fallback: 30,
};
