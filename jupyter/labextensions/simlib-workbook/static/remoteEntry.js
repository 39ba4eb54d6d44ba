// A prebuilt extension of JupyterLab, written by hand: no Node, no build. JupyterLab and JupyterLite load this file;
// it loads its neighbours, one subject each.
(() => {
  const here = document.currentScript.src;
  const neighbour = (name) => import(new URL(name, here).href);
  // Where the static site is, if this is a page of it, and whether its address asks for the lesson as slides.
  const root = document.getElementById("jupyter-config-data")?.dataset.jupyterLiteRoot;
  const site = root !== undefined && new URL(`${root}/static/`, location.href);
  const slides = site && new URLSearchParams(location.search).has("lecture");
  let shared;
  const of = async (name) => (await Object.values(shared[name])[0].get())();

  // On the site the kernel's files need care.
  const drive = async () => {
    const [{ IKernelSpecs }, { IServiceWorkerManager }] = [await of("@jupyterlite/services"), await of("@jupyterlite/apputils")];
    const { waitForWorker } = await import(new URL("drive.js", site).href);
    const activate = (app, specs, worker) => waitForWorker(specs, worker);
    return { id: "simlib-workbook:drive", autoStart: true, requires: [IKernelSpecs, IServiceWorkerManager], activate };
  };

  (window._JUPYTERLAB ??= {})["simlib-workbook"] = {
    init: (scope) => { shared = scope; },
    get: async () => {
      const [{ INotebookTracker, NotebookActions }, { Widget }] = [await of("@jupyterlab/notebook"), await of("@lumino/widgets")];
      const [asleep, banner, link, order, say] = await Promise.all(["asleep.js", "banner.js", "link.js", "order.js", "say.js"].map(neighbour));
      await say.load();
      const lecture = slides && (await import(new URL("lecture.js", site).href));
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
      const plugins = site ? [plugin, await drive()] : [plugin];
      return () => ({ __esModule: true, default: plugins });
    },
  };
})();
