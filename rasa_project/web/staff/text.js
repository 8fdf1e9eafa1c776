// Plain text and time: clocks, dates, codes that are read aloud.

import { langTag } from '../js/words.js';

/** The one of a pair `{zh, en}` in `language`; text that is no pair as it is. */
export const inLanguage = (pair, language) => (pair && typeof pair === 'object' ? pair[language] ?? Object.values(pair)[0] ?? '' : pair ?? '');

/** Milliseconds as a running clock: 3:07, 1:02:07, or days and a clock. */
export function clock(milliseconds) {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const [days, hours, minutes] = [Math.floor(seconds / 86400), Math.floor(seconds / 3600) % 24, Math.floor(seconds / 60) % 60];
  const two = (n) => String(n).padStart(2, '0');
  const short = `${hours || days ? `${hours}:${two(minutes)}` : minutes}:${two(seconds % 60)}`;
  return days ? `${days} d ${short}` : short;
}

/** An ISO time as people write it, to the minute; empty when there is none. */
export function when(iso, language) {
  const time = new Date(iso || NaN);
  return Number.isNaN(time.getTime()) ? '' : time.toLocaleString(langTag(language), { dateStyle: 'short', timeStyle: 'short' });
}

/** An ISO time to the second, as it is compared with other records. */
export function exactly(iso, language) {
  const time = new Date(iso || NaN);
  return Number.isNaN(time.getTime()) ? '' : time.toLocaleString(langTag(language), { dateStyle: 'medium', timeStyle: 'medium' });
}

/** A code one character at a time, as it is read over a telephone. */
export const spelled = (code) => Array.from(String(code).replace(/[^\p{L}\p{N}]/gu, '')).join(' · ');

/** `{value, currency}` as it is written. */
export const money = (amount) => (amount ? `${Number(amount.value).toLocaleString('en')} ${amount.currency}` : '');
