import type { SentReport } from '../history/conversations.js';
import type { Seeded } from '../seeded.js';

/** What somebody might try who has seen a callback's address once, or only knows how they look. */
export function forgeriesOf(path: string, random: Seeded): { path: string; status: SentReport['status'] }[] {
  const [, version, reports, provider = '', attempt = '', mac = ''] = path.split('/');
  const at = (...parts: string[]) => ['', version, reports, ...parts].join('/');
  const other = provider === 'primary' ? 'secondary' : 'primary';
  const first = mac.startsWith('A') ? 'B' : 'A';
  const paths = [
    at(provider, attempt, first + mac.slice(1)),
    at(provider, attempt, 'A'.repeat(mac.length)),
    at(other, attempt, mac),
    at(provider, `${attempt.slice(0, -6)}${random.digits(6)}`, mac),
    at(provider),
  ];
  return paths.map((forged) => ({ path: forged, status: random.chance(0.5) ? 'failed' : 'delivered' }));
}
