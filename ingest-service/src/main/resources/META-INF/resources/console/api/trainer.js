import {config} from '../config.js';
import {Service} from './service.js';

const service = new Service('trainer-service', config.trainer);

export const examples = signal => service.json('/examples', {signal});
export const nearest = (id, signal) => service.json(`/examples/nearest?limit=4&image=${encodeURIComponent(id)}`, {signal});
export const queue = (limit, signal) => service.json(`/labels/queue?limit=${limit}`, {signal});
export const suspects = (limit, signal) => service.json(`/labels/suspects?limit=${limit}`, {signal});
export const trainings = signal => service.json('/trainings', {signal});
export const train = reason => service.post('/trainings', {reason});
export const models = signal => service.json('/models', {signal});
export const model = (version, signal) => service.json(`/models/${version}`, {signal});
export const modelFile = version => service.blob(`/models/${version}/model.onnx`, {patience: 120_000});
export const card = version => service.text(`/models/${version}/card`);
export const quality = signal => service.json('/quality?limit=100', {signal});
export const rollout = signal => service.json('/rollouts', {signal});
export const history = (limit, signal) => service.json(`/rollouts/history?limit=${limit}`, {signal});
export const drift = signal => service.json('/drift?limit=10', {signal});
export const ready = signal => service.json('/q/health/ready', {signal});

/** Changes what is served, if it is still as it was seen: `path` such as `7/promote`. */
export function change(path, generation, by, reason) {
  return service.post(`/rollouts/${path}`, {by, reason}, {'If-Match': `"${generation}"`});
}
