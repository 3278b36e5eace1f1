import { createServer as createHttp } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { createServer as createHttps } from "node:https";
import type { AddressInfo } from "node:net";

/** What a server was asked. */
export interface Asked {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

/** What it answers; `hang` is nothing at all, `break` an end of the connection. */
export type Reply =
  | {
      readonly status?: number;
      readonly headers?: Readonly<Record<string, string | string[]>>;
      readonly body?: string | Buffer;
      /** Whether the connection ends after the body, however much more was announced. */
      readonly breaks?: boolean;
    }
  | "hang"
  | "break";

/** Key and certificate of a server. */
export interface ServerKeys {
  readonly key: string;
  readonly cert: string;
}

/** A server on a free port of loopback, which keeps what it was asked. */
export class HttpServer {
  readonly asked: Asked[] = [];
  private readonly server: Server;
  private readonly answer: (asked: Asked) => Reply;

  private constructor(answer: (asked: Asked) => Reply, keys?: ServerKeys) {
    this.answer = answer;
    const serve = (request: IncomingMessage, response: ServerResponse): void => {
      void this.serve(request, response);
    };
    this.server = keys ? createHttps(keys, serve) : createHttp(serve);
  }

  static async start(answer: (asked: Asked) => Reply, keys?: ServerKeys): Promise<HttpServer> {
    const server = new HttpServer(answer, keys);
    await new Promise<void>((resolve) => server.server.listen(0, "127.0.0.1", resolve));
    return server;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** Its address, as an image's name begins with it. */
  get address(): string {
    return `127.0.0.1:${this.port}`;
  }

  /** What it was asked, as method and path. */
  get lines(): readonly string[] {
    return this.asked.map(({ method, url }) => `${method} ${url}`);
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = "";
    for await (const chunk of request) body += String(chunk);
    const { method = "", url = "", headers } = request;
    const asked = { method, url, headers, body };
    this.asked.push(asked);
    const reply = this.answer(asked);
    if (reply === "break") request.socket.destroy();
    else if (reply !== "hang" && reply.breaks === true)
      response
        .writeHead(reply.status ?? 200, reply.headers)
        .write(reply.body ?? "", () => request.socket.destroy());
    else if (reply !== "hang")
      response.writeHead(reply.status ?? 200, reply.headers).end(reply.body ?? "");
  }
}
