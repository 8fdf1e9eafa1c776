// The calls: listed, searched, filtered, opened again. A supervisor sees everybody's, open high-risk ones first.

import { h } from '../js/dom.js';
import { day, pager, pick } from './filters.js';
import { button, view, walk } from './parts.js';
import { inLanguage, money, when } from './text.js';

const AFTER = 250;
const EVERY = 15_000;

/** `act`: open(id), remove(call) → Promise. `context()` gives `{w, own, me}`. */
export function createList({ api, act, context }) {
  const root = h('main', { class: 'page list', hidden: true });
  const filter = { state: '', q: '', channel: '', platform: '', disposition: '', from: '', to: '', page: '' };
  const body = h('tbody');
  const head = h('thead');
  const foot = h('div', { class: 'row list-foot' });
  const status = h('p', { class: 'status-line', role: 'status' });
  let timer = null;
  let poll = null;
  let asked = 0;

  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(load, AFTER);
  };

  function set(name, value) {
    filter[name] = value;
    if (name !== 'page') filter.page = '';
    later();
  }

  const select = (name, label, options) => pick({ id: `filter-${name}`, label, value: filter[name], all: context().w('all'), options, change: (value) => set(name, value) });
  const dateField = (name) => day({ label: context().w(name), value: filter[name], change: (value) => set(name, value) });

  function draw() {
    const { w, own, me } = context();
    const names = (table) => Object.entries(table || {}).map(([id, pair]) => [id, inLanguage(pair, own)]);
    const find = h('input', { type: 'search', id: 'find', placeholder: w('find'), 'aria-label': w('find'), value: filter.q, oninput: () => set('q', find.value.trim()) });
    head.replaceChildren(h('tr', null, ...['number', 'opened', 'state', 'risk', 'language', 'channel', 'platform', 'amount', 'result', 'staff'].map((name) => h('th', { scope: 'col' }, w(name))),
      ...(me.account.role === 'supervisor' ? [h('th', { scope: 'col' }, h('span', { class: 'spoken' }, w('remove')))] : [])));
    root.replaceChildren(
      h('div', { class: 'page-head' }, h('h1', null, w('calls'))),
      h('form', { class: 'filters', 'aria-label': w('filter'), onsubmit: (event) => event.preventDefault() },
        find,
        select('state', w('state'), [['open', w('state_is_open')], ['closed', w('state_is_closed')]]),
        select('channel', w('channel'), names(me.names?.channels)),
        select('platform', w('platform'), names(me.names?.platforms)),
        select('disposition', w('result'), me.hotline.dispositions.map((each) => [each.id, inLanguage(each, own)])),
        dateField('from'), dateField('to')),
      status,
      h('div', { class: 'table-scroll', tabindex: '0', role: 'region', 'aria-label': w('calls') }, h('table', { class: 'calls-table' }, head, body)), foot);
    walk(root, () => [find, ...body.querySelectorAll('.open-call')]);
  }

  async function load() {
    clearTimeout(poll);
    asked += 1;
    const mine = asked;
    const { w } = context();
    try {
      const found = await api.list(filter);
      if (mine !== asked || root.hidden) return;
      status.textContent = '';
      show(found);
    } catch {
      if (mine === asked) status.replaceChildren(w('no_answer'), button(w('try_again'), load));
    }
    poll = setTimeout(() => root.hidden || load(), EVERY);
  }

  function show({ calls, total, page, pages }) {
    const { w } = context();
    const focused = document.activeElement?.dataset?.call;
    body.replaceChildren(...calls.map(row));
    if (focused) body.querySelector(`[data-call="${CSS.escape(focused)}"]`)?.focus();
    if (!calls.length) body.append(h('tr', null, h('td', { colspan: '11', class: 'quiet' }, w('none_found'))));
    foot.replaceChildren(...pager({ w, words: w('total', { total }), page, pages, go: (to) => set('page', String(to)) }));
  }

  function row(call) {
    const { w, own, me } = context();
    const named = (table, ids) => (ids || []).map((id) => inLanguage(table?.[id], own) || id).join('、').replaceAll('、', own === 'zh' ? '、' : ', ');
    const ended = me.hotline.dispositions.find((each) => each.id === call.disposition);
    return h('tr', { class: [call.state, call.risk === 'high' ? 'high' : ''].join(' ') },
      h('th', { scope: 'row' }, h('button', { type: 'button', class: 'open-call', dataset: { call: call.id }, onclick: () => act.open(call.id) }, String(call.number ?? call.id))),
      h('td', null, when(call.opened_at, own)),
      h('td', null, h('span', { class: `chip chip-${call.state}` }, w(`state_is_${call.state}`)), call.handover ? h('span', { class: 'chip' }, w('handover')) : null),
      h('td', null, call.risk === 'high' ? h('span', { class: 'chip chip-high' }, w('high_risk')) : '–'),
      h('td', null, me.hotline.languages?.[call.language] || call.language),
      h('td', null, named(me.names?.channels, call.channels)),
      h('td', null, named(me.names?.platforms, call.platforms)),
      h('td', { class: 'figure' }, money(call.amount)),
      h('td', null, ended ? inLanguage(ended, own) : ''),
      h('td', null, call.staff || ''),
      ...(me.account.role === 'supervisor' ? [h('td', null, h('button', { type: 'button', class: 'link-button', 'aria-label': `${w('remove')} ${call.number}`, onclick: () => act.remove(call).then(load) }, w('remove')))] : []));
  }

  return view({ root, draw, load, first: () => root.querySelector('#find'), leave: () => clearTimeout(poll) });
}
