import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import { kpuKind, shardKind } from "../../../components/scaling/dimensionKind";
import {
  AdjustmentType,
  adjustedCapacity,
  maxSteps,
  scaleInSteps,
  scaleOutSteps,
  stepFor,
  stepProblems,
  type Step,
  type StepPolicy,
} from "../../../components/scaling/stepAdjustments";

const percent = (...steps: StepPolicy["steps"]): StepPolicy => ({
  adjustmentType: AdjustmentType.PercentChangeInCapacity,
  steps,
});

/** Capacity after one alarm at `utilisation`, without bounds. */
function after(policy: StepPolicy, threshold: number, utilisation: number, capacity: number, max = 1e6): number {
  const step = stepFor(policy, threshold, utilisation);
  assert.ok(step, `no step for ${utilisation}`);
  return adjustedCapacity(policy, step, capacity, 1, max);
}

/** Thresholds that config.ts accepts: in < target < out. */
const thresholds = fc
  .tuple(fc.integer({ min: 5, max: 40 }), fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 30 }))
  .map(([scaleIn, a, b]) => ({ scaleIn, target: scaleIn + a, out: scaleIn + a + b }));

describe("step adjustments of scaling out", () => {
  it("are at most 20 and accepted by Application Auto Scaling, for every order of thresholds", () => {
    fc.assert(
      fc.property(thresholds, fc.constantFrom(shardKind.highestPercent, kpuKind.highestPercent), ({ out, target }, highest) => {
        const policy = scaleOutSteps(out, target, highest);
        assert.ok(policy.steps.length <= maxSteps);
        assert.deepEqual(stepProblems(policy, "out"), []);
      }),
      { seed: 1 },
    );
  });

  it("bring a large fleet to the target or at most a step's width below it, in one scaling", () => {
    const policy = scaleOutSteps(75, 60, shardKind.highestPercent);
    for (let utilisation = 75; utilisation < shardKind.highestPercent; utilisation += 0.25) {
      const result = (utilisation * 1000) / after(policy, 75, utilisation, 1000);
      assert.ok(result <= 60.06 && result > 56, `${utilisation} % leads to ${result} %`);
    }
  });

  it("bring an application with a backlog from 1600 % to the target in one scaling", () => {
    const policy = scaleOutSteps(75, 60, kpuKind.highestPercent);
    for (let utilisation = 75; utilisation < kpuKind.highestPercent; utilisation += 1) {
      const result = (utilisation * 1000) / after(policy, 75, utilisation, 1000);
      assert.ok(result <= 60.1 && result > 50, `${utilisation} % leads to ${result} %`);
    }
  });

  it("stop at a doubling of the stream where that leads halfway to the target: a second UpdateShardCount takes as long as the first", () => {
    const policy = scaleOutSteps(75, 60, shardKind.highestPercent, shardKind.callPercent.out);
    assert.equal(after(policy, 75, 122, 100), 200);
    assert.equal(after(policy, 75, 128, 100), 200);
    assert.ok(after(policy, 75, 130, 100) > 220);
    for (let utilisation = 75; utilisation < shardKind.highestPercent; utilisation += 0.25)
      assert.ok((utilisation * 1000) / after(policy, 75, utilisation, 1000) <= 67.5);
  });

  it("grow with utilisation: no step adds less than the one before", () => {
    const adjustments = scaleOutSteps(75, 60, kpuKind.highestPercent).steps.map((step) => step.adjustment);
    assert.deepEqual(
      adjustments,
      [...adjustments].sort((a, b) => a - b),
    );
  });

  it("always add something", () => {
    fc.assert(
      fc.property(
        thresholds,
        fc.integer({ min: 1, max: 400 }),
        fc.integer({ min: 0, max: 2000 }),
        ({ out, target }, capacity, beyond) => {
          const policy = scaleOutSteps(out, target, kpuKind.highestPercent);
          assert.ok(after(policy, out, out + beyond, capacity) > capacity);
        },
      ),
      { seed: 2 },
    );
  });
});

describe("a derived step", () => {
  const last = ({ steps }: StepPolicy) => steps[steps.length - 1];

  it("adds exactly what leads to the target, not a percent more", () => {
    assert.equal(last(scaleOutSteps(75, 50, shardKind.highestPercent))?.adjustment, 300);
  });

  it("removes exactly what leads to the target, and something at least", () => {
    assert.equal(stepFor(scaleInSteps(30, 60, 1, 64), 30, 30 - 1e-6)?.adjustment, -50);
    assert.equal(stepFor(scaleInSteps(59.9, 60, 1, 64), 59.9, 59.89)?.adjustment, -1);
  });

  it("stops at one call of the service where that leads just halfway to the target", () => {
    assert.equal(last(scaleOutSteps(75, 60, 135, shardKind.callPercent.out))?.adjustment, 100);
    const inward = scaleInSteps(35, 60, 19, 48, shardKind.callPercent.in);
    assert.equal(inward.steps.at(-2)?.adjustment, -50, "halfway is 47.5 %: 23.75 % is the least that halving brings there");
  });

  it("is one for each adjustment: neighbours that do the same are one step", () => {
    fc.assert(
      fc.property(thresholds, fc.integer({ min: 1, max: 100 }), fc.integer({ min: 0, max: 900 }), (t, min, more) => {
        for (const { steps } of [
          scaleOutSteps(t.out, t.target, 200, 100),
          scaleInSteps(t.scaleIn, t.target, min, min + more, 50),
        ])
          steps.forEach(({ adjustment }, i) => assert.notEqual(adjustment, steps[i + 1]?.adjustment));
      }),
      { seed: 5 },
    );
    assert.deepEqual(scaleOutSteps(75, 60, 76).steps, [
      { lowerBound: 0, upperBound: 0.6, adjustment: 26 },
      { lowerBound: 0.6, adjustment: 27 },
    ]);
  });

  it("is never empty, however near the thresholds are", () => {
    assert.deepEqual(stepProblems(scaleInSteps(34.51, 50, 69, 100), "in"), []);
  });

  it("of scaling in is one alone where the minimum just suffices for the largest fleet", () => {
    assert.deepEqual(scaleInSteps(35, 60, 7, 12), percent({ upperBound: 0, adjustment: -41 }));
  });
});

describe("step adjustments of scaling in", () => {
  it("are at most 20 and accepted by Application Auto Scaling, for every order of thresholds and every pair of bounds", () => {
    fc.assert(
      fc.property(
        thresholds,
        fc.integer({ min: 1, max: 100 }),
        fc.integer({ min: 0, max: 9900 }),
        ({ scaleIn, target }, min, more) => {
          const policy = scaleInSteps(scaleIn, target, min, min + more);
          assert.ok(policy.steps.length <= maxSteps);
          assert.deepEqual(stepProblems(policy, "in"), []);
        },
      ),
      { seed: 3 },
    );
  });

  it("never lead a fleet of more than two above the target", () => {
    const policy = scaleInSteps(35, 60, 1, 64);
    for (let capacity = 3; capacity <= 64; capacity++)
      for (let utilisation = 0.01; utilisation < 35; utilisation += 0.5) {
        const result = (utilisation * capacity) / after(policy, 35, utilisation, capacity);
        assert.ok(result <= 60.001, `${capacity} at ${utilisation} % lead to ${result} %`);
      }
  });

  it("stop at halving the stream where that leads halfway to the target", () => {
    const policy = scaleInSteps(35, 60, 1, 64, shardKind.callPercent.in);
    assert.equal(after(policy, 35, 24.5, 100), 50);
    assert.ok(after(policy, 35, 20, 100) < 50);
    assert.ok(after(policy, 35, 34, 100) > 50);
    assert.deepEqual(stepProblems(policy, "in"), []);
  });

  it("go to the minimum at once where nothing comes in", () => {
    for (const [min, max] of [
      [1, 64],
      [2, 128],
      [1, 400],
    ] as const) {
      const policy = scaleInSteps(35, 60, min, max);
      const step = stepFor(policy, 35, 0);
      assert.equal(step?.adjustment, -100);
      assert.equal(adjustedCapacity(policy, step, max, min, max), min);
    }
  });

  it("go as far as a percent step leads where the minimum suffices only for less than a hundredth of a percent", () => {
    const policy = scaleInSteps(35, 60, 1, 10_000);
    const step = stepFor(policy, 35, 0);
    assert.equal(step?.adjustment, -99);
    assert.equal(adjustedCapacity(policy, step, 10_000, 1, 10_000), 100);
    assert.equal(adjustedCapacity(policy, step, 100, 1, 10_000), 1);
    assert.equal(stepFor(scaleInSteps(35, 60, 1, 6_000), 35, 0)?.adjustment, -100, "one suffices at a hundredth");
  });

  it("begin the last one at a hundredth of a percent below which the minimum suffices, not the nearest", () => {
    // 60 / 3,500 = 0.01714...: at 0.02 % of 3,500 one would be at 70 %.
    assert.equal(scaleInSteps(35, 60, 1, 3_500).steps.at(-1)?.upperBound, -34.99);
    assert.equal(scaleInSteps(35, 60, 1, 90).steps.at(-1)?.upperBound, -34.33, "0.6667 is near enough to 0.67");
    assert.equal(scaleInSteps(35, 51, 1, 200).steps.at(-1)?.upperBound, -34.74, "0.26 is one percentage point above the target");
    assert.equal(scaleInSteps(35, 50, 2, 35).steps.at(-1)?.upperBound, -32.14, "2.8571 is near enough to 2.86");
  });

  it("are a single step where the minimum is so near the maximum that it always suffices", () => {
    assert.deepEqual(scaleInSteps(35, 60, 9, 10), percent({ upperBound: 0, adjustment: -41 }));
  });
});

describe("Application Auto Scaling's rules", () => {
  const change = (adjustment: number, capacity: number) => {
    const policy = percent({ lowerBound: 0, adjustment });
    return adjustedCapacity(policy, policy.steps[0]!, capacity, 0, 1e6) - capacity;
  };

  it("round a percent change: 12.7 to 12, 0.4 to 1, -0.5 to -1, -6.67 to -6", () => {
    assert.equal(change(127, 10), 12);
    assert.equal(change(40, 1), 1);
    assert.equal(change(-50, 1), -1);
    assert.equal(change(-29, 23), -6);
    assert.equal(change(30, 11), 3);
    assert.equal(change(-30, 13), -3);
  });

  it("apply minAdjustmentMagnitude to percent changes: 25 % of 4 with a magnitude of 2 is 2", () => {
    const policy = { ...percent({ lowerBound: 0, adjustment: 25 }), minAdjustmentMagnitude: 2 };
    assert.equal(adjustedCapacity(policy, policy.steps[0]!, 4, 0, 100), 6);
  });

  it("apply minAdjustmentMagnitude in the step's direction only, and never to a step of nothing", () => {
    const of = (adjustment: number) => ({ ...percent({ adjustment }), minAdjustmentMagnitude: 3 });
    for (const [adjustment, capacity] of [
      [-25, 1],
      [25, 7],
      [0, 4],
      [-100, 0],
    ] as const)
      assert.equal(adjustedCapacity(of(adjustment), of(adjustment).steps[0]!, 4, 0, 100), capacity);
  });

  it("know ChangeInCapacity and ExactCapacity, and keep to the bounds", () => {
    const by = { adjustmentType: AdjustmentType.ChangeInCapacity, steps: [{ lowerBound: 0, adjustment: 3 }] };
    const to = { adjustmentType: AdjustmentType.ExactCapacity, steps: [{ lowerBound: 0, adjustment: 12 }] };
    assert.equal(adjustedCapacity(by, by.steps[0]!, 4, 1, 64), 7);
    assert.equal(adjustedCapacity(to, to.steps[0]!, 4, 1, 64), 12);
    assert.equal(adjustedCapacity(to, to.steps[0]!, 4, 1, 10), 10);
  });

  it("take [lower, upper) above the threshold and (lower, upper] below it", () => {
    const out = percent({ lowerBound: 0, upperBound: 10, adjustment: 10 }, { lowerBound: 10, adjustment: 20 });
    assert.equal(stepFor(out, 75, 75)?.adjustment, 10);
    assert.equal(stepFor(out, 75, 85)?.adjustment, 20);
    const scaleIn = percent({ upperBound: -10, adjustment: -20 }, { lowerBound: -10, upperBound: 0, adjustment: -10 });
    assert.equal(stepFor(scaleIn, 35, 25)?.adjustment, -20);
    assert.equal(stepFor(scaleIn, 35, 25.01)?.adjustment, -10);
    assert.equal(stepFor(out, 75, 74), undefined);
  });

  it("take the step whose interval holds the value, in whatever order they are listed", () => {
    const out = percent({ lowerBound: 10, adjustment: 20 }, { lowerBound: 0, upperBound: 10, adjustment: 10 });
    const scaleIn = percent({ lowerBound: -10, upperBound: 0, adjustment: -10 }, { upperBound: -10, adjustment: -20 });
    assert.deepEqual([stepFor(out, 75, 80)?.adjustment, stepFor(out, 75, 85)?.adjustment], [10, 20]);
    assert.deepEqual([stepFor(scaleIn, 35, 30)?.adjustment, stepFor(scaleIn, 35, 25)?.adjustment], [-10, -20]);
  });
});

describe("explicit steps are refused", () => {
  const cases: [string, StepPolicy, "out" | "in", RegExp][] = [
    ["without any step", percent(), "out", /has 0 steps; allowed are 1 to 20/],
    [
      "with more than 20",
      percent(
        ...Array.from({ length: 21 }, (_, i) => ({ lowerBound: i, upperBound: i < 20 ? i + 1 : undefined, adjustment: 1 })),
      ),
      "out",
      /has 21 steps/,
    ],
    [
      "with a gap",
      percent({ lowerBound: 0, upperBound: 5, adjustment: 1 }, { lowerBound: 6, adjustment: 2 }),
      "out",
      /a gap between 5 and 6/,
    ],
    [
      "with an overlap",
      percent({ lowerBound: 0, upperBound: 5, adjustment: 1 }, { lowerBound: 4, adjustment: 2 }),
      "out",
      /overlap at 4/,
    ],
    [
      "with an empty interval",
      percent({ lowerBound: 0, upperBound: 0, adjustment: 1 }, { lowerBound: 0, adjustment: 2 }),
      "out",
      /empty interval/,
    ],
    ["that leave the top open", percent({ lowerBound: 0, upperBound: 5, adjustment: 1 }), "out", /cover everything above/],
    ["that leave the bottom open", percent({ lowerBound: -5, upperBound: 0, adjustment: -1 }), "in", /cover everything below/],
    [
      "that remove when scaling out",
      percent({ lowerBound: 0, adjustment: -5 }),
      "out",
      /adjustment -5; allowed is whole and above 0/,
    ],
    ["that add when scaling in", percent({ upperBound: 0, adjustment: 5 }), "in", /adjustment 5; allowed is whole and below 0/],
    ["that begin above the threshold", percent({ lowerBound: 5, adjustment: 1 }), "out", /first step has lowerBound 0/],
    ["that end below the threshold", percent({ upperBound: -5, adjustment: -1 }), "in", /last one upperBound 0/],
    [
      "that add nothing when scaling out",
      percent({ lowerBound: 0, adjustment: 0 }),
      "out",
      /adjustment 0; allowed is whole and above 0/,
    ],
    [
      "that remove nothing when scaling in",
      percent({ upperBound: 0, adjustment: 0 }),
      "in",
      /adjustment 0; allowed is whole and below 0/,
    ],
    ["with a fraction", percent({ lowerBound: 0, adjustment: 1.5 }), "out", /adjustment 1.5/],
    [
      "to a negative capacity",
      { adjustmentType: AdjustmentType.ExactCapacity, steps: [{ upperBound: 0, adjustment: -1 }] },
      "in",
      /whole and not negative/,
    ],
    [
      "with a magnitude that only percents know",
      { adjustmentType: AdjustmentType.ChangeInCapacity, minAdjustmentMagnitude: 2, steps: [{ lowerBound: 0, adjustment: 1 }] },
      "out",
      /minAdjustmentMagnitude, which only PercentChangeInCapacity knows/,
    ],
  ];
  for (const [name, policy, direction, expected] of cases)
    it(name, () => assert.match(stepProblems(policy, direction).join("; "), expected));

  it("for several exact numbers: at 80 % of 20 the one leads to 10, and there at 160 % the other back to 20", () => {
    const exact = (...adjustments: [number, number]) => ({
      adjustmentType: AdjustmentType.ExactCapacity,
      steps: [
        { lowerBound: 0, upperBound: 25, adjustment: adjustments[0] },
        { lowerBound: 25, adjustment: adjustments[1] },
      ],
    });
    assert.deepEqual(stepProblems(exact(10, 20), "out"), [
      "has several exact numbers; allowed is one: what leads from the one to the other can lead back",
    ]);
    assert.deepEqual(stepProblems(exact(20, 20), "out"), []);
  });

  it("once for each thing that is wrong: two steps without a lower bound overlap, and leave no gap", () => {
    assert.deepEqual(stepProblems(percent({ upperBound: 0, adjustment: -5 }, { upperBound: 0, adjustment: -6 }), "in"), [
      "has steps that overlap at no lower bound",
    ]);
  });

  it("never for their order", () => {
    const inward = [
      { upperBound: -20, adjustment: -30 },
      { lowerBound: -20, upperBound: -10, adjustment: -20 },
      { lowerBound: -10, upperBound: 0, adjustment: -10 },
    ];
    const [a, b, c] = inward as [Step, Step, Step];
    for (const order of [
      [a, b, c],
      [a, c, b],
      [b, a, c],
      [b, c, a],
      [c, a, b],
      [c, b, a],
    ])
      assert.deepEqual(stepProblems(percent(...order), "in"), []);
  });

  it("never without reason: those of all three types that AWS accepts are fine", () => {
    assert.deepEqual(
      stepProblems(percent({ lowerBound: 0, upperBound: 10, adjustment: 10 }, { lowerBound: 10, adjustment: 50 }), "out"),
      [],
    );
    assert.deepEqual(
      stepProblems({ adjustmentType: AdjustmentType.ExactCapacity, steps: [{ upperBound: 0, adjustment: 2 }] }, "in"),
      [],
    );
    const toNothing = { adjustmentType: AdjustmentType.ExactCapacity, steps: [{ upperBound: 0, adjustment: 0 }] };
    assert.deepEqual(stepProblems(toNothing, "in"), []);
    const atLeastTwo = { ...percent({ lowerBound: 0, adjustment: 10 }), minAdjustmentMagnitude: 2 };
    assert.deepEqual(stepProblems(atLeastTwo, "out"), []);
  });
});
