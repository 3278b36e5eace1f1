import { spawn } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { builtPart } from "../../lab/build/tools";
import { labSettings } from "../../lab/settings";
import type { Manifest } from "../../manifests";
import { toYaml } from "../../manifests/yaml";

/** A pod that Kyverno is asked about. */
export interface AskedPod {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly images: readonly string[];
  readonly initImages?: readonly string[];
  readonly ephemeralImages?: readonly string[];
}

/** What one policy says of one pod. */
export interface Verdict {
  readonly pod: number;
  readonly policy: string;
  readonly result: string;
  readonly message: string;
}

interface Report {
  readonly results?: readonly {
    readonly policy: string;
    readonly resources: readonly { readonly name: string }[];
    readonly result: string;
    readonly message: string;
  }[];
}

/**
 * What Kyverno's own command says of pods by policies: no verdict where a policy is not for a pod. It has no
 * cluster, and no network but loopback.
 * @param operation What is asked for: that the pods are made, or changed in nothing that counts.
 */
export async function kyvernoVerdicts(
  policies: readonly Manifest[],
  pods: readonly AskedPod[],
  folder: string,
  operation: "CREATE" | "UPDATE" = "CREATE",
): Promise<readonly Verdict[]> {
  const own = mkdtempSync(join(folder, "question-"));
  const file = (name: string, text: string): string => {
    writeFileSync(join(own, name), text);
    return join(own, name);
  };
  const namespaces = [...new Set(pods.map(({ namespace }) => namespace))];
  const values = {
    apiVersion: "cli.kyverno.io/v1alpha1",
    kind: "Values",
    metadata: { name: "values" },
    globalValues: { "request.operation": operation },
    namespaceSelector: namespaces.map((name) => ({
      name,
      labels: { "kubernetes.io/metadata.name": name },
    })),
  };
  const args = ["apply", file("policies.yaml", toYaml(policies))];
  args.push("--resource", file("pods.yaml", toYaml(pods.map(manifest))));
  args.push("--values-file", file("values.yaml", stringify(values)));
  args.push("--policy-report", "--output-format", "json");
  const out = await run(join(builtPart(labSettings(), "kyverno"), "kubectl-kyverno"), args, own);
  const start = out.indexOf("{");
  // Without a result it writes no report.
  if (start < 0) return [];
  const { results = [] } = JSON.parse(out.slice(start)) as Report;
  return results.flatMap(({ policy, resources, result, message }) =>
    resources.map(({ name }) => ({
      pod: Number(name.replace("pod-", "")),
      policy: policy.replace("mcp-fleet.", ""),
      result,
      message,
    })),
  );
}

function manifest(asked: AskedPod, i: number): Manifest {
  const { namespace, labels, images, initImages = [], ephemeralImages = [] } = asked;
  const containers = (all: readonly string[], name: string) =>
    all.map((image, n) => ({ name: `${name}-${n}`, image }));
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: `pod-${i}`, namespace, labels: { ...labels } },
    spec: {
      containers: containers(images, "mcp"),
      ...(initImages.length > 0 && { initContainers: containers(initImages, "init") }),
      ...(ephemeralImages.length > 0 && {
        ephemeralContainers: containers(ephemeralImages, "debug"),
      }),
    },
  };
}

/** Runs the command while the test's registry answers; it fails where a pod is refused, as it is meant to. */
async function run(program: string, args: readonly string[], home: string): Promise<string> {
  // A proxy that nobody serves keeps it from Sigstore's services, where there is a network.
  const env = { PATH: "", HOME: home, HTTPS_PROXY: "http://127.0.0.1:9", NO_PROXY: "127.0.0.1" };
  const child = spawn(program, args, { env, stdio: ["ignore", "pipe", "pipe"] });
  let out = "";
  let err = "";
  child.stdout.on("data", (data: Buffer) => (out += data.toString()));
  child.stderr.on("data", (data: Buffer) => (err += data.toString()));
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  if (code !== 0 && code !== 1) throw new Error(`${program} ended with ${code ?? "none"}: ${err}`);
  if (/^Error:/m.test(err)) throw new Error(err);
  return out;
}
