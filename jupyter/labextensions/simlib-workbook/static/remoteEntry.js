// A prebuilt extension of JupyterLab, written by hand: no Node, no build. JupyterLab and JupyterLite load this file;
// it loads its neighbours, one subject each.
(() => {
  const here = document.currentScript.src;
  const neighbour = (name) => import(new URL(name, here).href);
  // Where the static site is that shows this lesson as slides, if that is what its address asks for.
  const root = document.getElementById("jupyter-config-data")?.dataset.jupyterLiteRoot;
  const slides = root !== undefined && new URLSearchParams(location.search).has("lecture") && new URL(`${root}/`, location.href);
  let shared;
  const of = async (name) => (await Object.values(shared[name])[0].get())();

  (window._JUPYTERLAB ??= {})["simlib-workbook"] = {
    init: (scope) => { shared = scope; },
    get: async () => {
      const [{ INotebookTracker, NotebookActions }, { Widget }] = [await of("@jupyterlab/notebook"), await of("@lumino/widgets")];
      const [asleep, banner, link, order, say] = await Promise.all(["asleep.js", "banner.js", "link.js", "order.js", "say.js"].map(neighbour));
      await say.load();
      const lecture = slides && (await import(new URL("static/lecture.js", slides).href));
      const activate = (app, notebooks) => {
        notebooks.widgetAdded.connect((_, panel) => {
          if (lecture) {
            lecture.show(panel, NotebookActions);
            return;
          }
          const line = banner.over(panel, app.commands, Widget, NotebookActions);
          asleep.watch(panel, line);
          link.offer(panel);
          link.arrive(panel, NotebookActions, line);
        });
        NotebookActions.executed.connect((_, ran) => order.hint(ran));
      };
      const plugin = { id: "simlib-workbook:plugin", autoStart: true, requires: [INotebookTracker], activate };
      return () => ({ __esModule: true, default: plugin });
    },
  };
})();
