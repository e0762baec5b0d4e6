/** Something that must hold, whatever an attacker does. */
export interface Bound {
  what: string;
  holds: boolean;
}

/** What became of one attack, in words for whoever reads the report. */
export interface Outcome {
  /** What the attacker did. */
  tried: string;
  /** What it got: messages sent, guesses compared. */
  gotThrough: string;
  /** Which honest people were refused on the way. */
  hurt: string;
  /** What it cost: messages paid for, seconds. */
  cost: string;
  bounds: Bound[];
}

export const brokenBounds = ({ bounds }: Outcome): string[] =>
  bounds.filter(({ holds }) => !holds).map(({ what }) => what);
