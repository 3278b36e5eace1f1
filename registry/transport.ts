import type { Dispatcher } from "undici";
import { RegistryError } from "./failure";
import { isLoopback, mayLeadTo } from "./origin";

/** What a server has answered. */
export interface Answer {
  /** Status code. */
  readonly status: number;
  /** Headers by their names in small letters; several of a name are joined by commas. */
  readonly headers: Readonly<Record<string, string>>;
  /** Body, byte for byte; empty when the server was asked again and again in vain. */
  readonly body: Buffer;
  /** Who has answered, after redirects. */
  readonly url: URL;
}

/** How patient a {@link Transport} is. */
export interface Patience {
  /** Milliseconds until a connection, an answer's beginning, and each next part of it. */
  readonly timeoutMs: number;
  /** Milliseconds before the first repetition; doubled each time. A server's Retry-After goes first. */
  readonly retryMs: number;
}

const maxRedirects = 5;
const maxRetries = 3;
const maxRetryMs = 20_000;
// What registries must take at least, by the distribution specification; nothing larger is an image's manifest.
const maxResponseSize = 4 * 1024 * 1024;

/** HTTP as registries need it: proxies from the environment, timeouts, repetition, careful redirects. */
export class Transport {
  private readonly undici: Undici;
  private readonly patience: Patience;
  private readonly direct: Dispatcher;
  private readonly proxied: Dispatcher;

  private constructor(undici: Undici, patience: Patience) {
    this.undici = undici;
    this.patience = patience;
    const options = { connect: { timeout: patience.timeoutMs }, maxResponseSize };
    const retry = undici.interceptors.retry({
      maxRetries,
      minTimeout: patience.retryMs,
      maxTimeout: maxRetryMs,
      methods: ["GET", "POST"],
      statusCodes: [429, 500, 502, 503, 504],
      // A name that is unknown or a port that is closed stays so; only broken connections are worth another try.
      errorCodes: ["ECONNRESET", "EPIPE", "UND_ERR_SOCKET"],
    });
    this.direct = new undici.Agent(options).compose(retry);
    // As with curl and Go: what goes by TLS heeds the variable of TLS alone, and no empty one.
    const proxy = { httpProxy: "", httpsProxy: proxyUrl() };
    this.proxied = new undici.EnvHttpProxyAgent({ ...options, ...proxy }).compose(retry);
  }

  /**
   * Makes ready to ask.
   * @throws {RegistryError} when the environment names a proxy that is none.
   */
  static async open(patience: Patience = { timeoutMs: 30_000, retryMs: 500 }): Promise<Transport> {
    // It takes longer to load than all else of the command, whose other verbs ask nobody.
    return new Transport(await import("undici"), patience);
  }

  /**
   * Asks for a resource, following redirects. Credentials go to the first server alone.
   * @throws {RegistryError} when no server answers, or a redirect is not to be trusted.
   */
  async get(url: URL, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    let [at, sent] = [url, headers];
    for (let redirects = 0; redirects <= maxRedirects; redirects++) {
      const answer = await this.send(at, { method: "GET", headers: sent });
      const { location } = answer.headers;
      if (answer.status < 300 || answer.status >= 400 || location === undefined) return answer;
      if (!URL.canParse(location, at.href)) break;
      const next = new URL(location, at);
      if (!mayLeadTo(at, next))
        throw new RegistryError(
          `${at.host} sends the request on to ${next.origin}, which is not protected by TLS`,
          "take another registry, or tell its operator",
        );
      if (next.origin !== at.origin)
        sent = Object.fromEntries(
          Object.entries(sent).filter(([name]) => name !== "authorization"),
        );
      at = next;
    }
    throw new RegistryError(
      `${url.host} sends the request on in circles`,
      "try again later, or tell the registry's operator",
    );
  }

  /**
   * Sends a form; a redirect is not followed, because the form holds a secret.
   * @throws {RegistryError} when the server does not answer.
   */
  async post(url: URL, form: Readonly<Record<string, string>>): Promise<Answer> {
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    const body = new URLSearchParams(form).toString();
    return await this.send(url, { method: "POST", headers, body });
  }

  /** Ends all connections. */
  async close(): Promise<void> {
    await Promise.all([this.direct.close(), this.proxied.close()]);
  }

  private async send(url: URL, options: SendOptions): Promise<Answer> {
    const { timeoutMs } = this.patience;
    try {
      const { statusCode, headers, body } = await this.undici.request(url, {
        ...options,
        headers: { "user-agent": "mcp-fleet", ...options.headers },
        // As curl and Go have it, no proxy stands between a machine and itself.
        dispatcher: isLoopback(url) ? this.direct : this.proxied,
        headersTimeout: timeoutMs,
        bodyTimeout: timeoutMs,
      });
      const bytes = Buffer.from(await body.arrayBuffer());
      return { status: statusCode, headers: joined(headers), body: bytes, url };
    } catch (error) {
      const { RequestRetryError } = this.undici.errors;
      if (error instanceof RequestRetryError && error.statusCode < 300)
        // Asked for the rest, the server sends all of it, or another part.
        throw new RegistryError(
          `${url.host} breaks off its answers`,
          "try again later, or check what stands between",
        );
      if (error instanceof RequestRetryError)
        return { status: error.statusCode, headers: {}, body: Buffer.alloc(0), url };
      throw unanswered(url, error as NetworkError, timeoutMs);
    }
  }
}

/** URL of the environment's proxy; empty when there is none. */
function proxyUrl(): string {
  const name = ["https_proxy", "HTTPS_PROXY"].find((own) => process.env[own]);
  const url = process.env[name ?? ""] ?? "";
  if (name === undefined || (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)))
    return url;
  // The value is not shown: it may hold a password.
  throw new RegistryError(
    `${name} is no URL of a proxy`,
    "write it as http://host:port, or unset it",
    false,
  );
}

type Undici = typeof import("undici");

interface SendOptions {
  readonly method: "GET" | "POST";
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

function joined(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): Answer["headers"] {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, [value ?? ""].flat().join(", ")]),
  );
}

interface NetworkError extends NodeJS.ErrnoException {
  readonly hostname?: string;
  readonly address?: string;
  readonly port?: number;
}

function unanswered(url: URL, error: NetworkError, timeoutMs: number): RegistryError {
  const { host } = url;
  const { code = "", message, hostname = url.hostname, address, port } = error;
  const network = "check the network; behind a proxy, set HTTPS_PROXY";
  const proxy = "check HTTPS_PROXY and NO_PROXY";
  const unreached = (reason: string, fix = network): RegistryError =>
    new RegistryError(reason, fix, false);
  if (code === "ENOTFOUND" || code === "EAI_AGAIN")
    return hostname === url.hostname
      ? unreached(
          `the name ${host} cannot be looked up`,
          `check how it is written, and the network; behind a proxy, set HTTPS_PROXY`,
        )
      : unreached(`the name of the proxy, ${hostname}, cannot be looked up`, proxy);
  const own = url.port === "" ? { "http:": 80, "https:": 443 }[url.protocol] : Number(url.port);
  if (address !== undefined && port !== undefined && port !== own)
    return unreached(`the proxy at ${address}:${port} cannot be reached (${code})`, proxy);
  if (code === "ECONNREFUSED") return unreached(`nothing listens at ${host}`);
  if (/^UND_ERR_\w+_TIMEOUT$|^ETIMEDOUT$/.test(code))
    return unreached(`${host} has not answered within ${timeoutMs / 1000} s`);
  if (code === "UND_ERR_RES_EXCEEDED_MAX_SIZE")
    return new RegistryError(
      `${host} answers with more than ${maxResponseSize} bytes, which is no image's manifest`,
      "check the name of the image",
    );
  if (code === "UND_ERR_ABORTED")
    return unreached(`the proxy does not lead to ${host}: ${message}`, proxy);
  if (/CERT|SELF_SIGNED|UNABLE_TO|^ERR_TLS/.test(code))
    return unreached(
      `the certificate of ${host} is not to be trusted (${code})`,
      "if it is from an authority of your own, set NODE_EXTRA_CA_CERTS to its certificate",
    );
  return unreached(`${host} cannot be reached (${code === "" ? message : code})`);
}
