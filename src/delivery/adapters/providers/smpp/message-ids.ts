import { IdHabit } from './id-habit.js';
import type { Receipt } from './receipt.js';
import type { SmppConfig } from './smpp-options.js';

type Relation = Exclude<SmppConfig['messageIds'], 'auto'>;
const RELATIONS: readonly Relation[] = ['same', 'hex-in-receipt', 'decimal-in-receipt'];

/** Submits of this process whose receipts may tell how the SMSC writes ids. */
const MOST_REMEMBERED = 10_000;

/** Written by one SMSC in capitals, with zeros before it or without, and by the same one otherwise in its receipts. */
const canonicalId = (id: string): string => (/^[0-9a-f-]+$/i.test(id) ? id.toLowerCase().replace(/^0+(?=.)/, '') : id);

/** Ids in receipts, as they stood in the answers to the submits. */
const READ: Record<Relation, (id: string) => string> = {
  same: canonicalId,
  'hex-in-receipt': (id) => (/^[0-9a-f]{1,32}$/i.test(id) ? BigInt(`0x${id}`).toString() : canonicalId(id)),
  'decimal-in-receipt': (id) => (/^\d{1,39}$/.test(id) ? BigInt(id).toString(16) : canonicalId(id)),
};

/**
 * Brings the ids of answers and of receipts together, which some SMSCs write in different bases. Left to itself it learns how:
 * by a receipt whose id, read that way, is that of a message we sent to the very phone the receipt speaks of, or by what many
 * ids of both sides look like, since receipts may all go to another process. Until then it takes ids for the same; a guess could
 * give the receipt to another message.
 */
export class MessageIds {
  /** Recipients' digits by the ids of their messages, the oldest first. */
  private readonly sent = new Map<string, string>();
  private readonly inAnswers = new IdHabit();
  private readonly inReceipts = new IdHabit();
  private learned: Relation | null = null;

  /** @param learnt is told once, when it has found out. */
  constructor(
    private readonly configured: SmppConfig['messageIds'],
    private readonly learnt: (relation: Relation) => void = () => undefined,
  ) {}

  /** @returns the id under which a message is known, from the answer to its submit. */
  answered(id: string, recipient: string): string {
    const known = canonicalId(id);
    if (this.configured !== 'auto') return known;
    this.inAnswers.see(id);
    this.sent.set(known, recipient.replace(/\D/g, ''));
    const [oldest] = this.sent.keys();
    if (this.sent.size > MOST_REMEMBERED && oldest !== undefined) this.sent.delete(oldest);
    return known;
  }

  /** @returns the id under which the message of a receipt is known; undefined when the receipt has none. */
  receipted({ textId, tlvId, recipient }: Receipt): string | undefined {
    // By its definition the parameter is the answer's id (5.3.2.12); where the text's is the same, it may be of another base.
    if (tlvId !== undefined && textId !== undefined && canonicalId(tlvId) !== canonicalId(textId))
      return canonicalId(tlvId);
    const id = tlvId ?? textId;
    if (id === undefined) return undefined;
    return READ[this.configured === 'auto' ? this.relationBy(id, recipient) : this.configured](id);
  }

  private relationBy(id: string, recipient: string): Relation {
    this.inReceipts.see(id);
    const fitting = RELATIONS.find((relation) => this.sent.get(READ[relation](id)) === recipient);
    // One digit is the same in every base.
    const telling = READ['hex-in-receipt'](id) !== READ['decimal-in-receipt'](id);
    if (this.learned === null) this.learn((telling ? fitting : undefined) ?? this.relationByLooks());
    return fitting ?? this.learned ?? 'same';
  }

  private relationByLooks(): Relation | null {
    if (this.inAnswers.isDecimal && this.inReceipts.isHexadecimal) return 'hex-in-receipt';
    if (this.inAnswers.isHexadecimal && this.inReceipts.isDecimal) return 'decimal-in-receipt';
    return null;
  }

  private learn(relation: Relation | null): void {
    this.learned = relation;
    if (relation !== null && relation !== 'same') this.learnt(relation);
  }
}
