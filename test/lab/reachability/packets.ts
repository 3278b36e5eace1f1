import { spawn } from "node:child_process";

/** Where a connection goes. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

/** From where connections are opened: the network of a process, and one of its addresses where it has many. */
export interface Origin {
  readonly pid: number;
  readonly address?: string;
}

// Some at a time: a packet that a busy machine lost would look like one that a rule dropped. The limit is
// above the second after which TCP tries again: a refusal that comes back before the kernel has finished
// sending, as IPv6's do here, is only heard then.
const attempts = `
const net = require("net");
let text = "";
process.stdin.on("data", (data) => (text += data)).on("end", () => {
  const { targets, localAddress, ms } = JSON.parse(text);
  const results = [];
  let next = 0, left = targets.length;
  const one = () => {
    const i = next++;
    if (i >= targets.length) return;
    const socket = net.connect({ ...targets[i], localAddress });
    const timer = setTimeout(() => end("silence"), ms);
    const end = (result) => {
      clearTimeout(timer);
      socket.destroy();
      if (results[i] !== undefined) return;
      results[i] = result;
      if (--left === 0) console.log(JSON.stringify(results));
      one();
    };
    socket.on("connect", () => end("open")).on("error", (error) => end(error.code));
  };
  for (let i = 0; i < 256; i++) one();
});
`;

/** How a packet filter says no, or nobody answers. */
const closed = ["ECONNREFUSED", "EHOSTUNREACH", "ENETUNREACH", "EACCES", "silence"];

/**
 * Which TCP connections are established, all tried by one process.
 * @throws {Error} when one fails in a way that says nothing of the network.
 */
export async function connects(
  { pid, address }: Origin,
  targets: readonly Address[],
): Promise<readonly boolean[]> {
  const input = JSON.stringify({ targets, localAddress: address, ms: 3000 });
  const output = await run(input, "nsenter", [
    `--net=/proc/${pid}/ns/net`,
    ...[process.execPath, "-e", attempts],
  ]);
  const results = JSON.parse(output) as readonly string[];
  return results.map((result, i) => {
    if (result === "open") return true;
    if (closed.includes(result)) return false;
    const { host = "", port = 0 } = targets[i] ?? {};
    throw new Error(`${host}:${port}: ${result}`);
  });
}

async function run(input: string, program: string, args: readonly string[]): Promise<string> {
  const child = spawn(program, args, { stdio: ["pipe", "pipe", "inherit"] });
  let output = "";
  child.stdout.on("data", (data: Buffer) => (output += data.toString()));
  child.stdin.end(input);
  const code = await new Promise((resolve) => child.on("close", resolve));
  if (code !== 0) throw new Error(`${program} ended with ${String(code)}`);
  return output;
}
