import "reflect-metadata";
import { webcrypto } from "node:crypto";
import { createServer } from "node:http";
import { connect } from "node:net";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import * as x509 from "@peculiar/x509";
import type { ServerKeys } from "./http-server";

const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };

/** A certificate of its own authority for these names. */
export async function certificateFor(names: readonly string[]): Promise<ServerKeys> {
  x509.cryptoProvider.set(webcrypto);
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: "CN=mcp-fleet test",
    keys,
    signingAlgorithm: algorithm,
    notBefore: new Date(Date.now() - 60_000),
    notAfter: new Date(Date.now() + 3_600_000),
    extensions: [
      new x509.BasicConstraintsExtension(true, undefined, true),
      new x509.SubjectAlternativeNameExtension(
        names.map((value) => ({ type: "dns" as const, value })),
      ),
    ],
  });
  const key = await webcrypto.subtle.exportKey("pkcs8", keys.privateKey);
  return {
    cert: certificate.toString("pem"),
    key: x509.PemConverter.encode(key, "PRIVATE KEY"),
  };
}

/** A proxy that leads every name that it knows to a port of loopback, and keeps what it was asked for. */
export class TestProxy {
  readonly asked: string[] = [];
  private readonly server = createServer();
  private readonly open = new Set<Duplex>();

  private constructor(ports: Readonly<Record<string, number>>) {
    this.server.on("connect", (request, socket: Duplex) => {
      const { url = "" } = request;
      this.asked.push(url);
      const port = ports[url];
      if (port === undefined) {
        socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
        return;
      }
      const onward = connect(port, "127.0.0.1", () => {
        socket.write("HTTP/1.1 200 OK\r\n\r\n");
        socket.pipe(onward).pipe(socket);
      });
      for (const [end, other] of [
        [socket, onward],
        [onward, socket],
      ] as const) {
        this.open.add(end);
        end.on("error", () => other.destroy());
      }
    });
  }

  static async start(ports: Readonly<Record<string, number>>): Promise<TestProxy> {
    const proxy = new TestProxy(ports);
    await new Promise<void>((resolve) => proxy.server.listen(0, "127.0.0.1", resolve));
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    for (const socket of this.open) socket.destroy();
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
