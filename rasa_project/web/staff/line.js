// The middle of the screen: what is read out, the open question, the answers on number keys, and the notes to oneself.

import { h } from '../js/dom.js';
import { marked } from '../js/cards.js';
import { cap, contactLines, inTongue, keyed, lines } from './parts.js';
import { answerTo } from './place.js';

/** From so many characters on a text is set smaller, so that the answers stay on the screen. */
const LONG = { zh: 45, other: 90 };

/** Ids of the answers of a place are their places: 0 is the key 1. */
const digitOf = (place) => (place < 10 ? String((place + 1) % 10) : '');

/** `act`: choose(button), back(), skip(), finish(). `context()` gives `{w, own, caller, titleOf}`. */
export function createLine({ act, context }) {
  const heading = h('h2', { class: 'small-title' });
  const before = h('div', { class: 'before', tabindex: '0', role: 'region' });
  const askTitle = h('h2', { class: 'small-title ask-title' });
  const question = h('div', { class: 'question', id: 'question' });
  const hint = h('p', { class: 'hint jumped' });
  // The question is announced when it changes; the long lines before it are read by the eye.
  const say = h('section', { class: 'say' }, heading, before);
  const ask = h('section', { class: 'ask', 'aria-live': 'polite' }, askTitle, question, hint);
  const answers = h('ol', { class: 'answers-list' });
  const ways = h('div', { class: 'ways' });
  const choices = h('section', { class: 'choices-block' }, answers, ways);
  const notes = h('ul', { class: 'notes-list' });
  const notesTitle = h('h3');
  const aside = h('section', { class: 'block block-own' }, notesTitle, notes);
  let shown = null;

  function show(place, sheet, { degraded = false, masked = null, script = null } = {}) {
    const { w, own, caller, titleOf } = context();
    shown = place;
    const spoken = place.before.flatMap((message) => readOut(message, caller));
    heading.textContent = w(place.slot || place.ask ? 'read_first' : 'say');
    before.setAttribute('aria-label', heading.textContent);
    before.replaceChildren(...spoken);
    before.scrollTop = 0;
    say.hidden = !spoken.length;
    ask.dataset.slot = place.slot || '';
    askTitle.textContent = place.slot ? `${w(spoken.length ? 'ask' : 'ask_now')} · ${titleOf(place.slot)}` : w('say');
    const own_words = place.ask ? readOut(place.ask, caller) : [h('p', { class: 'quiet' }, w('no_question'))];
    question.replaceChildren(...own_words);
    question.classList.toggle('long', question.textContent.length > LONG[caller === 'zh' ? 'zh' : 'other']);
    hint.textContent = place.jumped ? [place.still && w('open_meanwhile', { title: titleOf(place.still) }), w('out_of_order')].filter(Boolean).join(' ') : place.ask ? '' : w('no_question_hint');
    ask.classList.toggle('out-of-order', Boolean(place.jumped));
    showAnswers(place, sheet);
    showNotes(place, { w, own, degraded, masked, script });
  }

  function showAnswers(place, sheet) {
    const { w, own } = context();
    const given = new Set((answerTo(sheet, place.slot)?.values || []).map(String));
    answers.setAttribute('aria-label', w('answers'));
    answers.replaceChildren(...place.answers.map((each, index) => {
      const held = given.has(valueOf(each.payload));
      const digit = digitOf(index);
      return h('li', null, inTongue(h('button', {
        type: 'button', class: held ? 'answer held' : 'answer', dataset: { payload: each.payload }, 'aria-keyshortcuts': digit || false, onclick: () => act.choose(each),
      }, digit ? cap(digit) : h('kbd', { 'aria-hidden': 'true', class: 'none' }), h('span', null, each.title)), own));
    }));
    answers.classList.toggle('two', place.answers.length > 3);
    answers.hidden = !place.answers.length;
    ways.replaceChildren(
      keyed('back', w('back'), act.back),
      keyed('skip', w('skip'), act.skip, { disabled: !(place.ways.includes('/skip') || place.jumped) }),
      keyed('finish', w('finish'), act.finish));
  }

  function showNotes(place, { w, own, degraded, masked, script }) {
    const steps = place.before.flatMap((message) => (message.custom?.type === 'steps' ? message.custom.steps : []));
    const warned = [...place.before, place.ask].filter((message) => message?.custom?.type === 'warning').map((message) => message.custom.kind);
    const why = place.slot && (place.ask?.note || script?.find(({ slot }) => slot === place.slot)?.note);
    const items = [
      degraded && ['alarm', w('note_degraded')],
      masked && ['alarm', w('masked', { text: masked })],
      warned.includes('crisis') && ['alarm', w('note_crisis')],
      steps.length > 0 && place.slot && ['', w('note_steps', { count: steps.length })],
      ...place.before.filter((message) => message.note).map((message) => ['', message.note]),
      ...steps.filter((step) => step.deadline).map((step) => ['', step.deadline]),
      ...warned.filter((kind) => kind !== 'crisis').map((kind) => ['', w('note_warned', { kind: w(`warning_${kind}`) })]),
      place.slot && !place.answers.length && ['', w('note_free')],
      why && ['', `${w('why_we_ask')}${why}`],
    ].filter(Boolean);
    notesTitle.textContent = w('for_you');
    notes.replaceChildren(...items.map(([kind, text]) => inTongue(h('li', { class: kind }, text), own)));
    aside.hidden = !items.length;
  }

  /** What of a message is said aloud, in the caller's language; titles stand beside it, small. */
  function readOut(message, caller) {
    const { w, own } = context();
    const custom = message.custom || {};
    const said = lines(message.text);
    if (custom.type === 'warning' && custom.text && !(message.text && (custom.kind !== 'recovery_offer' || message.text.includes(custom.text)))) said.push(...lines(custom.text));
    const element = inTongue(h('div', { class: `spoken-line ${custom.type || 'plain'} ${custom.kind || ''}` }, ...said), message.lang || caller);
    if (custom.type === 'steps') {
      element.append(h('ol', { class: 'spoken-steps' }, ...custom.steps.map((step) => h('li', { dataset: { spoken: step.id } },
        inTongue(h('p', { class: 'step-name' }, w(`stage_${step.stage}`), ' · ', step.title), own),
        ...lines(step.staff || step.body),
        contactLines(step.contacts)))));
    }
    if (custom.type === 'offer_check') element.append(inTongue(flagged(custom), own));
    if (custom.contacts?.length) element.append(contactLines(custom.contacts));
    return said.length || element.childElementCount ? [element] : [];
  }

  return {
    say,
    ask,
    choices,
    aside,
    show,
    relabel: (sheet, more) => shown && show(shown, sheet, more),
    /** Show which answer a digit is about to choose; true when there is one. */
    mark(place) {
      const all = [...answers.querySelectorAll('.answer')];
      all.forEach((each, index) => each.classList.toggle('marked', index === place));
      return place !== null && place < all.length;
    },
    answerAt: (place) => shown?.answers[place] || null,
    enable(on) {
      for (const each of choices.querySelectorAll('button')) each.classList.toggle('waiting', !on);
    },
    scroll: (direction) => before.scrollBy({ top: direction * before.clientHeight * 0.8 }),
  };
}

/** The words of an offer with its tricks marked, and one line for each of them. */
export function flagged({ text, flags }) {
  const ordered = [...flags].sort((a, b) => a.end - b.end || a.start - b.start).map((flag, index) => ({ ...flag, number: index + 1 }));
  return h('div', { class: 'flagged' },
    text ? h('blockquote', null, ...marked(text, ordered)) : null,
    h('ol', { class: 'flags' }, ...ordered.map((flag) => h('li', null, flag.name ? h('b', null, `${flag.name} `) : null, flag.explanation || ''))));
}

/** The value inside `/answer{"slot":"value"}`. */
function valueOf(payload) {
  try {
    return String(Object.values(JSON.parse(payload.slice(payload.indexOf('{'))))[0]);
  } catch {
    return '';
  }
}
