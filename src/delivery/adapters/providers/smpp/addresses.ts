import type { SmppConfig } from './smpp-options.js';

interface Numbering {
  ton: number;
  npi: number;
}

export interface SmppAddress extends Numbering {
  address: string;
}

/** What TON and NPI are where the SMSC's operator asks for nothing else (5.2.5, 5.2.6). */
const USUAL = {
  alphanumeric: { ton: 5, npi: 0 },
  international: { ton: 1, npi: 1 },
  shortCode: { ton: 0, npi: 0 },
  destination: { ton: 1, npi: 1 },
} satisfies Record<string, Numbering>;

/** Longer ones are international numbers, with or without their plus. */
const LONGEST_SHORT_CODE = 8;

export function sourceAddress(from: string, own: SmppConfig['addresses'] = {}): SmppAddress {
  const kind = kindOf(from);
  return { address: from.replace('+', ''), ...(own[kind] ?? USUAL[kind]) };
}

/** @param to E.164, with its plus. */
export function destinationAddress(to: string, own: SmppConfig['addresses'] = {}): SmppAddress {
  return { address: to.slice(1), ...(own.destination ?? USUAL.destination) };
}

function kindOf(from: string): 'alphanumeric' | 'international' | 'shortCode' {
  if (!/^\+?\d+$/.test(from)) return 'alphanumeric';
  return from.startsWith('+') || from.length > LONGEST_SHORT_CODE ? 'international' : 'shortCode';
}
