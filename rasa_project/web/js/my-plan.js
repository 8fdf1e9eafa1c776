// The plan as a document: every step in full, to read, to print, to save as PDF. Nothing here changes anything.

import { caseSummary, contactList, sourceList, STAGES } from './cards.js';
import { openDocument, toolbar } from './document.js';
import { h, icon, paragraphs } from './dom.js';

function step(value, number, { w }) {
  return h('li', { class: 'paper-step', dataset: { step: value.id } },
    h('span', { class: 'paper-box', role: 'img', 'aria-label': w(value.done ? 'is_done' : 'is_open') }, value.done ? icon('check') : null),
    h('div', null,
      h('h3', null, `${number}. ${value.title}`),
      ...paragraphs(value.body),
      value.why ? h('p', { class: 'step-why' }, h('b', null, w('why')), value.why) : null,
      value.deadline ? h('p', { class: 'step-deadline' }, h('b', null, w('deadline')), value.deadline) : null,
      value.contacts?.length ? contactList(value.contacts) : null,
      value.evidence?.length ? h('div', { class: 'step-keep' }, h('b', null, w('keep')), h('ul', null, ...value.evidence.map((text) => h('li', null, text)))) : null,
      sourceList(value.sources, w)));
}

openDocument((data, context) => {
  const { w, token } = context;
  let number = 0;
  const stages = STAGES.filter((stage) => data.steps.some((one) => one.stage === stage)).map((stage) => h('section', { class: 'paper-stage', dataset: { stage } },
    h('h2', null, w(`stage_${stage}`)),
    h('ol', { class: 'paper-steps' }, ...data.steps.filter((one) => one.stage === stage).map((one) => step(one, (number += 1), context)))));
  const papers = h('a', { class: 'plain-button', href: `papers#${token}` }, w('papers'));
  return [
    toolbar(context, papers),
    h('h1', null, w('plan')),
    h('p', { class: 'made' }, w('made_on', { date: data.made.slice(0, 10) })),
    h('div', { class: 'card card-warning warning-recovery_offer' }, icon('shield'), h('div', { class: 'warning-body' }, ...paragraphs(data.warning))),
    h('section', { class: 'paper-case' }, ...caseSummary(data.answers, context)),
    ...stages,
    h('p', { class: 'paper-foot' }, w('what_it_is')),
  ];
});
