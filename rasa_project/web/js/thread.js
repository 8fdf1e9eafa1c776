// The conversation as a live log: what the person sent, what came back, and which buttons still work.

import { card, speaker } from './cards.js';
import { h, icon, paragraphs, spoken } from './dom.js';
import { langTag } from './words.js';

const WAIT_BEFORE_SHOWN = 600;
// Ways around a question rather than answers to it: shown quieter.
const QUIET = /^\/(skip|why|back|repeat|stop|human|finish|start_over|change_answer|show_plan)\b/;

/**
 * `choose(button)` is called when a live button is pressed, `retry(entry)` when a failed message is sent again;
 * `turn(elements)` gets the elements of each turn of ours before they are shown; `context()` gives
 * `{w, language, phones, tick}` of this moment.
 */
export function createThread({ choose, retry, turn, context }) {
  const log = h('div', { class: 'log', role: 'log', 'aria-live': 'polite', 'aria-relevant': 'additions' });
  const wait = h('div', { class: 'wait', role: 'status' });
  const down = h('button', { type: 'button', hidden: true, onclick: () => root.scrollBy({ top: root.clientHeight * 0.8 }) }, icon('down'));
  const heading = h('h2', { class: 'spoken', id: 'steady-thread' });
  const root = h('section', { class: 'thread', tabindex: '0', 'aria-labelledby': 'steady-thread' }, heading, log, wait);
  const below = h('div', { class: 'below' }, down);
  let live = [];
  let waitTimer = null;
  let quiet = null;

  /** The button that goes on reading shows while there is more below. */
  const look = () => {
    down.hidden = root.scrollHeight - root.clientHeight - root.scrollTop < 72;
  };
  root.addEventListener('scroll', look, { passive: true });
  new ResizeObserver(look).observe(root);
  new ResizeObserver(look).observe(log);

  function bot(message) {
    const { w, language, phones, tick } = context();
    const shown = card(message.custom, { w, phones, tick, text: message.text });
    // A warning and an offer check hold the message's own words inside the card.
    const inside = shown && ['warning', 'offer_check'].includes(message.custom.type);
    const body = inside ? [] : paragraphs(message.text, phones);
    if (!body.length && !shown && !(message.buttons || []).length) return null;
    const lang = message.lang || language;
    const choices = choiceList(message.buttons || []);
    return h('div', { class: 'message bot', lang: langTag(lang), tabindex: '-1', dataset: { from: message.from || 'bot', n: message.n ?? '' } },
      speaker(w, false),
      body.length ? h('div', { class: 'bubble' }, ...body) : null,
      shown,
      choices);
  }

  function choiceList(buttons) {
    if (!buttons.length) return null;
    const list = h('ul', { class: 'choices' }, ...buttons.map((button, index) => h('li', { class: QUIET.test(button.payload) ? 'quiet' : false },
      h('button', { type: 'button', class: 'choice', onclick: (event) => press(event.currentTarget, button) },
        h('span', { class: 'choice-number', 'aria-hidden': 'true' }, String(index + 1)),
        h('span', { class: 'choice-title' }, button.title)))));
    return list;
  }

  function press(control, button) {
    if (control.disabled) return;
    const { w } = context();
    control.classList.add('chosen');
    control.prepend(icon('check'));
    control.append(spoken(w('chosen')));
    // The pressed button stops working: keep the focus in the conversation rather than lose it.
    root.focus({ preventScroll: true });
    choose(button);
  }

  /** Buttons work while their turn is the newest one and nothing is on its way. */
  const enable = (on) => live.forEach((control) => {
    control.disabled = !on;
  });

  function unchoose() {
    for (const control of live.filter((one) => one.classList.contains('chosen'))) {
      control.classList.remove('chosen');
      control.querySelector('.icon-check')?.remove();
      control.querySelector('.spoken')?.remove();
    }
  }

  function settle() {
    enable(false);
    for (const control of live) control.closest('.choices').classList.add('past');
    live = [];
  }

  /** Bot messages of one turn; the buttons of earlier turns stop working. Returns the first new element. */
  function add(messages) {
    const elements = messages.map(bot).filter(Boolean);
    if (!elements.length) {
      enable(true);
      return null;
    }
    settle();
    elements[0].classList.add('first');
    turn(elements);
    log.append(...elements);
    live = elements.flatMap((element) => [...element.querySelectorAll('button.choice')]);
    return elements[0];
  }

  /** What the person said. The entry's methods follow its fate. */
  function addPerson(text, { sent = false } = {}) {
    const { w, language } = context();
    const bubble = h('div', { class: 'bubble' }, ...paragraphs(text));
    const state = h('p', { class: 'state' });
    const element = h('div', { class: 'message person', lang: langTag(language) }, speaker(w, true), bubble, state);
    element.dataset.state = sent ? 'sent' : 'sending';
    log.append(element);
    const offerAgain = (fate, why) => {
      const now = context();
      element.dataset.state = fate;
      state.replaceChildren(
        h('span', null, now.w(why)),
        h('button', { type: 'button', class: 'link-button', onclick: () => retry(entry) }, now.w('retry')));
    };
    const entry = {
      element,
      text,
      sending() {
        element.dataset.state = 'sending';
        state.replaceChildren();
        enable(false);
      },
      /** `kept`: the text as the server keeps it, when it hid a number or a code in it. */
      sent(kept) {
        element.dataset.state = 'sent';
        state.replaceChildren();
        if (kept) bubble.replaceChildren(...paragraphs(kept));
      },
      failed() {
        offerAgain('failed', 'not_sent');
        unchoose();
        enable(true);
      },
      /** It arrived, but something behind the server failed and only the first steps came back. */
      unanswered() {
        offerAgain('unanswered', 'not_answered');
      },
      /** It goes: its words are elsewhere again, or its button can be pressed again. */
      remove() {
        unchoose();
        element.remove();
      },
    };
    if (!sent) enable(false);
    return entry;
  }

  /** A line of the page itself between the messages, such as "this is a new conversation". */
  function addNotice(text, ...controls) {
    const notice = h('div', { class: 'notice' }, h('p', null, text), ...controls);
    log.append(notice);
    return notice;
  }

  /** Earlier messages of a reloaded page: shown at once, not read out again. */
  const restore = (messages) => quietly(() => {
    let together = [];
    for (const message of messages) {
      if (!fromPerson(message)) {
        together.push(message);
        continue;
      }
      add(together);
      together = [];
      settle();
      const text = personText(message);
      if (text) addPerson(text, { sent: true });
    }
    add(together);
    scrollTo(log.lastElementChild);
  });

  /** Change the log without its being read out. */
  function quietly(change) {
    clearTimeout(quiet);
    log.setAttribute('aria-live', 'off');
    change();
    quiet = setTimeout(() => log.setAttribute('aria-live', 'polite'), 300);
  }

  /** The elements of each turn of ours that is shown. */
  function turns() {
    const found = [];
    for (const element of log.querySelectorAll('.message')) {
      if (element.matches('.bot.first')) found.push([element]);
      else if (element.matches('.bot')) found.at(-1)?.push(element);
    }
    return found;
  }

  /** Bring a turn into view: its beginning when it is longer than the window, else its end. */
  function scrollTo(element) {
    if (!element) return;
    requestAnimationFrame(() => {
      // In low windows the whole frame scrolls instead of the thread (steady.css).
      if (getComputedStyle(root).overflowY === 'visible') {
        element.scrollIntoView();
        return;
      }
      const top = element.offsetTop - root.offsetTop - 12;
      root.scrollTop = Math.min(top, root.scrollHeight - root.clientHeight);
    });
  }

  return {
    root,
    below,
    add,
    addPerson,
    addNotice,
    restore,
    turns,
    scrollTo,
    enable,
    /** Show that an answer is on its way, but only when it takes longer than a moment. */
    waiting(on) {
      clearTimeout(waitTimer);
      wait.replaceChildren();
      if (!on) return;
      waitTimer = setTimeout(() => {
        const { w } = context();
        wait.append(h('span', { class: 'dots', 'aria-hidden': 'true' }, h('i'), h('i'), h('i')), h('span', null, w('waiting')));
        root.scrollTop = root.scrollHeight;
      }, WAIT_BEFORE_SHOWN);
    },
    /** Failed messages can no longer be sent again: the conversation has moved on. */
    forgetFailed() {
      for (const button of log.querySelectorAll('.person .link-button')) button.remove();
    },
    clear() {
      live = [];
      log.replaceChildren();
    },
    empty: () => !log.childElementCount,
    /** From a pressed button the focus goes on to what it brought. */
    follow(element) {
      if (element && root.getRootNode().activeElement === root) element.focus({ preventScroll: true });
    },
    relabel() {
      heading.textContent = context().w('conversation');
      down.setAttribute('aria-label', context().w('more_below'));
    },
  };
}

const fromPerson = (message) => ['person', 'user', 'victim'].includes(message.from || message.role || message.sender);

/** A button press is kept as its title; a bare payload has no words for a person. */
const personText = (message) => {
  const text = message.title || message.text || '';
  return text.startsWith('/') ? '' : text;
};
