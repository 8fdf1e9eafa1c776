// What narrows a table: choices, days, and the pages of what was found.

import { h } from '../js/dom.js';
import { button } from './parts.js';

/** A choice among `options` (`[value, text]`), `all` first; `change(value)`. */
export function pick({ id, label, value, all, options, change }) {
  const field = h('select', { id, onchange: () => change(field.value) }, h('option', { value: '' }, all), ...options.map(([each, text]) => h('option', { value: each }, text)));
  field.value = value;
  return h('label', { for: id }, label, field);
}

/** Typed, a year is 0002 before it is 2026. */
const EARLIEST = '2000-01-01';

/** A day; `change(value)` gets YYYY-MM-DD, or nothing when it was emptied. */
export const day = ({ label, value, change }) => h('label', null, label, h('input', {
  type: 'date', value, onchange: ({ target }) => (!target.value || target.value >= EARLIEST) && change(target.value),
}));

/** How many there are and, where they do not fit on one page, the way to the others: `go(page)`. */
export const pager = ({ w, words, page, pages, go }) => [
  h('span', { class: 'quiet' }, words),
  ...(pages > 1 ? [
    h('span', { class: 'quiet' }, w('page_of', { page, pages })),
    button(w('earlier'), () => go(page - 1), { disabled: page <= 1, class: 'plain-button earlier' }),
    button(w('later'), () => go(page + 1), { disabled: page >= pages, class: 'plain-button later' })] : []),
];
