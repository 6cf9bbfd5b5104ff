// Source: CloudWatch search expression syntax
import { strict as assert } from "node:assert";
import { distinctLabels, matchesSearch, parseSearch, tokens } from "../../../../sandbox/services/cloudwatch/search";
import { numberSlabs } from "../../../../sandbox/services/cloudwatch/numberSlabs";
import { Series, type MetricKey } from "../../../../sandbox/services/cloudwatch/series";
import { RecentMinutes } from "../../../../sandbox/services/cloudwatch/recentMinutes";

const metric = (namespace: string, name: string, dimensions: Record<string, string> = {}): MetricKey => ({
  namespace,
  name,
  dimensions,
});
const finds = (query: string, key: MetricKey) => matchesSearch(parseSearch(query), key);
const named = (name: string) => metric("MyNamespace", name);

/** Rules and examples of "CloudWatch search expression syntax". */
describe("SEARCH", () => {
  it("cuts names into tokens at capitals, digits and other characters", () => {
    assert.deepEqual(tokens("CustomCount1"), ["custom", "count", "1"]);
    assert.deepEqual(tokens("SDBFailure"), ["sdb", "failure"]);
    assert.deepEqual(tokens("Project2-trial333"), ["project", "2", "trial", "333"]);
  });

  for (const term of ["count", "Count", "COUNT", "CustomCount", "Count1"]) {
    it(`finds CustomCount1 by ${term}`, () => assert.ok(finds(term, named("CustomCount1"))));
  }
  for (const term of ["couNT", "customcount", "count1"]) {
    it(`does not find CustomCount1 by ${term}`, () => assert.ok(!finds(term, named("CustomCount1"))));
  }
  for (const term of ["network/errors", "network+errors", "network-errors", "Network_Errors"]) {
    it(`finds Network-Errors-2 and NetworkErrors2 by ${term}`, () => {
      assert.ok(finds(term, named("Network-Errors-2")));
      assert.ok(finds(term, named("NetworkErrors2")));
    });
  }

  it("finds the exact string only, in double quotes", () => {
    assert.ok(finds('{MyNamespace}, "CustomCount1"', named("CustomCount1")));
    assert.ok(!finds('{MyNamespace}, "customcount1"', named("CustomCount1")));
    assert.ok(!finds('{MyNamespace}, "Custom"', named("CustomCount1")));
  });

  it("reads escaped characters in an exact match", () => {
    assert.ok(finds('"Europe\\\\France Traffic\\(Network\\)"', named("Europe\\France Traffic(Network)")));
  });

  it("wants exactly the schema's dimensions", () => {
    const query = '{AWS/EC2,InstanceId} MetricName="CPUUtilization"';
    assert.ok(finds(query, metric("AWS/EC2", "CPUUtilization", { InstanceId: "i-1" })));
    assert.ok(!finds(query, metric("AWS/EC2", "CPUUtilization", { InstanceType: "m5" })));
    assert.ok(!finds(query, metric("AWS/EC2", "CPUUtilization", { InstanceId: "i-1", InstanceType: "m5" })));
    assert.ok(!finds(query, metric("AWS/ECS", "CPUUtilization", { InstanceId: "i-1" })));
  });

  it("reads names with spaces in a schema in double quotes", () => {
    assert.ok(finds('{"My Namespace", "Dimension@Name"}', metric("My Namespace", "x", { "Dimension@Name": "1" })));
  });

  it("matches a property name, in part or exactly", () => {
    const key = metric("AWS/EC2", "CPUUtilization", { InstanceType: "t2.micro" });
    assert.ok(finds("InstanceType=micro", key));
    assert.ok(finds('InstanceType="t2.micro" Namespace="AWS/EC2"', key));
    assert.ok(!finds('InstanceType="t2"', key));
    assert.ok(!finds("MetricName=micro", key));
  });

  it("joins terms with AND unless told, has OR, NOT and parentheses", () => {
    const errors = metric("AWS/Lambda", "Errors", { FunctionName: "ProjectA" });
    const calls = metric("AWS/Lambda", "Invocations", { FunctionName: "ProjectC" });
    const query = '{AWS/Lambda,FunctionName} MetricName="Errors" OR (MetricName="Invocations" AND (ProjectA OR ProjectB))';
    assert.ok(finds(query, errors));
    assert.ok(!finds(query, calls));
    assert.ok(finds("Lambda Errors", errors));
    assert.ok(!finds("Lambda Invocations", errors));
    assert.ok(finds("NOT Namespace=AWS", named("x")));
    assert.ok(!finds("NOT Namespace=AWS", errors));
    assert.ok(!finds('MetricName="Errors" NOT ProjectA', errors));
  });

  it("reads a property's values as a list in parentheses, with what follows it", () => {
    const query = '{AWS/Lambda,FunctionName} MetricName=("Errors" OR "Throttles") FunctionName="ProjectA"';
    const lambda = (name: string, FunctionName: string) => metric("AWS/Lambda", name, { FunctionName });
    assert.ok(finds(query, lambda("Errors", "ProjectA")));
    assert.ok(finds(query, lambda("Throttles", "ProjectA")));
    assert.ok(!finds(query, lambda("Invocations", "ProjectA")));
    assert.ok(!finds(query, lambda("Errors", "ProjectB")));
    assert.ok(!finds(query, lambda("Errors", "Throttles")), "a value is of its property only");
    assert.ok(finds('MetricName=(NOT "Errors")', lambda("Throttles", "ProjectA")));
    assert.ok(!finds('MetricName=(NOT "Errors")', lambda("Errors", "ProjectA")));
    assert.ok(finds("MetricName=(Project OR rors) OR Namespace=EC2", metric("AWS/EC2", "x")));
  });

  it("refuses what it can't read", () => {
    for (const query of ["", "{}", "{A", "(x", "x)", "AND", "MetricName=", 'A=("B"', "A=()", 'A=(B="C")', "A=OR", "A=)"]) {
      assert.throws(() => parseSearch(query), { name: "ExpressionError" }, query);
    }
    assert.throws(() => parseSearch("x".repeat(1025)), /1025 characters; at most 1024/);
  });

  it("labels what it finds by what differs", () => {
    const series = (name: string, dimensions: Record<string, string>) =>
      new Series(metric("N", name, dimensions), "", 0, new RecentMinutes(0), numberSlabs());
    const shards = ["0", "1"].map((ShardId) => series("IncomingBytes", { StreamName: "s", ShardId }));
    assert.deepEqual(distinctLabels(shards), ["0", "1"]);
    assert.deepEqual(distinctLabels([series("A", {}), series("B", {})]), ["A", "B"]);
    assert.deepEqual(distinctLabels([series("A", { D: "x" })]), ["A"]);
  });
});
