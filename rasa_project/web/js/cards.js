// One element for each kind of card a message can carry (`custom.type`). Unknown kinds show nothing.

import { h, icon, paragraphs, spoken, telOf, webAddress } from './dom.js';

export const STAGES = ['now', 'today', 'this_week', 'while_waiting'];
const HAN = /\p{Script=Han}/u;
const WARNING_ICONS = { recovery_offer: 'shield', pressure: 'stop', crisis: 'care' };

/**
 * `custom` as an element, or null. `context`: `w` (the page's words), `phones` (Set of known numbers),
 * `tick(id, done)` → Promise, `text` (of the message the card came with).
 */
export function card(custom, context) {
  switch (custom && custom.type) {
    case 'steps':
      return h('div', { class: 'card card-steps' }, stepList(custom.steps || [], { ...context, brief: true }));
    case 'contacts':
      return h('div', { class: 'card card-contacts' }, contactList(custom.contacts || []));
    case 'warning':
      return warning(custom, context);
    case 'offer_check':
      return offerCheck(custom, context);
    case 'case':
      return h('div', { class: 'card card-case' }, caseSummary(custom, context));
    default:
      return null;
  }
}

/** Contacts as large tap targets: a number that dials, a link that opens elsewhere, or words that say where to look. */
export function contactList(contacts) {
  return h('ul', { class: 'contacts' }, ...contacts.map((contact) => {
    const name = h('span', { class: 'contact-name' }, contact.name);
    const tel = telOf(contact.phone);
    const url = contact.url ? webAddress(contact.url) : null;
    let way;
    if (tel) way = h('a', { href: tel }, name, h('span', { class: 'contact-reach' }, contact.phone));
    else if (url) way = h('a', { href: url, target: '_blank', rel: 'noopener noreferrer' }, name, h('span', { class: 'contact-reach' }, new URL(url).host));
    else way = h('div', { class: 'contact-where' }, name, h('span', { class: 'contact-reach' }, contact.where || ''));
    const notes = [contact.hours, contact.note].filter(Boolean);
    return h('li', { class: 'contact', dataset: { contact: contact.id } }, way,
      ...notes.map((note) => h('p', { class: 'contact-note' }, note)));
  }));
}

/**
 * Steps under their stages. What is to do now is open and the rest shows its titles; in the conversation
 * (`context.brief`) only the very next step is open, so that the question after the card is not far away.
 */
export function stepList(steps, context) {
  const { w, brief } = context;
  const next = steps.find((step) => step.stage === 'now' && !step.done);
  const opened = (step) => (brief ? step === next : step.stage === 'now' && !step.done);
  return STAGES.filter((stage) => steps.some((step) => step.stage === stage)).map((stage) => {
    const mine = steps.filter((step) => step.stage === stage);
    const progress = h('span', { class: 'progress' });
    const count = () => {
      progress.textContent = w('progress', { done: mine.filter((step) => step.done).length, all: mine.length });
    };
    count();
    return h('section', { class: 'stage', dataset: { stage } },
      h('h3', null, w(`stage_${stage}`), progress),
      h('ul', { class: 'steps' }, ...mine.map((step) => stepItem(step, { ...context, count, open: opened(step) }))));
  });
}

function stepItem(step, { w, phones, tick, count, open }) {
  const box = h('input', { type: 'checkbox', 'aria-label': w('tick', { title: step.title }) });
  box.checked = Boolean(step.done);
  const item = h('li', { class: 'step', dataset: { step: step.id, done: String(Boolean(step.done)) } },
    h('label', { class: 'tick' }, box, h('span', { class: 'tick-box' }, icon('check'))),
    h('details', { open },
      h('summary', null, h('span', { class: 'step-title' }, step.title), icon('down')),
      h('div', { class: 'step-body' },
        ...paragraphs(step.body, phones),
        step.why ? h('p', { class: 'step-why' }, h('b', null, w('why')), step.why) : null,
        step.deadline ? h('p', { class: 'step-deadline' }, h('b', null, w('deadline')), step.deadline) : null,
        step.contacts && step.contacts.length ? contactList(step.contacts) : null,
        step.evidence && step.evidence.length
          ? h('div', { class: 'step-keep' }, h('b', null, w('keep')), h('ul', null, ...step.evidence.map((text) => h('li', null, text))))
          : null,
        sourceList(step.sources, w))));
  // `steady-tick` also comes from the other place that shows this step, so both stay the same.
  const show = (done) => {
    step.done = done;
    box.checked = done;
    item.dataset.done = String(done);
    count();
  };
  item.addEventListener('steady-tick', (event) => show(event.detail));
  box.addEventListener('change', () => {
    show(box.checked);
    tick(step.id, box.checked).catch(() => show(!box.checked));
  });
  return item;
}

export function sourceList(sources, w) {
  if (!sources || !sources.length) return null;
  return h('details', { class: 'sources' },
    h('summary', null, w('sources')),
    h('ul', null, ...sources.map((source) => h('li', null, ...sourceText(source, w)))));
}

/** A source is its title, linked where the publisher is the host, and the day it was checked; or just its id. */
function sourceText(source, w) {
  if (typeof source === 'string') return [source];
  const url = source.url ? webAddress(source.url) : null;
  const title = source.title || source.id || '';
  // Titles stay in the language they were published in.
  const named = h('span', { lang: HAN.test(title) ? 'zh-CN' : false }, title);
  return [
    url ? h('a', { href: url, target: '_blank', rel: 'noopener noreferrer' }, named) : named,
    source.checked ? ` · ${w('checked', { date: source.checked })}` : '',
  ];
}

function warning(custom, { phones, text }) {
  const kind = WARNING_ICONS[custom.kind] ? custom.kind : 'recovery_offer';
  // Crisis and pressure messages say by themselves all that their card's line says; others may quote it.
  const enough = text && (kind !== 'recovery_offer' || text.includes(custom.text));
  const lines = (enough ? [text] : [text, custom.text]).filter(Boolean);
  return h('div', { class: `card card-warning warning-${kind}` },
    icon(WARNING_ICONS[kind]),
    h('div', { class: 'warning-body' },
      ...lines.flatMap((line) => paragraphs(line, phones)),
      custom.contacts && custom.contacts.length ? contactList(custom.contacts) : null));
}

/** The person's text with the flagged words marked and numbered, and one line for each number below it. */
function offerCheck(custom, { w, text, phones }) {
  // Numbered in the order in which their marks end, where the number stands.
  const flags = [...(custom.flags || [])].sort((a, b) => a.end - b.end || a.start - b.start)
    .map((flag, index) => ({ ...flag, number: index + 1 }));
  return h('div', { class: 'card card-offer' },
    ...paragraphs(text, phones),
    custom.text ? h('p', { class: 'label' }, w('your_message')) : null,
    custom.text ? h('blockquote', null, ...marked(custom.text, flags)) : null,
    flags.length ? h('p', { class: 'label' }, w('flags_found')) : null,
    flags.length ? h('ol', { class: 'flags' }, ...flags.map((flag) => h('li', null,
      h('p', null, flag.name ? h('b', null, `${flag.name} `) : null, flag.explanation || ''),
      flag.source && flag.source.length !== 0
        ? h('p', { class: 'flag-source' }, w('source'), ...[flag.source].flat().flatMap((source) => sourceText(source, w)))
        : null))) : null);
}

/**
 * `text` in pieces, flagged ones in <mark>. Flags count characters (code points), as the server does; they may
 * overlap, so the text is cut at every edge. A word joiner keeps the number on the line of its words.
 */
export function marked(text, flags) {
  const characters = Array.from(text);
  const edges = new Set([0, characters.length]);
  for (const flag of flags) edges.add(flag.start).add(flag.end);
  const cuts = [...edges].filter((edge) => edge >= 0 && edge <= characters.length).sort((a, b) => a - b);
  return cuts.slice(0, -1).map((from, index) => {
    const piece = characters.slice(from, cuts[index + 1]).join('');
    const over = flags.filter((flag) => flag.start <= from && flag.end > from);
    if (!over.length) return document.createTextNode(piece);
    const ending = over.filter((flag) => flag.end === cuts[index + 1]).map((flag) => flag.number);
    return h('mark', null, piece, ending.length ? h('sup', null, `\u2060${ending.join(' ')}`) : null);
  });
}

/** The answers so far as a list of terms, and what a stop-payment still needs. */
export function caseSummary(custom, { w, headline = 'h3' }) {
  const answers = custom.answers || [];
  const missing = custom.missing || [];
  return [
    answers.length ? h(headline, null, w('answers')) : null,
    answers.length ? h('dl', { class: 'answers' }, ...answers.map((answer) => h('div', { class: answer.skipped ? 'skipped' : false },
      h('dt', null, answer.label || answer.slot), h('dd', null, String(answer.value ?? ''))))) : null,
    missing.length ? h('div', { class: 'step-keep' }, h('b', null, w('missing')),
      h('ul', null, ...missing.map((item) => h('li', null, typeof item === 'string' ? item : item.text || item.id)))) : null,
  ].filter(Boolean);
}

/** Speaks for nobody: who said a message, for screen readers. */
export const speaker = (w, person) => spoken(w(person ? 'you_say' : 'steady_says'));
