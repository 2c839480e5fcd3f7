// The widgets of the page: their models, as the kernel has them, and their views.
const neurolabWidgets = (() => {
  const models = new Map(); // id → promise of the model
  const awaited = new Map(); // id of a model that is not there yet → what to call with its promise
  const CONTROL = ["jupyter.widget.control", { version: "1.0.0" }];

  function classOf(module, name) {
    const found = neurolabModules.get(module)[name];
    if (!found) throw new Error(`The widgets of ${module} have no ${name}.`);
    return found;
  }

  // What widgets ask of whatever holds them.
  const manager = {
    // There is no limit of time: on a slow processor, what a model refers to may be made much later.
    get_model(id) {
      return models.get(id) ?? new Promise((resolve) => {
        awaited.set(id, [...(awaited.get(id) ?? []), resolve]);
      });
    },
    has_model: (id) => models.has(id),
    callbacks: () => ({}),
    resolveUrl: async (url) => url,
    // Descriptions are texts; none of ours holds HTML.
    inline_sanitize(text) {
      const element = document.createElement("span");
      element.textContent = text;
      return element.innerHTML;
    },
    create_view(model, options = {}) {
      const view = model.state_change.then(() => drawn(model, options));
      model.state_change = view;
      const id = neurolabModules.get(neurolabModules.BASE).uuid();
      model.views[id] = view;
      return view.then((made) => {
        made.once("remove", () => { delete model.views?.[id]; });
        return made;
      });
    },
  };

  async function drawn(model, options) {
    const View = classOf(model.get("_view_module"), model.get("_view_name"));
    const view = new View({ model, options });
    view.listenTo(model, "destroy", view.remove);
    await view.render();
    return view;
  }

  function register(id, comm, state) {
    const model = made(id, comm, state);
    models.set(id, model);
    for (const resolve of awaited.get(id) ?? []) resolve(model);
    awaited.delete(id);
    return model;
  }
  async function made(id, comm, state) {
    const Model = classOf(state._model_module, state._model_name);
    const values = await Model._deserialize_state(state, manager);
    const model = new Model(values, { widget_manager: manager, model_id: id, comm });
    model.name = state._model_name;
    model.module = state._model_module;
    model.once("comm:close", () => models.delete(id));
    return model;
  }
  const put = (state, paths, buffers) => neurolabModules.get(neurolabModules.BASE).put_buffers(state, paths, buffers);

  neurolabLine.onOpened((comm, { content: { comm_id: id, data }, buffers }) => {
    put(data.state, data.buffer_paths ?? [], buffers);
    return register(id, comm, data.state);
  });

  // Ask the kernel for the widgets that it has; the answer is in the form of the message `update_states`.
  function states() {
    return new Promise((resolve) => {
      const comm = neurolabLine.comm(crypto.randomUUID?.() ?? String(Math.random()).slice(2));
      comm.on_msg((message) => {
        comm.close();
        resolve(message);
      });
      comm.open(CONTROL[0], {}, CONTROL[1]);
      comm.send({ method: "request_states" });
    });
  }

  let isLoaded = false;
  async function load(message) {
    const { states: found, buffer_paths: paths } = message.content.data;
    paths.forEach(([id, ...path], index) => put(found[id], [path], [message.buffers[index]]));
    await Promise.all(Object.entries(found).map(([id, { state }]) => (
      models.has(id) ? renew(id, state) : register(id, neurolabLine.comm(id), state))));
    isLoaded = true;
  }

  // Give a model the values that its kernel has, but for those that the kernel may not have heard of yet.
  async function renew(id, state) {
    const model = await models.get(id);
    for (const name of neurolabOrder.pending(model)) delete state[name];
    model.set_state(await model.constructor._deserialize_state(state, manager));
  }
  // What the kernel said into a connection that broke may be lost.
  neurolabLine.listen(async (event) => { if (event === "connected" && isLoaded) load(await states()); });

  async function show(id, place) {
    const view = await manager.create_view(await manager.get_model(id));
    const widget = view.luminoWidget;
    widget.constructor.attach(widget, place);
    // Figures measure themselves when they are told that their size has changed.
    new ResizeObserver(() => widget.processMessage(widget.constructor.ResizeMessage.UnknownSize)).observe(place);
  }

  return { states, load, show, count: () => models.size, models: () => Promise.all(models.values()) };
})();
