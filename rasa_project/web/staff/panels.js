// What opens below the question without hiding it: looking things up, checking an offer, all questions, the crisis protocol.

import { h } from '../js/dom.js';
import { flagged } from './line.js';
import { composing } from './keys.js';
import { button, cap, contactLines, inTongue, lines, walk } from './parts.js';
import { answerTo } from './place.js';

const SEARCH_AFTER = 180;

/** The frame: one panel at a time. `close()` is called after Escape or the button. */
export function createFrame({ context, closed }) {
  const title = h('h2', { id: 'panel-title', class: 'small-title' });
  const leave = h('button', { type: 'button', class: 'tool', onclick: () => close() });
  const body = h('div', { class: 'panel-body' });
  const root = h('section', { class: 'panel', hidden: true, 'aria-labelledby': 'panel-title' }, h('div', { class: 'panel-head' }, title, leave), body);
  let name = null;

  function close() {
    if (!name) return;
    name = null;
    root.hidden = true;
    body.replaceChildren();
    closed();
  }

  return {
    root,
    close,
    name: () => name,
    open(which, heading, elements, focus) {
      const { w } = context();
      name = which;
      root.dataset.panel = which;
      title.textContent = heading;
      leave.replaceChildren(h('span', null, w('close_panel')), cap('Esc'));
      body.replaceChildren(...elements);
      body.scrollTop = 0;
      root.hidden = false;
      focus?.focus({ preventScroll: true });
    },
  };
}

/** Search as you type over questions, contacts and steps; what is found is read aloud in the caller's language. */
export function searchPanel({ find, context, kept, keep }) {
  const { w, own, caller } = context();
  const field = h('input', { type: 'search', id: 'lookup', autocomplete: 'off', 'aria-describedby': 'lookup-count', value: kept });
  const count = h('p', { id: 'lookup-count', class: 'hint', role: 'status' }, w('search_hint'));
  const results = h('ul', { class: 'results' });
  let timer = null;
  let asked = 0;

  async function look() {
    const text = field.value.trim();
    keep(field.value);
    asked += 1;
    const mine = asked;
    try {
      // Before anything is typed: the hotline's own lines.
      const found = await find(text.length < 2 ? '' : text);
      if (mine !== asked) return;
      count.textContent = text.length < 2 ? w('search_hint') : found.length ? w('search_count', { count: found.length }) : w('search_none');
      results.replaceChildren(...found.map((each, index) => result(each, index === 0)));
    } catch {
      if (mine === asked) count.textContent = w('no_answer');
    }
  }

  const result = (each, open) => h('li', null, h('details', { class: 'result', open, name: 'result' },
    h('summary', null, h('span', { class: 'kind' }, w(`kind_${each.kind}`)), inTongue(h('span', { class: 'result-name' }, each.label || each.title), own)),
    inTongue(h('div', { class: 'spoken-line' }, each.label && each.label !== each.title && each.title !== each.body ? h('p', { class: 'result-title' }, each.title) : null, ...lines(each.body)), caller),
    contactLines(each.contacts)));

  field.addEventListener('input', (event) => {
    clearTimeout(timer);
    if (!event.isComposing) timer = setTimeout(look, SEARCH_AFTER);
  });
  field.addEventListener('compositionend', look);
  field.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && !composing(event)) look();
  });
  const root = h('div', null, h('label', { for: 'lookup' }, w('search_label')), field, count, results);
  walk(root, () => [field, ...results.querySelectorAll('summary')]);
  // What is walked onto opens: one glance, no further key.
  results.addEventListener('focusin', (event) => {
    if (event.target.matches('summary')) event.target.parentElement.open = true;
  });
  look();
  return { elements: [root], focus: field };
}

/** Check what somebody wrote or said. `enter(text)` puts it on the case as something the caller told. */
export function checkPanel({ check, enter, context }) {
  const { w, caller, own } = context();
  const field = h('textarea', { id: 'offer', rows: '3', maxlength: '2000' });
  const result = h('div', { 'aria-live': 'polite' });
  let checked = null;

  async function look() {
    const text = field.value.trim();
    if (!text) return;
    if (checked === text) {
      enter(text);
      return;
    }
    try {
      const found = await check(text);
      checked = text;
      const verdict = found.offer ? 'check_offer' : found.flags.length ? 'check_flags' : 'check_clean';
      result.replaceChildren(
        h('p', { class: found.offer || found.flags.length ? 'verdict bad' : 'verdict' }, w(verdict)),
        inTongue(flagged({ text: found.flags.length ? text : '', flags: found.flags }), caller),
        button([w('check_enter'), ' ', cap('↵')], () => enter(text), { class: 'strong-button' }));
    } catch {
      result.replaceChildren(h('p', { class: 'verdict' }, w('no_answer')));
    }
  }

  field.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || composing(event)) return;
    event.preventDefault();
    look();
  });
  inTongue(field, own);
  return { elements: [h('label', { for: 'offer' }, w('check_label')), field, button(w('check_now'), look), result], focus: field };
}

/** Every question of the script with its line and where it stands. */
export function scriptPanel({ script, sheet, jump, context }) {
  const { w, own, caller } = context();
  const items = script.map((question) => {
    const held = answerTo(sheet, question.slot);
    const open = sheet?.open === question.slot;
    const state = open ? w('state_open') : held ? (held.skipped ? w('state_skipped') : held.value) : w('state_waiting');
    return h('li', null, h('button', { type: 'button', class: `script-item ${open ? 'open' : held && !held.skipped ? 'answered' : ''}`, dataset: { slot: question.slot }, onclick: () => jump(question.slot) },
      h('span', { class: 'script-name' }, inTongue(h('b', null, question.title), own), h('span', { class: 'script-state' }, String(state))),
      inTongue(h('span', { class: 'script-line' }, question.line), caller)));
  });
  const list = h('ol', { class: 'script-list' }, ...items);
  walk(list, () => [...list.querySelectorAll('button')]);
  const at = list.querySelector('.open') || list.querySelector('button');
  return { elements: [h('p', { class: 'hint' }, w('script_hint')), list], focus: at };
}

/** The crisis protocol as the page carries it: there before, and without, any answer of the server. */
export function crisisPanel({ context }) {
  const { w, caller, own } = context();
  const kept = document.querySelector(`#help [data-crisis="${CSS.escape(caller)}"]`) || document.querySelector('#help [data-crisis]');
  const copy = kept.cloneNode(true);
  copy.tabIndex = -1;
  return { elements: [inTongue(h('p', { class: 'alarm' }, w('note_crisis')), own), copy], focus: copy };
}
