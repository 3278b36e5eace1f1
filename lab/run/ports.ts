import { createServer } from "node:net";
import { LabError } from "../problem";

/**
 * Free ports on loopback, all different.
 * @param count How many.
 */
export async function freePorts(count: number): Promise<readonly number[]> {
  const servers = await Promise.all(Array.from({ length: count }, () => listen(0)));
  const ports = servers.map((server) => (server.address() as { readonly port: number }).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

/**
 * Makes sure that nobody listens on a port of loopback.
 * @throws {LabError} when somebody does.
 */
export async function requireFree(port: number, what: string): Promise<void> {
  if (await isFree(port)) return;
  throw new LabError(
    `Port ${port}, which ${what} should listen on, is taken by another process.`,
    "End that process, choose another port with LAB_PORT, or leave LAB_PORT unset for a free one.",
  );
}

/** Whether nobody listens on a port of loopback. */
export async function isFree(port: number): Promise<boolean> {
  try {
    const server = await listen(port);
    await new Promise((resolve) => server.close(resolve));
    return true;
  } catch {
    return false;
  }
}

function listen(port: number): Promise<ReturnType<typeof createServer>> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(port, "127.0.0.1", () => {
      resolve(server);
    });
  });
}
