import type { Outcome } from './stage/outcome.js';

/** What became of an attack, for a person at a terminal. */
export function tell(name: string, { tried, gotThrough, hurt, cost, bounds }: Outcome): string[] {
  return [
    name,
    `  tried        ${tried}`,
    `  got through  ${gotThrough}`,
    `  hurt         ${hurt}`,
    `  cost         ${cost}`,
    ...bounds.map(({ what, holds }) => `  ${holds ? 'held  ' : 'BROKEN'}       ${what}`),
    '',
  ];
}
