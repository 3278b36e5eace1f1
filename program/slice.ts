import {
  StackReference,
  getOrganization,
  getProject,
  output,
  runtime,
  unknown,
} from "@pulumi/pulumi";
import type { Output } from "@pulumi/pulumi";
import type { ApiServerAddress } from "../manifests";

/** What the stack of a platform gives out for the slices that stand on it. */
export interface PlatformExports {
  /** Where the API server answers, as pods reach it. */
  readonly apiServer: readonly ApiServerAddress[];
  /** Values of Secrets of source `pulumi`, by name. */
  readonly secretValues: Readonly<Record<string, string>>;
}

/** A platform as a slice knows it. */
export interface PlatformOfSlice {
  /** See {@link PlatformExports}. */
  readonly apiServer: Output<readonly ApiServerAddress[]>;
  /** See {@link PlatformExports}. */
  readonly secretValues: Output<Readonly<Record<string, string>>>;
}

/**
 * The platform that an environment's own stack holds. While it is not there yet, a preview takes its values
 * for unknown, and an update is refused.
 */
export function platformOf(environment: string): PlatformOfSlice {
  const name = `${getOrganization()}/${getProject()}/${environment}`;
  const given = new StackReference(`platform-${environment}`, { name }).getOutput("platform");
  const platform = output(given).apply((value: unknown): Output<PlatformExports> => {
    if (value !== undefined) return output(value as PlatformExports);
    if (runtime.isDryRun()) return output(unknown) as unknown as Output<PlatformExports>;
    throw new Error(
      `the platform of ${environment} is not there yet; run pulumi up -s ${environment} first, or mcp-fleet up --env ${environment}, which does all in order`,
    );
  });
  return {
    apiServer: platform.apply(({ apiServer }) => apiServer),
    secretValues: platform.apply(({ secretValues }) => secretValues),
  };
}
