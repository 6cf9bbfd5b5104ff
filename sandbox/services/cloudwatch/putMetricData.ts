import { day, hour } from "../../core/clock";
import type { Shape } from "../../core/cloud";
import type { Datum } from "../../core/peers";
import { constraints, invalidCombination, invalidParameterValue, longest, memberOf, missingParameter, notNull } from "./errors";
import { parseDimensions, units } from "./metricQueries";
import { parseTime } from "./times";

const mostData = 1000;
const mostValues = 150;
/** "Values must be in the range of -2^360 to 2^360. Special values (NaN, +Infinity, -Infinity) are not supported." */
const largest = 2 ** 360;

/** What PutMetricData accepts, as data to publish. @throws what AWS answers to the rest. */
export function parseMetricData(input: Shape, now: number): Datum[] {
  const { check, throwIfAny } = constraints();
  const namespace = input.Namespace;
  const data: Shape[] = input.MetricData ?? [];
  check(typeof namespace === "string" && namespace.length > 0, "namespace", namespace, notNull);
  check(String(namespace ?? "").length <= 255, "namespace", namespace, longest(255));
  check(data.length <= mostData, "metricData", `${data.length} data`, longest(mostData));
  data.forEach((datum, i) => {
    const unit = datum.Unit;
    check(unit === undefined || units.includes(unit), `metricData.${i + 1}.member.unit`, unit, memberOf(units));
  });
  throwIfAny();
  if (namespace.startsWith("AWS/")) throw invalidParameterValue("The value AWS/ for parameter Namespace is invalid.");
  return data.flatMap((datum, i) => parseDatum(namespace, datum, `MetricData.member.${i + 1}`, now));
}

function parseDatum(namespace: string, datum: Shape, member: string, now: number): Datum[] {
  if (!datum.MetricName) throw missingParameter(`The parameter ${member}.MetricName is required.`);
  if (datum.StorageResolution !== undefined && datum.StorageResolution !== 60) {
    const known = datum.StorageResolution === 1 ? "the sandbox does not model high-resolution metrics" : "it must be 1 or 60";
    throw invalidParameterValue(`The parameter ${member}.StorageResolution is ${datum.StorageResolution}: ${known}.`);
  }
  const timestamp = datum.Timestamp === undefined ? now : parseTime(datum.Timestamp, `${member}.Timestamp`);
  if (timestamp < now - 14 * day || timestamp > now + 2 * hour) {
    throw invalidParameterValue(
      `The parameter ${member}.Timestamp must specify a time within the past two weeks or at most two hours in the future.`,
    );
  }
  const common = {
    namespace,
    name: datum.MetricName as string,
    dimensions: parseDimensions(datum.Dimensions, "dimensions"),
    timestamp,
    unit: datum.Unit,
  };
  return valuesOf(datum, member).map((value) => ({ ...common, value }));
}

function valuesOf(datum: Shape, member: string): Datum["value"][] {
  const given = ["Value", "Values", "StatisticValues"].filter((field) => datum[field] !== undefined);
  if (given.length === 0)
    throw missingParameter(`At least one of the parameters Value, Values and StatisticValues of ${member} must be specified.`);
  if (given.length > 1)
    throw invalidCombination(
      `The parameters ${given.map((field) => `${member}.${field}`).join(" and ")} are mutually exclusive and you have specified both.`,
    );
  if (datum.Value !== undefined) return [number(datum.Value, `${member}.Value`)];
  if (datum.Values !== undefined) return arrayOf(datum, member);
  const { SampleCount, Sum, Minimum, Maximum } = datum.StatisticValues;
  const set = {
    sampleCount: number(SampleCount, `${member}.StatisticValues.SampleCount`),
    sum: number(Sum, `${member}.StatisticValues.Sum`),
    minimum: number(Minimum, `${member}.StatisticValues.Minimum`),
    maximum: number(Maximum, `${member}.StatisticValues.Maximum`),
  };
  if (set.sampleCount <= 0)
    throw invalidParameterValue(`The parameter ${member}.StatisticValues.SampleCount must be greater than 0.`);
  if (set.minimum > set.maximum)
    throw invalidParameterValue(`The parameter ${member}.StatisticValues.Minimum must not be greater than Maximum.`);
  return [set];
}

function arrayOf(datum: Shape, member: string): Datum["value"][] {
  const values: unknown[] = datum.Values;
  const counts: unknown[] = datum.Counts ?? values.map(() => 1);
  if (values.length > mostValues)
    throw invalidParameterValue(`The parameter ${member}.Values has ${values.length} values; the limit is ${mostValues}.`);
  if (counts.length !== values.length)
    throw invalidParameterValue(`The parameters ${member}.Values and ${member}.Counts must have the same number of elements.`);
  return values.map((value, i) => {
    const one = number(value, `${member}.Values.member.${i + 1}`);
    const count = number(counts[i], `${member}.Counts.member.${i + 1}`);
    return count === 1 ? one : { sum: one * count, minimum: one, maximum: one, sampleCount: count };
  });
}

function number(value: unknown, member: string): number {
  if (value === undefined || value === null) throw missingParameter(`The parameter ${member} is required.`);
  const parsed = Number(value);
  if (Number.isFinite(parsed) && Math.abs(parsed) <= largest) return parsed;
  throw invalidParameterValue(`The value ${value} for parameter ${member} is invalid.`);
}
