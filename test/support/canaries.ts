/** A text in which a secret may have come to rest, or by which it passed. */
export interface Place {
  name: string;
  text: string;
}

/** Texts that must turn up nowhere, each with what it is. */
export class Canaries {
  private readonly kinds = new Map<string, string>();

  add(kind: string, ...values: string[]): void {
    for (const value of values) this.kinds.set(value, kind);
  }

  get size(): number {
    return this.kinds.size;
  }

  /** Which kinds of canary sing where, once each; in plain text, and behind hexadecimal or base64. */
  hitsIn(places: Place[]): string[] {
    const hits = places.flatMap(({ name, text }) =>
      [text, fromHex(text), fromBase64(text)].flatMap((reading) =>
        this.found(reading).map((value) => `${this.kinds.get(value) ?? ''} in ${name}`),
      ),
    );
    return [...new Set(hits)].sort();
  }

  /** Runs of digits and addresses are looked up; of the rest there are few enough to look for each. */
  private found(text: string): string[] {
    const numbers = [...this.kinds.keys()].filter((value) => /^\d+$/.test(value));
    const lengths = [...new Set(numbers.map(({ length }) => length))];
    const numerals = (text.match(/\d{6,}/g) ?? []).filter((run) => !isTime(run));
    const runs = numerals.flatMap((run) => lengths.flatMap((length) => windows(run, length)));
    const addresses = text.match(/[\w.+-]+@[\w.-]+\w/g) ?? [];
    const others = [...this.kinds.keys()].filter((value) => !/^\d+$|@/.test(value) && text.includes(value));
    return [...runs, ...addresses].filter((value) => this.kinds.has(value)).concat(others);
  }
}

/** Milliseconds or microseconds since 1970: so many of them pass that ten of their digits are some code by chance. */
const isTime = (run: string) => /^(?:\d{13}|\d{16})$/.test(run) && run.startsWith(String(Date.now()).slice(0, 4));

const windows = (run: string, length: number) =>
  Array.from({ length: Math.max(0, run.length - length + 1) }, (_, start) => run.slice(start, start + length));

const decoded = (runs: RegExpMatchArray | null, encoding: 'hex' | 'base64') =>
  (runs ?? []).map((run) => Buffer.from(run, encoding).toString('latin1')).join('\n');

const fromHex = (text: string) => decoded(text.match(/(?:[0-9a-f]{2}){10,}/gi), 'hex');
const fromBase64 = (text: string) => decoded(text.match(/[A-Za-z0-9+/_-]{12,}/g), 'base64');
