import { INVALID_COMMAND, ROK } from '../receipts/command-status.js';
import type { Pdu } from './pdu.js';
import type { Session } from './session.js';

/** These have no answer in SMPP 3.4 (4.12.1, 4.1.7). */
const NEVER_ANSWERED = ['alert_notification', 'outbind'];
/** How long what is in flight may still be answered after the SMSC's goodbye. */
const GRACE_MS = 1_000;

export interface Served {
  /** Takes a delivery and gives the `command_status` of the answer. Never throws. */
  receive: (pdu: Pdu) => Promise<number>;
  /** The SMSC has said goodbye: nothing new goes over this link. */
  dismissed: () => void;
}

/** Does what the SMSC asks of us. */
export function serve(session: Session, pdu: Pdu, { receive, dismissed }: Served): void {
  switch (pdu.command) {
    case 'enquire_link':
      session.reply(pdu, ROK);
      return;
    case 'unbind':
      dismissed();
      session.reply(pdu, ROK);
      session.end();
      setTimeout(() => {
        session.destroy('unbound by the SMSC');
      }, GRACE_MS);
      return;
    case 'deliver_sm':
    case 'data_sm':
      void receive(pdu).then((status) => {
        session.reply(pdu, status);
      });
      return;
    default:
      if (!NEVER_ANSWERED.includes(pdu.command)) session.refuse(pdu.sequence, INVALID_COMMAND);
  }
}
