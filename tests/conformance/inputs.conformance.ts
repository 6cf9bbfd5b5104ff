import { strict as assert } from "node:assert";
import {
  botocoreOperations,
  botocoreServices,
  listedSection,
  refusedSection,
  type AwsMembers,
  type AwsOperations,
} from "../../scripts/refusedInputs";
import { isValues, type Members } from "../../sandbox/core/modelled";
import { createCloud } from "../../sandbox/createCloud";
import { needs, python } from "./tools";

/** What AWS's API has no members for: the program's provider hands files and settings over as Pulumi has them. */
const ownMembers =
  /^(CreateFunction Code\.files|CreateFunction ReservedConcurrentExecutions|UpdateFunctionCode Code(\.files)?|Put\w+ Configuration)$/;

/** Declared members that botocore's model hasn't, as "Operation Member". */
function unknownTo(aws: AwsMembers | undefined, members: Members, at: string): string[] {
  return Object.entries(members).flatMap(([name, known]) => {
    const path = `${at}${name}`;
    if (ownMembers.test(path)) return [];
    if (!aws || !(name in aws)) return [path];
    return typeof known === "string" || isValues(known) ? [] : unknownTo(aws[name], known, `${path}.`);
  });
}

describe("inputs of services without an SDK client here, against botocore's models", () => {
  const cloud = createCloud({ start: Date.UTC(2026, 0, 5), seed: 1, region: "us-east-1" });
  let models: Record<string, AwsOperations>;
  before(function () {
    needs(this, python, "botocore");
    models = botocoreOperations(python);
  });

  for (const name of botocoreServices) {
    const service = cloud.services.get(name)!;
    const refusal = (operation: string, input: object) =>
      cloud.call(name, operation, input, cloud.deployer).then(
        () => "",
        (error: Error) => error.message,
      );

    it(`${name} declares no operation and no member that AWS hasn't`, () => {
      const wrong = Object.entries(service.inputs).flatMap(([operation, members]) =>
        models[name]![operation] ? unknownTo(models[name]![operation], members, `${operation} `) : [operation],
      );
      assert.deepEqual(wrong, []);
      assert.deepEqual(Object.keys(service.inputs).sort(), Object.keys(service.operations).sort());
    });

    it(`${name} refuses by its name each member that it doesn't model`, async () => {
      for (const [operation, members] of Object.entries(service.inputs)) {
        for (const member of Object.keys(models[name]![operation]!)) {
          const message = await refusal(operation, { [member]: {} });
          const refused = message.startsWith(`The sandbox does not model ${member} of ${name}:${operation}`);
          assert.equal(refused, !(member in members), `${operation} ${member}: ${message}`);
        }
      }
    });

    it(`${name} is listed in docs/fidelity-inputs.md with what it refuses`, () => {
      assert.equal(listedSection(name), refusedSection(service, models[name]!));
    });
  }
});
