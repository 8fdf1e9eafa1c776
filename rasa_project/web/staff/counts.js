// Counts of calls, as a table and as a picture, and their export without personal data.

import { h } from '../js/dom.js';
import { day } from './filters.js';
import { bars, button, view } from './parts.js';
import { inLanguage } from './text.js';

/** Under what the server has the calls without a channel, platform or disposition. */
const NOT_KNOWN = '(not known)';
const PARTS = ['by_day', 'by_channel', 'by_platform', 'by_disposition'];

export function createCounts({ api, context }) {
  const root = h('main', { class: 'page counts', hidden: true });
  const filter = { from: '', to: '' };
  const body = h('div', { class: 'counts-body' });
  const status = h('p', { class: 'status-line', role: 'status' });
  const head = h('div', { class: 'page-head' });

  function draw() {
    const { w } = context();
    const file = h('a', { class: 'plain-button', href: api.countsFile(filter), download: 'counts.csv' }, w('export_csv'));
    // The fields stay as they are: whoever types a day is in one of them.
    const field = (name) => day({ label: w(name), value: filter[name], change: (value) => {
      filter[name] = value;
      file.href = api.countsFile(filter);
      load();
    } });
    head.replaceChildren(h('h1', { tabindex: '-1' }, w('counts')), h('form', { class: 'filters', onsubmit: (event) => event.preventDefault() }, field('from'), field('to')),
      file, h('span', { class: 'hint' }, w('no_personal_data')));
    root.replaceChildren(head, status, body);
  }

  async function load() {
    const { w } = context();
    try {
      const counts = await api.counts(filter);
      status.textContent = w('total', { total: counts.total });
      body.replaceChildren(...PARTS.map((part) => block(part, counts[part] || {})));
    } catch {
      status.replaceChildren(w('no_answer'), button(w('try_again'), load));
    }
  }

  function block(part, counts) {
    const { w, own, me } = context();
    const names = {
      by_channel: (id) => inLanguage(me.names?.channels?.[id], own), by_platform: (id) => inLanguage(me.names?.platforms?.[id], own),
      by_disposition: (id) => inLanguage(me.hotline.dispositions.find((each) => each.id === id), own), by_day: (id) => id,
    };
    const upright = part === 'by_day';
    const rows = Object.entries(counts).sort((a, b) => (upright ? a[0].localeCompare(b[0]) : (a[0] === NOT_KNOWN) - (b[0] === NOT_KNOWN) || b[1] - a[1]));
    const unnamed = w(part === 'by_disposition' ? 'not_closed' : 'not_known');
    const named = rows.map(([id, count]) => [id === NOT_KNOWN ? unnamed : names[part](id) || id, count]);
    const most = Math.max(1, ...rows.map(([, count]) => count));
    const table = h('table', { class: 'count-table' }, h('thead', null, h('tr', null, h('th', { scope: 'col' }, w('what')), h('th', { scope: 'col', class: 'figure' }, w('count')), upright ? null : h('td'))),
      h('tbody', null, ...named.map(([name, count]) => h('tr', null, h('th', { scope: 'row' }, name), h('td', { class: 'figure' }, String(count)), upright ? null : h('td', { class: 'bar-cell' }, bars([[name, count]], { most }))))));
    return h('section', { class: `block count-${part}` }, h('h2', null, w(part)),
      rows.length ? [upright ? bars(named, { upright }) : null, h('div', { class: 'table-scroll', tabindex: '0', role: 'region', 'aria-label': w(part) }, table)] : h('p', { class: 'quiet' }, w('nothing_counted')));
  }

  return view({ root, draw, load, first: () => head.querySelector('h1') });
}
