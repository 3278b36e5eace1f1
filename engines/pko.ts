import { createHash } from "node:crypto";
import type { Manifest } from "../manifests";
import { engineSettings } from "./engine-settings";
import type { EngineOptions } from "./options";
import { secretReference, secretVariable } from "./secret-variables";
import { qualified } from "./stacks";
import type { Fleet, FleetStack } from "./stacks";

type PkoOptions = EngineOptions["pko"];

/**
 * Longest name of a Stack object: its pods carry the label `<name>-workspace-<hash of ten>`, and a label's
 * value has at most 63 characters (pulumi-kubernetes-operator, operator/internal/controller/auto/workspace_controller.go).
 */
const maxName = 42;

/**
 * How recent the platform's success must be for a slice to go on, when both follow a branch: only then is the
 * platform of an earlier commit deployed again, and with it the new one.
 */
const platformWithin = "5m";

/**
 * One Stack object of the Pulumi Kubernetes Operator 2 for each stack of an environment, the platform's first.
 * Those of slices wait for the platform's. Deleting one takes nothing away in the cluster.
 */
export function pkoStacks(
  { environment, platform, slices }: Fleet,
  options: PkoOptions,
): readonly Manifest[] {
  const prerequisite = {
    name: stackObjectName(platform.stack),
    // A commit is part of the object, and an object that has changed since it succeeded satisfies nobody.
    ...(options.branch !== undefined && {
      requirement: { succeededWithinDuration: platformWithin },
    }),
  };
  const object = (stack: FleetStack): Manifest => ({
    apiVersion: "pulumi.com/v1",
    kind: "Stack",
    metadata: {
      name: stackObjectName(stack.stack),
      namespace: options.namespace,
      labels: {
        "app.kubernetes.io/managed-by": "mcp-fleet",
        "mcp-fleet.dev/environment": environment,
      },
    },
    spec: {
      stack: qualified(stack.stack, options.organization),
      backend: options.backend,
      ...source(options),
      ...(stack.slice !== undefined && { prerequisites: [prerequisite] }),
      // The Stack objects are deleted in any order, and without its operator no server would ever go.
      destroyOnFinalize: false,
      serviceAccountName: options.serviceAccount,
      envRefs: variables(options),
      workspaceTemplate: { spec: workspace(options) },
      // A workspace that is kept is a pod that waits, with all its memory, for each stack.
      workspaceReclaimPolicy: "Delete",
    },
  });
  return [platform, ...slices].map(object);
}

/** Name of a stack's Stack object: the stack's with hyphens, or that and a hash where it would not do. */
export function stackObjectName(stack: string): string {
  const name = stack.replaceAll(".", "-");
  if (/^[a-z][a-z0-9-]*[a-z0-9]$/.test(name) && name.length <= maxName) return name;
  const hash = createHash("sha256").update(stack).digest("hex").slice(0, 10);
  const readable = `stack-${name.toLowerCase().replaceAll("_", "-")}`;
  return `${readable.slice(0, maxName - hash.length - 1)}-${hash}`;
}

function source({ repo, repoDir, branch, commit, gitToken, gitSshKey }: PkoOptions): object {
  return {
    projectRepo: repo,
    ...(repoDir !== undefined && { repoDir }),
    ...(branch !== undefined && { branch }),
    ...(commit !== undefined && { commit }),
    ...(gitToken !== undefined && { gitAuth: { accessToken: fromSecret(gitToken) } }),
    ...(gitSshKey !== undefined && {
      gitAuth: { sshAuth: { sshPrivateKey: fromSecret(gitSshKey) } },
    }),
  };
}

function variables({ secretEnv }: PkoOptions): Readonly<Record<string, object>> {
  const all: Record<string, object> = {};
  for (const [name, value] of Object.entries(engineSettings))
    all[name] = { type: "Literal", literal: { value } };
  for (const { variable, ...secret } of secretEnv.map(secretVariable))
    all[variable] = { type: "Secret", secret: named(secret) };
  return all;
}

function workspace({ image, cpu, memory }: PkoOptions): object {
  return { image, resources: { requests: { cpu, memory }, limits: { memory } } };
}

function fromSecret(reference: string): object {
  return { type: "Secret", secret: named(secretReference(reference)) };
}

function named({ secret, key }: ReturnType<typeof secretReference>): object {
  return { name: secret, key };
}
