// The case sheet: what is known and missing, the plan with its ticks, the warnings given, notes, and two clocks.

import { h, icon } from '../js/dom.js';
import { STAGES } from '../js/cards.js';
import { createNotes } from './notes.js';
import { keyOf } from './keys.js';
import { cap, inTongue, section } from './parts.js';
import { clock } from './text.js';

/** Told so, the time since the transfer counts by the minute. */
const RUNNING = ['under_30min', 'under_24h'];

/** Milliseconds as `datetime-local` holds them: local time without a zone. */
const localTime = (milliseconds) => new Date(milliseconds - new Date(milliseconds).getTimezoneOffset() * 60_000).toISOString().slice(0, 19);

/** `act`: since(iso), done() goes back to the box, jump(slot), tick(id, done) → Promise, note(text, version) → Promise. `context()` gives `{w, own, caller}`. */
export function createSheet({ act, context }) {
  const call = h('b', { class: 'clock', role: 'timer' });
  const since = h('b', { class: 'clock', role: 'timer' });
  const callRow = h('p', { class: 'timer' });
  const sinceRow = h('div', { class: 'timer since' });
  const time = h('input', { type: 'datetime-local', id: 'time-moved', step: '1', hidden: true });
  const known = h('div');
  const missing = h('div');
  const plan = h('div');
  const warned = h('div');
  const notes = createNotes({ save: act.note, context });
  const clocks = h('div', { class: 'clocks' }, callRow, sinceRow);
  const root = h('aside', { class: 'sheet-side' }, clocks, h('div', { class: 'sheet-columns' },
    h('div', { class: 'sheet-column' }, known, missing, warned), h('div', { class: 'sheet-column' }, plan, notes.root)));
  let times = {};

  function tickClocks() {
    call.textContent = times.began ? clock((times.ended || Date.now()) - times.began) : '–';
    // Told only roughly, the clock runs on from the moment it was told.
    since.textContent = times.since || times.told ? clock(Date.now() - (times.since || times.told)) : '–';
  }

  function show(sheet, info) {
    const { w } = context();
    const at = (iso) => (iso ? new Date(iso).getTime() : null);
    times = { began: at(info.began_at || info.opened_at), ended: at(info.closed_at), since: at(sheet.since), told: RUNNING.includes(sheet.case?.elapsed) ? at(sheet.elapsed_at) : null };
    root.setAttribute('aria-label', w('sheet'));
    callRow.replaceChildren(h('span', null, w('call_time')), call);
    const elapsed = sheet.answers?.answers?.find((answer) => answer.slot === 'elapsed')?.value;
    sinceRow.classList.toggle('running', Boolean(times.since || times.told));
    if (!sinceRow.contains(document.activeElement)) {
      time.setAttribute('aria-label', w('time_moved'));
      sinceRow.replaceChildren(h('span', null, times.since || !times.told ? w(sheet.since_from === 'told' ? 'since_said' : 'since') : w('since_told', { elapsed })), since,
        h('button', { type: 'button', class: 'fact set-time', 'aria-keyshortcuts': keyOf('time_moved'), onclick: askTime }, w('set_time'), ' ', cap(keyOf('time_moved'))), time);
    }
    tickClocks();
    showKnown(sheet, w);
    showPlan(sheet.steps || [], w);
    warned.replaceChildren(section(w('warnings'), 'warnings', h('p', { class: 'chips' }, ...(sheet.warnings?.length
      ? sheet.warnings.map((kind) => h('span', { class: `chip chip-${kind}` }, icon('check'), w(`warning_${kind}`)))
      : [h('span', { class: 'quiet' }, w('warnings_none'))]))));
    notes.show(sheet);
  }

  function askTime() {
    time.hidden = false;
    time.value = localTime(times.since || Date.now());
    time.focus();
  }

  async function keepTime() {
    if (time.hidden) return;
    time.hidden = true;
    const chosen = new Date(time.value);
    if (Number.isNaN(chosen.getTime()) || Math.abs(chosen.getTime() - (times.since || 0)) < 1000) return;
    await act.since(chosen.toISOString());
  }
  time.addEventListener('blur', keepTime);
  time.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') act.done();
  });

  function showKnown(sheet, w) {
    const answers = sheet.answers?.answers || [];
    known.replaceChildren(section(w('known'), 'known', answers.length
      ? h('dl', { class: 'facts' }, ...answers.map((answer) => h('div', { class: answer.skipped ? 'skipped' : false, dataset: { slot: answer.slot } },
        h('dt', null, answer.label || answer.slot),
        h('dd', null, h('button', { type: 'button', class: 'fact', title: w('change', { label: answer.label }), onclick: () => act.jump(answer.slot) }, String(answer.value ?? ''))))))
      : h('p', { class: 'quiet' }, w('nothing_known'))));
    const needed = sheet.missing || [];
    missing.replaceChildren(...(needed.length ? [section(w('missing'), 'missing',
      h('ul', { class: 'needs' }, ...needed.map((item) => h('li', null, typeof item === 'string' ? item : item.text || item.id))), h('p', { class: 'hint' }, w('missing_hint')))] : []));
  }

  function showPlan(steps, w) {
    const { own, caller } = context();
    const opened = new Set([...plan.querySelectorAll('details[open]')].map((each) => each.closest('[data-step]').dataset.step));
    const focused = plan.contains(document.activeElement) ? document.activeElement.closest('[data-step]')?.dataset.step : null;
    const progress = h('span', { class: 'progress' }, w('plan_progress', { done: steps.filter((step) => step.done).length, all: steps.length }));
    const block = section(w('plan'), 'plan', ...STAGES.filter((stage) => steps.some((step) => step.stage === stage)).flatMap((stage) => [
      h('h4', null, w(`stage_${stage}`)),
      h('ul', { class: 'plan-steps' }, ...steps.filter((step) => step.stage === stage).map((step) => planStep(step, { w, own, caller, open: opened.has(step.id) }))),
    ]));
    block.querySelector('h3').append(progress);
    plan.replaceChildren(block);
    if (focused) plan.querySelector(`[data-step="${CSS.escape(focused)}"] input`)?.focus();
  }

  function planStep(step, { w, caller, open }) {
    const box = h('input', { type: 'checkbox', 'aria-label': w('tick', { title: step.title }) });
    box.checked = Boolean(step.done);
    const item = h('li', { dataset: { step: step.id, done: String(box.checked) } }, box,
      h('details', { open }, h('summary', null, step.title),
        step.staff ? h('p', { class: 'step-line' }, h('span', { class: 'quiet' }, w('read_aloud')), inTongue(h('span', null, step.staff), caller)) : null));
    box.addEventListener('change', async () => {
      item.dataset.done = String(box.checked);
      try {
        await act.tick(step.id, box.checked);
      } catch {
        box.checked = !box.checked;
        item.dataset.done = String(box.checked);
      }
    });
    return item;
  }

  setInterval(tickClocks, 1000);
  return {
    root,
    show,
    notes,
    askTime,
    /** Put the cursor on the first step that is still to do. */
    focusPlan() {
      (plan.querySelector('[data-done="false"] input') || plan.querySelector('input'))?.focus();
    },
  };
}
