import "reflect-metadata";
import { generateKeyPairSync, randomBytes, webcrypto } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as x509 from "@peculiar/x509";
import { addresses } from "./addresses";

/** Who the API server knows by a token. */
interface Identity {
  /** Name, as RBAC and audit see it. */
  readonly user: string;
  /** Its group, if it needs one. */
  readonly group?: string;
}

/** Name of the real node. */
export const nodeName = "lab";

const masters = "system:masters";

/** The users of the control plane and the node. */
const identities = {
  admin: { user: "admin", group: masters },
  "kube-controller-manager": { user: "system:kube-controller-manager" },
  "kube-scheduler": { user: "system:kube-scheduler" },
  kwok: { user: "kwok", group: masters },
  kubelet: { user: `system:node:${nodeName}`, group: "system:nodes" },
  "kube-proxy": { user: "system:kube-proxy" },
  "kube-router": { user: "kube-router", group: masters },
} as const satisfies Readonly<Record<string, Identity>>;

/** A user of the control plane or the node. */
export type UserName = keyof typeof identities;

/** Paths of keys and certificates in a lab's folder. */
export interface Keys {
  /** Certificate of the lab's own authority. */
  readonly ca: string;
  /** Its private key. */
  readonly caKey: string;
  /** Certificate of the API server. */
  readonly server: string;
  /** Its private key. */
  readonly serverKey: string;
  /** Certificate by which a kubelet knows the API server. */
  readonly kubeletClient: string;
  /** Its private key. */
  readonly kubeletClientKey: string;
  /** Private key that signs ServiceAccount tokens. */
  readonly accounts: string;
  /** The API server's file of tokens. */
  readonly tokens: string;
  /** Token of each user. */
  readonly users: Readonly<Record<UserName, string>>;
}

const names = ["localhost", "kubernetes", "kubernetes.default", "kubernetes.default.svc"];
const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;
const days = 24 * 3600 * 1000;

/**
 * Makes the lab's keys, or reads them when they are there.
 * @param folder Where they lie.
 * @param hosts Addresses at which the API server is called besides those of the cluster.
 */
export async function ensureKeys(folder: string, hosts: readonly string[]): Promise<Keys> {
  const at = (name: string): string => join(folder, name);
  const done = at("users.json");
  if (!existsSync(done)) await makeKeys(folder, hosts);
  return {
    ca: at("ca.crt"),
    caKey: at("ca.key"),
    server: at("server.crt"),
    serverKey: at("server.key"),
    kubeletClient: at("kubelet-client.crt"),
    kubeletClientKey: at("kubelet-client.key"),
    accounts: at("accounts.key"),
    tokens: at("tokens.csv"),
    users: JSON.parse(readFileSync(done, "utf8")) as Record<UserName, string>,
  };
}

async function makeKeys(folder: string, hosts: readonly string[]): Promise<void> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const write = (name: string, text: string): void => {
    writeFileSync(join(folder, name), text, { mode: 0o600 });
  };
  x509.cryptoProvider.set(webcrypto);
  const valid = {
    notBefore: new Date(Date.now() - days),
    notAfter: new Date(Date.now() + 365 * days),
  };
  const authority = await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const ca = await x509.X509CertificateGenerator.createSelfSigned({
    name: "CN=mcp-fleet lab",
    keys: authority,
    signingAlgorithm: algorithm,
    ...valid,
    extensions: [
      new x509.BasicConstraintsExtension(true, undefined, true),
      new x509.KeyUsagesExtension(
        x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign,
        true,
      ),
    ],
  });
  write("ca.crt", ca.toString("pem"));
  write("ca.key", await privatePem(authority.privateKey));
  const sign = async (
    file: string,
    subject: string,
    extensions: readonly x509.Extension[],
  ): Promise<void> => {
    const keys = await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
    const certificate = await x509.X509CertificateGenerator.create({
      subject,
      issuer: ca.subject,
      signingKey: authority.privateKey,
      publicKey: keys.publicKey,
      signingAlgorithm: algorithm,
      ...valid,
      extensions: [...extensions],
    });
    write(`${file}.crt`, certificate.toString("pem"));
    write(`${file}.key`, await privatePem(keys.privateKey));
  };
  const ips = new Set(["127.0.0.1", addresses.kubernetes, addresses.node.v4, ...hosts]);
  await sign("server", "CN=kube-apiserver", [
    new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
    new x509.SubjectAlternativeNameExtension([
      ...names.map((value) => ({ type: "dns" as const, value })),
      ...[...ips].map((value) => ({ type: "ip" as const, value })),
    ]),
  ]);
  await sign("kubelet-client", `O=${masters}, CN=kube-apiserver-kubelet-client`, [
    new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.clientAuth]),
  ]);
  const accounts = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
  write("accounts.key", accounts.export({ type: "pkcs8", format: "pem" }).toString());
  const users = Object.entries(identities).map(([name, identity]) => ({
    name,
    ...(identity as Identity),
    token: randomBytes(24).toString("base64url"),
  }));
  const line = ({ user, group, token }: (typeof users)[number]): string =>
    [token, user, user, ...(group === undefined ? [] : [group])].join(",");
  write("tokens.csv", `${users.map(line).join("\n")}\n`);
  write(
    "users.json",
    JSON.stringify(Object.fromEntries(users.map(({ name, token }) => [name, token]))),
  );
}

async function privatePem(key: webcrypto.CryptoKey): Promise<string> {
  return x509.PemConverter.encode(await webcrypto.subtle.exportKey("pkcs8", key), "PRIVATE KEY");
}
