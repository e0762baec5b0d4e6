import type { SubmitOutcome } from '../../../domain/outcome.js';
import {
  BAD_REQUEST,
  MISCONFIGURED,
  refusalOf,
  refuse,
  rejected,
  THROTTLED,
  UNREACHABLE,
  type ErrorMap,
} from '../outcomes/error-map.js';

/**
 * What a server's refusal means: the command it refused, its reply, its enhanced code (RFC 3463) or the beginning of one of
 * them. `EAUTH` and `ETLS` are nodemailer's words where there was no reply.
 */
export const SMTP_ERRORS: ErrorMap = {
  AUTH: MISCONFIGURED,
  STARTTLS: MISCONFIGURED,
  EHLO: MISCONFIGURED,
  HELO: MISCONFIGURED,
  EAUTH: MISCONFIGURED,
  ETLS: MISCONFIGURED,
  '421': UNREACHABLE,
  '530': MISCONFIGURED,
  '535': MISCONFIGURED,
  '538': MISCONFIGURED,
  // It is the sender that is refused, which may be one application's.
  'MAIL 5': BAD_REQUEST,
  '4': THROTTLED,
  '5.7': rejected('blocked'),
  '5': rejected('bounced'),
};

/** What nodemailer throws; everything else in it may quote the message. */
interface SmtpError {
  code?: string;
  command?: string;
  response?: string;
}

/**
 * With a reply the server decided; without one it depends on whether it had begun to take the message.
 *
 * @param errors the operator's own meanings.
 */
export function outcomeOf(error: unknown, begun: boolean, errors: ErrorMap | undefined): SubmitOutcome {
  const { code = 'unknown', command = '', response } = error as SmtpError;
  const reply = replyCode(response ?? '');
  const refused = codesOf(command, reply).map((known) => refusalOf(known, errors, SMTP_ERRORS));
  const decided = refused.find((known) => known !== undefined);
  if (decided) return refuse(decided, reply);
  if (begun) return { kind: 'ambiguous', detail: code };
  return refuse(refusalOf(code, errors, SMTP_ERRORS) ?? UNREACHABLE, code);
}

/** `550 5.1.1`: the codes of a reply without its words, which may quote the recipient. */
export const replyCode = (response: string): string =>
  /^\d{3}(?:[ -]\d\.\d{1,3}\.\d{1,3})?/.exec(response)?.[0].replace('-', ' ') ?? '';

/** From the most exact to the least; none without a reply that refuses. */
function codesOf(command: string, codes: string): string[] {
  const [reply = '', enhanced = ''] = codes.split(' ');
  const kind = reply.charAt(0);
  if (kind !== '4' && kind !== '5') return [];
  const [verb = ''] = command.split(' ');
  const subject = enhanced.split('.').slice(0, 2).join('.');
  return [verb, enhanced, reply, `${verb} ${kind}`, subject, kind];
}
