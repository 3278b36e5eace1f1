/**
 * Deploys catalogues of several sizes by mcp-fleet and by what people would use instead, on one cluster, and
 * says what each took. `make bench`; results as JSON in bench/results.json. BENCH_SIZES and BENCH_ONLY choose.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { KubernetesObject } from "@kubernetes/client-node";
import { Checkout } from "../../lab/checkout";
import { Api } from "../../lab/run/api";
import { project } from "../../lab/settings";
import { writeCatalogue } from "./catalogue";
import { kubectl, ours, phases, straightforward } from "./contestants";
import type { Arena, Contestant, Phase } from "./contestants";
import { observe } from "./observe";
import type { Observed } from "./observe";

const sizes = (process.env.BENCH_SIZES ?? "30,100,300").split(",").map(Number);
const wanted = process.env.BENCH_ONLY?.split(";");
const environment = "bench";

/** What one phase of one contestant took. */
interface Result extends Observed {
  readonly entries: number;
  readonly contestant: string;
  readonly phase: Phase | "ready";
}

const huge = {
  quota: {
    requests: { cpu: "10k", memory: "100Ti" },
    limits: { cpu: "10k", memory: "100Ti" },
    pods: 100_000,
  },
};

function labCommand(folder: string, verb: string): string {
  const args = ["--require", "esbuild-register", join(project, "lab", "main.ts"), verb];
  const env = { ...process.env, LAB_DIR: folder, LAB_NODE: "kwok" };
  return execFileSync(process.execPath, args, { env, encoding: "utf8", cwd: project });
}

function variables(folder: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...labCommand(folder, "lab").matchAll(/^export (\w+)=(.*)$/gm)].map(
      ([, name = "", value = ""]) => [name, value.replace(/^'(.*)'$/, "$1")],
    ),
  );
}

async function contest(
  entries: number,
  results: Result[],
  slices: object | undefined,
  name: string,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "mcp-fleet-lab-"));
  const log = join(tmpdir(), "mcp-fleet-bench.log");
  try {
    const env = { ...process.env, ...variables(folder) };
    const place = join(folder, "checkout");
    mkdirSync(place);
    const checkout = new Checkout(place, environment, env as Record<string, string>);
    checkout.settings({
      tiers: { public: huge, internal: huge },
      ...(slices && { slices }),
    });
    const catalogue = join(place, "inventory");
    const arena: Arena = { project: place, folder: place, catalogue, env, entries };
    const render = (): void => {
      execFileSync(
        process.execPath,
        [join(place, "bin", "mcp-fleet.js"), "render", "--stack", environment, "--out", "rendered"],
        { cwd: place },
      );
    };
    const contestants: Readonly<Record<string, () => Contestant>> = {
      ours: () => ours(arena, environment, name),
      straightforward: () => straightforward(arena),
      kubectl: () => kubectl(arena, render),
    };
    const contestant = contestants[name.split(" ")[0] ?? ""]?.() ?? ours(arena, environment, name);
    // The platform is there for all of them.
    writeCatalogue(catalogue, 0, { changed: 0 });
    checkout.entry("first");
    checkout.settings({ tiers: { public: huge, internal: huge }, entries: { only: [] } });
    for (const args of [
      ["stack", "init", environment, "--no-select"],
      ["up", "--yes", "--stack", environment],
    ]) {
      const { code, output } = await checkout.pulumi(...args);
      if (code !== 0) throw new Error(output);
    }
    checkout.settings({ tiers: { public: huge, internal: huge }, ...(slices && { slices }) });
    if (name === "straightforward")
      execFileSync("pulumi", ["stack", "init", "bench"], {
        cwd: join(place, "straightforward"),
        env,
      });
    const requests = async (): Promise<number> => requestsOfAdmin(env);
    for (const phase of phases) {
      const changed = {
        fresh: 0,
        unchanged: 0,
        "preview one": 1,
        one: 1,
        all: entries,
        destroy: entries,
      };
      writeCatalogue(catalogue, entries, { changed: changed[phase] });
      contestant.prepare(phase);
      const command = contestant.command(phase);
      if (!command) continue;
      const observed = await observe({ ...command, env, log }, requests);
      results.push({ entries, contestant: name, phase, ...observed });
      say(results.at(-1));
      if (phase === "fresh") {
        const since = Date.now();
        await allReady(new Api(join(folder, "kubeconfig")), entries);
        const wall = observed.wall + (Date.now() - since) / 1000;
        results.push({
          entries,
          contestant: name,
          phase: "ready",
          wall,
          cpu: 0,
          peak: 0,
          requests: 0,
        });
        say(results.at(-1));
      }
    }
  } finally {
    labCommand(folder, "down");
    rmSync(folder, { recursive: true, force: true });
  }
}

function requestsOfAdmin(env: NodeJS.ProcessEnv): Promise<number> {
  const metrics = execFileSync("kubectl", ["get", "--raw", "/metrics"], {
    env,
    encoding: "utf8",
    maxBuffer: 1024 * 1024 * 1024,
  });
  const counts = metrics.matchAll(
    /^apiserver_flowcontrol_dispatched_requests_total\{flow_schema="exempt"[^}]*\} (\S+)$/gm,
  );
  return Promise.resolve([...counts].reduce((sum, [, count]) => sum + Number(count), 0));
}

async function allReady(api: Api, entries: number): Promise<void> {
  for (;;) {
    const servers = await api.list<KubernetesObject & { status?: { phase?: string } }>(
      "toolhive.stacklok.dev/v1beta1",
      "MCPServer",
    );
    if (servers.filter(({ status }) => status?.phase === "Ready").length === entries) return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

function say(result: Result | undefined): void {
  if (!result) return;
  const { entries, contestant, phase, wall, cpu, peak, requests } = result;
  console.log(
    `${String(entries).padStart(5)}  ${contestant.padEnd(24)} ${phase.padEnd(12)} ${wall.toFixed(1).padStart(7)} s ${cpu.toFixed(1).padStart(7)} s cpu ${(peak / 1e6).toFixed(0).padStart(6)} MB ${String(requests).padStart(7)} requests`,
  );
}

async function main(): Promise<void> {
  const results: Result[] = [];
  const cuts: Readonly<Record<string, object | undefined>> = {
    straightforward: undefined,
    kubectl: undefined,
    "ours, one stack": undefined,
    "ours, 2 slices": { by: "hash", count: 2 },
    "ours, 4 slices": { by: "hash", count: 4 },
    "ours, 8 slices": { by: "hash", count: 8 },
  };
  for (const entries of sizes)
    for (const [name, slices] of Object.entries(cuts))
      if (wanted?.includes(name) ?? true) await contest(entries, results, slices, name);
  writeFileSync(join(project, "bench", "results.json"), JSON.stringify(results, undefined, 2));
}

void main();
