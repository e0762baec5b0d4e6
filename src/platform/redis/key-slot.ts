export const SLOTS = 16_384;

/** CRC16 of every byte, XMODEM (polynomial 0x1021), as Redis Cluster has it. */
const CRC16 = Uint16Array.from({ length: 256 }, (_, byte) => {
  let crc = byte << 8;
  for (let bit = 0; bit < 8; bit += 1) crc = crc & 0x8000 ? (crc << 1) ^ 0x1021 : crc << 1;
  return crc;
});

/** The slot a cluster keeps a key in: of its hash tag (what stands in the first braces, if anything does), else of all of it. */
export function keySlot(key: string): number {
  let crc = 0;
  for (const byte of Buffer.from(tagOf(key))) crc = ((crc << 8) ^ (CRC16[(crc >> 8) ^ byte] ?? 0)) & 0xffff;
  return crc % SLOTS;
}

function tagOf(key: string): string {
  const opens = key.indexOf('{');
  const closes = key.indexOf('}', opens + 1);
  return opens < 0 || closes <= opens + 1 ? key : key.slice(opens + 1, closes);
}
