import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { networkInterfaces } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { V1Pod, V1Service } from "@kubernetes/client-node";
import type { Context } from "mocha";
import { clientImage } from "../../lab/images/table";
import { cgroupFolders } from "../../lab/node/cgroups";
import { registryAddress } from "../../lab/node/containerd";
import { machineDevice } from "../../lab/node/network";
import { whyNoRealNode } from "../../lab/node/needs";
import { containerPids, podPids } from "../../lab/node/pods";
import { childOf } from "../../lab/node/space";
import { Processes } from "../../lab/run/process";
import { labSettings, project } from "../../lab/settings";
import { url } from "./real-fleet";
import type { CalledServer, PodName } from "./real-fleet";
import { TestLab } from "./test-lab";

/** What a program gave. */
export interface Answer {
  readonly code: number;
  readonly output: string;
}

/** A lab with a real node, and what tests do in it. */
export class RealLab extends TestLab {
  constructor() {
    super({ LAB_NODE: "real" });
  }

  /** Skips the tests of a context, and says why, where no real node can run. */
  orSkip(context: Context): void {
    const reason = whyNoRealNode({ ...labSettings(), folder: this.folder });
    if (reason === undefined) return;
    console.log(`    NOT RUN: a real node cannot run here: ${reason}`);
    context.skip();
  }

  /** Environment for `kubectl`. */
  private async kubectlEnvironment(): Promise<NodeJS.ProcessEnv> {
    this.known ??= await this.variables();
    return { ...process.env, ...this.known };
  }
  private known: Readonly<Record<string, string>> | undefined;

  /** Runs `kubectl`; gives exit code and output. */
  async kubectl(...args: readonly string[]): Promise<Answer> {
    return await this.kubectlWith("", ...args);
  }

  /** Runs `kubectl` with something on its standard input. */
  async kubectlWith(input: string, ...args: readonly string[]): Promise<Answer> {
    const env = await this.kubectlEnvironment();
    const { status, stdout, stderr } = spawnSync("kubectl", args, { env, input, encoding: "utf8" });
    return { code: status ?? 1, output: stdout + stderr };
  }

  /** Starts client pods in namespaces of their own, which no rule restricts. */
  async startClients(...pods: readonly (readonly [...PodName, labels: string])[]): Promise<void> {
    for (const [namespace, name, labels] of pods) {
      await this.kubectl("create", "namespace", namespace);
      const image = `--image=${clientImage}`;
      await this.kubectl("run", name, "-n", namespace, image, `--labels=${labels}`);
    }
    for (const [namespace, name] of pods)
      await this.kubectl(
        "wait",
        "--for=condition=Ready",
        "--timeout=60s",
        `pod/${name}`,
        "-n",
        namespace,
      );
  }

  /** Runs the MCP client in a client pod. */
  async client([namespace, name]: PodName, ...args: readonly string[]): Promise<Answer> {
    const program = ["/usr/local/bin/node", "/app/client.js"];
    return await this.kubectl("exec", "-n", namespace, name, "--", ...program, ...args);
  }

  /** Calls the tool of a server from a client pod. */
  async call(from: PodName, [namespace, entry, tool, args]: CalledServer): Promise<Answer> {
    return await this.client(from, "call", url(namespace, entry), tool, JSON.stringify(args));
  }

  /** Runs the MCP client in a pod's network, but not through the API server as {@link client} does. */
  clientBeside(pid: number, ...args: readonly string[]): Answer {
    const program = join(project, "lab", "images", "programs", "client.ts");
    const enter = [`--net=/proc/${pid}/ns/net`, process.execPath, "--require", "esbuild-register"];
    const { status, stdout, stderr } = spawnSync("nsenter", [...enter, program, ...args], {
      cwd: project,
      encoding: "utf8",
    });
    return { code: status ?? 1, output: stdout + stderr };
  }

  /** Address of a Service. */
  async serviceAddress(namespace: string, name: string): Promise<string> {
    const service = await this.api().read<V1Service>({
      apiVersion: "v1",
      kind: "Service",
      metadata: { name, namespace },
    });
    return service?.spec?.clusterIP ?? "";
  }

  /** Calls until it succeeds. */
  async eventually(what: string, seconds: number, check: () => Promise<boolean>): Promise<void> {
    const deadline = Date.now() + seconds * 1000;
    while (!(await check())) {
      if (Date.now() > deadline) throw new Error(`not within ${seconds} s: ${what}`);
      await sleep(500);
    }
  }

  /** A pod as the cluster reports it. */
  async pod([namespace, name]: PodName): Promise<V1Pod> {
    const pod = await this.api().read<V1Pod>({
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name, namespace },
    });
    if (!pod) throw new Error(`there is no pod ${namespace}/${name}`);
    return pod;
  }

  /** The pod of an entry's proxy. */
  async proxyPod(namespace: string, entry: string): Promise<V1Pod> {
    const pods = await this.api().list<V1Pod>("v1", "Pod", namespace);
    const found = pods.find(
      ({ metadata }) =>
        metadata?.labels?.app === "mcpserver" &&
        metadata.labels["toolhive-name"] === entry &&
        metadata.deletionTimestamp === undefined,
    );
    if (!found) throw new Error(`${namespace}/${entry} has no proxy`);
    return found;
  }

  /** First process of a pod's container. */
  pid(pod: V1Pod): number {
    const container = pod.spec?.containers[0]?.name ?? "";
    const [pid] = containerPids(this.folder, pod, container);
    if (pid === undefined) throw new Error(`${pod.metadata?.name ?? ""} has no process`);
    return pid;
  }

  /** Process id of a program of the node, as the machine counts. */
  daemonPid(daemon: string): number | undefined {
    return childOf(childOf(new Processes(this.folder).pid(daemon)));
  }

  /** Kills a program of the node, as a crash would, and waits until another runs in its place. */
  async crash(daemon: string): Promise<void> {
    const program = this.daemonPid(daemon);
    if (program === undefined) throw new Error(`${daemon} does not run`);
    process.kill(program, "SIGKILL");
    await this.eventually(`another ${daemon}`, 30, () => {
      const now = this.daemonPid(daemon);
      return Promise.resolve(now !== undefined && now !== program);
    });
  }

  /** Kills every process of the lab at once. */
  crashAll(): void {
    for (const pid of this.leftProcesses()) {
      try {
        process.kill(pid, "SIGKILL");
      } catch {
        // It went with another.
      }
    }
  }

  /** Labels of an image as the lab's registry serves it. */
  imageLabels(reference: string): Readonly<Record<string, string>> {
    const code = `
const [repository, tag] = process.argv.slice(1);
const get = async (path, accept) =>
  (await fetch("http://${registryAddress}/v2/" + repository + path, { headers: { accept } })).json();
get("/manifests/" + tag, "application/vnd.oci.image.manifest.v1+json")
  .then(({ config }) => get("/blobs/" + config.digest, config.mediaType))
  .then(({ config }) => console.log(JSON.stringify(config.Labels)));`;
    const net = `--net=/proc/${this.daemonPid("registry") ?? 0}/ns/net`;
    const { stdout, stderr } = spawnSync(
      "nsenter",
      [net, process.execPath, "-e", code, ...reference.split(/:(?=[^/]*$)/)],
      { encoding: "utf8" },
    );
    if (stdout === "") throw new Error(stderr);
    return JSON.parse(stdout) as Record<string, string>;
  }

  /** Memory of all processes of the lab in bytes, what several share being counted once. */
  memory(): number {
    const pids = new Set([...this.leftProcesses(), ...podPids(this.folder)]);
    return [...pids].reduce((sum, pid) => sum + proportionalSize(pid), 0);
  }

  /** What a lab that was taken down has left on the machine. */
  left(): readonly string[] {
    const mounts = readFileSync("/proc/self/mounts", "utf8").split("\n");
    return [
      ...this.leftProcesses().map((pid) => `process ${pid}`),
      ...cgroupFolders(this.folder).filter(existsSync),
      ...(machineDevice(this.folder) in networkInterfaces() ? [machineDevice(this.folder)] : []),
      ...mounts.filter((line) => line.includes(this.folder)),
      ...(existsSync(join(this.folder)) ? [this.folder] : []),
    ];
  }
}

function proportionalSize(pid: number): number {
  try {
    const text = readFileSync(`/proc/${pid}/smaps_rollup`, "utf8");
    return Number(/^Pss:\s+(\d+) kB/m.exec(text)?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}
