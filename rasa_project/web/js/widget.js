// <steady-chat>: one conversation. Attributes: lang, region, languages ("zh=中文,en=English"), server (base of the API), exit (where "leave" goes),
// owns-page (the page around it is ours, so its language follows). Its slot "emergency" is the block of pinned
// contacts that the server wrote into the page: folded while the conversation works, open when it does not.

import { ApiError, createApi, newId } from './api.js';
import { createComposer } from './composer.js';
import { h } from './dom.js';
import { createPlanView } from './plan.js';
import { confirm, createEmergency, createHeader, showLink } from './shell.js';
import { createStore } from './store.js';
import { createThread } from './thread.js';
import { langTag, languageOf, languagesFrom, nextLanguage, words } from './words.js';

const SLOW_OPENING = 3_500;
const OPENING_SHOWN = 600;
const REOPEN_EVERY = 6_000;
const HERE = new URL('..', import.meta.url);

class SteadyChat extends HTMLElement {
  connectedCallback() {
    if (this.shadowRoot) return;
    this.languages = languagesFrom(this.getAttribute('languages'));
    // The address is ours to read only where the page is.
    const asked = this.hasAttribute('owns-page') ? new URLSearchParams(location.search).get('lang') : null;
    const wished = [asked, this.lang, document.documentElement.lang, navigator.language];
    [this.language = [...this.languages.keys()][0]] = wished.map((tag) => languageOf(tag, this.languages)).filter(Boolean);
    this.store = createStore();
    // Modules are served from below <API base>/static/.
    const server = this.getAttribute('server');
    this.base = server ? new URL(server, document.baseURI) : new URL(`${import.meta.url.split('/static/')[0]}/`);
    this.api = createApi(this.base, this.store);
    this.busy = false;
    this.build();
    this.relabel();
    this.start();
    window.addEventListener('offline', () => this.trouble('offline'));
    window.addEventListener('online', () => this.backOnline());
  }

  build() {
    const context = () => ({
      w: this.w, language: this.language, phones: this.phones, warning: this.emergency.warning(), tick: (id, done) => this.tick(id, done),
    });
    this.emergency = createEmergency({ block: this.querySelector('[slot="emergency"]'), openPlan: () => this.openPlan() });
    this.phones = this.emergency.phones();
    this.header = createHeader({
      exit: this.exit,
      on: {
        language: () => this.switchLanguage(),
        leave: (event) => this.leave(event),
        restart: () => this.restart(),
        erase: () => this.erase(),
      },
    });
    this.thread = createThread({ choose: (button) => this.choose(button), retry: (entry) => this.deliver(entry), context });
    this.plan = createPlanView({
      load: () => this.loadPlan(), close: () => this.closePlan(), openPage: (name) => this.openPage(name), share: () => this.share(), context,
    });
    this.composer = createComposer({ send: (text) => this.sendText(text), notify: (text) => this.notify(text), words: () => this.w });
    this.status = h('div', { class: 'status', role: 'status' });
    this.talk = h('div', { class: 'talk' }, this.thread.root, this.thread.below, this.status, this.composer.root);
    this.app = h('div', { class: 'app' }, this.header.root, this.emergency.bar, this.emergency.panel, h('main', null, this.talk, this.plan.root));
    // What the page showed while there was no script has done its work; the emergency block stays, in its slot.
    for (const child of this.querySelectorAll(':scope > :not([slot])')) child.remove();
    const root = this.attachShadow({ mode: 'open' });
    // Inside somebody else's page the sheet is given: their policy may forbid links to ours.
    if (this.sheet) root.adoptedStyleSheets = [this.sheet];
    else root.append(h('link', { rel: 'stylesheet', href: new URL('steady.css', HERE).href }));
    root.append(this.app);
  }

  get exit() {
    return this.getAttribute('exit') || 'about:blank';
  }

  // Language

  relabel() {
    this.w = words(this.language);
    this.app.lang = langTag(this.w.language);
    if (this.hasAttribute('owns-page')) {
      document.documentElement.lang = langTag(this.language);
      document.title = `${this.w('brand')} · ${this.w('tagline')}`;
    }
    const next = nextLanguage(this.language, this.languages);
    this.header.relabel(this.w, this.languages.size > 1 ? { code: next, name: this.languages.get(next) } : null);
    this.emergency.relabel(this.w, this.language);
    this.composer.relabel();
    this.thread.relabel();
    if (this.problem) this.notify(this.w(this.problem));
  }

  async switchLanguage() {
    if (this.busy) return;
    this.speak(nextLanguage(this.language, this.languages));
    if (!this.store.get() || this.opening) return;
    await this.post({ id: newId(), payload: `/switch_language${JSON.stringify({ language: this.language })}` });
    if (this.plan.isOpen()) this.plan.relabel();
  }

  speak(language) {
    if (language === this.language || !this.languages.has(language)) return;
    this.language = language;
    this.relabel();
  }

  // Opening and restoring

  async start() {
    clearTimeout(this.again);
    this.opening = true;
    const slow = setTimeout(() => this.emergency.show(true), SLOW_OPENING);
    const shown = setTimeout(() => this.notify(this.w('opening')), OPENING_SHOWN);
    try {
      if (this.store.get()) await this.restore();
      if (!this.store.get()) await this.open();
      this.calm();
    } catch (error) {
      clearTimeout(shown);
      this.trouble(navigator.onLine === false ? 'offline' : 'unavailable',
        h('button', { type: 'button', class: 'link-button', onclick: () => this.start() }, this.w('try_now')));
      if (!(error instanceof ApiError)) console.error(error);
      this.again = setTimeout(() => this.start(), REOPEN_EVERY);
    } finally {
      clearTimeout(slow);
      clearTimeout(shown);
      this.opening = false;
    }
    this.sendEarly();
  }

  sendEarly() {
    const text = this.early;
    this.early = null;
    if (!text) return;
    if (this.store.get() && !this.busy) this.say(text, { text });
    else this.composer.set(text);
  }

  async open() {
    const asked = this.language;
    const session = await this.api.open(asked, this.getAttribute('region'));
    this.receive(session.messages || []);
    // The person may have switched while the conversation was being opened.
    if (asked !== this.language) this.post({ id: newId(), payload: `/switch_language${JSON.stringify({ language: this.language })}` });
  }

  async restore() {
    try {
      const history = await this.history();
      const messages = history.messages || [];
      const last = messages.filter((message) => message.lang).at(-1);
      this.speak(languageOf(history.language || last?.lang, this.languages) || this.language);
      this.thread.clear();
      this.learn(messages);
      this.thread.restore(messages);
    } catch (error) {
      if (error.kind !== 'gone') throw error;
      this.store.clear();
    }
  }

  /** The conversation so far. One whose token has expired is taken up again, and offers to go on. */
  async history() {
    try {
      return await this.api.history();
    } catch (error) {
      if (error.code !== 'expired_token') throw error;
      await this.api.comeBack();
      return this.api.history();
    }
  }

  // Sending and receiving

  choose(button) {
    // The pressed button stops working: keep the focus in the conversation rather than lose it.
    this.thread.root.focus({ preventScroll: true });
    this.say(button.title, { payload: button.payload });
  }

  sendText(text) {
    if (this.opening && !this.early) {
      // Written faster than the conversation opened: it is sent as soon as it can be.
      this.early = text;
      return true;
    }
    if (this.busy || !this.store.get()) {
      if (!this.busy && !this.opening) this.start();
      return false;
    }
    this.say(text, { text });
    return true;
  }

  say(shown, content) {
    const entry = this.thread.addPerson(shown);
    entry.message = { id: newId(), ...content };
    this.thread.scrollTo(entry.element);
    this.deliver(entry);
  }

  /** Send an entry, the first time or again: always with the id it was given. */
  async deliver(entry) {
    if (this.busy) return;
    entry.sending();
    await this.post(entry.message, entry);
  }

  async post(message, entry) {
    this.busy = true;
    this.app.classList.add('busy');
    this.thread.enable(false);
    this.thread.waiting(true);
    try {
      const answer = await this.api.send(message);
      this.thread.waiting(false);
      entry?.sent(answer.sent?.text);
      this.thread.forgetFailed();
      this.calm();
      this.receive(answer.messages || [], entry);
      // A button's answer brings its own "try again"; typed words are sent again from where they stand.
      if (answer.degraded && message.text) entry.unanswered();
    } catch (error) {
      this.thread.waiting(false);
      this.thread.enable(true);
      entry?.failed();
      await this.sendingFailed(error, entry);
    } finally {
      this.busy = false;
      this.app.classList.remove('busy');
    }
  }

  async sendingFailed(error, entry) {
    if (!(error instanceof ApiError)) throw error;
    if (error.kind === 'gone') {
      this.store.clear();
      if (entry?.message.text) this.composer.set(entry.message.text);
      this.thread.forgetFailed();
      this.thread.addNotice(this.w('gone'));
      await this.start();
    } else if (error.kind === 'refused') {
      this.notify(this.w('refused'));
    } else if (error.kind === 'busy') {
      this.trouble('busy');
    } else {
      this.trouble(navigator.onLine === false ? 'offline' : 'unanswered');
    }
    // The help that opened takes room: keep what they wrote in sight.
    if (entry) this.thread.scrollTo(entry.element);
  }

  receive(messages, after) {
    this.learn(messages);
    const spoken = messages.map((message) => message.lang).filter(Boolean);
    // What nobody has translated comes in another language; the conversation goes on in its own.
    if (!spoken.includes(this.language)) this.speak(languageOf(spoken.at(-1), this.languages) || this.language);
    const first = this.thread.add(messages);
    this.thread.scrollTo(after?.element || first);
    // From a pressed button the focus goes on to what it brought.
    if (first && this.shadowRoot.activeElement === this.thread.root) first.focus({ preventScroll: true });
  }

  /** Phones on cards are the pack's too. */
  learn(messages) {
    const contacts = messages.flatMap(({ custom }) => [
      ...(custom?.contacts || []), ...(custom?.steps || []).flatMap((step) => step.contacts || []),
    ]);
    for (const { phone } of contacts) if (phone) this.phones.add(phone.replace(/\D/g, ''));
  }

  // Plan

  async loadPlan() {
    const plan = await this.api.plan();
    this.learn([{ custom: plan }]);
    return plan;
  }

  openPlan() {
    if (this.plan.isOpen()) return this.closePlan();
    this.talk.hidden = true;
    this.emergency.show(false, true);
    this.emergency.planOpen(true);
    return this.plan.open();
  }

  /** The plan or the papers as a page of their own. A new tab of our own page has this tab's conversation too. */
  async openPage(name) {
    const address = new URL(`${name}?lang=${this.language}`, this.base);
    const ours = this.hasAttribute('owns-page') && this.store.kept();
    // Opened before an answer comes, or the browser takes it for an unwanted window.
    const page = window.open(ours ? address : 'about:blank', '_blank');
    try {
      // Inside somebody else's page the conversation is out of its reach: it gets a link of its own.
      if (!ours) address.hash = (await this.api.link()).token;
      if (page) page.opener = null;
      if (page && !ours) page.location.replace(address);
      if (!page) location.assign(address);
    } catch {
      page?.close();
      this.notify(this.w('share_failed'));
    }
  }

  async share() {
    try {
      const { path, expires_at: expires } = await this.api.link();
      const date = new Date(expires).toLocaleString(langTag(this.language), { dateStyle: 'medium', timeStyle: 'short' });
      await showLink(this.app, {
        title: this.w('share_title'), text: this.w('share_text', { date }), link: new URL(path, this.base).href,
        copy: this.w('copy'), copied: this.w('copied'), close: this.w('close'),
      });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.notify(this.w('share_failed'));
    }
  }

  closePlan() {
    this.plan.hide();
    this.emergency.planOpen(false);
    this.talk.hidden = false;
    this.composer.focus();
  }

  async tick(id, done) {
    const tell = (value) => this.shadowRoot.querySelectorAll(`[data-step="${CSS.escape(id)}"]`)
      .forEach((item) => item.dispatchEvent(new CustomEvent('steady-tick', { detail: value })));
    tell(done);
    try {
      await this.api.tick(id, done);
    } catch (error) {
      tell(!done);
      this.notify(this.w('tick_failed'));
      throw error;
    }
  }

  // Leaving, starting over, deleting

  /** Quick exit: forget the visit on this device and leave no page to come back to. */
  leave(event) {
    event.preventDefault();
    this.store.wipe();
    this.thread.clear();
    location.replace(this.exit);
  }

  /** The conversation itself asks "are you sure?". */
  restart() {
    if (this.busy || this.opening) return;
    if (this.plan.isOpen()) this.closePlan();
    if (this.store.get()) this.post({ id: newId(), payload: '/start_over' });
    else this.start();
  }

  async erase() {
    const agreed = await confirm(this.app, {
      title: this.w('confirm_erase_title'), text: this.w('confirm_erase'), yes: this.w('confirm_erase_yes'), no: this.w('cancel'),
    });
    if (!agreed) return;
    try {
      await this.api.erase();
    } catch {
      this.notify(this.w('erase_failed'));
      return;
    }
    if (this.plan.isOpen()) this.closePlan();
    this.thread.clear();
    this.calm();
    const fresh = h('button', { type: 'button', class: 'strong-button', onclick: () => {
      this.thread.clear();
      this.start();
    } }, this.w('new_conversation'));
    this.thread.addNotice(this.w('erased'), fresh);
    fresh.focus();
  }

  // Trouble

  notify(text, ...controls) {
    this.status.replaceChildren(h('p', null, text), ...controls);
  }

  /** Something does not work: say so, and open the help that needs no server. */
  trouble(name, ...controls) {
    this.problem = name;
    this.emergency.show(true);
    this.notify(this.w(name), ...controls);
  }

  calm() {
    this.problem = null;
    this.emergency.show(false);
    this.status.replaceChildren();
  }

  backOnline() {
    if (this.problem !== 'offline') return;
    this.calm();
    if (!this.store.get() || this.thread.empty()) this.start();
  }
}

if (!customElements.get('steady-chat')) customElements.define('steady-chat', SteadyChat);
