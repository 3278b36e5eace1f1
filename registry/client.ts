import type { ImageReference } from "../catalog";
import { authorization, refused } from "./authorize";
import type { Login } from "./authorize";
import { parseChallenge } from "./challenge";
import { dockerCredentials } from "./docker-config";
import type { Credentials } from "./docker-config";
import { LoginError, RegistryError } from "./failure";
import { acceptedManifests, readManifest } from "./manifest";
import type { Resolved } from "./manifest";
import { defaultTag, manifestUrl } from "./origin";
import { Transport } from "./transport";
import type { Answer, Patience } from "./transport";

/*
 * Why no library: of the npm packages that speak this API, @sigstore/oci 0.7.2 begins with a push
 * (POST …/blobs/uploads), reads no public image without a login, and wants Node 22.22;
 * @snyk/docker-registry-v2-client 4.0.5 wants linux/amd64 in every index, knows neither credential helpers
 * nor identity tokens, and warns on the console. What is needed is one GET with its login, on undici.
 */

/** Asks registries by the OCI distribution API, with the logins of Docker's configuration. */
export class RegistryClient {
  private readonly transport: Transport;
  private readonly logins = new Map<string, Promise<Credentials | undefined>>();

  private constructor(transport: Transport) {
    this.transport = transport;
  }

  /**
   * Makes ready to ask.
   * @param patience How long a server is waited for.
   * @throws {RegistryError} when the environment names a proxy that is none.
   */
  static async open(patience?: Patience): Promise<RegistryClient> {
    return new RegistryClient(await Transport.open(patience));
  }

  /**
   * What an image's tag points to now; `latest` when it has none.
   * @throws {RegistryError} when that cannot be told.
   */
  async resolve(image: ImageReference): Promise<Resolved> {
    const url = manifestUrl(image);
    const origin = new URL(url.origin);
    const first = await this.manifest(url);
    if (first.status !== 401) return this.read(first, { image, origin, credentials: undefined });
    if (first.url.origin !== origin.origin) return await this.elsewhere(first, image, origin);
    const login = { image, origin, credentials: await this.credentials(image.registry) };
    const challenge = parseChallenge(first.headers["www-authenticate"] ?? "");
    if (!challenge)
      throw new RegistryError(
        `${origin.host} wants a login in a way that is neither a token's nor a password's`,
        "take another registry, or tell its operator",
      );
    const header = await authorization(this.transport, challenge, login);
    return this.read(await this.manifest(url, { authorization: header }), login);
  }

  /** Ends all connections. */
  async close(): Promise<void> {
    await this.transport.close();
  }

  /** Asks a server that a registry leads to as anybody: a login for one is no other's business, whoever sends there. */
  private async elsewhere({ url, headers }: Answer, image: ImageReference, from: URL) {
    const challenge = parseChallenge(headers["www-authenticate"] ?? "");
    const login = { image, origin: new URL(url.origin), credentials: undefined };
    if (challenge?.scheme === "bearer")
      try {
        const header = await authorization(this.transport, challenge, login);
        return this.read(await this.manifest(url, { authorization: header }), login);
      } catch (error) {
        if (!(error instanceof LoginError)) throw error;
      }
    throw new RegistryError(
      `${from.host} sends the request on to ${url.host}, which wants a login of its own`,
      "write the image's name at that registry",
    );
  }

  private async manifest(
    url: URL,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer> {
    return await this.transport.get(url, { accept: acceptedManifests, ...headers });
  }

  private read(answer: Answer, login: Login): Resolved {
    const { registry, repository, tag = defaultTag } = login.image;
    switch (answer.status) {
      case 200:
        return readManifest(answer);
      case 401:
      case 403:
        throw refused(login);
      case 404:
        throw new RegistryError(
          `${registry} has no tag ${tag} of ${repository}`,
          "check name and tag of the image",
        );
      case 429:
        throw new RegistryError(
          `${registry} takes no more requests from here for now`,
          `try again later, or log in, which often raises the limit: docker login ${registry}`,
        );
      default:
        throw new RegistryError(
          `${registry} answers with status ${answer.status}`,
          "try again later, or tell the registry's operator",
        );
    }
  }

  /** A helper may be slow, or ask the user: it is asked once for each registry. */
  private credentials(registry: string): Promise<Credentials | undefined> {
    const known = this.logins.get(registry) ?? dockerCredentials(registry);
    this.logins.set(registry, known);
    return known;
  }
}
