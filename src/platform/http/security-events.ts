import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Log, LogFields } from '../log/log.js';
import { SampledLog } from '../log/sampled-log.js';
import { OUR_ID } from './our-id.js';
import type { Problem } from './problem.js';

/** Names of the OWASP Application Logging Vocabulary (R92, ASVS 16.3.1); docs/logs.md says what each stands for here. */
type SecurityEvent =
  | 'authn_login_success'
  | 'authn_login_fail'
  | 'authn_login_fail_max'
  | 'authn_login_lock'
  | 'authn_token_created'
  | 'authn_token_revoked'
  | 'authn_token_reuse'
  | 'authz_fail'
  | 'authz_admin'
  | 'user_updated'
  | 'excess_rate_limit_exceeded'
  | 'input_validation_fail';

declare module 'fastify' {
  interface FastifyRequest {
    /** Id of the API key, for the log; set by whoever authenticates. */
    callerId: string;
    /** Set where the change that was made lets more through than before (R80). */
    weakens: boolean;
  }
  interface FastifyContextConfig {
    tells?: SecurityEvent;
  }
}

/** What a success of this route means to whoever reads the log for attacks. */
export const Tells = (event: SecurityEvent) => RouteConfig({ tells: event });

/** Says of a change whether it lets more through than what it replaced: whoever reads the log sees a door that was opened. */
export function tellWeakening(request: FastifyRequest, weakens: boolean): void {
  request.weakens = weakens;
}

/** What a refusal means, by its problem code. A code that was right once and comes again is a token used twice. */
const REFUSALS: Record<string, (problem: Problem) => SecurityEvent> = {
  unauthorized: () => 'authn_login_fail',
  'wrong-code': ({ attemptsLeft }) => (attemptsLeft === 0 ? 'authn_login_fail_max' : 'authn_login_fail'),
  'attempts-used-up': () => 'authn_login_lock',
  'already-approved': () => 'authn_token_reuse',
  'token-used': () => 'authn_token_reuse',
  'token-mismatch': () => 'authz_fail',
  'invalid-token': () => 'authz_fail',
  'factor-proof-needed': () => 'authz_fail',
  forbidden: () => 'authz_fail',
  'rate-limited': () => 'excess_rate_limit_exceeded',
  cooldown: () => 'excess_rate_limit_exceeded',
  'invalid-request': () => 'input_validation_fail',
};

/** Writes a line about every answer that has a name in the vocabulary; not one about every request. */
export function logSecurityEvents(instance: FastifyInstance, log: Log): void {
  const lines = new SampledLog(log);
  instance.decorateRequest('callerId', '');
  instance.decorateRequest('weakens', false);
  instance.addHook('onResponse', (request, reply, done) => {
    const { problem } = reply;
    const event = problem ? REFUSALS[problem.code]?.(problem) : request.routeOptions.config.tells;
    if (event) lines.write(problem ? 'warn' : 'info', event, () => fieldsOf(request, reply), sortOf(request, reply));
    done();
  });
}

/** Nobody without a key can hide a wrong code, or what a caller is refused, among thousands of lines about wrong keys. */
const sortOf = ({ callerId }: FastifyRequest, { problem }: FastifyReply) =>
  `${problem?.code ?? ''} ${callerId ? 'caller' : 'nobody'}`;

function fieldsOf(request: FastifyRequest, { problem, statusCode }: FastifyReply): LogFields {
  const { id = '' } = (request.params ?? {}) as { id?: string };
  return {
    requestId: request.id,
    method: request.method,
    route: request.routeOptions.url ?? 'unknown',
    status: statusCode,
    problem: problem?.code,
    rules: problem?.violatedPolicies,
    keyId: request.callerId || undefined,
    target: OUR_ID.test(id) ? id : undefined,
    address: request.ip,
    weakens: request.weakens || undefined,
  };
}
