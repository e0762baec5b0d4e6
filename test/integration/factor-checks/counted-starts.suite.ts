import { expect, test } from 'vitest';
import { Holder, type How, type Post } from '../../support/factor-login.js';
import { atOnce } from '../../support/parallel.js';
import type { Stage } from './stage.js';

/** No message bounds how often a login begins for somebody who has an authenticator, and each is a row. */
export function countedStarts(stage: Stage): void {
  const begin = (body: object) => stage.calls.post('/v1/verifications', body);

  test('R39 for its subject: refused with nothing written, while others and messages go on', async () => {
    const [key, holder, other] = await Promise.all([
      stage.calls.verifyKey(),
      stage.calls.holder(),
      stage.calls.holder(),
    ]);
    const { subject } = holder;
    const replies = await atOnce(32, () => stage.calls.send(key, '/v1/verifications', { subject }));
    const refused = replies.filter(({ statusCode }) => statusCode === 429);
    expect(refused).toHaveLength(2);
    const [reply] = refused;
    expect(reply?.json()).toMatchObject({ code: 'rate-limited', violatedPolicies: ['subject-starts-10-minutes'] });
    expect(Number(reply?.headers['retry-after'])).toBeGreaterThan(500);
    expect(await stage.calls.statusesOf(subject)).toHaveLength(30);
    expect((await begin({ subject, channels: ['totp'] })).status).toBe(429);
    expect((await begin({ subject, channels: ['sms', 'totp'], to: { phone: stage.calls.phone() } })).status).toBe(202);
    expect((await begin({ subject: other.subject })).status).toBe(202);

    // A check of a factor alone is a start: refused before it takes a place from anybody.
    stage.calls.overload();
    expect((await holder.checkAlone(holder.code())).body.violatedPolicies).toEqual(['subject-starts-10-minutes']);
    expect((await other.checkAlone(other.code())).body.code).toBe('overloaded');
  });

  test('R39 for its address; what is refused and what was begun before count for nothing', async () => {
    const key = await stage.calls.stranger();
    const post: Post = (path, body, how) => stage.calls.postAs(key, path, body, how);
    const rule = { name: 'ip-starts-10-minutes', on: 'unsent-start', by: ['ip'], rate: '2/10m' };
    expect((await post('/v1/admin/rules', rule)).status).toBe(201);
    const [ada, bob] = await Promise.all([Holder.of(post), Holder.of(post)]);
    const from = (ip: string, { subject }: Holder, how?: How) =>
      post('/v1/verifications', { subject, endUser: { ip } }, how);
    const first = await from('192.0.2.1', ada, { idempotencyKey: 'login' });
    expect(await from('192.0.2.1', ada, { idempotencyKey: 'login' })).toEqual(first);
    expect((await from('192.0.2.1', bob)).status).toBe(202);
    expect((await from('192.0.2.1', bob)).body).toMatchObject({ violatedPolicies: ['ip-starts-10-minutes'] });
    expect(await from('192.0.2.1', ada, { idempotencyKey: 'login' })).toEqual(first);
    expect((await from('192.0.2.2', bob)).status).toBe(202);

    // A flood of what is refused ends at the limit of checks, and what is compared counts there once.
    const checks = { name: 'ip-checks-10-minutes', on: 'check', by: ['ip'], rate: '2/10m' };
    expect((await post('/v1/admin/rules', checks)).status).toBe(201);
    const saidOf = async (ip: string) => {
      const said = [];
      for (let n = 0; n < 3; n += 1) said.push((await bob.checkAlone(bob.wrongCode(n), {}, { endUser: { ip } })).body);
      return said.map(({ code, violatedPolicies = [] }) => violatedPolicies[0] ?? code);
    };
    expect(await saidOf('192.0.2.1')).toEqual([rule.name, rule.name, checks.name]);
    expect(await saidOf('192.0.2.3')).toEqual(['wrong-code', 'wrong-code', checks.name]);
  });
}
