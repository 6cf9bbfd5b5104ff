import { strict as assert } from "node:assert";
import { scalingWords } from "../../../sandbox/terminal/scalingWords";

const time = Date.UTC(2026, 0, 5);
const alarmChanged = (alarmName: string, to: string, reason: string) => ({
  time,
  source: "cloudwatch",
  type: "AlarmStateChanged",
  message: `Alarm ${alarmName}: OK -> ${to}. ${reason}`,
  detail: { alarmName, to, reason },
});
const started = {
  time,
  source: "application-autoscaling",
  type: "ScalingActivityStarted",
  message: "",
  detail: {
    dimension: "dev-stream",
    description: "Setting desired capacity to 12.0.",
    cause: "monitor alarm dev-stream-scale-out-alarm-1 in state ALARM triggered policy out",
  },
};

describe("the words for a scaling", () => {
  it("name the capacity asked for, the newest utilisation, the threshold and the window", () => {
    const words = scalingWords();
    const reason =
      "Threshold Crossed: 2 out of the last 4 datapoints [76.4 (05/01/26 00:14:00), 80.0 (05/01/26 00:13:00)] were greater than or equal to the threshold (75.0) (minimum 2 datapoints for OK -> ALARM transition).";
    assert.equal(words(alarmChanged("dev-stream-scale-out-alarm-1", "ALARM", reason)), undefined);
    const text = "dev-stream: 12 asked for, utilisation 76 %: at or above 75 % in 2 of 4 minutes";
    assert.deepEqual(words(started), { time, kind: "information", text });
  });

  it("read a reason that names only the most recent datapoints", () => {
    const words = scalingWords();
    const reason =
      "Threshold Crossed: 90 datapoints were less than the threshold (30.0). The most recent datapoints which crossed the threshold: [25.5 (05/01/26 02:55:00), 26.0 (05/01/26 02:54:00)].";
    words(alarmChanged("dev-stream-scale-out-alarm-1", "ALARM", reason));
    assert.match(words(started)?.text ?? "", /utilisation 26 %: below 30 % in 90 of 90 minutes$/);
  });

  it("give Application Auto Scaling's own cause where no alarm is known", () => {
    assert.match(scalingWords()(started)?.text ?? "", /^dev-stream: 12 asked for \(monitor alarm .*\)$/);
  });

  it("tell of operational alarms that go off, and of no others", () => {
    const words = scalingWords();
    assert.deepEqual(words(alarmChanged("dev-alarms-lag-1", "ALARM", "why")), {
      time,
      kind: "problem",
      text: "Alarm dev-alarms-lag-1: OK -> ALARM",
    });
    assert.equal(words(alarmChanged("dev-alarms-lag-1", "OK", "why")), undefined);
  });
});
