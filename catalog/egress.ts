import { z } from "zod";
import { overlap, parseCidr } from "./cidr";
import { integer, map, oneOf } from "./field";
import { hostProblem } from "./host";
import { peer } from "./peer";
import { show } from "./problem";
import { forbiddenRanges } from "./ranges";

const port = integer(
  { description: "Port.", expects: "a whole number from 1 to 65535", example: 443 },
  1,
  65535,
);

const protocol = oneOf({ description: "Protocol.", example: "TCP" }, ["TCP", "UDP"]).default("TCP");

const host = z
  .string({ error: ({ input }) => `${show(input)} does not fit; write a host, like api.osv.dev` })
  .superRefine((value, context) => {
    const problem = hostProblem(value);
    if (problem !== undefined)
      context.addIssue({ code: "custom", input: value, message: `${show(value)} ${problem}` });
  })
  .meta({
    description:
      "A full name of the public DNS; *. before it means every name below it. Needs a network engine that knows names.",
    examples: ["api.osv.dev", "*.example.com"],
  });

/** Schema of a range of addresses that an entry may reach. */
export const cidr = z
  .string({ error: ({ input }) => `${show(input)} does not fit; write a range, like 192.0.2.0/24` })
  .superRefine((value, context) => {
    const message = cidrProblem(value);
    if (message !== undefined) context.addIssue({ code: "custom", input: value, message });
  })
  .meta({ description: "A range of addresses, IPv4 or IPv6.", examples: ["10.20.0.0/16"] });

/** Why a text is not a range that an entry may reach; undefined when it is one. */
export function cidrProblem(value: string): string | undefined {
  const range = parseCidr(value);
  if (!range)
    return `${show(value)} is not a range; write address/prefix, like 10.20.0.0/16 or 2001:db8::/48`;
  if (range.text !== value.toLowerCase())
    return `${show(value)} is not in its shortest form; write ${show(range.text)}`;
  if (range.prefix === 0) return `${show(value)} is every address; write egress: internet`;
  const forbidden = forbiddenRanges.find((other) => overlap(range, other));
  return (
    forbidden &&
    `${show(value)} reaches ${forbidden.text}, where the node or its metadata service answers; write a narrower range`
  );
}

const to = (what: string) => ({ description: `Traffic to ${what}.`, example: { port: 443 } });

const destination = z.union(
  [
    map(to("a host"), { host, port, protocol }),
    map(to("a range"), { cidr, port, protocol }),
    map(to("pods of the cluster"), { ...peer, port, protocol }),
    map(
      { description: "Traffic to the cluster's API server.", example: { apiServer: true } },
      {
        apiServer: z.literal(true, { error: "write apiServer: true, or remove it" }).meta({
          description:
            "The cluster's API server, at its own port. The server needs credentials of its own: its ServiceAccount has no token.",
          examples: [true],
        }),
      },
    ),
  ],
  {
    error: ({ input }) =>
      `${show(input)} does not fit; write exactly one of host, cidr or namespace, with a port, or apiServer: true, for example { host: api.osv.dev, port: 443 }`,
  },
);

/** One thing that a server may reach. */
export type Destination = Readonly<z.output<typeof destination>>;

/** Everything that a server may reach. */
export type Egress = "none" | "internet" | readonly Destination[];

/** Schema of `egress`: what the server may reach besides DNS. */
export const egress = z
  .union(
    [
      z.enum(["none", "internet"]),
      z.array(destination).min(1, { error: "[] is empty; write none, or destinations" }),
    ],
    {
      error: ({ input }) =>
        `${show(input)} does not fit; write none, internet, or a list like [{ host: api.osv.dev, port: 443 }]`,
    },
  )
  .optional()
  .meta({
    description:
      "What the server may reach besides DNS: none, internet (public addresses only), or a list of destinations. The tier's default when absent.",
    examples: [[{ host: "api.osv.dev", port: 443 }]],
  });
