export { apiServerAddresses } from "./api-server";
export type { ApiServerAddress, ApiServerEndpoints } from "./api-server";
export { entryNetwork } from "./entry-policies";
export { anyProxy, anyRemote, backendKey, backendOf, proxyOf } from "./selectors";
export { tierNetwork } from "./tier-policies";
