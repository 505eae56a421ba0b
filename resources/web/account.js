// One's own account: setting up a second factor at the door, and where one is signed in.

import { call, clock, el, notice, tr } from "./common.js";

const SVG = "http://www.w3.org/2000/svg";

/** A QR picture from rows of "1" and "0", black on white whatever the page's look. */
function picture(rows) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", `0 0 ${rows.length} ${rows.length}`);
  svg.setAttribute("class", "qr");
  svg.setAttribute("role", "img");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", rows.flatMap((row, y) => [...row].map((square, x) => (square === "1" ? `M${x} ${y}h1v1h-1z` : ""))).join(""));
  svg.append(path);
  return svg;
}

/** Show a dialog that only its own buttons close. */
function sheet(...children) {
  const dialog = el("dialog", { class: "account", oncancel: (event) => event.preventDefault() }, ...children);
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/** Set up a second factor; resolves when the recovery codes were written down. */
export async function enrol(proof) {
  const offer = await call("POST", "/api/second-factor", proof);
  return new Promise((resolve) => {
    const said = el("div", { role: "status" });
    const input = el("input", { name: "first_code", inputmode: "numeric", autocomplete: "one-time-code", maxlength: "10" });
    const confirm = async (event) => {
      event.preventDefault();
      try {
        const { codes } = await call("POST", "/api/second-factor/confirm", { ...proof, first_code: input.value.trim() });
        dialog.replaceChildren(
          el("p", {}, tr("Write these recovery codes down. Each replaces a lost phone once; they are not shown again.")),
          el("ul", { class: "codes" }, ...codes.map((code) => el("li", { class: "number" }, code))),
          el("button", { type: "button", class: "main", onclick: () => { dialog.close(); dialog.remove(); resolve(); } }, tr("I have written them down")),
        );
      } catch (refusal) {
        notice(said, refusal.message, "bad");
        input.select();
      }
    };
    const dialog = sheet(
      el("p", {}, tr("Scan this with an authenticator app, then type the code it shows.")), picture(offer.picture),
      el("p", { class: "small" }, tr("Or type this secret into the app: {secret}", { secret: offer.secret.match(/.{1,4}/g).join(" ") })),
      el("form", { onsubmit: confirm }, el("label", {}, tr("Code"), input), said, el("button", { class: "main" }, tr("Confirm"))),
    );
    input.focus();
  });
}

const KINDS = { seat: "Seat", desk: "Department desk", phone: "Phone", device: "Program" };

/** Where the person is signed in, each other place with its way out. */
export async function showSessions() {
  const said = el("div", { role: "status" });
  const list = el("ul", { class: "sessions" });
  const draw = async () => {
    try {
      const found = await call("GET", "/api/sessions");
      list.replaceChildren(...found.map((one) => el("li", { class: "row" },
        el("span", { class: "grow" }, [tr(KINDS[one.kind]), one.kind === "device" || one.kind === "seat" ? one.seat : "", one.address].filter(Boolean).join(" · "),
          el("br"), el("span", { class: "small dim" }, tr("since {opened}, last seen {seen}", { opened: clock(one.opened_at), seen: clock(one.seen_at) }))),
        one.is_this ? el("span", { class: "dim" }, tr("This one")) : el("button", { type: "button", onclick: () => end(one.name) }, tr("End")))));
    } catch (refusal) {
      notice(said, refusal.message, "bad");
    }
  };
  const end = async (name) => {
    try {
      await call("POST", `/api/sessions/${name}/end`);
    } catch (refusal) {
      notice(said, refusal.message, "bad");
    }
    await draw();
  };
  const dialog = sheet(el("h2", {}, tr("Where I am signed in")), list, said,
    el("button", { type: "button", class: "main", onclick: () => { dialog.close(); dialog.remove(); } }, tr("Close")));
  await draw();
}
// tr("Seat") tr("Phone") tr("Program") tr("Department desk"): the words of KINDS, for the catalogue
