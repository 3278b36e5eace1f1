import {
  RunError,
  StackReference,
  getOrganization,
  getProject,
  output,
  runtime,
  unknown,
} from "@pulumi/pulumi";
import type { Output } from "@pulumi/pulumi";
import type { ApiServerAddress } from "../manifests";

/** A platform as a slice knows it. */
export interface PlatformOfSlice {
  /** Where the API server answers, as pods reach it. */
  readonly apiServer: Output<readonly ApiServerAddress[]>;
  /** Values of Secrets of source `pulumi`, by name. */
  readonly secretValues: Output<Readonly<Record<string, string>>>;
}

/**
 * The platform that an environment's own stack holds. While it is not there yet, a preview takes its values
 * for unknown, and an update is refused.
 */
export function platformOf(environment: string): PlatformOfSlice {
  const name = `${getOrganization()}/${getProject()}/${environment}`;
  const stack = new StackReference(`platform-${environment}`, { name });
  const given = <T>(key: string): Output<T> =>
    output(stack.getOutput(key)).apply((value: unknown) => {
      if (value !== undefined) return value;
      if (runtime.isDryRun()) return output(unknown);
      throw new RunError(
        `the platform of ${environment} is not there yet; run pulumi up -s ${environment} first, or mcp-fleet up --env ${environment}, which does all in order`,
      );
    }) as Output<T>;
  const platform = given<{ readonly apiServer: readonly ApiServerAddress[] }>("platform");
  return {
    apiServer: platform.apply(({ apiServer }) => apiServer),
    secretValues: given("secretValues"),
  };
}
