import type { Finding, PartialEntry } from "./entry";
import { show } from "./problem";
import type { Autoscaler } from "./scaling";

interface Part {
  readonly what: "server" | "proxy";
  readonly replicas?: number;
  readonly autoscaler?: Autoscaler;
}

/** Rules over how many pods an entry has, and what more than one of them needs. */
export function scalingRules(entry: PartialEntry): readonly Finding[] {
  const parts = partsOf(entry);
  return [
    ...parts.flatMap(bounds),
    ...(entry.kind === "Server" && entry.transport === "stdio"
      ? parts.flatMap(stdioCap)
      : sessionNote(entry, parts)),
    ...(entry.kind === "Server" ? limitRules(entry) : []),
  ];
}

function partsOf(entry: PartialEntry): readonly Part[] {
  const { replicas, autoscaling } = entry;
  const proxy: Part = {
    what: "proxy",
    replicas: replicas?.proxy,
    autoscaler: autoscaling?.proxy,
  };
  if (entry.kind === "Remote") return [proxy];
  const server: Part = {
    what: "server",
    replicas: entry.replicas?.server,
    autoscaler: entry.autoscaling?.server,
  };
  return [server, proxy];
}

function bounds({ what, replicas, autoscaler }: Part): readonly Finding[] {
  if (!autoscaler) return [];
  const { min, max } = autoscaler;
  const path = ["autoscaling", what];
  return [
    ...(min > max
      ? [
          {
            path: [...path, "min"],
            message: `${min} is more than max, ${max}; lower it or raise max`,
          },
        ]
      : []),
    ...(replicas !== undefined
      ? [
          {
            path: ["replicas", what],
            message: `${replicas} is decided by autoscaling.${what} too; keep one of them`,
          },
        ]
      : []),
  ];
}

function stdioCap({ what, replicas, autoscaler }: Part): readonly Finding[] {
  const capped = (path: readonly string[], value: number): readonly Finding[] =>
    value > 1
      ? [
          {
            path,
            // ToolHive v0.48 cmd/thv-operator/controllers/mcpserver_controller.go, StdioReplicaCapped.
            message: `${value} cannot be had with transport stdio: one proxy speaks to one server over its terminal; write 1, or take streamable-http`,
          },
        ]
      : [];
  return [
    ...capped(["replicas", what], replicas ?? 1),
    ...capped(["autoscaling", what, "max"], autoscaler?.max ?? 1),
  ];
}

function sessionNote(entry: PartialEntry, parts: readonly Part[]): readonly Finding[] {
  if (entry.sessionStorage !== "memory") return [];
  return parts.flatMap(({ what, replicas, autoscaler }) => {
    const most = autoscaler?.max ?? replicas ?? 1;
    return most > 1
      ? [
          {
            path: autoscaler ? ["autoscaling", what] : ["replicas", what],
            message: `up to ${most} pods without sessionStorage: redis; a session ends when its next call meets another pod`,
            note: true,
          },
        ]
      : [];
  });
}

type Server = Extract<PartialEntry, { readonly kind: "Server" }>;

function limitRules({ rateLimits, sessionStorage, auth, tools }: Server): readonly Finding[] {
  if (!rateLimits) return [];
  const found: Finding[] = [];
  if (sessionStorage === "memory")
    found.push({
      path: ["rateLimits"],
      message: "need sessionStorage: redis, where calls are counted; write that",
    });
  const perUser = [
    ...(rateLimits.perUser ? [["rateLimits", "perUser"]] : []),
    ...Object.entries(rateLimits.tools ?? {}).flatMap(([tool, limits]) =>
      limits.perUser ? [["rateLimits", "tools", tool, "perUser"]] : [],
    ),
  ];
  if (auth === undefined)
    for (const path of perUser)
      found.push({ path, message: "needs auth, which tells users apart; write that, or shared" });
  for (const tool of Object.keys(rateLimits.tools ?? {}))
    if (tools && !tools.publish.includes(tool))
      found.push({
        path: ["rateLimits", "tools", tool],
        message: `${show(tool)} is not published, so nobody can call it; publish it, or remove this`,
      });
  return found;
}
