import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { z } from "zod";
import type { Credentials } from "./docker-config";
import { RegistryError } from "./failure";

const run = promisify(execFile);
const timeoutMs = 30_000;

const helperAnswer = z.object({ Username: z.string(), Secret: z.string() });

/**
 * Asks a helper for the login of a registry; undefined when it has none.
 * Protocol: github.com/docker/docker-credential-helpers.
 * @param name What follows docker-credential- in the program's name.
 * @param server The registry, as the helper knows it.
 * @param file Who names the helper, for messages.
 * @throws {RegistryError} when it cannot be run, or fails.
 */
export async function askHelper(
  name: string,
  server: string,
  file: string,
): Promise<Credentials | undefined> {
  const program = `docker-credential-${name}`;
  const fail = (what: string, fix: string): never => {
    throw new RegistryError(`${program}, which ${file} names, ${what}`, fix);
  };
  let text;
  try {
    const asked = run(program, ["get"], { timeout: timeoutMs });
    // One that ends before it has read everything is no reason to end too.
    asked.child.stdin?.on("error", () => undefined);
    asked.child.stdin?.end(`${server}\n`);
    text = (await asked).stdout;
  } catch (error) {
    const { code, stdout = "" } = error as { readonly code?: unknown; readonly stdout?: string };
    if (/credentials not found|no credentials server URL/i.test(stdout)) return undefined;
    return code === "ENOENT"
      ? fail("is not installed", "put it on PATH, or log in again with docker login")
      : fail("has failed", `try it: echo ${server} | ${program} get`);
  }
  const answer = parse(text) ?? fail("answers what is no login", "log in again with docker login");
  const { Username: username, Secret: secret } = answer;
  if (secret === "") return undefined;
  // Docker's way to say that the secret is a token.
  if (username === "<token>") return { kind: "identity", token: secret };
  return { kind: "password", username, password: secret };
}

function parse(text: string): z.infer<typeof helperAnswer> | undefined {
  try {
    return helperAnswer.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
