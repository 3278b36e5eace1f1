/** One line of visible text: no control or format characters, no space at its ends. */
export const oneLine = /^(?!\s)(?!.*\s$)[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+$/u;

/** What may stand both in a label's value and in a file name. */
export const slug = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/;

/** A DNS label (RFC 1123) that starts with a letter, as a Service's name must (RFC 1035). */
export const dnsLabel = /^[a-z](?:[a-z0-9-]*[a-z0-9])?$/;

/** A namespace's name: a DNS label (RFC 1123). */
export const namespaceName = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/;

/** Key of a label: an optional DNS subdomain and a name (Kubernetes, "Labels and Selectors"). */
export const labelKey =
  /^(?:(?=[^/]{1,253}\/)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*\/)?[A-Za-z0-9](?:[\w.-]{0,61}[A-Za-z0-9])?$/;

/** Value of a label: at most 63 characters, or none. */
export const labelValue = /^(?:[A-Za-z0-9](?:[\w.-]{0,61}[A-Za-z0-9])?)?$/;

/** Name of most Kubernetes objects: a DNS subdomain (RFC 1123). */
export const objectName = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/;
