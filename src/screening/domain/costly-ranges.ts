/** A range whose calls and messages cost more than those of its country, or belong to no country; found by its longest prefix. */
export interface CostlyRange {
  /** Digits after the plus. */
  prefix: string;
  /** What the refusal calls it. */
  type: string;
  source: string;
}

const E164 = 'ITU-T, List of Recommendation E.164 assigned country codes';

/**
 * Ranges that libphonenumber's number types do not tell. Only what a public source names: the narrow ranges that are rented for
 * fraud change monthly and are sold, not published (Twilio: "not available for download and are updated frequently"), so they
 * belong on the block list, and the fraud detectors find the rest.
 */
export const COSTLY_RANGES: readonly CostlyRange[] = [
  { prefix: '800', type: 'toll-free', source: `${E164}: international freephone` },
  { prefix: '808', type: 'shared-cost', source: `${E164}: international shared cost` },
  { prefix: '870', type: 'satellite', source: `${E164}: Inmarsat` },
  { prefix: '878', type: 'no-country', source: `${E164}: universal personal telecommunication` },
  { prefix: '881', type: 'satellite', source: `${E164}: global mobile satellite systems` },
  { prefix: '882', type: 'no-country', source: `${E164}: international networks` },
  { prefix: '88216', type: 'satellite', source: `${E164}: international networks, 16 is Thuraya` },
  { prefix: '883', type: 'no-country', source: `${E164}: international networks` },
  { prefix: '888', type: 'no-country', source: `${E164}: relief by humanitarian agencies` },
  { prefix: '979', type: 'premium-rate', source: `${E164}: international premium rate` },
  { prefix: '6114', type: 'satellite', source: 'ACMA, Telecommunications Numbering Plan 2015: 014' },
];
