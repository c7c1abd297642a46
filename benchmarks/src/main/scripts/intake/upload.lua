-- Posts the files of a directory to /images, one after the other:
-- wrk -t1 -c4 -d10s -s upload.lua http://localhost:8080 -- 500x375-%d.jpg 20
local bodies = {}
local at = 0

function init(args)
  for i = 0, tonumber(args[2]) - 1 do
    local file = assert(io.open(string.format(args[1], i), "rb"))
    bodies[i + 1] = wrk.format("POST", "/images", {["Content-Type"] = "image/jpeg"}, file:read("*a"))
    file:close()
  end
end

function request()
  at = at % #bodies + 1
  return bodies[at]
end

function done(summary, latency, requests)
  local errors = summary.errors
  local failed = errors.connect + errors.read + errors.write + errors.status + errors.timeout
  io.write(string.format("images/s=%.2f p50ms=%.3f p99ms=%.3f failed=%d\n",
    summary.requests / summary.duration * 1e6, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3, failed))
end
