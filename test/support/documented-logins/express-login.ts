import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import express, { type Request, type RequestHandler, type Response } from 'express';
import { runCode } from '../page-code.js';
import { signIn, USER, type DocumentedLogin, type Session } from './login.js';

interface Code {
  askForCode: (user: typeof USER, request: Request, response: Response) => Promise<void>;
  secondFactor: (options: { signIn: typeof signIn }) => RequestHandler;
}
interface Guard {
  approvedTransfer: RequestHandler;
}

export async function expressLogin(page: string): Promise<DocumentedLogin> {
  const { askForCode, secondFactor } = await runCode<Code>(page, 'Express');
  const { approvedTransfer } = await runCode<Guard>(page, 'Step-up: a route that needs a fresh approval');
  const session: Session = {};
  const app = express();
  app.use((request, _, next) => {
    Object.assign(request, { session });
    next();
  });
  app.post('/login', (request, response) => askForCode(USER, request, response));
  app.post('/transfer', express.json(), approvedTransfer, (request, response) => {
    response.json({ channel: request.approval?.channel });
  });
  app.use(secondFactor({ signIn }));
  app.get('/goods', (_, response) => void response.json([]));
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
