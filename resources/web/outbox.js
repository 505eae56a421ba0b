// The phone's outbox: what was written stays in IndexedDB until the server has said that it is on its disk;
// what is being written stays there too, each user's own, with its pictures (its words also where they are written at once).
//
// The key of a report is made when it is written, so sending twice is harmless. Photos go first;
// the name each one got is kept, so that a broken line repeats only what is missing.

import { call } from "./common.js";

const MOST_WAIT_S = 300;
let base = null;
const memory = new Map(); // only where the browser keeps nothing (private windows)

function opened() {
  base ??= new Promise((resolve) => {
    const request = indexedDB.open("outbox", 2);
    request.onupgradeneeded = () => {
      const has = request.result.objectStoreNames;
      if (!has.contains("reports")) request.result.createObjectStore("reports", { keyPath: "key" });
      if (!has.contains("drafts")) request.result.createObjectStore("drafts", { keyPath: "user" });
    };
    request.onsuccess = () => {
      request.result.onversionchange = () => { request.result.close(); base = null; }; // a newer page of another tab wants it
      resolve(request.result);
    };
    request.onerror = () => resolve(null);
    request.onblocked = () => resolve(null);
  }).catch(() => null);
  return base;
}

async function inStore(mode, act, name = "reports") {
  const store = await opened();
  if (store === null) return undefined;
  return new Promise((resolve, reject) => {
    const turn = store.transaction(name, mode, { durability: name === "reports" ? "strict" : "relaxed" });
    const request = act(turn.objectStore(name));
    turn.oncomplete = () => resolve(request.result);
    turn.onabort = turn.onerror = () => reject(turn.error);
  });
}

/** Keep a report; false when this browser only remembers it until the page closes. */
export async function keep(item) {
  try {
    if ((await opened()) !== null) {
      await inStore("readwrite", (store) => store.put(item));
      return true;
    }
  } catch { /* full, or forbidden: below */ }
  memory.set(item.key, item);
  return false;
}

/** Take a report out. */
export async function drop(key) {
  memory.delete(key);
  await inStore("readwrite", (store) => store.delete(key));
}

/** What waits, oldest first, of one user. */
export async function waiting(userId) {
  const kept = (await inStore("readonly", (store) => store.getAll())) ?? [];
  return [...kept, ...memory.values()].filter((item) => item.user === userId).sort((one, other) => (one.key < other.key ? -1 : 1));
}

const wordsOf = (userId) => `draft:${userId}`;

/** Keep what is being written: its words at once, before this line returns, so that a page closed in the same moment loses none;
 * its pictures a moment later. A browser that keeps nothing loses it with the page, and the form says so when it is sent. */
export async function keepDraft({ user, shots, ...words }) {
  try {
    localStorage.setItem(wordsOf(user), JSON.stringify(words));
  } catch { /* full, or forbidden: the other store has them too */ }
  await inStore("readwrite", (store) => store.put({ user, shots, ...words }), "drafts").catch(() => undefined);
}

/** What a user was writing, or nothing. */
export async function draftOf(userId) {
  const kept = await inStore("readonly", (store) => store.get(userId), "drafts").catch(() => undefined);
  let words = null;
  try {
    words = JSON.parse(localStorage.getItem(wordsOf(userId)));
  } catch { /* forbidden: the other store alone */ }
  return words === null ? kept : { ...kept, ...words };
}

/** Sends what waits; `told(item, receipt)` after each one that arrived, `changed()` after every step. */
export class Sender {
  constructor(userId, { told, changed, signedOut }) {
    Object.assign(this, { userId, told, changed, signedOut, busy: false, again: false, tries: 0, timer: 0 });
    addEventListener("online", () => this.flush());
    addEventListener("focus", () => this.flush());
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.flush());
    setInterval(() => this.timer === 0 && this.flush(), 30_000);
  }

  /** Try now whatever waits. */
  async flush() {
    if (this.busy) {
      this.again = true;
      return;
    }
    this.busy = true;
    clearTimeout(this.timer);
    this.timer = 0;
    try {
      do {
        this.again = false;
        if (navigator.locks) await navigator.locks.request("outbox", () => this.round());
        else await this.round();
      } while (this.again);
    } finally {
      this.busy = false;
    }
  }

  async round() {
    for (const item of await waiting(this.userId)) {
      if (item.refused) continue; // waits for a person
      try {
        const receipt = await this.send(item);
        await drop(item.key);
        this.tries = 0;
        this.told(item, receipt);
      } catch (refusal) {
        if (refusal.status === 401) return this.signedOut();
        if (refusal.passes) return this.later(refusal.retryS);
        await keep({ ...item, refused: { code: refusal.code, field: refusal.field, message: refusal.message } });
      }
      await this.changed();
    }
  }

  async send(item) {
    for (const shot of item.shots) {
      if (shot.sha256) continue;
      shot.sha256 = (await call("POST", "/api/photos", shot.blob, 120_000)).sha256;
      await keep(item);
    }
    const named = (as) => item.shots.filter((shot) => (shot.as ?? "photos") === as).map((shot) => shot.sha256);
    const before = named("before");
    return call("POST", item.to ?? "/api/reports", { ...item.body, key: item.key, photos: named("photos"), ...(before.length ? { before } : {}) });
  }

  /** Again after 1, 2, 4 … 300 s, each time somewhere between at once and then, so that phones do not come in one wave. */
  later(retryS) {
    const most = Math.min(MOST_WAIT_S, 2 ** this.tries);
    this.tries += 1;
    const waitS = Math.max(retryS, 0.2) + Math.random() * most;
    this.timer = setTimeout(() => { this.timer = 0; this.flush(); }, waitS * 1000);
    return this.changed();
  }
}
