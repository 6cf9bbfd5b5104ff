import { strict as assert } from "node:assert";
import { readAlarmHistory, readLogMessage, valuesOf } from "../../explanation/readEvidence";

const time = "2026-01-05T00:16:00.000Z";

describe("the scaler's log", () => {
  it("is read behind what Lambda puts before a line", () => {
    const line = { sluice: "decision", time, id: "dev-stream", action: "begin", reason: "a\tb", desired: 10, actual: 8 };
    const message = `${time}\t74111aef-6c7d-455a-a705-3c8eebd4cda6\tINFO\t${JSON.stringify(line)}\n`;
    const read = readLogMessage(message);
    assert.deepEqual(read, { ...line, time: Date.parse(time) });
  });

  it("has errors too", () => {
    const line = { sluice: "error", time, stack: "dev", id: "dev-flink", reason: "ThrottlingException" };
    assert.deepEqual(readLogMessage(JSON.stringify(line)), {
      ...{ action: "error", time: Date.parse(time), id: "dev-flink", reason: "ThrottlingException" },
    });
  });

  for (const message of [
    "START RequestId: 1 Version: $LATEST",
    '{"_aws":{"Timestamp":1},"Stack":"dev"}',
    '{"sluice":"decision","time":"never","id":"x","reason":"y","action":"begin"}',
    '{"sluice":"decision","id":"x"',
    "null",
    "",
  ]) {
    it(`passes over ${message.slice(0, 40) || "nothing"}`, () => assert.equal(readLogMessage(message), undefined));
  }
});

describe("the alarms' history", () => {
  const item = (HistoryData: unknown, HistoryItemType = "StateUpdate", HistorySummary = "") => ({
    ...{ AlarmName: "out", Timestamp: new Date(time), HistoryItemType, HistorySummary },
    HistoryData: typeof HistoryData === "string" ? HistoryData : JSON.stringify(HistoryData),
  });

  it("gives the new state with the datapoints that it saw, oldest first", () => {
    const newState = { stateValue: "ALARM", stateReasonData: { recentDatapoints: [76.5, 78.3], threshold: 75 } };
    assert.deepEqual(readAlarmHistory(item({ newState })), {
      ...{ is: "change", time: Date.parse(time), alarm: "out", to: "ALARM", values: [76.5, 78.3] },
    });
  });

  it("has datapoints as an object or as JSON text", () => {
    assert.deepEqual(valuesOf({ recentDatapoints: [1, 2] }), [1, 2]);
    assert.deepEqual(valuesOf('{"recentDatapoints":[1,2]}'), [1, 2]);
    assert.deepEqual(valuesOf("not JSON"), []);
    assert.deepEqual(valuesOf(undefined), []);
  });

  it("tells which action failed, and why", () => {
    const summary = 'Failed to execute action arn:aws:autoscaling:x. Received error: "No step adjustment found"';
    assert.deepEqual(readAlarmHistory(item({}, "Action", summary)), {
      ...{ is: "failedAction", time: Date.parse(time), alarm: "out", error: "No step adjustment found" },
    });
    assert.equal(readAlarmHistory(item({}, "Action", "Successfully executed action arn")), undefined);
  });

  it("has items that say nothing about scaling", () => {
    assert.equal(readAlarmHistory(item({}, "ConfigurationUpdate")), undefined);
    assert.equal(readAlarmHistory(item("not JSON")), undefined);
    assert.equal(readAlarmHistory({ ...item({}), Timestamp: undefined }), undefined);
  });
});
