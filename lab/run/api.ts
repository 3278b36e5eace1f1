import {
  ApiException,
  KubeConfig,
  KubernetesObjectApi,
  PatchStrategy,
  VersionApi,
} from "@kubernetes/client-node";
import type { KubernetesObject } from "@kubernetes/client-node";

/** What names one object of a cluster. */
export interface ObjectName {
  /** Group and version. */
  readonly apiVersion: string;
  /** Kind. */
  readonly kind: string;
  /** Name, and namespace of a namespaced kind. */
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

/** The few questions that the lab and its tests ask of an API server. */
export class Api {
  /** Configuration of the client, for uses that this class has no method for. */
  readonly config: KubeConfig;
  private readonly objects: KubernetesObjectApi;

  /** @param kubeconfig File, whose current context is used. */
  constructor(kubeconfig: string) {
    this.config = new KubeConfig();
    this.config.loadFromFile(kubeconfig);
    this.objects = KubernetesObjectApi.makeApiClient(this.config);
  }

  /** Whether the API server answers at all. */
  async answers(): Promise<boolean> {
    try {
      await this.config.makeApiClient(VersionApi).getCode();
      return true;
    } catch {
      return false;
    }
  }

  /** An object, or undefined when there is none, or no such kind. */
  async read<T extends KubernetesObject>(name: ObjectName): Promise<T | undefined> {
    return notFound(async () => await this.objects.read<T>({ ...name }));
  }

  /** All objects of a kind in a namespace, or in all; none when there is no such kind. */
  async list<T extends KubernetesObject>(
    apiVersion: string,
    kind: string,
    namespace?: string,
  ): Promise<readonly T[]> {
    const found = await notFound(
      async () => await this.objects.list<T>(apiVersion, kind, namespace),
    );
    return found?.items ?? [];
  }

  /** Makes an object. */
  async create<T extends KubernetesObject>(object: T): Promise<T> {
    return await this.objects.create(object);
  }

  /** Replaces an object, as an editor's save does. */
  async replace<T extends KubernetesObject>(object: T): Promise<T> {
    return await this.objects.replace(object);
  }

  /** Changes fields of an object, as somebody else would. */
  async patch(name: ObjectName, change: object, fieldManager: string): Promise<void> {
    const body = { ...name, ...change, metadata: { ...name.metadata, ...metadataOf(change) } };
    await this.objects.patch(
      body,
      undefined,
      undefined,
      fieldManager,
      undefined,
      PatchStrategy.MergePatch,
    );
  }

  /** Deletes an object; nothing happens when there is none. */
  async delete(name: ObjectName): Promise<void> {
    await notFound(async () => await this.objects.delete({ ...name }));
  }
}

function metadataOf(change: object): object {
  return (change as { readonly metadata?: object }).metadata ?? {};
}

async function notFound<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof ApiException && error.code === 404) return undefined;
    // The client says this when the server knows no such kind.
    if (error instanceof Error && error.message.includes("Unrecognized API version and kind"))
      return undefined;
    throw error;
  }
}
