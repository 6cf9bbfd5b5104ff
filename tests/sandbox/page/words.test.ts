import { strict as assert } from "node:assert";
import { alarmWords, figure, plainName, sentence, shortTimes } from "../../../sandbox/page/words";

describe("alarm reasons in words", () => {
  it("list the datapoints from the oldest to the newest", () => {
    const reason =
      "Threshold Crossed: 2 datapoints [125.26666666666667 (05/01/26 00:14:00), 76.07 (05/01/26 00:13:00)] were greater than or equal to the threshold (75.0).";
    assert.equal(alarmWords(reason, " %"), "76.1 %, 125 %: at or above the threshold of 75 %");
  });

  it("say in how many minutes of those looked at", () => {
    const some =
      "Threshold Crossed: 5 out of the last 10 datapoints were greater than or equal to the threshold (1.0). The most recent datapoints which crossed the threshold: [38.3 (05/01/26 02:27:00), 32.4 (05/01/26 02:26:00)] (minimum 5 datapoints for OK -> ALARM transition).";
    assert.equal(alarmWords(some), "32.4, 38.3: at or above the threshold of 1 in 5 of 10 minutes");
    const all =
      "Threshold Crossed: 10 out of the last 10 datapoints were less than the threshold (35.0). The most recent datapoints which crossed the threshold: [30.6 (05/01/26 02:57:00)] (minimum 10 datapoints for OK -> ALARM transition).";
    assert.equal(alarmWords(all), "30.6: below the threshold of 35 for 10 minutes");
  });

  it("turn around for what was not crossed", () => {
    const reason =
      "Threshold Crossed: 1 datapoint [51.4 (05/01/26 00:15:00)] was not greater than or equal to the threshold (75.0).";
    assert.equal(alarmWords(reason), "51.4: below the threshold of 75");
  });

  it("stay as they are when they are about something else", () => {
    const reason = "Insufficient Data: 2 datapoints were unknown.";
    assert.equal(alarmWords(reason), reason);
  });
});

describe("names and figures", () => {
  it("drop the stack and Pulumi's random suffix", () => {
    assert.equal(plainName("dev-alarms-write-throttling-42e3769", "dev"), "write-throttling");
    assert.equal(plainName("dev-flink-scale-out-alarm-7e659c9", "dev"), "flink-scale-out");
    assert.equal(plainName("somebody-elses", "dev"), "somebody-elses");
  });

  it("have few decimals", () => {
    assert.deepEqual([1.234, 12.345, 123.45, 1234.5].map(figure), ["1.23", "12.3", "123", "1,235"]);
  });

  it("become sentences with times of day", () => {
    assert.equal(sentence(shortTimes("begun at 2026-01-05T02:27:00.000Z, is done")), "Begun at 02:27, is done.");
  });
});
