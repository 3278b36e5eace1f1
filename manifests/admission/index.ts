export { renderAdmission } from "./policy";
export type { AdmissionInput } from "./policy";
