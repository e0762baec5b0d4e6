import {
  answers,
  takes,
  WebhookReceiver,
  type ReceiverBehaviour,
  type Told,
} from '../../test/support/webhook-receiver.js';
import type { ToldEvent } from '../history/conversations.js';
import type { Journal } from '../journal.js';
import type { Tenant } from '../traffic/person.js';
import type { ChaosNode } from '../world/chaos-node.js';
import { signatureOf } from './signature.js';

/** Every seventh answer of a usual day is one of these. */
const ODD_EVERY = 7;
const ODD: [ToldEvent['answer'], ReceiverBehaviour][] = [
  ['refused', answers(500)],
  ['redirected', answers(302, { location: 'http://127.0.0.1:1/' })],
  ['hung-up', (response) => response.destroy()],
];

/** What the documentation has receivers do. */
const NOT_OURS: [ToldEvent['answer'], ReceiverBehaviour] = ['refused', answers(400)];

/** The applications' receivers of webhooks: outside every node, they write down whatever they are told, and refuse some of it at first. */
export class Subscriber {
  /** `honest`: takes everything. */
  mood: 'usual' | 'honest' = 'usual';
  /** By application. */
  private readonly secrets = new Map<unknown, string>();

  private constructor(
    private readonly receiver: WebhookReceiver,
    private readonly journal: Journal,
  ) {}

  static async start(journal: Journal): Promise<Subscriber> {
    const receiver = await WebhookReceiver.start();
    const subscriber = new Subscriber(receiver, journal);
    receiver.behaviour = (response, told) => {
      const signature = signatureOf(told, subscriber.secrets.get(told.event.data['applicationId']));
      const [answer, behaviour] = signature === 'good' ? subscriber.answerNow() : NOT_OURS;
      journal.tell({ ...eventOf(told), atMs: journal.now(), signature, answer });
      behaviour(response, told);
    };
    return subscriber;
  }

  /** Has every application told of everything. @param node any that is up */
  async subscribe(tenants: readonly Tenant[], node: ChaosNode): Promise<void> {
    for (const { id, key } of tenants) {
      const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
      const body = JSON.stringify({ url: this.receiver.url });
      const answer = await fetch(`${node.url}/v1/admin/webhooks`, { method: 'POST', headers, body });
      if (answer.status !== 201) throw new Error(`no endpoint: ${await answer.text()}`);
      this.secrets.set(id, ((await answer.json()) as { secret: string }).secret);
    }
  }

  stop(): Promise<void> {
    return this.receiver.stop();
  }

  private answerNow(): [ToldEvent['answer'], ReceiverBehaviour] {
    const number = this.journal.told.length;
    const odd = this.mood === 'usual' && number % ODD_EVERY === 0;
    return (odd ? ODD[(number / ODD_EVERY) % ODD.length] : undefined) ?? ['taken', takes];
  }
}

function eventOf({
  headers,
  event,
}: Told): Pick<ToldEvent, 'id' | 'applicationId' | 'type' | 'verificationId' | 'sequence'> {
  const { applicationId, verificationId = null, sequence = null } = event.data;
  const id = String(headers['webhook-id']);
  return { id, applicationId: String(applicationId), type: event.type, verificationId, sequence };
}
