/**
 * What NetworkPolicies allow, as cyclonus sees it: another program's reading of the manifests, with no
 * cluster. It says nothing of a pod's traffic with itself or with its own node, which Kubernetes always
 * lets through, and it compares an `ipBlock` with pods' addresses too, which Kubernetes leaves open.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { builtPart } from "../../lab/build/tools";
import { labSettings } from "../../lab/settings";

/** One end of a connection. */
export interface TrafficPeer {
  readonly ip: string;
  /** The pod's namespace; absent outside the cluster. */
  readonly namespace?: string;
  /** Labels of the namespace; `kubernetes.io/metadata.name` is added, as the API server does. */
  readonly namespaceLabels?: Readonly<Record<string, string>>;
  /** Labels of the pod. */
  readonly labels?: Readonly<Record<string, string>>;
}

/** A connection that one end opens to the other, at the port where the other listens. */
export interface Traffic {
  readonly from: TrafficPeer;
  readonly to: TrafficPeer;
  readonly port: number;
  readonly protocol: "TCP" | "UDP";
}

/** The files that cyclonus was asked with. */
export interface Question {
  /** Folder of the policies, one in each file. */
  readonly policies: string;
  /** File of the traffic. */
  readonly traffic: string;
}

/**
 * For each traffic whether cyclonus says that the policies allow it, out of its source and into its
 * destination.
 * @param folder Where the question is left, in a folder of its own, for `cyclonus analyze` by hand.
 * @throws {Error} when cyclonus cannot read a policy, would pass over a part of it, or misreads a selector.
 */
export function evaluate(
  policies: readonly object[],
  traffic: readonly Traffic[],
  folder: string,
): readonly boolean[] {
  const question = ask(policies, traffic, folder);
  const program = join(builtPart(labSettings(), "cyclonus"), "cyclonus-verdicts");
  // What the program complains about is in the error's message, so it needs no place in the test's output.
  const answer = execFileSync(program, [question.policies, question.traffic], {
    stdio: "pipe",
    maxBuffer: Infinity,
  });
  const verdicts: unknown = JSON.parse(answer.toString());
  if (!isVerdicts(verdicts) || verdicts.length !== traffic.length)
    throw new Error(`${program} gave no verdict for each of ${traffic.length} traffics`);
  return verdicts;
}

/** Writes policies and traffic as cyclonus reads them, into a new folder inside the one given. */
export function ask(
  policies: readonly object[],
  traffic: readonly Traffic[],
  folder: string,
): Question {
  const own = mkdtempSync(join(folder, "cyclonus-"));
  const question = { policies: join(own, "policies"), traffic: join(own, "traffic.json") };
  mkdirSync(question.policies);
  for (const [i, policy] of policies.entries())
    // Version 1.1 is what Go's reader knows: a label `on` must be quoted for it.
    writeFileSync(
      join(question.policies, `${String(i).padStart(5, "0")}.yaml`),
      stringify(policy, { version: "1.1", aliasDuplicateObjects: false }),
    );
  writeFileSync(question.traffic, JSON.stringify(traffic.map(toCyclonus)));
  return question;
}

function toCyclonus({ from, to, port, protocol }: Traffic): object {
  return {
    Source: peer(from),
    Destination: peer(to),
    ResolvedPort: port,
    Protocol: protocol,
  };
}

function peer({ ip, namespace, namespaceLabels, labels }: TrafficPeer): object {
  if (namespace === undefined) {
    if (namespaceLabels ?? labels) throw new Error(`${ip} has labels and no namespace`);
    return { IP: ip };
  }
  return {
    IP: ip,
    Internal: {
      Namespace: namespace,
      NamespaceLabels: { ...namespaceLabels, "kubernetes.io/metadata.name": namespace },
      PodLabels: labels ?? {},
    },
  };
}

function isVerdicts(value: unknown): value is readonly boolean[] {
  return Array.isArray(value) && value.every((one) => typeof one === "boolean");
}
