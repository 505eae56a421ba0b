// What phone and desk share: words, calls with their refusals, elements made of plain text, photos, live hints.

import { showSessions } from "./account.js";

export const state = { me: null, csrf: "", language: localStorage.getItem("language") === "en" ? "en" : "zh_CN", skew: 0 };
let words = {};

/** The sentence in the page's language; {names} in it are filled from `facts`. */
export function tr(source, facts = {}) {
  const text = words[source] ?? source;
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in facts ? String(facts[name]) : whole));
}

/** Read the words and put them into the page's own HTML. */
export async function loadWords() {
  const kept = `words:${state.language}`;
  try {
    words = await (await fetch(`/api/words/${state.language}`)).json();
    localStorage.setItem(kept, JSON.stringify(words));
  } catch {
    words = JSON.parse(localStorage.getItem(kept) ?? "{}"); // no line: the words of last time
  }
  document.documentElement.lang = state.language === "en" ? "en" : "zh-CN";
  for (const node of document.querySelectorAll("[data-tr]")) node.textContent = tr(node.dataset.tr);
  for (const node of document.querySelectorAll("[data-tr-placeholder]")) node.placeholder = tr(node.dataset.trPlaceholder);
  for (const node of document.querySelectorAll("[data-tr-label]")) node.setAttribute("aria-label", tr(node.dataset.trLabel));
}

/** The other language; the page is built anew. */
export function switchLanguage() {
  localStorage.setItem("language", state.language === "en" ? "zh_CN" : "en");
  location.reload();
}

/** Text whose lines may break after "/", as in 井盖缺失/破损. */
export const breakable = (text) => text.split(/(?<=\/)/).flatMap((part, at) => (at ? [document.createElement("wbr"), part] : [part]));

/** A code's name in the page's language. */
export const nameOf = (coded) => (state.language === "en" ? coded.en : coded.zh);

/** An element; children are nodes or plain text, never HTML. */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "class") node.className = value;
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** What the server refused, or that it could not be reached (`status` 0). */
export class Refusal extends Error {
  constructor(status, told = {}, retryS = 0) {
    super((state.language === "en" ? told.message_en : told.message) ?? "");
    this.status = status;
    this.code = told.code ?? "";
    this.field = told.field ?? null;
    this.facts = told.facts ?? {};
    this.retryS = retryS;
  }

  /** Whether the same call may succeed later without anybody changing it. */
  get passes() {
    return this.status === 0 || this.status === 408 || this.status === 429 || this.status >= 500;
  }
}

/** Call the server; `body` is JSON, or a Blob. Throws Refusal. */
export async function call(method, path, body, waitMs = 30_000) {
  try {
    return await callOnce(method, path, body, waitMs);
  } catch (refusal) {
    if (refusal.code !== "csrf" || state.me === null) throw refusal;
    const me = await callOnce("GET", "/api/me", undefined, waitMs); // signed in anew in another window
    if (me.user_id !== state.me.user_id) {
      location.reload();
      return new Promise(() => {});
    }
    state.csrf = me.csrf;
    return callOnce(method, path, body, waitMs);
  }
}

async function callOnce(method, path, body, waitMs) {
  const headers = { Accept: "application/json" };
  if (method !== "GET") headers["X-CSRF-Token"] = state.csrf;
  let sent = body;
  if (body instanceof Blob) headers["Content-Type"] = body.type;
  else if (body !== undefined) {
    headers["Content-Type"] = "application/json";
    sent = JSON.stringify(body);
  }
  const stop = new AbortController();
  const alarm = setTimeout(() => stop.abort(), waitMs);
  try {
    const answer = await fetch(path, { method, headers, body: sent, credentials: "same-origin", signal: stop.signal });
    if (answer.ok) return answer.status === 204 ? null : await answer.json();
    const told = (await answer.json().catch(() => ({}))).error ?? plain("unreadable", tr("The server gave no readable answer ({status}).", { status: answer.status }));
    throw new Refusal(answer.status, told, Number(answer.headers.get("Retry-After")) || 0);
  } catch (fault) {
    if (fault instanceof Refusal) throw fault;
    throw new Refusal(0, plain("no_line", tr("No connection. Check the network; it is tried again by itself.")));
  } finally {
    clearTimeout(alarm);
  }
}

const plain = (code, message) => ({ code, message, message_en: message });

/** Who is signed in; without anybody, off to the door. Offline, who was here last. */
export async function whoAmI() {
  try {
    state.me = await call("GET", "/api/me");
    localStorage.setItem("me", JSON.stringify(state.me));
  } catch (refusal) {
    const last = localStorage.getItem("me");
    if (refusal.status === 401 || last === null) {
      location.replace("/");
      return new Promise(() => {}); // the page is leaving
    }
    state.me = JSON.parse(last);
  }
  state.csrf = state.me.csrf;
  state.skew = new Date(state.me.now).getTime() - Date.now();
  return state.me;
}

/** Sign out and go to the door. */
export async function signOut() {
  try {
    await call("POST", "/api/sign-out");
  } catch (refusal) {
    if (refusal.status !== 401 && refusal.status !== 403) throw refusal;
  }
  localStorage.removeItem("me");
  location.replace("/");
}

/** The bar on top: title, who, language, sign out. */
export function bar(title, ...more) {
  const quit = async () => {
    try {
      await signOut();
    } catch (refusal) {
      notice(document.getElementById("notice"), refusal.message, "bad");
    }
  };
  const who = `${state.me.name} · ${state.me.roles.map(nameOf).join("、")}`;
  return el("header", { class: "bar" }, el("h1", {}, title), el("button", { type: "button", class: "who", title: tr("Where I am signed in"), onclick: showSessions }, who), el("span", { class: "grow" }), ...more,
    el("button", { type: "button", onclick: switchLanguage, lang: state.language === "en" ? "zh-CN" : "en" }, state.language === "en" ? "中文" : "English"),
    el("button", { type: "button", onclick: quit }, tr("Sign out")));
}

/** Say something where the eye is; spoken by screen readers too. Empty text takes it away. */
export function notice(place, text, kind = "") {
  place.className = text ? `notice ${kind}` : "";
  place.setAttribute("role", kind === "bad" ? "alert" : "status");
  place.textContent = text;
  if (text) place.scrollIntoView({ block: "nearest" });
}

/** Ask once, with the verbs on the buttons; true for the first. */
export function confirm(question, yes, no) {
  return new Promise((resolve) => {
    const close = (answer) => { dialog.close(); dialog.remove(); resolve(answer); };
    const dialog = el("dialog", { oncancel: (event) => { event.preventDefault(); close(false); } }, el("p", { class: "said" }, question),
      el("div", { class: "row" }, el("button", { type: "button", onclick: () => close(false) }, no), el("button", { type: "button", class: "main", onclick: () => close(true) }, yes)));
    document.body.append(dialog);
    dialog.showModal();
  });
}

/** Small pictures that grow when touched. `sources` are addresses. */
export function gallery(sources) {
  const grow = (source) => {
    const dialog = el("dialog", { class: "picture", onclose: () => dialog.remove() }, el("img", { src: source, alt: tr("Photo") }),
      el("button", { type: "button", class: "main", onclick: () => dialog.close() }, tr("Close")));
    document.body.append(dialog);
    dialog.showModal();
  };
  return el("div", { class: "photos" }, ...sources.map((source, index) => el("button", { type: "button", onclick: () => grow(source) },
    el("img", { src: source, loading: "lazy", alt: tr("Photo {n}", { n: index + 1 }) }))));
}

/** Where a kept picture is. */
export const fileOf = (sha256) => `/api/files/${sha256}`;

const SIDE = 1600;
/** A photo upright, at most 1600 px, as JPEG; what cannot be drawn here goes as it is and the server judges. */
export async function shrink(file) {
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, SIDE / Math.max(picture.width, picture.height));
    const canvas = el("canvas", { width: Math.max(1, Math.round(picture.width * scale)), height: Math.max(1, Math.round(picture.height * scale)) });
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    return (await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.8))) ?? file;
  } catch {
    return file;
  }
}

/** A place to take photos: thumbnails, each with its way out, and the button for one more. `changed` gets the blobs. */
export function photoTaker(most, changed) {
  const shots = [];
  const box = el("div", { class: "photos" });
  const input = el("input", { type: "file", accept: "image/*", capture: "environment", multiple: true, hidden: true });
  const draw = () => {
    for (const image of box.querySelectorAll("img")) URL.revokeObjectURL(image.src);
    const thumbs = shots.map((blob, index) => el("div", { class: "thumb" },
      el("button", { type: "button", disabled: true }, el("img", { src: URL.createObjectURL(blob), alt: tr("Photo {n}", { n: index + 1 }) })),
      el("button", { type: "button", class: "drop", "aria-label": tr("Remove photo {n}", { n: index + 1 }), onclick: () => { shots.splice(index, 1); draw(); changed(shots); } }, el("span", {}, "×"))));
    const take = shots.length < most && el("button", { type: "button", class: "take", onclick: () => input.click() }, tr("+ Photo"));
    box.replaceChildren(...thumbs, ...(take ? [take] : []), input);
  };
  input.addEventListener("change", async () => {
    const files = [...input.files].slice(0, most - shots.length);
    input.value = "";
    for (const file of files) shots.push(await shrink(file));
    draw();
    changed(shots);
  });
  draw();
  return { box, shots, set: (blobs) => { shots.splice(0, shots.length, ...blobs); draw(); } };
}

/** A UUID of version 7: its first half is the time, so that keys sort as they were made. */
export function uuid7() {
  const bytes = crypto.getRandomValues(new Uint8Array(16)); // randomUUID is missing where there is no HTTPS
  let now = Date.now();
  for (let at = 5; at >= 0; at -= 1) { bytes[at] = now % 256; now = Math.floor(now / 256); }
  bytes[6] = (bytes[6] & 0x0f) | 0x70;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** An instant as the hall's clock shows it; the date only when it is not today. */
export function clock(instant) {
  const at = new Date(instant);
  const part = (when, options) => new Intl.DateTimeFormat("zh-CN", { timeZone: "Asia/Shanghai", ...options }).format(when);
  const day = (when) => part(when, { month: "2-digit", day: "2-digit" }).replace("/", "-");
  const time = part(at, { hour: "2-digit", minute: "2-digit", hour12: false, hourCycle: "h23" });
  return day(at) === day(Date.now() + state.skew) ? time : `${day(at)} ${time}`;
}

/** How far away an instant is, "4:32" or "3:07:10", and whether it has passed. */
export function distance(instant) {
  const seconds = Math.round((new Date(instant).getTime() - Date.now() - state.skew) / 1000);
  const [hours, minutes, rest] = [Math.floor(Math.abs(seconds) / 3600), Math.floor(Math.abs(seconds) / 60) % 60, Math.abs(seconds) % 60];
  const two = (number) => String(number).padStart(2, "0");
  const days = Math.floor(hours / 24);
  const text = days >= 2 ? tr("{n} days", { n: days }) : hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
  return { text, passed: seconds < 0 };
}

/** Hear hints. `hint({kind, ref, op})`, `reload()` when all must be asked for anew, `linked(bool)` when the line changes. */
export function listen({ hint, reload, linked }) {
  let poll = 0;
  const lost = () => {
    linked(false);
    poll ||= setInterval(reload, 15_000); // until the line is back, ask now and then
  };
  const connect = () => {
    const source = new EventSource("/api/live");
    let opened = false;
    source.addEventListener("hello", () => {
      clearInterval(poll);
      poll = 0;
      linked(true);
      if (!opened) reload(); // what came between the first question and now
      opened = true;
    });
    source.addEventListener("hint", (event) => hint(JSON.parse(event.data)));
    source.addEventListener("reset", reload);
    source.onerror = () => {
      lost();
      if (source.readyState === EventSource.CLOSED) setTimeout(connect, 5_000); // refused: the browser gave up, we do not
    };
  };
  connect();
}
