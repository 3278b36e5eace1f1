/** Raised when a registry does not tell what an image's tag points to. */
export class RegistryError extends Error {
  /** What to do. */
  readonly fix: string;
  /** Whether anything has answered; when nothing at all does, a run could not be made. */
  readonly reached: boolean;

  constructor(reason: string, fix: string, reached = true) {
    super(reason);
    this.name = "RegistryError";
    this.fix = fix;
    this.reached = reached;
  }
}

/** Raised when a registry does not let this login, or nobody without one, read an image. */
export class LoginError extends RegistryError {}
