import type { DeployedResource } from "../../../sandbox/deploy/deploy";
import type { Sandbox } from "../../../sandbox/sandbox";

/** The one resource of a type, or the one of that type with this logical name. */
export function resourceOf({ deployment }: Sandbox, type: string, name?: string): DeployedResource {
  const found = deployment.resources.filter(
    (resource) => resource.type === type && (name === undefined || resource.name === name),
  );
  const [resource] = found;
  if (!resource || found.length > 1) throw new Error(`${found.length} resources of ${type} named ${name ?? "anything"}`);
  return resource;
}
