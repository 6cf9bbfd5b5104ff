import * as assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import {
  anything,
  areRight,
  fieldProblems,
  flag,
  listOf,
  nearest,
  object,
  oneOf,
  pick,
  required,
  text,
  whole,
  withDefaults,
  type Field,
} from "../../components/fields";

/** What is said of one argument's value; "" where it is allowed. */
const said = (field: Field, value: unknown) =>
  fieldProblems({ size: value }, { size: field }, "").map((problem) => problem.text)[0] ?? "";

describe("an argument", () => {
  it("that is a whole number lies within its bounds, both allowed", () => {
    for (const value of [1, 2, 8]) assert.equal(said(whole(1, 8), value), "");
    for (const value of [0, 9, 1.5, "2", null, Number.NaN])
      assert.equal(said(whole(1, 8), value), "allowed is a whole number from 1 to 8");
  });

  it("that is a flag is true or false", () => {
    for (const value of [true, false]) assert.equal(said(flag(false), value), "");
    for (const value of [0, "true", null]) assert.equal(said(flag(false), value), "allowed is true or false");
  });

  it("that is one of a few is told all of them", () => {
    assert.equal(said(oneOf(["act", 1], "act"), 1), "");
    assert.equal(said(oneOf(["act", 1], "act"), "observe"), 'allowed is "act", 1');
  });

  it("that is text has its pattern", () => {
    assert.equal(said(text(/^a+$/, "many a"), "aa"), "");
    for (const value of ["b", 1]) assert.equal(said(text(/^a+$/, "many a"), value), "allowed is many a");
  });

  it("that is a list says which of its elements is wrong; an element may be known later", () => {
    const letters = listOf(/^[a-z]$/, "letters");
    for (const value of [[], ["a"], ["a", pulumi.output("?")], [Promise.resolve("?")]]) assert.equal(said(letters, value), "");
    assert.equal(said(letters, ["a", "B", "C"]), "at 1, 2: allowed is a list of letters");
    assert.equal(said(letters, "a"), "allowed is a list of letters");
  });

  it("that is an object says where in it the trouble is, unknown names too", () => {
    const step = object(z.strictObject({ steps: z.array(z.strictObject({ adjustment: z.number() })) }), "steps");
    assert.equal(said(step, { steps: [{ adjustment: 1 }] }), "");
    assert.equal(said(step, { steps: [{ adjustment: "1" }] }), "at steps.0.adjustment: allowed is steps");
    assert.equal(said(step, { steps: [{ adjustment: 1, upper: 1 }], a: 1, b: 2 }), "at steps.0.upper, a, b: allowed is steps");
  });

  it("that can be anything is never wrong", () => {
    for (const value of [null, 0, {}]) assert.equal(said(anything(), value), "");
    assert.equal(anything().allowed, "anything");
  });

  it("may be left out, unless it is required: then it is told what to do", () => {
    assert.equal(said(whole(1, 8), undefined), "");
    assert.equal(said(required(whole(1, 8)), undefined), "allowed is a whole number from 1 to 8. Set it");
    assert.equal(said(required(whole(1, 8), "measure it"), undefined), "measure it");
    assert.equal(said(required(whole(1, 8), "measure it"), 9), "allowed is a whole number from 1 to 8");
  });

  it("that is known when the deployment runs is AWS's to check", () => {
    for (const value of [pulumi.output(9), Promise.resolve(9)]) assert.equal(said(whole(1, 8), value), "");
  });
});

describe("arguments", () => {
  const fields = { shards: whole(1, 8, 4), retentionHours: whole(24, 8760) };

  it("are told by their paths, those that are wrong before those that don't exist", () => {
    assert.deepEqual(fieldProblems({ retentionHors: 48, shards: 0, left: undefined }, fields, "stream."), [
      { path: "stream.shards", value: 0, text: "allowed is a whole number from 1 to 8" },
      {
        path: "stream.retentionHors",
        value: 48,
        text: "there is no such argument; the nearest is `stream.retentionHours`. Correct or remove it",
      },
    ]);
  });

  it("that every object has are none of a component's", () => {
    assert.deepEqual(
      fieldProblems({ toString: 1 }, fields, "").map(({ path }) => path),
      ["toString"],
    );
    assert.deepEqual(pick({ toString: 1, shards: 2, names: 3 }, fields), { shards: 2 });
  });

  it("have their defaults where they are left out, and keep what no field knows", () => {
    assert.deepEqual(withDefaults({ shards: undefined, more: 1 }, fields), { shards: 4, retentionHours: undefined, more: 1 });
    assert.deepEqual(withDefaults({ shards: 0 }, fields), { shards: 0, retentionHours: undefined });
  });

  it("are right where nothing is wrong with them, nor with anything in them", () => {
    const problems = ["stream.shards", "stream.scaling.targetPercent"].map((path) => ({ path, value: 0, text: "" }));
    const right = (...names: string[]) => areRight(problems, "stream.", names);
    assert.deepEqual(
      [right("shards"), right("minShards", "shards"), right("scaling"), right("scaling.targetPercent")],
      [false, false, false, false],
    );
    assert.deepEqual(
      [right(), right("minShards", "shard"), right("scaling.target"), areRight(problems, "", ["shards"])],
      [true, true, true, true],
    );
  });
});

describe("the nearest name", () => {
  it("has the fewest letters added, left out or changed, whatever their case", () => {
    const known = ["minShards", "maxShards", "retentionHours", "mode"];
    for (const [name, found] of [
      ["maxShard", "maxShards"],
      ["maxxShards", "maxShards"],
      ["mixShards", "minShards"],
      ["MAXSHARDS", "maxShards"],
      ["retention", "retentionHours"],
      ["hours", "mode"],
      ["", "mode"],
    ] as const)
      assert.equal(nearest(name, known), found, name);
    assert.equal(nearest("share", ["shard", "share"]), "share");
  });

  it("is the first of those that are as near", () => {
    assert.equal(nearest("mxxShards", ["minShards", "maxShards"]), "maxShards");
    assert.equal(nearest("moxShards", ["minShards", "maxShards"]), "maxShards");
    assert.equal(nearest("mShards", ["minShards", "maxShards"]), "minShards");
    assert.equal(nearest("mShards", ["maxShards", "minShards"]), "maxShards");
  });
});
