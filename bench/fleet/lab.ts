import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { KubernetesObject } from "@kubernetes/client-node";
import { Checkout } from "../../lab/checkout";
import { Api } from "../../lab/run/api";
import { project } from "../../lab/settings";
import { writeCatalogue } from "./catalogue";

const huge = {
  quota: {
    requests: { cpu: "10k", memory: "100Ti" },
    limits: { cpu: "10k", memory: "100Ti" },
    pods: 100_000,
  },
};

const readyEveryMs = 2000;

/** A cluster of its own with the platform on it, for one contestant. */
export class BenchLab {
  /** Name of the environment. */
  readonly environment = "bench";
  /** Folder of the checkout that holds the catalogue. */
  readonly place: string;
  /** Environment of every command: cluster, engine, state. */
  readonly env: NodeJS.ProcessEnv;
  private readonly folder: string;
  private readonly checkout: Checkout;

  /** Starts the cluster. */
  constructor() {
    this.folder = mkdtempSync(join(tmpdir(), "mcp-fleet-lab-"));
    const variables = Object.fromEntries(
      [...this.command("lab").matchAll(/^export (\w+)=(.*)$/gm)].map(
        ([, name = "", value = ""]) => [name, value.replace(/^'(.*)'$/, "$1")],
      ),
    );
    this.env = { ...process.env, ...variables };
    this.place = join(this.folder, "checkout");
    mkdirSync(this.place);
    this.checkout = new Checkout(this.place, this.environment, variables);
  }

  /** Installs the platform, which is there for all contestants, and then sets how the environment is cut. */
  async installPlatform(slices: object | undefined): Promise<void> {
    const tiers = { public: huge, internal: huge };
    writeCatalogue(this.catalogue, 0, { changed: 0 });
    this.checkout.entry("first");
    this.checkout.settings({ tiers, entries: { only: [] } });
    for (const args of [
      ["stack", "init", this.environment, "--no-select"],
      ["up", "--yes", "--stack", this.environment],
    ]) {
      const { code, output } = await this.checkout.pulumi(...args);
      if (code !== 0) throw new Error(output);
    }
    this.checkout.settings({ tiers, ...(slices && { slices }) });
  }

  /** Folder of the catalogue. */
  get catalogue(): string {
    return join(this.place, "inventory");
  }

  /** Writes the manifests of the catalogue. */
  render(): void {
    execFileSync(
      process.execPath,
      [join(this.place, "bin", "mcp-fleet.js"), "render", "--stack", "bench", "--out", "rendered"],
      { cwd: this.place },
    );
  }

  /** How many requests the API server has had of the administrator, as whom all contestants come. */
  requests(): number {
    const metrics = execFileSync("kubectl", ["get", "--raw", "/metrics"], {
      env: this.env,
      encoding: "utf8",
      maxBuffer: 1024 * 1024 * 1024,
    });
    const counts = metrics.matchAll(
      /^apiserver_flowcontrol_dispatched_requests_total\{flow_schema="exempt"[^}]*\} (\S+)$/gm,
    );
    return [...counts].reduce((sum, [, count]) => sum + Number(count), 0);
  }

  /** Bytes of all states. */
  stateSize(): number {
    const folder = join(this.folder, "state", ".pulumi", "stacks");
    return readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".json"))
      .reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
  }

  /** Waits until so many servers are Ready. */
  async allReady(entries: number): Promise<void> {
    const api = new Api(join(this.folder, "kubeconfig"));
    for (;;) {
      const servers = await api.list<KubernetesObject & { status?: { phase?: string } }>(
        "toolhive.stacklok.dev/v1beta1",
        "MCPServer",
      );
      if (servers.filter(({ status }) => status?.phase === "Ready").length === entries) return;
      await new Promise((resolve) => setTimeout(resolve, readyEveryMs));
    }
  }

  /** Ends the cluster. */
  remove(): void {
    this.command("down");
    rmSync(this.folder, { recursive: true, force: true });
  }

  private command(verb: string): string {
    const args = ["--require", "esbuild-register", join(project, "lab", "main.ts"), verb];
    const env = { ...process.env, LAB_DIR: this.folder, LAB_NODE: "kwok" };
    return execFileSync(process.execPath, args, { env, encoding: "utf8", cwd: project });
  }
}
