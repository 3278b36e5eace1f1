import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/** Files below a folder; what goes while it is read is left out. */
export function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    const found = statSync(path, { throwIfNoEntry: false });
    if (found?.isDirectory()) return filesBelow(path);
    return found?.isFile() ? [path] : [];
  });
}

/** Whether bytes hold one of these texts, in clear or in base64, which hides nothing. */
export function holds(bytes: Buffer, texts: readonly string[]): boolean {
  return texts.some((text) => {
    // A text that stands inside another is found by what it does not share with its neighbours.
    const shifted = [0, 1, 2].map((offset) =>
      Buffer.from("x".repeat(offset) + text)
        .toString("base64")
        .slice(offset === 0 ? 0 : 4)
        .slice(0, -4),
    );
    return [text, ...shifted].some((one) => bytes.includes(one));
  });
}
