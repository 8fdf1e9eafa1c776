// The papers: a statement for the police, complaints, requests. What is typed here never leaves the browser: this
// module asks for the drafts and sends nothing. It is forgotten with the page, unless the person keeps it on the device.

import { kept } from './device.js';
import { heading, openDocument, pageAddress, toolbar } from './document.js';
import { h, icon } from './dom.js';

// To the cent, with a decimal point; a time with day and minute.
const COMPLETE = {
  amount: (text) => /\d[.．]\d{2}(?!\d)/.test(text),
  paid_at: (text) => /\d{1,2}\s*(?:[:：]|点|时)\s*\d{1,2}/.test(text) && /\d{1,2}\s*(?:[-/.月])\s*\d{1,2}/.test(text),
};
const HINTS = { amount: 'hint_amount', paid_at: 'hint_time' };
const isComplete = (name, text) => Boolean(text.trim()) && (COMPLETE[name] || (() => true))(text);

const device = kept('papers');
// What the person wrote, by a field's key. It outlives a change of the language; what the conversation told does not.
let typed = device.read() || {};
let listeners = [];
const changed = () => listeners.forEach((listener) => listener());

// The same papers in another tab: what is kept there is shown here, what is forgotten there is not kept here.
window.addEventListener('storage', (event) => {
  if (event.key !== device.key && event.key !== null) return;
  typed = { ...typed, ...device.read() };
  changed();
});

/** The choice to keep what is typed on this device, with what it means. */
function keepRow({ w }) {
  const note = h('p', { class: 'made', role: 'status' });
  const box = h('input', { type: 'checkbox', id: 'keep' });
  const reflect = () => {
    box.checked = Boolean(device.read());
  };
  box.addEventListener('change', () => {
    if (box.checked) device.write(typed);
    else device.forget();
    reflect();
    note.textContent = w(box.checked ? 'kept_here' : 'not_kept');
  });
  listeners.push(reflect);
  reflect();
  return { note, row: h('p', { class: 'keep-row' }, box, h('label', { for: 'keep' }, w('keep_here'))) };
}

/** One field with its label and hint. A field with the same key in another paper shows the same. */
function fieldInput(field, paper, value, { w }) {
  const id = `${paper.id}-${field.id}`;
  const control = h(field.long ? 'textarea' : 'input', { id, name: field.key, autocomplete: 'off', spellcheck: 'false', rows: field.long ? '3' : null });
  const hint = HINTS[field.id] ? h('p', { class: 'hint', id: `${id}-hint` }, w(HINTS[field.id])) : null;
  if (hint) control.setAttribute('aria-describedby', hint.id);
  control.value = value(field.key);
  control.addEventListener('input', () => {
    typed[field.key] = control.value;
    const before = device.read();
    // Only what changed: another tab may hold other fields.
    if (before && !device.write({ ...before, [field.key]: control.value })) device.forget();
    changed();
  });
  listeners.push(() => {
    if (control.value !== value(field.key)) control.value = value(field.key);
  });
  return h('div', { class: 'field' }, h('label', { for: id }, field.label), hint, control);
}

/** The paper as it will be read, and how to take it along. */
function paperText(paper, value, { w }) {
  const text = h('div', { class: 'paper-text', id: `${paper.id}-text` });
  const named = Object.fromEntries(paper.fields.map((field) => [field.id, field]));
  const part = ({ text: fixed, field }) => {
    if (fixed !== undefined) return fixed;
    const written = value(named[field].key).trim();
    const size = named[field].long ? 'long' : 'short';
    return written ? h('span', { class: `filled ${size}` }, written) : h('span', { class: `blank ${size}` }, h('span', { class: 'blank-line' }, '＿＿＿＿'), w('in_brackets', { text: named[field].label }));
  };
  // A paper that begins with its own title is not headed twice on paper.
  const titled = (line, index) => index === 0 && line.length === 1 && Boolean(line[0].text) && paper.title.startsWith(line[0].text);
  const write = () => text.replaceChildren(...paper.lines.map((line, index) => h('p', { class: titled(line, index) && 'paper-title' }, ...line.map(part))));
  listeners.push(write);
  write();
  const state = h('span', { class: 'made', role: 'status' });
  const copy = async () => {
    try {
      await navigator.clipboard.writeText([...text.children].map((line) => line.textContent).join('\n'));
      state.textContent = w('copied');
    } catch {
      getSelection().selectAllChildren(text);
      state.textContent = w('copy_by_hand');
    }
  };
  return h('div', { class: 'paper-sheet' }, h('h3', { class: 'label' }, w('how_it_reads')),
    h('div', { class: 'paper-tools' },
      h('button', { type: 'button', class: 'plain-button', onclick: copy }, w('copy')),
      h('button', { type: 'button', class: 'plain-button', onclick: () => printOnly(paper.id) }, icon('print'), w('print_this')),
      state),
    text);
}

function printOnly(id) {
  const papers = [...document.querySelectorAll('.paper')];
  for (const other of papers) other.classList.toggle('not-printed', other.id !== id);
  // Some browsers go on before the person has printed.
  window.addEventListener('afterprint', () => papers.forEach((other) => other.classList.remove('not-printed')), { once: true });
  window.print();
}

/** What a stop-payment compares, and which of it is still missing: counted anew with every letter. */
function needsBox(fields, value, { w }) {
  const list = h('ul', { class: 'needs' });
  const verdict = h('p', { role: 'status' });
  const count = () => {
    const missing = fields.filter((field) => !isComplete(field.id, value(field.key)));
    list.replaceChildren(...fields.map((field) => h('li', { dataset: { need: field.id, complete: String(!missing.includes(field)) } },
      h('span', { class: 'need-state' }, w(missing.includes(field) ? 'still_missing' : 'is_there')), field.label)));
    const words = missing.length ? w('needs_missing', { count: missing.length }) : w('needs_complete');
    if (verdict.textContent !== words) verdict.textContent = words;
  };
  listeners.push(count);
  count();
  return h('section', { class: 'needs-box', 'aria-labelledby': 'needs-title' }, h('h2', { id: 'needs-title' }, w('needs_title')), list, verdict);
}

openDocument((data, context) => {
  const { w } = context;
  listeners = [];
  const fields = data.papers.flatMap((paper) => paper.fields);
  const told = Object.fromEntries(fields.filter((field) => field.value).map((field) => [field.key, field.value]));
  let cleared = false;
  const value = (key) => typed[key] ?? (cleared ? '' : told[key]) ?? '';
  const { row, note } = keepRow(context);
  const needs = fields.filter((field, index) => field.needs && fields.findIndex((other) => other.key === field.key) === index);

  const sheet = (paper, index) => h('details', { class: 'paper', id: paper.id, open: index === 0 },
    h('summary', null, h('h2', null, paper.title)),
    h('div', { class: 'paper-inner' },
      h('form', { class: 'fields', onsubmit: (event) => event.preventDefault() }, ...paper.fields.map((field) => fieldInput(field, paper, value, context))),
      paperText(paper, value, context)));

  const clear = h('button', { type: 'button', class: 'plain-button', onclick: () => {
    const before = { typed, cleared, kept: device.read() };
    typed = {};
    cleared = true;
    device.forget();
    changed();
    const undo = h('button', { type: 'button', class: 'link-button', onclick: () => {
      ({ typed, cleared } = before);
      if (before.kept) device.write(before.kept);
      changed();
      note.replaceChildren();
      clear.focus();
    } }, w('undo'));
    note.replaceChildren(w('cleared'), undo);
  } }, w('clear_papers'));

  return [
    toolbar(context, h('a', { class: 'plain-button', href: pageAddress('my-plan', context) }, icon('list'), w('plan'))),
    heading(w('papers')),
    h('p', { class: 'not-printed' }, w('papers_private')),
    h('div', { class: 'paper-tools' }, row, clear),
    note,
    needs.length ? needsBox(needs, value, context) : null,
    ...data.papers.map(sheet),
  ].filter(Boolean);
});
