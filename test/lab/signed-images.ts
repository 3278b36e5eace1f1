import { generateKeyPairSync, sign } from "node:crypto";
import type { KeyObject } from "node:crypto";
import { HttpServer } from "../registry/http-server";
import type { Asked, Reply } from "../registry/http-server";
import { manifestOf, served, sha256, types } from "../registry/images";
import type { TestManifest } from "../registry/images";

/** A key, as `cosign generate-key-pair` makes it. */
export interface SigningKey {
  readonly pem: string;
  readonly secret: KeyObject;
}

export function signingKey(): SigningKey {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  return { pem: publicKey.export({ type: "spki", format: "pem" }).toString(), secret: privateKey };
}

const media = {
  config: "application/vnd.oci.image.config.v1+json",
  simple: "application/vnd.dev.cosign.simplesigning.v1+json",
  envelope: "application/vnd.dsse.envelope.v1+json",
  bundle: "application/vnd.dev.sigstore.bundle.v0.3+json",
  statement: "application/vnd.in-toto+json",
} as const;

/** The predicate type of a signature that cosign 3 makes. */
export const signPredicate = "https://sigstore.dev/cosign/sign/v1";

/**
 * A registry on loopback with images that are signed as cosign signs them, by keys alone: an identity's
 * certificate comes from Sigstore's own services.
 */
export class SignedImages {
  private readonly server: HttpServer;
  private readonly blobs: Map<string, Buffer>;
  private readonly manifests: Map<string, TestManifest>;
  private readonly referrers: Map<string, TestManifest[]>;

  private constructor(
    server: HttpServer,
    blobs: Map<string, Buffer>,
    manifests: Map<string, TestManifest>,
    referrers: Map<string, TestManifest[]>,
  ) {
    this.server = server;
    this.blobs = blobs;
    this.manifests = manifests;
    this.referrers = referrers;
  }

  static async start(): Promise<SignedImages> {
    const blobs = new Map<string, Buffer>();
    const manifests = new Map<string, TestManifest>();
    const referrers = new Map<string, TestManifest[]>();
    const answer = ({ url }: Asked): Reply => {
      const path = url.split("?")[0] ?? "";
      if (path === "/v2/") return {};
      const [, kind = "", name = ""] = /\/(manifests|blobs|referrers)\/([^/]+)$/.exec(path) ?? [];
      const manifest = kind === "manifests" ? manifests.get(name) : undefined;
      if (manifest) return served(manifest);
      const blob = kind === "blobs" ? blobs.get(name) : undefined;
      if (blob) return { body: blob };
      if (kind === "referrers") return served(referrersOf(referrers.get(name) ?? []));
      return { status: 404, body: '{"errors":[{"code":"MANIFEST_UNKNOWN"}]}' };
    };
    return new SignedImages(await HttpServer.start(answer), blobs, manifests, referrers);
  }

  /** An image that differs from others by its content; gives its name with its digest. */
  image(content: string): string {
    const { digest } = this.add(media.config, "application/vnd.oci.image.layer.v1.tar", content);
    return `${this.server.address}/team/server@${digest}`;
  }

  /** What `cosign sign --key` of version 2 adds to an image. */
  sign(image: string, { secret }: SigningKey): void {
    const digest = digestOf(image);
    const payload = JSON.stringify({
      critical: {
        identity: { "docker-reference": image.replace(/@.*/, "") },
        image: { "docker-manifest-digest": digest },
        type: "cosign container image signature",
      },
      optional: null,
    });
    const signature = sign("sha256", Buffer.from(payload), secret).toString("base64");
    const annotations = { "dev.cosignproject.cosign/signature": signature };
    const made = this.add(media.config, media.simple, payload, { annotations });
    this.manifests.set(`${digest.replace(":", "-")}.sig`, made);
  }

  /** What `cosign attest --key` of version 2 adds to an image. */
  attest(image: string, { secret }: SigningKey, predicateType: string): void {
    const digest = digestOf(image);
    const annotations = { "dev.cosignproject.cosign/signature": "", predicateType };
    const text = JSON.stringify(envelope(digest, secret, predicateType));
    const made = this.add(media.config, media.envelope, text, { annotations });
    this.manifests.set(`${digest.replace(":", "-")}.att`, made);
  }

  /** What cosign 3 adds to an image, for a signature or an attestation: a bundle among its referrers. */
  bundle(image: string, { secret }: SigningKey, predicateType = signPredicate): void {
    const digest = digestOf(image);
    const text = JSON.stringify({
      mediaType: media.bundle,
      verificationMaterial: { publicKey: { hint: "" } },
      dsseEnvelope: envelope(digest, secret, predicateType),
    });
    const subject = this.manifests.get(digest);
    if (!subject) throw new Error(`${image} is not here`);
    const made = this.add("application/vnd.oci.empty.v1+json", media.bundle, text, {
      artifactType: media.bundle,
      subject: { mediaType: subject.type, digest, size: subject.body.length },
    });
    this.referrers.set(digest, [...(this.referrers.get(digest) ?? []), made]);
  }

  async close(): Promise<void> {
    await this.server.close();
  }

  /** Keeps a manifest of one layer. */
  private add(config: string, layer: string, content: string, more: object = {}): TestManifest {
    const { annotations, ...rest } = more as { readonly annotations?: object };
    const bytes = Buffer.from(content);
    const configBytes = Buffer.from(
      config === media.config
        ? JSON.stringify({ rootfs: { type: "layers", diff_ids: [sha256(bytes)] } })
        : "{}",
    );
    const describe = (mediaType: string, blob: Buffer) => {
      this.blobs.set(sha256(blob), blob);
      return { mediaType, size: blob.length, digest: sha256(blob) };
    };
    const made = manifestOf(types.ociManifest, {
      ...rest,
      config: describe(config, configBytes),
      layers: [{ ...describe(layer, bytes), ...(annotations && { annotations }) }],
    });
    this.manifests.set(made.digest, made);
    return made;
  }
}

function digestOf(image: string): string {
  return image.slice(image.indexOf("@") + 1);
}

function referrersOf(manifests: readonly TestManifest[]): TestManifest {
  return manifestOf(types.ociIndex, {
    manifests: manifests.map(({ type, body, digest }) => ({
      mediaType: type,
      size: body.length,
      digest,
      artifactType: media.bundle,
    })),
  });
}

/** A statement about an image, in an envelope (DSSE, in-toto Statement v1). */
function envelope(digest: string, secret: KeyObject, predicateType: string): object {
  const statement = JSON.stringify({
    _type: "https://in-toto.io/Statement/v1",
    subject: [{ name: "server", digest: { sha256: digest.replace("sha256:", "") } }],
    predicateType,
    predicate: {},
  });
  const type = media.statement;
  const signed = `DSSEv1 ${type.length} ${type} ${Buffer.byteLength(statement)} ${statement}`;
  return {
    payloadType: type,
    payload: Buffer.from(statement).toString("base64"),
    signatures: [{ sig: sign("sha256", Buffer.from(signed), secret).toString("base64") }],
  };
}
