// The call screen: one turn at a time, with the line in the middle, the script on the left, the case sheet on the right.

import { h } from '../js/dom.js';
import { langTag } from '../js/words.js';
import { createClosed, createCode, dispositionPanel } from './closing.js';
import { createEntry } from './entry.js';
import { createLine } from './line.js';
import { checkPanel, createFrame, crisisPanel, scriptPanel, searchPanel } from './panels.js';
import { button, fill, inTongue, keyed } from './parts.js';
import { answerTo, lastTurn, placeFrom, placeOf } from './place.js';
import { createSheet } from './sheet.js';
import { createTalk } from './talk.js';
import { inLanguage } from './text.js';
import { mayRepeat } from './api.js';
import { words } from './words.js';

/** A colleague may go on with the same call: how often that is looked at, in milliseconds. */
const LOOK_EVERY = 6_000;
const LISTS = ['channels', 'platforms', 'exposure', 'second_channels', 'second_platforms'];

/** `api` of api.js; `me()` who is logged in; `context()` `{w, own}`; `go(view)` leaves to another view. */
export function createCallView({ api, me, context: outer, go }) {
  let call = null;
  let sheet = null;
  let place = placeFrom([]);
  let jumped = null;
  let script = [];
  let extra = {};
  let busy = false;
  // What got no answer, by its content: sent again it keeps its id.
  const pending = new Map();
  let looked = '';
  let lost = false;
  const waiting = [];

  const caller = () => call?.language || outer().own;
  const context = () => ({ ...outer(), caller: caller(), titleOf, spoken: words(caller()) });
  const titleOf = (slot) => script.find((question) => question.slot === slot)?.title || answerTo(sheet, slot)?.label || '';

  const line = createLine({ act: { choose: (each) => answer(each), back: () => control('/go_back'), skip, finish: () => control('/finish') }, context });
  const entry = createEntry({ send: typed, choose: chooseAt, mark: (at) => (busy ? null : line.mark(at)) });
  const frame = createFrame({ context, closed: afterPanel });
  const code = createCode({ make: () => api.link(call.id), context });
  const closed = createClosed({ act: { summary: () => api.summary(call.id, outer().own), file: (format) => api.file(call.id, format, outer().own), reopen, newCall: () => go('new') }, code, context });
  const sheetSide = createSheet({ act: { jump, tick, since, done: () => entry.focus(), note: (text, version) => api.note(call.id, text, version) }, context });
  const talk = createTalk({
    act: { updates: (after) => api.updates(call.id, after), take: () => hold('take'), give: () => hold('give'), moved: refresh, gone: withdrawn }, context,
  });
  const status = h('div', { class: 'status-line', role: 'status' });
  const said = h('p', { class: 'just-now' });
  const rail = h('nav', { class: 'rail-script' });
  const bar = h('div', { class: 'call-bar' });
  const work = h('div', { class: 'work' }, line.choices, entry.root);
  const middle = h('main', { class: 'middle' }, bar, status, talk.root, line.say, said, line.ask, frame.root, work, closed.root);
  const root = h('div', { class: 'call', hidden: true, 'aria-busy': 'false' }, h('aside', { class: 'rail' }, rail, line.aside), middle, sheetSide.root);
  talk.onHolder(() => call && labels());

  // Showing

  function labels() {
    const { w, own } = outer();
    const mine = writing();
    work.classList.toggle('read-only', Boolean(call.handover) && !mine);
    entry.relabel(mine ? { label: w('write_person'), hint: w('ime'), send: w('say_to_person') } : { label: w('heard'), hint: w('heard_hint'), send: w('send') });
    entry.field.lang = langTag(caller());
    fill(bar,
      h('h1', null, `${w('number')} ${call.number ?? ''}`),
      h('span', { class: 'chip' }, me().hotline.languages?.[call.language] || call.language),
      call.risk === 'high' ? h('span', { class: 'chip chip-high' }, w('high_risk')) : null,
      h('span', { class: 'spacer' }),
      keyed('search', w('search'), () => panel('search')),
      keyed('check', w('check'), () => panel('check')),
      keyed('script', w('script'), () => panel('script')),
      call.state === 'open' ? keyed('finish_call', w('finish_call'), () => panel('finish_call')) : null);
    rail.setAttribute('aria-label', w('script'));
    inTongue(bar, own);
  }

  /** Whether what is typed goes to a person in the chat. */
  function writing() {
    return Boolean(call?.handover) && talk.holder() === 'staff';
  }

  function show() {
    const now = jumped ? { ...jumped, still: place.slot } : place;
    // Closed, or not the hotline's to see any more: then staff's own notes are what is left.
    const ended = call.state === 'closed' || Boolean(call.withdrawn_at);
    line.show(now, sheet, { ...extra, script });
    root.classList.toggle('ended', ended);
    root.classList.toggle('shared', Boolean(call.handover));
    for (const part of [line.say, line.ask, work]) part.toggleAttribute('hidden', ended || (part === line.say && !line.say.querySelector('.spoken-line')));
    closed.root.hidden = call.state !== 'closed';
    sheetSide.show(sheet, call);
    code.draw();
    showRail();
    labels();
  }

  function showRail() {
    const { w, own } = outer();
    const open = jumped?.slot || place.slot;
    // The second loss is asked about only once there is one.
    const mine = script.filter(({ slot }) => !slot.startsWith('second_') || slot === open || sheet?.case?.recovery === 'paid');
    rail.replaceChildren(h('ol', null, ...mine.map((question) => {
      const held = answerTo(sheet, question.slot);
      const complete = question.slot === 'channels_complete' && sheet?.case?.channels_complete;
      const state = question.slot === open ? 'now' : held?.skipped ? 'skipped' : held || complete ? 'done' : 'later';
      return h('li', { class: state }, inTongue(h('button', { type: 'button', tabindex: '-1', 'aria-current': question.slot === open ? 'step' : false, onclick: () => jump(question.slot) }, question.title), own));
    })));
    rail.parentElement.setAttribute('aria-label', w('for_you'));
  }

  function notify(text, ...controls) {
    status.replaceChildren(...(text ? [h('p', null, text), ...controls] : []));
  }

  function trouble(name, ...controls) {
    lost = true;
    notify(outer().w(name), ...controls, button(outer().w('emergency'), () => go('emergency')));
  }

  function calm() {
    lost = false;
    notify('');
  }

  // Opening

  async function take(data) {
    call = data.call;
    sheet = data.sheet;
    const messages = data.history || data.messages || [];
    const turn = data.history ? lastTurn(messages) : { said: '', messages };
    place = placeFrom(turn.messages);
    jumped = null;
    extra = {};
    pending.clear();
    if (!messages.some((message) => message.from === 'person')) {
      place.before = [...(me().hotline.lines || []).filter(({ id }) => id === 'opening').map((own) => ({ text: inLanguage(own, call.language), lang: call.language })), ...place.before];
    }
    justNow(call.state === 'open' ? turn.said : '');
    looked = fingerprint();
    root.hidden = false;
    frame.close();
    if (call.handover && !call.withdrawn_at) talk.open(call);
    else talk.close();
    show();
    if (call.withdrawn_at) {
      notify(outer().w('withdrawn'));
      if (call.state === 'open') sheetSide.notes.focus();
    }
    if (call.state === 'closed') closed.show(call, dispositionOf(call));
    else if (!call.withdrawn_at) entry.focus();
    await loadScript();
  }

  /** The person ended the hand-over: what was on the screen of it goes, notes that are being written stay. */
  async function withdrawn() {
    const on = call?.id;
    try {
      const data = await api.read(on);
      if (call?.id !== on) return;
      entry.set('');
      await take(data);
    } catch {
      trouble('withdrawn');
    }
  }

  async function loadScript() {
    try {
      script = (await api.script(caller(), outer().own)).questions;
      show();
    } catch {
      // The open question is on the screen all the same.
    }
  }

  async function open(id) {
    leave();
    root.hidden = false;
    notify(outer().w('loading'));
    try {
      const data = await api.read(id);
      calm();
      code.clear();
      await take(data);
    } catch (error) {
      if (error.kind === 'gone') notify(outer().w('gone'), button(outer().w('calls'), () => go('calls')));
      else trouble('no_answer', button(outer().w('try_again'), () => open(id)));
    }
  }

  function leave() {
    sheetSide.notes.store();
    talk.close();
    frame.close();
    entry.set('');
    notify('');
    sheetSide.notes.clear();
    root.hidden = true;
    call = null;
  }

  // One turn

  function chooseAt(at) {
    const each = line.answerAt(at);
    return each ? answer(each) : false;
  }

  const answer = (each) => turn({ payload: each.payload }, each.title);
  const control = (payload) => turn({ payload }, '');

  function skip() {
    if (jumped) return unjump();
    return control('/skip');
  }

  function typed(text) {
    if (writing()) return speak(text);
    const figure = jumped?.slot === 'amount' && /^[\d.,\s]+$/.test(text);
    return turn({ text: figure ? words(caller())('amount_was', { text }) : text }, text);
  }

  /** Begin a turn; false while another one is on its way. What failed before goes out again with the id it had. */
  function turn(content, shown) {
    if (!call || call.state === 'closed' || call.withdrawn_at) return false;
    if (busy) {
      // Written faster than the answer came: it goes out next.
      if (content.text) afterTurn(() => entry.submit());
      return false;
    }
    if (call.handover && !writing()) {
      notify(outer().w('not_taken'));
      return false;
    }
    deliver(again(content) || { id: api.newId(), content, shown });
    return true;
  }

  const again = (content) => pending.get(JSON.stringify(content));

  async function deliver(message) {
    const on = call.id;
    setBusy(true);
    try {
      const reply = await api.send(on, { id: message.id, ...message.content });
      if (call?.id !== on) return;
      pending.delete(JSON.stringify(message.content));
      calm();
      receive(reply, message);
    } catch (error) {
      if (call?.id === on) failed(error, message);
    } finally {
      setBusy(false);
      waiting.shift()?.();
    }
  }

  /** At once, or when the answer that is on its way has come. */
  function afterTurn(act) {
    if (busy) waiting.push(act);
    else act();
  }

  function receive(reply, message) {
    if (frame.name() === 'crisis' || frame.name() === 'script') frame.close();
    jumped = null;
    extra = { degraded: Boolean(reply.degraded), masked: reply.sent?.text || null };
    // A turn that could not be answered leaves the question as it was, below the emergency messages.
    const now = placeFrom(reply.messages || []);
    place = reply.degraded && !now.slot ? { ...place, before: reply.messages } : now;
    if (reply.call) call = reply.call;
    if (reply.sheet) sheet = reply.sheet;
    looked = fingerprint();
    justNow(message.shown);
    show();
  }

  function failed(error, message) {
    if (mayRepeat(error) || error.kind === 'busy') {
      pending.set(JSON.stringify(message.content), message);
      if (message.content.text) entry.set(message.content.text);
      trouble('no_answer', button(outer().w('try_again'), () => retry(message)));
    } else if (error.kind === 'gone') {
      notify(outer().w('gone'), button(outer().w('calls'), () => go('calls')));
    } else {
      if (message.content.text) entry.set(message.content.text);
      notify(outer().w('refused'));
    }
  }

  function retry(message) {
    if (busy) return;
    if (message.content.to) speak(message.content.text);
    else deliver(message);
    entry.set('');
    entry.focus();
  }

  function setBusy(on) {
    busy = on;
    entry.busy(on);
    line.enable(!on);
    root.setAttribute('aria-busy', String(on));
  }

  function justNow(text) {
    said.textContent = text ? outer().w('chosen_line', { text }) : '';
    said.hidden = !text;
  }

  // Moving about

  function jump(slot) {
    const question = script.find((each) => each.slot === slot);
    if (!question || !call || call.state === 'closed' || call.withdrawn_at) return;
    frame.close();
    if (slot === place.slot) return unjump();
    jumped = placeOf(question, caller());
    const held = answerTo(sheet, slot);
    if (held && LISTS.includes(slot)) {
      jumped.answers = [...jumped.answers, { title: outer().w('take_back'), payload: `/change_slot${JSON.stringify({ slot_name: slot })}` }];
    }
    show();
    entry.focus();
  }

  function unjump() {
    jumped = null;
    show();
    entry.focus();
  }

  // Panels

  let lookedUp = '';
  async function find(text) {
    const { own } = outer();
    const lower = text.toLowerCase();
    const mine = (me().hotline.lines || []).filter((each) => !text || [each.zh, each.en].some((value) => String(value).toLowerCase().includes(lower)))
      .map((each) => ({ kind: 'line', id: each.id, label: inLanguage(each, own), title: inLanguage(each, caller()), body: inLanguage(each, caller()), contacts: [] }));
    if (!text) return mine;
    return [...mine, ...(await api.search(text, caller(), own)).results];
  }

  function panel(name) {
    const { w } = outer();
    if (frame.name() === name) return frame.close();
    const make = {
      search: () => searchPanel({ find, context, kept: lookedUp, keep: (text) => { lookedUp = text; } }),
      check: () => checkPanel({ check: (text) => api.check(text, caller()), enter: (text) => { frame.close(); turn({ text }, text); }, context }),
      script: () => scriptPanel({ script, sheet, jump, context }),
      crisis: () => crisisPanel({ context }),
      finish_call: () => dispositionPanel({ dispositions: me().hotline.dispositions, choose: end, line: inLanguage((me().hotline.lines || []).find(({ id }) => id === 'closing'), caller()), context }),
    }[name]();
    middle.classList.add('has-panel');
    frame.open(name, w(name === 'finish_call' ? 'disposition' : name), make.elements, make.focus);
    make.focus?.select?.();
    return undefined;
  }

  function afterPanel() {
    middle.classList.remove('has-panel');
    if (call && call.state === 'open') entry.focus();
  }

  /** The protocol is on the screen at once; that it was needed is told to the guide as well. */
  function crisis() {
    if (!call) return false;
    if (frame.name() === 'crisis') {
      frame.close();
      return true;
    }
    panel('crisis');
    if (call.state === 'open' && !call.handover) afterTurn(() => control('/crisis'));
    return true;
  }

  // The end

  const dispositionOf = (one) => me().hotline.dispositions.find((each) => each.id === one.disposition);

  async function end(disposition) {
    await sheetSide.notes.store();
    try {
      call = (await api.close(call.id, disposition)).call;
      frame.close();
      justNow('');
      show();
      closed.show(call, dispositionOf(call));
    } catch {
      notify(outer().w('failed'));
    }
  }

  async function reopen() {
    try {
      await api.reopen(call.id);
      await open(call.id);
    } catch {
      notify(outer().w('failed'));
    }
  }

  // Beside the turns

  async function tick(id, done) {
    try {
      await api.tick(call.id, id, done);
      const step = sheet.steps.find((each) => each.id === id);
      if (step) step.done = done;
      sheetSide.show(sheet, call);
    } catch (error) {
      notify(outer().w('tick_failed'));
      throw error;
    }
  }

  async function since(iso) {
    try {
      await api.since(call.id, iso);
      sheet = await api.sheet(call.id);
      sheetSide.show(sheet, call);
    } catch {
      notify(outer().w('failed'));
    }
  }

  async function hold(which) {
    try {
      const answerOf = await api[which](call.id);
      call = answerOf.call || { ...call, holder: which === 'take' ? 'staff' : 'bot' };
      talk.hold(call.holder);
      labels();
      entry.focus();
    } catch {
      notify(outer().w('failed'));
    }
  }

  function speak(text) {
    if (busy) return false;
    const content = { text, to: 'person' };
    const message = again(content) || { id: api.newId(), content };
    setBusy(true);
    api.say(call.id, { id: message.id, text }).then((reply) => {
      pending.delete(JSON.stringify(content));
      calm();
      talk.poll();
      if (reply.sent) notify(outer().w('masked', { text: reply.sent.text }));
    }, (error) => failed(error, message)).finally(() => setBusy(false));
    return true;
  }

  const fingerprint = () => JSON.stringify([sheet?.open, sheet?.answers?.answers]);

  /** What a colleague, or the person in the chat, has changed meanwhile. */
  async function refresh() {
    if (busy || !call || document.hidden) return;
    const on = call.id;
    try {
      const fresh = await api.sheet(on);
      if (busy || call?.id !== on) return;
      if (lost && !pending.size) notify(outer().w('back_again'));
      lost = lost && pending.size > 0;
      sheet = fresh;
      if (fingerprint() === looked) {
        sheetSide.show(sheet, call);
        return;
      }
      const data = await api.read(on);
      if (busy || call?.id !== on) return;
      const other = data.call.handover ? '' : outer().w('changed_elsewhere');
      const typing = entry.field.value;
      const kept = { panel: frame.name(), jumped };
      call = data.call;
      sheet = data.sheet;
      place = placeFrom(lastTurn(data.history).messages);
      jumped = kept.jumped;
      looked = fingerprint();
      show();
      entry.set(typing);
      if (other) notify(other);
    } catch {
      // The next look will tell; what is on the screen stays.
    }
  }
  setInterval(refresh, LOOK_EVERY);

  // Keys

  const KEYS = {
    crisis,
    search: () => panel('search'),
    check: () => panel('check'),
    script: () => panel('script'),
    back: () => control('/go_back'),
    skip,
    finish: () => control('/finish'),
    finish_call: () => call.state === 'open' && panel('finish_call'),
    notes: () => sheetSide.notes.focus(),
    plan: () => sheetSide.focusPlan(),
    time_moved: () => sheetSide.askTime(),
    put_line: () => writing() && entry.set(place.ask?.text || ''),
    phone_code: () => { if (!frame.name()) showCode(); },
    take: () => call.handover && !call.withdrawn_at && hold(talk.holder() === 'staff' ? 'give' : 'take'),
    escape,
  };

  function showCode() {
    if (call.state !== 'closed') {
      middle.classList.add('has-panel');
      frame.open('phone_code', outer().w('phone_code'), [code.root], null);
    }
    code.open();
  }

  function escape() {
    if (frame.name()) frame.close();
    else if (jumped) unjump();
    else if (call.state === 'open') entry.focus();
  }

  /** Do what a key means here; whether it meant anything. */
  function press(does) {
    if (!call || root.hidden || !KEYS[does]) return false;
    KEYS[does]();
    return true;
  }

  root.addEventListener('keydown', (event) => {
    if (event.target === entry.field && ['PageUp', 'PageDown'].includes(event.key)) {
      event.preventDefault();
      line.scroll(event.key === 'PageUp' ? -1 : 1);
    }
  });

  return {
    root,
    open,
    take,
    leave,
    press,
    current: () => call,
    /** Typing anywhere goes into the box. */
    focus: () => call && call.state === 'open' && !call.withdrawn_at && !frame.name() && entry.focus(),
    async relabel() {
      if (!call) return;
      await loadScript();
      const data = await api.read(call.id);
      call = data.call;
      sheet = data.sheet;
      place = placeFrom(lastTurn(data.history).messages);
      show();
      if (call.state === 'closed') closed.show(call, dispositionOf(call));
    },
  };
}
