// The staff channel's calls. A session that has ended is renewed in place, and the same request goes out again.

import { newId } from '../js/api.js';

const TIMEOUT = 25_000;
const RETRY_AFTER = 1_200;

/** `kind`: "network", "unavailable", "busy", "changed", "gone", "refused", "login"; `data`: what the server said. */
export class StaffError extends Error {
  constructor(kind, code = '', data = {}, wait = 0) {
    super(code || kind);
    Object.assign(this, { kind, code, data, wait });
  }
}

const KINDS = { 401: 'login', 404: 'gone', 410: 'gone', 409: 'changed', 429: 'busy', 408: 'unavailable', 425: 'unavailable' };
const kindOf = (status) => KINDS[status] || (status >= 500 ? 'unavailable' : 'refused');
/** Nobody knows whether such a request arrived; the same id makes it safe to send it again. */
export const mayRepeat = (error) => error.kind === 'network' || error.kind === 'unavailable';
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const query = (values) => {
  const given = Object.entries(values).filter(([, value]) => value !== '' && value !== null && value !== undefined);
  return given.length ? `?${new URLSearchParams(given)}` : '';
};

/** Calls below `base`. `logInAgain()` resolves when the person has logged in once more. */
export function createStaffApi(base, logInAgain) {
  let csrf = '';

  async function once(method, path, body) {
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), TIMEOUT);
    try {
      const answer = await fetch(new URL(path, base), {
        method,
        headers: {
          Accept: 'application/json',
          ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
          ...(method === 'GET' || !csrf ? {} : { 'X-CSRF-Token': csrf }),
        },
        body: body === undefined ? undefined : JSON.stringify(body),
        signal: abort.signal,
        cache: 'no-store',
        credentials: 'same-origin',
      });
      const isJson = (answer.headers.get('content-type') || '').includes('json');
      const data = answer.status === 204 ? {} : await (isJson ? answer.json() : answer.text());
      if (!answer.ok) throw new StaffError(kindOf(answer.status), data.error, data, Number(answer.headers.get('Retry-After')) || 0);
      return data;
    } catch (error) {
      throw error instanceof StaffError ? error : new StaffError('network');
    } finally {
      clearTimeout(timer);
    }
  }

  const learn = (data) => {
    csrf = data.csrf;
    return data;
  };

  async function call(method, path, body) {
    try {
      return await once(method, path, body);
    } catch (error) {
      if (error.code === 'bad_csrf') learn(await once('GET', 'me'));
      else if (error.kind === 'login') await logInAgain();
      else throw error;
      return once(method, path, body);
    }
  }

  /** Again, once, by itself: the server answers one id once. */
  async function surely(method, path, body) {
    try {
      return await call(method, path, body);
    } catch (error) {
      if (!mayRepeat(error)) throw error;
      await pause(RETRY_AFTER);
      return call(method, path, body);
    }
  }

  const of = (id, rest = '') => `calls/${encodeURIComponent(id)}${rest}`;
  return {
    newId,
    /** Who is logged in: `{account, csrf, hotline, names}`; StaffError "login" when nobody is. */
    me: async () => learn(await once('GET', 'me')),
    logIn: async (name, password) => {
      csrf = (await once('POST', 'login', { name, password })).csrf;
      return learn(await once('GET', 'me'));
    },
    logOut: () => call('POST', 'logout', {}),
    speak: (language) => call('PUT', 'me', { language }),
    begin: (body) => call('POST', 'calls', body),
    list: (filter) => call('GET', `calls${query(filter)}`),
    read: (id) => call('GET', of(id)),
    sheet: (id) => call('GET', of(id, '/sheet')),
    send: (id, message) => surely('POST', of(id, '/messages'), message),
    tick: (id, step, done) => surely('POST', of(id, `/plan/${encodeURIComponent(step)}`), { done }),
    note: (id, notes, version) => call('PUT', of(id, '/notes'), { notes, version }),
    since: (id, since) => call('PUT', of(id, '/since'), { since }),
    close: (id, disposition) => surely('POST', of(id, '/close'), { disposition }),
    reopen: (id) => surely('POST', of(id, '/reopen'), {}),
    remove: (id) => call('DELETE', of(id)),
    summary: (id, language) => call('GET', of(id, `/summary${query({ format: 'text', lang: language })}`)),
    /** Where a summary or the counts can be fetched as a file. */
    file: (id, format, language) => new URL(of(id, `/summary${query({ format, lang: language })}`), base).href,
    countsFile: (filter) => new URL(`counts.csv${query(filter)}`, base).href,
    link: (id) => call('POST', of(id, '/link'), {}),
    script: (language, own) => call('GET', `script${query({ lang: language, staff_lang: own })}`),
    search: (text, language, own) => call('GET', `search${query({ q: text, lang: language, staff_lang: own })}`),
    check: (text, language) => call('POST', 'check', { text, lang: language }),
    trail: (filter) => call('GET', `audit${query(filter)}`),
    trailFile: (filter, language) => new URL(`audit.csv${query({ ...filter, page: '', lang: language })}`, base).href,
    counts: (filter) => call('GET', `counts${query(filter)}`),
    handover: (code) => call('POST', 'handover', { code }),
    take: (id) => surely('POST', of(id, '/take'), {}),
    give: (id) => surely('POST', of(id, '/give'), {}),
    say: (id, message) => surely('POST', of(id, '/say'), message),
    updates: (id, after) => call('GET', of(id, `/updates${query({ after })}`)),
  };
}
