import { CHANNELS } from '../shared/channel.js';
import { namesIn } from '../verification/domain/template-text.js';
import { tellsPayment, textsOf, type Template } from '../verification/domain/templates.js';

/**
 * Why a template would tell some people less than others; null when it would not. Who confirms a payment is told its amount and
 * its payee whatever the language and the channel (RTS on strong customer authentication, Article 5).
 */
export function reachProblem(template: Template): string | null {
  const { locale } = template;
  const silent = CHANNELS.find(
    (channel) => template[channel] && locale !== undefined && !Object.hasOwn(template[channel], locale),
  );
  if (silent) return `has no words for ${silent} in its own locale, ${String(locale)}`;
  if (!tellsPayment(template)) return null;
  if (locale === undefined)
    return 'names a payment, and so needs a locale of its own for everybody whose language it has not';
  const whole = CHANNELS.flatMap((channel) => textsOf(template, channel)).every((text) =>
    ['amount', 'payee'].every((name) => namesIn(text).includes(name)),
  );
  return whole ? null : 'names a payment in one text, and so must name {amount} and {payee} in each';
}
