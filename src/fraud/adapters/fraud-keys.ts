/**
 * Everything the detectors know of an application is in one slot, and ends by itself:
 * - `v:<verification>`: what of a verification was counted. `by`, `at`: the delivery and the moment in milliseconds;
 *   `again` 1: its number had been counted before; `narrow` 1: it was not counted in what is wide; `approved`; `failed/<breaker>`, `right/<breaker>`: the sub-bucket that its guesses were counted in.
 * - `breaker:<name>`: `s:<n>`, `a:<n>` sends and the approvals of those very sends, by sub-bucket; `d:<n>` approvals by hour;
 *   `f:<n>`, `g:<n>` verifications guessed at in vain, and approved; `since`: what is older does not count any more;
 *   `until`: it is open, and afterwards tried out by `tried` sends, of which the last went at `last` and `right` were approved.
 * - `numbers:<block>`: keyed name of a number → when it was written to, and by which delivery; `approved`: when one last was.
 * - `trips`: name of a breaker → what is told of it. `longer`: is there while new codes are longer.
 */
export class FraudKeys {
  private readonly before: string;

  constructor(prefix: string, applicationId: string) {
    this.before = `${prefix}fraud:{${applicationId}}:`;
  }

  get trips(): string {
    return `${this.before}trips`;
  }

  get longer(): string {
    return `${this.before}longer`;
  }

  verification(id: string): string {
    return `${this.before}v:${id}`;
  }

  numbers(block: string): string {
    return `${this.before}numbers:${block}`;
  }

  breaker(name: string): string {
    return `${this.before}breaker:${name}`;
  }
}
