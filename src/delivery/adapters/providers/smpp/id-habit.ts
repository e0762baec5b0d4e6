/** In a hexadecimal id the last digit alone is none of a to f in 10 of 16 cases: so many in a row happen once in 3 million. */
const ENOUGH = 32;

/** What ids look like that come from one side. */
export class IdHabit {
  private digitsOnly = 0;
  private letters = false;
  private neither = false;

  see(id: string): void {
    if (/^\d+$/.test(id)) this.digitsOnly += 1;
    else if (/^[0-9a-f]+$/i.test(id)) this.letters = true;
    else this.neither = true;
  }

  /** Any of a to f. */
  get hasLetters(): boolean {
    return this.letters;
  }

  get isDecimal(): boolean {
    return !this.neither && !this.letters && this.digitsOnly >= ENOUGH;
  }

  get isHexadecimal(): boolean {
    return !this.neither && this.letters;
  }
}
