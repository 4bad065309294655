// Progressive: every page and every form works without it. It keeps a page that is looked at up to date, and switches between light and dark.
'use strict';

(() => {
  const everyMs = 5000;
  const longestMs = 60000;
  const root = document.documentElement;

  // Light and dark: the server reads the cookie, so that a page is never drawn in the wrong one first.
  const button = document.getElementById('theme');
  const isDark = () => (root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches);
  const name = () => { button.textContent = isDark() ? 'Light' : 'Dark'; };
  if (button) {
    button.hidden = false;
    name();
    button.addEventListener('click', () => {
      root.dataset.theme = isDark() ? 'light' : 'dark';
      const secure = location.protocol === 'https:' ? '; Secure' : '';
      document.cookie = `monerocloud_theme=${root.dataset.theme}; Path=/dashboard; Max-Age=31536000; SameSite=Strict${secure}`;
      name();
    });
  }

  if (document.body.dataset.live !== 'on') {
    return;
  }

  const live = document.getElementById('live');
  const announcer = document.getElementById('announce');
  let mark = null;
  let failures = 0;
  let timer = 0;
  let asking = false;
  let good = new Date();

  const clock = (at) => `${at.toISOString().slice(11, 19)} UTC`;

  function say(text, stale) {
    live.textContent = text;
    live.classList.toggle('stale', stale);
  }

  // Turns one element into another by the smallest change, so that focus, selection, what is open and what was typed stay.
  function turn(from, to) {
    if (from.isEqualNode(to)) {
      return;
    }

    for (const { name: n } of [...from.attributes]) {
      if (!to.hasAttribute(n) && !(n === 'open' && from.localName === 'details')) {
        from.removeAttribute(n);
      }
    }

    for (const { name: n, value } of to.attributes) {
      if (from.getAttribute(n) !== value && !(n === 'value' && from === document.activeElement)) {
        from.setAttribute(n, value);
      }
    }

    children(from, to);
  }

  const keyOf = (node) => (node.nodeType === Node.ELEMENT_NODE && node.id ? node.id : null);

  function children(from, to) {
    const known = new Map();
    for (const child of from.childNodes) {
      const key = keyOf(child);
      if (key) {
        known.set(key, child);
      }
    }

    let at = from.firstChild;
    for (const wanted of [...to.childNodes]) {
      const key = keyOf(wanted);
      const own = key ? known.get(key) : null;
      if (own) {
        if (own !== at) {
          from.insertBefore(own, at);
        } else {
          at = at.nextSibling;
        }

        turn(own, wanted);
      } else if (at && !keyOf(at) && !key && at.nodeType === wanted.nodeType && at.nodeName === wanted.nodeName) {
        const next = at.nextSibling;
        if (at.nodeType === Node.ELEMENT_NODE) {
          turn(at, wanted);
        } else if (at.nodeValue !== wanted.nodeValue) {
          at.nodeValue = wanted.nodeValue;
        }

        at = next;
      } else {
        from.insertBefore(document.importNode(wanted, true), at);
      }
    }

    while (at) {
      const next = at.nextSibling;
      at.remove();
      at = next;
    }
  }

  function take(html) {
    const page = new DOMParser().parseFromString(html, 'text/html');
    const before = [...document.querySelectorAll('[data-announce]')].map((e) => e.textContent);
    document.title = page.title;
    const title = page.getElementById('title');
    if (title) {
      document.getElementById('title').textContent = title.textContent;
    }

    for (const region of document.querySelectorAll('[data-region]')) {
      const fresh = page.getElementById(region.id);
      if (fresh) {
        turn(region, fresh);
      }
    }

    const changed = [...document.querySelectorAll('[data-announce]')].map((e) => e.textContent).filter((text, i) => text !== before[i]);
    if (changed.length > 0) {
      announcer.textContent = changed.join(' ');
    }
  }

  function signedOut() {
    say('Signed out. ', true);
    const link = document.createElement('a');
    link.href = location.pathname + location.search;
    link.textContent = 'Sign in again';
    live.append(link);
  }

  async function look() {
    clearTimeout(timer);
    if (document.hidden || asking) {
      return;
    }

    asking = true;
    let again = true;
    try {
      const headers = { Accept: 'text/html', 'X-Dashboard-Live': '1' };
      if (mark) {
        headers['If-None-Match'] = mark;
      }

      const answer = await fetch(location.pathname + location.search, { headers, cache: 'no-store', redirect: 'error', signal: AbortSignal.timeout(20000) });
      if (answer.status === 401) {
        again = false;
        signedOut();
      } else if (answer.status === 200 || answer.status === 304) {
        if (answer.status === 200) {
          take(await answer.text());
          mark = answer.headers.get('ETag');
        }

        failures = 0;
        good = new Date();
        say(`Live, ${clock(good)}`, false);
      } else {
        throw new Error(String(answer.status));
      }
    } catch {
      failures += 1;
      say(`Not live since ${clock(good)}`, true);
    } finally {
      asking = false;
    }

    if (again) {
      timer = setTimeout(look, Math.min(longestMs, everyMs * 2 ** Math.min(failures, 4)));
    }
  }

  document.addEventListener('visibilitychange', () => { if (!document.hidden) { look(); } });
  timer = setTimeout(look, everyMs);
})();
