import Fastify from 'fastify';
import { expect, it } from 'vitest';
import { Log } from '../log/log.js';
import { tellAnswers } from './answered.js';
import { problem } from './problem.js';
import { sendProblem } from './problem-filter.js';
import { logSecurityEvents, tellWeakening } from './security-events.js';

it('R92 a flood of wrong keys hides no wrong code, and one of bad requests hides no bad request of a caller', async () => {
  const lines: { event: string; problem: string; keyId?: string }[] = [];
  const server = Fastify();
  tellAnswers(server);
  logSecurityEvents(
    server,
    Log.to('info', { write: (line) => lines.push(JSON.parse(line) as (typeof lines)[number]) }),
  );
  server.get<{ Params: { code: string; keyId: string } }>('/:code/:keyId', (request, reply) => {
    request.callerId = request.params.keyId;
    sendProblem(reply, problem(400, request.params.code, 'No.'));
  });
  for (let n = 0; n < 120; n += 1) await server.inject('/unauthorized/');
  for (let n = 0; n < 120; n += 1) await server.inject('/invalid-request/');
  await server.inject('/wrong-code/key_1');
  await server.inject('/invalid-request/key_1');
  expect(lines.length).toBeLessThan(240);
  expect(lines.filter(({ keyId }) => keyId === 'key_1')).toEqual([
    expect.objectContaining({ event: 'authn_login_fail', problem: 'wrong-code' }),
    expect.objectContaining({ event: 'input_validation_fail', problem: 'invalid-request' }),
  ]);
});

it('R80 a change that lets more through says so in its line, and no other does', async () => {
  const lines: { event: string; weakens?: boolean }[] = [];
  const server = Fastify();
  logSecurityEvents(
    server,
    Log.to('info', { write: (line) => lines.push(JSON.parse(line) as (typeof lines)[number]) }),
  );
  server.put<{ Params: { limit: string } }>('/:limit', { config: { tells: 'authz_admin' } }, (request, reply) => {
    tellWeakening(request, request.params.limit === 'higher');
    void reply.send();
  });
  for (const limit of ['higher', 'lower']) await server.inject({ method: 'PUT', url: `/${limit}` });
  expect(lines.map(({ event, weakens }) => [event, weakens])).toEqual([
    ['authz_admin', true],
    ['authz_admin', undefined],
  ]);
});
