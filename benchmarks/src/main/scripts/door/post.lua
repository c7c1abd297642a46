-- Sends one file to POST /images over and over: wrk -s post.lua URL -- FILE [KEY]
function init(args)
  local file = assert(io.open(args[1], "rb"))
  wrk.method = "POST"
  wrk.path = "/images"
  wrk.body = file:read("*a")
  wrk.headers["Content-Type"] = "image/jpeg"
  if args[2] then
    wrk.headers["Authorization"] = "Bearer " .. args[2]
  end
  file:close()
end

function done(summary, latency, requests)
  local errors = summary.errors
  print(string.format("requests=%d micros=%d failed=%d", summary.requests, summary.duration,
    errors.status + errors.connect + errors.read + errors.write + errors.timeout))
end
