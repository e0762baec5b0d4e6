import { Script } from '../../platform/redis/script.js';

const file = (name: string) => new URL(`./scripts/${name}.lua`, import.meta.url);
const script = (name: string, ...parts: string[]) =>
  new Script(file(name), ...parts.map((part) => file(`parts/${part}`)));

export const lookAtSend = script('look-at-send', 'now', 'note', 'wait');
export const judgeSend = script('judge-send', 'now', 'trip', 'note', 'sends-of', 'wait');
export const watchNumber = script('watch-number', 'now', 'trip', 'note', 'evidence');
export const undoSend = script('undo-send', 'note');
export const approveSend = script('approve-send', 'now', 'note');
export const countGuess = script('count-guess', 'now', 'trip');
export const lookAtBreaker = script('look-at-breaker', 'now');
export const readTrips = script('read-trips', 'now');
export const clearTrip = script('clear-trip', 'now');
