import { equalBoundary } from "../../../scaler/decide/plan";
import type { Shape } from "../../../sandbox/core/cloud";
import { parallelismPerKpu } from "./facts";
import { revive } from "./happen";
import { isIdle, lookAtAnswers, playMinute, type Play } from "./play";
import type { Id } from "./scenario";

const minute = 60_000;
/** Give-up, the longest back-off and the hour after a refused update, a ladder of slow updates and a plan of a call in two minutes. */
const boundMinutes = 420;
/** Outside its bounds, with the day's updates spent, a stream waits until the day is over. */
const dayMinutes = 1_441;
const restMinutes = 20;

/** The faults stop: everything comes to rest at what is desired, and then nothing more is changed. */
export async function quiet(one: Play): Promise<void> {
  const { judge } = one;
  one.lags.length = 0;
  const begun = one.at;
  let unrest = one.at;
  let waited = false;
  const longRest = one.scenario.minutes % 4 === 0 ? 75 : restMinutes;
  while (one.at - unrest < longRest) {
    const waits = mayTakeADay(one);
    waited ||= waits;
    if (one.at - begun > boundMinutes + (waited ? longestWait(one) : 0)) {
      judge.add(
        "quiet",
        `not at rest after ${one.at - begun} quiet minutes: ${one.ids.map((id) => describe(one, id)).join("; ")}`,
      );
      return;
    }
    // Nothing but the day's end can help here: a run every ten minutes will do.
    if (waits && !one.slow && judge.updatesSpent() && one.ids.every(judge.atRest)) one.at += 9;
    if ((one.at - begun) % 5 === 0 || waits) revive(one);
    if (!waits && isIdle(one)) one.at++;
    else await playMinute(one, []);
    if (!one.ids.every((id) => atDesired(one, id)) || judge.lastChange() >= one.world.cloud.clock.now() - minute / 2)
      unrest = one.at;
  }
  await lookAtAnswers(one, true);
  outcomes(one);
  if (one.configs["dev-stream"]?.mode === "act") equalRanges(one);
}

/** From 40 shards to one it takes five halvings. */
function longestWait({ scenario }: Play): number {
  return dayMinutes * Math.ceil(5 / (scenario.stream?.updatesPerDay ?? 10));
}

function mayTakeADay({ judge, configs, world }: Play): boolean {
  const config = configs["dev-stream"];
  return judge.spentOnce() || (config !== undefined && (world.kinesis.look("orders")?.openShards ?? 0) > config.max);
}

function atDesired(one: Play, id: Id): boolean {
  const { judge, world, configs } = one;
  if (!judge.atRest(id)) return false;
  if (configs[id]?.mode === "observe") return true;
  if (!world.parameter(id, "state").text.startsWith("{") || world.state(id).plan) return false;
  const [there, desired = Infinity] = [capacityOf(one, id), judge.desired[id]];
  return there === desired || (desired > possible(one, id) && there === possible(one, id));
}

/** Whoever changed the units by hand may have left fewer KPUs possible than the minimum. */
function possible({ world, configs }: Play, id: Id): number {
  const config = configs[id];
  if (config?.kind !== "flink") return Infinity;
  const most = Math.ceil(config.maxParallelism / parallelismPerKpu(world));
  return most < config.min ? most : Infinity;
}

function capacityOf({ world }: Play, id: Id): number | undefined {
  return id === "dev-stream" ? world.kinesis.look("orders")?.openShards : world.flink.look("enrich")?.kpus;
}

function describe(one: Play, id: Id): string {
  const look = id === "dev-stream" ? one.world.kinesis.look("orders") : one.world.flink.look("enrich");
  return `${id} desired ${one.judge.desired[id]}, is ${JSON.stringify(look)}, state ${one.world.parameter(id, "state").text}`;
}

function outcomes({ judge, ids, configs }: Play): void {
  for (const id of ids) {
    const accepted = judge.accepted[id];
    if (accepted?.is !== "open" || configs[id]?.mode === "observe") continue;
    judge.add("outcome", `${id}: ${accepted.desired} was accepted and neither reached, replaced nor Failed`);
  }
}

function equalRanges({ judge, world }: Play): void {
  if (judge.spoiledEver("dev-stream")) return;
  const { Shards } = world.call("kinesis", "ListShards", { StreamName: "orders", ShardFilter: { Type: "AT_LATEST" } });
  const firsts = (Shards as Shape[])
    .map(({ HashKeyRange }) => BigInt(HashKeyRange.StartingHashKey))
    .sort((a, b) => (a < b ? -1 : 1));
  const tolerance = 2n ** 128n / 1_000_000n;
  const wrong = firsts.filter((first, i) => {
    const distance = first - equalBoundary(BigInt(i), firsts.length);
    return distance > tolerance || distance < -tolerance;
  });
  if (wrong.length > 0)
    judge.add("equalRanges", `${wrong.length} of ${firsts.length} boundaries are not where equal ranges have them`);
}
