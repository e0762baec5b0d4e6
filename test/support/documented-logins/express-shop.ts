import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import express, { type Express } from 'express';
import type { DocumentedLogin, Session } from './login.js';

/** A shop in Express on a port of its own, whose one visitor has one session. */
export async function expressShop(build: (app: Express) => void): Promise<DocumentedLogin> {
  const session: Session = {};
  const app = express();
  app.use((request, _, next) => {
    Object.assign(request, { session });
    next();
  });
  build(app);
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const stop = async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  };
  return { url: `http://127.0.0.1:${String(port)}`, session, stop };
}
