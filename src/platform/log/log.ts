import { pino, type Logger } from 'pino';

/** Fields of a log line. Never a code, a secret, a full recipient or a provider's body; redaction is the second net. */
export type LogFields = Record<string, string | number | boolean | string[] | undefined>;

/** Names that never reach a log line, wherever they stand, should somebody log a whole object by mistake. */
const REDACTED = ['code', 'text', 'to', 'phone', 'email', 'authorization', 'secret', 'token', 'password', 'key'];

/** What JSON leaves as it is and terminals obey all the same: DEL, the C1 controls (U+009B begins a sequence), line separators. */
const UNESCAPED = /[\u007f-\u009f\u2028\u2029]/g;

const escaped = (line: string) =>
  line.replace(UNESCAPED, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** JSON log lines with an event name. Control characters are escaped, so that input can not forge a line (ASVS 16.4.1). */
export class Log {
  constructor(readonly pino: Logger) {}

  static to(
    level: string,
    destination: { write(line: string): void } = pino.destination({ dest: 1, sync: true }),
  ): Log {
    const paths = REDACTED.flatMap((name) => [name, `*.${name}`]);
    const options = {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths, censor: '[redacted]' },
    };
    return new Log(
      pino(options, {
        write: (line) => {
          destination.write(escaped(line));
        },
      }),
    );
  }

  info(event: string, fields: LogFields = {}): void {
    this.pino.info({ event, ...fields });
  }

  warn(event: string, fields: LogFields = {}): void {
    this.pino.warn({ event, ...fields });
  }

  /** Logs that something failed: the error's name and code, not its message, which may carry what a peer sent. */
  failure(event: string, error: unknown, fields: LogFields = {}): void {
    this.pino.error({ event, ...describe(error), ...fields });
  }
}

function describe(error: unknown): LogFields {
  if (!(error instanceof Error)) return { error: typeof error };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const where = error.stack
    ?.split('\n')
    .find((line) => line.includes('    at '))
    ?.trim();
  return { error: error.name, ...(code && { code_: code }), ...(where && { where }) };
}
