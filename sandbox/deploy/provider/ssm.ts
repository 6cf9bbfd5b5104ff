import { partitionOf } from "../../../components/partition";
import { defined, unlessGone, type Handlers } from "./handler";

export const ssmHandlers: Handlers = {
  "aws:ssm/parameter:Parameter": {
    async create(deployer, name, inputs) {
      const Name = deployer.physicalName(name, inputs.name);
      const { Version } = await deployer.call(
        "ssm",
        "PutParameter",
        defined({
          Name,
          Type: inputs.type,
          Value: inputs.value ?? inputs.insecureValue,
          Description: inputs.description,
          Tier: inputs.tier,
          AllowedPattern: inputs.allowedPattern,
          Overwrite: inputs.overwrite,
        }),
      );
      return {
        id: Name,
        state: { ...inputs, name: Name, arn: arnOf(deployer.region, deployer.account, Name), version: Version },
      };
    },
    read: (deployer, id, state) =>
      unlessGone(async () => {
        const { Parameter } = await deployer.call("ssm", "GetParameter", { Name: id, WithDecryption: true });
        return { ...state, value: Parameter.Value, version: Parameter.Version };
      }),
    async update(deployer, id, state, inputs) {
      const { Version } = await deployer.call("ssm", "PutParameter", {
        Name: id,
        Type: inputs.type,
        Value: inputs.value,
        Overwrite: true,
      });
      return { ...state, ...inputs, version: Version };
    },
    async delete(deployer, id) {
      await deployer.call("ssm", "DeleteParameter", { Name: id });
    },
    replaceOn: ["name"],
  },
};

function arnOf(region: string, account: string, name: string): string {
  return `arn:${partitionOf(region).name}:ssm:${region}:${account}:parameter/${name.replace(/^\//, "")}`;
}
