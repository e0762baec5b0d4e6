import { describe, expect, it } from 'vitest';
import { parseCommand } from './parse-command.js';

const parse = (line: string) => parseCommand(line.split(' ').filter(Boolean));

describe('parseCommand', () => {
  it.each([
    ['migrate', { kind: 'migrate' }],
    ['application create shop', { kind: 'create-application', name: 'shop' }],
    [
      'application create shop --countries DE,AT',
      { kind: 'create-application', name: 'shop', countries: { sms: ['DE', 'AT'], voice: ['DE', 'AT'] } },
    ],
    [
      'application create shop --countries de,at',
      { kind: 'create-application', name: 'shop', countries: { sms: ['DE', 'AT'], voice: ['DE', 'AT'] } },
    ],
    [
      'application create shop --countries all',
      { kind: 'create-application', name: 'shop', countries: { sms: 'all', voice: 'all' } },
    ],
    ['key create shop --scopes verify,read', { kind: 'create-key', application: 'shop', scopes: ['verify', 'read'] }],
    ['key create --scopes=admin shop', { kind: 'create-key', application: 'shop', scopes: ['admin'] }],
    ['key create --operator', { kind: 'create-operator-key' }],
    ['key rotate key_1', { kind: 'rotate-key', key: 'key_1', overlapHours: 24 }],
    ['key rotate key_1 --overlap-hours 0', { kind: 'rotate-key', key: 'key_1', overlapHours: 0 }],
    ['audit verify', { kind: 'verify-audit' }],
    ['ledger restored', { kind: 'ledger-restored', keepBackupCodes: false }],
    ['ledger restored --keep-backup-codes', { kind: 'ledger-restored', keepBackupCodes: true }],
  ])('reads "%s"', (line, command) => {
    expect(parse(line)).toEqual(command);
  });

  it.each([
    '',
    'help',
    '--help',
    'migrate now',
    'migrate --operator',
    'application',
    'application create',
    'application create two words',
    'application create shop --countries',
    'application create shop --scopes verify',
    'migrate --countries all',
    'key create --operator --countries all',
    'application delete shop',
    'key create',
    'key create shop',
    'key create shop --scopes',
    'key create shop --scopes=',
    'key create shop --scopes verify,root',
    'key create shop --scopes operator',
    'key create shop --scopes verify,verify',
    'key create shop --operator',
    'key create --operator --scopes verify',
    'key rotate',
    'key rotate key_1 --overlap-hours 169',
    'key rotate key_1 --overlap-hours -1',
    'key rotate key_1 --overlap-hours 1.5',
    'key rotate key_1 --operator',
    'key rotate key_1 key_2',
    'audit',
    'audit verify --force',
    'ledger',
    'ledger restored now',
    'audit verify --keep-backup-codes',
  ])('refuses "%s"', (line) => {
    expect(parse(line)).toBeNull();
  });

  it.each(['=', ' XX', ' DE,ZZ', ' DE,de', ' DE,,AT'])('says what is wrong with --countries%s', (countries) => {
    expect(parse(`application create shop --countries${countries}`)).toMatchObject({ kind: 'not-understood' });
  });

  it('refuses a name that a terminal can not show', () => {
    expect(parseCommand(['application', 'create', 'a\u001b[2Jb'])).toBeNull();
    expect(parseCommand(['application', 'create', ''])).toBeNull();
  });
});
