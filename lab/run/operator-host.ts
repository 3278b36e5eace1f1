/**
 * Plays the kubelet for one container: while a Deployment of the ToolHive operator stands in the
 * cluster, this process runs the real operator beside it, with the Deployment's own arguments and
 * environment and a token of its own ServiceAccount, so that its RBAC is really tried. It restarts the
 * operator when the Deployment changes and ends it when the Deployment goes.
 *
 * Usage: operator-host KUBECONFIG OPERATOR FOLDER SERVER CA HEALTH_PORT
 */
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { CoreV1Api } from "@kubernetes/client-node";
import type { V1Container, V1Deployment } from "@kubernetes/client-node";
import { Api } from "./api";
import { writeKubeconfig } from "./kubeconfig";

const [kubeconfig = "", operator = "", folder = "", server = "", ca = "", healthPort = ""] =
  process.argv.slice(2);
const api = new Api(kubeconfig);
const pollMs = 1000;
const tokenSeconds = 3600;
const files = { token: join(folder, "token"), kubeconfig: join(folder, "kubeconfig") };

interface Wanted {
  readonly namespace: string;
  readonly account: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

let child: ChildProcess | undefined;
let running = "";
let tokenUntil = 0;

function wanted(deployments: readonly V1Deployment[]): Wanted | undefined {
  const deployment = deployments.find(
    ({ metadata, spec }) =>
      metadata?.labels?.["app.kubernetes.io/name"] === "toolhive-operator" &&
      spec?.selector.matchLabels?.["app.kubernetes.io/name"] === "toolhive-operator" &&
      metadata.deletionTimestamp === undefined &&
      spec.replicas !== 0,
  );
  const pod = deployment?.spec?.template.spec;
  const container = pod?.containers[0];
  const namespace = deployment?.metadata?.namespace;
  if (!pod || !container || namespace === undefined) return undefined;
  return {
    namespace,
    account: pod.serviceAccountName ?? "default",
    args: container.args ?? [],
    env: environment(container, namespace),
  };
}

function environment({ env }: V1Container, namespace: string): Readonly<Record<string, string>> {
  const entries = (env ?? []).flatMap(({ name, value, valueFrom }) => {
    if (value !== undefined) return [[name, value]];
    return valueFrom?.fieldRef?.fieldPath === "metadata.namespace" ? [[name, namespace]] : [];
  });
  return Object.fromEntries(entries) as Record<string, string>;
}

async function renewToken({ namespace, account }: Wanted): Promise<void> {
  if (Date.now() < tokenUntil) return;
  const answer = await api.config.makeApiClient(CoreV1Api).createNamespacedServiceAccountToken({
    name: account,
    namespace,
    body: { spec: { audiences: [], expirationSeconds: tokenSeconds } },
  });
  writeFileSync(files.token, answer.status?.token ?? "", { mode: 0o600 });
  writeKubeconfig(files.kubeconfig, server, ca, { tokenFile: files.token });
  tokenUntil = Date.now() + (tokenSeconds / 2) * 1000;
}

async function stop(): Promise<void> {
  const ending = child;
  child = undefined;
  running = "";
  tokenUntil = 0;
  if (ending?.exitCode !== null || ending.signalCode !== null) return;
  const ended = new Promise((resolve) => ending.once("exit", resolve));
  ending.kill("SIGTERM");
  await Promise.race([ended, sleep(10_000)]);
  ending.kill("SIGKILL");
}

function start(want: Wanted, key: string): void {
  console.log(`starting the operator of namespace ${want.namespace} as ${want.account}`);
  const args = [
    ...want.args,
    "--metrics-bind-address=0",
    `--health-probe-bind-address=127.0.0.1:${healthPort}`,
  ];
  const started = spawn(operator, args, {
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, ...want.env, KUBECONFIG: files.kubeconfig },
  });
  started.on("exit", (code, signal) => {
    console.log(`the operator ended: ${signal ?? String(code)}`);
    if (child === started) child = undefined;
  });
  child = started;
  running = key;
}

async function step(): Promise<void> {
  const want = wanted(await api.list<V1Deployment>("apps/v1", "Deployment"));
  if (!want) {
    if (child) console.log("the operator's Deployment is gone");
    await stop();
    return;
  }
  const key = JSON.stringify(want);
  if (child && key !== running) await stop();
  await renewToken(want);
  if (!child) start(want, key);
}

async function main(): Promise<void> {
  mkdirSync(folder, { recursive: true });
  for (;;) {
    // The API server may be away for a while; the operator itself copes with that too.
    await step().catch((error: unknown) => {
      console.log(`will try again: ${error instanceof Error ? error.message : String(error)}`);
    });
    await sleep(pollMs);
  }
}

for (const signal of ["SIGTERM", "SIGINT"] as const)
  process.on(signal, () => {
    void stop().finally(() => process.exit(0));
  });
void main();
