/** Who takes part in the reachability table: pods, and addresses outside the cluster. */
import type { Entry, ServerEntry } from "../../../catalog";
import type { Outside } from "./outside";

/** Labels of a pod. */
export type Labels = Readonly<Record<string, string>>;

/** A port at which something listens, or might. */
export interface Port {
  readonly port: number;
  readonly protocol: "TCP" | "UDP";
}

interface AnyPod {
  /** Its name, unique in its namespace. */
  readonly name: string;
  readonly namespace: string;
  readonly labels: Labels;
  /** Ports that are tried. */
  readonly ports: readonly Port[];
}

/** A pod: one of an entry's two, the cluster's DNS, or any other. */
export type Pod =
  | (AnyPod & { readonly kind: "proxy"; readonly entry: Entry })
  | (AnyPod & { readonly kind: "backend"; readonly entry: ServerEntry })
  | (AnyPod & { readonly kind: "dns" | "other" });

/** A pod, or an address outside. */
export type Subject = Pod | Outside;

/** Family of an address. */
export type Family = "v4" | "v6";

/** The subject in a few words. */
export function nameOf(subject: Subject): string {
  return subject.kind === "outside" ? subject.what : `${subject.namespace}/${subject.name}`;
}

/** TCP ports, each once. */
export function tcp(...ports: readonly number[]): readonly Port[] {
  return [...new Set(ports)].map((port) => ({ port, protocol: "TCP" }));
}

/** UDP ports, each once. */
export function udp(...ports: readonly number[]): readonly Port[] {
  return tcp(...ports).map(({ port }) => ({ port, protocol: "UDP" }));
}

/** Whether labels are among others. */
export function within(few: Labels, all: Labels): boolean {
  return Object.entries(few).every(([key, value]) => all[key] === value);
}
