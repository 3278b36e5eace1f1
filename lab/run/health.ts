import { get as httpGet } from "node:http";
import { get as httpsGet } from "node:https";

/** Whether an address of loopback answers 200 within two seconds. */
export function answers(url: string, token?: string): Promise<boolean> {
  const get = url.startsWith("https:") ? httpsGet : httpGet;
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  return new Promise((resolve) => {
    // The certificates of scheduler and controller-manager are their own; the question is only whether they live.
    const request = get(url, { headers, rejectUnauthorized: false, timeout: 2000 }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    request.on("timeout", () => request.destroy());
    request.on("error", () => {
      resolve(false);
    });
  });
}
