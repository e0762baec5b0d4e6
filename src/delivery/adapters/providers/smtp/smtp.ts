import { createTransport } from 'nodemailer';
import type { Readable } from 'node:stream';
import { parseEmail } from '../../../../shared/email-address.js';
import { MOST_REPORT_BYTES, Provider, type ReportRequest, type SubmitRequest } from '../../../application/provider.js';
import type { ProviderContext, ProviderType } from '../../../application/provider-type.js';
import type { Report, SubmitOutcome } from '../../../domain/outcome.js';
import { refuse, rejected } from '../outcomes/error-map.js';
import { bounceAddress, marksIn, messageName } from './bounce-mark.js';
import { readBounce } from './read-bounce.js';
import { smtpSchema, type SmtpConfig } from './smtp-config.js';
import { outcomeOf, replyCode } from './smtp-errors.js';
import { smtpPage } from './smtp-page.js';

const CONNECTIONS = 8;
/** What a mail server is to tell of a message (RFC 3461, 4.1). */
const BAD_NEWS = ['failure', 'delay'];
const EVERY_NOTICE = ['success', ...BAD_NEWS];

/** A mail server. What it has taken it may give back later: such bounces are its reports. */
class Smtp extends Provider {
  readonly channel = 'email';
  override readonly mostReportBytes = MOST_REPORT_BYTES.mail;
  private readonly transport;
  /** What each message is read from, to know afterwards whether the server had begun to take it. */
  private readonly contents = new WeakMap<AbortSignal, Readable>();

  constructor(
    readonly id: string,
    private readonly config: SmtpConfig,
    private readonly context: ProviderContext,
  ) {
    super();
    const { host, port, username, password } = config;
    const { connectMs, totalMs } = context.limits;
    const secure = config.secure ?? port === 465;
    this.transport = createTransport({
      ...{ pool: true, host, port, secure, maxConnections: CONNECTIONS, maxRequeues: 1 },
      // A password never crosses the wire in the clear, whatever the server offers.
      ...(username !== undefined && { requireTLS: !secure, auth: { user: username, pass: password ?? '' } }),
      ...{
        connectionTimeout: connectMs,
        greetingTimeout: connectMs,
        dnsTimeout: connectMs,
        socketTimeout: totalMs,
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

  async submit({ attemptId, reportMac, to, subject, text, html, locale }: SubmitRequest): Promise<SubmitOutcome> {
    if (parseEmail(to)?.value !== to) return refuse(rejected('other'), 'not one mailbox');
    const { from, bounces, confirm, errors } = this.config;
    const mark = { attemptId, mac: reportMac };
    const signal = AbortSignal.timeout(this.context.limits.totalMs);
    try {
      const { response } = await this.transport.sendMail({
        ...{ from, to: { name: '', address: to }, subject: subject ?? '', signal },
        ...{ text, ...(html !== undefined && { html }) },
        // The envelope is ours: no header can add a recipient to it.
        envelope: { from: bounces ? bounceAddress(bounces, mark) : from.address, to: [to] },
        messageId: `<${messageName(mark)}@${from.address.slice(from.address.lastIndexOf('@') + 1)}>`,
        headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': locale },
        dsn: { id: messageName(mark), return: 'headers', notify: confirm ? EVERY_NOTICE : BAD_NEWS, recipient: to },
      });
      return { kind: 'accepted', detail: replyCode(response) };
    } catch (error) {
      return outcomeOf(error, this.contents.get(signal)?.readableDidRead === true, errors);
    }
  }

  /** The body is a mail that came to the bounce address, as it came. */
  async readReports(request: ReportRequest): Promise<Report[] | null> {
    const attemptId = request.attemptId ?? this.provenAttempt(request.rawBody);
    if (attemptId === undefined) return null;
    return [{ providerId: this.id, attemptId, ...(await readBounce(request.rawBody, this.config.statuses)) }];
  }

  /** Before anything is parsed: anybody may send anything here. */
  private provenAttempt(mail: Buffer): string | undefined {
    const marks = marksIn(mail.toString('latin1'), this.config.bounces);
    return marks.find(({ attemptId, mac }) => this.context.isOurs(attemptId, mac))?.attemptId;
  }

  override close(): Promise<void> {
    this.transport.close();
    return Promise.resolve();
  }
}

export const smtp: ProviderType<SmtpConfig> = {
  type: 'smtp',
  schema: smtpSchema,
  page: smtpPage,
  create: (id, config, context) => new Smtp(id, config, context),
};
