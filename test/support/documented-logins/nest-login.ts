import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { runCode } from '../page-code.js';
import { USER, type DocumentedLogin, type Session } from './login.js';

interface Code {
  SecondFactorModule: new () => object;
  SecondFactor: new (...args: never[]) => { askFor(user: object, request: FastifyRequest): Promise<object> };
}

export async function nestLogin(page: string): Promise<DocumentedLogin> {
  const { SecondFactorModule, SecondFactor } = await runCode<Code>(page, 'NestJS');
  const session: Session = {};
  const adapter = new FastifyAdapter({ forceCloseConnections: true });
  const app = await NestFactory.create<NestFastifyApplication>(SecondFactorModule, adapter, { logger: false });
  const server = adapter.getInstance();
  server.addHook('onRequest', (request, _, done) => {
    Object.assign(request, { session });
    done();
  });
  server.post('/login', async (request: FastifyRequest, reply: FastifyReply) =>
    reply.code(202).send(await app.get(SecondFactor).askFor(USER, request)),
  );
  server.get('/goods', () => []);
  await app.listen(0, '127.0.0.1');
  return { url: await app.getUrl(), session, stop: () => app.close() };
}
