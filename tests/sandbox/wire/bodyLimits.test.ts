// Source: the sandbox's own
import { strict as assert } from "node:assert";
import { cbor, dateToTag } from "@smithy/core/cbor";
import * as fc from "fast-check";
import { bodyLimits, cborProblem, jsonProblem } from "../../../sandbox/wire/bodyLimits";

const few = { depth: 3, values: 8 };
const bytes = (...parts: (number | Buffer)[]) =>
  Buffer.concat(parts.map((part) => (typeof part === "number" ? Buffer.from([part]) : part)));

describe("the limits of a JSON body", () => {
  it("are its nesting and how many values it has", () => {
    assert.equal(jsonProblem(Buffer.from("[[[1,2,3]]]"), few), undefined);
    assert.match(jsonProblem(Buffer.from("[[[[1]]]]"), few)!, /nested deeper than 3 levels/);
    assert.match(jsonProblem(Buffer.from('{"a":{"b":{"c":{}}}}'), few)!, /nested deeper/);
    assert.equal(jsonProblem(Buffer.from("[[1],[1]]"), few), undefined);
    assert.match(jsonProblem(Buffer.from("[1,2,3,4,5,6,7,8]"), few)!, /more than 8 values/);
    assert.match(jsonProblem(Buffer.from("[[],[],[],[],[]]"), few)!, /more than 8 values/);
  });

  it("don't count what stands in texts", () => {
    const texts = ["[[[[[[[[[[[[", ",,,,,,,,,,,,", '"[[[[,,,,"', "\\", '\\"[[[[[', "\\\\"];
    for (const text of texts) assert.equal(jsonProblem(Buffer.from(JSON.stringify([text])), few), undefined, text);
    for (const text of texts) {
      assert.match(jsonProblem(Buffer.from(`[${JSON.stringify(text)},[[[[1]]]]]`), few)!, /nested deeper/, text);
    }
  });
});

describe("the limits of a CBOR body", () => {
  it("are its nesting and how many values it has, of fixed length and endless", () => {
    const encoded = (value: unknown) => Buffer.from(cbor.serialize(value));
    assert.equal(cborProblem(encoded([[[1, 2]]]), few), undefined);
    assert.match(cborProblem(encoded([[[[1]]]]), few)!, /nested deeper than 3 levels/);
    assert.match(cborProblem(bytes(0x9f, 0x9f, 0x9f, 0x9f, 0xff, 0xff, 0xff, 0xff), few)!, /nested deeper/);
    assert.match(cborProblem(encoded([1, 2, 3, 4, 5, 6, 7, 8, 9]), few)!, /more than 8 values/);
    assert.equal(cborProblem(bytes(0xbf, 0x61, 0x61, 0x9f, 1, 0xff, 0xff), few), undefined);
  });

  it("refuse numbers of any length and any exponent", () => {
    const number = bytes(0x5a, 0, 2, 0, 0, Buffer.alloc(131_072, 1));
    for (const tag of [0xc2, 0xc3]) assert.match(cborProblem(bytes(tag, number))!, /more than 64 bits/);
    assert.match(cborProblem(bytes(0xc4, 0x82, 0x1a, 0x10, 0, 0, 0, 1))!, /more than 64 bits/);
    assert.match(cborProblem(bytes(0xd8, 0x02, number))!, /more than 64 bits/);
  });

  it("refuse a length that the body doesn't have", () => {
    for (const first of [0x5a, 0x7a, 0x9a, 0xba]) {
      assert.match(cborProblem(bytes(first, 0x01, 0xff, 0xff, 0xff, 0, 0))!, /not one whole CBOR item/);
    }
  });

  it("let through whatever the SDK writes, and nothing that is cut off", () => {
    const value = fc.letrec((tie) => ({
      any: fc.oneof(
        { depthSize: "small" },
        fc.string(),
        fc.integer(),
        fc.double({ noNaN: true }),
        fc.boolean(),
        fc.constant(null),
        fc.uint8Array(),
        fc.constant(dateToTag(new Date(0))),
        fc.array(tie("any"), { maxLength: 4 }),
        fc.dictionary(fc.string({ maxLength: 4 }), tie("any"), { maxKeys: 4 }),
      ),
    })).any;
    fc.assert(
      fc.property(value, fc.nat(), (any, cut) => {
        const body = Buffer.from(cbor.serialize(any));
        assert.equal(cborProblem(body), undefined);
        assert.match(cborProblem(body.subarray(0, cut % body.length))!, /not one whole CBOR item/);
      }),
      { seed: 3, numRuns: 500 },
    );
  });

  it("are far above what AWS's largest request has", () => {
    const datum = {
      MetricName: "m",
      Dimensions: Array.from({ length: 30 }, (_, i) => ({ Name: `n${i}`, Value: "v" })),
      Values: Array.from({ length: 150 }, (_, i) => i),
      Counts: Array.from({ length: 150 }, () => 1),
    };
    const request = { Namespace: "n", MetricData: Array.from({ length: 1_000 }, () => datum) };
    assert.equal(jsonProblem(Buffer.from(JSON.stringify(request))), undefined);
    assert.equal(cborProblem(Buffer.from(cbor.serialize(request))), undefined);
    assert.ok(bodyLimits.values <= 1_000_000);
  });
});
