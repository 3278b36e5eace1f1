/** How sensitive what a server can reach is, from least to most. Each has a tier in an environment. */
export const sensitivities = ["public", "internal", "confidential", "restricted"] as const;

/** One of {@link sensitivities}. */
export type Sensitivity = (typeof sensitivities)[number];
