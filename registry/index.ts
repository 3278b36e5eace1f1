export { RegistryClient } from "./client";
export { RegistryError } from "./failure";
export { defaultTag } from "./origin";
export type { Platform, Resolved } from "./manifest";
export type { Patience } from "./transport";
