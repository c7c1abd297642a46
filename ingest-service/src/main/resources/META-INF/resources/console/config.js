/** Where the services are and how people are known, as the service that served this page says. */
export const config = {ingest: location.origin, inference: '', trainer: '', auth: 'none'};

export async function loadConfig() {
  const answer = await fetch('/console/config.json');
  if (!answer.ok) {
    throw new Error(`/console/config.json was answered with ${answer.status}.`);
  }
  Object.assign(config, await answer.json());
}
