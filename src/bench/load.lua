-- wrk: POSTs one body, each request with the key of a random user.
-- Arguments: file with a key a line, path, body, tag (each request gets an Idempotency-Key that begins with it; "" for none).

local threads = 0

function setup(thread)
  thread:set("number", threads)
  threads = threads + 1
end

local requests, tag, sent = {}, "", 0

function init(arguments)
  tag = arguments[4]
  math.randomseed(os.time() + number * 7919)
  for key in io.lines(arguments[1]) do
    local headers = { ["Authorization"] = "Bearer " .. key, ["Content-Type"] = "application/json" }
    if tag ~= "" then
      headers["Idempotency-Key"] = "@key@"
    end
    local whole = wrk.format("POST", arguments[2], headers, arguments[3])
    local first, last = whole:find("@key@", 1, true)
    if first then
      requests[#requests + 1] = { whole:sub(1, first - 1), whole:sub(last + 1) }
    else
      requests[#requests + 1] = whole
    end
  end
end

function request()
  local chosen = requests[math.random(#requests)]
  if tag == "" then
    return chosen
  end
  sent = sent + 1
  return chosen[1] .. tag .. "-" .. number .. "-" .. sent .. chosen[2]
end

function done(summary, latency)
  local failed = summary.errors
  io.write(string.format(
    'bench {"requests": %d, "micros": %d, "p50_micros": %d, "p99_micros": %d, "non_2xx": %d, "socket_errors": %d}\n',
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99), failed.status,
    failed.connect + failed.read + failed.write + failed.timeout))
end
