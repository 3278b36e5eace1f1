import { request } from "node:https";
import type { RequestOptions } from "node:https";
import type { KubeConfig } from "@kubernetes/client-node";

/** An object as it is sent; what is wrong with it may be its very shape. */
export interface Sent {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly [key: string]: unknown;
  };
  readonly [key: string]: unknown;
}

/** What the API server answers: its message, when it refuses. */
export interface Answer {
  readonly code: number;
  readonly message: string;
}

/** Who refused and why, of an answer of a ValidatingAdmissionPolicy. */
export interface Denial {
  readonly policy: string;
  readonly says: string;
}

/** Kinds as the API names them. */
export const plurals: Readonly<Record<string, string>> = {
  CiliumNetworkPolicy: "ciliumnetworkpolicies",
  ControllerRevision: "controllerrevisions",
  CronJob: "cronjobs",
  LimitRange: "limitranges",
  Namespace: "namespaces",
  ResourceQuota: "resourcequotas",
  ServiceAccount: "serviceaccounts",
  DaemonSet: "daemonsets",
  Deployment: "deployments",
  EmbeddingServer: "embeddingservers",
  Job: "jobs",
  MCPGroup: "mcpgroups",
  MCPOIDCConfig: "mcpoidcconfigs",
  MCPRemoteProxy: "mcpremoteproxies",
  MCPServer: "mcpservers",
  MCPToolConfig: "mcptoolconfigs",
  NetworkPolicy: "networkpolicies",
  Pod: "pods",
  ReplicaSet: "replicasets",
  Service: "services",
  StatefulSet: "statefulsets",
  ValidatingAdmissionPolicy: "validatingadmissionpolicies",
  ValidatingAdmissionPolicyBinding: "validatingadmissionpolicybindings",
  VirtualMCPServer: "virtualmcpservers",
};

function folderOf({ apiVersion, kind, metadata: { namespace } }: Sent): string {
  const plural = plurals[kind];
  if (plural === undefined) throw new Error(`no plural is known of ${kind}`);
  const root = apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  return `${root}${namespace === undefined ? "" : `/namespaces/${namespace}`}/${plural}`;
}

/** One who writes to the API server, with every right that RBAC knows: only admission can refuse. */
export class Person {
  readonly user: string;
  private readonly config: KubeConfig;
  private readonly groups: readonly string[];

  /** @param user Whom the administrator speaks for; the administrator as such when empty. */
  constructor(config: KubeConfig, user = "", groups: readonly string[] = ["system:masters"]) {
    this.config = config;
    this.user = user;
    this.groups = groups;
  }

  /** Makes an object. */
  async create(object: Sent, dryRun = false): Promise<Answer> {
    return await this.send("POST", folderOf(object), object, "application/json", dryRun);
  }

  /** Replaces an object as it is now, with fields changed. */
  async replace(object: Sent, change: object): Promise<Answer> {
    const path = `${folderOf(object)}/${object.metadata.name}`;
    const now = JSON.parse(await this.text("GET", path)) as Sent;
    return await this.send("PUT", path, merged(now, change));
  }

  /** Changes fields of an object, or of a part of it that has a path of its own. */
  async patch(object: Sent, change: object, part = "", dryRun = false): Promise<Answer> {
    const path = `${folderOf(object)}/${object.metadata.name}${part}`;
    const type = Array.isArray(change) ? "json-patch" : "merge-patch";
    return await this.send("PATCH", path, change, `application/${type}+json`, dryRun);
  }

  /** Applies an object by server-side apply. */
  async apply(object: Sent, dryRun = false): Promise<Answer> {
    const path = `${folderOf(object)}/${object.metadata.name}?fieldManager=test&force=true`;
    return await this.send("PATCH", path, object, "application/apply-patch+yaml", dryRun);
  }

  /** Deletes an object, after what it owns. */
  async deleteForeground(object: Sent): Promise<Answer> {
    const path = `${folderOf(object)}/${object.metadata.name}?propagationPolicy=Foreground`;
    return await this.send("DELETE", path);
  }

  private async send(
    method: string,
    path: string,
    body?: object,
    type = "application/json",
    dryRun = false,
  ): Promise<Answer> {
    const query = dryRun ? `${path.includes("?") ? "&" : "?"}dryRun=All` : "";
    const text = await this.text(method, path + query, body, type);
    const answer = JSON.parse(text) as Partial<Answer> & { readonly kind?: string };
    const { code = 200, message = "" } = answer.kind === "Status" ? answer : {};
    return { code, message };
  }

  private async text(method: string, path: string, body?: object, type?: string): Promise<string> {
    // A header holds bytes; names of users are UTF-8.
    const bytes = (text: string): string => Buffer.from(text, "utf8").toString("latin1");
    const options: RequestOptions = {
      method,
      headers: {
        ...(type !== undefined && { "Content-Type": type }),
        ...(this.user !== "" && {
          "Impersonate-User": bytes(this.user),
          "Impersonate-Group": this.groups.map(bytes),
        }),
      },
    };
    await this.config.applyToHTTPSOptions(options);
    const server = this.config.getCurrentCluster()?.server ?? "";
    return await new Promise((resolve, reject) => {
      const sent = request(`${server}${path}`, options, (response) => {
        let text = "";
        response.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
        response.on("end", () => {
          resolve(text);
        });
      });
      sent.on("error", reject);
      // As text it would be sent together with the header, in one encoding.
      sent.end(body && Buffer.from(JSON.stringify(body)));
    });
  }
}

/** A value with parts of it changed, as a merge patch (RFC 7396) changes them. */
export function merged<T>(base: T, change: object): T {
  const result: Record<string, unknown> = { ...(base as object) };
  for (const [key, value] of Object.entries(change) as [string, unknown][]) {
    const isMap = typeof value === "object" && value !== null && !Array.isArray(value);
    if (value === null) Reflect.deleteProperty(result, key);
    else result[key] = isMap ? merged(result[key] ?? {}, value) : value;
  }
  return result as T;
}

/** What a policy says in an answer; undefined when none has refused. */
export function denial({ message }: Answer): Denial | undefined {
  const found = /ValidatingAdmissionPolicy '(\S+)' with binding '\1' denied request: (.*)$/s.exec(
    message,
  );
  return found ? { policy: found[1] ?? "", says: found[2] ?? "" } : undefined;
}
