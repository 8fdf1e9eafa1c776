// <steady-chat>: one conversation. Attributes: lang, region, languages ("zh=中文,en=English"), server (base of the API), exit (where "leave" goes),
// owns-page (the page around it is ours, so its language follows). Its slot "emergency" is the block of pinned
// contacts that the server wrote into the page: folded while the conversation works, open when it does not.

import { createApi } from './api.js';
import { createComposer, declineFiles } from './composer.js';
import { createConversation } from './conversation.js';
import { h } from './dom.js';
import { createTabs, escapeTwice, leaveFor } from './leave.js';
import { createEmergency, createHeader } from './shell.js';
import { createStore } from './store.js';
import { isLarge, showSize, switchSize } from './text-size.js';
import { createThread } from './thread.js';
import { langTag, languageOf, languagesFrom, nextLanguage, words } from './words.js';

const HERE = new URL('..', import.meta.url);
/**
 * Modules that a first visit can do without, and when they are wanted. Each exports `attach(page)` and gets: `api`, `thread`,
 * `conversation`, `header` (`addItem` puts an entry into the menu), `words()` → w, `language()`, `phones()` (a Set of digits), `notify(text, ...controls)`,
 * and `on(event, act)` with the events "turn" (the elements of a turn, before they are shown), "language", "ended".
 */
const PARTS = [
  { wanted: () => 'speechSynthesis' in window, load: () => import('./aloud.js') },
  { wanted: () => true, load: () => import('./person.js') },
];

class SteadyChat extends HTMLElement {
  connectedCallback() {
    if (this.shadowRoot) return;
    this.ownsPage = this.hasAttribute('owns-page');
    this.languages = languagesFrom(this.getAttribute('languages'));
    // The address is ours to read only where the page is.
    const asked = this.ownsPage ? new URLSearchParams(location.search).get('lang') : null;
    const wished = [asked, this.lang, document.documentElement.lang, navigator.language];
    [this.language = [...this.languages.keys()][0]] = wished.map((tag) => languageOf(tag, this.languages)).filter(Boolean);
    this.store = createStore();
    // Modules are served from below <API base>/static/.
    const server = this.getAttribute('server');
    this.base = server ? new URL(server, document.baseURI) : new URL(`${import.meta.url.split('/static/')[0]}/`);
    this.api = createApi(this.base, this.store);
    this.listeners = { turn: [], language: [], ended: [] };
    // Text hangs on the page's root where it is ours, else on this element (steady.css).
    this.sized = this.ownsPage ? [this, document.documentElement] : [this];
    showSize(this.sized, isLarge());
    this.build();
    this.relabel();
    this.watch();
    this.conversation.start().then(() => this.loadParts());
  }

  // Putting the parts together

  build() {
    const context = () => ({
      w: this.w, language: this.language, phones: this.phones, warning: this.emergency.warning(), tick: (id, done) => this.tick(id, done),
    });
    this.context = context;
    this.emergency = createEmergency({ block: this.querySelector('[slot="emergency"]'), openPlan: () => this.openPlan() });
    this.phones = this.emergency.phones();
    this.header = createHeader({
      tag: this.ownsPage ? 'header' : 'div',
      exit: this.exit,
      on: { language: () => this.switchLanguage(), leave: (event) => this.leave(event) },
      items: [
        { name: (w) => w('larger_text'), icon: 'text', act: () => switchSize(this.sized), pressed: () => this.hasAttribute('large-text') },
        { name: (w) => w('start_over'), icon: 'again', act: () => this.restart() },
        { name: (w) => w('take_home'), icon: 'down', act: () => this.takeHome() },
        { name: (w) => w('erase'), icon: 'bin', act: () => this.erase() },
      ],
    });
    this.thread = createThread({
      choose: (button) => this.conversation.choose(button), retry: (entry) => this.conversation.deliver(entry),
      turn: (elements) => this.emit('turn', elements), context,
    });
    this.composer = createComposer({ send: (text) => this.conversation.sendText(text), words: () => this.w });
    this.conversation = createConversation({ api: this.api, store: this.store, thread: this.thread, page: this.pageOfConversation() });
    this.status = h('div', { class: 'status', role: 'status' });
    this.talk = h('div', { class: 'talk' }, this.thread.root, this.thread.below);
    // On somebody else's page the landmarks are theirs.
    this.main = h(this.ownsPage ? 'main' : 'div', { class: 'middle' }, this.talk, this.status, this.composer.root);
    this.app = h('div', { class: 'app' }, this.header.root, this.emergency.bar, this.emergency.panel, this.main);
    // What the page showed while there was no script has done its work; the emergency block stays, in its slot.
    for (const child of this.querySelectorAll(':scope > :not([slot])')) child.remove();
    const root = this.attachShadow({ mode: 'open' });
    // Inside somebody else's page the sheet is given: their policy may forbid links to ours.
    if (this.sheet) root.adoptedStyleSheets = [this.sheet];
    else root.append(h('link', { rel: 'stylesheet', href: new URL('steady.css', HERE).href }));
    root.append(this.app);
  }

  pageOfConversation() {
    return {
      w: (name, values) => this.w(name, values),
      language: () => this.language,
      region: this.getAttribute('region'),
      hear: (messages, language) => this.hear(messages, language),
      busy: (on) => this.app.classList.toggle('busy', on),
      draft: (text) => this.composer.set(text),
      help: () => this.emergency.show(true),
      tell: (name, values) => this.notify(this.w(name, values)),
      trouble: (name, values, again) => this.trouble(name, values, again),
      calm: () => this.calm(),
      changed: () => this.tabs.tellChanged(this.conversationName),
      ended: () => this.ended(),
    };
  }

  watch() {
    window.addEventListener('offline', () => this.trouble('offline'));
    window.addEventListener('online', () => this.conversation.online());
    // Back may bring a page as it was before everything was forgotten.
    window.addEventListener('pageshow', (event) => event.persisted && this.ownsPage && !this.store.kept() && location.reload());
    // A tab that was asleep heard nothing of what others did.
    document.addEventListener('visibilitychange', () => !document.hidden && this.conversation.catchUp({ unless: true }));
    this.tabs = createTabs({
      leaving: () => (this.ownsPage || this.store.get()) && leaveFor(this.exit),
      changed: () => this.conversation.catchUp(),
      conversation: () => this.conversationName,
    });
    escapeTwice(this.ownsPage ? document : this.app, {
      leave: (event) => this.leave(event),
      hint: () => this.ownsPage && this.notify(this.w('leave_hint')),
      closes: () => Boolean(this.shadowRoot.querySelector('dialog[open]')),
    });
    declineFiles(this.ownsPage ? document : this.app, () => this.notify(this.w('no_pictures')));
  }

  async loadParts() {
    const page = {
      api: this.api, thread: this.thread, conversation: this.conversation, header: this.header, words: () => this.w, language: () => this.language, phones: () => this.phones,
      notify: (text, ...controls) => this.notify(text, ...controls), on: (event, act) => this.listeners[event].push(act),
    };
    for (const part of PARTS.filter(({ wanted }) => wanted())) {
      // What cannot be loaded now is not missed: the conversation works without it.
      await part.load().then(({ attach }) => attach(page), () => {});
    }
  }

  emit(event, value) {
    for (const act of this.listeners[event]) act(value);
  }

  /** The part of the token that names the conversation and opens nothing; null when there is none. */
  get conversationName() {
    return this.store.get()?.slice(0, 21) || null;
  }

  get exit() {
    return this.getAttribute('exit') || 'about:blank';
  }

  // Language

  relabel() {
    this.w = words(this.language);
    this.app.lang = langTag(this.w.language);
    if (this.ownsPage) {
      document.documentElement.lang = langTag(this.language);
      document.title = `${this.w('brand')} · ${this.w('tagline')}`;
    }
    const next = nextLanguage(this.language, this.languages);
    this.header.relabel(this.w, this.languages.size > 1 ? { code: next, name: this.languages.get(next) } : null);
    this.emergency.relabel(this.w, this.language);
    this.composer.relabel();
    this.thread.relabel();
    if (this.problem) this.notify(this.w(...this.problem));
    this.emit('language', this.language);
  }

  async switchLanguage() {
    const { conversation } = this;
    // While the conversation opens the switch is taken along; while an answer is on its way it has to wait.
    if (!conversation.idle() && this.app.classList.contains('busy')) return;
    this.speak(nextLanguage(this.language, this.languages));
    if (!conversation.open() || !conversation.idle()) return;
    await conversation.control('switch_language', { language: this.language });
    this.plan?.relabel();
  }

  speak(language) {
    if (language === this.language || !this.languages.has(language)) return;
    this.language = language;
    this.relabel();
  }

  /** Follow the language of what came, and learn its phones: those on cards are the pack's too. */
  hear(messages, language) {
    const spoken = messages.map((message) => message.lang).filter(Boolean);
    // What nobody has translated comes in another language; the conversation goes on in its own.
    if (language || !spoken.includes(this.language)) this.speak(languageOf(language || spoken.at(-1), this.languages) || this.language);
    const contacts = messages.flatMap(({ custom }) => [
      ...(custom?.contacts || []), ...(custom?.steps || []).flatMap((step) => step.contacts || []),
    ]);
    for (const { phone } of contacts) if (phone) this.phones.add(phone.replace(/\D/g, ''));
  }

  // Plan

  async openPlan() {
    if (this.plan?.isOpen()) return this.closePlan();
    try {
      await this.loadPlanView();
    } catch {
      return this.notify(this.w('plan_failed'));
    }
    this.showTalk(false);
    this.emergency.show(false, true);
    this.emergency.planOpen(true);
    return this.plan.open();
  }

  async loadPlanView() {
    if (this.plan) return;
    const { createPlanView } = await import('./plan.js');
    this.plan = createPlanView({
      load: async () => {
        const plan = await this.conversation.renewing(() => this.api.plan());
        this.hear([{ custom: plan }], this.language);
        return plan;
      },
      close: () => this.closePlan(), openPage: (name) => this.openPage(name), share: () => this.share(), context: this.context,
    });
    this.talk.after(this.plan.root);
  }

  closePlan() {
    this.plan.hide();
    this.emergency.planOpen(false);
    this.showTalk(true);
    this.composer.focus();
  }

  showTalk(on) {
    this.talk.hidden = !on;
    this.composer.root.hidden = !on;
  }

  /** The plan or the papers as a page of their own. A new tab of our own page has this tab's conversation too. */
  async openPage(name) {
    const address = new URL(`${name}?lang=${this.language}`, this.base);
    const ours = this.ownsPage && this.store.kept();
    // Opened before an answer comes, or the browser takes it for an unwanted window.
    const page = window.open(ours ? address : 'about:blank', '_blank');
    try {
      // Inside somebody else's page the conversation is out of its reach: it gets a link of its own.
      if (!ours) address.hash = (await this.conversation.renewing(() => this.api.link())).token;
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
      const [{ showLink }, { path, expires_at: expires }] = await Promise.all([
        import('./dialogs.js'), this.conversation.renewing(() => this.api.link()),
      ]);
      const date = new Date(expires).toLocaleString(langTag(this.language), { dateStyle: 'medium', timeStyle: 'short' });
      await showLink(this.app, {
        title: this.w('share_title'), text: this.w('share_text', { date }), link: new URL(path, this.base).href,
        copy: this.w('copy'), copied: this.w('copied'), close: this.w('close'),
      });
    } catch {
      this.notify(this.w('share_failed'));
    }
  }

  async tick(id, done) {
    const tell = (value) => this.shadowRoot.querySelectorAll(`[data-step="${CSS.escape(id)}"]`)
      .forEach((item) => item.dispatchEvent(new CustomEvent('steady-tick', { detail: value })));
    tell(done);
    try {
      await this.conversation.renewing(() => this.api.tick(id, done));
      this.tabs.tellChanged(this.conversationName);
    } catch (error) {
      tell(!done);
      this.notify(this.w('tick_failed'));
      throw error;
    }
  }

  // Leaving, starting over, deleting

  /** Quick exit: forget the visit on this device, in every tab, and leave no page to come back to. */
  leave(event) {
    event.preventDefault();
    this.tabs.tellLeaving();
    leaveFor(this.exit);
  }

  /** The conversation itself asks "are you sure?". */
  restart() {
    if (!this.conversation.idle()) return;
    if (this.plan?.isOpen()) this.closePlan();
    if (this.conversation.open()) this.conversation.control('start_over');
    else this.conversation.start();
  }

  /** All that is held of the conversation, as a file. */
  async takeHome() {
    try {
      const held = await this.conversation.renewing(() => this.api.held());
      const { saveFile } = await import('./dialogs.js');
      saveFile('steady-conversation.json', held);
    } catch {
      this.notify(this.w('take_home_failed'));
    }
  }

  async erase() {
    const name = this.conversationName;
    try {
      const { confirm } = await import('./dialogs.js');
      const agreed = await confirm(this.app, {
        title: this.w('confirm_erase_title'), text: this.w('confirm_erase'), yes: this.w('confirm_erase_yes'), no: this.w('cancel'),
      });
      if (!agreed) return;
      await this.conversation.renewing(() => this.api.erase());
    } catch {
      this.notify(this.w('erase_failed'));
      return;
    }
    this.tabs.tellChanged(name);
    this.ended().focus();
  }

  /** The conversation is deleted, here or from another tab. Returns the button that begins a new one. */
  ended() {
    if (this.plan?.isOpen()) this.closePlan();
    this.store.clear();
    this.composer.set('');
    this.thread.clear();
    this.calm();
    this.emit('ended');
    const fresh = h('button', { type: 'button', class: 'strong-button', onclick: () => {
      this.thread.clear();
      this.conversation.start();
    } }, this.w('new_conversation'));
    this.thread.addNotice(this.w('erased'), fresh);
    return fresh;
  }

  // Trouble

  notify(text, ...controls) {
    this.status.replaceChildren(h('p', null, text), ...controls);
  }

  /** Something does not work: say so, and open the help that needs no server. */
  trouble(name, values, again) {
    this.problem = [name, values];
    this.emergency.show(true);
    this.notify(this.w(name, values), again ? h('button', { type: 'button', class: 'link-button', onclick: again }, this.w('try_now')) : '');
  }

  calm() {
    this.problem = null;
    this.emergency.show(false);
    this.status.replaceChildren();
  }
}

if (!customElements.get('steady-chat')) customElements.define('steady-chat', SteadyChat);
