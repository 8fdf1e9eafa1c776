// Asking for a person at the hotline: the person agrees, gets a code for staff, sees who is writing, and can take it back.

import { confirm } from './dialogs.js';
import { h } from './dom.js';
import { langTag, words } from './words.js';

const EVERY = 2_500;
/** The first question comes first: so long after it the hotline is asked for, in milliseconds. */
const CALM = 1_500;
const WORDS = {
  ask: ['找真人帮忙', 'Ask for a person'],
  title: ['让热线工作人员看到这段对话？', 'Let hotline staff see this conversation?'],
  text: [
    '同意后会出现一个码。把码告诉热线工作人员，他们就能看到您在这里写的和回答的，也可以直接给您写。您随时可以收回。',
    'If you agree, a code appears. Give it to the hotline. Staff can then read what you wrote and answered here, and write to you. You can take this back at any time.',
  ],
  yes: ['同意', 'I agree'],
  no: ['不同意', 'No'],
  code: ['把这个码告诉热线工作人员', 'Give this code to the hotline'],
  until: ['{time} 前有效，只能用一次。', 'It works until {time}, and once.'],
  asked: ['您同意过让热线工作人员看这段对话。', 'You agreed that hotline staff may see this conversation.'],
  joined: ['热线工作人员现在能看到这段对话。回复您的还是自动指引。', 'Hotline staff can see this conversation now. The automatic guide still answers.'],
  held: ['现在是热线的真人在给您写。', 'A person from the hotline is writing to you now.'],
  from_staff: ['热线工作人员：', 'Hotline staff:'],
  withdraw: ['收回，不再让他们看', 'Take it back'],
  withdrawn: ['已收回。热线工作人员看不到这段对话了。', 'Taken back. Hotline staff can no longer see this conversation.'],
  failed: ['没有成功，请再试一次。', 'That did not work. Please try again.'],
};

/** `page` as widget.js hands it to its parts. Nothing is offered where no hotline answers. */
export async function attach(page) {
  const { api, thread, conversation, header } = page;
  const w = (name, values) => words(page.language(), WORDS)(name, values);
  const bar = h('section', { class: 'person-bar', role: 'status', hidden: true });
  await new Promise((resolve) => setTimeout(resolve, CALM));
  let hotline = await api.person().catch(() => ({ offered: false }));
  let given = null;
  let holder = 'bot';
  let next = null;
  let behind = false;
  let timer = null;

  if (!hotline.offered && !hotline.joined) return;
  thread.root.before(bar);
  header.addItem({ name: () => w('ask'), icon: 'phone', act: ask });

  const sharing = () => Boolean(given || hotline.code_active || hotline.joined);

  function draw() {
    bar.hidden = !sharing();
    bar.dataset.state = holder === 'staff' ? 'held' : hotline.joined ? 'joined' : 'asked';
    const back = h('button', { type: 'button', class: 'link-button', onclick: withdraw }, w('withdraw'));
    if (holder === 'staff' || hotline.joined) bar.replaceChildren(h('p', null, w(holder === 'staff' ? 'held' : 'joined')), back);
    else if (given) {
      const time = new Date(given.expires_at).toLocaleTimeString(langTag(page.language()), { timeStyle: 'short' });
      const reach = [given.phone && h('a', { href: `tel:${given.phone.replace(/[^\d+*#]/g, '')}` }, given.phone), given.hours?.[page.language()]].filter(Boolean);
      bar.replaceChildren(h('p', null, w('code')), h('p', { class: 'person-code' }, given.code),
        ...(reach.length ? [h('p', null, ...reach.flatMap((each) => [each, ' ']))] : []), h('p', { class: 'fine' }, w('until', { time })), back);
    } else bar.replaceChildren(h('p', null, w('asked')), back);
    name(thread.root.querySelectorAll('[data-from="staff"]'));
  }

  /** Staff's messages say whose they are, to the eye and to the ear. */
  function name(elements) {
    for (const element of elements) {
      if (element.dataset.from !== 'staff') continue;
      element.querySelector('.person-name')?.remove();
      element.querySelector('.spoken')?.remove();
      element.prepend(h('p', { class: 'person-name' }, w('from_staff')));
    }
  }

  async function ask() {
    const app = thread.root.closest('.app');
    if (!(await confirm(app, { title: w('title'), text: w('text'), yes: w('yes'), no: w('no') }))) return;
    try {
      given = await conversation.renewing(() => api.askPerson());
      hotline = { ...hotline, joined: false };
      draw();
      bar.tabIndex = -1;
      bar.focus();
      watch();
    } catch {
      page.notify(w('failed'));
    }
  }

  async function withdraw() {
    try {
      await conversation.renewing(() => api.withdrawPerson());
      stop();
      page.notify(w('withdrawn'));
      conversation.catchUp();
    } catch {
      page.notify(w('failed'));
    }
  }

  function stop() {
    clearTimeout(timer);
    given = null;
    holder = 'bot';
    hotline = { ...hotline, joined: false, code_active: false };
    draw();
  }

  async function watch() {
    clearTimeout(timer);
    if (!sharing()) return;
    try {
      await look();
    } catch {
      // The next look will tell; the conversation itself says when the server is gone.
    }
    if (sharing()) timer = setTimeout(watch, EVERY);
  }

  async function look() {
    const first = next === null;
    const news = await api.updates(next ?? 0);
    next = news.next;
    const fresh = first ? [] : news.messages.filter(({ n }) => !thread.root.querySelector(`[data-n="${n}"]`));
    const written = fresh.filter((message) => message.from === 'staff');
    // Taking over and giving back change what stands in the conversation: show it as the server has it.
    behind ||= fresh.some((message) => message.from === 'system') || (first && news.holder === 'staff');
    if (behind && conversation.idle()) {
      behind = false;
      await conversation.catchUp();
    } else if (!behind && written.length) thread.scrollTo(thread.add(written));
    if (holder === 'bot' && news.holder === 'bot') {
      const now = await api.person();
      // The code was used, or has run out.
      if (given && !now.code_active) given = null;
      hotline = { ...hotline, ...now };
    }
    if (news.holder === 'staff') hotline.joined = true;
    holder = news.holder;
    draw();
  }

  page.on('turn', name);
  page.on('language', draw);
  page.on('ended', stop);
  draw();
  watch();
}
