// One task on the desk: what is asked, where, what was answered, and the verbs that are legal now.

import { call, clock, distance, el, fileOf, gallery, nameOf, notice, photoTaker, tr, uuid7 } from "./common.js";

const PHOTOS = 9;
const ANSWER = { action: "answer_plate", needs: ["text"], zh: "督办回复", en: "Answer the plate", blocked: "" };
const SHAPES = { P1: "◆", P2: "▲", P3: "■", P4: "●" };

/** A priority as shape, word and colour. */
export function chip(priority) {
  return el("span", { class: `chip ${priority.code.toLowerCase()}` }, `${SHAPES[priority.code] ?? "●"} ${nameOf(priority)}`);
}

/** Words typed for an answer stay until they are sent, whatever happens to the task meanwhile. */
const drafts = {
  name: (task, action) => `draft:${task}:${action}`,
  load(task, action) { return JSON.parse(sessionStorage.getItem(this.name(task, action)) ?? "{}"); },
  save(task, action, draft) { sessionStorage.setItem(this.name(task, action), JSON.stringify(draft)); },
  drop(task, action) { sessionStorage.removeItem(this.name(task, action)); },
};

/** The right half of the desk. */
export class TaskPage {
  constructor(place, { changed, back, reload }) {
    Object.assign(this, { place, changed, back, reload, task: null, form: null, reasons: {}, busy: false, key: null });
    this.said = el("div", { id: "notice", tabindex: "-1" });
    this.verbs = el("div", { class: "verbs row" });
    this.slot = el("div");
    this.body = el("div", { class: "sheet" });
  }

  /** Say something over the task. */
  say(text, kind = "") {
    notice(this.said, text, kind);
  }

  empty() {
    this.task = this.form = null;
    this.place.replaceChildren(el("p", { class: "empty" }, tr("Choose a task on the left.")));
  }

  /** Another task is being fetched; what is known of it stands already. */
  wait(task) {
    if (this.task?.id === task?.id) return;
    this.task = this.form = null;
    this.say("");
    this.slot.replaceChildren();
    this.verbs.replaceChildren();
    this.drawn = null;
    this.body.replaceChildren();
    this.place.scrollTop = 0;
    this.place.replaceChildren(this.top(task), this.said);
  }

  gone(task) {
    const typed = this.form ? this.form.values().text : "";
    this.task = this.form = null;
    this.say(tr("The hall has taken this task back.") + (typed ? `\n${tr("You had typed: {text}", { text: typed })}` : ""), "bad");
    this.place.replaceChildren(...(task ? [this.top(task)] : []), this.said);
  }

  /** Show a task; a form that is open stays, with what was typed. */
  show(task) {
    this.task = task;
    if (this.form && !this.form.verb.plate && !task.verbs.some((verb) => verb.action === this.form.verb.action)) {
      this.say(tr("The task has changed and this answer does not fit any more. You had typed: {text}", { text: this.form.values().text }), "bad");
      this.form = null;
      this.slot.replaceChildren();
    }
    const next = ["sign", task.on_site_at ? null : "on_site", "finish"].find((action) => task.verbs.some((verb) => verb.action === action));
    // A button that stays is not made anew: it would be taken from under the finger, and lose the focus.
    const wanted = JSON.stringify([task.id, next ?? "", task.verbs]);
    if (wanted !== this.drawn) this.verbs.replaceChildren(el("button", { type: "button", class: "back", onclick: this.back }, tr("← List")), ...task.verbs.map((verb) => this.button(verb, verb.action === next)));
    this.drawn = wanted;
    this.verbs.hidden = false;
    const top = this.top(task);
    this.body.replaceChildren(...this.parts(task));
    if (this.verbs.parentNode !== this.place) this.place.replaceChildren(top, this.said, this.verbs, this.slot, this.body);
    else this.place.firstChild.replaceWith(top);
  }

  top(task) {
    return el("div", { class: "top", "data-shown": task.id }, el("h1", {}, titleOf(task)),
      el("div", { class: "row" }, chip(task.priority), el("span", { class: "mark" }, stateName(task)), task.kind === "co" && el("span", { class: "mark" }, tr("assists")),
        el("span", { class: "dim small number" }, task.number)));
  }

  parts(task) {
    const place = [task.address, task.lon !== null ? `${task.lon.toFixed(6)}, ${task.lat.toFixed(6)}` : null].filter(Boolean);
    return [
      task.instruction && el("div", { class: "order" }, el("div", { class: "dim small" }, tr("The hall asks")), el("p", { class: "said" }, task.instruction)),
      el("div", { class: "block" }, el("dl", { class: "facts" },
        ...fact(tr("Where"), place.join("\n") || tr("no address")), ...fact(tr("Category"), nameOf(task.category)),
        ...fact(tr("Sent to us"), clock(task.released_at)), ...limits(task),
        ...(task.refuse_reason && task.group === "returned" ? fact(tr("Reason"), task.refuse_reason) : []))),
      el("div", { class: "block" }, el("h2", {}, tr("What was reported")), el("p", { class: "said" }, task.content || tr("no words")),
        task.photos.length > 0 && gallery(task.photos.map(fileOf))),
      el("div", { class: "block" }, el("h2", {}, tr("Our answers")),
        task.replies.length ? el("ol", { class: "times" }, ...task.replies.map(answered)) : el("p", { class: "dim" }, tr("No answer yet."))),
      task.plates.length > 0 && el("div", { class: "block" }, el("h2", {}, tr("Urged and supervised")), el("ol", { class: "times" }, ...task.plates.map((plate) => this.plate(plate)))),
      task.asked.length > 0 && el("div", { class: "block" }, el("h2", {}, tr("What we asked for")), el("ol", { class: "times" }, ...task.asked.map(askedFor))),
    ].filter(Boolean);
  }

  plate(plate) {
    return el("li", { "data-plate": plate.id }, el("div", { class: "row small" }, el("span", { class: "dim number" }, clock(plate.at)), el("b", {}, nameOf(plate.name)),
      plate.reply_due && el("span", { class: "dim" }, tr("answer by {time}", { time: clock(plate.reply_due) }))),
    plate.text && el("p", { class: "said" }, plate.text), plate.reply_text && el("p", { class: "said" }, tr("Answered: {text}", { text: plate.reply_text })),
    plate.may_answer && el("button", { type: "button", "data-answer": plate.id, onclick: () => this.openForm({ ...ANSWER, plate }) }, nameOf(ANSWER)));
  }

  button(verb, isNext) {
    const act = () => (verb.needs.length || verb.action === "finish" || verb.action === "progress" || verb.action.startsWith("ask_") ? this.openForm(verb) : this.send(verb, {}));
    const label = nameOf(verb) + (verb.action === "sign" ? tr(" (Enter)") : "");
    const title = verb.blocked === "return_too_late" ? tr("The time to sign has passed; it cannot be returned any more.")
      : verb.blocked === "delay_too_late" ? tr("The limit has passed; more time is asked for before it ends.") : verb.blocked === "suspended" ? tr("The case is suspended.") : verb.blocked;
    return el("button", { type: "button", class: isNext ? "main" : null, "data-verb": verb.action, "data-blocked": verb.blocked || null, disabled: Boolean(verb.blocked) || this.busy, title: title || null, onclick: act }, label);
  }

  /** Enter signs what waits; whether there was anything to sign. */
  sign() {
    const verb = this.task?.verbs.find((each) => each.action === "sign");
    if (!verb || this.form) return false;
    this.send(verb, {});
    return true;
  }

  closeForm() {
    if (!this.form) return false;
    this.form = null;
    this.slot.replaceChildren();
    this.verbs.querySelector("[data-verb]")?.focus();
    return true;
  }

  openForm(verb) {
    this.say("");
    this.key = uuid7();
    this.form = new AnswerForm(this.task, verb, this.reasons, { send: (values, blobs) => this.send(verb, values, blobs), cancel: () => this.closeForm() });
    this.slot.replaceChildren(this.form.node);
    this.form.focus();
  }

  async send(verb, values, blobs = []) {
    if (this.busy) return;
    const task = this.task;
    this.setBusy(true);
    this.say(tr("Sending …"));
    try {
      const photos = [];
      for (const blob of blobs) photos.push(await this.upload(blob));
      const now = await call("POST", ...request(verb, task, { key: this.key ?? uuid7(), photos, ...values }));
      drafts.drop(task.id, verb.action);
      this.form = this.key = null;
      this.slot.replaceChildren();
      this.say(tr("{verb}: sent", { verb: nameOf(verb) }), "good");
      this.setBusy(false);
      this.changed(now);
      if (this.task?.id === now.id) this.verbs.querySelector("[data-verb]")?.focus({ preventScroll: true });
    } catch (refusal) {
      this.setBusy(false);
      await this.refused(refusal, task);
    }
  }

  async refused(refusal, task) {
    if (refusal.status === 401) return location.replace("/");
    let text = refusal.message;
    if (refusal.code === "stale") {
      this.key = uuid7();
      const { by, at } = refusal.facts;
      text = tr("Changed by {by} at {at} first. This is how it stands now; what you typed is kept.", { by: by || tr("the program"), at: at ? clock(at) : "?" });
    }
    if (refusal.status === 409 || refusal.status === 404) await this.reload(task.id);
    if (this.task?.id === task.id) {
      this.say(text, "bad");
      if (refusal.field) this.form?.point(refusal.field);
    }
  }

  async upload(blob) {
    blob.sha256 ??= (await call("POST", "/api/photos", blob, 120_000)).sha256;
    return blob.sha256;
  }

  setBusy(is) {
    this.busy = is;
    for (const button of this.place.querySelectorAll(".verbs button, .form button")) button.disabled = is || button.dataset.blocked !== undefined;
  }
}

/** What an answer needs, said before it is sent. */
class AnswerForm {
  constructor(task, verb, reasons, { send, cancel }) {
    this.verb = verb;
    const needs = (field) => verb.needs.includes(field);
    const draft = drafts.load(task.id, verb.action);
    this.text = el("textarea", { maxlength: "2000", name: "text" });
    this.text.value = draft.text ?? "";
    this.reason = needs("reason") && el("select", { name: "reason" }, el("option", { value: "" }, tr("Choose …")),
      ...(reasons[verb.action] ?? []).map((reason) => el("option", { value: reason.code, selected: reason.code === draft.reason }, nameOf(reason))));
    this.solved = verb.action === "finish" && el("select", { name: "solved" }, ...[["yes", tr("solved")], ["part", tr("partly solved")], ["no", tr("not solved")]]
      .map(([value, name]) => el("option", { value, selected: value === draft.solved }, name)));
    this.interval = needs("interval") && el("input", { type: "number", name: "interval", min: "1", max: "999", value: draft.interval || 1 });
    this.unit = this.interval && el("select", { name: "unit" }, ...[["1", tr("work days")], ["2", tr("natural days")], ["3", tr("hours")]]
      .map(([value, name]) => el("option", { value, selected: value === draft.unit }, name)));
    this.target = needs("target") && el("select", { name: "target" }, el("option", { value: "" }, tr("Choose …")),
      ...task.partners.map((unit) => el("option", { value: unit.id, selected: unit.id === draft.target }, unit.name)));
    this.photos = verb.action === "return" || verb.action === "decline" || verb.plate || verb.action.startsWith("ask_") ? null : photoTaker(PHOTOS, () => this.check());
    this.needsText = needs("text") || verb.action === "return";
    this.needsPhoto = needs("photos");
    this.missing = el("p", { class: "dim", role: "status" });
    this.submit = el("button", { class: "main" }, nameOf(verb));
    const save = () => { drafts.save(task.id, verb.action, this.values()); this.check(); };
    this.node = el("form", {
      class: "form", oninput: save,
      onsubmit: (event) => { event.preventDefault(); if (this.check()) send(this.values(), this.photos?.shots ?? []); },
    },
    this.reason && el("label", {}, el("span", {}, tr("Reason")), this.reason),
    this.solved && el("label", {}, el("span", {}, tr("How it ended")), this.solved),
    this.target && el("label", {}, el("span", {}, tr("Unit")), this.target),
    this.interval && el("label", {}, el("span", {}, tr("How much more time")), el("div", { class: "row" }, this.interval, this.unit)),
    el("label", {}, el("span", {}, this.photos ? tr("What we did") : tr("In your words")), this.text),
    this.photos && el("div", {}, el("span", { class: "label" }, this.needsPhoto ? tr("Photos (at least one)") : tr("Photos")), this.photos.box),
    this.missing,
    el("div", { class: "row" }, this.submit, el("button", { type: "button", onclick: cancel }, tr("Cancel"))));
    this.node.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && event.ctrlKey && !event.isComposing) this.node.requestSubmit();
    });
    this.check();
  }

  values() {
    return { text: this.text.value.trim(), ...(this.reason ? { reason: this.reason.value } : {}), ...(this.solved ? { solved: this.solved.value } : {}),
      ...(this.interval ? { interval: Number(this.interval.value) || 0, unit: this.unit.value } : {}), ...(this.target ? { target: Number(this.target.value) || 0 } : {}) };
  }

  /** Say what is still missing; whether nothing is. */
  check() {
    const missing = [
      this.reason && !this.reason.value && tr("a reason"), this.target && !this.target.value && tr("a unit"),
      this.interval && !(Number(this.interval.value) > 0) && tr("how much time"), this.needsText && !this.text.value.trim() && tr("a description"),
      this.needsPhoto && !this.photos.shots.length && tr("a photo"),
    ].filter(Boolean);
    this.missing.textContent = missing.length ? tr("Still missing: {what}", { what: missing.join(tr(", ")) }) : "";
    this.submit.disabled = missing.length > 0;
    return missing.length === 0;
  }

  focus() {
    (this.reason || this.target || this.text).focus();
    this.node.scrollIntoView({ block: "nearest" });
  }

  point(field) {
    this.node.elements[field]?.focus?.();
  }
}

/** Where a form is sent and as what: an answer, an asking, the answer to a plate. */
function request(verb, task, { photos, key, ...values }) {
  if (verb.plate) return [`/api/tasks/${task.id}/plates/${verb.plate.id}`, { version: verb.plate.version, text: values.text }];
  if (verb.action.startsWith("ask_")) return [`/api/tasks/${task.id}/ask`, { action: verb.action, version: task.version, key, ...values }];
  return [`/api/tasks/${task.id}/answer`, { action: verb.action, version: task.version, key, photos, ...values }];
}

/** The matter's name; where it is just its category's, in the page's language. */
export const titleOf = (task) => (task.title === task.category.zh ? nameOf(task.category) : task.title);

const fact = (name, value) => [el("dt", {}, name), el("dd", { class: "said" }, value)];

function stateName(task) {
  return { asked: tr("help asked for"), declined: tr("declined"), awaiting: tr("to sign"), handling: tr("signed"), replied: tr("in hand"), finished: tr("finished"), returned: tr("returned") }[task.state] ?? task.state;
}

/** The limits that still run, and those that were kept or missed. */
function limits(task) {
  const rows = [[tr("Sign by"), task.due_sign, task.signed_at], [tr("First answer by"), task.due_first, task.first_reply_at], [tr("Finish by"), task.due_handle, task.finished_at]];
  return rows.filter(([, due]) => due).flatMap(([name, due, done]) => {
    const passed = done ? done > due : distance(due).passed;
    const note = done ? (passed ? tr("late") : tr("in time")) : passed ? tr("past its limit") : "";
    return [el("dt", {}, name), el("dd", { class: "number" }, clock(due), note && " ", note && el("span", { class: passed ? "late" : "dim" }, note))];
  });
}

function answered(reply) {
  return el("li", { "data-reply": reply.id }, el("div", { class: "row small" }, el("span", { class: "dim number" }, clock(reply.at)), el("b", {}, nameOf(reply.action)), el("span", { class: "dim" }, reply.user_name)),
    reply.text && el("p", { class: "said" }, reply.text), reply.photos.length > 0 && gallery(reply.photos.map(fileOf)));
}

function askedFor(one) {
  return el("li", { "data-asked": one.id }, el("div", { class: "row small" }, el("span", { class: "dim number" }, clock(one.asked_at)), el("b", {}, nameOf(one.type)), el("span", { class: "mark" }, nameOf(one.state)),
    one.new_due && el("span", { class: "dim number" }, tr("until {time}", { time: clock(one.new_due) }))),
  one.text && el("p", { class: "said" }, one.text), one.advice && el("p", { class: "said" }, tr("Decision: {text}", { text: one.advice })));
}
