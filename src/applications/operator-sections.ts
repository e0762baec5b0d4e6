import { isDeepStrictEqual } from 'node:util';
import { operatorsSetting } from './refusals.js';
import type { Defaults, Settings } from './settings.js';
import { spendWeakens } from './weakening.js';

/** What an operator sets against fraud of an application, and its own key must not undo. */
export const GUARDED = ['spend', 'fraud', 'countries', 'templates', 'senders', 'voice'] as const;
export type GuardedSection = (typeof GUARDED)[number];

/** By whom the sections were saved that are set. */
export type SetBy = Partial<Record<GuardedSection, 'operator' | 'application'>>;

export interface SettingsBefore {
  settings: Settings;
  operatorSections: GuardedSection[];
}

/** Whoever has a sender's name speaks in it. Names and numbers are registered with networks by who runs this, not by tenants. */
const OPERATORS_ONLY: readonly GuardedSection[] = ['senders'];

/**
 * An application's own key keeps what an operator saved as it is, sets no sender, and sets no cap that is less than the
 * configuration file's.
 *
 * @throws 422 `operators-setting` that names the sections.
 */
export function refuseUndoing({ settings, operatorSections }: SettingsBefore, to: Settings, defaults: Defaults): void {
  const changes = (section: GuardedSection) => !isDeepStrictEqual(settings[section], to[section]);
  const undone = operatorSections.filter(changes);
  if (undone.length > 0) throw operatorsSetting(undone);
  const reserved = OPERATORS_ONLY.filter(changes);
  if (reserved.length > 0) throw operatorsSetting(reserved, "It takes an operator's key.");
  if (defaults.spend && to.spend && changes('spend') && spendWeakens(defaults.spend, to.spend))
    throw operatorsSetting(['spend'], 'The configuration file caps it lower.');
}

/**
 * The sections that are an operator's after one saved these settings: those in them. What is left out is the application's, and
 * so are templates that the operator found and left: else nobody could set a sender and not take over the words.
 */
export const operatorsAfter = ({ settings, operatorSections }: SettingsBefore, to: Settings): GuardedSection[] =>
  sectionsIn(to).filter(
    (section) =>
      section !== 'templates' ||
      operatorSections.includes(section) ||
      !isDeepStrictEqual(settings.templates, to.templates),
  );

const sectionsIn = (settings: Settings): GuardedSection[] =>
  GUARDED.filter((section) => settings[section] !== undefined);

export function setBy({ settings, operatorSections }: SettingsBefore): SetBy {
  const said = sectionsIn(settings).map((section) => [
    section,
    operatorSections.includes(section) ? 'operator' : 'application',
  ]);
  return Object.fromEntries(said) as SetBy;
}
