import { execFileSync, spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import type { V1Pod } from "@kubernetes/client-node";
import { addresses } from "../../../lab/run/addresses";
import { Processes } from "../../../lab/run/process";
import type { RealLab } from "../real-lab";
import { familyOf } from "./outside";
import { connects } from "./packets";
import type { Origin } from "./packets";
import type { Rendered } from "./rendered";
import { namespaces, standIn } from "./stand-ins";
import { nameOf, within } from "./subjects";
import type { Family, Pod, Subject } from "./subjects";
import { addressIn } from "./table";
import type { Cell, Table } from "./table";

interface Running {
  readonly pid: number;
  readonly ips: Readonly<Partial<Record<Family, string>>>;
}

/** The table's subjects on a lab's real node, where connections are tried. */
export class Field {
  private readonly lab: RealLab;
  private readonly world: number;
  private readonly running = new Map<Subject, Running>();
  private listener: ChildProcess | undefined;

  /** @param lab A lab that runs. */
  constructor(lab: RealLab) {
    this.lab = lab;
    const pid = new Processes(lab.folder).pid("world");
    if (pid === undefined) throw new Error("the outside world does not run");
    this.world = pid;
  }

  /** Starts a pod for each subject that is one, and gives the outside world its addresses. */
  async start(table: Table, rendered: Rendered): Promise<void> {
    this.openWorld(table);
    this.refuseAtOnce();
    const pods = table.subjects.filter((one) => one.kind !== "outside");
    const made = pods.filter(({ kind }) => kind !== "dns");
    await this.apply(namespaces(rendered, pods));
    await this.apply(made.map(standIn));
    await this.lab.eventually(`${made.length} pods run`, 300, async () => {
      const found = await this.lab.api().list<V1Pod>("v1", "Pod");
      for (const pod of pods) this.find(pod, found);
      return this.running.size === pods.length;
    });
  }

  /** Applies objects; a pod cannot be made before the controllers have seen its namespace. */
  async apply(objects: readonly object[]): Promise<void> {
    const list = JSON.stringify({ apiVersion: "v1", kind: "List", items: objects });
    await this.lab.eventually("objects are applied", 60, async () => {
      const { code } = await this.lab.kubectlWith(list, "apply", "--server-side", "-f", "-");
      return code === 0;
    });
  }

  /** Those of the cells whose connection is not established where it should be, or is where it should not. */
  async differing(
    cells: readonly Cell[],
    expected: (cell: Cell) => boolean,
  ): Promise<readonly Cell[]> {
    const rows = [...new Set(cells.map(({ from }) => from))].map(
      (from) => [from, cells.filter((cell) => cell.from === from)] as const,
    );
    const different: Cell[] = [];
    const worker = async (): Promise<void> => {
      for (let row = rows.pop(); row; row = rows.pop()) {
        const [from, own] = row;
        const targets = own.map(({ column: { to, family, port } }) => ({
          host: addressIn(to, family, this.addressOf),
          port,
        }));
        const open = await connects(this.origin(from), targets);
        different.push(...own.filter((cell, i) => open[i] !== expected(cell)));
      }
    };
    await Promise.all(Array.from({ length: 6 }, worker));
    return different;
  }

  /** Those of the cells that differ still after some time, in which the others came to be as expected. */
  async settle(
    cells: readonly Cell[],
    expected: (cell: Cell) => boolean,
    seconds: number,
  ): Promise<readonly Cell[]> {
    let rest = await this.differing(cells, expected);
    const deadline = Date.now() + seconds * 1000;
    while (rest.length > 0 && Date.now() < deadline) rest = await this.differing(rest, expected);
    return rest;
  }

  /** Ends what is not the lab's own. */
  stop(): void {
    this.listener?.kill("SIGKILL");
  }

  private find(pod: Pod, all: readonly V1Pod[]): void {
    if (this.running.has(pod)) return;
    const found = all.find(
      ({ metadata, status }) =>
        metadata?.namespace === pod.namespace &&
        status?.containerStatuses?.[0]?.state?.running !== undefined &&
        (pod.kind === "dns"
          ? within(pod.labels, metadata.labels ?? {})
          : metadata.name === pod.name),
    );
    if (!found) return;
    const ips = found.status?.podIPs?.map(({ ip }) => [familyOf(ip), ip]) ?? [];
    this.running.set(pod, {
      pid: this.lab.pid(found),
      ips: Object.fromEntries(ips) as Running["ips"],
    });
  }

  private readonly addressOf = (pod: Pod, family: Family): string => {
    const ip = this.running.get(pod)?.ips[family];
    if (ip === undefined) throw new Error(`${nameOf(pod)} has no address in ${family}`);
    return ip;
  };

  private origin(subject: Subject): Origin {
    if (subject.kind === "outside") return { pid: this.world, address: subject.address };
    const pid = this.running.get(subject)?.pid;
    if (pid === undefined) throw new Error(`${nameOf(subject)} does not run`);
    return { pid };
  }

  /**
   * The node's kernel sends every refusal of the rules. As it comes, it sends one a second to the same pod,
   * and every other refused connection has to run into its time limit.
   */
  private refuseAtOnce(): void {
    const code = `
      echo 0 >/proc/sys/net/ipv4/icmp_ratemask
      echo 0 >/proc/sys/net/ipv6/icmp/ratelimit`;
    const kubelet = this.lab.daemonPid("kubelet") ?? 0;
    execFileSync("nsenter", [`--net=/proc/${kubelet}/ns/net`, "sh", "-ec", code]);
  }

  /** The world gets the table's addresses, listens on its ports, and knows the way to the pods. */
  private openWorld({ subjects }: Table): void {
    const own = subjects.filter((one) => one.kind === "outside").filter(({ at }) => at === "world");
    const { pods, node } = addresses;
    const commands = [
      ...own.map(({ address: a }) => `addr replace ${a}/${familyOf(a) === "v4" ? 32 : 128} dev lo`),
      `route replace ${pods.v4} via ${node.v4}`,
      `route replace ${pods.v6} via ${node.v6}`,
    ];
    const enter = `--net=/proc/${this.world}/ns/net`;
    const input = `${commands.join("\n")}\n`;
    execFileSync("nsenter", [enter, "ip", "-batch", "-"], { input, stdio: "pipe" });
    const ports = new Set(own.flatMap(({ ports: all }) => all.map(({ port }) => port)));
    // It listens on some of them already.
    const code = `
for (const port of process.argv.slice(1))
  require("net").createServer((s) => s.destroy()).on("error", (e) => {
    if (e.code !== "EADDRINUSE") throw e;
  }).listen(+port, "::");`;
    const node20 = [process.execPath, "-e", code, ...[...ports].map(String)];
    this.listener = spawn("nsenter", [enter, ...node20], { stdio: "inherit" });
  }
}
