// The audit trail, for supervisors: who did what to which call, when; narrowed, turned over, exported.

import { h } from '../js/dom.js';
import { day, pager, pick } from './filters.js';
import { button, view } from './parts.js';
import { exactly, inLanguage } from './text.js';

const AFTER = 250;

/** `context()` gives `{w, own}`. */
export function createTrail({ api, context }) {
  const root = h('main', { class: 'page trail', hidden: true });
  const filter = { account: '', call: '', action: '', from: '', to: '', page: '' };
  const title = h('h1', { tabindex: '-1' });
  const file = h('a', { class: 'plain-button', download: 'audit.csv' });
  const choices = h('form', { class: 'filters', onsubmit: (event) => event.preventDefault() });
  const status = h('p', { class: 'status-line', role: 'status' });
  const head = h('thead');
  const body = h('tbody');
  const foot = h('div', { class: 'row list-foot' });
  const table = h('div', { class: 'table-scroll', tabindex: '0', role: 'region' }, h('table', { class: 'calls-table trail-table' }, head, body));
  let known = { accounts: [], actions: [], names: { accounts: {}, actions: {} } };
  let timer = null;
  let asked = 0;

  const whose = (account) => (Object.hasOwn(known.names.accounts, account) ? inLanguage(known.names.accounts[account], context().own) : account);
  const did = (action) => inLanguage(known.names.actions[action], context().own);

  function set(name, value) {
    filter[name] = value;
    if (name !== 'page') filter.page = '';
    clearTimeout(timer);
    timer = setTimeout(load, AFTER);
  }

  function draw() {
    const { w, own } = context();
    const number = h('input', { type: 'search', id: 'trail-call', inputmode: 'numeric', size: '6', value: filter.call, oninput: () => set('call', number.value.replace(/[^0-9]/g, '')) });
    const choice = (name, options) => pick({ id: `trail-${name}`, label: w(name), value: filter[name], all: w('all'), options, change: (value) => set(name, value) });
    title.textContent = w('trail');
    choices.setAttribute('aria-label', w('filter'));
    choices.replaceChildren(
      choice('account', known.accounts.map((name) => [name, whose(name)])),
      h('label', { for: 'trail-call' }, w('number'), number),
      choice('action', known.actions.map((action) => [action, did(action)])),
      ...['from', 'to'].map((name) => day({ label: w(name), value: filter[name], change: (value) => set(name, value) })));
    file.textContent = w('export_csv');
    file.lang = own;
    table.setAttribute('aria-label', w('trail'));
    head.replaceChildren(h('tr', null, ...['at', 'account', 'action', 'number'].map((name) => h('th', { scope: 'col' }, w(name)))));
    root.replaceChildren(h('div', { class: 'page-head' }, title, file), choices, status, table, foot);
  }

  async function load() {
    asked += 1;
    const mine = asked;
    const { w, own } = context();
    try {
      const found = await api.trail(filter);
      if (mine !== asked || root.hidden) return;
      status.textContent = '';
      file.href = api.trailFile(filter, own);
      show(found);
    } catch {
      if (mine === asked) status.replaceChildren(w('no_answer'), button(w('try_again'), load));
    }
  }

  function show({ entries, total, page, pages, accounts, actions, names }) {
    const { w, own } = context();
    if (JSON.stringify({ accounts, actions, names }) !== JSON.stringify(known)) {
      // New names to choose from: the fields are drawn again, and the cursor stays where it was.
      const at = document.activeElement;
      known = { accounts, actions, names };
      draw();
      (document.getElementById(at.id) || at).focus();
    }
    body.replaceChildren(...entries.map((entry) => h('tr', { dataset: { action: entry.action } },
      h('th', { scope: 'row' }, exactly(entry.at, own)), h('td', null, whose(entry.account)), h('td', null, did(entry.action)), h('td', null, entry.call === null ? '' : `#${entry.call}`))));
    if (!entries.length) body.append(h('tr', null, h('td', { colspan: '4', class: 'quiet' }, w('nothing_done'))));
    foot.replaceChildren(...pager({ w, words: w('lines', { total }), page, pages, go: (to) => set('page', String(to)) }));
  }

  return view({ root, draw, load, first: () => title });
}
