// The papers: a statement for the police, complaints, requests. What is typed here never leaves the browser: this
// module makes one request, for the drafts, before anything can be typed. It is forgotten with the page, unless the
// person keeps it on the device.

import { openDocument, toolbar } from './document.js';
import { h } from './dom.js';

const KEPT = 'steady.papers';
// To the cent, with a decimal point; a time with day and minute.
const COMPLETE = {
  amount: (text) => /\d[.．]\d{2}(?!\d)/.test(text),
  paid_at: (text) => /\d{1,2}\s*(?:[:：]|点|时)\s*\d{1,2}/.test(text) && /\d{1,2}\s*(?:[-/.月])\s*\d{1,2}/.test(text),
};
const isComplete = (name, text) => Boolean(text.trim()) && (COMPLETE[name] || (() => true))(text);

const device = {
  read() {
    try {
      return JSON.parse(localStorage.getItem(KEPT) || 'null');
    } catch {
      return null;
    }
  },
  write(values) {
    try {
      localStorage.setItem(KEPT, JSON.stringify(values));
      return true;
    } catch {
      return false;
    }
  },
  forget() {
    try {
      localStorage.removeItem(KEPT);
    } catch {
      // Nothing was kept where nothing may be kept.
    }
  },
};

openDocument((data, context) => {
  const { w } = context;
  const kept = device.read();
  // One field of one name is the same in every paper: it is written once.
  const values = { ...Object.fromEntries(data.papers.flatMap((paper) => paper.fields.filter((field) => field.value).map((field) => [field.id, field.value]))), ...kept };
  const listeners = [];
  const changed = () => listeners.forEach((listener) => listener());

  const note = h('p', { class: 'made', role: 'status' });
  const keep = h('input', { type: 'checkbox', id: 'keep' });
  keep.checked = Boolean(kept);
  const save = () => {
    if (keep.checked) keep.checked = device.write(values);
    else device.forget();
    note.textContent = w(keep.checked ? 'kept_here' : 'not_kept');
  };
  keep.addEventListener('change', save);

  function input(field, paperId) {
    const id = `${paperId}-${field.id}`;
    const control = h(field.long ? 'textarea' : 'input', { id, name: field.id, autocomplete: 'off', spellcheck: 'false', rows: field.long ? '4' : null });
    control.value = values[field.id] || '';
    const hint = h('p', { class: 'hint', id: `${id}-hint` }, field.id === 'amount' ? w('hint_amount') : field.id === 'paid_at' ? w('hint_time') : '');
    if (hint.textContent) control.setAttribute('aria-describedby', hint.id);
    control.addEventListener('input', () => {
      values[field.id] = control.value;
      if (keep.checked) device.write(values);
      changed();
    });
    listeners.push(() => {
      if (control.value !== (values[field.id] || '')) control.value = values[field.id] || '';
    });
    return h('div', { class: 'field' }, h('label', { for: id }, field.label), control, hint.textContent ? hint : null);
  }

  function sheet(paper) {
    const text = h('div', { class: 'paper-text', id: `${paper.id}-text` });
    const label = Object.fromEntries(paper.fields.map((field) => [field.id, field.label]));
    const write = () => text.replaceChildren(...paper.lines.map((line) => h('p', null, ...line.map((part) => {
      if (part.text !== undefined) return part.text;
      const value = (values[part.field] || '').trim();
      return value ? h('span', { class: 'filled' }, value) : h('span', { class: 'blank' }, `＿＿＿＿（${label[part.field]}）`);
    }))));
    listeners.push(write);
    write();
    const copied = h('span', { class: 'made', role: 'status' });
    const copy = h('button', { type: 'button', class: 'plain-button', onclick: async () => {
      try {
        await navigator.clipboard.writeText([...text.children].map((line) => line.textContent).join('\n'));
        copied.textContent = w('copied');
      } catch {
        getSelection().selectAllChildren(text);
        copied.textContent = w('copy_by_hand');
      }
    } }, w('copy'));
    const only = h('button', { type: 'button', class: 'plain-button', onclick: () => {
      for (const other of document.querySelectorAll('.paper')) other.classList.toggle('not-printed', other.id !== paper.id);
      window.print();
      for (const other of document.querySelectorAll('.paper')) other.classList.remove('not-printed');
    } }, w('print_this'));
    return h('details', { class: 'paper', id: paper.id, open: paper === data.papers[0] },
      h('summary', null, h('h2', null, paper.title)),
      h('div', { class: 'paper-inner' },
        h('form', { class: 'fields', onsubmit: (event) => event.preventDefault() }, ...paper.fields.map((field) => input(field, paper.id))),
        h('div', { class: 'paper-sheet' }, h('h3', { class: 'label' }, w('how_it_reads')), text, h('div', { class: 'paper-tools' }, copy, only, copied))));
  }

  const needs = [...new Map(data.papers.flatMap((paper) => paper.fields).filter((field) => field.needs).map((field) => [field.id, field])).values()];
  const check = h('ul', { class: 'needs' });
  const verdict = h('p', { role: 'status' });
  const count = () => {
    const missing = needs.filter((field) => !isComplete(field.id, values[field.id] || ''));
    check.replaceChildren(...needs.map((field) => h('li', { dataset: { need: field.id, complete: String(!missing.includes(field)) } },
      h('span', { class: 'need-state' }, w(missing.includes(field) ? 'still_missing' : 'is_there')), field.label)));
    verdict.textContent = missing.length ? w('needs_missing', { count: missing.length }) : w('needs_complete');
  };
  listeners.push(count);
  count();

  const clear = h('button', { type: 'button', class: 'plain-button', onclick: () => {
    for (const name of Object.keys(values)) delete values[name];
    device.forget();
    keep.checked = false;
    note.textContent = w('cleared');
    changed();
  } }, w('clear_papers'));

  return [
    toolbar(context, clear),
    h('h1', null, w('papers')),
    h('p', null, w('papers_private')),
    h('p', { class: 'keep-row' }, keep, h('label', { for: 'keep' }, w('keep_here'))),
    note,
    needs.length ? h('section', { class: 'needs-box', 'aria-labelledby': 'needs-title' }, h('h2', { id: 'needs-title' }, w('needs_title')), check, verdict) : null,
    ...data.papers.map(sheet),
  ].filter(Boolean);
});
