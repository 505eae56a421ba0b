// What a reporter may do about a report already sent: take it back, or show it settled. It waits in the outbox like a report.

import { el, nameOf, photoTaker, tr } from "./common.js";

const PHOTOS = 6;
const draftName = (key, action) => `draft:${key}:${action}`;

/** Words, and where the matter was settled pictures of before and after; `send(text, shots)` when nothing is missing. */
export class OwnForm {
  constructor(sent, verb, { send, cancel }) {
    Object.assign(this, { key: sent.key, verb });
    const isSettled = verb.action === "self_handle";
    const taker = () => photoTaker(PHOTOS, () => this.check());
    this.before = isSettled && sent.photos.length === 0 ? taker() : null;
    this.after = isSettled ? taker() : null;
    this.text = el("textarea", { maxlength: "2000", name: "text" });
    this.text.value = localStorage.getItem(draftName(this.key, verb.action)) ?? "";
    this.missing = el("p", { class: "dim", role: "status" });
    this.submit = el("button", { class: "main" }, nameOf(verb));
    this.node = el("form", {
      class: "form",
      oninput: () => { localStorage.setItem(draftName(this.key, verb.action), this.text.value); this.check(); },
      onsubmit: (event) => { event.preventDefault(); if (this.check()) send(this.text.value.trim(), this.shots()); },
    },
    ...shown(this.before, tr("How it was (at least one photo)")), ...shown(this.after, tr("How it is now (at least one photo)")),
    el("label", {}, el("span", {}, isSettled ? tr("What you did") : tr("Why you take it back")), this.text),
    this.missing,
    el("div", { class: "row" }, this.submit, el("button", { type: "button", onclick: cancel }, tr("Cancel"))));
    this.check();
  }

  /** The pictures, each with what it shows. */
  shots() {
    const each = (taker, as) => (taker?.shots ?? []).map((blob) => ({ blob, as, sha256: null }));
    return [...each(this.before, "before"), ...each(this.after, "photos")];
  }

  /** Say what is still missing; whether nothing is. */
  check() {
    const missing = [
      this.before && !this.before.shots.length && tr("a photo of before"), this.after && !this.after.shots.length && tr("a photo of now"),
      !this.after && !this.text.value.trim() && tr("a reason"),
    ].filter(Boolean);
    this.missing.textContent = missing.length ? tr("Still missing: {what}", { what: missing.join(tr(", ")) }) : "";
    this.submit.disabled = missing.length > 0;
    return missing.length === 0;
  }

  focus() {
    (this.after ? this.node.querySelector(".take") : this.text).focus();
    this.node.scrollIntoView({ block: "nearest" });
  }

  /** It is on its way or not wanted any more. */
  forget() {
    localStorage.removeItem(draftName(this.key, this.verb.action));
  }
}

const shown = (taker, label) => (taker ? [el("div", {}, el("span", { class: "label" }, label), taker.box)] : []);
