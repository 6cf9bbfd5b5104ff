import { strict as assert } from "node:assert";
import { asset } from "@pulumi/pulumi";
import { codePathsOnce } from "../../../sandbox/deploy/codePathsOnce";

describe("the sandbox's look for a function's packages", () => {
  let looks: number;
  let codePaths: ReturnType<typeof codePathsOnce>;

  beforeEach(() => {
    looks = 0;
    codePaths = codePathsOnce(async ({ extraExcludePackages = [] } = {}) => {
      looks++;
      const packages = ["zod", "yaml"].filter((name) => !extraExcludePackages.includes(name));
      return new Map(packages.map((name) => [name, new asset.FileArchive(name)]));
    });
  });

  const without = async (...extraExcludePackages: string[]) => [...(await codePaths({ extraExcludePackages })).keys()];

  it("is taken once for the same question", async () => {
    assert.deepEqual(await Promise.all([without("zod"), without("zod")]), [["yaml"], ["yaml"]]);
    assert.equal(looks, 1);
  });

  it("is taken again for another question", async () => {
    assert.deepEqual(
      [await without("zod"), await without("yaml"), [...(await codePaths()).keys()]],
      [["yaml"], ["zod"], ["zod", "yaml"]],
    );
    assert.equal(looks, 3);
  });

  it("is nobody's to change", async () => {
    (await codePaths()).clear();
    assert.equal((await codePaths()).size, 2);
  });
});
