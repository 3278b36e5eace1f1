import { Server, ServerCredentials } from "@grpc/grpc-js";
import type { Client, UntypedServiceImplementation } from "@grpc/grpc-js";
import { forward, messageSizes, raw } from "./forward";
import type { RawService } from "./forward";

/** A gRPC server on loopback. */
export interface Served {
  /** Its port. */
  readonly port: number;
  /** Ends it, with all calls that are under way. */
  readonly stop: () => void;
}

/**
 * Serves a service that another program has, with answers of our own to some of its methods.
 * @param target The other program.
 * @param own Our answers, in bytes, by the methods' names.
 */
export async function serveInFrontOf(
  service: RawService,
  target: () => Promise<Client>,
  own: UntypedServiceImplementation,
): Promise<Served> {
  const server = new Server(messageSizes);
  const forwarded = Object.fromEntries(
    Object.entries(service).map(([name, method]) => [name, forward(method, target)]),
  );
  server.addService(raw(service), { ...forwarded, ...own });
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) => {
      if (error) reject(error);
      else resolve(bound);
    });
  });
  return {
    port,
    stop: () => {
      server.forceShutdown();
    },
  };
}
