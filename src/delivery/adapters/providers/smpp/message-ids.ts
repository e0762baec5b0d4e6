import { IdHabit } from './id-habit.js';
import { canonicalId, READ, RELATIONS, relationsByLetters, type Relation } from './id-relation.js';
import type { Receipt } from './receipt.js';
import { Remembered } from './remembered.js';
import type { SmppConfig } from './smpp-options.js';

/** Submits of this process, and receipts, that may tell how the SMSC writes ids. */
const MOST_REMEMBERED = 10_000;
/** Countries' and trunk prefixes are written in many ways (`+49151…`, `0049151…`, `0151…`), the end of a number in one. */
const SAME_END = 8;

/** A receipt that came before anybody knew how to read it. */
interface Early {
  relation: Relation;
  phones: readonly string[];
}

/**
 * Brings the ids of answers and of receipts together, which some SMSCs write in different bases. Left to itself it learns how:
 * by a receipt whose id, read that way, is that of a message we sent to the very phone the receipt speaks of, whichever of the
 * two comes first; or by what many ids of both sides look like, since receipts may all go to another process.
 *
 * Until then a receipt may be of one of two messages, where its letters leave that open: it is kept under both ids, and the one
 * that nobody was given finds no message. Both are given out only by an SMSC that answers in hexadecimal, for a message whose id
 * in decimal is, letter by letter, the other's in hexadecimal (`3e9` and `1001`): with ids in sequence those are far apart, and
 * the first answer with a letter in it ends the doubt.
 */
export class MessageIds {
  /** Ends of recipients' numbers by the ids of their messages. */
  private readonly sent = new Remembered<string>(MOST_REMEMBERED);
  /** By the ids that their messages may have. */
  private readonly early = new Remembered<Early>(MOST_REMEMBERED);
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
    const end = endOf(recipient);
    this.sent.set(known, end);
    const before = this.early.get(known);
    if (this.learned === null && before?.phones.includes(end)) this.learn(before.relation);
    return known;
  }

  /**
   * @returns the id under which the message of a receipt is known, or the two of which nobody can tell yet which it is; none when
   *   the receipt has none.
   */
  receipted({ textId, tlvId, phones }: Receipt): string[] {
    // By its definition the parameter is the answer's id (5.3.2.12); where the text's is the same, it may be of another base.
    if (tlvId !== undefined && textId !== undefined && canonicalId(tlvId) !== canonicalId(textId))
      return [canonicalId(tlvId)];
    const id = tlvId ?? textId;
    if (id === undefined) return [];
    const relations = this.configured === 'auto' ? this.relationsBy(id, phones.map(endOf)) : [this.configured];
    return relations.map((relation) => READ[relation](id));
  }

  private relationsBy(id: string, phones: string[]): Relation[] {
    this.inReceipts.see(id);
    const fitting = RELATIONS.find((relation) => {
      const end = this.sent.get(READ[relation](id));
      return end !== undefined && phones.includes(end);
    });
    // One digit is the same in every base.
    const telling = READ['hex-in-receipt'](id) !== READ['decimal-in-receipt'](id);
    if (this.learned === null) this.learn((telling ? fitting : undefined) ?? this.relationByLooks());
    const known = fitting ?? this.learned;
    if (known !== null) return [known];
    if (telling) for (const relation of RELATIONS) this.early.set(READ[relation](id), { relation, phones });
    return this.possible(id);
  }

  /** Not what was sent from here to somebody else, nor in decimal where answers have letters. */
  private possible(id: string): Relation[] {
    const [same = 'same', other] = relationsByLetters(id);
    if (other === undefined || this.sent.get(READ[other](id)) !== undefined) return [same];
    return other === 'hex-in-receipt' && this.inAnswers.hasLetters ? [same] : [same, other];
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

const endOf = (phone: string): string => phone.replace(/\D/g, '').slice(-SAME_END);
