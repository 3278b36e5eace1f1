import "reflect-metadata";
import { generateKeyPairSync, randomBytes, webcrypto } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as x509 from "@peculiar/x509";

/** A user that the API server knows by a token. */
export interface User {
  /** Name, as RBAC and audit see it. */
  readonly name: string;
  /** Group. */
  readonly group: string;
  /** Secret token. */
  readonly token: string;
}

/** The users of the control plane itself. */
export type UserName = "admin" | "kube-controller-manager" | "kube-scheduler" | "kwok";

const groups: Readonly<Record<UserName, string>> = {
  admin: "system:masters",
  "kube-controller-manager": "",
  "kube-scheduler": "",
  kwok: "system:masters",
};

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
  /** Private key that signs ServiceAccount tokens. */
  readonly accounts: string;
  /** The API server's file of tokens. */
  readonly tokens: string;
  /** Token of each user. */
  readonly users: Readonly<Record<UserName, string>>;
}

/** Addresses and names that the API server's certificate is for. */
export const serviceRange = { cidr: "10.96.0.0/16", first: "10.96.0.1" } as const;

const names = ["localhost", "kubernetes", "kubernetes.default", "kubernetes.default.svc"];
const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;
const days = 24 * 3600 * 1000;

/** Makes the lab's keys, or reads them when they are there. */
export async function ensureKeys(folder: string): Promise<Keys> {
  const at = (name: string): string => join(folder, name);
  const done = at("users.json");
  if (!existsSync(done)) await makeKeys(folder);
  return {
    ca: at("ca.crt"),
    caKey: at("ca.key"),
    server: at("server.crt"),
    serverKey: at("server.key"),
    accounts: at("accounts.key"),
    tokens: at("tokens.csv"),
    users: JSON.parse(readFileSync(done, "utf8")) as Record<UserName, string>,
  };
}

async function makeKeys(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const write = (name: string, text: string): void => {
    writeFileSync(join(folder, name), text, { mode: 0o600 });
  };
  x509.cryptoProvider.set(webcrypto);
  const authority = await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const server = await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const valid = {
    notBefore: new Date(Date.now() - days),
    notAfter: new Date(Date.now() + 365 * days),
  };
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
  const certificate = await x509.X509CertificateGenerator.create({
    subject: "CN=kube-apiserver",
    issuer: ca.subject,
    signingKey: authority.privateKey,
    publicKey: server.publicKey,
    signingAlgorithm: algorithm,
    ...valid,
    extensions: [
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension([
        ...names.map((value) => ({ type: "dns" as const, value })),
        ...["127.0.0.1", serviceRange.first].map((value) => ({ type: "ip" as const, value })),
      ]),
    ],
  });
  write("ca.crt", ca.toString("pem"));
  write("ca.key", await privatePem(authority.privateKey));
  write("server.crt", certificate.toString("pem"));
  write("server.key", await privatePem(server.privateKey));
  const accounts = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
  write("accounts.key", accounts.export({ type: "pkcs8", format: "pem" }).toString());
  const users = Object.entries(groups).map(([name, group]) => ({
    name,
    group,
    token: randomBytes(24).toString("base64url"),
  }));
  write("tokens.csv", users.map(tokenLine).join(""));
  write(
    "users.json",
    JSON.stringify(Object.fromEntries(users.map(({ name, token }) => [name, token]))),
  );
}

function tokenLine({ name, group, token }: User): string {
  const user = group === "" ? `system:${name}` : name;
  return `${token},${user},${name}${group === "" ? "" : `,${group}`}\n`;
}

async function privatePem(key: webcrypto.CryptoKey): Promise<string> {
  return x509.PemConverter.encode(await webcrypto.subtle.exportKey("pkcs8", key), "PRIVATE KEY");
}
