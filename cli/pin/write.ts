import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import type { PinFile } from "./site";

/** Raised when a file cannot be written; then none is. */
export class UnwritableError extends Error {
  constructor(name: string, reason: string) {
    super(`${name}: ${reason}; nothing was changed`);
    this.name = "UnwritableError";
  }
}

const byteOrderMark = "\uFEFF";

interface Ready {
  readonly name: string;
  /** The file itself, behind links. */
  readonly target: string;
  /** The new text, beside it. */
  readonly half: string;
  readonly before: Buffer;
}

/**
 * Gives files new text, all of them or none.
 * @throws {UnwritableError} when one cannot be written, or has changed since it was read.
 */
export function writeAll(texts: ReadonlyMap<PinFile, string>): void {
  const ready: Ready[] = [];
  const written: Ready[] = [];
  try {
    // What can fail fails before any file changes.
    for (const [file, text] of texts) ready.push(guarded(file.name, () => prepare(file, text)));
    for (const file of ready)
      guarded(file.name, () => {
        renameSync(file.half, file.target);
        written.push(file);
      });
  } catch (error) {
    for (const { target, before } of written) writeFileSync(target, before);
    throw error;
  } finally {
    for (const { half } of ready) rmSync(half, { force: true });
  }
}

function prepare({ name, path, text: before }: PinFile, text: string): Ready {
  const target = realpathSync(path);
  accessSync(target, constants.W_OK);
  const now = readFileSync(target);
  const mark = now.subarray(0, 3).toString() === byteOrderMark ? byteOrderMark : "";
  // Bytes are compared: what is no UTF-8 would look the same as text, and not be written as it was.
  if (!now.equals(Buffer.from(mark + before)))
    throw new UnwritableError(name, "somebody else has changed it meanwhile; run this again");
  const half = `${target}.${process.pid}.new`;
  try {
    writeFileSync(half, mark + text, { flush: true });
    keepRights(half, target);
  } catch (error) {
    rmSync(half, { force: true });
    throw error;
  }
  return { name, target, half, before: now };
}

function keepRights(half: string, target: string): void {
  const { uid, gid, mode } = statSync(target);
  try {
    chownSync(half, uid, gid);
  } catch {
    // Only root may give files away; whoever else may write here has the file then.
  }
  // After the owner, whose change takes some rights away.
  chmodSync(half, mode);
}

function guarded<T>(name: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (error instanceof UnwritableError) throw error;
    throw new UnwritableError(name, `it cannot be written (${(error as Error).message})`);
  }
}
