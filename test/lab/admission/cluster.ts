import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { CoreV1Event, KubernetesObject, V1Pod } from "@kubernetes/client-node";
import type { Api } from "../../../lab/run/api";
import type { TestLab } from "../test-lab";
import { Person, denial } from "./person";
import type { Answer, Sent } from "./person";

const patienceMs = 90_000;

/** Waits for something; says what it waits for when it does not come. */
export async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + patienceMs;
  while (!(await holds())) {
    assert.ok(Date.now() < end, `waited in vain: ${what}`);
    await sleep(250);
  }
}

/** One who writes in the lab's cluster; `admin` is its administrator, anybody else whom they speak for. */
export function personOf(api: Api, user: string, groups?: readonly string[]): Person {
  return new Person(api.config, user === "admin" ? "" : user, groups);
}

/** That a request was refused by the policy of a namespace, in these words. */
export function assertRefused(answer: Answer, namespace: string, says: string): void {
  const { policy, says: said = answer.message } = denial(answer) ?? {};
  const expected = { code: 403, policy: `mcp-fleet.${namespace}`, says };
  assert.deepEqual({ code: answer.code, policy, says: said }, expected);
}

/** That a request was carried out. */
export function assertDone(answer: Answer): void {
  assert.deepEqual(answer, { code: 200, message: "" });
}

/** The images of an entry's pods. */
export async function imagesOf(
  api: Api,
  namespace: string,
  entry: string,
): Promise<readonly string[]> {
  const pods = await api.list<V1Pod>("v1", "Pod", namespace);
  return pods
    .filter(({ metadata }) => metadata?.labels?.["mcp-fleet.dev/entry"] === entry)
    .flatMap(({ spec }) => spec?.containers.map(({ image = "" }) => image) ?? [])
    .sort();
}

/** What controllers could not make. */
export async function notMade(api: Api, namespace: string): Promise<readonly string[]> {
  const events = await api.list<CoreV1Event>("v1", "Event", namespace);
  return events
    .filter(({ reason = "" }) => reason.startsWith("FailedCreate"))
    .map(({ message = "" }) => message);
}

/** Whether an object is there. */
export async function isThere(api: Api, object: Sent): Promise<boolean> {
  const { apiVersion, kind, metadata } = object;
  const { name, namespace } = metadata;
  const key = { name, ...(namespace !== undefined && { namespace }) };
  return (await api.read<KubernetesObject>({ apiVersion, kind, metadata: key })) !== undefined;
}

/** What the API server has written of a request. */
export interface Audited {
  readonly verb: string;
  readonly impersonatedUser?: { readonly username: string };
  readonly user: { readonly username: string };
  readonly objectRef?: {
    readonly resource: string;
    readonly namespace?: string;
    readonly name?: string;
  };
  readonly responseStatus?: { readonly code: number };
  readonly annotations?: Readonly<Record<string, string>>;
}

/** The lines of the API server's audit log. */
export function audited(lab: TestLab): readonly Audited[] {
  return readFileSync(join(lab.folder, "log", "audit.log"), "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Audited);
}
