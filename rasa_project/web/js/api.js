// The web channel's calls. Every failure is an ApiError whose `kind` says what the page can do about it.

const TIMEOUT = 25_000;
const RETRY_AFTER = 1_200;

/**
 * `kind`: "network" (no answer), "unavailable" (the server cannot work now), "busy" (too many messages),
 * "gone" (the conversation is not known any more), "refused" (this request will never be accepted).
 * `code` is the server's own word for it, `retryAfter` the seconds it asks to wait (0: it does not say).
 */
export class ApiError extends Error {
  constructor(kind, { status = 0, code = '', retryAfter = 0 } = {}) {
    super(code || kind);
    Object.assign(this, { kind, status, code, retryAfter });
  }
}

/** What stands between us and the server may answer 403 or 404 as well: without our code it says nothing of the conversation. */
function kindOf(status, code) {
  if (status === 410 || (status === 401 && code)) return 'gone';
  if (status === 429) return 'busy';
  if (!code || status >= 500 || status === 408 || status === 409 || status === 425) return 'unavailable';
  return 'refused';
}

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** A message id; crypto.randomUUID exists on secure origins only, so it is made from random bytes. */
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** Calls below `base` (an absolute URL ending in "/"), with the token that `store` keeps. */
export function createApi(base, store) {
  async function call(method, path, body) {
    const headers = { Accept: 'application/json' };
    const token = store.get();
    if (token) headers.Authorization = `Bearer ${token}`;
    if (body !== undefined) headers['Content-Type'] = 'application/json';
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), TIMEOUT);
    try {
      const answer = await fetch(new URL(path, base), {
        method,
        headers,
        body: body === undefined ? undefined : JSON.stringify(body),
        signal: abort.signal,
        cache: 'no-store',
        credentials: 'omit',
        referrerPolicy: 'no-referrer',
      });
      const data = answer.status === 204 ? {} : await answer.json().catch(() => null);
      if (answer.ok && data) return data;
      const code = data?.error || '';
      throw new ApiError(kindOf(answer.status, code), { status: answer.status, code, retryAfter: Number(answer.headers.get('Retry-After')) || 0 });
    } catch (error) {
      throw error instanceof ApiError ? error : new ApiError('network');
    } finally {
      clearTimeout(timer);
    }
  }

  return {
    /** A new conversation: `{messages}` with the greeting. The token is kept in the store. */
    async open(language, region) {
      store.clear();
      const session = await call('POST', 'session', region ? { language, region } : { language });
      store.set(session.token);
      return session;
    },
    /** Take up the conversation of a token that has expired: `{messages}` offer to go on or to start again. */
    async comeBack() {
      const session = await call('POST', 'session', { continue: true });
      store.set(session.token);
      return session;
    },
    history: () => call('GET', 'history'),
    /**
     * Send `{id, text}` or `{id, payload}`. The server answers one id once, so a call that got no answer is
     * repeated once with the same id; the person's "send again" uses that id too.
     */
    async send(message) {
      try {
        return await call('POST', 'message', message);
      } catch (error) {
        if (error.kind !== 'network' && error.kind !== 'unavailable') throw error;
        await pause(RETRY_AFTER);
        return call('POST', 'message', message);
      }
    },
    plan: () => call('GET', 'plan'),
    /** A link to the plan for whoever holds it: `{path, token, expires_at}`. */
    link: () => call('POST', 'link', {}),
    /** The plan and the papers, with a link's token. */
    shared: (language) => call('GET', language ? `shared?lang=${language}` : 'shared'),
    /** The hotline: whether it can be asked, asking (the code for staff), taking that back, and what was said since. */
    person: () => call('GET', 'person'),
    askPerson: () => call('POST', 'person', {}),
    withdrawPerson: () => call('DELETE', 'person'),
    /** The code that the hotline read out: `{path}` of the plan's link. */
    openCode: (code) => call('POST', 'code', { code }),
    updates: (after) => call('GET', `updates?after=${after}`),
    tick: (step, done) => call('POST', `plan/${encodeURIComponent(step)}`, { done }),
    /** Everything that the server holds of the conversation. */
    held: () => call('GET', 'export'),
    /** Delete the conversation on the server; one that is not there any more counts as deleted. */
    async erase() {
      try {
        await call('DELETE', 'session');
      } catch (error) {
        if (error.kind !== 'gone' || error.code === 'expired_token') throw error;
      }
      store.clear();
    },
  };
}
