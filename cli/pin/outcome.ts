import { RegistryError, defaultTag } from "../../registry";
import type { Resolved } from "../../registry";
import type { PinSite } from "./site";

/** What became of a place, or would become of it. */
export interface Outcome {
  /** The place. */
  readonly site: PinSite;
  /**
   * `pinned` and `updated` are written; `unpinned` and `moved` are not, and should be; `current` and
   * `digest` (which names no tag) are right as they are; `failed` could not be told.
   */
  readonly status: "pinned" | "updated" | "unpinned" | "moved" | "current" | "digest" | "failed";
  /** The digest that the tag points to. */
  readonly digest?: string;
  /** The image with that digest. */
  readonly pinned?: string;
  /** What to say of it; nothing when it is right as it is. */
  readonly message?: string;
}

/** What may be done. */
export interface PinRights {
  /** Whether files are written. */
  readonly write: boolean;
  /** Whether a digest is replaced when the tag has moved. */
  readonly update: boolean;
  /** The command that would write, for messages. */
  readonly command: string;
}

/** Name of what a place's tag is, for finding equal ones. */
export function tagOf({ reference: { registry, repository, tag } }: PinSite): string {
  return `${registry}/${repository}:${tag ?? defaultTag}`;
}

/** Whether no registry is asked: for a digest alone, and for the chart's own image, whose tag is the chart's business. */
export function isKnown({ reference: { tag, digest }, absent }: PinSite): boolean {
  return digest !== undefined && (tag === undefined || absent);
}

/** Judges a place by what the registry said of its tag. */
export function judge(
  site: PinSite,
  found: Resolved | RegistryError | undefined,
  { write, update, command }: PinRights,
): Outcome {
  const { image, reference, absent } = site;
  if (!found) return absent ? adopted(site, write, command) : { site, status: "digest" };
  if (found instanceof RegistryError)
    return {
      site,
      status: "failed",
      message: `${image.replace(/@.*/, "")} cannot be resolved: ${found.message}; ${found.fix}`,
    };
  const { digest } = found;
  const before = reference.digest;
  if (before === digest) return { site, status: "current", digest, pinned: image };
  const [name = image] = image.split("@");
  const pinned = `${name}${reference.tag === undefined ? `:${defaultTag}` : ""}@${digest}`;
  const outcome = (status: Outcome["status"], message: string): Outcome => ({
    site,
    status,
    digest,
    pinned,
    message,
  });
  if (before !== undefined)
    return update && write
      ? outcome("updated", `${name} has moved from ${before} to ${digest}, which is written now`)
      : outcome("moved", `${moved(name, before, found)}, then run ${command} --update`);
  const why = absent
    ? `is not there, and the chart's own ${image}`
    : reference.tag === undefined
      ? `${image} names no tag, which means ${defaultTag}, and`
      : image;
  return write
    ? outcome("pinned", `${why} is pinned to ${digest}`)
    : outcome("unpinned", `${why} names no digest; its tag points to ${digest}; run ${command}`);
}

/** The outcome for an image that the chart itself names by digest: the settings are to name it too. */
function adopted(site: PinSite, write: boolean, command: string): Outcome {
  const { image, reference } = site;
  const { digest = "" } = reference;
  const own = `is not there, and the chart's own ${image}`;
  return write
    ? { site, status: "pinned", digest, pinned: image, message: `${own} is written` }
    : {
        site,
        status: "unpinned",
        digest,
        pinned: image,
        message: `${own} is to be written; run ${command}`,
      };
}

/** The outcome where a digest is known and the file does not let it be written. */
export function unwritable({ site, digest, pinned = "" }: Outcome, reason: string): Outcome {
  const message = `cannot be written: ${reason}; write ${pinned} yourself`;
  return { site, status: "failed", ...(digest !== undefined && { digest }), pinned, message };
}

function moved(name: string, before: string, { digest, platforms }: Resolved): string {
  const platform = platforms.find((own) => own.digest === before);
  return platform
    ? `${before} is what ${name} has for ${platform.name} alone, and ${digest} is the image for all platforms; look which you want`
    : `the tag of ${name} has moved: it points to ${digest}, not to ${before}; look at what has changed`;
}
