import { z } from "zod";
import type { ImageReference } from "../catalog";
import type { Challenge } from "./challenge";
import type { Credentials } from "./docker-config";
import { LoginError, RegistryError } from "./failure";
import { mayLeadTo, repositoryOf } from "./origin";
import type { Answer, Transport } from "./transport";

type Bearer = Extract<Challenge, { readonly scheme: "bearer" }>;

/** What is known of who asks, and of whom. */
export interface Login {
  /** The image whose manifest is wanted. */
  readonly image: ImageReference;
  /** Where the registry's API is. */
  readonly origin: URL;
  /** What Docker's configuration holds for it. */
  readonly credentials: Credentials | undefined;
}

const tokenAnswer = z.object({ token: z.string().optional(), access_token: z.string().optional() });

/**
 * Header Authorization for a registry's challenge; gets a token where it wants one.
 * @throws {RegistryError} when there is no login, or it is not taken.
 */
export async function authorization(
  transport: Transport,
  challenge: Challenge,
  login: Login,
): Promise<string> {
  const { credentials } = login;
  if (credentials?.kind === "registry") return `Bearer ${credentials.token}`;
  if (challenge.scheme === "bearer") return `Bearer ${await getToken(transport, challenge, login)}`;
  if (credentials?.kind === "password") return basic(credentials);
  throw refused(login);
}

/** Says that a registry does not let this login, or nobody without one, read an image. */
export function refused({ image, credentials }: Login): LoginError {
  const { registry, repository } = image;
  const login = `docker login ${registry}`;
  return credentials
    ? new LoginError(
        `${registry} does not let the login that Docker has for it read ${repository}`,
        `ask for the right to read it, check its name, or log in anew: ${login}`,
      )
    : new LoginError(
        `${registry} lets nobody without a login read ${repository}, or has none of that name`,
        `check its name, or log in: ${login}`,
      );
}

async function getToken(transport: Transport, challenge: Bearer, login: Login): Promise<string> {
  const { origin, credentials, image } = login;
  const { realm, service } = challenge;
  if (!mayLeadTo(origin, realm))
    throw new RegistryError(
      `${origin.host} wants a login to be sent to ${realm.origin}, which is not protected by TLS`,
      "take another registry, or tell its operator",
    );
  // A registry may want more than reading of whoever asks; more is not asked for.
  const { scope: wanted = "" } = challenge;
  const isRead = /^repository:[^\s:]+:pull$/.test(wanted);
  const scope = isRead ? wanted : `repository:${repositoryOf(image)}:pull`;
  const question = { ...(service !== undefined && { service }), scope };
  const answer =
    credentials?.kind === "identity"
      ? await transport.post(realm, {
          ...question,
          grant_type: "refresh_token",
          client_id: "mcp-fleet",
          refresh_token: credentials.token,
        })
      : await transport.get(
          withQuery(realm, question),
          credentials?.kind === "password" ? { authorization: basic(credentials) } : {},
        );
  return readToken(answer, login);
}

function readToken({ status, body, url }: Answer, login: Login): string {
  if (status >= 400 && status < 500 && status !== 429) throw refused(login);
  const token = status === 200 ? parse(body) : undefined;
  if (token === undefined || !/^[\x21-\x7e]+$/.test(token))
    throw new RegistryError(
      `${url.host}, which gives the tokens of ${login.image.registry}, answers ${status} without one`,
      "try again later, or tell the registry's operator",
    );
  return token;
}

function parse(body: Buffer): string | undefined {
  try {
    const answer = tokenAnswer.parse(JSON.parse(body.toString()));
    return answer.token ?? answer.access_token;
  } catch {
    return undefined;
  }
}

function withQuery(url: URL, query: Readonly<Record<string, string>>): URL {
  const result = new URL(url);
  for (const [name, value] of Object.entries(query)) result.searchParams.set(name, value);
  return result;
}

function basic({ username, password }: { readonly username: string; readonly password: string }) {
  return `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
}
