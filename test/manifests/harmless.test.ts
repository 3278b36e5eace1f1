import assert from "node:assert/strict";
import * as fc from "fast-check";
import { formatProblem } from "../../catalog";
import { toYaml } from "../../manifests";
import { accepted, catalogue, check } from "./arbitrary-catalogue";
import type { EntryText } from "./arbitrary-entry";
import type { KubernetesObject } from "./network-reading";
import { runs } from "./property-runs";
import { render } from "./rendered";

/** Every map in a value, with the way to it. */
function* maps(
  value: unknown,
  path: string,
): Generator<[string, Readonly<Record<string, unknown>>]> {
  if (typeof value !== "object" || value === null) return;
  if (!Array.isArray(value)) yield [path, value as Readonly<Record<string, unknown>>];
  for (const [key, inner] of Object.entries(value)) yield* maps(inner, `${path}.${key}`);
}

// What leads out of a pod, of its network or of the cluster.
const never = [
  ...["hostPath", "hostNetwork", "hostPID", "hostIPC", "hostPort", "hostUsers", "nodePort"],
  ...["externalIPs", "loadBalancerIP", "externalName", "procMount", "initContainers"],
  ...["ephemeralContainers", "shareProcessNamespace", "serviceAccountToken", "projected"],
];

interface Server {
  readonly podTemplateSpec: {
    readonly spec: {
      readonly automountServiceAccountToken: boolean;
      readonly containers: readonly {
        readonly securityContext: Readonly<Record<string, unknown>>;
      }[];
      readonly volumes?: readonly object[];
    };
  };
}

function checkObject(object: KubernetesObject): void {
  for (const [path, map] of maps(object, object.kind)) {
    for (const key of never) assert.ok(!Object.hasOwn(map, key), `${path}.${key}`);
    if ("privileged" in map) assert.equal(map.privileged, false, path);
  }
  if (object.kind === "Service")
    assert.equal((object.spec as { readonly type?: string }).type, "ClusterIP");
  if (object.kind === "ServiceAccount")
    assert.equal(
      (object as unknown as Readonly<Record<string, unknown>>).automountServiceAccountToken,
      false,
    );
  if (object.kind === "Secret")
    assert.deepEqual(
      Object.keys(object).sort(),
      ["apiVersion", "immutable", "kind", "metadata", "type"],
      "a rendered Secret holds no value",
    );
  if (object.kind === "MCPServer") checkServer(object.spec as Server);
}

function checkServer({ podTemplateSpec: { spec } }: Server): void {
  assert.equal(spec.automountServiceAccountToken, false);
  for (const { securityContext } of spec.containers) {
    const { allowPrivilegeEscalation, capabilities, runAsNonRoot } = securityContext;
    assert.deepEqual(
      { allowPrivilegeEscalation, capabilities, runAsNonRoot },
      { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] }, runAsNonRoot: true },
    );
  }
  for (const volume of spec.volumes ?? [])
    assert.match(
      Object.keys(volume).sort().join(),
      /^(?:configMap,name|emptyDir,name|name,persistentVolumeClaim|name,secret)$/,
    );
}

const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

function random(length: number): fc.Arbitrary<string> {
  return fc.string({
    unit: fc.constantFrom(...Array.from(letters)),
    minLength: length,
    maxLength: length,
  });
}

/** A name and a value of which at least one says that it is secret. */
const secret = fc.oneof(
  fc.record({
    name: fc.constant("SETTING"),
    value: fc.oneof(
      random(36).map((text) => `ghp_${text}`),
      random(36).map((text) => `npm_${text}`),
      random(20).map((text) => `glpat-${text}`),
      random(24).map((text) => `xoxb-123456789012-123456789012-${text}`),
      random(40).map((text) => `lin_api_${text}`),
      random(16).map((text) => `https://user:${text}@db.example.com/x`),
      random(16).map((text) => `postgres://user:${text}@db.example.com/x`),
    ),
  }),
  fc.record({
    name: fc.constantFrom("API_TOKEN", "DB_PASSWORD", "GITHUB_PAT", "X_API_KEY", "CLIENT_SECRET"),
    // No number, no word of yes or no, no path of a file.
    value: random(16).map((text) => `v${text}`),
  }),
);

/** The entry with the value in one of the places where values stand. */
function leaked(entry: EntryText, name: string, value: string, asArgument: boolean): EntryText {
  if (entry.kind === "Remote")
    return { ...entry, headers: { ...entry.headers, [name.replaceAll("_", "-")]: value } };
  if (!asArgument) return { ...entry, env: { ...entry.env, [name]: value } };
  const flag = `--${name.toLowerCase().replaceAll("_", "-")}`;
  return { ...entry, args: [...(entry.args ?? []), `${flag}=${value}`] };
}

describe("what is rendered of any catalogue that is right", function () {
  // A busy machine takes many times longer.
  this.timeout(120_000);

  it("has nothing that leads out of a pod, and no Secret's values", () => {
    fc.assert(
      fc.property(catalogue(3), (made) => {
        render(accepted(made), made.settings).objects.forEach(checkObject);
      }),
      runs(60),
    );
  });

  it("has no secret that stands in an entry in the open, and neither has the message", () => {
    fc.assert(
      fc.property(catalogue(2), secret, fc.boolean(), (made, { name, value }, asArgument) => {
        const [first, ...others] = made.entries;
        if (!first) return;
        const entries = [leaked(first, name, value, asArgument), ...others];
        const { entries: sound, problems } = check({ ...made, entries });
        assert.ok(problems.some(({ severity }) => severity === "error"));
        assert.ok(!sound.some((entry) => entry.name === first.name));
        const said = problems.map(formatProblem).join("\n");
        const shown = render(sound, made.settings).objects;
        for (const text of [said, toYaml(shown)]) assert.ok(!text.includes(value));
      }),
      runs(80),
    );
  });
});
