import type { Rule } from "../rule";
import { demandedAuth, openProxy } from "./auth";
import { defaultDeny } from "./default-deny";
import { foreignSecret } from "./foreign-secret";
import { hostPath } from "./host-path";
import { images } from "./images";
import { names } from "./names";
import { networkPolicy } from "./network-policy";
import { openSecrets } from "./open-secrets";
import { owner } from "./owner";
import { ownership } from "./ownership";
import { plainSecrets } from "./plain-secrets";
import { podSecurity } from "./pod-security";
import { ports } from "./ports";
import { securityContext } from "./security-context";
import { serviceAccount } from "./service-account";
import { spelling } from "./spelling";
import { sse } from "./sse";
import { tools } from "./tools";

/** Every rule, by id. */
export const rules: readonly Rule[] = [
  owner,
  ownership,
  images,
  tools,
  demandedAuth,
  openProxy,
  ports,
  hostPath,
  securityContext,
  plainSecrets,
  openSecrets,
  foreignSecret,
  podSecurity,
  defaultDeny,
  networkPolicy,
  serviceAccount,
  sse,
  names,
  spelling,
];
