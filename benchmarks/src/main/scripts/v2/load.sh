#!/bin/sh
# The same requests at concurrency 1, 4 and 16 to any server of the Open Inference Protocol, version 2:
#   load.sh http://127.0.0.1:8081 224 headwater image probabilities
# for Triton, with a model of the same graph (Headwater's model.onnx) named m:
#   load.sh http://127.0.0.1:8000 224 m
# Needs wrk. SECONDS_EACH (10) is how long each takes, after as long to warm up.
set -eu
address=${1:?address of the server}
size=${2:-224}
shift; [ $# -gt 0 ] && shift
script=$(dirname "$0")/infer.lua
each=${SECONDS_EACH:-10}
wrk -t1 -c4 -d"${each}s" -s "$script" "$address" -- "$size" "$@" > /dev/null
for concurrency in 1 4 16; do
  printf 'concurrency=%s ' "$concurrency"
  wrk -t1 -c"$concurrency" -d"${each}s" -s "$script" "$address" -- "$size" "$@" | grep '^images/s='
done
