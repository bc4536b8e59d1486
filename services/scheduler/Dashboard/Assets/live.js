// The server renders; this asks it to render again when something has happened, and takes over the parts that are marked as live.
import { showTimes } from './times.js';

const events = ['SyncAccepted', 'SyncRejected', 'SyncProgressed', 'SyncCompleted', 'SyncSkipped', 'SyncFailed', 'SyncCancelled'];
const ends = { SyncCompleted: 'has completed', SyncSkipped: 'had nothing to do', SyncFailed: 'has failed', SyncCancelled: 'was cancelled' };
const gap = 700;

let last = 0;
let planned = 0;
let isAsking = false;
let source = null;
let seen = null;

function state(name, text) {
  const mark = document.getElementById('live-state');
  if (!mark) return;
  mark.hidden = false;
  mark.dataset.state = name;
  mark.textContent = text;
}

// One question at a time, and not more often than people can read.
function refresh() {
  if (planned || document.hidden) return;
  planned = setTimeout(ask, Math.max(0, gap - (Date.now() - last)));
}

async function ask() {
  planned = 0;
  if (isAsking) return refresh();
  isAsking = true;
  last = Date.now();
  try {
    const answer = await fetch(location.href, { headers: { Accept: 'text/html' }, redirect: 'manual' });
    if (answer.type === 'opaqueredirect' || answer.status === 401) return location.reload();
    if (answer.ok) take(new DOMParser().parseFromString(await answer.text(), 'text/html'));
  } catch {
    state('off', 'Not reachable');
  } finally {
    isAsking = false;
  }
}

function take(page) {
  for (const fresh of page.querySelectorAll('[data-live][id]')) {
    const old = document.getElementById(fresh.id);
    if (!old || fresh.outerHTML === old.dataset.last) continue;
    const focused = old.contains(document.activeElement) ? document.activeElement : null;
    const place = focused && keyOf(focused);
    old.dataset.last = fresh.outerHTML;
    old.replaceChildren(...document.importNode(fresh, true).childNodes);
    showTimes(old);
    if (place) find(old, place)?.focus({ preventScroll: true });
  }
  const [from, to] = [page.querySelector('footer time'), document.querySelector('footer time')];
  if (from && to) to.replaceWith(document.importNode(from, true));
}

// Whoever stands on a button with the keyboard stays there when its row is drawn anew.
const keyOf = element => element.id || element.getAttribute('aria-label') || element.getAttribute('href') || element.textContent;
const find = (root, key) => [...root.querySelectorAll('a, button, input, select, summary, [tabindex]')].find(element => keyOf(element) === key);

function connect(address) {
  if (source || document.hidden) return;
  source = new EventSource(seen ? `${address}?after=${encodeURIComponent(seen)}` : address);
  source.addEventListener('open', () => state('on', 'Live'));
  source.addEventListener('error', () => state('wait', 'Reconnecting…'));
  source.addEventListener('Connected', event => { seen = event.lastEventId; refresh(); });
  for (const name of events) {
    source.addEventListener(name, event => {
      seen = event.lastEventId;
      announce(name, event.data);
      refresh();
    });
  }
}

function announce(name, data) {
  if (!ends[name]) return;
  const { peerId } = JSON.parse(data);
  document.getElementById('announce').textContent = `The sync with ${peerId} ${ends[name]}.`;
}

export function keepLive() {
  const { events: address, refresh: seconds } = document.body.dataset;
  if (seconds) setInterval(refresh, seconds * 1000);
  if (!address) return;
  connect(address);
  // A page that nobody sees asks for nothing; when it is seen again it goes on where it was.
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) {
      source?.close();
      source = null;
    } else {
      connect(address);
      refresh();
    }
  });
}
