// The door: sign in and go to the page that fits.

import { enrol } from "./account.js";
import { call, loadWords, notice, state, switchLanguage, tr } from "./common.js";

const form = document.getElementById("form");
const said = document.getElementById("notice");
const enter = document.getElementById("enter");
const pageOf = (kind) => (kind === "desk" ? "/desk.html" : "/phone.html");

/** Where somebody belongs: where asked, unless the roles only fit the other page. */
function belongs(me, wish) {
  if (!me.has_desk && !me.may_report) return null;
  if (wish === "desk") return me.has_desk ? "desk" : "phone";
  return me.may_report ? "phone" : "desk";
}

async function start() {
  const last = localStorage.getItem("kind") ?? (matchMedia("(min-width: 761px)").matches ? "desk" : "phone");
  form.elements.kind.value = last;
  await loadWords();
  document.title = tr("Governance centre");
  const language = document.getElementById("language");
  language.textContent = state.language === "en" ? "中文" : "English";
  language.addEventListener("click", switchLanguage);
  if (localStorage.getItem("me") === null) return; // nobody was here: no need to ask
  try {
    const me = await call("GET", "/api/me");
    location.replace(pageOf(belongs(me, last)));
  } catch {
    localStorage.removeItem("me"); // the session has ended; the form stands ready
  }
}

/** Show one field more, emptied, with the cursor in it. */
function ask(name) {
  form.elements[name].closest("label").hidden = false;
  form.elements[name].value = "";
  form.elements[name].focus();
}

/** A password that must be changed before the first session; afterwards the new one signs in. */
async function change(proof) {
  const fresh = form.elements.new_password.value;
  if (fresh !== form.elements.again.value) {
    ask("again");
    throw new Error(tr("The two new passwords differ."));
  }
  await call("POST", "/api/password", { ...proof, new_password: fresh });
  form.elements.password.value = fresh;
  for (const name of ["new_password", "again"]) form.elements[name].closest("label").hidden = true;
}

/** What an account still has to do is asked for on this page; false when it is nothing of that kind. */
async function more(refusal, proof) {
  if (refusal.code === "needs_code" || refusal.code === "bad_code") ask("code");
  else if (refusal.code === "must_change_password") {
    ask("again");
    ask("new_password");
  } else if (refusal.code === "needs_enrolment") {
    await enrol(proof);
    ask("code");
    notice(said, tr("Now type the next code of the app."));
    return true;
  } else return false;
  notice(said, refusal.message, "bad");
  return true;
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const kind = form.elements.kind.value;
  const proof = () => ({ login: form.elements.login.value.trim(), password: form.elements.password.value, code: form.elements.code.value.trim() });
  enter.disabled = true;
  notice(said, "");
  try {
    if (!form.elements.new_password.closest("label").hidden) {
      const had = proof().code;
      await change(proof());
      if (had) { // a code counts once
        ask("code");
        notice(said, tr("The password is changed. Type the next code of the app."));
        enter.disabled = false;
        return;
      }
    }
    const me = await call("POST", "/api/sign-in", { ...proof(), kind });
    const home = belongs(me, kind);
    if (home === null) {
      state.csrf = me.csrf;
      await call("POST", "/api/sign-out");
      notice(said, tr("There is no page for your role here. Use the console in the hall."), "bad");
      enter.disabled = false;
      return;
    }
    localStorage.setItem("kind", kind);
    localStorage.setItem("me", JSON.stringify(me));
    location.replace(pageOf(home));
  } catch (refusal) {
    enter.disabled = false;
    if (await more(refusal, proof())) return;
    notice(said, refusal.message, "bad");
    if (form.elements.new_password.closest("label").hidden) form.elements.password.select();
  }
});

enter.disabled = false; // sent before anybody listens, the browser would put the password into the address
start();
