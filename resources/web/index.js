// The door: sign in and go to the page that fits.

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
  await loadWords();
  document.title = tr("Governance centre");
  const language = document.getElementById("language");
  language.textContent = state.language === "en" ? "中文" : "English";
  language.addEventListener("click", switchLanguage);
  const last = localStorage.getItem("kind") ?? (matchMedia("(min-width: 761px)").matches ? "desk" : "phone");
  form.elements.kind.value = last;
  if (localStorage.getItem("me") === null) return; // nobody was here: no need to ask
  try {
    const me = await call("GET", "/api/me");
    location.replace(pageOf(belongs(me, last)));
  } catch {
    localStorage.removeItem("me"); // the session has ended; the form stands ready
  }
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const kind = form.elements.kind.value;
  enter.disabled = true;
  notice(said, "");
  try {
    const me = await call("POST", "/api/sign-in", { login: form.elements.login.value.trim(), password: form.elements.password.value, kind });
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
    notice(said, refusal.message, "bad");
    enter.disabled = false;
    form.elements.password.select();
  }
});

start();
