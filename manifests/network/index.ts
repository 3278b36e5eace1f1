export { apiServerAddresses } from "./api-server";
export type { ApiServerAddress, ApiServerEndpoints } from "./api-server";
export { backendPolicy, proxyPolicy } from "./entry-policies";
export { backends, defaultDeny, proxies } from "./tier-policies";
