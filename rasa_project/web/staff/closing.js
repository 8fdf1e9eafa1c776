// Ending a call: the disposition on number keys, then the summary to copy, print or export, and the caller's code.

import { h } from '../js/dom.js';
import { composing, placeOf } from './keys.js';
import { button, cap, copy, inTongue, keyed } from './parts.js';
import { inLanguage, spelled, when } from './text.js';

/** The hotline's last line to say and the list of dispositions; `choose(id)` closes the call. */
export function dispositionPanel({ dispositions, line, choose, context }) {
  const { w, own, caller } = context();
  const list = h('ol', { class: 'answers-list two', tabindex: '-1', 'aria-label': w('disposition') }, ...dispositions.map((each, index) => h('li', null,
    h('button', { type: 'button', class: 'answer', dataset: { disposition: each.id }, 'aria-keyshortcuts': index < 10 ? String((index + 1) % 10) : false, onclick: () => choose(each.id) },
      cap(index < 10 ? String((index + 1) % 10) : ''), h('span', null, inLanguage(each, own))))));
  list.addEventListener('keydown', (event) => {
    const place = composing(event) ? null : placeOf(event.key);
    if (place === null || !dispositions[place]) return;
    event.preventDefault();
    choose(dispositions[place].id);
  });
  return { elements: [...(line ? [inTongue(h('p', { class: 'spoken-line' }, line), caller)] : []), list], focus: list };
}

/** After the end. `act`: summary() → text, file(format), reopen(), newCall(). */
export function createClosed({ act, code, context }) {
  const root = h('section', { class: 'closed' });
  async function show(call, disposition) {
    const { w, own } = context();
    const text = h('pre', { class: 'summary', tabindex: '0', 'aria-label': w('summary') });
    const title = h('h2', { tabindex: '-1' }, w('closed'), disposition ? h('span', { class: 'quiet' }, ` · ${inLanguage(disposition, own)}`) : null);
    const copied = h('span', { role: 'status', class: 'hint' });
    const link = (name, format) => h('a', { class: 'plain-button', href: act.file(format), download: `call-${call.number}.${format}` }, name);
    root.replaceChildren(title,
      h('div', { class: 'row' },
        keyed('new_call', w('new_call'), act.newCall, { class: 'strong-button tool' }),
        button(w('copy'), async () => {
          copied.textContent = (await copy(text.textContent)) ? w('copied') : w('failed');
        }),
        button(w('print'), () => window.print()),
        link('JSON', 'json'), link('CSV', 'csv'),
        button(w('reopen'), act.reopen), copied),
      code.root, inTongue(text, own));
    title.focus();
    try {
      text.textContent = await act.summary();
    } catch {
      text.textContent = w('failed');
    }
  }
  return { root, show };
}

/** The code for the caller's own phone: large, and spelled out for reading aloud. `make()` → `{code, path, url?, expires_at}`. */
export function createCode({ make, context }) {
  const root = h('section', { class: 'phone-code' });
  let given = null;

  function draw() {
    const { w, own, caller } = context();
    const title = h('h3', null, w('phone_code'));
    if (!given) {
      root.replaceChildren(title, keyed('phone_code', w('phone_code_make'), open));
      return;
    }
    const address = new URL(given.url || given.path, location.origin);
    const shown = `${address.host}${address.pathname}`;
    root.replaceChildren(title,
      h('p', { class: 'big-code', tabindex: '-1' }, given.code),
      h('p', { class: 'hint' }, w('spoken_as', { letters: spelled(given.code) })),
      inTongue(h('p', { class: 'spoken-line' }, context().spoken('phone_code_say', { address: shown })), caller),
      h('p', { class: 'hint' }, w('phone_code_until', { date: when(given.expires_at, own) })));
  }

  async function open() {
    try {
      given = await make();
      draw();
      root.querySelector('.big-code').focus();
    } catch {
      root.append(h('p', { role: 'alert' }, context().w('failed')));
    }
  }

  return {
    root,
    open,
    draw,
    clear() {
      given = null;
      draw();
    },
  };
}
