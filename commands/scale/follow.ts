import type { DimensionAnswer } from "../../scaler/types";
import type { ScalingApi } from "./scalingApi";

export interface Following {
  api: ScalingApi;
  /** The capacity that was accepted. */
  desired: number;
  unit: string;
  write(line: string): void;
  /** Waits until it is time to ask again. */
  pause(): Promise<void>;
}

export type Outcome = "reached" | "failed" | "replaced" | "waiting";

const timeStands =
  "The sandbox's time stands still: nothing changes until it goes on. Continue it on its page, whose address npm start printed.";

/** An endpoint that doesn't answer says nothing about the change: so often it is asked again. */
const patience = 5;
/** So many looks a sandbox's time may stand still until nobody is waited for: half a minute. */
const looksWhileTimeStands = 120;

/** Asks until the change is done, has failed, or another request has taken its place; tells each time something is new. */
export async function follow({ api, desired, unit, write, pause }: Following, first: DimensionAnswer): Promise<Outcome> {
  let told = "";
  let standing = 0;
  let answer = first;
  for (;;) {
    if (answer.scalingStatus === "Failed") {
      write(`Failed: ${answer.failureReason ?? "no reason given"}. Desired is ${answer.desiredCapacity} ${unit}.`);
      return "failed";
    }
    if (answer.desiredCapacity !== desired) {
      write(`Replaced: ${answer.desiredCapacity} ${unit} are desired now, by a policy or another request.`);
      return "replaced";
    }
    if (answer.scalingStatus === "Successful") {
      write(`Done: ${answer.actualCapacity} ${unit}.`);
      return "reached";
    }
    const words = `${answer.scalingStatus}: ${answer.actualCapacity} of ${desired} ${unit}`;
    if (words !== told) write((told = words));
    standing = api.timeStands() ? standing + 1 : 0;
    if (standing === 1) write(timeStands);
    if (standing > looksWhileTimeStands) {
      write(`Accepted, and not waited for any longer: ${desired} ${unit} come when the sandbox's time goes on.`);
      return "waiting";
    }
    await pause();
    answer = await again(api);
  }
}

async function again(api: ScalingApi): Promise<DimensionAnswer> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await api.get();
    } catch (error) {
      if (attempt === patience) throw error;
      await new Promise((resolve) => setTimeout(resolve, 1_000));
    }
  }
}
