import type { Fleet, GivenOptions } from "../../engines";

/** An environment that is cut into three slices, one of which has lost its last entry. */
export const cutFleet: Fleet = {
  environment: "prod",
  platform: { stack: "prod", entries: 0 },
  slices: [
    { stack: "prod.hash-1", slice: "hash-1", entries: 2 },
    { stack: "prod.hash-2", slice: "hash-2", entries: 1 },
    { stack: "prod.hash-3", slice: "hash-3", entries: 0 },
  ],
};

/** An environment of one stack. */
export const wholeFleet: Fleet = {
  environment: "dev",
  platform: { stack: "dev", entries: 3 },
  slices: [],
};

/** Options that are right, by engine. */
export const given = {
  pko: {
    repo: "https://github.com/acme/fleet",
    branch: "main",
    namespace: "fleet",
    serviceAccount: "fleet-deployer",
    image: "pulumi/pulumi:3.259.0-nonroot",
    backend: "s3://acme-fleet-state?region=eu-west-1",
    secretEnv: ["PULUMI_CONFIG_PASSPHRASE=fleet-state/passphrase"],
  },
  github: {
    branch: "main",
    backend: "s3://acme-fleet-state?region=eu-west-1",
    login: "./ci/login",
    secretEnv: ["PULUMI_CONFIG_PASSPHRASE=FLEET_PASSPHRASE"],
  },
  gitlab: {
    branch: "main",
    backend: "s3://acme-fleet-state?region=eu-west-1",
    login: "./ci/login",
    image: "pulumi/pulumi-nodejs:3.259.0",
  },
} satisfies Readonly<Record<string, GivenOptions>>;

/** An environment whose secrets a passphrase protects. */
export const passphrase = { keyService: false };
