import type { Journey } from './journey.js';
import { isReachable, type Person } from './people.js';

/** Who could have been reached and was not, for whoever wants to know why: the traits, and how many messages it took to fail. */
export function unreachedOf(journeys: Journey[]): (Person & { messages: number })[] {
  return journeys
    .filter(({ person, inHandMs }) => isReachable(person) && inHandMs === null)
    .map(({ person, messages }) => ({ ...person, messages }));
}
