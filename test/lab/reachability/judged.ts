import type { NetworkPolicy } from "kubernetes-types/networking/v1";
import { evaluate } from "../evaluator";
import type { TrafficPeer } from "../evaluator";
import { namespaceLabels } from "./rendered";
import type { Rendered } from "./rendered";
import type { Family, Pod, Subject } from "./subjects";
import { addressIn } from "./table";
import type { Cell, Table } from "./table";

/**
 * What cyclonus says of cells of a table, by policies.
 * @param folder Where it is asked.
 */
export function judge(
  { subjects }: Table,
  cells: readonly Cell[],
  rendered: Rendered,
  policies: readonly NetworkPolicy[],
  folder: string,
): readonly boolean[] {
  const numbers = new Map(subjects.map((subject, i) => [subject, i]));
  // Out of the lab's own ranges: no rule may mean a pod by its address.
  const addressOf = (pod: Pod, family: Family): string => {
    const n = 256 + (numbers.get(pod) ?? 0);
    return family === "v4" ? `10.244.${n >> 8}.${n & 255}` : `fd00:244::${n.toString(16)}`;
  };
  const peer = (subject: Subject, family: Family): TrafficPeer => {
    const ip = addressIn(subject, family, addressOf);
    if (subject.kind === "outside") return { ip };
    const { namespace, labels } = subject;
    return { ip, namespace, labels, namespaceLabels: namespaceLabels(rendered, namespace) };
  };
  const traffic = cells.map(({ from, column: { to, family, port, protocol } }) => ({
    from: peer(from, family),
    to: peer(to, family),
    port,
    protocol,
  }));
  return evaluate(policies, traffic, folder);
}
