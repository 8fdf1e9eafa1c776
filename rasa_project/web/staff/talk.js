// A conversation that somebody in the chat handed to staff: read along, take over, write, give back.

import { h } from '../js/dom.js';
import { inTongue, keyed, lines } from './parts.js';
import { FROM_PERSON } from './place.js';

const EVERY = 2_000;

/** `act`: updates(after) → `{messages, next, holder}`, take(), give(), gone(). */
export function createTalk({ act, context }) {
  const log = h('div', { class: 'talk-log', role: 'log', tabindex: '0' });
  const state = h('p', { class: 'holder', role: 'status' });
  const tools = h('div', { class: 'row' });
  const root = h('section', { class: 'talk-side', hidden: true }, h('div', { class: 'talk-head' }, state, tools), log);
  let next = 0;
  let holder = 'bot';
  let timer = null;
  let shown = new Set();
  let changed = () => {};

  function add(messages) {
    const { w, caller } = context();
    const low = log.scrollHeight - log.clientHeight - log.scrollTop < 80;
    for (const message of messages) {
      if (message.n !== undefined && shown.has(message.n)) continue;
      if (message.n !== undefined) shown.add(message.n);
      const who = FROM_PERSON.includes(message.from) ? 'person' : message.from === 'staff' ? 'me' : message.hidden ? 'hidden' : 'bot';
      const words = message.text ? lines(message.text) : (message.custom?.steps || []).map((step) => h('p', null, step.title));
      if (!words.length) continue;
      log.append(h('div', { class: `talk-message talk-${who}`, dataset: { from: who } }, h('span', { class: 'who' }, w(who)), inTongue(h('div', null, ...words), message.lang || caller)));
    }
    if (low) log.scrollTop = log.scrollHeight;
  }

  function hold(now) {
    const { w } = context();
    holder = now || holder;
    root.dataset.holder = holder;
    state.textContent = w(holder === 'staff' ? 'you_write' : 'guide_writes');
    tools.replaceChildren(holder === 'staff' ? keyed('take', w('give'), act.give) : keyed('take', w('take'), act.take, { class: 'strong-button tool' }));
    changed(holder);
  }

  async function poll() {
    clearTimeout(timer);
    const mine = next;
    try {
      const news = await act.updates(next);
      if (root.hidden || mine !== next) return;
      add(news.messages || []);
      next = news.next ?? next;
      if (news.holder && news.holder !== holder) hold(news.holder);
      if (news.messages?.length) act.moved();
    } catch (error) {
      if (error.kind === 'gone' && !root.hidden) {
        act.gone();
        return;
      }
    }
    if (!root.hidden) timer = setTimeout(poll, EVERY);
  }

  return {
    root,
    holder: () => holder,
    poll,
    onHolder(act_on) {
      changed = act_on;
    },
    open(call) {
      const { w } = context();
      log.setAttribute('aria-label', w('talk'));
      log.replaceChildren();
      next = 0;
      shown = new Set();
      root.hidden = false;
      hold(call.holder === 'staff' ? 'staff' : 'bot');
      poll();
    },
    /** Out of sight is not gone: a person who withdrew leaves no word in the page. */
    close() {
      root.hidden = true;
      clearTimeout(timer);
      log.replaceChildren();
    },
    relabel: () => root.hidden || hold(),
    hold,
  };
}
