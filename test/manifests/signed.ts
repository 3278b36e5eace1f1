import { settingsFromConfig, tiersOf } from "../../catalog";
import type { Entry, Sensitivity, Settings } from "../../catalog";
import { serverEntry } from "../../catalog/server";
import { renderSignatures } from "../../manifests";
import type { Part, SignatureInput } from "../../manifests";

export type Engine = "policy-controller" | "kyverno";
export const engines: readonly Engine[] = ["policy-controller", "kyverno"];

/** A public key whose private half nobody has kept. */
export const key = `-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEgmeiaTQOiGB1NoTLm3IYGN10OVNO
AUqWaNps1ldd9cDbwzAqJtQaIpD+uoHLBOM904PCHjCeA5kbBO99Xvz32g==
-----END PUBLIC KEY-----
`;

export const issuer = "https://token.actions.githubusercontent.com";
export const releases =
  "^https://github\\.com/StacklokLabs/[^/]+/\\.github/workflows/release\\.yml@refs/tags/v.+$";

const digest = `sha256:${"ab".repeat(32)}`;

/** What the catalogue says of a server. */
export function source(name: string, more: object = {}): object {
  return {
    kind: "Server",
    name,
    title: name,
    description: "Is signed.",
    owner: { team: "security", contact: "#sec" },
    category: "security",
    costClass: "low",
    sensitivity: "internal",
    image: "ghcr.io/stackloklabs/osv-mcp/server",
    transport: "streamable-http",
    port: 8080,
    clients: [{ namespace: "litellm" }],
    resources: {
      requests: { cpu: "50m", memory: "64Mi" },
      limits: { cpu: "100m", memory: "128Mi" },
    },
    ...more,
  };
}

/** A server of an environment whose images are signed. */
export function server(name: string, more: object = {}): Entry {
  return serverEntry.parse(source(name, more));
}

/** Tier internal signs by identity and attests; one entry of it, and one of tier public, have their own. */
export const sources: Readonly<Record<string, object>> = {
  osv: source("osv"),
  docker: source("docker", { signature: { key } }),
  gofetch: source("gofetch", {
    sensitivity: "public",
    signature: {
      issuer,
      subject:
        "https://github.com/StacklokLabs/gofetch/.github/workflows/release.yml@refs/tags/v1.0.5",
    },
  }),
};
export const entries: readonly Entry[] = Object.values(sources).map((one) =>
  serverEntry.parse(one),
);

export function settingsOf(
  engine: Engine,
  tiers: object = signedTiers,
  signatures: object = {},
): Settings {
  const platform = { images: { proxyrunner: `ghcr.io/stacklok/toolhive/proxyrunner@${digest}` } };
  const values = { signatures: { engine, ...signatures }, platform, tiers };
  return settingsFromConfig(values, __dirname, "test");
}

export const signedTiers = {
  internal: {
    signature: { issuer, subjectPattern: releases, attestations: ["provenance", "spdx"] },
  },
  restricted: { signature: { key, attestations: ["cyclonedx"] } },
};

/** What the policies of one tier are made from. */
export function inputOf(
  settings: Settings,
  sensitivity: Sensitivity,
  all: readonly Entry[] = entries,
): SignatureInput {
  const tier = tiersOf(settings).find((one) => one.sensitivity === sensitivity);
  const { signatures } = settings;
  if (!tier || !signatures) throw new Error(`${sensitivity} verifies no signatures`);
  return { tier, signatures, entries: all };
}

/** The policies of all tiers. */
export function policiesOf(settings: Settings, all: readonly Entry[] = entries): readonly Part[] {
  return tiersOf(settings).flatMap(({ sensitivity }) =>
    renderSignatures(inputOf(settings, sensitivity, all)),
  );
}
