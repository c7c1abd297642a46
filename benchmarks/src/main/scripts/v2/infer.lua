-- wrk script: an inference request with binary tensor data, as any server of the Open Inference Protocol (version 2) takes it.
-- wrk -t1 -c4 -d10s -s infer.lua http://HOST:PORT -- SIZE [MODEL [INPUT [OUTPUT]]]
-- The pixels are the same pseudo-random ones for every server: UINT8 [1,SIZE,SIZE,3].

local function body(size, input, output)
  local count = size * size * 3
  local bytes, state = {}, 12345
  for i = 1, count do
    state = (state * 1103515245 + 12345) % 2147483648
    bytes[i] = string.char(math.floor(state / 65536) % 256)
  end
  local json = string.format(
    '{"inputs":[{"name":"%s","shape":[1,%d,%d,3],"datatype":"UINT8","parameters":{"binary_data_size":%d}}],'
      .. '"outputs":[{"name":"%s","parameters":{"binary_data":true}}]}',
    input, size, size, count, output)
  return json, table.concat(bytes)
end

local threads = {}

function setup(thread)
  table.insert(threads, thread)
end

function init(args)
  local size = tonumber(args[1] or "224")
  local model = args[2] or "headwater"
  local json, pixels = body(size, args[3] or "image", args[4] or "probabilities")
  failed = 0
  prepared = wrk.format("POST", "/v2/models/" .. model .. "/infer", {
    ["Content-Type"] = "application/octet-stream",
    ["Inference-Header-Content-Length"] = tostring(#json),
  }, json .. pixels)
end

function request()
  return prepared
end

function response(status)
  if status ~= 200 then
    failed = failed + 1
  end
end

function done(summary, latency)
  local failed = 0
  for _, thread in ipairs(threads) do
    failed = failed + (thread:get("failed") or 0)
  end
  local errors = summary.errors
  io.write(string.format("images/s=%.1f p50ms=%.3f p99ms=%.3f failed=%d\n",
    summary.requests / (summary.duration / 1e6), latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
    failed + errors.connect + errors.read + errors.write + errors.timeout))
end
