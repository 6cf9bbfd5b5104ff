import { capacityMetrics, idDimension } from "../scaler/names";
import type { SandboxCloud } from "./createCloud";
import { jsonOf } from "./services/logs/embeddedMetrics";

/** The capacity that each dimension was last asked for, by its id: read from what the scaler publishes about itself. */
export function desiredCapacities(cloud: Pick<SandboxCloud, "logs">): (id: string) => number | undefined {
  const desired = new Map<string, number>();
  cloud.logs.subscribe(({ message }) => {
    if (!message.includes(capacityMetrics.desired)) return;
    const line = jsonOf(message) as Record<string, unknown> | undefined;
    const value = line?.[capacityMetrics.desired];
    const capacity = Array.isArray(value) ? value.at(-1) : value;
    if (typeof capacity === "number") desired.set(String(line?.[idDimension]), capacity);
  });
  return (id) => desired.get(id);
}
