import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Context } from "mocha";
import { parse, stringify } from "yaml";
import { registryConfig, registryProgram } from "../../../lab/images/store";
import { whyNoProgram } from "../../../lab/node/needs";
import { freePorts } from "../../../lab/run/ports";
import { sha256 } from "../../registry/images";
import type { TestManifest } from "../../registry/images";

/** Skips the tests of a context, and says why, where Debian's registry neither is nor can be installed. */
export function registryOrSkip(context: Context): void {
  const reason = whyNoProgram(registryProgram);
  if (reason === undefined) return;
  console.log(`    NOT RUN: no registry can run here: ${reason}`);
  context.skip();
}

/** Storage that several registries may serve. */
export class RegistryStorage {
  readonly folder = mkdtempSync(join(tmpdir(), "mcp-fleet-registry-"));

  /** Puts a file beside the storage; gives its path. */
  file(name: string, text: string): string {
    writeFileSync(join(this.folder, name), text);
    return join(this.folder, name);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Debian's registry on a free port of loopback. */
export class TestRegistry {
  readonly address: string;
  private readonly process: ChildProcess;

  private constructor(address: string, process: ChildProcess) {
    this.address = address;
    this.process = process;
  }

  /** Starts one over a storage; `auth` is that part of its configuration. */
  static async start(storage: RegistryStorage, auth?: object): Promise<TestRegistry> {
    const [port = 0] = await freePorts(1);
    const address = `127.0.0.1:${port}`;
    const base = parse(
      registryConfig(join(storage.folder, "storage"), address, auth === undefined),
    ) as object;
    const config = storage.file(`${port}.yaml`, stringify({ ...base, ...(auth && { auth }) }));
    const child = spawn(registryProgram, ["serve", config], { stdio: "ignore" });
    const registry = new TestRegistry(address, child);
    for (let i = 0; i < 200 && child.exitCode === null; i++) {
      // With a login it answers 401, which is an answer too.
      if (await fetch(`http://${address}/v2/`).catch(() => undefined)) return registry;
      await sleep(50);
    }
    await registry.stop();
    throw new Error(`${registryProgram} did not start`);
  }

  async stop(): Promise<void> {
    if (this.process.exitCode !== null) return;
    const end = new Promise((resolve) => this.process.on("exit", resolve));
    this.process.kill();
    await end;
  }

  /** Uploads what manifests need, and the manifests; the last one gets the tag. */
  async push(
    repository: string,
    tag: string,
    blobs: readonly string[],
    manifests: readonly TestManifest[],
  ): Promise<void> {
    const base = `http://${this.address}/v2/${repository}`;
    for (const blob of blobs) {
      const begun = await sent(`${base}/blobs/uploads/`, { method: "POST" }, 202);
      const url = new URL(begun.headers.get("location") ?? "", base);
      url.searchParams.set("digest", sha256(Buffer.from(blob)));
      await sent(url, { method: "PUT", body: blob }, 201);
    }
    for (const { type, body, digest } of manifests) {
      const headers = { "content-type": type };
      await sent(`${base}/manifests/${digest}`, { method: "PUT", headers, body }, 201);
    }
    const last = manifests.at(-1);
    if (!last) return;
    const headers = { "content-type": last.type };
    await sent(`${base}/manifests/${tag}`, { method: "PUT", headers, body: last.body }, 201);
  }
}

async function sent(url: string | URL, init: RequestInit, status: number): Promise<Response> {
  const response = await fetch(url, init);
  if (response.status !== status)
    throw new Error(`${String(url)}: ${response.status} ${await response.text()}`);
  return response;
}
