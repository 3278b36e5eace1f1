import { createHash } from "node:crypto";
import { z } from "zod";
import { RegistryError } from "./failure";
import type { Answer } from "./transport";

/** What a tag points to. */
export interface Resolved {
  /** Digest of the manifest, which is that of the index where there is one. */
  readonly digest: string;
  /** The manifests of single platforms in an index; none when the image has but one. */
  readonly platforms: readonly Platform[];
}

/** The image of one platform. */
export interface Platform {
  /** Name as os/architecture, or os/architecture/variant. */
  readonly name: string;
  /** Digest of its own manifest. */
  readonly digest: string;
}

const indexes = [
  "application/vnd.oci.image.index.v1+json",
  "application/vnd.docker.distribution.manifest.list.v2+json",
];
const mediaTypes = [
  ...indexes,
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.docker.distribution.manifest.v2+json",
];

/** Header Accept of a question for a manifest: a registry that gets less may answer with one platform's. */
export const acceptedManifests = mediaTypes.join(", ");

const manifestBody = z.object({
  mediaType: z.string().optional(),
  manifests: z
    .array(
      z.object({
        digest: z.string(),
        platform: z
          .object({ os: z.string(), architecture: z.string(), variant: z.string().optional() })
          .optional(),
      }),
    )
    .optional(),
});

/**
 * Takes a registry's answer for an image's manifest, and makes sure that it is one, of the digest that
 * the registry says.
 * @throws {RegistryError} when it is not.
 */
export function readManifest({ headers, body, url }: Answer): Resolved {
  const refuse = (reason: string): never => {
    throw new RegistryError(
      `${url.host} ${reason}`,
      "do not trust it; tell the registry's operator, and check what stands between",
    );
  };
  const type = headers["content-type"]?.split(";")[0]?.trim().toLowerCase() ?? "nothing";
  if (!mediaTypes.includes(type))
    throw new RegistryError(
      `${url.host} answers with ${JSON.stringify(type)}, which is not an image's manifest that runtimes of today take`,
      "check that the name is an image's, and build very old images anew",
    );
  const digest = `sha256:${createHash("sha256").update(body).digest("hex")}`;
  const said = headers["docker-content-digest"];
  if (said !== undefined && said !== digest)
    refuse(`says that the digest is ${JSON.stringify(said)}, and sends bytes of ${digest}`);
  const { mediaType, manifests = [] } = parse(body) ?? refuse("sends a manifest that is none");
  if (mediaType !== undefined && mediaType !== type)
    refuse(`says that a manifest is ${type}, which says of itself that it is another`);
  const platforms = indexes.includes(type) ? manifests : [];
  return {
    digest,
    platforms: platforms.flatMap(({ digest: own, platform }) => {
      if (!platform) return [];
      const { os, architecture, variant } = platform;
      const name = [os, architecture, ...(variant ? [variant] : [])].join("/");
      return { name, digest: own };
    }),
  };
}

function parse(body: Buffer): z.infer<typeof manifestBody> | undefined {
  try {
    return manifestBody.safeParse(JSON.parse(body.toString())).data;
  } catch {
    return undefined;
  }
}
