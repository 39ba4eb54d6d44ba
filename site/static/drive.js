// The kernel's folder of files comes to it by way of the service worker. JupyterLite asks whether the worker is there just when
// it makes the kernel, and a kernel made too early would have no such folder: answers would vanish with it, and nobody be told.
const PATIENCE = 30000; // ms: a worker that has not come by then never will

export function waitForWorker(specs, worker) {
  const { factories } = specs, get = factories.get.bind(factories);
  factories.get = (name) => {
    const make = get(name);
    return make && (async (options) => { await there(worker); return make(options); });
  };
}

// Until the worker is registered and answers for new workers, such as the kernel's; where there can be none, at once.
async function there(worker) {
  if (!navigator.serviceWorker) return;
  const never = new Promise((resolve) => setTimeout(resolve, PATIENCE));
  await Promise.race([never, worker.ready.then(() => navigator.serviceWorker.ready).catch(console.warn)]);
}
