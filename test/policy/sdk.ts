import * as sdk from "@pulumi/policy";
import type {
  PolicyResource,
  ReportViolation,
  ResourceValidation,
  ResourceValidationArgs,
  StackValidationArgs,
} from "@pulumi/policy";
import { unknownValue } from "@pulumi/pulumi/runtime";
import { policies } from "../../policy/policies";
import { tiersFrom } from "../../policy/tiers";

// The SDK exports both, and leaves their types out (1.21, proxy.d.ts).
const { UnknownValueError, unknownCheckingProxy } = sdk as unknown as {
  readonly UnknownValueError: abstract new (...args: never) => Error;
  readonly unknownCheckingProxy: (props: object) => object;
};

/** What a preview gives in place of a value that only the deployment knows. */
export const unknown = unknownValue;

/** A resource as a program makes it. */
export interface Resource {
  readonly type: string;
  readonly props: Readonly<Record<string, unknown>>;
}

/**
 * What the SDK gives the engine for a policy of ours: the violations, and what it says when a value is not
 * known. The same as its analyzer does with `validateResource` and `validateStack`.
 */
export async function told(id: string, ...resources: readonly Resource[]): Promise<string[]> {
  const policy = policies(tiersFrom(undefined, "here")).find(({ name }) => name === id);
  const reported: string[] = [];
  const report: ReportViolation = (message) => {
    reported.push(message);
  };
  try {
    if (policy && "validateStack" in policy)
      await policy.validateStack(
        { resources: resources.map(given), ...others } as unknown as StackValidationArgs,
        report,
      );
    if (policy && "validateResource" in policy)
      for (const resource of resources)
        await (policy.validateResource as ResourceValidation)(given(resource), report);
  } catch (error) {
    if (!(error instanceof UnknownValueError)) throw error;
    reported.push(`cannot run: ${error.message}`);
  }
  return reported;
}

const others = { getConfig: () => ({}), stackTags: new Map<string, string>() };

function given({ type, props }: Resource): ResourceValidationArgs & PolicyResource {
  const urn = `urn:pulumi:test::test::${type}::test`;
  return {
    ...others,
    type,
    urn,
    name: "test",
    opts: {},
    props: unknownCheckingProxy(props),
  } as unknown as ResourceValidationArgs & PolicyResource;
}
