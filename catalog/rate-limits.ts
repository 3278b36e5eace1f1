import { z } from "zod";
import { integer, map, text } from "./field";
import { show } from "./problem";

const bucket = map(
  {
    description: "A bucket of calls that refills.",
    example: { maxTokens: 100, refillPeriod: "1m" },
  },
  {
    maxTokens: integer(
      { description: "Calls in a full bucket.", expects: "a whole number from 1", example: 100 },
      1,
      2147483647,
    ),
    refillPeriod: text(
      {
        description: "How long an empty bucket takes to be full.",
        expects: "a duration like 30s, 1m or 1h",
        example: "1m",
      },
      /^(?:[1-9]\d*(?:ms|s|m|h))+$/,
      20,
    ),
  },
).optional();

const limitsDoc = { example: { shared: { maxTokens: 100, refillPeriod: "1m" } } };
const buckets = { shared: bucket, perUser: bucket };

/** Schema of `rateLimits` (MCPServer v1beta1, `spec.rateLimiting`). */
export const rateLimits = map(
  {
    description:
      "How often tools may be called; needs sessionStorage redis. perUser needs auth, which tells users apart.",
    ...limitsDoc,
  },
  {
    ...buckets,
    tools: z
      .record(
        z.string(),
        map({ description: "Limits of one tool.", ...limitsDoc }, buckets).refine(
          ({ shared, perUser }) => shared !== undefined || perUser !== undefined,
          { error: "{} limits nothing; write shared or perUser" },
        ),
        { error: ({ input }) => `${show(input)} does not fit; write limits by the tool's name` },
      )
      .optional()
      .meta({
        description: "Limits of single published tools, by name.",
        examples: [{ query_vulnerability: { shared: { maxTokens: 10, refillPeriod: "1s" } } }],
      }),
  },
)
  .refine(
    ({ shared, perUser, tools }) =>
      shared !== undefined || perUser !== undefined || Object.keys(tools ?? {}).length > 0,
    { error: "{} limits nothing; write shared, perUser or tools, or remove it" },
  )
  .optional();

/** Limits of an entry. */
export type RateLimits = Readonly<NonNullable<z.output<typeof rateLimits>>>;
