import { clock } from '../words/time.js';
import { html, type Html } from './html.js';

/**
 * A sentence with a time that runs down. Without JavaScript it says what was so when the page was made. It counts from a number of
 * seconds and not to an instant: the clock of a person's phone may be wrong. public/countdown.js goes on from here.
 *
 * @param running with `{time}` in it.
 * @param over what it says at the end.
 */
export function countdown(id: string, seconds: number, { running, over }: { running: string; over: string }): Html {
  const said = seconds > 0 ? running.replace('{time}', clock(seconds)) : over;
  return html`<span id="${id}" data-part data-seconds="${seconds}" data-running="${running}" data-over="${over}"
    >${said}</span
  >`;
}
