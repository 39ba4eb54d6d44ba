// The entry page: its language, what is kept here, and whether all of it is here for a day without a network.
import { makeRoom } from "./editions.js";
import * as progress from "./progress.js";
import { all, forget, speak as speakInMenus } from "./store.js";

const LANGUAGE = "sendmail-workbook language";
const LOCALES = { en: "en", ja: "ja_JP" };
const at = (id) => document.getElementById(id);

const SAID = {
  en: {
    nothing: "Nothing is kept here yet.",
    kept: "Here: {answers} questions answered, {solved} exercises solved.",
    damaged: "The file of your answers is damaged (progress.json). The next answer sets it aside; so does uploading.",
    wrong: "“{name}” is no file of answers; it should be a progress.json that was downloaded here. Nothing was changed.",
    added: "“{name}”: {added} entries were added.",
    same: "“{name}” holds nothing that is not here already.",
    empty: "There are no answers here yet.",
    "sure to forget": "Forget all answers that are kept in this browser? Download them first if you want to keep them.",
    forgotten: "The answers are forgotten.",
    "sure to restore": "Put all lessons back as they were published? What you changed in them is removed. Your own notebooks and your answers stay.",
    restored: "The lessons are as they were published.",
    filling: "{kept} of {all} files are here. Keep this page or a lesson open until all are: then everything works without a network.",
    whole: "All of it is here: every lesson works without a network.",
    insecure: "This address is not a secure one (https, or this computer itself). So your answers end with each lesson, lesson 17 misses its files, and nothing is kept for a day without a network.",
    barred: "This browser keeps nothing here (is this a private window?): {why}",
  },
  ja: {
    nothing: "ここにはまだ何も残っていません。",
    kept: "ここには、予想の解答が {answers} 問、解いた演習が {solved} 問あります。",
    damaged: "解答のファイル（progress.json）が壊れています。次に解答するか、アップロードすると、別名で脇に置かれます。",
    wrong: "「{name}」は解答のファイルではありません。ここでダウンロードした progress.json を選んでください。何も変更していません。",
    added: "「{name}」から {added} 件を加えました。",
    same: "「{name}」の内容は、すべてもうここにあります。",
    empty: "ここにはまだ解答がありません。",
    "sure to forget": "このブラウザにある解答をすべて消しますか。残しておくなら、先にダウンロードしてください。",
    forgotten: "解答を消しました。",
    "sure to restore": "すべての章を公開時の状態に戻しますか。章に加えた変更は失われます。自分で作ったノートブックと解答は残ります。",
    restored: "章を公開時の状態に戻しました。",
    filling: "全 {all} ファイルのうち {kept} がここにあります。すべてそろうまで、このページか章を開いたままにしてください。そろえば、ネットワークなしで使えます。",
    whole: "すべてがここにあります。どの章もネットワークなしで動きます。",
    insecure: "このアドレスは安全な接続（https か、このコンピュータ自身）ではありません。そのため、解答は章を閉じると失われ、17 章のファイルは開けず、ネットワークなしで使うための保存もできません。",
    barred: "このブラウザはここに何も残せません（プライベートウィンドウでしょうか）。{why}",
  },
};

const language = () => document.documentElement.lang;
const say = (what, values = {}) => SAID[language()][what].replace(/\{(\w+)\}/g, (_, name) => values[name]);

function speak(chosen) {
  document.documentElement.lang = chosen;
  for (const button of document.querySelectorAll("[data-language]")) button.setAttribute("aria-pressed", button.dataset.language === chosen);
  at("told").textContent = "";
  tell();
  tellWhole();
}

async function tell() {
  try {
    const record = await progress.record();
    at("progress").textContent = record === null ? say("damaged") : Object.keys(record).length ? say("kept", progress.counted(record)) : say("nothing");
  } catch (why) {
    at("progress").textContent = say("barred", { why });
  }
}

async function tellWhole() {
  if (!navigator.serviceWorker) {
    at("whole").textContent = say("insecure");
    return;
  }
  const worker = (await navigator.serviceWorker.ready).active, channel = new MessageChannel();
  channel.port1.onmessage = ({ data }) => {
    at("whole").textContent = say(data.whole ? "whole" : "filling", data);
    if (!data.whole) setTimeout(tellWhole, 1000);
  };
  worker.postMessage("how far", [channel.port2]);
}

const asked = (act) => async () => {
  try {
    const told = await act();
    if (told) at("told").textContent = told;
    await tell();
  } catch (why) {
    at("told").textContent = say("barred", { why });
  }
};

at("download").onclick = asked(async () => {
  const text = await progress.text();
  if (!text) return say("empty");
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(new Blob([text], { type: "application/json" })), download: "progress.json" });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  return "";
});

at("upload").onchange = asked(async () => {
  const [file] = at("upload").files;
  if (!file) return "";
  at("upload").value = "";
  const added = await progress.add(await file.text());
  return added === null ? say("wrong", { name: file.name }) : say(added ? "added" : "same", { name: file.name, added });
});

at("forget").onclick = asked(async () => {
  if (!confirm(say("sure to forget"))) return "";
  await progress.clear();
  return say("forgotten");
});

at("restore").onclick = asked(async () => {
  if (!confirm(say("sure to restore"))) return "";
  await makeRoom(); // what is of an older edition is a notebook of one's own
  const editions = await fetch("editions.json").then((answer) => answer.json());
  await forget((await all()).map(({ path }) => path).filter((path) => path in editions));
  return say("restored");
});

for (const button of document.querySelectorAll("[data-language]")) {
  button.onclick = () => {
    localStorage.setItem(LANGUAGE, button.dataset.language);
    speakInMenus(LOCALES[button.dataset.language]).catch(console.warn);
    speak(button.dataset.language);
  };
}

const chosen = localStorage.getItem(LANGUAGE);
if (!chosen && navigator.language.startsWith("ja")) speakInMenus(LOCALES.ja).catch(console.warn);
speak(chosen ?? (navigator.language.startsWith("ja") ? "ja" : "en"));
addEventListener("pageshow", tell);
navigator.serviceWorker?.register("service-worker.js?enableCache=false");
