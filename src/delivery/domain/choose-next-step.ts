import type { Channel } from '../../shared/channel.js';
import type { Cause } from './cause.js';
import type { DeliveryStatus, Origin } from './delivery.js';

/** One step of a message that exists already, as the fallback policy looks at it. */
export interface StepTaken {
  channel: Channel;
  origin: Origin;
  status: DeliveryStatus;
  cause: Cause | null;
  /** Why a canceled step was not sent. */
  note: string | null;
  /** Its last provider reported a failure that another one of the channel may make good. */
  transient: boolean;
  /** Providers that were asked to take it. A step that a limit stopped has none, and is no switch of channel. */
  providers: string[];
  createdAt: Date;
  /** When it was reported delivered, in time or late. */
  arrivedAt: Date | null;
}

export interface NextStepQuestion {
  /** The step that ended without arriving, one of `steps`. */
  ended: StepTaken;
  /** Every step of the message, this one included. */
  steps: StepTaken[];
  /** The plan: channels in order of preference for which the recipient has an address. */
  channels: Channel[];
  sendsLeft: number;
  /** Rest of the message's life. */
  secondsLeft: number;
  reportTimeoutSeconds: number;
  /** The ended step's route as it is now where a transient failure is to be tried over another provider first; else empty. */
  route: string[];
}

export type NextStep = { kind: 'next'; channel: Channel; reason: string } | { kind: 'stop'; reason: string };

/** What is started later than this before the end could hardly be typed in time. */
export const LEAST_SECONDS = 60;
const MOST_SWITCHES = 2;

/** Channels that go first after a cause told of a phone; the rest of the plan follows in its order. */
const FIRST_AFTER: Partial<Record<Cause, Channel[]>> = {
  landline: ['voice'],
  unreachable: ['email', 'voice'],
  blocked: ['voice'],
};

/**
 * The fallback policy: what comes after a step that failed, stayed unconfirmed or was not allowed.
 * An automatic step never repeats a channel, and there are at most two switches; what repeats it over another provider, each of
 * them once, where a transient failure and the application's policy ask for it, is no switch.
 *
 * @returns the next channel, or why there is none; the reason is a short sentence for the timeline.
 */
export function chooseNextStep(question: NextStepQuestion): NextStep {
  const { ended, steps, sendsLeft, secondsLeft } = question;
  if (arrivedSinceAsked(steps)) return stop('an earlier message arrived meanwhile');
  if (sendsLeft < 1) return stop('all sends are used');
  if (secondsLeft < LEAST_SECONDS) return stop(`less than ${String(LEAST_SECONDS)} s of the message's life left`);
  if (otherProviderLeft(question)) return { kind: 'next', channel: ended.channel, reason: otherProvider(question) };
  if (switchesMade(steps) >= MOST_SWITCHES) return stop(`channel switched ${String(MOST_SWITCHES)} times already`);
  const closed = closedChannels(steps, ended);
  const open = question.channels.filter((channel) => !closed.has(channel));
  const channel = firstAfter(ended).find((wanted) => open.includes(wanted)) ?? open[0];
  return channel ? { kind: 'next', channel, reason: reasonFor(question) } : stop('no other channel is left');
}

/** A mail that was blocked says nothing of text messages. */
const firstAfter = ({ channel, cause }: StepTaken): Channel[] =>
  channel === 'email' || cause === null ? [] : (FIRST_AFTER[cause] ?? []);

/** Whether a message has arrived since the person last asked for one: what was sent before counts when it arrives after. */
function arrivedSinceAsked(steps: StepTaken[]): boolean {
  const asked = Math.max(...steps.filter(({ origin }) => origin !== 'fallback').map(({ createdAt }) => +createdAt));
  return steps.some(({ arrivedAt }) => arrivedAt !== null && +arrivedAt >= asked);
}

const switchesMade = (steps: StepTaken[]) =>
  steps.filter(
    ({ origin, channel, providers }, at) =>
      origin === 'fallback' && providers.length > 0 && channel !== steps[at - 1]?.channel,
  ).length;

/** Whether the channel has a provider that this message was never handed to. */
function otherProviderLeft({ ended, steps, route }: NextStepQuestion): boolean {
  if (ended.status !== 'failed' || !ended.transient) return false;
  const asked = steps.filter(({ channel }) => channel === ended.channel).flatMap(({ providers }) => providers);
  return route.some((id) => !asked.includes(id));
}

/**
 * Channels not to be tried: used by an automatic step, failed on request, or leading to a number that does not exist. A
 * number nobody has can not be called either.
 */
function closedChannels(steps: StepTaken[], ended: StepTaken): Set<Channel> {
  const used = steps.filter((step) => step === ended || step.origin !== 'resend' || step.status === 'failed');
  const closed = new Set(used.map(({ channel }) => channel));
  if (steps.some(({ cause }) => cause === 'unknown-number')) closed.add('sms').add('voice');
  return closed;
}

const otherProvider = (question: NextStepQuestion) => `${reasonFor(question)}; over another provider`;

function reasonFor({ ended, reportTimeoutSeconds }: NextStepQuestion): string {
  switch (ended.status) {
    case 'failed':
      return `${ended.channel} failed: ${ended.cause ?? 'other'}`;
    case 'unconfirmed':
      return `no report on ${ended.channel} within ${String(reportTimeoutSeconds)} s`;
    default:
      return `${ended.channel} was not sent: ${ended.note ?? 'not allowed'}`;
  }
}

const stop = (reason: string): NextStep => ({ kind: 'stop', reason });
