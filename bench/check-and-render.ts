/**
 * Checks and renders the catalogue of each project folder that is named, one after the other, and prints
 * the processor seconds of each as JSON.
 */
import { join } from "node:path";
import { loadCatalogue, readSettings } from "../catalog";
import { renderFiles } from "../manifests";
import { environment } from "./many-entries";

function once(folder: string): number {
  const before = process.cpuUsage();
  const settings = readSettings(folder, environment);
  const paths = settings.catalogue.map((path) => join(folder, path));
  const entries = loadCatalogue(paths, settings, () => undefined);
  renderFiles(entries, settings, settings.network.apiServer ?? []);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

console.log(JSON.stringify(process.argv.slice(2).map(once)));
