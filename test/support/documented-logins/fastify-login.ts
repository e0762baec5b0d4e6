import fastify, { type FastifyPluginCallback, type FastifyReply, type FastifyRequest } from 'fastify';
import { runCode } from '../page-code.js';
import { signIn, USER, type DocumentedLogin, type Session } from './login.js';

interface Code {
  askForCode: (user: typeof USER, request: FastifyRequest, reply: FastifyReply) => Promise<unknown>;
  secondFactor: FastifyPluginCallback<{ signIn: typeof signIn }>;
}

export async function fastifyLogin(page: string): Promise<DocumentedLogin> {
  const { askForCode, secondFactor } = await runCode<Code>(page, 'Fastify');
  const session: Session = {};
  const app = fastify({ forceCloseConnections: true });
  app.addHook('onRequest', (request, _, done) => {
    Object.assign(request, { session });
    done();
  });
  app.post('/login', (request, reply) => askForCode(USER, request, reply));
  await app.register(secondFactor, { signIn });
  app.get('/goods', () => []);
  return { url: await app.listen({ port: 0, host: '127.0.0.1' }), session, stop: () => app.close() };
}
