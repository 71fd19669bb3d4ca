// The moves of benchmarks/map_pan.py in MapLibre GL; what each frame took goes back by POST.
// A frame is what redraw() takes, until the drawn picture can be read.

import * as maplibregl from './node_modules/maplibre-gl/dist/maplibre-gl.mjs';

const states = ['#b42318', '#b54708', '#175cd3', '#475467'];

function style(words) {
  return {
    version: 8,
    sources: {
      communes: { type: 'geojson', data: 'communes.json' },
      cases: { type: 'geojson', data: 'cases.json', cluster: true, clusterRadius: words.merge, clusterMaxZoom: 17 },
    },
    layers: [
      { id: 'sea', type: 'background', paint: { 'background-color': '#dbe7f0' } },
      { id: 'land', type: 'fill', source: 'communes', paint: { 'fill-color': '#f5f3ee' } },
      { id: 'borders', type: 'line', source: 'communes', paint: { 'line-color': '#98a2b3', 'line-width': 1 } },
      {
        id: 'bubbles', type: 'circle', source: 'cases', filter: ['has', 'point_count'],
        paint: { 'circle-radius': 18, 'circle-color': '#ffffff', 'circle-stroke-width': 2, 'circle-stroke-color': '#175cd3' },
      },
      {
        id: 'pins', type: 'circle', source: 'cases', filter: ['!', ['has', 'point_count']],
        paint: {
          'circle-radius': 8,
          'circle-color': ['match', ['get', 'state'], 0, states[0], 1, states[1], 2, states[2], states[3]],
        },
      },
    ],
  };
}

const nextTurn = () => new Promise((resolve) => requestAnimationFrame(resolve));

async function measured(words) {
  const map = new maplibregl.Map({
    container: 'map', style: style(words), center: words.middle, zoom: words.from,
    interactive: false, attributionControl: false, fadeDuration: 0, pixelRatio: 1,
  });
  await map.once('idle');
  const gl = map.getCanvas().getContext('webgl2') || map.getCanvas().getContext('webgl');
  const pixel = new Uint8Array(4);
  const frame = async (kept, move) => {
    await nextTurn();
    const began = performance.now();
    move();
    map.redraw();
    gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, pixel);
    kept.push(performance.now() - began);
  };
  const zooms = [], pans = [];
  let zoom = words.from;
  for (const wanted of words.zooms) {
    while (Math.abs(zoom - wanted) > 1e-9) {
      zoom += Math.max(-0.5, Math.min(0.5, wanted - zoom));
      await frame(zooms, () => map.jumpTo({ zoom }));
    }
    for (let i = 0; i < words.frames; i++) {
      const swing = Math.floor(i / 75) % 2 === 0 ? 1 : -1;
      await frame(pans, () => map.panBy([-swing * words.step, -swing * words.step / 2], { duration: 0 }));
    }
  }
  const renderer = gl.getExtension('WEBGL_debug_renderer_info');
  return {
    zooms, pans, version: maplibregl.getVersion(),
    size: [map.getCanvas().width, map.getCanvas().height],
    renderer: renderer ? gl.getParameter(renderer.UNMASKED_RENDERER_WEBGL) : '',
  };
}

fetch('words.json')
  .then((answer) => answer.json())
  .then(measured)
  .catch((error) => ({ error: String(error) }))
  .then((found) => fetch('found', { method: 'POST', body: JSON.stringify(found) }));
