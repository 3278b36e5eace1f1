import { createPrivateKey, randomUUID, sign } from "node:crypto";
import { HttpServer } from "../../registry/http-server";
import { certificateFor } from "../../registry/internet";

/** A server that gives tokens for a registry, as its token authentication wants them. */
export interface TokenIssuer {
  readonly server: HttpServer;
  /** What the registry must trust, as PEM. */
  readonly certificate: string;
}

const names = { issuer: "mcp-fleet test", service: "registry" };

/** Part `auth` of the configuration of a registry that takes an issuer's tokens. */
export function tokenAuth(issuer: TokenIssuer, certificateFile: string): object {
  const realm = `http://${issuer.server.address}/token`;
  return { token: { realm, ...names, rootcertbundle: certificateFile } };
}

/** Starts one that gives whoever shows `login` the right to what is asked for, and to nothing else. */
export async function startIssuer(login: string): Promise<TokenIssuer> {
  const { key, cert } = await certificateFor(["issuer"]);
  const chain = [cert.replace(/-----[A-Z ]+-----|\s/g, "")];
  const server = await HttpServer.start(({ url, headers }) => {
    if (headers.authorization !== login) return { status: 401 };
    const query = new URL(url, "http://issuer").searchParams;
    const [type, name, actions = ""] = (query.get("scope") ?? "").split(":");
    const now = Math.floor(Date.now() / 1000);
    const token = jwt(key, chain, {
      iss: names.issuer,
      aud: query.get("service"),
      sub: "test",
      jti: randomUUID(),
      iat: now,
      nbf: now - 60,
      exp: now + 60,
      access: [{ type, name, actions: actions.split(",") }],
    });
    return { headers: { "content-type": "application/json" }, body: JSON.stringify({ token }) };
  });
  return { server, certificate: cert };
}

function jwt(key: string, x5c: readonly string[], claims: object): string {
  const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString("base64url");
  const text = `${encode({ alg: "ES256", typ: "JWT", x5c })}.${encode(claims)}`;
  const signature = sign("sha256", Buffer.from(text), {
    key: createPrivateKey(key),
    dsaEncoding: "ieee-p1363",
  });
  return `${text}.${signature.toString("base64url")}`;
}
