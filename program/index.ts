export { deployStack } from "./deploy";
export type { LoadCatalogue, StackOutputs } from "./deploy";
export { movedVariable } from "./guard";
export { beThrifty } from "./thrift";
