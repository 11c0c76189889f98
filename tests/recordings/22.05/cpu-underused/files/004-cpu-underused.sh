#!/bin/bash
python3 -c 'import time
end = time.process_time() + 4
while time.process_time() < end:
    sum(range(10000))'
sleep 16
