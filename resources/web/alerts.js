// Calling for attention: the number in the title, a tone, and the system's notification.

import { tr } from "./common.js";

/** Browsers let a page sound only after a person has touched it: hence the button. */
export class Alerts {
  constructor(button, title, open) {
    Object.assign(this, { button, title, open, audio: null });
    document.title = title;
    button.addEventListener("click", () => (this.audio ? this.off() : this.on()));
    this.draw();
  }

  draw() {
    this.button.textContent = this.audio ? tr("Reminding") : tr("Remind me");
    this.button.setAttribute("aria-pressed", String(this.audio !== null));
  }

  async on() {
    this.audio = new AudioContext();
    this.draw();
    this.tone();
    if ("Notification" in window && window.isSecureContext && Notification.permission === "default") await Notification.requestPermission();
  }

  off() {
    this.audio.close();
    this.audio = null;
    this.draw();
  }

  /** How many wait, in the title. */
  count(waiting) {
    document.title = waiting ? `(${waiting}) ${this.title}` : this.title;
  }

  /** A new task is here. */
  ring(task) {
    if (!this.audio) return;
    this.tone();
    if (document.hidden && "Notification" in window && Notification.permission === "granted") {
      const shown = new Notification(tr("New task to sign"), { body: `${task.title} ${task.address}`, tag: `task-${task.id}` });
      shown.onclick = () => { window.focus(); this.open(task.id); };
    }
  }

  /** Two rising notes, half a second. */
  tone() {
    const start = this.audio.currentTime;
    [[660, 0], [880, 0.22]].forEach(([pitch, wait]) => {
      const note = this.audio.createOscillator();
      const volume = this.audio.createGain();
      note.frequency.value = pitch;
      volume.gain.setValueAtTime(0, start + wait);
      volume.gain.linearRampToValueAtTime(0.25, start + wait + 0.02);
      volume.gain.linearRampToValueAtTime(0, start + wait + 0.2);
      note.connect(volume).connect(this.audio.destination);
      note.start(start + wait);
      note.stop(start + wait + 0.22);
    });
  }
}
