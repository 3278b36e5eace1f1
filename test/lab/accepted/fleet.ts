import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parse, parseAllDocuments, stringify } from "yaml";
import { loadCatalogue, settingsFromConfig } from "../../../catalog";
import type { Entry, Settings } from "../../../catalog";
import { builtPart } from "../../../lab/build/tools";
import { fleetStatus } from "../../../lab/fleet";
import type { ServerOutput } from "../../../lab/fleet";
import { Pulumi, labStack } from "../../../lab/pulumi";
import { labSettings, project } from "../../../lab/settings";
import type { TestLab } from "../test-lab";
import type { PlainObject, RawApi } from "./raw-api";

/** Entries that use every field, beside the shipped ones. */
export const ownCatalogue = join(__dirname, "catalogue");

/** The entries that this project ships. */
export const shippedCatalogue = join(project, "inventory");

/** What the entries lean on. None of it answers: what is tried here is what the cluster takes and makes. */
export const services = {
  oidc: {
    issuer: "https://idp.example.com/realms/corp",
    jwksUrl: "https://idp.example.com/realms/corp/certs",
    egress: [{ namespace: "identity", pods: { app: "keycloak" }, port: 8443 }],
  },
  redis: {
    address: "redis.cache.svc.cluster.local:6379",
    egress: [{ namespace: "cache", port: 6379 }],
    password: { secret: "redis", key: "password" },
  },
  secretStore: { kind: "ClusterSecretStore", name: "vault", refresh: "15m" },
};

/** Names of the encrypted values that entries take. */
export const valueNames = ["postgresUri", "deskKey", "mailKey"] as const;

/** Settings and entries, checked as the program checks them. */
export function loaded(
  catalogue: readonly string[],
  settings: Readonly<Record<string, unknown>> = {},
): { readonly settings: Settings; readonly entries: readonly Entry[] } {
  const secrets = Object.fromEntries(valueNames.map((name) => [name, { secure: "" }]));
  const checked = settingsFromConfig({ ...services, secrets, ...settings }, project, "none");
  return { settings: checked, entries: loadCatalogue(catalogue, checked, () => undefined) };
}

/** Namespace of an entry where the settings name no other. */
export function namespaceOf({ sensitivity }: Pick<Entry, "sensitivity">): string {
  return `mcp-${sensitivity}`;
}

/** Encrypts values for the stack's configuration, as a person does by `pulumi config set --secret`. */
export async function encrypted<T extends string>(
  lab: TestLab,
  values: Readonly<Record<T, string>>,
): Promise<Readonly<Record<T, { readonly secure: string }>>> {
  const stackFile = join(project, "stacks", `Pulumi.${labStack}.yaml`);
  const { encryptionsalt } = parse(readFileSync(stackFile, "utf8")) as {
    readonly encryptionsalt: string;
  };
  const file = join(lab.folder, "Pulumi.encrypted.yaml");
  writeFileSync(file, stringify({ encryptionsalt }));
  const env = { ...process.env, ...(await lab.variables()) };
  for (const [name, value] of Object.entries<string>(values)) {
    const path = ["--path", `mcp-fleet:secrets.${name}`, "--config-file", file];
    // On standard input, because a command line is for everybody to see.
    const { status, stderr } = spawnSync(
      "pulumi",
      ["config", "set", "--secret", ...path, "--stack", labStack],
      { cwd: project, env, input: value, encoding: "utf8" },
    );
    assert.equal(status, 0, stderr);
  }
  const { config } = parse(readFileSync(file, "utf8")) as {
    readonly config: {
      readonly "mcp-fleet:secrets": Readonly<Record<T, { readonly secure: string }>>;
    };
  };
  return config["mcp-fleet:secrets"];
}

/** Installs the CRDs of the network engines and of the External Secrets Operator. */
export async function installCrds(api: RawApi): Promise<void> {
  const folder = builtPart(labSettings(), "crds");
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
  for (const file of files.filter((name) => name.endsWith(".yaml")))
    for (const document of parseAllDocuments(readFileSync(join(folder, file), "utf8"))) {
      const { code, body } = await api.create(document.toJS() as PlainObject, false);
      assert.equal(code, 201, `${file}: ${body.message ?? ""}`);
    }
}

/** Repeats a check until it holds; fails as the check does when it never holds. */
export async function eventually<T>(seconds: number, check: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await sleep(250);
    }
  }
}

/** A command of `pulumi` on the stack that takes no settings: `stack output`, `stack export`. */
export async function stackCommand(lab: TestLab, ...args: readonly string[]): Promise<string> {
  const pulumi = new Pulumi(await lab.variables(), lab.folder);
  return await pulumi.must([...args, "--stack", labStack], join(lab.folder, "log", "test.log"));
}

/** Waits until the operator reports every entry Ready; gives the names of all. */
export async function allReady(lab: TestLab): Promise<readonly string[]> {
  const { servers } = JSON.parse(await stackCommand(lab, "stack", "output", "--json")) as {
    readonly servers: Readonly<Record<string, ServerOutput>>;
  };
  return await eventually(120, async () => {
    const fleet = await fleetStatus(lab.api(), servers);
    const waiting = fleet.filter(({ phase }) => phase !== "Ready");
    assert.deepEqual(
      waiting.map(({ name, phase, message }) => `${name}: ${phase} ${message}`),
      [],
    );
    return fleet.map(({ name }) => name);
  });
}
