/** A variable of the engine and where its secret value is: never the value itself. */
export interface SecretVariable {
  /** Name of the variable. */
  readonly variable: string;
  /** Name of the Secret, or of the secret variable of a CI. */
  readonly secret: string;
  /** Key in the Secret, where it has keys. */
  readonly key?: string;
}

/** A key of a Secret of Kubernetes, as `<secret>/<key>`. */
export const secretKey = /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?\/[\w.-]+$/;

/** A variable and a key of a Secret of Kubernetes. */
export const secretKeyVariable = new RegExp(`^[A-Z_][A-Z0-9_]*=${secretKey.source.slice(1)}`);

/** A variable and a secret of GitHub Actions, whose name must not begin with GITHUB_. */
export const actionsSecretVariable = /^[A-Z_][A-Z0-9_]*=(?!GITHUB_)[A-Z_][A-Z0-9_]*$/;

/** Reads `<variable>=<secret>` or `<variable>=<secret>/<key>`. */
export function secretVariable(text: string): SecretVariable {
  const [variable = "", reference = ""] = text.split("=");
  return { variable, ...secretReference(reference) };
}

/** Reads `<secret>` or `<secret>/<key>`. */
export function secretReference(text: string): Omit<SecretVariable, "variable"> {
  const [secret = "", key] = text.split("/");
  return key === undefined ? { secret } : { secret, key };
}
