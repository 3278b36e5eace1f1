import type { Entry, Finding } from "./entry";
import { parseImage } from "./image";
import { show } from "./problem";
import { parseQuantity } from "./quantity";
import type { Resources } from "./resources";
import type { ServerEntry } from "./server";
import type { Tier } from "./tier";

/** What a tier demands of an entry besides its network rules. */
export function tierFindings(entry: Entry, tier: Tier): readonly Finding[] {
  return [
    ...(entry.kind === "Server" ? imageRules(entry, tier) : []),
    ...transportRules(entry, tier),
    ...(tier.auth && !entry.auth
      ? [
          {
            path: ["auth"],
            message: `is missing, and tier ${tier.sensitivity} demands it; write { audience: … }`,
          },
        ]
      : []),
    ...clientRules(entry, tier),
    ...(entry.kind === "Server" ? containerRules(entry.resources, tier, ["resources"]) : []),
    ...containerRules(entry.proxy.resources, tier, ["proxy", "resources"]),
  ];
}

/** What a tier demands of an image. */
export function imageRules({ image }: Pick<ServerEntry, "image">, tier: Tier): readonly Finding[] {
  const reference = parseImage(image);
  if (!reference) return [];
  const { digest, registries } = tier.image;
  const found: Finding[] = [];
  if (digest && reference.digest === undefined)
    found.push({
      path: ["image"],
      message: `${show(image)} names no digest, and tier ${tier.sensitivity} demands one: a tag can be moved; write …@sha256:…`,
    });
  const full = `${reference.registry}/${reference.repository}`;
  if (registries && !registries.some((prefix) => full.startsWith(`${prefix}/`) || full === prefix))
    found.push({
      path: ["image"],
      message: `${show(image)} is not from where tier ${tier.sensitivity} takes images; write one of ${registries.join(", ")}`,
    });
  return found;
}

function transportRules({ transport }: Entry, tier: Tier): readonly Finding[] {
  return tier.transports.includes(transport)
    ? []
    : [
        {
          path: ["transport"],
          message: `${show(transport)} is not allowed in tier ${tier.sensitivity}; write one of ${tier.transports.join(", ")}`,
        },
      ];
}

type Client = Entry["clients"][number];

function clientRules({ clients }: Entry, tier: Tier): readonly Finding[] {
  const allowed = tier.clients;
  if (allowed === "any") return [];
  return clients.flatMap((client, i) =>
    allowed.some((other) => within(client, other))
      ? []
      : [
          {
            path: ["clients", i],
            message: `${show(client)} is not among the clients of tier ${tier.sensitivity}; write one of ${allowed.map((one) => JSON.stringify(one)).join(", ")}`,
          },
        ],
  );
}

/** Whether all pods that a client names are also pods of the other. */
function within(client: Client, other: Client): boolean {
  return (
    client.namespace === other.namespace &&
    Object.entries(other.pods ?? {}).every(([key, value]) => client.pods?.[key] === value)
  );
}

function containerRules(
  { limits }: Resources,
  { containers: { max }, sensitivity }: Tier,
  path: readonly string[],
): readonly Finding[] {
  return (["cpu", "memory"] as const).flatMap((unit) =>
    (parseQuantity(limits[unit]) ?? 0n) > (parseQuantity(max[unit]) ?? 0n)
      ? [
          {
            path: [...path, "limits", unit],
            message: `${show(limits[unit])} is more than a container of tier ${sensitivity} may have, ${show(max[unit])}; lower it, or raise mcp-fleet:tiers.${sensitivity}.containers.max.${unit}`,
          },
        ]
      : [],
  );
}
