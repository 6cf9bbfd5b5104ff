import type * as pulumi from "@pulumi/pulumi";

/** The option of a resource that holds data. Left out where it isn't asked for: then it is the parent's. */
export function protection({ protect }: { protect: boolean }): Pick<pulumi.CustomResourceOptions, "protect"> {
  return protect ? { protect } : {};
}
