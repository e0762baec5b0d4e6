import ipaddr from 'ipaddr.js';
import { z } from 'zod';
import { problemsOf } from './problems-of.js';

/** Wider ones would be half of the internet, not a network of somebody's own. */
const WIDEST = { ipv4: 8, ipv6: 7 };

const networkSchema = z.string().refine(isNetwork, 'must be a network like 10.20.0.0/16 or fd12:3456::/32');

const webhooksSchema = z.strictObject({
  /** Networks of the operator's own, where receivers may live; otherwise they have public addresses. */
  privateNetworks: z.array(networkSchema).max(100).default([]),
  /** Whether receivers within these networks may be told without TLS. */
  http: z.boolean().default(false),
});
export type WebhookSettings = z.output<typeof webhooksSchema>;

export const NO_NETWORKS: WebhookSettings = webhooksSchema.parse({});

/** Reads `webhooks`: where events may be told. */
export function readWebhooks(section: unknown, problems: string[]): WebhookSettings {
  const parsed = webhooksSchema.safeParse(section ?? {});
  if (parsed.success) return parsed.data;
  problems.push(...problemsOf(parsed.error, 'webhooks', section));
  return NO_NETWORKS;
}

function isNetwork(text: string): boolean {
  if (!ipaddr.isValidCIDR(text) || (!ipaddr.IPv4.isValidCIDRFourPartDecimal(text) && !text.includes(':'))) return false;
  const [address, bits] = ipaddr.parseCIDR(text);
  return bits >= WIDEST[address.kind()];
}
