// A department's desk: the inbox on the left, one task on the right. Buttons are the verbs the server calls legal.

import { bar, call, clock, distance, el, listen, loadWords, nameOf, state, tr, whoAmI } from "./common.js";
import { Alerts } from "./alerts.js";
import { chip, TaskPage, titleOf } from "./task.js";

const byId = (id) => document.getElementById(id);
const GROUPS = ["waiting", "working", "answered", "returned"];
const GROUP_NAMES = () => ({ waiting: tr("To sign"), working: tr("In hand"), answered: tr("Finished"), returned: tr("Returned") });

/** When each task's row was first painted, in milliseconds since 1970; read by the benchmark. */
window.painted = {};

const tasks = new Map();
const rows = new Map();
let selected = null;
let alerts = null;
let page = null;

// ---- the list

/** The limit that runs now. */
function limitOf(task) {
  return { waiting: task.due_sign, working: task.due_handle }[task.group] ?? null;
}

function timeText(task) {
  if (task.group === "answered") return { text: tr("finished {t}", { t: clock(task.finished_at) }), late: false };
  if (task.group === "returned") return { text: tr("returned {t}", { t: clock(task.changed_at) }), late: false };
  const due = limitOf(task);
  if (!due) return { text: "", late: false };
  const { text, passed } = distance(due);
  if (task.group === "waiting") return { text: passed ? tr("sign overdue {t}", { t: text }) : tr("sign within {t}", { t: text }), late: passed };
  return { text: passed ? tr("finish overdue {t}", { t: text }) : tr("finish within {t}", { t: text }), late: passed };
}

function drawRow(task) {
  const time = timeText(task);
  return el("li", {}, el("button", {
    type: "button", "data-task": task.id, "data-version": task.version, "aria-current": String(task.id === selected), onclick: () => open(task.id),
  },
  el("span", { class: "line" }, el("span", {}, chip(task.priority)), el("span", { class: `number small time${time.late ? " late" : ""}` }, time.text)),
  el("span", { class: "line" }, el("b", {}, titleOf(task)), task.kind === "co" && el("span", { class: "mark" }, tr("assists"))),
  el("span", { class: "place dim small" }, task.address || tr("no address"))));
}

/** The most pressing first: what runs out soonest; what is done, newest first. */
function inOrder(one, other) {
  const [a, b] = [limitOf(one), limitOf(other)];
  if (a && b && a !== b) return a < b ? -1 : 1;
  return other.id - one.id;
}

function drawInbox() {
  const names = GROUP_NAMES();
  const inbox = byId("inbox");
  const focused = inbox.contains(document.activeElement) ? document.activeElement.dataset.task : null;
  const scroll = inbox.scrollTop;
  rows.clear();
  inbox.replaceChildren(...GROUPS.flatMap((group) => {
    const members = [...tasks.values()].filter((task) => task.group === group).sort(inOrder);
    if (!members.length && group !== "waiting") return [];
    const list = el("ul", {}, ...members.map((task) => {
      const row = drawRow(task);
      rows.set(task.id, row);
      return row;
    }));
    return [el("h2", {}, el("span", {}, names[group]), el("span", { class: "number dim" }, String(members.length))),
      members.length ? list : el("p", { class: "none" }, tr("Nothing waits for you."))];
  }));
  inbox.scrollTop = scroll;
  if (focused) inbox.querySelector(`[data-task="${focused}"]`)?.focus({ preventScroll: true });
  alerts?.count([...tasks.values()].filter((task) => task.group === "waiting").length);
}

function tick() {
  for (const [id, row] of rows) {
    const time = timeText(tasks.get(id));
    const shown = row.querySelector(".time");
    if (shown.textContent !== time.text) shown.textContent = time.text;
    shown.classList.toggle("late", time.late);
  }
}

/** Note the moment after the frame that shows these rows is on the screen. */
function notePaint(ids) {
  requestAnimationFrame(() => requestAnimationFrame(() => {
    for (const id of ids) {
      if (id in window.painted || !rows.has(id)) continue;
      window.painted[id] = Date.now();
      performance.mark(`task-${id}-painted`);
    }
  }));
}

function put(task) {
  const known = tasks.get(task.id);
  if (known && known.version > task.version) return; // an answer overtaken by a newer one
  const isNew = !known && task.group === "waiting";
  tasks.set(task.id, task);
  drawInbox();
  notePaint([task.id]);
  if (isNew) {
    rows.get(task.id)?.querySelector("button").classList.add("fresh");
    alerts.ring(task);
  }
  if (task.id === selected && task.replies) page.show(task);
}

// ---- asking

let asking = false;
let askAgain = false;
/** The whole list; how it begins, and how it mends itself after a break. */
async function reload() {
  if (asking) { askAgain = true; return; }
  asking = true;
  try {
    const answer = await call("GET", "/api/tasks");
    state.skew = new Date(answer.now).getTime() - Date.now();
    const fresh = answer.tasks.filter((task) => !tasks.has(task.id) && task.group === "waiting");
    const first = tasks.size === 0 && document.body.dataset.ready === undefined;
    tasks.clear();
    for (const task of answer.tasks) tasks.set(task.id, task);
    drawInbox();
    notePaint([...tasks.keys()]);
    if (!first) fresh.forEach((task) => alerts.ring(task));
    if (selected !== null) await fetchOne(selected);
  } catch (refusal) {
    if (refusal.status === 401) location.replace("/");
  } finally {
    asking = false;
    if (askAgain) { askAgain = false; reload(); }
  }
}

const fetching = new Map(); // id → whether to ask once more
async function fetchOne(id) {
  if (fetching.has(id)) { fetching.set(id, true); return; }
  fetching.set(id, false);
  try {
    put(await call("GET", `/api/tasks/${id}`));
  } catch (refusal) {
    if (refusal.status === 401) location.replace("/");
    else if (refusal.status === 404) gone(id);
    else if (id === selected) page.say(refusal.message, "bad");
  } finally {
    const again = fetching.get(id);
    fetching.delete(id);
    if (again) fetchOne(id);
  }
}

/** The hall took the task back. */
function gone(id) {
  const was = tasks.get(id);
  tasks.delete(id);
  drawInbox();
  if (id === selected) page.gone(was);
}

async function open(id) {
  selected = id;
  byId("halves").classList.add("showing");
  for (const [other, row] of rows) row.querySelector("button").setAttribute("aria-current", String(other === id));
  page.wait(tasks.get(id));
  await fetchOne(id);
}

function close() {
  const was = selected;
  selected = null;
  byId("halves").classList.remove("showing");
  page.empty();
  drawInbox();
  rows.get(was)?.querySelector("button").focus();
}

// ---- keys

function move(step) {
  const order = [...byId("inbox").querySelectorAll("[data-task]")];
  const at = order.findIndex((button) => Number(button.dataset.task) === selected);
  const next = order[Math.max(0, Math.min(order.length - 1, at + step))];
  if (!next) return;
  next.focus();
  next.scrollIntoView({ block: "nearest" });
  open(Number(next.dataset.task));
}

function onKey(event) {
  if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey || document.querySelector("dialog[open]")) return;
  const at = event.target;
  const types = at instanceof HTMLInputElement || at instanceof HTMLTextAreaElement || at instanceof HTMLSelectElement;
  if (event.key === "Escape") {
    if (!page.closeForm() && byId("halves").classList.contains("showing")) close();
    return;
  }
  if (types) return;
  const inList = byId("inbox").contains(at) || at === document.body || at === byId("task");
  if ((event.key === "ArrowDown" || event.key === "ArrowUp") && inList) {
    event.preventDefault();
    move(event.key === "ArrowDown" ? 1 : -1);
  } else if (event.key === "Enter" && inList && !event.repeat) {
    const row = at.dataset?.task;
    if (row !== undefined && Number(row) !== selected) return; // Enter on another row opens it first
    if (page.sign()) event.preventDefault();
  }
}

async function start() {
  await Promise.all([loadWords(), whoAmI()]);
  const remind = el("button", { type: "button", id: "remind" });
  byId("bar").replaceWith(bar(tr("Our desk"), remind));
  alerts = new Alerts(remind, tr("Our desk"), open);
  page = new TaskPage(byId("task"), { changed: put, back: close, reload: fetchOne });
  page.empty();
  addEventListener("keydown", onKey);
  const codes = await call("GET", "/api/codes").catch(() => ({ return_reasons: [], delay_reasons: [], suspend_reasons: [] }));
  page.reasons = { return: codes.return_reasons, ask_return: codes.return_reasons, ask_delay: codes.delay_reasons, ask_suspend: codes.suspend_reasons };
  await reload();
  const first = byId("inbox").querySelector("[data-task]");
  if (first && matchMedia("(min-width: 761px)").matches) {
    first.focus();
    await open(Number(first.dataset.task));
  }
  setInterval(tick, 1000);
  listen({
    hint: ({ kind, ref }) => { if (kind === "task") fetchOne(ref); },
    reload,
    linked: (is) => { byId("link").hidden = is; },
  });
  document.body.dataset.ready = "yes";
}

start();
