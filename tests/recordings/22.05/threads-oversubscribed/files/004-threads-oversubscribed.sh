#!/bin/bash
export OMP_NUM_THREADS=3
for i in 1 2 3; do
    python3 -c 'import time
end = time.process_time() + 8
while time.process_time() < end:
    sum(range(10000))' &
done
wait
