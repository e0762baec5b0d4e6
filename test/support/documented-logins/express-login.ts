import express, { type Request, type RequestHandler, type Response } from 'express';
import { runCode } from '../page-code.js';
import { expressShop } from './express-shop.js';
import { signIn, USER, type DocumentedLogin } from './login.js';

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
  return expressShop((app) => {
    app.post('/login', (request, response) => askForCode(USER, request, response));
    app.post('/transfer', express.json(), approvedTransfer, (request, response) => {
      response.json({ channel: request.approval?.channel });
    });
    app.use(secondFactor({ signIn }));
    app.get('/goods', (_, response) => void response.json([]));
  });
}
