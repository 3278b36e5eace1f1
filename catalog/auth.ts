import { z } from "zod";
import { map, text, wrong } from "./field";

const audience = {
  description: "The audience of tokens for this entry; no other entry may have it.",
  expects: "one word of at most 200 characters",
  example: "mcp-osv",
};

/** Schema of `auth`: who a caller must prove to be. */
export const auth = map(
  {
    description:
      "Tokens of the environment's OIDC issuer that a caller must show. Without it whoever can connect may call.",
    example: { audience: "mcp-osv" },
  },
  {
    audience: text(audience, /^\S+$/, 200),
    scopes: z
      .array(
        text({ description: "A scope.", expects: "a scope's name", example: "mcp" }, /^\S+$/, 200),
        { error: wrong({ description: "", expects: "a list of scopes", example: ["mcp"] }) },
      )
      .optional()
      .meta({ description: "Scopes that clients are told to ask for.", examples: [["mcp"]] }),
  },
).optional();
