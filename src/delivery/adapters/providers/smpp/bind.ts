import { MISCONFIGURED, UNREACHABLE, type Refused } from '../outcomes/error-map.js';
import { ROK, statusName } from '../receipts/command-status.js';
import type { Session } from './session.js';
import type { SmppConfig } from './smpp-options.js';

/** What a bind is for: both ways, or only one of them. */
export type BindKind = 'transceiver' | 'transmitter' | 'receiver';

/** Why a link could not be had. */
export interface Trouble {
  refused: Refused;
  detail: string;
}

/** SMPP 3.4: the version both sides speak (5.2.4). */
const INTERFACE_VERSION = 0x34;

/**
 * Refusals that asking again does not change: a command or a kind of bind it does not know, the bind as such, the password, the
 * system id, the system type.
 */
const OURS = [0x03, 0x04, 0x0d, 0x0e, 0x0f, 0x53];

/** @returns null when the SMSC has let us in. */
export async function bind(
  session: Session,
  kind: BindKind,
  { systemId, password, systemType, addressRange }: SmppConfig,
  withinMs: number,
): Promise<Trouble | null> {
  const fields = {
    ...{ system_id: systemId, password, system_type: systemType },
    ...{ interface_version: INTERFACE_VERSION, addr_ton: 0, addr_npi: 0, address_range: addressRange },
  };
  const answer = await session.request(`bind_${kind}`, fields, { withinMs });
  if (answer.kind === 'silent') return { refused: UNREACHABLE, detail: 'bind unanswered' };
  if (answer.kind === 'lost') return { refused: UNREACHABLE, detail: 'closed while binding' };
  const { status, command } = answer.pdu;
  if (status === ROK && command === `bind_${kind}_resp`) return null;
  return { refused: OURS.includes(status) ? MISCONFIGURED : UNREACHABLE, detail: `bind ${statusName(status)}` };
}
