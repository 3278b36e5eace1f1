type Schema = Readonly<Record<string, unknown>>;

const text: Schema = { type: "string" };
const flag: Schema = { type: "boolean" };
const number: Schema = { type: "integer", format: "int64" };
const list = (items: Schema): Schema => ({ type: "array", items });
const map = (additionalProperties: Schema): Schema => ({ type: "object", additionalProperties });
const object = (
  properties: Readonly<Record<string, Schema>>,
  ...required: readonly string[]
): Schema => ({ type: "object", properties, ...(required.length > 0 && { required }) });
/** A part of the object that no Stack of ours has. */
const unseen: Schema = { type: "object", "x-kubernetes-preserve-unknown-fields": true };

const reference = object(
  {
    type: text,
    env: object({ name: text }, "name"),
    filesystem: object({ path: text }, "path"),
    literal: object({ value: text }, "value"),
    secret: object({ key: text, name: text, namespace: text }, "key", "name"),
  },
  "type",
);

const amounts = map({
  "x-kubernetes-int-or-string": true,
  anyOf: [{ type: "integer" }, { type: "string" }],
});

const workspace = object({
  env: list(unseen),
  envFrom: list(unseen),
  flux: unseen,
  git: unseen,
  image: text,
  imagePullPolicy: text,
  local: unseen,
  podTemplate: unseen,
  pulumiLogLevel: number,
  resources: object({ claims: list(unseen), limits: amounts, requests: amounts }),
  securityProfile: text,
  serviceAccountName: text,
  stacks: list(unseen),
});

const prerequisite = object(
  { name: text, requirement: object({ succeededWithinDuration: text }) },
  "name",
);

const spec = object(
  {
    accessTokenSecret: text,
    backend: text,
    branch: text,
    commit: text,
    config: unseen,
    configRef: unseen,
    continueResyncOnCommitMatch: flag,
    destroyOnFinalize: flag,
    driftDetection: unseen,
    envRefs: map(reference),
    envSecrets: list(text),
    environment: list(text),
    envs: list(text),
    expectNoRefreshChanges: flag,
    fluxSource: unseen,
    gitAuth: object({
      accessToken: reference,
      basicAuth: object({ password: reference, userName: reference }, "password", "userName"),
      sshAuth: object({ password: reference, sshPrivateKey: reference }, "sshPrivateKey"),
    }),
    gitAuthSecret: text,
    pathFilter: flag,
    prerequisites: list(prerequisite),
    preview: flag,
    programRef: object({ name: text }, "name"),
    projectRepo: text,
    refresh: flag,
    repoDir: text,
    resyncFrequencySeconds: number,
    retryMaxBackoffDurationSeconds: number,
    retryOnUpdateConflict: flag,
    secrets: map(text),
    secretsProvider: text,
    secretsRef: map(reference),
    serviceAccountName: text,
    shallow: flag,
    stack: text,
    targetDependents: flag,
    targets: list(text),
    updateTemplate: unseen,
    useLocalStackOnly: flag,
    workspaceReclaimPolicy: { type: "string", enum: ["Retain", "Delete"] },
    workspaceTemplate: object({
      apiVersion: text,
      kind: text,
      metadata: unseen,
      spec: workspace,
    }),
  },
  "stack",
);

const names = { kind: "Stack", listKind: "StackList", plural: "stacks", singular: "stack" };

/**
 * What the Pulumi Kubernetes Operator 2.3 demands of a Stack, written by hand from its API reference (docs/stacks.md,
 * docs/workspaces.md) and its types (operator/api/pulumi/shared/stack_types.go): the same names, types, required
 * fields and values; what no Stack of ours has is left open. The operator's own file is in no package that
 * a test could take it from; PKO_CRDS names a copy of it that is checked against in place of this.
 */
export const stackDefinition = {
  apiVersion: "apiextensions.k8s.io/v1",
  kind: "CustomResourceDefinition",
  metadata: { name: "stacks.pulumi.com" },
  spec: {
    group: "pulumi.com",
    scope: "Namespaced",
    names,
    versions: [
      {
        name: "v1",
        served: true,
        storage: true,
        schema: { openAPIV3Schema: object({ spec }) },
      },
    ],
  },
};
