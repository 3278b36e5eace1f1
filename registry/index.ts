export { RegistryClient, defaultTag } from "./client";
export { RegistryError } from "./failure";
export type { Platform, Resolved } from "./manifest";
export type { Patience } from "./transport";
