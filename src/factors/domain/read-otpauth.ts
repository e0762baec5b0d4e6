import { refused, type Refused } from './refused.js';

/** What the address of an authenticator says, as texts: nothing of it is judged. */
export interface Otpauth {
  secret: string;
  /** Whose account it is, as the app shows it. */
  account: string | undefined;
  algorithm: string | undefined;
  digits: string | undefined;
  period: string | undefined;
}

/**
 * Reads an address in Google's Key URI Format (`otpauth://totp/Issuer:account?secret=…`), as apps and libraries write it. What they add
 * to it (`image`, `lock`, …) does not matter, nor what they call you.
 *
 * @see https://github.com/google/google-authenticator/wiki/Key-Uri-Format
 */
export function readOtpauth(text: string): { kind: 'read'; uri: Otpauth } | Refused {
  if (!URL.canParse(text)) return refused('`uri` is no otpauth:// address.');
  const { protocol, hostname, pathname, searchParams } = new URL(text);
  if (protocol === 'otpauth-migration:') {
    return refused('`uri` is an export of many accounts from a phone. Give the otpauth:// address of each.');
  }
  if (protocol !== 'otpauth:') return refused('`uri` is no otpauth:// address.');
  const type = hostname.toLowerCase();
  if (type === 'hotp') return refused('`uri` is of a counter (hotp). Only codes by time (totp) can be checked.');
  if (type !== 'totp') return refused('`uri` is of no kind that can be checked: it must begin with otpauth://totp/.');
  if (searchParams.has('encoder')) return refused('`uri` asks for codes that are not digits (`encoder`).');

  const twice = READ.find((name) => searchParams.getAll(name).length > 1);
  if (twice !== undefined) return refused(`\`uri\` says \`${twice}\` twice.`);
  const said = (name: (typeof READ)[number]) => searchParams.get(name)?.trim() || undefined;
  const secret = said('secret');
  if (secret === undefined) return refused('`uri` has no `secret`.');

  const account = readAccount(pathname.slice(1));
  const [algorithm, digits, period] = [said('algorithm'), said('digits'), said('period')];
  return { kind: 'read', uri: { secret, account, algorithm, digits, period } };
}

const READ = ['secret', 'algorithm', 'digits', 'period'] as const;

/** Of `Issuer:account` or `account`; the colon may be percent-encoded, and a space may follow it. */
function readAccount(path: string): string | undefined {
  const name = decoded(path);
  return name.slice(name.indexOf(':') + 1).trim() || undefined;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
