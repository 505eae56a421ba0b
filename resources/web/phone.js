// A grid worker's page: category, photo, send. Nothing written is lost: it goes through the outbox.

import { bar, breakable, call, clock, confirm, el, fileOf, gallery, listen, loadWords, nameOf, notice, photoTaker, state, tr, uuid7, whoAmI } from "./common.js";
import { icon, TILES } from "./icons.js";
import { draftOf, drop, keep, keepDraft, Sender, waiting } from "./outbox.js";
import { OwnForm } from "./own.js";

const byId = (id) => document.getElementById(id);
const PHOTOS = 6;
const report = { category: null, spot: null, askedUrgent: false };
let codes = { categories: [], groups: [], priorities: [] };
let taker = null;
let sender = null;
let form = null; // what is being said about a report already sent

// ---- what it is

function chip(priority) {
  const shape = { P1: "◆", P2: "▲", P3: "■", P4: "●" }[priority] ?? "●";
  const named = codes.priorities.find((entry) => entry.code === priority);
  return el("span", { class: `chip ${priority.toLowerCase()}` }, `${shape} ${named ? nameOf(named) : priority}`);
}

function choose(category) {
  report.category = category;
  byId("choose").hidden = category !== null;
  const chosen = byId("chosen");
  chosen.hidden = category === null;
  if (category !== null) {
    chosen.replaceChildren(el("b", {}, nameOf(category)), chip(category.priority),
      el("button", { type: "button", onclick: () => { choose(null); byId("search").focus(); } }, tr("Choose another")));
    byId("search").value = "";
    search();
  }
  saveDraft();
}

function drawTiles() {
  const known = TILES.map((code) => codes.categories.find((category) => category.code === code)).filter(Boolean);
  byId("tiles").replaceChildren(...known.map((category) => el("button", { type: "button", "data-code": category.code, onclick: () => { choose(category); byId("photos").scrollIntoView({ block: "center" }); } },
    icon(category.code), el("span", {}, ...breakable(nameOf(category))))));
}

function search() {
  const wanted = byId("search").value.trim().toLowerCase();
  const fits = (category) => [category.zh, category.en.toLowerCase(), category.code, category.initials].some((text) => text.includes(wanted));
  const found = wanted ? codes.categories.filter(fits).slice(0, 30) : [];
  const rows = found.map((category) => el("button", { type: "button", "data-code": category.code, onclick: () => choose(category) }, el("span", {}, nameOf(category)), el("span", { class: "dim number" }, category.code)));
  const none = wanted && !found.length && el("p", { class: "dim" }, tr("No such category. Choose “Other” (9999) if nothing fits."));
  byId("found").replaceChildren(...rows, ...(none ? [none] : []));
}

// ---- where it is

function showPlace(text) {
  byId("place").textContent = text;
}

function locate() {
  if (!window.isSecureContext || !navigator.geolocation) {
    byId("locate").hidden = true;
    showPlace(tr("This page cannot locate itself. Write the address and choose the grid."));
    return;
  }
  showPlace(tr("Locating …"));
  navigator.geolocation.getCurrentPosition((found) => {
    const { longitude, latitude, accuracy } = found.coords;
    report.spot = { lon: Number(longitude.toFixed(6)), lat: Number(latitude.toFixed(6)), accuracy_m: Math.round(accuracy * 10) / 10 };
    showPlace(tr("Located, ± {n} m", { n: Math.round(accuracy) }));
  }, () => {
    report.spot = null;
    showPlace(tr("No position. Write the address and choose the grid."));
  }, { enableHighAccuracy: true, timeout: 15_000, maximumAge: 30_000 });
}

function drawGrids() {
  const own = state.me.grid;
  const options = state.me.grids.map((grid) => el("option", { value: grid.code, selected: grid.code === own }, grid.name));
  byId("grid").replaceChildren(...options);
  byId("grid").closest("label").hidden = options.length === 0;
}

// ---- sending

function saveDraft() {
  const category = report.category?.code ?? null;
  keepDraft({ user: state.me.user_id, category, text: byId("text").value, address: byId("address").value, shots: [...taker.shots] });
}

async function loadDraft() {
  const draft = (await draftOf(state.me.user_id)) ?? {};
  byId("text").value = draft.text ?? "";
  byId("address").value = draft.address ?? "";
  taker.set(draft.shots ?? []);
  choose(codes.categories.find((category) => category.code === draft.category) ?? null);
}

function clearForm() {
  byId("text").value = byId("address").value = "";
  byId("urgent").checked = byId("protected").checked = false;
  byId("grid").value = state.me.grid;
  report.askedUrgent = false;
  taker.set([]);
  choose(null);
  locate();
}

async function askUrgent(event) {
  if (!event.target.checked || report.askedUrgent) return;
  report.askedUrgent = true;
  const sure = await confirm(tr("Critical rings in the hall at once and comes before everything else. Is somebody in danger now?"), tr("Yes, critical"), tr("No, ordinary"));
  byId("urgent").checked = sure;
}

async function send(event) {
  event.preventDefault();
  const text = byId("text").value.trim();
  if (report.category === null) return complain(tr("Choose what it is first."), byId("search"));
  if (!text && !taker.shots.length) return complain(tr("Take a photo or write a sentence."), byId("text"));
  const place = report.spot ? { ...report.spot, datum: "wgs84" } : {};
  const body = {
    category: report.category.code, text, address: byId("address").value.trim(), grid: byId("grid").value || state.me.grid, source: "01",
    urgent: byId("urgent").checked, protected: byId("protected").checked, device_at: new Date().toISOString(), ...place,
  };
  byId("send").disabled = true;
  const item = { key: uuid7(), user: state.me.user_id, title: nameOf(report.category), body, shots: taker.shots.map((blob) => ({ blob, sha256: null })) };
  const isKept = await keep(item);
  byId("send").disabled = false;
  clearForm();
  scrollTo(0, 0);
  notice(byId("notice"), isKept ? tr("Kept; sending …") : tr("Sending … This browser keeps nothing: leave the page open until it is sent."));
  await drawWaiting();
  sender.flush();
}

function complain(text, field) {
  notice(byId("notice"), text, "bad");
  field.focus();
}

function arrived(item, receipt) {
  if (item.to) {
    notice(byId("said"), tr("{verb}: sent", { verb: item.title }), "good");
    return loadSent();
  }
  const odd = receipt.flags.includes("no_position") ? ` ${tr("Without a position; the hall may call you.")}` : "";
  notice(byId("notice"), tr("Sent. Number {number}", { number: receipt.number }) + odd, "good");
  loadSent();
}

// ---- mine

function showTab(which) {
  for (const name of ["report", "mine"]) {
    byId(name).hidden = name !== which;
    byId(`tab-${name}`).setAttribute("aria-selected", String(name === which));
    byId(`tab-${name}`).tabIndex = name === which ? 0 : -1;
  }
  if (which === "mine") loadSent();
}

async function drawWaiting() {
  const items = await waiting(state.me.user_id);
  byId("tab-mine").textContent = items.length ? tr("My reports · waiting {n}", { n: items.length }) : tr("My reports");
  byId("waiting").replaceChildren(...items.map(waitingCard));
  byId("waiting").hidden = items.length === 0;
}

function waitingCard(item) {
  const edit = !item.to && (async () => {
    choose(codes.categories.find((category) => category.code === item.body.category) ?? null);
    byId("text").value = item.body.text;
    byId("address").value = item.body.address;
    taker.set(item.shots.map((shot) => shot.blob));
    await drop(item.key);
    await drawWaiting();
    showTab("report");
  });
  const remove = async () => {
    if (!(await confirm(tr("Delete what could not be sent? It cannot be brought back."), tr("Delete"), tr("Keep")))) return;
    await drop(item.key);
    await drawWaiting();
    loadSent();
  };
  return el("article", { class: item.refused ? "card bad" : "card wait", "data-key": item.key },
    el("div", { class: "row" }, el("b", { class: "grow" }, item.title), el("span", { class: "mark" }, item.refused ? tr("Refused") : tr("Waiting to be sent"))),
    item.refused && el("p", { class: "late" }, item.refused.message),
    item.body.text && el("p", { class: "said" }, item.body.text),
    el("p", { class: "dim small" }, tr("{n} photos", { n: item.shots.length }), " · ", clock(item.body.device_at ?? item.at)),
    item.refused && el("div", { class: "row" }, edit && el("button", { type: "button", class: "main", onclick: edit }, tr("Correct it")), el("button", { type: "button", onclick: remove }, tr("Delete"))));
}

let asked = false;
let askAgain = false;
async function loadSent() {
  if (asked) { askAgain = true; return; }
  asked = true;
  try {
    const answer = await call("GET", "/api/reports");
    if (form && !fits(answer.reports)) dropForm();
    if (form) return; // it would be taken from under the finger; the list is asked for again when it closes
    const onTheirWay = new Set((await waiting(state.me.user_id)).map((item) => item.report));
    byId("sent").replaceChildren(...(answer.reports.length ? answer.reports.map((sent) => sentCard(sent, onTheirWay.has(sent.key))) : [el("p", { class: "empty" }, tr("Nothing reported yet."))]));
  } catch (refusal) {
    if (refusal.status === 401) location.replace("/");
  } finally {
    asked = false;
    if (askAgain) { askAgain = false; loadSent(); }
  }
}

function sentCard(sent, isOnItsWay) {
  const slot = el("div", {});
  const verbs = el("div", { class: "row" }, ...(isOnItsWay ? [] : sent.verbs).map((verb) => el("button", { type: "button", "data-verb": verb.action, onclick: () => openForm(sent, verb, slot, verbs) }, nameOf(verb))));
  return el("article", { class: "card", "data-case": sent.case_id, "data-key": sent.key },
    el("div", { class: "row" }, el("b", { class: "grow" }, nameOf(sent.category)), sent.acked && el("span", { class: "mark good" }, tr("Taken by the hall")), el("span", { class: "mark" }, nameOf(sent.state))),
    sent.text && el("p", { class: "said" }, sent.text),
    sent.address && el("p", { class: "dim" }, sent.address),
    sent.photos.length > 0 && gallery(sent.photos.map(fileOf)),
    el("p", { class: "dim small number" }, `${clock(sent.received_at)} · ${sent.number}`),
    verbs.children.length > 0 && verbs, slot);
}

// ---- what may be done about one already sent

function openForm(sent, verb, slot, verbs) {
  if (form) closeForm();
  const send = async (text, shots) => {
    const title = `${nameOf(verb)} · ${nameOf(sent.category)}`;
    const body = { action: verb.action, text };
    await keep({ key: uuid7(), user: state.me.user_id, title, to: `/api/reports/${sent.key}/answer`, report: sent.key, at: new Date().toISOString(), body, shots });
    form.forget();
    closeForm();
    notice(byId("said"), tr("Sending …"));
    await drawWaiting();
    await sender.flush();
  };
  form = new OwnForm(sent, verb, { send, cancel: closeForm });
  verbs.hidden = true;
  slot.replaceChildren(form.node);
  form.focus();
}

function closeForm() {
  form = null;
  loadSent();
}

/** Whether what is being said can still be said. */
function fits(reports) {
  return reports.some((sent) => sent.key === form.key && sent.verbs.some((verb) => verb.action === form.verb.action));
}

function dropForm() {
  const typed = form.text.value.trim();
  notice(byId("said"), [tr("The hall has taken this on meanwhile; that cannot be done any more."), typed && tr("You had typed: {text}", { text: typed })].filter(Boolean).join("\n"), "bad");
  form.forget();
  form = null;
}

// ---- together

async function loadCodes() {
  try {
    codes = await call("GET", "/api/codes");
    localStorage.setItem("codes", JSON.stringify(codes));
  } catch (refusal) {
    if (!refusal.passes) throw refusal;
    codes = JSON.parse(localStorage.getItem("codes") ?? JSON.stringify(codes));
  }
}

async function start() {
  await Promise.all([loadWords(), whoAmI()]);
  document.title = tr("Report");
  byId("bar").replaceWith(bar(tr("Report")));
  await loadCodes();
  taker = photoTaker(PHOTOS, saveDraft);
  byId("photos").replaceChildren(taker.box);
  drawTiles();
  drawGrids();
  await loadDraft();
  locate();
  sender = new Sender(state.me.user_id, { told: arrived, changed: drawWaiting, signedOut: () => location.replace("/") });
  byId("report").addEventListener("submit", send);
  byId("search").addEventListener("input", search);
  byId("search").addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault(); // takes the first found, sends nothing
    byId("found").querySelector("button")?.click();
  });
  byId("address").addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
  for (const id of ["text", "address"]) byId(id).addEventListener("input", saveDraft);
  byId("urgent").addEventListener("change", askUrgent);
  byId("locate").addEventListener("click", locate);
  for (const name of ["report", "mine"]) byId(`tab-${name}`).addEventListener("click", () => showTab(name));
  document.querySelector(".tabs").addEventListener("keydown", (event) => {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    const other = byId("report").hidden ? "report" : "mine";
    showTab(other);
    byId(`tab-${other}`).focus();
  });
  listen({ hint: () => loadSent(), reload: () => { loadSent(); sender.flush(); }, linked: (is) => { byId("link").hidden = is; } });
  await drawWaiting();
  document.querySelector("main").inert = false; // what was tapped or typed before would be lost
  await sender.flush();
  document.body.dataset.ready = "yes";
}

start();
