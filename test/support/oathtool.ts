import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { OATHTOOL, program } from './servers/programs.js';

const run = promisify(execFile);

/** What an authenticator app keeps of an enrolment. */
export interface Authenticator {
  /** Base32. */
  secret: string;
  /** Absent: SHA1, as apps take it. */
  algorithm?: string | null | undefined;
  digits?: number | undefined;
  /** Seconds. */
  period?: number | undefined;
}

/**
 * The code that an authenticator shows, by Debian's oathtool: an implementation of RFC 6238 that shares nothing with ours.
 *
 * @param at epoch milliseconds
 */
export async function oathCode({ secret, algorithm, digits, period }: Authenticator, at = Date.now()): Promise<string> {
  const settings = [
    `--totp=${(algorithm ?? 'SHA1').toLowerCase()}`,
    `--digits=${String(digits ?? 6)}`,
    `--time-step-size=${String(period ?? 30)}s`,
    `--now=${utc(at)}`,
  ];
  const { stdout } = await run(await program(OATHTOOL), [...settings, '--base32', '--', secret]);
  return stdout.trim();
}

/** What an app reads off a QR code: the Key URI Format, with its defaults. */
export function scanned(uri: string): Authenticator {
  const read = new URL(uri).searchParams;
  const [secret, algorithm] = [read.get('secret') ?? '', read.get('algorithm')];
  return { secret, algorithm, digits: Number(read.get('digits') ?? 6), period: Number(read.get('period') ?? 30) };
}

/** The same secret as oathtool writes it in base32, with its own padding. */
export async function inBase32(secret: Buffer): Promise<string> {
  const { stdout } = await run(await program(OATHTOOL), ['--totp', '--verbose', secret.toString('hex')]);
  return /^Base32 secret: (\S+)$/m.exec(stdout)?.[1] ?? '';
}

/** `2026-11-23 08:43:40 UTC`: what oathtool's date parser takes. */
const utc = (at: number): string => `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
