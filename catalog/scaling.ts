import type { z } from "zod";
import { integer, map, oneOf } from "./field";
import { proxyResources } from "./resources";

const count = (description: string) =>
  integer({ description, expects: "a whole number from 1 to 100", example: 2 }, 1, 100);

const proxyCount = count("Pods of the proxy; 1 when absent.").optional();

/** Schema of `replicas`: how many pods run, where no autoscaler decides. */
export const replicas = map(
  { description: "Pods of the server and of its proxy.", example: { server: 2 } },
  { server: count("Pods of the server; 1 when absent.").optional(), proxy: proxyCount },
).optional();

/** Schema of `replicas` of a remote. */
export const remoteReplicas = map(
  { description: "Pods of the proxy.", example: { proxy: 2 } },
  { proxy: proxyCount },
).optional();

const percent = (what: string) =>
  integer(
    {
      description: `Average use of ${what} that is aimed at, in percent of what is requested.`,
      expects: "a whole number from 1 to 100",
      example: 80,
    },
    1,
    100,
  ).optional();

function scaler(what: string) {
  const doc = { description: `Autoscaler of ${what}.`, example: { min: 1, max: 3, cpu: 80 } };
  return map(doc, {
    min: count("Pods at least.").default(1),
    max: count("Pods at most."),
    cpu: percent("processor time"),
    memory: percent("memory"),
  }).optional();
}

const scalers = "Autoscalers; one aims at 80 percent of processor time when it names no measure.";

/** Schema of `autoscaling`: a HorizontalPodAutoscaler (autoscaling/v2) for each part. */
export const autoscaling = map(
  { description: scalers, example: { server: { min: 1, max: 3, cpu: 80 } } },
  { server: scaler("the server"), proxy: scaler("the proxy") },
).optional();

/** Schema of `autoscaling` of a remote. */
export const remoteAutoscaling = map(
  { description: scalers, example: { proxy: { min: 1, max: 3, cpu: 80 } } },
  { proxy: scaler("the proxy") },
).optional();

/** Bounds of one autoscaler. */
export type Autoscaler = Readonly<NonNullable<z.output<ReturnType<typeof scaler>>>>;

/** Schema of `proxy`: the ToolHive pod in front of a server. */
export const proxy = map(
  { description: "The proxy in front of the server.", example: { mode: "streamable-http" } },
  {
    mode: oneOf(
      {
        description:
          "How clients speak to the proxy of a stdio server; streamable-http when absent. Other servers' proxies speak as the server does.",
        example: "streamable-http",
      },
      ["streamable-http", "sse"],
    ).optional(),
    resources: proxyResources,
  },
).prefault({});

/** Schema of the proxy of a remote, which has no mode. */
export const remoteProxy = map(
  { description: "The proxy in front of the remote.", example: {} },
  { resources: proxyResources },
).prefault({});

/** Schema of `sessionStorage`: where the proxy keeps sessions. */
export const sessionStorage = oneOf(
  {
    description:
      "Where the proxy keeps sessions: its own memory, or the environment's Redis, which all its pods share.",
    example: "redis",
  },
  ["memory", "redis"],
).default("memory");
