// The plan as a document: every step in full, to work through, to print, to save as PDF. Steps are ticked on the
// server by whoever holds the conversation; what to keep is ticked on this device; behind a link all is only read.

import { caseSummary, contactList, sourceList, STAGES } from './cards.js';
import { kept } from './device.js';
import { heading, openDocument, pageAddress, toolbar } from './document.js';
import { h, icon, paragraphs, webAddress } from './dom.js';

const collected = kept('evidence');

/** The sources of all steps, each once: id -> {number, source}. Printed at the end, so that they are said once. */
function numbered(steps) {
  const all = new Map();
  for (const source of steps.flatMap((step) => step.sources || [])) {
    if (!all.has(source.id)) all.set(source.id, { number: all.size + 1, source });
  }
  return all;
}

/** The box before a step: a checkbox that the server keeps, or, behind a link, how it stands. */
function stepBox(value, { w, api, link }, status, count) {
  if (link) return h('span', { class: 'paper-box', role: 'img', 'aria-label': w(value.done ? 'is_done' : 'is_open') }, value.done ? icon('check') : null);
  const box = h('input', { type: 'checkbox', 'aria-label': w('tick', { title: value.title }) });
  box.checked = Boolean(value.done);
  const set = (done) => {
    value.done = box.checked = done;
    count();
  };
  box.addEventListener('steady-done', (event) => set(event.detail));
  box.addEventListener('change', async () => {
    const done = box.checked;
    set(done);
    status.textContent = '';
    try {
      await api.tick(value.id, done);
    } catch {
      set(!done);
      status.textContent = w('tick_failed');
    }
  });
  return h('label', { class: 'tick' }, box, h('span', { class: 'tick-box' }, icon('check')));
}

/** What to say on the telephone: open where these words come first, folded where they come again. */
function sayBlock(lines, { w }, said) {
  if (!lines?.length) return null;
  const first = !said.has(lines.join());
  said.add(lines.join());
  return h('details', { class: 'say', open: first }, h('summary', null, icon('phone'), w('what_to_say')), h('blockquote', null, ...lines.map((line) => h('p', null, line))));
}

function stepItem(value, number, context, parts) {
  const { w } = context;
  const refs = (value.sources || []).map((source) => parts.sources.get(source.id).number).sort((a, b) => a - b);
  return h('li', { class: 'paper-step', dataset: { step: value.id } },
    stepBox(value, context, parts.status, parts.count),
    h('div', null,
      h('h3', null, `${number}. ${value.title}`),
      ...paragraphs(value.body),
      value.deadline ? h('p', { class: 'step-deadline' }, h('b', null, w('deadline')), value.deadline) : null,
      sayBlock(value.say, context, parts.said),
      value.contacts?.length ? contactList(value.contacts) : null,
      value.why ? h('p', { class: 'step-why' }, h('b', null, w('why')), value.why) : null,
      value.evidence?.length ? h('p', { class: 'step-evidence' }, h('b', null, w('keep_colon')), value.evidence.join(w('between'))) : null,
      sourceList(value.sources, w),
      refs.length ? h('p', { class: 'source-refs' }, `${w('sources')} ${refs.join(', ')}`) : null));
}

/** Everything the steps name to keep, once; what is in hand is ticked on this device alone. */
function evidenceList(evidence, { w }) {
  if (!evidence.length) return null;
  const item = ({ id, text }) => {
    const box = h('input', { type: 'checkbox' });
    box.checked = Boolean(collected.read()?.[id]);
    box.addEventListener('change', () => {
      const { [id]: _, ...others } = collected.read() || {};
      if (box.checked) collected.write({ ...others, [id]: true });
      else if (Object.keys(others).length) collected.write(others);
      else collected.forget();
    });
    window.addEventListener('storage', (event) => {
      if (event.key === collected.key || event.key === null) box.checked = Boolean(collected.read()?.[id]);
    });
    return h('li', { dataset: { evidence: id } }, h('label', { class: 'tick-line' }, h('span', { class: 'tick' }, box, h('span', { class: 'tick-box' }, icon('check'))), h('span', null, text)));
  };
  return h('section', { class: 'paper-stage evidence' }, h('h2', null, w('evidence_title')), h('p', { class: 'hint' }, w('evidence_hint')), h('ul', { class: 'evidence-list' }, ...evidence.map(item)));
}

/** On paper nothing can be tapped: every source with its address written out. */
function sourceAppendix(sources, { w }) {
  return h('section', { class: 'paper-stage appendix' }, h('h2', null, w('sources')), h('ol', null, ...[...sources.values()].map(({ source }) => h('li', null,
    `${source.title} · ${w('checked', { date: source.checked })}`, source.url && webAddress(source.url) ? h('span', { class: 'address' }, ` ${source.url}`) : null))));
}

let refresh = null;

function show(data, context) {
  const { w, api } = context;
  const status = h('p', { class: 'tick-status', role: 'status' });
  const progress = h('p', { class: 'made' });
  const count = () => {
    progress.textContent = `${w('made_on', { date: data.made.slice(0, 10) })} · ${w('progress', { done: data.steps.filter((one) => one.done).length, all: data.steps.length })}`;
  };
  count();
  const parts = { status, count, said: new Set(), sources: numbered(data.steps) };
  let number = 0;
  const stages = STAGES.filter((stage) => data.steps.some((one) => one.stage === stage)).map((stage) => h('section', { class: 'paper-stage', dataset: { stage } },
    h('h2', null, w(`stage_${stage}`)),
    h('ol', { class: 'paper-steps' }, ...data.steps.filter((one) => one.stage === stage).map((one) => stepItem(one, (number += 1), context, parts)))));

  refresh = async () => {
    const { steps } = await api.shared(data.language);
    for (const { id, done } of steps) {
      document.querySelector(`[data-step="${CSS.escape(id)}"] .tick input`)?.dispatchEvent(new CustomEvent('steady-done', { detail: done }));
    }
  };
  return [
    toolbar(context, h('a', { class: 'plain-button', href: pageAddress('papers', context) }, icon('paper'), w('papers'))),
    heading(w('plan')),
    progress,
    h('p', { class: 'paper-foot' }, w('what_it_is')),
    context.link ? h('p', { class: 'hint' }, w('only_reads')) : null,
    h('div', { class: 'card card-warning warning-recovery_offer' }, icon('shield'), h('div', { class: 'warning-body' }, ...paragraphs(data.warning))),
    h('section', { class: 'paper-case' }, ...caseSummary(data.answers, { ...context, headline: 'h2' })),
    ...stages,
    evidenceList(data.evidence, context),
    sourceAppendix(parts.sources, context),
    status,
  ].filter(Boolean);
}

// What was ticked in the conversation, or in another tab, meanwhile. Without an answer the page stays as it is.
document.addEventListener('visibilitychange', () => {
  if (!document.hidden) refresh?.().catch(() => {});
});

openDocument(show);
