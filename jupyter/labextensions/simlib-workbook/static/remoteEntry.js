// A prebuilt extension of JupyterLab, written by hand: no Node, no build. JupyterLab and JupyterLite load this file;
// it loads its neighbours, one subject each.
(() => {
  const here = document.currentScript.src;
  const neighbour = (name) => import(new URL(name, here).href);
  let shared;
  const of = async (name) => (await Object.values(shared[name])[0].get())();

  (window._JUPYTERLAB ??= {})["simlib-workbook"] = {
    init: (scope) => { shared = scope; },
    get: async () => {
      const [{ INotebookTracker, NotebookActions }, { Widget }] = [await of("@jupyterlab/notebook"), await of("@lumino/widgets")];
      const [asleep, banner, order, say] = await Promise.all(["asleep.js", "banner.js", "order.js", "say.js"].map(neighbour));
      await say.load();
      const activate = (app, notebooks) => {
        notebooks.widgetAdded.connect((_, panel) => {
          asleep.watch(panel, banner.over(panel, app.commands, Widget, NotebookActions));
        });
        NotebookActions.executed.connect((_, ran) => order.hint(ran));
      };
      const plugin = { id: "simlib-workbook:plugin", autoStart: true, requires: [INotebookTracker], activate };
      return () => ({ __esModule: true, default: plugin });
    },
  };
})();
