import { capacityMetrics, idDimension } from "../scaler/names";
import type { SandboxCloud } from "./createCloud";

/** The capacity that each dimension was last asked for, by its id: read from what the scaler publishes about itself. */
export function desiredCapacities(cloud: Pick<SandboxCloud, "onMetric">): (id: string) => number | undefined {
  const desired = new Map<string, number>();
  cloud.onMetric(({ name, dimensions, value }) => {
    if (name !== capacityMetrics.desired) return;
    desired.set(dimensions[idDimension] ?? "", typeof value === "number" ? value : value.maximum);
  });
  return (id) => desired.get(id);
}
