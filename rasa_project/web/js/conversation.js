// The talk with the server: open, restore, send, send again, take up what has expired, follow what another tab did.
// It makes no elements: the thread and the page are handed in.

import { ApiError, newId } from './api.js';

const SLOW_OPENING = 3_500;
const OPENING_SHOWN = 600;
const REOPEN_EVERY = 6_000;
const BUSY_FOR = 5;

/**
 * `page`: `language()`, `region`, `hear(messages)` before they are shown, `busy(on)`, `draft(text)` back into the text
 * box, `help()` opens the first steps, `tell(name, values)` says a sentence, `trouble(name, values, again)` says it with
 * the help open, `calm()` takes both back, `changed()` tells other tabs. `thread` as in thread.js, `store` as in store.js.
 */
export function createConversation({ api, store, thread, page }) {
  let busy = false;
  let opening = false;
  let early = null;
  let failed = null;
  let again = null;
  let newest = null;

  const offline = () => navigator.onLine === false;

  // Opening and restoring

  async function start() {
    if (opening) return;
    clearTimeout(again);
    opening = true;
    const slow = setTimeout(() => page.help(), SLOW_OPENING);
    const shown = setTimeout(() => page.tell('opening'), OPENING_SHOWN);
    try {
      if (store.get()) await restore();
      if (!store.get()) await open();
      page.calm();
    } catch (error) {
      page.trouble(offline() ? 'offline' : 'unavailable', {}, start);
      if (!(error instanceof ApiError)) console.error(error);
      again = setTimeout(start, Math.max(REOPEN_EVERY, (error.retryAfter || 0) * 1000));
    } finally {
      clearTimeout(slow);
      clearTimeout(shown);
      opening = false;
    }
    sendEarly();
  }

  function sendEarly() {
    const text = early;
    early = null;
    if (!text) return;
    if (store.get() && !busy) say(text, { text });
    else page.draft(text);
  }

  async function open() {
    const asked = page.language();
    const session = await api.open(asked, page.region);
    receive(session.messages || []);
    // The person may have switched while the conversation was being opened.
    if (asked !== page.language()) control('switch_language', { language: page.language() });
  }

  async function restore() {
    try {
      show(await history());
    } catch (error) {
      if (error.kind !== 'gone') throw error;
      store.clear();
    }
  }

  const newestOf = (messages) => messages.findLast((message) => message.id)?.id ?? null;

  function show({ language, messages = [] }) {
    newest = newestOf(messages);
    page.hear(messages, language);
    thread.clear();
    thread.restore(messages);
    restoreUnsent(messages);
  }

  /** What was on its way when the page was left: the server may have it by now, or it can be sent again. */
  function restoreUnsent(messages) {
    const unsent = store.unsent();
    if (!unsent) return;
    if (messages.some((message) => message.id === unsent.message.id)) {
      store.keepUnsent(null);
      return;
    }
    const entry = thread.addPerson(unsent.shown);
    entry.message = unsent.message;
    entry.failed();
    failed = entry;
    thread.scrollTo(entry.element);
  }

  /** The conversation so far. One whose token has expired is taken up again, and offers to go on. */
  async function history() {
    try {
      return await api.history();
    } catch (error) {
      if (error.code !== 'expired_token') throw error;
      await api.comeBack();
      return api.history();
    }
  }

  /** Another tab went on with this conversation: show how it stands now. `unless`: what it said last is known here. */
  async function catchUp({ unless = false } = {}) {
    if (busy || opening || !store.get()) return;
    try {
      const past = await history();
      if (busy || (unless && newestOf(past.messages || []) === newest)) return;
      show(past);
    } catch (error) {
      if (error.kind === 'gone') page.ended();
    }
  }

  // Sending

  /** A pressed button. */
  const choose = (button) => say(button.title, { payload: button.payload });

  /** Typed words; true when they were taken. */
  function sendText(text) {
    if (opening && !early) {
      // Written faster than the conversation opened: it is sent as soon as it can be.
      early = text;
      return true;
    }
    if (busy || !store.get()) {
      if (!busy && !opening) start();
      return false;
    }
    say(text, { text });
    return true;
  }

  /** One of the page's own commands, which nobody said. */
  const control = (intent, values) => post({ id: newId(), payload: `/${intent}${values ? JSON.stringify(values) : ''}` });

  function say(shown, content) {
    const entry = thread.addPerson(shown);
    entry.message = { id: newId(), ...content };
    thread.scrollTo(entry.element);
    deliver(entry);
  }

  /** Send an entry, the first time or again: always with the id it was given. */
  async function deliver(entry) {
    if (busy) return;
    clearTimeout(again);
    failed = null;
    entry.sending();
    store.keepUnsent({ shown: entry.text, message: entry.message });
    await post(entry.message, entry);
  }

  function setBusy(on) {
    busy = on;
    page.busy(on);
    thread.waiting(on);
    if (on) thread.enable(false);
  }

  async function post(message, entry) {
    setBusy(true);
    try {
      const answer = await api.send(message);
      setBusy(false);
      entry?.sent(answer.sent?.text);
      if (entry) {
        store.keepUnsent(null);
        newest = message.id;
      }
      thread.forgetFailed();
      page.calm();
      receive(answer.messages || [], entry);
      // A button's answer brings its own "try again"; typed words are sent again from where they stand.
      if (answer.degraded && message.text) entry.unanswered();
      page.changed();
    } catch (error) {
      setBusy(false);
      if (!(error instanceof ApiError)) throw error;
      thread.enable(true);
      entry?.failed();
      await sendingFailed(error, entry);
    }
  }

  async function sendingFailed(error, entry) {
    if (error.code === 'expired_token') {
      await goOn(entry);
    } else if (error.kind === 'gone') {
      await beginAgain(entry);
    } else if (error.code === 'payload_not_offered') {
      store.keepUnsent(null);
      await catchUp();
      page.tell('moved_on');
    } else if (error.kind === 'refused') {
      page.tell('refused');
    } else {
      failed = entry || null;
      notSent(error);
    }
    // The help that opened takes room: keep what they wrote in sight.
    if (entry?.element.isConnected) thread.scrollTo(entry.element);
  }

  function notSent(error) {
    if (error.kind !== 'busy') {
      page.trouble(offline() ? 'offline' : 'unanswered');
      return;
    }
    const seconds = error.retryAfter || BUSY_FOR;
    page.trouble('busy', { seconds });
    again = setTimeout(sendFailed, seconds * 1000);
  }

  /** Send what did not arrive, now that it may be possible again; the same id keeps it from arriving twice. */
  function sendFailed() {
    const entry = failed;
    if (entry?.element.isConnected) deliver(entry);
  }

  /** The token expired while the page was open: the same conversation offers to go on. */
  async function goOn(entry) {
    try {
      receive((await api.comeBack()).messages || []);
    } catch (error) {
      if (error.kind === 'gone') await beginAgain(entry);
      else page.trouble(offline() ? 'offline' : 'unanswered');
      return;
    }
    takeBack(entry);
    page.tell('come_back');
  }

  /** The conversation is not there any more, and a new one takes its place. */
  async function beginAgain(entry) {
    store.clear();
    takeBack(entry);
    thread.forgetFailed();
    thread.addNotice(page.w('gone'));
    await start();
  }

  /** Unsent words return to the text box, so that they can be sent when the question they answer is open again. */
  function takeBack(entry) {
    store.keepUnsent(null);
    if (!entry) return;
    if (entry.message.text) page.draft(entry.message.text);
    entry.remove();
  }

  function receive(messages, after) {
    page.hear(messages);
    const first = thread.add(messages);
    thread.scrollTo(after?.element || first);
    thread.follow(first);
  }

  return {
    start,
    choose,
    sendText,
    deliver,
    control,
    receive,
    catchUp,
    history,
    idle: () => !busy && !opening,
    open: () => Boolean(store.get()),

    /** Make a call that needs the token, taking the conversation up again first where the token has expired. */
    async renewing(call) {
      try {
        return await call();
      } catch (error) {
        if (error.code !== 'expired_token') throw error;
        receive((await api.comeBack()).messages || []);
        return call();
      }
    },

    /** The network is back. */
    online() {
      if (failed) sendFailed();
      else if (!store.get() || thread.empty()) start();
      else page.calm();
    },
  };
}
