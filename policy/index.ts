import { PolicyPack, type ResourceValidationPolicy, type StackValidationPolicy } from "@pulumi/policy";
import type { Rule } from "./rule";
import { rules } from "./rules";

new PolicyPack("sluice", { enforcementLevel: "mandatory", policies: rules.map(policyOf) });

/** A rule that looks at one resource stops it before it is made; one that looks at others too sees the whole stack. */
function policyOf({ name, description, ofStack, violations }: Rule): ResourceValidationPolicy | StackValidationPolicy {
  if (!ofStack)
    return {
      name,
      description,
      validateResource: (resource, report) => violations(resource, []).forEach((text) => report(text)),
    };
  return {
    name,
    description,
    validateStack: ({ resources }, report) => {
      // What is not known in a preview throws when it is read: that is said of the rule, and stops it for no other resource.
      const unknown: unknown[] = [];
      for (const resource of resources) {
        try {
          violations(resource, resources).forEach((text) => report(text, resource.urn));
        } catch (error) {
          unknown.push(error);
        }
      }
      if (unknown.length > 0) throw unknown[0];
    },
  };
}
