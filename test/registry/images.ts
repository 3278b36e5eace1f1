import { createHash } from "node:crypto";
import type { Reply } from "./http-server";

/** A manifest as a registry keeps it. */
export interface TestManifest {
  readonly type: string;
  readonly body: Buffer;
  readonly digest: string;
}

export const types = {
  ociIndex: "application/vnd.oci.image.index.v1+json",
  ociManifest: "application/vnd.oci.image.manifest.v1+json",
  dockerList: "application/vnd.docker.distribution.manifest.list.v2+json",
  dockerManifest: "application/vnd.docker.distribution.manifest.v2+json",
} as const;

export function sha256(bytes: Buffer): string {
  return `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
}

export function manifestOf(type: string, content: object): TestManifest {
  // The line's end belongs to the bytes, whose digest counts, and not to what they say.
  const body = Buffer.from(
    `${JSON.stringify({ schemaVersion: 2, mediaType: type, ...content })}\n`,
  );
  return { type, body, digest: sha256(body) };
}

/** The manifest of one platform; another `layer` makes it another image. */
export function singleManifest(type: string, layer: string): TestManifest {
  const config = Buffer.from("{}");
  const descriptor = (mediaType: string, bytes: Buffer) => ({
    mediaType,
    size: bytes.length,
    digest: sha256(bytes),
  });
  return manifestOf(type, {
    config: descriptor("application/vnd.oci.image.config.v1+json", config),
    layers: [descriptor("application/vnd.oci.image.layer.v1.tar", Buffer.from(layer))],
  });
}

/** An index over manifests, for linux/amd64, linux/arm64 and so on. */
export function indexOf(type: string, manifests: readonly TestManifest[]): TestManifest {
  const architectures = ["amd64", "arm64"];
  return manifestOf(type, {
    manifests: manifests.map((own, i) => ({
      mediaType: own.type,
      size: own.body.length,
      digest: own.digest,
      platform: { os: "linux", architecture: architectures[i] },
    })),
  });
}

/** What a registry that tells the truth answers. */
export function served({ type, body, digest }: TestManifest): Reply {
  return { headers: { "content-type": type, "docker-content-digest": digest }, body };
}
