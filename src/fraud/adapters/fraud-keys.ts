/** The detector whose breaker is in one hash with its block's numbers. */
const OF_BLOCK = 'conversion-block:';

/**
 * Everything the detectors know of an application is in one slot, and ends by itself:
 * - `b:<block>`: a block of numbers. `#<keyed name>`: a number that was written to, by whom, and whether it was counted, as
 *   parts/note.lua has it; `approved`: when one last was. The fields of the breaker of the block stand there too. So a start
 *   leaves one key and not three, which is most of what it takes of Redis's memory.
 * - `breaker:<name>`: `s:<n>`, `a:<n>` sends and the approvals of those very sends, by sub-bucket; `d:<n>` approvals by hour;
 *   `f:<n>`, `g:<n>` verifications guessed at in vain, and approved; `since`: what is older does not count any more;
 *   `until`: it is tripped, and afterwards tried out by `tried` sends, of which the last went at `last` and `right` were approved;
 *   `p:<place>`: when one of a block or network was let through to try a wide one.
 * - `v:<verification>`: `note`: what of it was counted, where its number does not say so; `approved`;
 *   `failed/<breaker>`, `right/<breaker>`: the sub-bucket that its guesses were counted in.
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

  block(block: string): string {
    return `${this.before}b:${block}`;
  }

  breaker(name: string): string {
    return name.startsWith(OF_BLOCK) ? this.block(name.slice(OF_BLOCK.length)) : `${this.before}breaker:${name}`;
  }
}
