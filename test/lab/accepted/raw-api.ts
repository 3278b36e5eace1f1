import { request } from "node:https";
import type { RequestOptions } from "node:https";
import type { ObjectMeta } from "kubernetes-types/meta/v1";
import type { Api } from "../../../lab/run/api";

/** An object as JSON has it, without a client's classes. */
export interface PlainObject {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly metadata?: ObjectMeta;
}

/** What the API server said to a request. */
export interface Said {
  readonly code: number;
  /** The object, or the Status that says why not. */
  readonly body: PlainObject & { readonly message?: string };
  /** Texts of its Warning headers. */
  readonly warnings: readonly string[];
}

interface Resource {
  readonly name: string;
  readonly kind: string;
  readonly namespaced: boolean;
  readonly verbs: readonly string[];
}

/** A kind with the group and version that serve it. */
export interface ServedKind {
  readonly apiVersion: string;
  readonly resource: Resource;
}

/** Talks to an API server without a client between, whose own checks and defaults would blur its answers. */
export class RawApi {
  private readonly api: Api;
  private readonly resources = new Map<string, Promise<readonly Resource[]>>();

  constructor(api: Api) {
    this.api = api;
  }

  /**
   * Posts an object as it is, every unknown or doubled field being an error (fieldValidation=Strict).
   * @param dryRun Whether it is only admitted and validated, and not kept.
   */
  async create(object: PlainObject, dryRun: boolean): Promise<Said> {
    const query = `?fieldValidation=Strict${dryRun ? "&dryRun=All" : ""}`;
    return await this.send("POST", (await this.path(object)) + query, object);
  }

  /** All kinds of a namespace's objects that can be listed. */
  async namespacedKinds(): Promise<readonly ServedKind[]> {
    const { body } = await this.send("GET", "/apis");
    const { groups } = body as unknown as {
      readonly groups: readonly { readonly preferredVersion: { readonly groupVersion: string } }[];
    };
    const versions = ["v1", ...groups.map(({ preferredVersion }) => preferredVersion.groupVersion)];
    const kinds = await Promise.all(
      versions.map(async (apiVersion) =>
        (await this.served(apiVersion)).map((resource) => ({ apiVersion, resource })),
      ),
    );
    return kinds
      .flat()
      .filter(({ resource }) => resource.namespaced && resource.verbs.includes("list"));
  }

  /** All objects of a namespace, of whatever kind. */
  async everything(namespace: string): Promise<readonly PlainObject[]> {
    const kinds = await this.namespacedKinds();
    const lists = await Promise.all(
      kinds.map(async ({ apiVersion, resource: { name, kind } }) => {
        const { body } = await this.send(
          "GET",
          `${root(apiVersion)}/namespaces/${namespace}/${name}`,
        );
        const { items = [] } = body as { readonly items?: readonly PlainObject[] };
        return items.map((item) => ({ ...item, apiVersion, kind }));
      }),
    );
    return lists.flat();
  }

  private async path({ apiVersion = "", kind = "", metadata }: PlainObject): Promise<string> {
    const found = (await this.served(apiVersion)).find((one) => one.kind === kind);
    if (!found) throw new Error(`the API server knows no ${apiVersion} ${kind}`);
    const namespace = found.namespaced ? `/namespaces/${metadata?.namespace ?? ""}` : "";
    return `${root(apiVersion)}${namespace}/${found.name}`;
  }

  private async served(apiVersion: string): Promise<readonly Resource[]> {
    const known = this.resources.get(apiVersion);
    if (known) return await known;
    const asked = this.send("GET", root(apiVersion)).then(({ code, body }) => {
      if (code !== 200) throw new Error(`${apiVersion}: ${body.message ?? String(code)}`);
      const { resources } = body as unknown as { readonly resources: readonly Resource[] };
      return resources.filter(({ name }) => !name.includes("/"));
    });
    this.resources.set(apiVersion, asked);
    return await asked;
  }

  private async send(method: string, path: string, content?: object): Promise<Said> {
    const url = new URL(path, this.api.config.getCurrentCluster()?.server);
    const options: RequestOptions = { method, headers: { "content-type": "application/json" } };
    await this.api.config.applyToHTTPSOptions(options);
    return await new Promise((resolve, reject) => {
      const sent = request(url, options, (answer) => {
        let text = "";
        answer.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
        answer.on("end", () => {
          resolve({
            code: answer.statusCode ?? 0,
            body: JSON.parse(text) as Said["body"],
            warnings: warnings(answer.headersDistinct.warning ?? []),
          });
        });
      });
      sent.on("error", reject);
      sent.end(content && JSON.stringify(content));
    });
  }
}

function root(apiVersion: string): string {
  return apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
}

/** Texts of Warning headers, `299 - "text"` each (RFC 7234, section 5.5). */
function warnings(headers: readonly string[]): readonly string[] {
  return headers.flatMap((header) =>
    [...header.matchAll(/\d{3} \S+ "((?:[^"\\]|\\.)*)"/g)].map(([, text = ""]) =>
      text.replaceAll(/\\(.)/g, "$1"),
    ),
  );
}
