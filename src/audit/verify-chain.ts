import { createHash } from 'node:crypto';
import type { Database } from '../platform/postgres/database.js';
import type { AuditEntry } from './audit-log.js';
import { canonicalJson } from '../shared/canonical-json.js';

export type ChainState =
  /** `head`: hash of the last entry in hex. Noted elsewhere, it also betrays somebody who rewrote the whole log. */
  | { kind: 'intact'; entries: number; head: string }
  /** `seq`: number of the first entry that is not as it was written. */
  | { kind: 'broken'; seq: number; reason: string };

interface Link extends AuditEntry {
  seq: string;
  at: Date;
  previous_hash: Buffer;
  hash: Buffer;
}
/** An entry beside the head as both were at one moment; without an entry, there is none after the one asked for. */
type Row = { head_seq: string; head_hash: Buffer } & (Link | { seq: null });

const PAGE = `
  SELECT head.seq AS head_seq, head.hash AS head_hash, entry.*
  FROM audit_head head LEFT JOIN LATERAL
    (SELECT * FROM audit_log WHERE seq > $1 ORDER BY seq LIMIT 1000) entry ON true
  ORDER BY entry.seq`;

/** Recomputes the audit log from its first entry to its head. Entries appended meanwhile are included. */
export async function verifyChain(database: Database): Promise<ChainState> {
  let seq = 0;
  let hash: Buffer = Buffer.alloc(32);
  for (;;) {
    const page = await database.query<Row>(PAGE, [seq]);
    for (const row of page) {
      if (row.seq === null) return atTheEnd(row, seq, hash);
      const reason = faultOf(row, seq + 1, hash);
      if (reason) return { kind: 'broken', seq: seq + 1, reason };
      seq += 1;
      hash = row.hash;
    }
    if (page.length === 0) return { kind: 'broken', seq: seq + 1, reason: 'the head of the log is missing' };
  }
}

function faultOf(link: Link, expectedSeq: number, previousHash: Buffer): string | null {
  if (Number(link.seq) !== expectedSeq) return 'the entry is missing';
  if (!link.previous_hash.equals(previousHash)) return 'the entry does not follow the one before it';
  return link.hash.equals(hashOf(link)) ? null : 'the entry was altered';
}

function atTheEnd(head: { head_seq: string; head_hash: Buffer }, seq: number, hash: Buffer): ChainState {
  if (Number(head.head_seq) === seq && head.head_hash.equals(hash))
    return { kind: 'intact', entries: seq, head: hash.toString('hex') };
  return { kind: 'broken', seq: Math.min(Number(head.head_seq), seq) + 1, reason: 'the log and its head do not agree' };
}

/** The hash an entry must have; the append statement computes the same. */
function hashOf({ seq, at, actor, action, target, details, previous_hash }: Link): Buffer {
  const content = canonicalJson({ actor, action, target, details });
  return createHash('sha256')
    .update(previous_hash)
    .update(`${seq}\n${String(at.getTime())}\n${content}`)
    .digest();
}
