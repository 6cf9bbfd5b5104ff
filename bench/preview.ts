import * as fs from "node:fs";
import * as path from "node:path";
import { initialise, openStack, type Stack } from "../tests/engine/support/stack";
import { atMost, median, plainFigure, type Figure } from "./figure";

const root = path.join(__dirname, "..");
const runs = 5;

/** `pulumi preview` of the stack dev, none of which is there yet, as users run it (types are checked), against a program that loads @pulumi/aws. */
export async function previewBench(): Promise<Figure[]> {
  const built = path.join(root, ".cache", "pulumi");
  const versions = fs.existsSync(built) ? fs.readdirSync(built).map((version) => path.join(built, version)) : [];
  process.env["PATH"] = [process.env["PATH"], ...versions].join(path.delimiter);

  const [stack, empty] = [openStack("dev", { checkTypes: true }), openStack("dev", { checkTypes: true, lay: layEmpty })];
  try {
    await initialise(stack, "dev");
    await empty.done("pulumi stack init dev");
    const resources = Object.keys(await stack.plan()).length;
    await empty.plan();
    const [times, bare]: [number[], number[]] = [[], []];
    for (let run = 0; run < runs; run++) {
      times.push(await seconds(stack));
      bare.push(await seconds(empty));
    }
    return [
      plainFigure("pulumi preview: stack dev, nothing there yet", median(times), "s"),
      atMost("pulumi preview: as a multiple of a program that loads @pulumi/aws", median(times) / median(bare), "x", 1.3),
      plainFigure("pulumi preview: resources of the stack dev, without components", resources, ""),
    ];
  } finally {
    for (const { close } of [stack, empty]) close();
  }
}

function layEmpty(folder: string): void {
  const manifest = "name: empty\nruntime: nodejs\nconfig:\n  aws:region: { value: us-east-1 }\n";
  fs.writeFileSync(path.join(folder, "Pulumi.yaml"), manifest);
  fs.writeFileSync(path.join(folder, "Pulumi.dev.yaml"), "{}\n");
  fs.writeFileSync(
    path.join(folder, "index.ts"),
    'import * as aws from "@pulumi/aws";\nexport const kind = typeof aws.kinesis.Stream;\n',
  );
  for (const part of ["package.json", "tsconfig.json", "node_modules"])
    fs.symlinkSync(path.join(root, part), path.join(folder, part));
}

async function seconds({ done }: Stack): Promise<number> {
  const begin = performance.now();
  await done("pulumi preview");
  return (performance.now() - begin) / 1000;
}
