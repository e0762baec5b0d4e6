import { createTransport } from 'nodemailer';
import type { Readable } from 'node:stream';
import { z } from 'zod';
import { parseEmail } from '../../../shared/email-address.js';
import { Provider, type ProviderType, type SubmitRequest } from '../../application/ports.js';
import { commonOptions } from './common-options.js';
import type { Cause } from '../../domain/cause.js';
import type { Report, SubmitFailure, SubmitOutcome } from '../../domain/outcome.js';

// Configuration

const sender = z.string().transform((text, context) => {
  const [, name = '', address = text] = /^([^<>"\p{Cc}]{0,64})<([^<>]+)>$/u.exec(text) ?? [];
  const mailbox = parseEmail(address.trim());
  if (mailbox) return { name: name.trim(), address: mailbox.value };
  context.addIssue('must be one mailbox, or like Shop <login@shop.example>');
  return z.NEVER;
});

const configSchema = z.strictObject({
  ...commonOptions,
  type: z.literal('smtp'),
  channel: z.literal('email'),
  host: z.string().min(1),
  port: z.int().min(1).max(65_535),
  /** TLS from the first byte, as on port 465. Otherwise STARTTLS, where the server offers it or a password is to be sent. */
  secure: z.boolean().optional(),
  username: z.string().min(1).optional(),
  password: z.string().min(1).optional(),
  from: sender,
});
export type SmtpConfig = z.output<typeof configSchema>;

// Sending

const CONNECT_MS = 2_000;
const TOTAL_MS = 5_000;
const CONNECTIONS = 8;

/** A mail server. Delivered is what nobody tells: `sent` and no bounce is the most there is. */
class Smtp extends Provider {
  readonly channel = 'email';
  private readonly transport;
  /** What each message is read from, to know afterwards whether the server had begun to take it. */
  private readonly contents = new WeakMap<AbortSignal, Readable>();

  constructor(
    readonly id: string,
    private readonly config: SmtpConfig,
  ) {
    super();
    const { host, port, username, password } = config;
    const secure = config.secure ?? port === 465;
    this.transport = createTransport({
      ...{ pool: true, host, port, secure, maxConnections: CONNECTIONS, maxRequeues: 1 },
      // A password never crosses the wire in the clear, whatever the server offers.
      ...(username !== undefined && { requireTLS: !secure, auth: { user: username, pass: password ?? '' } }),
      ...{
        connectionTimeout: CONNECT_MS,
        greetingTimeout: CONNECT_MS,
        dnsTimeout: CONNECT_MS,
        socketTimeout: TOTAL_MS,
      },
      ...{ disableFileAccess: true, disableUrlAccess: true },
    });
    this.transport.use('stream', ({ data, message }, done) => {
      message.processFunc((content) => {
        if (data.signal) this.contents.set(data.signal, content);
        return content;
      });
      done();
    });
  }

  async submit({ attemptId, to, subject, text, html, locale }: SubmitRequest): Promise<SubmitOutcome> {
    if (parseEmail(to)?.value !== to)
      return { kind: 'refused', failure: 'rejected', cause: 'other', detail: 'not one mailbox' };
    const { from } = this.config;
    const signal = AbortSignal.timeout(TOTAL_MS);
    try {
      const { response } = await this.transport.sendMail({
        ...{
          from,
          to: { name: '', address: to },
          subject: subject ?? '',
          text,
          ...(html !== undefined && { html }),
          signal,
        },
        // The envelope is ours: no header can add a recipient to it.
        envelope: { from: from.address, to: [to] },
        messageId: `<${attemptId}@${from.address.slice(from.address.lastIndexOf('@') + 1)}>`,
        headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': locale },
        dsn: { id: attemptId, return: 'headers', notify: ['failure', 'delay'], recipient: to },
      });
      return { kind: 'accepted', detail: replyCode(response) };
    } catch (error) {
      return outcomeOf(error, this.contents.get(signal)?.readableDidRead === true);
    }
  }

  // Reports: bounces come by mail, nothing comes by HTTP, so there is nothing to authenticate.

  readReports(): Report[] {
    return [];
  }

  override close(): Promise<void> {
    this.transport.close();
    return Promise.resolve();
  }
}

// Errors

/** What a server's refusal means, the first that fits: the command it refused, its code and its enhanced code (RFC 3463). */
const REPLIES: readonly { command?: RegExp; reply: RegExp; failure: SubmitFailure; cause: Cause }[] = [
  { command: /^(AUTH|STARTTLS|EHLO|HELO)/, reply: /^[45]/, failure: 'misconfigured', cause: 'provider' },
  { reply: /^(530|535|538)/, failure: 'misconfigured', cause: 'provider' },
  { reply: /^421/, failure: 'unreachable', cause: 'provider' },
  { reply: /^4/, failure: 'throttled', cause: 'provider' },
  { command: /^MAIL/, reply: /^5/, failure: 'misconfigured', cause: 'provider' },
  { reply: /^5\d\d 5\.7\./, failure: 'rejected', cause: 'blocked' },
  { reply: /^5/, failure: 'rejected', cause: 'bounced' },
];

/** What nodemailer throws; everything else in it may quote the message. */
interface SmtpError {
  code?: string;
  command?: string;
  response?: string;
}

/** With a reply the server decided; without one it depends on whether it had begun to take the message. */
function outcomeOf(error: unknown, begun: boolean): SubmitOutcome {
  const { code = 'unknown', command = '', response } = error as SmtpError;
  if (response !== undefined) {
    const known = REPLIES.find(({ command: of, reply }) => (of?.test(command) ?? true) && reply.test(response));
    if (known) return { kind: 'refused', failure: known.failure, cause: known.cause, detail: replyCode(response) };
  }
  if (begun) return { kind: 'ambiguous', detail: code };
  const failure = code === 'EAUTH' || code === 'ETLS' ? 'misconfigured' : 'unreachable';
  return { kind: 'refused', failure, cause: 'provider', detail: code };
}

/** `550 5.1.1`: the codes of a reply without its words, which may quote the recipient. */
const replyCode = (response: string) =>
  /^\d{3}(?:[ -]\d\.\d{1,3}\.\d{1,3})?/.exec(response)?.[0].replace('-', ' ') ?? '';

export const smtp: ProviderType<SmtpConfig> = {
  type: 'smtp',
  schema: configSchema,
  create: (id, config) => new Smtp(id, config),
};
