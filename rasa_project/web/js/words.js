// The words of the page itself, both languages side by side. What the bot says comes from the server.

const WRITTEN = ['zh', 'en'];

const WORDS = {
  brand: ['稳住', 'Steady'],
  tagline: ['网络诈骗后的自助指引', 'What to do after online fraud'],
  other_language_name: ['切换到英文', 'Switch to Chinese'],
  leave: ['离开', 'Leave'],
  leave_rest: ['本页，什么都不留下。快捷键', ' this page and keep nothing here. Short cut'],
  leave_hint: ['再按一次 Esc，马上离开本页。', 'Press Esc again to leave this page at once.'],
  menu: ['更多', 'More'],
  call: ['拨打', 'Call'],
  first_steps: ['先做什么', 'First steps'],
  shortcuts: ['求助和计划', 'Help and plan'],
  plan: ['我的计划', 'My plan'],
  conversation: ['对话', 'Conversation'],
  more_below: ['往下看', 'Read on below'],
  back_to_chat: ['返回对话', 'Back to chat'],
  larger_text: ['大字', 'Larger text'],
  read_aloud: ['读出来', 'Read aloud'],
  stop_reading: ['停止朗读', 'Stop reading'],
  start_over: ['重新开始', 'Start over'],
  take_home: ['下载我的对话', 'Download my conversation'],
  take_home_failed: ['没有下载成功，请再试一次。', 'It was not downloaded. Please try again.'],
  erase: ['删除我的对话', 'Delete my conversation'],
  steady_says: ['稳住：', 'Steady:'],
  you_say: ['您：', 'You:'],
  write: ['用您自己的话写', 'Write in your own words'],
  send: ['发送', 'Send'],
  fine_print: [
    '自动指引，不是警方。请勿发送密码、验证码。',
    'Automatic guide, not police. Never send passwords or codes.',
  ],
  chosen: ['（已选）', '(chosen)'],
  waiting: ['正在想怎么回答…', 'Working on the answer…'],
  opening: ['正在打开对话…', 'Opening the conversation…'],
  not_sent: ['没有发出去。', 'Not sent.'],
  not_answered: ['没有得到回答。', 'Not answered.'],
  retry: ['再发一次', 'Send again'],
  too_long: [
    '这段话有点长，一次最多 {max} 个字，现在多了 {over} 个。请分几次发，什么都不会丢。',
    'That is a little long: {max} characters at a time, {over} too many now. Send it in parts; nothing is lost.',
  ],
  left: ['还可以写 {left} 个字', '{left} characters left'],
  no_pictures: [
    '这里收不了图片。请把图片里的文字打出来或粘贴过来，原图请留在手机里，报警时用得上。',
    'Pictures cannot be received here. Please type or paste the words in it, and keep the picture: the police can use it.',
  ],
  offline: [
    '网络断开了。上面的步骤和电话照样能用。没发出去的话，网络恢复后会自动发。',
    'You are offline. The steps and phone numbers above still work. What was not sent is sent by itself when the network is back.',
  ],
  unavailable: [
    '对话暂时打不开，我们会自动再试。请先照上面的步骤做。',
    'The conversation cannot open right now. We keep trying. Please follow the steps above first.',
  ],
  unanswered: [
    '现在收不到回复。您写的还在，可以再发一次。着急的话，请先照上面的步骤做。',
    'No answer is coming back. What you wrote is still here, and you can send it again. If it is urgent, follow the steps above first.',
  ],
  busy: [
    '消息发得太快了。{seconds} 秒后会自动再发，不用按。着急的话，请先照上面的步骤做。',
    'Messages are coming too fast. This one is sent again by itself in {seconds} seconds. If it is urgent, follow the steps above first.',
  ],
  come_back: [
    '页面开了很久，对话还在，什么都没有丢。没发出去的话在输入框里。',
    'The page was open for a long time. The conversation is still here and nothing is lost. What was not sent is in the text box.',
  ],
  moved_on: [
    '对话在另一个页面里继续过了。这里是现在的样子。',
    'The conversation went on in another window. This is how it stands now.',
  ],
  gone: [
    '之前的对话已经结束，这里重新开始了一个。您刚才写的还在输入框里。',
    'The earlier conversation has ended, so this is a new one. What you wrote is still in the text box.',
  ],
  refused: ['这条消息没有被接受，请换个说法再试。', 'This message was not accepted. Please put it another way.'],
  try_now: ['现在再试', 'Try now'],
  erased: ['您的对话已经删除，这里和服务器上都没有了。', 'Your conversation is deleted, here and on the server.'],
  erase_failed: ['没有删除成功，请再试一次。', 'It was not deleted. Please try again.'],
  new_conversation: ['开始新的对话', 'Start a new conversation'],
  confirm_erase_title: ['删除整个对话？', 'Delete the whole conversation?'],
  confirm_erase: [
    '对话和计划会从这台设备和服务器上删除，不能恢复。',
    'The conversation and the plan are removed from this device and from the server. This cannot be undone.',
  ],
  confirm_erase_yes: ['删除', 'Delete'],
  cancel: ['取消', 'Cancel'],
  stage_now: ['现在', 'Now'],
  stage_today: ['今天', 'Today'],
  stage_this_week: ['这周', 'This week'],
  stage_while_waiting: ['等待期间', 'While you wait'],
  progress: ['已做 {done} 步，共 {all} 步', '{done} of {all} done'],
  tick: ['做完了：{title}', 'Done: {title}'],
  tick_failed: ['没有记下来，请再点一次。', 'That was not saved. Please tick it again.'],
  why: ['为什么：', 'Why: '],
  keep: ['请留好', 'Keep these'],
  sources: ['依据', 'Where this comes from'],
  checked: ['核对于 {date}', 'checked {date}'],
  deadline: ['时限：', 'Time limit: '],
  your_message: ['您收到的话', 'The message you got'],
  flags_found: ['标出的地方', 'What is marked'],
  source: ['来源：', 'Source: '],
  answers: ['您说过的', 'What you told us'],
  missing: ['止付还需要这些，请照着凭证一字不差地抄', 'A stop-payment still needs these, copied exactly from the receipt'],
  share: ['分享链接', 'Share by link'],
  share_title: ['只给您信任的人', 'Only for people you trust'],
  share_text: [
    '拿到这个链接的人可以看您的计划和回答，不能改动，看不到对话。{date} 之后打不开。',
    'Whoever has this link can read your plan and your answers. They cannot change them or see the conversation. It stops working after {date}.',
  ],
  share_failed: ['链接没有做好，请再试一次。', 'The link could not be made. Please try again.'],
  copy: ['复制', 'Copy'],
  copied: ['已复制', 'Copied'],
  close: ['关闭', 'Close'],
  document_view: ['打印、存档', 'Print or keep'],
  papers: ['报案和投诉材料', 'Papers for the police and complaints'],
  plan_empty: [
    '还没有计划。先说说发生了什么，回答一两个问题后，这里就会有步骤。',
    'There is no plan yet. Say what happened and answer a question or two; the steps then appear here.',
  ],
  plan_failed: ['计划暂时打不开，请再试一次。', 'The plan cannot be opened right now. Please try again.'],
};

/** The region's languages, code -> what it calls itself, from "zh=中文,en=English" as the server wrote it. */
export function languagesFrom(attribute) {
  const pairs = String(attribute || 'zh=中文,en=English').split(',').map((pair) => pair.split('='));
  return new Map(pairs.map(([code, name]) => [code.trim(), name]));
}

/** The one of `languages` that is nearest to a tag such as "zh-CN" or "en-GB"; null when none is. */
export function languageOf(tag, languages) {
  const code = String(tag || '').toLowerCase().replace('_', '-');
  return [code, code.split('-')[0]].find((each) => languages.has(each)) ?? null;
}

/** The language after `language` in `languages`: what the switch changes to. */
export function nextLanguage(language, languages) {
  const codes = [...languages.keys()];
  return codes[(codes.indexOf(language) + 1) % codes.length];
}

/** The `lang` attribute for a language: Chinese says which script, so that the right glyphs are chosen. */
export const langTag = (language) => (language === 'zh' ? 'zh-CN' : language);

/**
 * `words(language)` gives `w(name, values)`: the text of `name` with `{value}` marks filled, in `w.language`.
 * A language that this page is not written in gets English. `more`: words of a page of its own.
 */
export function words(language, more = {}) {
  const written = WRITTEN.includes(language) ? language : 'en';
  const column = WRITTEN.indexOf(written);
  const w = (name, values = {}) => (more[name] || WORDS[name])[column].replace(/\{(\w+)\}/g, (mark, key) => values[key] ?? mark);
  return Object.assign(w, { language: written });
}
