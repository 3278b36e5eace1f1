/**
 * Loaded before a program (`node -r`), it leaves the most memory that the process has had, in kilobytes,
 * in the file that BENCH_PEAK names: only the process itself can tell that exactly.
 */
import { writeFileSync } from "node:fs";

process.on("exit", () => {
  const file = process.env.BENCH_PEAK;
  if (file !== undefined) writeFileSync(file, String(process.resourceUsage().maxRSS));
});
