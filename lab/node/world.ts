/**
 * The outside world: answers on a few ports of every address that it plays, with the address
 * that was called, so that a test sees what a pod reaches and as whom. It knows no names.
 */
import { createServer } from "node:http";

const ports = [80, 443, 8080, 6443];

for (const port of ports)
  createServer(({ socket }, response) => {
    response.end(JSON.stringify({ called: socket.localAddress, port, from: socket.remoteAddress }));
  }).listen(port, "::");
console.log(`answers on ports ${ports.join(", ")}`);
